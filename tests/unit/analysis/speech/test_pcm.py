from __future__ import annotations

from itertools import pairwise

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from copilot.analysis.speech.pcm import (
    as_float,
    channel_samples,
    decoded,
    encoded_mulaw,
    needed,
    resampled,
    samples_at_16k,
    settled_samples,
)
from copilot.domain.audio import AudioFormat, Samples, Span
from copilot.domain.call import Role

RATES = [8000, 16000, 24000, 44100, 48000]


def tone(rate_hz: int, hz: float, seconds: float = 0.5) -> Samples:
    times = np.arange(int(rate_hz * seconds)) / rate_hz
    return (10_000 * np.sin(2 * np.pi * hz * times)).astype(np.int16)


def part(samples: Samples, span: Span) -> Samples:
    """A span of samples, with silence where there are none."""
    padded = np.zeros(len(span), dtype=np.int16)
    inside = Span(max(span.start, 0), min(span.end, len(samples)))
    if len(inside) > 0:
        padded[inside.start - span.start :][: len(inside)] = samples[inside.start : inside.end]
    return padded


def at_16k(samples: Samples, rate_hz: int, span: Span) -> Samples:
    return resampled(part(samples, needed(span, rate_hz)), rate_hz, span)


class TestDecoding:
    def test_reads_pcm_as_little_endian(self) -> None:
        assert decoded(b"\x01\x00\xff\xff\x00\x80", "pcm_s16le").tolist() == [1, -1, -32768]

    def test_reads_mulaw_as_the_standard_has_it(self) -> None:
        assert decoded(bytes([0xFF, 0x7F, 0x80, 0x00, 0xF0]), "mulaw").tolist() == [0, 0, 32124, -32124, 120]

    def test_parts_the_channels(self) -> None:
        audio = AudioFormat(encoding="pcm_s16le", sample_rate_hz=8000, channels=(Role.REP, Role.CUSTOMER))
        payload = np.array([1, -1, 2, -2], dtype="<i2").tobytes()

        assert channel_samples(payload, audio, 0).tolist() == [1, 2]
        assert channel_samples(payload, audio, 1).tolist() == [-1, -2]

    @given(st.integers(0, 255))
    def test_encoding_gives_back_every_code_but_minus_zero(self, code: int) -> None:
        value = decoded(bytes([code]), "mulaw")

        assert decoded(encoded_mulaw(value), "mulaw").tolist() == value.tolist()

    def test_as_float_lies_between_minus_one_and_one(self) -> None:
        assert as_float(np.array([-32768, 16384], dtype=np.int16)).tolist() == [-1.0, 0.5]


class TestResampling:
    @pytest.mark.parametrize("rate_hz", RATES)
    @pytest.mark.parametrize("hz", [200, 1000, 3000])
    def test_a_tone_stays_the_same_tone(self, rate_hz: int, hz: float) -> None:
        span = Span(0, 8000)
        heard = at_16k(tone(rate_hz, hz), rate_hz, span)[400:-400].astype(float)
        wanted = tone(16000, hz)[400:-400].astype(float)

        assert np.abs(heard - wanted).max() < 100  # of 10,000

    @pytest.mark.parametrize("rate_hz", [24000, 44100, 48000])
    def test_what_16_khz_cannot_hold_is_filtered_out(self, rate_hz: int) -> None:
        heard = at_16k(tone(rate_hz, 10_000), rate_hz, Span(0, 8000))[400:-400]

        assert np.abs(heard).max() < 100

    @pytest.mark.parametrize("rate_hz", RATES)
    @given(cuts=st.lists(st.integers(1, 1999), max_size=6))
    def test_cutting_the_span_changes_nothing(self, rate_hz: int, cuts: list[int]) -> None:
        samples = tone(rate_hz, 440)
        borders = sorted({0, 2000, *cuts})
        pieces = [at_16k(samples, rate_hz, Span(a, b)) for a, b in pairwise(borders)]

        assert np.array_equal(np.concatenate(pieces), at_16k(samples, rate_hz, Span(0, 2000)))

    @pytest.mark.parametrize("rate_hz", RATES)
    @given(sent=st.integers(0, 5000))
    def test_what_is_settled_needs_nothing_that_is_still_to_come(self, rate_hz: int, sent: int) -> None:
        settled = settled_samples(sent, rate_hz)

        assert 0 <= settled <= samples_at_16k(sent, rate_hz)
        if settled:
            assert needed(Span(0, settled), rate_hz).end <= sent
        assert samples_at_16k(sent, rate_hz) - settled < 60
