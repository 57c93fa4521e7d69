"""Sending, against a real mail server: what it is told, and what is told of it afterwards."""

from __future__ import annotations

import socket
from collections.abc import Mapping, Sequence
from datetime import UTC, datetime
from email.message import EmailMessage
from pathlib import Path

import pytest

from copilot.adapters.mail import MailServer, SmtpMailer
from copilot.adapters.mail.smtp import Security
from copilot.adapters.store import open_store
from copilot.afterwards.outbox import Outbox, UnusableAddress, checked_address
from copilot.domain.deliveries import HandOver
from copilot.errors import BadSettings
from copilot.ports import Store
from copilot.review.summary_email import as_message, as_text, write_letter
from tests.integration.mail_servers import CERTIFICATE, LOGIN, SENDER, Mailbox, mail_server
from tests.unit.review.calls import whole_call

pytestmark = pytest.mark.anyio

LUIS, PRIYA, CRM = "luis@acme.example", "priya@acme.example", "inbox@crm.example"
NOW = datetime(2026, 5, 14, 14, 5, tzinfo=UTC)


def message() -> EmailMessage:
    return as_message(write_letter(whole_call()), sender=SENDER, to=[LUIS, PRIYA])


async def answers(server: MailServer, *recipients: str) -> list[tuple[str, str | None]]:
    answered = await SmtpMailer(server).send(message(), recipients)
    assert list(answered) == list(recipients)
    return [(answer.state, answer.reply) for answer in answered.values()]


class TestSmtp:
    async def test_what_arrives_is_what_was_written(self) -> None:
        async with mail_server() as box:
            assert await answers(box.address(), LUIS, PRIYA) == [("accepted", "250 queued as 42")] * 2

        (taken,) = box.taken
        assert taken.recipients == [LUIS, PRIYA]
        assert (taken.message["From"], taken.message["To"]) == (SENDER, f"{LUIS}, {PRIYA}")
        body = taken.message.get_body(("plain",))
        assert body is not None
        assert body.get_content().replace("\r\n", "\n") == as_text(write_letter(whole_call()))

    async def test_a_recipient_that_is_refused_keeps_nobody_else_from_it(self) -> None:
        async with mail_server(Mailbox(refuses=(PRIYA,))) as box:
            got = await answers(box.address(), LUIS, PRIYA)

        assert got == [("accepted", "250 queued as 42"), ("refused", "550 no such mailbox here")]
        assert box.taken[0].recipients == [LUIS]

    async def test_where_all_are_refused_nothing_is_handed_over(self) -> None:
        async with mail_server(Mailbox(refuses=(LUIS,))) as box:
            assert await answers(box.address(), LUIS) == [("refused", "550 no such mailbox here")]

        assert box.taken == []

    async def test_a_message_that_is_refused(self) -> None:
        async with mail_server(Mailbox(refuses_data=True)) as box:
            assert await answers(box.address(), LUIS) == [("refused", "554 looks like spam")]

    async def test_a_connection_that_breaks_before_the_message_means_that_it_was_not_sent(self) -> None:
        async with mail_server(Mailbox(hangs_up="RCPT")) as box:
            ((state, reply),) = await answers(box.address(), LUIS)

        assert (state, box.taken) == ("failed", [])
        assert "broke off" in (reply or "")

    async def test_one_that_breaks_while_the_message_is_under_way_leaves_it_unknown(self) -> None:
        async with mail_server(Mailbox(hangs_up="DATA")) as box:
            got = await answers(box.address(), LUIS)

        assert got == [("unknown", "the connection broke while the message was under way")]
        assert len(box.taken) == 1  # it did arrive; nobody on our side can know

    async def test_no_server_at_all(self) -> None:
        with socket.create_server(("127.0.0.1", 0)) as free:
            port = free.getsockname()[1]

        ((state, reply),) = await answers(MailServer("127.0.0.1", port, "none", SENDER), LUIS)
        assert (state, reply) == ("failed", f"127.0.0.1:{port} cannot be reached; check mail.host and mail.port")

    async def test_a_server_that_says_nothing(self) -> None:
        with socket.create_server(("127.0.0.1", 0)) as silent:
            port = silent.getsockname()[1]
            ((state, reply),) = await answers(MailServer("127.0.0.1", port, "none", SENDER, deadline_s=0.2), LUIS)

        assert (state, reply) == ("failed", f"127.0.0.1:{port} did not answer in time")


