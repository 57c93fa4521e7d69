"""The email as it is edited and sent over HTTP, to a real mail server."""

from __future__ import annotations

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from email import message_from_bytes, policy
from pathlib import Path
from typing import Any

import httpx
import pytest

from copilot.adapters.mail import SmtpMailer
from copilot.domain.items import Evidence
from copilot.domain.ops import AddNextStep, AddOutcome, AnyOp
from copilot.domain.state import CallState
from copilot.ports import Mailer
from tests.builders import noticing
from tests.integration.mail_servers import SENDER, Mailbox, mail_server
from tests.integration.servers import Client, over_http, sender, server, words

pytestmark = pytest.mark.anyio

WANTED = "We want to halve our lead time of nine days by June."
PROMISED = "I will send you the draft on Friday."
SHRUGGED = "You could have fewer meetings as well."
PEOPLE = [{"name": "Dana Reyes", "role": "rep"}, {"name": "Luis Ortega", "role": "customer"}]
DRAFT = "/api/calls/call/email/draft"


def noted(state: CallState, i: int) -> list[AnyOp]:
    said = state.utterances[i]
    evidence = (Evidence(utterance=i, quote=said.text),)
    if said.text == PROMISED:
        return [AddNextStep(text="send you the draft", evidence=evidence, owner=said.speaker, due="Friday")]
    return [AddOutcome(text=said.text, evidence=evidence)]


@asynccontextmanager
async def a_call(folder: Path, mailer: Mailer | None = None) -> AsyncIterator[tuple[httpx.AsyncClient, Client]]:
    """A call in which the customer wants something, over HTTP and still going on."""
    async with server(folder, analyst=noticing(noted), mailer=mailer) as running:
        async with sender(running, kind="discovery", participants=PEOPLE) as talk:
            await says(talk, 1, WANTED, "customer", "Luis Ortega")
            async with over_http(running) as http:
                yield http, talk


async def says(talk: Client, n: int, text: str, role: str, speaker: str) -> None:
    await talk.send(**words(n, text, role=role) | {"speaker": speaker})
    await talk.next("ack")


async def draft_of(http: httpx.AsyncClient) -> dict[str, Any]:
    view: dict[str, Any] = (await http.get(DRAFT)).raise_for_status().json()
    return view


def edited(view: dict[str, Any], **fields: Any) -> dict[str, Any]:
    return {"to": "", "subject": None, "body": None, "seq": view["seq"], "after": view["version"], **fields}


def code(answer: httpx.Response) -> tuple[int, str]:
    return answer.status_code, answer.json()["error"]["code"]


class TestEditing:
    async def test_nothing_is_edited_at_first(self, tmp_path: Path) -> None:
        async with a_call(tmp_path) as (http, _):
            view = await draft_of(http)

        assert (view["draft"], view["version"], view["mail"]) == (None, 0, None)
        lines = view["automatic"]["body"].split("\n")
        (ground,) = [g for g in view["grounds"] if g["text"] in lines[lines.index("WHAT YOU WANT TO REACH") + 2]]
        assert ground["evidence"] == [{"utterance": 0, "quote": WANTED}]

    async def test_what_is_typed_is_there_again_after_a_restart(self, tmp_path: Path) -> None:
        async with a_call(tmp_path) as (http, _):
            body = "Dear Luis,\r\n\n  so be it\x07  \n"
            await http.put(DRAFT, json=edited(await draft_of(http), to="luis@acme.example", body=body))
        async with a_call(tmp_path) as (http, _):
            view = await draft_of(http)

        assert view["draft"]["body"] == "Dear Luis,\n\n  so be it  \n"
        assert (view["draft"]["to"], view["draft"]["subject"]) == ("luis@acme.example", None)

    async def test_what_somebody_else_saved_meanwhile_is_not_overwritten(self, tmp_path: Path) -> None:
        async with a_call(tmp_path) as (http, _):
            view = await draft_of(http)
            first = await http.put(DRAFT, json=edited(view, body="first"))
            second = await http.put(DRAFT, json=edited(view, body="second"))
            kept = (await draft_of(http))["draft"]["body"]

        assert (first.status_code, code(second), kept) == (200, (409, "moved_on"), "first")

    async def test_an_edited_body_says_what_the_call_tells_by_now(self, tmp_path: Path) -> None:
        async with a_call(tmp_path) as (http, talk):
            await http.put(DRAFT, json=edited(await draft_of(http), body="mine"))
            before = await draft_of(http)
            await says(talk, 2, "And fewer errors by May.", "customer", "Luis Ortega")
            after = await draft_of(http)

        assert before["changed"] == {"items": 0, "elsewhere": False}
        assert after["changed"]["items"] == 1
        assert "And fewer errors by May" in after["automatic"]["body"]
        assert after["draft"]["body"] == "mine"

    async def test_a_body_left_as_it_is_follows_the_call(self, tmp_path: Path) -> None:
        async with a_call(tmp_path) as (http, talk):
            await http.put(DRAFT, json=edited(await draft_of(http), to="luis@acme.example"))
            await says(talk, 2, "And fewer errors by May.", "customer", "Luis Ortega")
            view = await draft_of(http)
            file = message_from_bytes((await http.get(f"{DRAFT}.eml")).content, policy=policy.default)

        assert view["changed"] == {"items": 0, "elsewhere": False}
        assert "And fewer errors by May" in str(file.get_body(("plain",)))
        assert (file["To"], file["X-Unsent"], file.is_multipart()) == ("luis@acme.example", "1", True)

    async def test_what_only_the_rep_said_can_be_added(self, tmp_path: Path) -> None:
        async with a_call(tmp_path) as (http, talk):
            await says(talk, 2, SHRUGGED, "rep", "Dana Reyes")
            view = await draft_of(http)

        assert SHRUGGED.rstrip(".") not in view["automatic"]["body"]
        (left,) = [left for left in view["not_in_the_email"] if left["item"] == "O2"]
        assert left["addition"] == {"heading": "WHAT YOU WANT TO REACH", "line": f"  - {SHRUGGED.rstrip('.')}"}

    async def test_what_the_rep_takes_on_is_a_step_of_the_email(self, tmp_path: Path) -> None:
        async with a_call(tmp_path) as (http, talk):
            await says(talk, 2, PROMISED, "rep", "Dana Reyes")
            view = await draft_of(http)

        assert "  - Send you the draft\n    Dana Reyes · Friday" in view["automatic"]["body"]
        assert "N1" not in [left["item"] for left in view["not_in_the_email"] if left["addition"]]

    @pytest.mark.parametrize("wrong", [{"seq": -1}, {"body": "x" * 100_001}, {"subject": 7}])
    async def test_what_cannot_be_kept_is_refused(self, tmp_path: Path, wrong: dict[str, Any]) -> None:
        async with a_call(tmp_path) as (http, _):
            answer = await http.put(DRAFT, json=edited(await draft_of(http), **wrong))
            assert (await draft_of(http))["version"] == 0

        assert code(answer) == (422, "bad_request")


