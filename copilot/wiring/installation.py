"""What the settings page of a running server tells and tries: the doctor's examinations, of the server's own parts."""

from __future__ import annotations

import asyncio
from contextlib import AbstractAsyncContextManager, nullcontext
from dataclasses import dataclass
from functools import partial
from typing import TYPE_CHECKING

from copilot.bundled import bundled
from copilot.domain.findings import Finding

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from copilot.adapters.mail import SmtpMailer
    from copilot.analysis.hearing import Analyst
    from copilot.domain.playbook import Playbook
    from copilot.ports import LanguageModel, Store, Transcriber
    from copilot.settings import LlmSettings, MailSettings, Settings, SpeechSettings
    from copilot.web.installation import Examine, Facts, Installation, MailFacts


@dataclass(frozen=True, slots=True)
class Elsewhere:
    """A part that is reached beyond this process: `words` say what it is, until somebody asks whether it works."""

    part: str
    on: bool
    words: str
    examine: Examine


@dataclass(frozen=True, slots=True)
class Openers:
    """How the parts are opened; `copilot.wiring` has them."""

    analyst_of: Callable[[Playbook], Analyst]
    checked_playbook: Callable[[Settings], Playbook]
    language_models: Callable[[LlmSettings], AbstractAsyncContextManager[tuple[LanguageModel, LanguageModel]]]
    transcriber: Callable[[SpeechSettings, str], AbstractAsyncContextManager[Transcriber | None]]
    mailer: Callable[[MailSettings], SmtpMailer]


def installation_of(settings: Settings, store: Store, playbook: Playbook, openers: Openers) -> Installation:
    from copilot.adapters.rubric_files import RubricFiles
    from copilot.commands import doctor
    from copilot.web.installation import Installation, PlaybookDesk

    elsewhere = _elsewhere(settings, openers)

    async def at_hand() -> Sequence[Finding]:
        found = [
            await doctor.database(lambda: nullcontext(store)),
            doctor.disk(settings),
            await asyncio.to_thread(doctor.readable, partial(openers.checked_playbook, settings)),
        ]
        for other in elsewhere:
            found += [Finding(other.part, None, other.words)] if other.on else await other.examine()
        return found

    return Installation(
        facts=_facts(settings),
        at_hand=at_hand,
        outside={other.part: other.examine for other in elsewhere if other.on},
        desk=PlaybookDesk(
            RubricFiles(settings.rubrics, bundled("rubrics"), settings.pins), playbook, openers.analyst_of
        ),
    )


def _elsewhere(settings: Settings, openers: Openers) -> Sequence[Elsewhere]:
    from copilot.commands.doctor import mail_server
    from copilot.commands.doctor_llm import language_models
    from copilot.commands.doctor_speech import speech_models

    llm, speech, mail = settings.llm, settings.speech, settings.mail

    async def ask_models() -> Sequence[Finding]:
        from copilot.adapters.llm.prices import load_prices

        return await language_models(llm, partial(openers.language_models, llm), load_prices(llm.prices))

    async def ask_speech() -> Sequence[Finding]:
        return await speech_models(speech, partial(openers.transcriber, speech))

    async def ask_mail() -> Sequence[Finding]:
        return [await mail_server(settings, lambda: openers.mailer(mail).greet())]

    return (
        Elsewhere(
            "speech", speech.on, f"{speech.model} on {speech.server_url or speech.device}; not tried", ask_speech
        ),
        Elsewhere("LLM", llm.on, f"{llm.model}, as {llm.profile} speaks; not tried", ask_models),
        Elsewhere("mail", mail.on, f"{mail.host}:{mail.port}, sent from {mail.sender}; not tried", ask_mail),
    )


def _facts(settings: Settings) -> Facts:
    from copilot.web.installation import Facts

    made = settings.token is None
    return Facts(
        data=str(settings.data),
        database=database_told(settings),
        token=f"in the file {settings.data / 'token'}" if made else "set as COPILOT_TOKEN, or in copilot.toml",
        rubrics=None if settings.rubrics is None else str(settings.rubrics),
        sound=settings.sound.keep,
        sound_days=settings.sound.keep_days,
        mail=_mail_facts(settings.mail),
    )


def database_told(settings: Settings) -> str:
    """Which database, without the user, the password and whatever else its address may hold."""
    from sqlalchemy import make_url

    if settings.store.url is None:
        return f"SQLite, {settings.store_file}"
    url = make_url(settings.store.url)
    return (
        f"{url.get_backend_name()}, {url.database} at {url.host}"
        if url.host
        else f"{url.get_backend_name()}, {url.database}"
    )


def _mail_facts(mail: MailSettings) -> MailFacts | None:
    from copilot.web.installation import MailFacts

    if mail.host is None or mail.sender is None:
        return None
    return MailFacts(f"{mail.host}:{mail.port}", mail.security, mail.sender, mail.copies_to)
