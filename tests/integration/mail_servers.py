"""A real mail server on loopback that keeps what it is given, and misbehaves where a test wants it to."""

from __future__ import annotations

import asyncio
import contextlib
import ssl
from collections.abc import AsyncIterator
from dataclasses import dataclass, field
from email import message_from_bytes, policy
from email.message import EmailMessage
from pathlib import Path

from aiosmtpd.smtp import SMTP, AuthResult, Envelope, LoginPassword, Session

from copilot.adapters.mail import MailServer
from copilot.adapters.mail.smtp import Security

CERTIFICATE = Path(__file__).parent / "certificates" / "certificate.pem"
_KEY = CERTIFICATE.with_name("key.pem")
SENDER = "dana@vendor.example"
LOGIN = ("dana", "correct horse")


@dataclass
class Taken:
    message: EmailMessage
    recipients: list[str]
    encrypted: bool
    signed_in: bool


@dataclass
class Mailbox:
    """`refuses` are recipients it says no to; `hangs_up` is the command at which it closes the connection."""

    refuses: tuple[str, ...] = ()
    refuses_data: bool = False
    hangs_up: str | None = None
    taken: list[Taken] = field(default_factory=list)
    port: int = 0

    async def handle_MAIL(  # noqa: N802  the library's names
        self, server: SMTP, session: Session, envelope: Envelope, address: str, options: list[str]
    ) -> str:
        self._perhaps_hang_up(server, "MAIL")
        envelope.mail_from = address
        return "250 sender fine"

    async def handle_RCPT(  # noqa: N802
        self, server: SMTP, session: Session, envelope: Envelope, address: str, options: list[str]
    ) -> str:
        self._perhaps_hang_up(server, "RCPT")
        if address in self.refuses:
            return "550 no such mailbox here"
        envelope.rcpt_tos.append(address)
        return "250 recipient fine"

    async def handle_DATA(self, server: SMTP, session: Session, envelope: Envelope) -> str:  # noqa: N802
        if self.refuses_data:
            return "554 looks like spam"
        assert isinstance(envelope.content, bytes)
        message = message_from_bytes(envelope.content, policy=policy.default)
        self.taken.append(Taken(message, [*envelope.rcpt_tos], _encrypted(server), bool(session.authenticated)))
        self._perhaps_hang_up(server, "DATA")
        return "250 queued as 42"

    def _perhaps_hang_up(self, server: SMTP, command: str) -> None:
        if self.hangs_up == command and server.transport is not None:
            server.transport.close()

    def address(self, security: Security = "none", **more: str | Path | float) -> MailServer:
        return MailServer("127.0.0.1", self.port, security, SENDER, **more)  # type: ignore[arg-type]


def _encrypted(server: SMTP) -> bool:
    return server.transport is not None and server.transport.get_extra_info("ssl_object") is not None


def signs_in(server: SMTP, session: Session, envelope: Envelope, mechanism: str, given: object) -> AuthResult:
    assert isinstance(given, LoginPassword)
    right = (given.login.decode(), given.password.decode()) == LOGIN
    return AuthResult(success=right, handled=False)


@contextlib.asynccontextmanager
async def mail_server(
    mailbox: Mailbox | None = None, *, security: Security = "none", login: bool = False
) -> AsyncIterator[Mailbox]:
    box = mailbox or Mailbox()
    tls = None if security == "none" else _context()

    def answer() -> SMTP:
        return SMTP(
            box,
            hostname="localhost",
            tls_context=tls if security == "starttls" else None,
            require_starttls=security == "starttls",
            authenticator=signs_in if login else None,
            auth_require_tls=security == "starttls",
        )

    listening = await asyncio.get_running_loop().create_server(
        answer, "127.0.0.1", 0, ssl=tls if security == "tls" else None
    )
    async with listening:
        box.port = listening.sockets[0].getsockname()[1]
        yield box


def _context() -> ssl.SSLContext:
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(CERTIFICATE, _KEY)
    return context
