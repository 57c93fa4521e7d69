"""The program that holds a Whisper model: samples in, segments out. `whisper.py` starts it, and kills it if it hangs.

Both ways, a message is 4 bytes of length (big-endian) and JSON; after a request come its samples, 2 bytes each. What
libraries print goes to standard error.
"""

from __future__ import annotations

import json
import os
import sys
from typing import Any, BinaryIO

import numpy as np


def main(arguments: list[str]) -> int:
    """Answer requests until there are none; `arguments` are one JSON object."""
    answers = os.fdopen(os.dup(1), "wb")
    os.dup2(2, 1)
    try:
        model = _load(**json.loads(arguments[0]))
    except Exception as error:  # noqa: BLE001  whatever it is, whoever started us is told
        _send(answers, {"error": f"{type(error).__name__}: {error}"})
        return 1
    _send(answers, {"ready": True})
    while (request := _receive(sys.stdin.buffer)) is not None:
        try:
            answer = _transcribed(model, *request)
        except Exception as error:  # noqa: BLE001  one stretch failed; its message could hold speech
            answer = {"error": type(error).__name__}
        _send(answers, answer)
    return 0


def _load(folder: str, device: str, compute_type: str, threads: int) -> Any:
    from faster_whisper import WhisperModel

    class Whisper(WhisperModel):
        """With times of words asked for, the library would decode again, at full cost, what is behind the last one."""

        def _split_segments_by_timestamps(self, *args: Any, **kwargs: Any) -> tuple[Any, int, bool]:
            segments, seek, _ = super()._split_segments_by_timestamps(*args, **kwargs)
            return segments, seek, True

    return Whisper(folder, device=device, compute_type=compute_type, cpu_threads=threads, local_files_only=True)


def _transcribed(model: Any, options: dict[str, Any], samples: bytes) -> dict[str, Any]:
    sound = np.frombuffer(samples, dtype="<i2").astype(np.float32) / 32768
    if options["language"] not in model.supported_languages:
        options["language"] = None
    segments, info = model.transcribe(
        sound,
        vad_filter=False,  # what reaches us is speech already
        condition_on_previous_text=False,  # otherwise one mistake goes on for minutes
        no_speech_threshold=None,  # what is not believed is counted, and not by us
        **options,
    )
    # The segments are decoded as they are read.
    heard = [
        {
            "text": segment.text,
            "start_s": float(segment.start),
            "end_s": float(segment.end),
            "avg_logprob": float(segment.avg_logprob),
            "no_speech_prob": float(segment.no_speech_prob),
            "words": [[word.word, float(word.start), float(word.end)] for word in segment.words or ()],
        }
        for segment in segments
    ]
    return {"segments": heard, "language": info.language}


def _receive(pipe: BinaryIO) -> tuple[dict[str, Any], bytes] | None:
    head = pipe.read(4)
    if len(head) < 4:
        return None
    request = json.loads(pipe.read(int.from_bytes(head, "big")))
    return request["options"], pipe.read(2 * request["samples"])


def _send(pipe: BinaryIO, message: dict[str, Any]) -> None:
    encoded = json.dumps(message).encode()
    pipe.write(len(encoded).to_bytes(4, "big") + encoded)
    pipe.flush()


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
