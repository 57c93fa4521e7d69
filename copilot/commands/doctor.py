"""`copilot doctor`: what is in order, and what is not and how to mend it, in a line each."""

from __future__ import annotations

import shutil
import socket
from collections.abc import Awaitable, Callable, Sequence
from contextlib import AbstractAsyncContextManager

from copilot.commands.doctor_llm import OpenModels, language_models
from copilot.commands.doctor_speech import OpenTranscriber, speech_models
from copilot.commands.doctor_webhooks import webhooks
from copilot.domain.findings import Finding
from copilot.domain.playbook import Playbook
from copilot.domain.prices import Prices
from copilot.errors import BadSettings, BrokenPlaybook, StoreUnavailable, UnusableInput
from copilot.ports import Store
from copilot.settings import Settings, make_data_folder

LEAST_FREE_MIB = 200


async def examine(
    settings: Settings,
    open_store: Callable[[], AbstractAsyncContextManager[Store]],
    load_playbook: Callable[[], Playbook],
    open_models: OpenModels,
    prices: Prices,
    greet_mail_server: Callable[[], Awaitable[str | None]],
    open_transcriber: OpenTranscriber,
) -> Sequence[Finding]:
    """Every part of an installation, in the order in which a call meets them."""
    try:
        make_data_folder(settings)
        kept = [await database(open_store), disk(settings)]
    except UnusableInput as problem:
        kept = [Finding("data", False, str(problem))]
    return [
        *kept,
        readable(load_playbook),
        _port(settings),
        *await speech_models(settings.speech, open_transcriber),
        *await language_models(settings.llm, open_models, prices),
        await mail_server(settings, greet_mail_server),
        *await webhooks(settings.webhooks, open_store),
    ]


async def database(open_store: Callable[[], AbstractAsyncContextManager[Store]]) -> Finding:
    try:
        async with open_store() as store:
            known = await store.count()
    except StoreUnavailable as problem:
        says = f"{problem.reason}; check COPILOT_DATA and store.url"
        return Finding("database", False, says, setting="COPILOT_DATA=FOLDER")
    return Finding("database", True, "1 call" if known == 1 else f"{known} calls")


def disk(settings: Settings) -> Finding:
    free_mib = shutil.disk_usage(settings.data).free // 2**20
    if free_mib < LEAST_FREE_MIB:
        return Finding("disk", False, f"{free_mib} MiB free in {settings.data}; make room or move COPILOT_DATA")
    return Finding("disk", True, f"{free_mib:,} MiB free in {settings.data}")


def readable(load_playbook: Callable[[], Playbook]) -> Finding:
    try:
        playbook = load_playbook()
    except BrokenPlaybook as problem:
        return Finding("playbook", False, str(problem))
    return Finding("playbook", True, playbook.version)


async def mail_server(settings: Settings, greet: Callable[[], Awaitable[str | None]]) -> Finding:
    mail = settings.mail
    if not mail.on:
        says = "not set up: mail.host names a server; drafts work without one"
        return Finding("mail", None, says, setting="COPILOT_MAIL__HOST=SERVER COPILOT_MAIL__SENDER=ADDRESS")
    try:
        problem = await greet()
    except BadSettings as bad:
        problem = str(bad)
    return Finding("mail", problem is None, problem or f"{mail.host}:{mail.port} answers; sent from {mail.sender}")


def _port(settings: Settings) -> Finding:
    family = socket.AF_INET6 if ":" in settings.host else socket.AF_INET
    with socket.socket(family, socket.SOCK_STREAM) as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((settings.host, settings.port))
        except OSError:
            return Finding("port", False, f"{settings.port} is taken, perhaps by a running server; try another --port")
    return Finding("port", True, f"{settings.port} is free")
