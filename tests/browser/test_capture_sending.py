"""What the capture keeps until it is safe, and how it sends it: run in the browser that it is written for."""

from __future__ import annotations

import pytest

from tests.browser.visitors import Run

pytestmark = pytest.mark.browser


class TestWhatIsKept:
    def test_goes_once_it_is_safe(self, run: Run) -> None:
        seen = run(
            """const { Kept } = await load("kept");
            const kept = new Kept();
            for (let n = 0; n < 5; n += 1) kept.add(Int16Array.of(n));
            kept.safe(2);
            kept.safe(1);
            return [kept.first, kept.next, kept.at(3)[0], kept.takeLost()];"""
        )
        assert seen == [3, 5, 3, []]

    def test_gives_the_oldest_up_and_keeps_their_places(self, run: Run) -> None:
        kept, lost = run(
            """const { Kept } = await load("kept");
            const kept = new Kept(3);
            for (let n = 0; n < 4; n += 1) kept.add(Int16Array.of(n));
            kept.add(null);
            kept.add(Int16Array.of(5));
            const all = [0, 1, 2, 3, 4, 5].map((n) => kept.at(n) && kept.at(n)[0]);
            return [all, kept.takeLost()];"""
        )
        assert kept == [None, None, 2, 3, None, 5]
        assert lost == [{"from": 0, "to": 2}]

    def test_is_not_lost_where_it_turns_out_to_be_safe(self, run: Run) -> None:
        lost = run(
            """const { Kept } = await load("kept");
            const kept = new Kept(2);
            for (let n = 0; n < 6; n += 1) kept.add(Int16Array.of(n));
            kept.safe(1);
            return kept.takeLost();"""
        )
        assert lost == [{"from": 2, "to": 4}]

    def test_is_numbered_on_from_where_an_earlier_page_stopped(self, run: Run) -> None:
        seen = run(
            """const { Kept } = await load("kept");
            const kept = new Kept();
            kept.add(Int16Array.of(7));
            kept.beginAt(100);
            return [kept.first, kept.next, kept.at(100)[0]];"""
        )
        assert seen == [100, 101, 7]


SENDER = """const { Kept } = await load("kept");
    const { Sender } = await load("sender");
    const sockets = [];
    class Socket {
      constructor() { this.sent = []; this.bufferedAmount = 0; this.readyState = WebSocket.OPEN; sockets.push(this); }
      send(data) { this.sent.push(typeof data === "string" ? JSON.parse(data) : new DataView(data).getUint32(0)); }
      close() { this.isClosed = true; }
      says(message) { this.onmessage({ data: JSON.stringify(message) }); }
      frames() { return this.sent.filter((x) => typeof x === "number"); }
      texts() { return this.sent.filter((x) => typeof x !== "number"); }
    }
    const phases = [];
    const kept = new Kept(given?.most);
    const sender = new Sender({ url: "ws://nowhere", start: { type: "start" }, channels: 1, kept, Socket,
      onReady: () => {}, onSafe: () => {}, onPhase: (phase, words) => phases.push(words ? [phase, words] : [phase]) });
    const say = (n) => { for (let i = 0; i < n; i += 1) sender.add(Int16Array.of(i)); };
    const opens = (audio_frame) => { sockets.at(-1).onopen(); sockets.at(-1).says({ type: "ready", audio_frame }); };
    const breaks = (code = 1006, reason = "") => { sockets.at(-1).onclose({ code, reason }); };
    const again = () => { sender.retry(); };
"""


