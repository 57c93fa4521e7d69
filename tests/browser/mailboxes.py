"""A mail server beside a browser: Playwright has this thread's event loop, so it has a thread of its own."""

from __future__ import annotations

import contextlib
from collections.abc import Iterator

from tests.integration.mail_servers import SENDER, Mailbox, mail_server
from tests.loopback import beside


@contextlib.contextmanager
def receiving(mailbox: Mailbox) -> Iterator[dict[str, str]]:
    """A mail server with this mailbox; the settings that name it."""
    with beside(mail_server(mailbox)):
        settings = {"HOST": "127.0.0.1", "PORT": str(mailbox.port), "SECURITY": "none", "SENDER": SENDER}
        yield {f"COPILOT_MAIL__{name}": value for name, value in settings.items()}
