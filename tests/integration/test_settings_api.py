"""What a running server tells of its installation, and the changes to its playbook that can be tried out."""

from __future__ import annotations

import threading
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Any

import httpx
import pytest
from pydantic import SecretStr

from copilot.commands.serve import running
from copilot.domain.playbook import Playbook
from copilot.settings import MailSettings, Settings, StoreSettings
from copilot.wiring import server as put_together
from copilot.wiring.installation import database_told
from tests.integration.mail_servers import mail_server
from tests.integration.servers import PLAYBOOK, TOKEN, over_http, sender, settings_for, words

pytestmark = pytest.mark.anyio

PASSWORD = "a-password-of-somebodys"


@asynccontextmanager
async def asking(folder: Path, **told: Any) -> AsyncIterator[httpx.AsyncClient]:
    settings = settings_for(folder).model_copy(update=told)
    async with running(settings, put_together.open_services) as server, over_http(server) as http:
        yield http


class TestWhatIsTold:
    async def test_every_part_is_found_in_order_or_with_the_setting_that_would_set_it_up(self, tmp_path: Path) -> None:
        async with asking(tmp_path) as http:
            told = (await http.get("/api/settings")).json()

        assert {finding["part"]: finding["works"] for finding in told["findings"]} == {
            "database": True,
            "disk": True,
            "playbook": True,
            "speech": None,
            "LLM": None,
            "mail": None,
        }
        assert [f["setting"] for f in told["findings"] if f["part"] == "speech"] == ["COPILOT_SPEECH__MODEL=base.en"]
        assert told["can_be_tried"] == []
        assert told["playbook"]["version"] == "value_conversation/1"
        assert len(told["playbook"]["files"]) == 9
        assert told["facts"]["sound"] == "never"

    async def test_the_playbook_is_read_beside_the_loop_that_live_calls_need(
        self, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        threads = []

        def read(settings: Settings) -> Playbook:
            threads.append(threading.current_thread())
            return PLAYBOOK

        monkeypatch.setattr(put_together, "checked_playbook", read)
        async with asking(tmp_path) as http:
            (await http.get("/api/settings")).raise_for_status()

        assert len(threads) == 1
        assert threading.current_thread() not in threads

    async def test_where_the_token_is_and_what_the_mail_goes_through_are_told_and_no_secret(
        self, tmp_path: Path
    ) -> None:
        mail = MailSettings(
            host="mail.acme.example", sender="dana@acme.example", username="dana", password=SecretStr(PASSWORD)
        )
        async with asking(tmp_path, mail=mail) as http:
            answer = await http.get("/api/settings")

        assert answer.json()["facts"]["mail"] == {
            "server": "mail.acme.example:587",
            "security": "starttls",
            "sender": "dana@acme.example",
            "copies_to": [],
        }
        assert "COPILOT_TOKEN" in answer.json()["facts"]["token"]
        assert TOKEN not in answer.text
        assert PASSWORD not in answer.text

    def test_a_databases_user_and_password_are_not_told(self, tmp_path: Path) -> None:
        url = f"postgresql+asyncpg://dana:{PASSWORD}@db.acme.example/calls?password={PASSWORD}"

        assert database_told(Settings(data=tmp_path, store=StoreSettings(url=url))) == (
            "postgresql, calls at db.acme.example"
        )


class TestTrying:
    async def test_the_mail_server_is_greeted_when_asked(self, tmp_path: Path) -> None:
        async with mail_server() as there:
            mail = MailSettings(host="127.0.0.1", port=there.port, security="none", sender="dana@acme.example")
            async with asking(tmp_path, mail=mail) as http:
                told = (await http.get("/api/settings")).json()
                tried = (await http.post("/api/settings/try/mail")).json()

        assert told["can_be_tried"] == ["mail"]
        assert told["findings"][-1]["works"] is None
        (found,) = tried["findings"]
        assert (found["part"], found["works"]) == ("mail", True)

    async def test_what_is_not_set_up_cannot_be_tried(self, tmp_path: Path) -> None:
        async with asking(tmp_path) as http:
            answer = await http.post("/api/settings/try/LLM")

        assert answer.status_code == 404
        assert answer.json()["error"]["message"] == "there is no 'LLM' to try; there are none"


class TestPlaybook:
    async def test_a_part_is_shown_checked_and_told_what_is_wrong_with_it(self, tmp_path: Path) -> None:
        async with asking(tmp_path) as http:
            part = (await http.get("/api/settings/playbook/pitfalls")).json()
            right = await http.post("/api/settings/playbook/pitfalls/check", json={"text": part["text"]})
            wrong = await http.post(
                "/api/settings/playbook/pitfalls/check", json={"text": f"{part['text']}\nnope: 1\n"}
            )
            unknown = await http.get("/api/settings/playbook/pitfals")

        assert part["file"].endswith("pitfalls/v5.yaml")
        assert right.json()["version"] == 5
        assert "Metrics" in right.json()["stages"]
        assert wrong.status_code == 422
        assert "unknown field 'nope'; remove it" in wrong.json()["error"]["message"]
        assert (unknown.status_code, "it has value_conversation" in unknown.text) == (404, True)

    async def test_a_change_is_tried_out_on_a_call_and_leaves_it_as_it_is(self, tmp_path: Path) -> None:
        said = [
            ("rep", "It has boards, charts and alerts, and it also comes with automations and templates."),
            ("customer", "Okay. And what does that do for us?"),
        ]
        async with running(settings_for(tmp_path), put_together.open_services) as server, over_http(server) as http:
            async with sender(server, "acme", kind="discovery") as ingest:
                for number, (role, text) in enumerate(said):
                    await ingest.send(**words(number, text, role=role))
                    await ingest.next("ack")
            before = (await http.get("/api/calls/acme")).json()
            text = (await http.get("/api/settings/playbook/pitfalls")).json()["text"]
            lax = text.replace("thresholds: {features: 3, likely: 0.8}", "thresholds: {features: 30}")
            tried = await http.post("/api/settings/playbook/pitfalls/preview", json={"text": lax, "call": "acme"})
            same = await http.post("/api/settings/playbook/pitfalls/preview", json={"text": text, "call": "acme"})
            after = (await http.get("/api/calls/acme")).json()

        assert lax != text
        gone = [turn["kind"] for turn in tried.json()["pitfalls"] if turn["turn"] == "go"]
        assert gone == ["feature_dumping"]
        assert same.json() == {
            "utterances": 2,
            "stages": [],
            "coverage": [],
            "pitfalls": [],
            "questions": [],
            "items": [],
        }
        assert before["state"]["pitfalls"] == after["state"]["pitfalls"]