class TestSending:
    async def test_an_edited_email_arrives_as_it_was_typed(self, tmp_path: Path) -> None:
        async with mail_server() as mailbox, a_call(tmp_path, SmtpMailer(mailbox.address())) as (http, _):
            typed = edited(await draft_of(http), to="luis@acme.example; pat@acme.example", subject="Our\n plan")
            answer = await http.post("/api/calls/call/email/send", json=typed | {"body": "Grüße,\n\n  Dana\n"})

        (taken,) = mailbox.taken
        assert (taken.message["Subject"], taken.message["From"]) == ("Our plan", SENDER)
        assert taken.message.get_content_type() == "text/plain"
        assert taken.message.get_content().splitlines() == ["Grüße,", "", "  Dana"]
        assert taken.recipients == ["luis@acme.example", "pat@acme.example"]
        assert [d["state"] for d in answer.json()["sent"]] == ["accepted", "accepted"]

    async def test_one_that_nobody_edited_goes_out_with_its_page(self, tmp_path: Path) -> None:
        async with mail_server() as mailbox, a_call(tmp_path, SmtpMailer(mailbox.address())) as (http, _):
            typed = edited(await draft_of(http), to="luis@acme.example")
            await http.post("/api/calls/call/email/send", json=typed)

        assert mailbox.taken[0].message.get_content_type() == "multipart/alternative"

    async def test_an_automatic_one_does_not_go_out_otherwise_than_it_was_read(self, tmp_path: Path) -> None:
        async with mail_server() as mailbox, a_call(tmp_path, SmtpMailer(mailbox.address())) as (http, talk):
            typed = edited(await draft_of(http), to="luis@acme.example")
            await says(talk, 2, "And fewer errors by May.", "customer", "Luis Ortega")
            answer = await http.post("/api/calls/call/email/send", json=typed)

        assert (code(answer), mailbox.taken) == ((409, "moved_on"), [])

    async def test_a_refusal_is_told_with_its_reason(self, tmp_path: Path) -> None:
        box = Mailbox(refuses=("gone@acme.example",))
        async with mail_server(box), a_call(tmp_path, SmtpMailer(box.address())) as (http, _):
            typed = edited(await draft_of(http), to="gone@acme.example")
            answer = await http.post("/api/calls/call/email/send", json=typed)

        (delivery,) = answer.json()["sent"]
        assert delivery["state"] == "refused"
        assert "no such mailbox here" in delivery["reply"]

    async def test_who_was_not_on_the_call_is_flagged_before(self, tmp_path: Path) -> None:
        async with mail_server() as mailbox, a_call(tmp_path, SmtpMailer(mailbox.address())) as (http, _):
            to = {"to": "l.ortega@acme.example, Board@acme.example dana@vendor.example"}
            answer = (await http.post("/api/calls/call/email/recipients", json=to)).json()

        assert mailbox.taken == []
        assert answer["recipients"] == [
            {"address": "l.ortega@acme.example", "name": "Luis Ortega", "role": "customer"},
            {"address": "Board@acme.example", "name": None, "role": None},
            {"address": "dana@vendor.example", "name": "Dana Reyes", "role": "rep"},
        ]

    async def test_nothing_is_sent_to_nobody_or_to_what_is_no_address(self, tmp_path: Path) -> None:
        async with mail_server() as mailbox, a_call(tmp_path, SmtpMailer(mailbox.address())) as (http, _):
            view = await draft_of(http)
            answers = [
                await http.post("/api/calls/call/email/send", json=edited(view, to=to)) for to in ("", "luis@acme", ",")
            ]
            bad = await http.post("/api/calls/call/email/send", json=edited(view, to="luis at acme.example"))

        assert mailbox.taken[1:] == []
        assert [answer.status_code for answer in answers] == [422, 200, 422]
        assert code(bad) == (422, "unusable_input")

    async def test_without_a_mail_server_it_says_so(self, tmp_path: Path) -> None:
        async with a_call(tmp_path) as (http, _):
            typed = edited(await draft_of(http), to="luis@acme.example")
            answer = await http.post("/api/calls/call/email/send", json=typed)

        assert code(answer) == (409, "no_mail_server")