class TestSending:
    def test_waits_until_the_server_is_ready(self, run: Run) -> None:
        before, after = run(
            SENDER
            + """say(3);
            sockets[0].onopen();
            const before = [...sockets[0].sent];
            sockets[0].says({ type: "ready", audio_frame: null });
            return [before, sockets[0].frames()];"""
        )
        assert before == [{"type": "start"}]
        assert after == [0, 1, 2]

    def test_sends_again_what_was_not_safe_when_it_broke_off(self, run: Run) -> None:
        frames, phases = run(
            SENDER
            + """opens(null);
            say(5);
            sockets[0].says({ type: "ack", audio_frame: 1 });
            breaks();
            say(2);
            again();
            opens(2);
            return [sockets[1].frames(), phases];"""
        )
        assert frames == [3, 4, 5, 6]
        assert phases == [["open"], ["down"], ["open"]]

    def test_holds_back_while_the_way_is_full(self, run: Run) -> None:
        seen = run(
            SENDER
            + """opens(null);
            sockets[0].bufferedAmount = 300 * 1024;
            say(4);
            const held = sockets[0].frames();
            sockets[0].bufferedAmount = 0;
            sender.tick();
            return [held, sockets[0].frames()];"""
        )
        assert seen == [[], [0, 1, 2, 3]]

    def test_ends_only_after_everything_was_sent_also_over_a_break(self, run: Run) -> None:
        seen = run(
            SENDER
            + """opens(null);
            sockets[0].bufferedAmount = 300 * 1024;
            say(2);
            sender.end();
            breaks();
            again();
            opens(null);
            sockets[1].says({ type: "ended", seq: 9 });
            return [sockets[0].sent, sockets[1].sent, phases.at(-1), sockets[1].isClosed];"""
        )
        assert seen == [[{"type": "start"}], [{"type": "start"}, 0, 1, {"type": "end"}], ["over"], True]

    def test_says_what_was_not_heard_until_it_is_safe(self, run: Run) -> None:
        first, second, third = run(
            SENDER
            + """opens(null);
            const pause = { id: "p", reason: "off_record", role: null, start_s: 1, end_s: null };
            sender.miss(pause);
            sender.miss({ ...pause, end_s: 2 });
            sockets[0].says({ type: "ack", unheard: "p", seq: 3 });
            breaks();
            again();
            opens(null);
            sockets[1].says({ type: "ack", unheard: "p", seq: 4 });
            breaks();
            again();
            opens(null);
            return sockets.map((s) => s.texts().slice(1).map((t) => t.end_s));"""
        )
        assert (first, second, third) == ([None, 2], [2], [])

    def test_waits_as_long_as_a_busy_server_asks_for(self, run: Run) -> None:
        wait_s, phases = run(
            SENDER
            + """opens(null);
            sockets[0].says({ type: "error", code: "overloaded", message: "there are too many calls", fatal: true });
            breaks(1013, "try again in 30 s");
            return [(sender.retryAt - Date.now()) / 1000, phases];"""
        )
        assert 29 < wait_s <= 30
        assert phases[-1] == ["down", "there are too many calls"]

    def test_asks_where_to_go_on_when_a_frame_is_missing(self, run: Run) -> None:
        frames = run(
            SENDER
            + """opens(null);
            say(4);
            sockets[0].says({ type: "error", code: "gap", message: "", expected: 1, fatal: false });
            again();
            opens(0);
            return sockets[1].frames();"""
        )
        assert frames == [1, 2, 3]

    @pytest.mark.parametrize(
        ("event", "phase"),
        [
            ('says({ type: "error", code: "taken_over", message: "another", fatal: true })', ["refused", "another"]),
            ('says({ type: "error", code: "ended", message: "over", fatal: false })', ["over", "over"]),
            ('onclose({ code: 4401, reason: "" })', ["refused", "You are signed out."]),
        ],
    )
    def test_gives_up_where_trying_again_is_of_no_use(self, run: Run, event: str, phase: list[str]) -> None:
        phases, retried = run(
            SENDER
            + f"""opens(null);
            sockets[0].{event};
            again();
            return [phases, sockets.length > 1];"""
        )
        assert phases[-1] == phase
        assert not retried

    def test_does_not_go_on_where_the_server_lost_what_was_safe(self, run: Run) -> None:
        phases = run(
            SENDER
            + """opens(null);
            say(3);
            sockets[0].says({ type: "ack", audio_frame: 2 });
            breaks();
            again();
            opens(null);
            return phases;"""
        )
        assert phases[-1] == ["refused", "The server has lost the beginning of this call."]
