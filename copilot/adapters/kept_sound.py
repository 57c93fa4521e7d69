"""Sound that is kept: one Ogg/Opus file per call, made after the call, with the call's clock."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import numpy as np

from copilot.adapters.call_files import PART, call_file, call_of, make_folder, put_in_place, unavailable, write_whole
from copilot.domain.audio import Recording
from copilot.domain.recordings import Deleted
from copilot.errors import StoreUnavailable

_SOUND, _DELETED = ".ogg", ".deleted"
_BITS_PER_CHANNEL = 24_000  # a second; speech is transparent at it
_OPUS_HZ = (8000, 16000, 24000, 48000)


class KeptFolder:
    """For its owner alone."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder

    def clear(self) -> None:
        for part in self._folder.glob(f"*{PART}"):
            part.unlink(missing_ok=True)
        for call_id in self.there():
            if self.deleted(call_id) is not None:
                self._file(call_id).unlink(missing_ok=True)

    def there(self) -> list[str]:
        return [call_of(file) for file in sorted(self._folder.glob(f"*{_SOUND}"))]

    def file(self, call_id: str) -> Path | None:
        file = self._file(call_id)
        return file if file.exists() else None

    def keep(self, call_id: str, sound: Recording, stopped: Callable[[], bool]) -> bool:
        file = self._file(call_id)
        part = file.with_name(file.name + PART)
        try:
            make_folder(self._folder)
            part.touch(mode=0o600)
            if not _encode(sound, part, stopped):
                return False
            put_in_place(part, file)
        except OSError as error:
            raise unavailable(error) from error
        finally:
            part.unlink(missing_ok=True)
        return True

    def remove(self, call_id: str, deleted: Deleted | None) -> None:
        """What says that it is deleted is on disk first: sound that somebody deleted does not come back."""
        note = call_file(self._folder, call_id, _DELETED)
        try:
            if deleted is not None:
                make_folder(self._folder)
                write_whole(note, deleted.model_dump_json().encode())
            self._file(call_id).unlink(missing_ok=True)
            if deleted is None:
                note.unlink(missing_ok=True)
        except OSError as error:
            raise unavailable(error) from error

    def deleted(self, call_id: str) -> Deleted | None:
        note = call_file(self._folder, call_id, _DELETED)
        return Deleted.model_validate_json(note.read_bytes()) if note.exists() else None

    def _file(self, call_id: str) -> Path:
        return call_file(self._folder, call_id, _SOUND)


def _encode(sound: Recording, file: Path, stopped: Callable[[], bool]) -> bool:
    """Write sound as Ogg/Opus, channels as they are; whether it was written to its end."""
    import av

    layout = "stereo" if len(sound.audio.channels) == 2 else "mono"
    given_hz = sound.audio.sample_rate_hz
    rate_hz = given_hz if given_hz in _OPUS_HZ else 48000
    try:
        with av.open(str(file), "w", format="ogg") as container:
            stream: Any = container.add_stream("libopus", rate=rate_hz, layout=layout)
            stream.bit_rate = _BITS_PER_CHANNEL * len(sound.audio.channels)
            stream.options = {"application": "audio"}  # `voip` smears one side of a call into the other
            resampler = av.AudioResampler(format=stream.format, layout=layout, rate=rate_hz, frame_size=rate_hz // 50)
            for piece in sound.pieces:
                if stopped():
                    return False
                frame = av.AudioFrame.from_ndarray(np.frombuffer(piece, dtype="<i2").reshape(1, -1), "s16", layout)
                frame.sample_rate = given_hz
                for ready in resampler.resample(frame):
                    container.mux(stream.encode(ready))
            for ready in resampler.resample(None):
                container.mux(stream.encode(ready))
            container.mux(stream.encode(None))
    except av.error.FFmpegError as error:
        raise StoreUnavailable(f"the sound could not be encoded ({error.strerror})") from error
    return True
