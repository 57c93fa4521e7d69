"""`copilot email` as its users run it, with a mail server on loopback."""

from __future__ import annotations

import contextlib
import json
import re
from collections.abc import Iterator
from email import message_from_string, policy
from pathlib import Path

import pytest

from tests.acceptance.programs import ROOT, Serving, copilot, copilot_here, serving
from tests.integration.mail_servers import CERTIFICATE, LOGIN, SENDER, Mailbox, mail_server
from tests.loopback import beside

DISCOVERY = ROOT / "fixtures" / "demo" / "discovery.json"
LUIS, CRM = "luis@acme.example", "inbox@crm.example"
PLAYED = "the-call"


@pytest.fixture(scope="module")
def data(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("email") / "data"


@pytest.fixture(scope="module")
def server(data: Path) -> Iterator[Serving]:
    """One that was played a call."""
    with serving(data) as running:
        copilot_here("stream", DISCOVERY, "--to", running.link, "--speed", "0", "--call", PLAYED)
        yield running


@contextlib.contextmanager
def mailbox(box: Mailbox) -> Iterator[dict[str, str]]:
    """A mail server beside the program under test, and the settings that lead to it."""
    with beside(mail_server(box, security="starttls", login=True)):
        yield {
            "COPILOT_MAIL__HOST": "127.0.0.1",
            "COPILOT_MAIL__PORT": str(box.port),
            "COPILOT_MAIL__CA_FILE": str(CERTIFICATE),
            "COPILOT_MAIL__USERNAME": LOGIN[0],
            "COPILOT_MAIL__PASSWORD": LOGIN[1],
            "COPILOT_MAIL__SENDER": SENDER,
            "COPILOT_MAIL__COPIES_TO": json.dumps([CRM]),
        }


class TestWriting:
    def test_a_transcripts_email_with_what_is_not_in_it_beside(self) -> None:
        done = copilot_here("email", DISCOVERY)

        letter = done.stdout
        assert done.returncode == 0
        assert letter.startswith(
            "Subject: What we heard and agreed: Signature to first truck down to four\n\nHello Tom"
        )
        assert "Target: four" in letter
        assert "Send that as a one-page summary\n    Maya · Thursday" in letter
        assert "Send that as a one-page summary: 'Thursday' was said on the call; a date is clearer" in done.stderr

    def test_the_same_call_makes_the_same_email(self) -> None:
        assert copilot("email", DISCOVERY, PYTHONHASHSEED="1").stdout == copilot_here("email", DISCOVERY).stdout

    @pytest.mark.parametrize(
        ("form", "begins"),
        [("text", "Subject: "), ("markdown", "Hello Tom"), ("html", "<!DOCTYPE html>"), ("eml", "Subject: ")],
    )
    def test_what_is_for_sending_has_the_rest_beside_it(self, form: str, begins: str) -> None:
        done = copilot_here("email", DISCOVERY, "--format", form, "--to", LUIS)

        assert done.returncode == 0
        assert done.stdout.lstrip().startswith(begins)
        assert "for you alone" not in done.stdout
        assert "a date is clearer" in done.stderr

    def test_markdown_and_another_language(self) -> None:
        done = copilot_here("email", DISCOVERY, "--format", "markdown", "--language", "de")

        assert "## Was Sie erreichen wollen\n\n1. **Signature to first truck down to four**" in done.stdout

    def test_a_call_in_the_store_and_over_http_are_the_same(self, server: Serving, data: Path) -> None:
        answer = server.asks("GET", f"/api/calls/{PLAYED}/email")
        done = copilot_here("email", PLAYED, "--data", data)

        assert done.returncode == 0
        assert done.stdout.startswith(f"Subject: {answer['subject']}\n\n{answer['text']}")
        assert done.stdout == copilot_here("email", DISCOVERY).stdout


class TestSending:
    def test_only_to_those_named_and_those_shown(self, tmp_path: Path) -> None:
        box = Mailbox()
        with mailbox(box) as settings:
            done = copilot_here(
                "email", DISCOVERY, "--send", "--to", LUIS, "--yes", "--data", tmp_path / "data", settings=settings
            )

        assert done.returncode == 0
        assert done.stderr.splitlines()[-5:] == [
            f"From: {SENDER}",
            f"To: {LUIS}",
            f"Blind copy, by the setting mail.copies_to: {CRM}",
            f"✓ {LUIS}: accepted by the mail server (250 queued as 42)",
            f"✓ {CRM}: accepted by the mail server (250 queued as 42)",
        ]
        (taken,) = box.taken
        assert (taken.recipients, taken.message["To"], taken.message["Bcc"]) == ([LUIS, CRM], LUIS, None)
        assert "only your side has said it" not in taken.message.as_string()

    def test_nothing_goes_out_without_somebody_who_says_yes(self, tmp_path: Path) -> None:
        box = Mailbox()
        with mailbox(box) as settings:
            done = copilot_here(
                "email", DISCOVERY, "--send", "--to", LUIS, "--data", tmp_path / "data", settings=settings
            )

        assert (done.returncode, box.taken) == (2, [])
        assert "there is nobody to ask whether to send it" in done.stderr

    def test_a_refusal_is_told_and_the_exit_status_says_so(self, tmp_path: Path) -> None:
        box = Mailbox(refuses=(LUIS,))
        with mailbox(box) as settings:
            done = copilot_here(
                "email", DISCOVERY, "--send", "--to", LUIS, "--yes", "--data", tmp_path / "data", settings=settings
            )

        assert done.returncode == 1
        assert f"✗ {LUIS}: refused by the mail server (550 no such mailbox here)" in done.stderr
        assert "copilot: 1 recipient of 2 may not have got it" in done.stderr

    def test_what_was_sent_of_a_call_is_there_to_read(self, server: Serving, data: Path) -> None:
        with mailbox(Mailbox(refuses=(CRM,))) as settings:
            copilot_here("email", PLAYED, "--send", "--to", LUIS, "--yes", "--data", data, settings=settings)
        sent = server.asks("GET", f"/api/calls/{PLAYED}/email")["sent"]

        told = {delivery["recipient"]: (delivery["state"], delivery["reply"]) for delivery in sent}
        assert told == {LUIS: ("accepted", "250 queued as 42"), CRM: ("refused", "550 no such mailbox here")}

    @pytest.mark.parametrize(
        ("arguments", "settings", "said"),
        [
            (["--send", "--to", LUIS], {}, "no mail server is set up; mail.host names one"),
            (
                ["--send"],
                {"COPILOT_MAIL__HOST": "127.0.0.1", "COPILOT_MAIL__SENDER": SENDER},
                "nobody is named to send it to",
            ),
            (["--to", "Luis"], {}, "'Luis' is no mail address"),
            ([], {"COPILOT_MAIL__HOST": "127.0.0.1"}, "mail.sender is missing"),
        ],
    )
    def test_what_is_missing_is_said_in_a_line(self, arguments: list[str], settings: dict[str, str], said: str) -> None:
        done = copilot_here("email", DISCOVERY, *arguments, settings=settings)

        assert (done.returncode, done.stdout) == (2, "")
        assert re.fullmatch(rf"copilot: .*{re.escape(said)}.*\n", done.stderr)

    def test_doctor_greets_the_mail_server(self, tmp_path: Path) -> None:
        with mailbox(Mailbox()) as settings:
            right = copilot_here("doctor", "--port", "0", "--data", tmp_path / "data", settings=settings)
            wrong = copilot_here(
                *("doctor", "--port", "0", "--data", tmp_path / "data"),
                settings={**settings, "COPILOT_MAIL__PASSWORD": "guess"},
            )

        assert "✓ mail: 127.0.0.1:" in right.stdout
        assert wrong.returncode == 1
        assert "✗ mail: " in wrong.stdout
        assert "guess" not in wrong.stdout


def test_a_draft_is_one_for_every_mail_program() -> None:
    done = copilot_here("email", DISCOVERY, "--format", "eml", "--to", LUIS)

    draft = message_from_string(done.stdout, policy=policy.default)
    assert draft["X-Unsent"] == "1"
    assert [part.get_content_type() for part in draft.walk()] == ["multipart/alternative", "text/plain", "text/html"]
    assert done.stdout.isascii()
    assert max(map(len, done.stdout.splitlines())) <= 998


def test_neither_a_file_nor_a_call() -> None:
    done = copilot_here("email", "no-such-call")

    assert (done.returncode, done.stdout) == (2, "")
    assert done.stderr == "copilot: 'no-such-call' is neither a transcript file nor the id of a call in the store\n"
