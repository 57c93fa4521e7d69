"""The parts of the capture that decide: run in the browser that they are written for."""

from __future__ import annotations

from typing import Any

import pytest

from tests.browser.visitors import Run

pytestmark = pytest.mark.browser


class TestFrames:
    def test_have_their_number_first_and_the_channels_interleaved(self, run: Run) -> None:
        frame = run(
            """const { packed } = await load("framing");
            return [...new Uint8Array(packed(0x01020304, Int16Array.of(1, -2, 256, 0)))];"""
        )
        assert frame == [1, 2, 3, 4, 1, 0, 254, 255, 0, 1, 0, 0]

    def test_are_a_tenth_of_a_second_however_the_sound_comes(self, run: Run) -> None:
        lengths, rest, peaks = run(
            """const { Framer } = await load("framing");
            const framer = new Framer(2, 16000);
            const full = [];
            for (let n = 0; n < 26; n += 1) full.push(...framer.add([new Float32Array(128).fill(0.5), null], 128));
            return [full.map((f) => f.samples.length), framer.take().samples.length, full[0].peaks];"""
        )
        assert lengths == [3200, 3200]
        assert rest == (26 * 128 - 3200) * 2
        assert peaks == [0.5, 0]

    def test_do_not_wrap_around_where_the_sound_is_too_loud(self, run: Run) -> None:
        samples = run(
            """const { Framer } = await load("framing");
            const framer = new Framer(1, 16000);
            framer.add([Float32Array.of(3, -3)], 2);
            return [...framer.take().samples];"""
        )
        assert samples == [32767, -32767]


class TestAnotherRate:
    @pytest.mark.parametrize("rate_hz", [44100, 48000, 8000])
    def test_keeps_what_the_wire_can_carry_and_its_length(self, run: Run, rate_hz: int) -> None:
        count, loudest = run(TONE, {"rate": rate_hz, "hz": 1000})
        assert abs(count - 16000) < 80
        assert loudest == pytest.approx(1, abs=0.01)

    def test_leaves_out_what_the_wire_cannot_carry(self, run: Run) -> None:
        _, loudest = run(TONE, {"rate": 48000, "hz": 10000})
        assert loudest < 0.003

    def test_does_not_depend_on_how_the_sound_is_cut(self, run: Run) -> None:
        furthest = run(
            """const { Resampler } = await load("resampler");
            const sound = Float32Array.from({ length: 9600 }, (_, i) => Math.sin(i * 0.05));
            const whole = new Resampler(44100, 16000).add(sound);
            const piecewise = new Resampler(44100, 16000);
            const pieces = [];
            for (let at = 0; at < sound.length; at += 128) pieces.push(...piecewise.add(sound.slice(at, at + 128)));
            return Math.max(...whole.map((x, i) => Math.abs(x - pieces[i])));"""
        )
        assert furthest < 0.02


TONE = """const { Resampler } = await load("resampler");
    const sine = (_, i) => Math.sin((2 * Math.PI * given.hz * i) / given.rate);
    const tone = Float32Array.from({ length: given.rate }, sine);
    const resampler = new Resampler(given.rate, 16000);
    const out = [];
    for (let at = 0; at < tone.length; at += 128) out.push(...resampler.add(tone.slice(at, at + 128)));
    return [out.length, Math.max(...out.slice(2000, 14000).map(Math.abs))];"""


class TestTheClock:
    @pytest.mark.parametrize(
        ("clock", "gaps"),
        [
            ("[...seconds(10)]", []),  # as it should be
            ("[...seconds(5), ...seconds(5, 3)]", [3000]),  # stood still for 3 s
            ("[...seconds(5), [8.0, 5.0], [8.01, 6.0], [8.02, 7.0], [8.5, 8.4], ...seconds(3, 0, 8.5)]", []),  # late
            ("[...Array.from({ length: 4000 }, (_, n) => [n * 10, n * 10 * 0.9999])]", []),  # a little slow, for hours
        ],
    )
    def test_a_standstill_is_told_from_lateness(self, run: Run, clock: str, gaps: list[int]) -> None:
        found = run(
            f"""const {{ ClockWatch }} = await load("clock_watch");
            const seconds = (n, late = 0, from) => {{
              seconds.at = from ?? seconds.at ?? 0;
              const tick = (_, i) => [seconds.at + late + i / 100, seconds.at + i / 100];
              const ticks = Array.from({{ length: n * 100 }}, tick);
              seconds.at += n;
              return ticks;
            }};
            const watch = new ClockWatch(0);
            return {clock}.map(([now, sound]) => Math.round(watch.tick(now * 1000, sound * 1000))).filter(Boolean);"""
        )
        assert found == gaps


