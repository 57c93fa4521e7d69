from __future__ import annotations

from email import message_from_bytes, policy
from pathlib import Path
from typing import Any

import httpx
import pytest

from copilot.domain.items import Evidence
from copilot.domain.ops import AddOutcome, AnyOp, MarkStage
from copilot.domain.state import CallState
from tests.builders import noticing
from tests.integration.servers import over_http, sender, server, words

pytestmark = pytest.mark.anyio


def noted(state: CallState, i: int) -> list[AnyOp]:
    said = state.utterances[i]
    evidence = (Evidence(utterance=i, quote=said.text),)
    return [MarkStage(i=i, stage="before_scenario"), AddOutcome(text=said.text, evidence=evidence)]


async def asked(folder: Path, *paths: str, role: str = "customer") -> list[httpx.Response]:
    """Answers about a call in which one thing has been said."""
    async with server(folder, analyst=noticing(noted)) as running, sender(running, kind="discovery") as call:
        await call.send(**words(1, "We want to halve our lead time of nine days by June.", role=role))
        await call.next("ack")
        async with over_http(running) as http:
            return [await http.get(path) for path in paths]


async def test_all_forms_at_once_with_what_each_part_rests_on(tmp_path: Path) -> None:
    (answer,) = await asked(tmp_path, "/api/calls/call/email")

    email: dict[str, Any] = answer.json()
    (aim,) = email["parts"]["aims"]
    assert aim["evidence"] == [{"utterance": 0, "quote": "We want to halve our lead time of nine days by June."}]
    assert all("halve our lead time" in email[form] for form in ("subject", "text", "markdown", "html"))
    assert (email["seq"] > 0, email["sent"]) == (True, [])
    assert [remark["what"] for remark in email["not_in_the_email"]] == ["The call"]  # it still goes on


async def test_what_only_the_rep_said_is_beside_it(tmp_path: Path) -> None:
    (answer,) = await asked(tmp_path, "/api/calls/call/email", role="rep")

    email = answer.json()
    assert [remark["item"] for remark in email["not_in_the_email"]] == [None, "O1"]
    assert all("halve our lead time" not in email[form] for form in ("subject", "text", "markdown", "html"))


async def test_a_single_form(tmp_path: Path) -> None:
    where = "/api/calls/call/email?format="
    text, markdown, page, draft = await asked(
        tmp_path, *(where + form for form in ("text", "markdown", "html", "eml&language=fr"))
    )

    assert text.text.startswith("Hello,\n")
    assert "## What you want to reach" in markdown.text
    assert page.headers["content-type"] == "text/html; charset=utf-8"
    assert "sandbox" in page.headers["content-security-policy"]
    assert draft.headers["content-disposition"] == 'attachment; filename="call.eml"'
    subject = message_from_bytes(draft.content, policy=policy.default)["Subject"]
    assert subject.startswith("Ce que nous avons entendu")


async def test_no_call_no_email(tmp_path: Path) -> None:
    none, bad, unknown = await asked(
        tmp_path, "/api/calls/none/email", "/api/calls/%20/email", "/api/calls/call/email?format=pdf"
    )

    assert (none.status_code, bad.status_code, unknown.status_code) == (404, 404, 422)


async def test_the_scorecard_of_a_call_as_it_stands(tmp_path: Path) -> None:
    (answer,) = await asked(tmp_path, "/api/calls/call/scorecard")

    card = answer.json()
    assert (card["rubric"], card["call_id"]) == ("scorecards/discovery/3", "call")
    assert "not for employment decisions" in card["notice"]
    answers = {a["criterion"]: a for section in card["sections"] for a in section["answers"]}
    assert answers["few_outcomes"]["moments"][0]["quote"] == "We want to halve our lead time of nine days by June."
    assert answers["after"]["standing"] == "not_observed"


async def test_a_kind_of_call_that_is_not_scored(tmp_path: Path) -> None:
    async with server(tmp_path) as running, sender(running, kind="other"):
        async with over_http(running) as http:
            answer = await http.get("/api/calls/call/scorecard")

    assert (answer.status_code, answer.json()["error"]["code"]) == (404, "no_scorecard")
