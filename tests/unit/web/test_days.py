"""A day that nobody can mean does not come in with a call, since all that is counted over time would stumble on it."""

from __future__ import annotations

import json

import pytest
from pydantic import ValidationError

from copilot.web.messages import INGEST, MessageRefused, Start, parse
from copilot.web.upload_api import UploadFields

SLIPS = pytest.mark.parametrize("held_on", ["9999-12-30", "0202-06-01"])


def start(held_on: str) -> str:
    return json.dumps({"type": "start", "call": {"held_on": held_on}})


@SLIPS
def test_a_live_call_is_not_begun_with_one(held_on: str) -> None:
    with pytest.raises(MessageRefused, match=f"{held_on} is not within 1990 to 2100"):
        parse(start(held_on), INGEST)


@SLIPS
def test_a_file_is_not_taken_with_one(held_on: str) -> None:
    with pytest.raises(ValidationError, match=f"{held_on} is not within 1990 to 2100"):
        UploadFields.model_validate({"held_on": held_on})


def test_any_other_day_is_taken() -> None:
    begun = parse(start("2026-05-14"), INGEST)

    assert isinstance(begun, Start)
    assert str(begun.call.held_on) == "2026-05-14"
