"""Puts value reports together: an account of the store, and what writes files of documents."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Mapping
from datetime import UTC, datetime
from importlib.util import find_spec
from typing import TYPE_CHECKING

from copilot.domain.documents import Document
from copilot.errors import UnusableInput
from copilot.wiring.alone import open_kept
from copilot.wiring.playbooks import load_playbook

if TYPE_CHECKING:
    from copilot.review.value_report import Asked, ValueReport
    from copilot.settings import Settings


class NeedsReports(UnusableInput):
    def __init__(self, what: str) -> None:
        self.what = what
        super().__init__(f"{what} needs the extra 'reports', which `pip install 'copilot-value[reports]'` installs")


def report_writers() -> Mapping[str, Callable[[Document], bytes]]:
    """By a file's ending; each raises NeedsReports where its library is not installed."""
    return {"pdf": _pdf, "pptx": _slides}


def report_on(settings: Settings, account: str, asked: Asked, *, demo: bool) -> ValueReport:
    """The report on an account of the store. Raises NoSuchAccount, NoSuchPersona."""
    from copilot.afterwards.accounts import Accounts, NoSuchAccount

    if settings.store.url is None and not settings.store_file.is_file():
        raise NoSuchAccount(account)  # rather than make a store only to find nothing in it
    playbook = load_playbook(settings)

    async def read() -> ValueReport:
        async with open_kept(settings) as store:
            accounts = Accounts(store, playbook.value_demonstration, lambda: datetime.now(UTC))
            return await accounts.report(account, playbook, asked, demo=demo)

    return asyncio.run(read())


def _pdf(document: Document) -> bytes:
    if find_spec("fpdf") is None:
        raise NeedsReports("a PDF")
    from copilot.adapters.reports.pdf import as_pdf

    return as_pdf(document)


def _slides(document: Document) -> bytes:
    if find_spec("pptx") is None:
        raise NeedsReports("a PowerPoint file")
    from copilot.adapters.reports.slides import as_slides

    return as_slides(document)
