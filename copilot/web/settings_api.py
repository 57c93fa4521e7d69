"""What the settings page shows and tries, as JSON. Nothing here changes a setting: those are files and variables."""

from __future__ import annotations

from dataclasses import asdict
from typing import Annotated, Any

from fastapi import APIRouter, Depends
from pydantic import BaseModel, ConfigDict, Field

from copilot import __version__
from copilot.domain.findings import Finding
from copilot.domain.playbook import Playbook
from copilot.errors import CopilotError
from copilot.web.api import Wired, known_form
from copilot.web.installation import Installation

LONGEST_PART = 512 * 1024  # characters

router = APIRouter(prefix="/api/settings", tags=["settings"])


class NothingToTry(CopilotError):
    def __init__(self, part: str, known: list[str]) -> None:
        self.part, self.known = part, known
        super().__init__(f"there is no {part!r} to try; there are {', '.join(known) or 'none'}")


class Edited(BaseModel):
    """A part of the playbook as it might be."""

    model_config = ConfigDict(extra="forbid")

    text: str = Field(max_length=LONGEST_PART)


class EditedFor(Edited):
    call: str = Field(description="The id of the call to try it on.")


def installation(wired: Wired) -> Installation:
    if wired.installation is None:
        raise CopilotError("this server does not tell of its installation")
    return wired.installation


Installed = Annotated[Installation, Depends(installation)]


@router.get("")
async def get_settings(installed: Installed, wired: Wired) -> dict[str, Any]:
    """What was found of every part of the installation, what it was told, and the playbook in use."""
    return {
        "version": __version__,
        "findings": [_finding_view(finding) for finding in await installed.at_hand()],
        "can_be_tried": list(installed.outside),
        "facts": asdict(installed.facts),
        "playbook": {
            "version": wired.playbook.version,
            "files": [asdict(file) for file in await installed.desk.files()],
            "scorecards": {kind: rubric.name for kind, rubric in wired.scorecards.items()},
        },
    }


@router.post("/try/{part}")
async def try_part(part: str, installed: Installed) -> dict[str, Any]:
    """Ask the language models, the speech model or the mail server once; may take a minute, and a model costs."""
    if part not in installed.outside:
        raise NothingToTry(part, list(installed.outside))
    return {"findings": [_finding_view(finding) for finding in await installed.outside[part]()]}


@router.get("/playbook/{part}")
async def get_part(part: str, installed: Installed) -> dict[str, Any]:
    """A part of the playbook: its file and its text."""
    file, text = await installed.desk.file(part)
    return {**asdict(file), "text": text}


@router.post("/playbook/{part}/check")
async def check_part(part: str, edited: Edited, installed: Installed) -> dict[str, Any]:
    """Whether the playbook would be in order with this text; what is wrong is told in a sentence."""
    return _playbook_told(part, await installed.desk.check(part, edited.text))


@router.post("/playbook/{part}/preview")
async def preview_part(part: str, edited: EditedFor, installed: Installed, wired: Wired) -> dict[str, Any]:
    """What the playbook with this text would make of a call, held against what the present one makes of it."""
    call = await wired.calls.get(known_form(edited.call))
    return (await installed.desk.preview(part, edited.text, call.state)).model_dump(mode="json")


def _finding_view(finding: Finding) -> dict[str, Any]:
    return asdict(finding)


def _playbook_told(part: str, playbook: Playbook) -> dict[str, Any]:
    return {"version": playbook.versions[part], "stages": [stage.title for stage in playbook.stages]}