class TestEncryption:
    @pytest.mark.parametrize("security", ["starttls", "tls"])
    async def test_signed_in_over_an_encrypted_connection(self, security: Security) -> None:
        name, password = LOGIN
        async with mail_server(security=security, login=True) as box:
            server = box.address(security, ca_file=CERTIFICATE, username=name, password=password)
            assert await SmtpMailer(server).greet() is None
            assert await answers(server, LUIS) == [("accepted", "250 queued as 42")]

        assert (box.taken[0].encrypted, box.taken[0].signed_in) == (True, True)

    async def test_a_wrong_password(self) -> None:
        async with mail_server(security="starttls", login=True) as box:
            server = box.address("starttls", ca_file=CERTIFICATE, username="dana", password="guess")
            ((state, reply),) = await answers(server, LUIS)

        assert state == "failed"
        assert "did not accept mail.username and mail.password (535" in (reply or "")
        assert "guess" not in (reply or "")

    @pytest.mark.parametrize("security", ["starttls", "tls"])
    async def test_a_certificate_that_nobody_vouches_for(self, security: Security) -> None:
        async with mail_server(security=security) as box:
            ((state, reply),) = await answers(box.address(security), LUIS)

        assert (state, box.taken) == ("failed", [])
        assert "has no certificate that can be trusted" in (reply or "")

    async def test_a_server_that_does_not_encrypt_gets_nothing(self) -> None:
        async with mail_server() as box:
            ((state, reply),) = await answers(box.address("starttls", ca_file=CERTIFICATE), LUIS)

        assert (state, box.taken) == ("failed", [])
        assert "STARTTLS extension not supported" in (reply or "")

    def test_a_file_of_certificates_that_is_none(self, tmp_path: Path) -> None:
        with pytest.raises(BadSettings, match=r"mail\.ca_file .* cannot be used"):
            SmtpMailer(MailServer("127.0.0.1", 25, "tls", SENDER, ca_file=tmp_path / "none.pem"))


class Asked:
    """A mailer that looks into the store while it is at work."""

    def __init__(self, store: Store) -> None:
        self.store = store
        self.found: list[str] = []

    async def send(self, message: EmailMessage, recipients: Sequence[str]) -> Mapping[str, HandOver]:
        self.found = [delivery.state for delivery in await self.store.deliveries("call")]
        return {recipient: HandOver(state="accepted", reply="250 fine") for recipient in recipients}


class TestOutbox:
    async def test_what_became_of_it_is_there_after_a_restart(self, tmp_path: Path) -> None:
        url = f"sqlite+aiosqlite:///{tmp_path / 'copilot.db'}"
        async with mail_server(Mailbox(refuses=(PRIYA,))) as box, open_store(url) as store:
            sent = await Outbox(SmtpMailer(box.address()), store, lambda: NOW).send(message(), "call", [LUIS, PRIYA])
        async with open_store(url) as store:
            kept = await store.deliveries("call")
            assert await store.deliveries("another") == []

        assert kept == sent
        assert [(d.recipient, d.state, d.at) for d in kept] == [(LUIS, "accepted", NOW), (PRIYA, "refused", NOW)]
        assert {d.message_id for d in kept} == {box.taken[0].message["Message-ID"]}
        assert box.taken[0].message["Date"] == "Thu, 14 May 2026 14:05:00 +0000"

    async def test_that_it_is_being_sent_is_on_disk_before_it_is(self, tmp_path: Path) -> None:
        async with open_store(f"sqlite+aiosqlite:///{tmp_path / 'copilot.db'}") as store:
            mailer = Asked(store)
            await Outbox(mailer, store, lambda: NOW).send(message(), "call", [LUIS])

            assert mailer.found == ["sending"]
            assert [d.state for d in await store.deliveries("call")] == ["accepted"]

    async def test_a_blind_copy_stands_in_no_header_and_nobody_gets_two(self, tmp_path: Path) -> None:
        async with mail_server() as box, open_store(f"sqlite+aiosqlite:///{tmp_path / 'copilot.db'}") as store:
            outbox = Outbox(SmtpMailer(box.address()), store, lambda: NOW)
            await outbox.send(message(), "call", [LUIS, CRM, LUIS])

        assert box.taken[0].recipients == [LUIS, CRM]
        assert CRM not in box.taken[0].message.as_string()


class TestAddresses:
    @pytest.mark.parametrize("address", [LUIS, "l.o+tag@mail.acme.example", " luis@acme.example "])
    def test_a_plain_one_is_taken(self, address: str) -> None:
        assert checked_address(address) == address.strip()

    @pytest.mark.parametrize(
        "address",
        [
            *("", "luis", "@acme.example", "luis@", "luis@acme.example, eve@evil.example", "Luis <luis@acme.example>"),
            *("luis@acme.example\r\nBcc: e@e.example", "luis ortega@acme.example", "lüis@acme.example", "luis@-a.b"),
        ],
    )
    def test_anything_else_is_refused(self, address: str) -> None:
        with pytest.raises(UnusableAddress):
            checked_address(address)
