"""Silero's voice detector, as it comes along with faster-whisper, fed frame by frame."""

from __future__ import annotations

from importlib.util import find_spec
from pathlib import Path

import numpy as np
import onnxruntime
from numpy.typing import NDArray

from copilot.adapters.asr.models import SpeechNotInstalled
from copilot.domain.audio import Samples

FRAME, CONTEXT = 512, 64  # new samples at a time, and samples of the frame before that the network sees again

_FILE = "silero_vad_v6.onnx"
_STATE = (1, 1, 128)


class Silero:
    """One session for all channels; what a channel has heard is kept by whoever listens to it."""

    def __init__(self) -> None:
        options = onnxruntime.SessionOptions()
        options.inter_op_num_threads = options.intra_op_num_threads = 1
        options.enable_cpu_mem_arena = False
        options.log_severity_level = 4
        self._session = onnxruntime.InferenceSession(
            str(_network()), providers=["CPUExecutionProvider"], sess_options=options
        )

    def listen(self) -> SileroVoice:
        return SileroVoice(self._session)


class SileroVoice:
    """Listens to one channel."""

    def __init__(self, session: onnxruntime.InferenceSession) -> None:
        self._session = session
        self._h: NDArray[np.float32] = np.zeros(_STATE, dtype=np.float32)
        self._c: NDArray[np.float32] = np.zeros(_STATE, dtype=np.float32)
        self._heard: NDArray[np.float32] = np.zeros((1, CONTEXT + FRAME), dtype=np.float32)

    def probability(self, frame: Samples) -> float:
        """How likely it is that somebody speaks in the next 512 samples."""
        self._heard[:, :CONTEXT] = self._heard[:, -CONTEXT:]
        self._heard[:, CONTEXT:] = frame / np.float32(32768)
        said, self._h, self._c = self._session.run(None, {"input": self._heard, "h": self._h, "c": self._c})
        return float(said.reshape(-1)[0])


def _network() -> Path:
    """The network's file; the package around it is not imported, which would take a second."""
    found = find_spec("faster_whisper")
    if found is None or found.origin is None:
        raise SpeechNotInstalled("the voice detector, which works here even where another server transcribes, is")
    return Path(found.origin).parent / "assets" / _FILE
