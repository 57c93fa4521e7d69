"""Speaks words with eSpeak NG: `python -m scripts.peer.voice FILE WORD...` writes them to a NumPy file.

Runs in the peers' environment, where the synthesiser is. int16, mono, 16 kHz, without silence at either end.
"""

from __future__ import annotations

import ctypes
import sys
from typing import Any

import espeakng_loader
import numpy as np

from scripts.peer.stand_in import QUIET, RATE_HZ

RETRIEVE, UTF8, RATE, WORDS_A_MINUTE = 1, 1, 1, 230
CALLBACK = ctypes.CFUNCTYPE(ctypes.c_int, ctypes.POINTER(ctypes.c_short), ctypes.c_int, ctypes.c_void_p)


def spoken(words: list[str]) -> dict[str, Any]:
    """Each word, spoken alone."""
    espeak = ctypes.CDLL(espeakng_loader.get_library_path())
    rate_hz = espeak.espeak_Initialize(RETRIEVE, 0, espeakng_loader.get_data_path().encode(), 0)
    parts: list[Any] = []

    def take(samples: Any, count: int, _: Any) -> int:
        if samples and count:
            parts.append(np.ctypeslib.as_array(samples, (count,)).copy())
        return 0

    callback = CALLBACK(take)
    espeak.espeak_SetSynthCallback(callback)
    espeak.espeak_SetVoiceByName(b"en")
    espeak.espeak_SetParameter(RATE, WORDS_A_MINUTE, 0)
    said = {}
    for word in words:
        parts.clear()
        text = word.encode()
        espeak.espeak_Synth(text, len(text) + 1, 0, 1, 0, UTF8, None, None)
        espeak.espeak_Synchronize()
        said[word] = _at_16k(np.concatenate(parts), rate_hz)
    return said


def _at_16k(samples: Any, rate_hz: int) -> Any:
    places = np.arange(0, len(samples) - 1, rate_hz / RATE_HZ)
    brought = np.interp(places, np.arange(len(samples)), samples)
    loud = np.flatnonzero(np.abs(brought) > 10 * QUIET)
    cut = brought[loud[0] : loud[-1] + 1].astype(np.int16)
    cut[np.abs(cut) <= QUIET] = QUIET + 1  # a word has no silence in it
    return cut


if __name__ == "__main__":
    np.savez(sys.argv[1], **spoken(sys.argv[2:]))