def seen(**changes: Any) -> dict[str, Any]:
    """A capture in which all is well, but for the changes."""
    live = {"phase": "live", "words": "", "since": 0}
    well = {
        "microphone": live,
        "meeting": live,
        "running": True,
        "link": {"phase": "open", "words": "", "since": 0},
        "behindS": None,
        "paused": False,
        "ending": False,
        "muted": [False, False],
        "silentS": [0, 0],
        "news": None,
        "now": 42_000,
    }
    return {**well, **changes}


GONE = {"phase": "gone", "words": "The share has stopped.", "since": 0}

DOWN = {"phase": "down", "words": "", "since": 0}


class TestTheSign:
    @pytest.mark.parametrize(
        ("capture", "words", "act"),
        [
            (seen(meeting=GONE), "Not listening", "meeting"),
            (seen(meeting=GONE, link=DOWN), "Not listening", "meeting"),
            (seen(running=False), "Not listening", "wake"),
            (seen(link=DOWN), "Offline 0:42", ""),
            (seen(paused=True), "Off the record", ""),
            (seen(behindS=38), "Catching up", ""),
            (seen(silentS=[0, 61]), "No customer sound", "meeting"),
            (seen(silentS=[121, 0]), "No sound from the microphone", "microphone"),
            (seen(news={"words": "Caught up, nothing lost", "bad": False}), "Caught up, nothing lost", ""),
            (seen(paused=True, news={"words": "0:18 lost at 12:03", "bad": True}), "0:18 lost at 12:03", ""),
        ],
    )
    def test_says_the_worst_and_offers_one_way_back(
        self, run: Run, capture: dict[str, Any], words: str, act: str
    ) -> None:
        sign = run('return (await load("sign")).sign(given);', capture)
        assert (sign["words"], sign["act"]) == (words, act)

    @pytest.mark.parametrize(
        ("silent_s", "kind"), [([0, 61], "quiet"), ([121, 5], "quiet"), ([61, 61], "silent"), ([130, 70], "silent")]
    )
    def test_warns_of_silence_where_nobody_is_heard_at_all(self, run: Run, silent_s: list[int], kind: str) -> None:
        """A customer who listens is silent, too."""
        assert run('return (await load("sign")).sign(given);', seen(silentS=silent_s))["kind"] == kind

    @pytest.mark.parametrize(
        "capture",
        [
            seen(),
            seen(silentS=[0, 59]),
            seen(silentS=[0, 90], muted=[False, True]),
            seen(silentS=[0, 90], meeting=None),
        ],
    )
    def test_is_not_there_where_all_is_well(self, run: Run, capture: dict[str, Any]) -> None:
        assert run('return (await load("sign")).sign(given);', capture) is None


class TestWhatIsPossible:
    ALL = {"secure": True, "microphone": True, "display": True, "worklet": True, "sharesSound": True}  # noqa: RUF012

    @pytest.mark.parametrize(
        ("lacks", "speech", "can", "says"),
        [
            ({}, True, "both", ""),
            ({}, False, "nothing", "no speech model"),
            ({"secure": False, "microphone": False}, True, "nothing", "HTTPS"),
            ({"worklet": False}, True, "nothing", "This browser cannot hear a call."),
            ({"display": False}, True, "microphone", "cannot share the meeting's sound"),
            ({"sharesSound": False}, True, "both", "may share a picture without its sound"),
        ],
    )
    def test_is_said_beforehand_with_what_works(
        self, run: Run, lacks: dict[str, bool], speech: bool, can: str, says: str
    ) -> None:
        found = run(
            'return (await load("support")).support(given[0], { speech: given[1] });', [{**self.ALL, **lacks}, speech]
        )
        assert found["can"] == can
        assert says in found["words"]
        assert bool(found["remedy"]) is bool(says)
