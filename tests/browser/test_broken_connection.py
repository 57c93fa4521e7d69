"""The panel when the server's plug is pulled."""

from __future__ import annotations

from pathlib import Path

import pytest
from playwright.sync_api import Browser, WebSocketRoute, expect

from tests.acceptance.programs import Serving, serving
from tests.browser.senders import sending, state_of
from tests.browser.visitors import WIDE, Visitor
from tests.loopback import free_port

pytestmark = pytest.mark.browser


@pytest.mark.chromium
def test_the_panel_finds_back_without_a_reload_and_has_missed_nothing(browser: Browser, tmp_path: Path) -> None:
    data, port = tmp_path / "data", free_port()
    with serving(data, port=port) as server:
        visitor = Visitor(browser, server.link)
        visitor.expects_trouble("ERR_CONNECTION_REFUSED|ERR_SOCKET_NOT_CONNECTED|ERR_CONNECTION_RESET|WebSocket")
        with sending(server, "broken") as sender:
            sender.says_up_to(30)
            panel = visitor.opens_call("broken", size=WIDE)
            expect(panel.row("O1")).to_be_visible()
            panel.evaluate("window.neverReloaded = true")
            server.kill()

    panel.says("Reconnecting")
    expect(panel.map).to_contain_text("As of ")
    panel.goes_to_row("O1")
    panel.presses("c")
    panel.says("1 waiting")
    expect(panel.row("O1")).to_contain_text("waiting")

    with serving(data, port=port) as server:
        with sending(server, "broken") as sender:
            assert sender.said == 30
            sender.says_up_to(45)
            panel.says("Listening")
            expect(panel.ring("O1")).to_have_attribute("title", "Confirmed by you")
            state = state_of(server, "broken")
            expect(panel.transcript.locator(".utterance:not(.partial)")).to_have_count(len(state["utterances"]))
            for item in (*state["outcomes"], *state["capabilities"], *state["metrics"]):
                expect(panel.row(item["id"])).to_contain_text(item["text"])
            assert panel.evaluate("window.neverReloaded")
        visitor.leave()


@pytest.mark.chromium
def test_the_review_says_that_the_server_is_away(server: Serving, visitor: Visitor) -> None:
    with sending(server, "over-and-away") as sender:
        sender.says_up_to(20)
        sender.ends()
    page = visitor.opens("/new", size=WIDE)
    sockets: list[WebSocketRoute] = []

    def once(socket: WebSocketRoute) -> None:
        if len(sockets) == 1:
            socket.close(code=1013)
        else:
            socket.connect_to_server()
        sockets.append(socket)

    page.route_web_socket("**/panel*", once)
    visitor.expects_trouble("WebSocket")
    page.goto(f"{server.address}/calls/over-and-away")
    away = page.locator(".review-head").get_by_role("status")
    expect(page.locator(".review [role=tabpanel]")).to_be_visible()
    expect(away).to_have_count(0)
    sockets[0].close(code=1012)
    expect(away).to_have_text("Reconnecting")
    expect(away).to_have_count(0)
