"""Value reports of accounts over HTTP: as JSON, and as files to hand on."""

from __future__ import annotations

import asyncio
import base64
import hashlib
from datetime import date
from typing import Annotated, Literal

from fastapi import APIRouter, Depends, Query, Response
from fastapi.responses import JSONResponse

from copilot.review.value_report import Asked, ValueReport
from copilot.review.value_report.document import document_of
from copilot.review.value_report.markdown import as_markdown
from copilot.review.value_report.page import as_html
from copilot.web.accounts_api import Demo, Known
from copilot.web.api import Wired

_TYPES = {
    "md": "text/markdown; charset=utf-8",
    "html": "text/html; charset=utf-8",
    "pdf": "application/pdf",
    "pptx": "application/vnd.openxmlformats-officedocument.presentationml.presentation",
}

router = APIRouter(tags=["accounts"])


def asked(
    persona: Annotated[str | None, Query(description="Who it is worded for, by the playbook's id.")] = None,
    quarter: Annotated[
        str | None,
        Query(pattern=r"^(199|20[0-9])[0-9]-Q[1-4]$", description="As in 2026-Q2; else the last with a sum."),
    ] = None,
    since: Annotated[date | None, Query(description="What is new from then on; else since the last review.")] = None,
    calculated: Annotated[bool, Query(description="Count sums that the customer has not agreed to, too.")] = False,
) -> Asked:
    return Asked(persona=persona, quarter=quarter, since=since, with_calculated=calculated)


Wanted = Annotated[Asked, Depends(asked)]


@router.get("/api/accounts/{account:path}/report")
async def get_report(account: str, known: Known, wired: Wired, wanted: Wanted, demo: Demo = False) -> Response:
    """The report with everything that it stands on, where it is weak, and the readers it can be worded for."""
    report = await known.report(account, wired.playbook, wanted, demo=demo)
    shown = wired.playbook.value_demonstration
    beside = {
        "personas": [persona.model_dump(mode="json") for persona in shown.personas],
        "formulas": [formula.model_dump(mode="json") for formula in shown.formulas],
    }
    return JSONResponse({**report.model_dump(mode="json"), **beside})


@router.get("/api/accounts/{account:path}/report.{form}")
async def get_report_file(
    account: str,
    form: Literal["md", "html", "pdf", "pptx"],
    known: Known,
    wired: Wired,
    wanted: Wanted,
    demo: Demo = False,
    shown: Annotated[bool, Query(description="The page to be read here, and printed, rather than saved.")] = False,
) -> Response:
    """The report as a file for the customer. PDF and slides need the extra `reports`."""
    report = await known.report(account, wired.playbook, wanted, demo=demo)
    content = await asyncio.to_thread(_file, report, form, wired)
    how = "inline" if shown and form == "html" else "attachment"
    headers = {"Content-Disposition": f'{how}; filename="value-report.{form}"'}
    if form == "html":
        headers["Content-Security-Policy"] = _own_styles_only(content)
    return Response(content, media_type=_TYPES[form], headers=headers)


def _own_styles_only(page: bytes) -> str:
    """The report's page loads nothing and runs nothing; its styles stand in it, and no others count."""
    styles = page.partition(b"<style>")[2].partition(b"</style>")[0]
    digest = base64.b64encode(hashlib.sha256(styles).digest()).decode()
    return (
        f"default-src 'none'; style-src 'sha256-{digest}'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'"
    )


def _file(report: ValueReport, form: Literal["md", "html", "pdf", "pptx"], wired: Wired) -> bytes:
    document = document_of(report)
    match form:
        case "md":
            return as_markdown(document).encode()
        case "html":
            return as_html(document).encode()
        case _:
            return wired.report_writers[form](document)
