"""What both sockets have in common: who may open one, and how frames come and go."""

from __future__ import annotations

from typing import Any

from starlette.websockets import WebSocket, WebSocketDisconnect

from copilot.web.access import same_origin
from copilot.web.encoding import dumps, error
from copilot.web.messages import CALL_ID, MessageRefused
from copilot.web.services import Services

UNUSABLE, NOT_AUTHORISED, WRONG_ORIGIN, NO_SUCH_CALL, DELETED = 4400, 4401, 4403, 4404, 4410
TOO_LARGE, TRY_AGAIN_LATER = 1009, 1013
MOST_BAD_FRAMES = 10  # in a row
STATUS_EVERY_S = 4.0


async def admitted(socket: WebSocket, services: Services, call_id: str) -> bool:
    """Accept the socket; close it at once with the code that says why where it may not come in."""
    await socket.accept()
    if not services.access.allows(socket):
        await socket.close(NOT_AUTHORISED, "no token or a wrong one; the address that the server printed holds it")
    elif not same_origin(socket):
        await socket.close(WRONG_ORIGIN, "sockets from other pages are refused")
    elif not CALL_ID.fullmatch(call_id):
        await socket.close(UNUSABLE, "a call's id has 1 to 64 letters, digits, dots, dashes or underscores")
    else:
        return True
    return False


async def receive(socket: WebSocket) -> str | bytes:
    """The next frame; raises WebSocketDisconnect when there will be none."""
    message = await socket.receive()
    if message["type"] == "websocket.disconnect":
        raise WebSocketDisconnect(message.get("code", 1005))
    text: str | None = message.get("text")
    return text if text is not None else message["bytes"]


async def send(socket: WebSocket, message: dict[str, Any] | str) -> None:
    """Send a frame; raises WebSocketDisconnect when nobody is there any more."""
    try:
        await socket.send_text(message if isinstance(message, str) else dumps(message))
    except RuntimeError as gone:  # the socket was closed from this side while we were at work
        raise WebSocketDisconnect(1006) from gone


class Patience:
    """Answers bad frames with an error each; ten in a row end it."""

    def __init__(self, socket: WebSocket) -> None:
        self._socket = socket
        self._bad = 0

    def reset(self) -> None:
        self._bad = 0

    async def refuse(self, refused: MessageRefused, **more: Any) -> None:
        """Say what was wrong; raises WebSocketDisconnect when the socket was closed over it."""
        self._bad += 1
        await send(self._socket, {**error(refused.code, str(refused), fatal=refused.fatal), **more})
        if refused.code == "too_large":
            await self._close(TOO_LARGE, str(refused))
        if self._bad >= MOST_BAD_FRAMES:
            await self._close(UNUSABLE, f"{MOST_BAD_FRAMES} bad frames in a row")

    async def _close(self, code: int, reason: str) -> None:
        await self._socket.close(code, reason)
        raise WebSocketDisconnect(code)
