"""Mail through an SMTP server, told apart for every recipient.

The steps of a transaction are taken one by one: what fails before the message is handed over was not sent, what breaks
while it is under way may have been.
"""

from __future__ import annotations

import ssl
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from email.message import EmailMessage
from pathlib import Path
from typing import Literal

from aiosmtplib import (
    SMTP,
    SMTPAuthenticationError,
    SMTPConnectError,
    SMTPException,
    SMTPResponseException,
    SMTPServerDisconnected,
    SMTPTimeoutError,
)

from copilot.domain.deliveries import HandOver
from copilot.errors import BadSettings

Security = Literal["starttls", "tls", "none"]


@dataclass(frozen=True, slots=True)
class MailServer:
    host: str
    port: int
    security: Security
    sender: str
    username: str | None = None
    password: str | None = None
    ca_file: Path | None = None
    deadline_s: float = 30.0


class SmtpMailer:
    """Implements `copilot.ports.Mailer`; a connection for each message."""

    def __init__(self, server: MailServer) -> None:
        self._server = server
        self._trusted = _trusted(server)

    async def greet(self) -> str | None:
        """What is wrong with connecting and signing in, or None. Sends nothing."""
        client = self._client()
        try:
            await client.connect()
            await client.quit()
        except (SMTPException, OSError, ValueError) as error:
            return self._reason(error)
        finally:
            client.close()
        return None

    async def send(self, message: EmailMessage, recipients: Sequence[str]) -> Mapping[str, HandOver]:
        client = self._client()
        answers: dict[str, HandOver] = {}
        try:
            await client.connect()
            await client.mail(self._server.sender)
            for recipient in recipients:
                answers[recipient] = await _named(client, recipient)
            taken = [recipient for recipient in recipients if answers[recipient].state == "accepted"]
            if taken:
                handed = await _handed_over(client, message)
                answers.update(dict.fromkeys(taken, handed))
        except (SMTPException, OSError, ValueError) as error:
            failed = HandOver(state="failed", reply=self._reason(error))
            refused = {r: answer for r, answer in answers.items() if answer.state == "refused"}
            return {recipient: refused.get(recipient, failed) for recipient in recipients}
        finally:
            client.close()
        return answers

    def _client(self) -> SMTP:
        server = self._server
        return SMTP(
            hostname=server.host,
            port=server.port,
            username=server.username,
            password=server.password,
            use_tls=server.security == "tls",
            start_tls=server.security == "starttls",  # True: refused where the server does not offer it
            tls_context=self._trusted,
            timeout=server.deadline_s,
        )

    def _reason(self, error: Exception) -> str:
        where = f"{self._server.host}:{self._server.port}"
        match error:
            case SMTPAuthenticationError():
                return f"{where} did not accept mail.username and mail.password ({_reply(error)})"
            case SMTPResponseException():
                return _reply(error)
            case SMTPTimeoutError():
                return f"{where} did not answer in time"
            case ssl.SSLError():
                return f"{where} has no certificate that can be trusted ({error.reason or error})"
            case SMTPConnectError() if isinstance(error.__cause__, ssl.SSLError):
                return f"{where} has no certificate that can be trusted ({error.__cause__.reason})"
            case SMTPServerDisconnected():
                return f"{where} broke off"
            case SMTPConnectError() | OSError():
                return f"{where} cannot be reached; check mail.host and mail.port"
            case _:
                return f"{where}: {' '.join(str(error).split())}"


async def _named(client: SMTP, recipient: str) -> HandOver:
    try:
        answer = await client.rcpt(recipient)
    except SMTPResponseException as error:
        return HandOver(state="refused", reply=_reply(error))
    return HandOver(state="accepted", reply=f"{answer.code} {answer.message}")


async def _handed_over(client: SMTP, message: EmailMessage) -> HandOver:
    try:
        answer = await client.data(message.as_bytes())
    except SMTPResponseException as error:
        return HandOver(state="refused", reply=_reply(error))
    except (SMTPException, OSError):
        return HandOver(state="unknown", reply="the connection broke while the message was under way")
    return HandOver(state="accepted", reply=f"{answer.code} {answer.message}")


def _reply(error: SMTPResponseException) -> str:
    return " ".join(f"{error.code} {error.message}".split())


def _trusted(server: MailServer) -> ssl.SSLContext | None:
    if server.security == "none":
        return None
    try:
        return ssl.create_default_context(cafile=server.ca_file)
    except (OSError, ssl.SSLError) as error:
        raise BadSettings(f"mail.ca_file {server.ca_file} cannot be used: {error.strerror or error}") from error
