"""`copilot stream` against servers that do not behave."""

from __future__ import annotations

import pytest
from websockets.asyncio.server import ServerConnection, serve

from copilot.commands import stream
from copilot.domain.call import Transcript, Utterance
from copilot.errors import WorkFailed

pytestmark = pytest.mark.anyio

CALL = Transcript(format="test", utterances=(Utterance(id="u1", i=0, text="We want to halve our lead time"),))


async def test_gives_up_on_a_server_that_stays_silent(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(stream, "SILENT_FOR_S", 0.05)
    monkeypatch.setattr(stream, "RETRY_WAITS_S", (0,))
    monkeypatch.setattr(stream, "GIVE_UP_AFTER", 2)

    async def says_nothing(socket: ServerConnection) -> None:
        await socket.wait_closed()

    async with serve(says_nothing, "127.0.0.1", 0) as server:
        port = next(iter(server.sockets)).getsockname()[1]
        to = stream.target(f"http://127.0.0.1:{port}", call_id="call", token=None)
        with pytest.raises(WorkFailed, match=r"said nothing for 0\.05 s; go on later with --call call"):
            await stream.stream(CALL, to, kind=None, speed=0)

    assert capsys.readouterr().err.count("trying again") == 1
