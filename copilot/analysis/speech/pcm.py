"""Sound as numbers: decoding what senders send, and bringing it to 16 kHz.

Resampling is a function of positions: whatever part of the output is asked for, its samples are the same, so that
nothing has to be kept between calls and a stretch read again later is the stretch that was heard.
"""

from __future__ import annotations

from functools import lru_cache
from math import ceil, gcd

import numpy as np
from numpy.typing import NDArray

from copilot.domain.audio import RATE_HZ, AudioFormat, Encoding, Samples, Span

_CROSSINGS = 16  # of the filter's sinc on either side; its delay is this many samples of the slower rate
_ROLL_OFF = 0.92  # of the slower rate's highest frequency: what is above would fold back


def decoded(payload: bytes, encoding: Encoding) -> Samples:
    """Wire bytes as int16."""
    if encoding == "mulaw":
        return _MULAW[np.frombuffer(payload, dtype=np.uint8)]
    return np.frombuffer(payload, dtype="<i2").astype(np.int16, copy=False)


def channel_samples(payload: bytes, audio: AudioFormat, channel: int) -> Samples:
    """One channel of interleaved wire bytes, at the sender's rate."""
    return decoded(payload, audio.encoding)[channel :: len(audio.channels)]


def encoded_mulaw(samples: Samples) -> bytes:
    """int16 as µ-law bytes, each the code whose value is nearest."""
    codes: NDArray[np.uint8] = _NEAREST_CODE[(samples.astype(np.int32) + 32768) >> 2]
    return codes.tobytes()


def as_float(samples: Samples) -> NDArray[np.float32]:
    """int16 as float32 in [-1, 1), what models take."""
    return samples.astype(np.float32) / np.float32(32768)


def samples_at_16k(wire_samples: int, rate_hz: int) -> int:
    """How many samples at 16 kHz so many of the sender's are."""
    return -(-wire_samples * RATE_HZ // rate_hz)


def settled_samples(wire_samples: int, rate_hz: int) -> int:
    """How many samples at 16 kHz no longer depend on what the sender sends next."""
    if rate_hz == RATE_HZ:
        return wire_samples
    up, down, half = _ratio(rate_hz)
    return max((wire_samples - half - 1) * up // down, 0)


def needed(span: Span, rate_hz: int) -> Span:
    """The sender's samples that `resampled` wants for a span at 16 kHz; it may begin before 0 and end in the future."""
    if rate_hz == RATE_HZ:
        return span
    up, down, half = _ratio(rate_hz)
    return Span(span.start * down // up - half + 1, (span.end - 1) * down // up + half + 1)


def resampled(samples: Samples, rate_hz: int, span: Span) -> Samples:
    """The span at 16 kHz from the sender's samples that it `needed`."""
    if rate_hz == RATE_HZ or not len(span):
        return samples
    up, down, half = _ratio(rate_hz)
    positions = np.arange(span.start, span.end, dtype=np.int64) * down
    begins = positions // up - (span.start * down // up)
    windows = np.lib.stride_tricks.sliding_window_view(samples.astype(np.float32), 2 * half)[begins]
    heard = np.einsum("ij,ij->i", windows, _filters(rate_hz)[positions % up])
    clipped: Samples = np.clip(np.rint(heard), -32768, 32767).astype(np.int16)
    return clipped


def _ratio(rate_hz: int) -> tuple[int, int, int]:
    """Up and down by these, with a filter of so many samples on either side."""
    common = gcd(RATE_HZ, rate_hz)
    return RATE_HZ // common, rate_hz // common, ceil(_CROSSINGS * max(rate_hz / RATE_HZ, 1))


@lru_cache(maxsize=8)
def _filters(rate_hz: int) -> NDArray[np.float32]:
    """One filter for each place that an output sample can have between two input samples."""
    up, _, half = _ratio(rate_hz)
    cutoff = min(RATE_HZ / rate_hz, 1.0) * _ROLL_OFF
    offsets = np.arange(-half + 1, half + 1)[np.newaxis, :] - (np.arange(up) / up)[:, np.newaxis]
    taps = cutoff * np.sinc(cutoff * offsets) * (0.5 + 0.5 * np.cos(np.pi * offsets / half))
    normed: NDArray[np.float32] = (taps / taps.sum(axis=1, keepdims=True)).astype(np.float32)
    return normed


def _mulaw_values() -> Samples:
    """The value of each of the 256 codes (ITU-T G.711)."""
    code = ~np.arange(256, dtype=np.int32) & 0xFF
    size = (((code & 0x0F) << 3) + 0x84 << ((code & 0x70) >> 4)) - 0x84
    return np.where(code & 0x80, -size, size).astype(np.int16)


_MULAW = _mulaw_values()


def _nearest_codes() -> NDArray[np.uint8]:
    """The code for every fourth int16 value."""
    order = np.argsort(_MULAW, kind="stable")
    values = _MULAW[order].astype(np.int32)
    wanted = np.arange(-32768, 32768, 4) + 2
    above = np.clip(np.searchsorted(values, wanted), 1, 255)
    nearer = np.where(wanted - values[above - 1] <= values[above] - wanted, above - 1, above)
    return order[nearer].astype(np.uint8)


_NEAREST_CODE = _nearest_codes()
