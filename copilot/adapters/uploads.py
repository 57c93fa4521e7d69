"""Uploaded recordings on disk until they are transcribed: the file as it came, and beside it what is known of it.

An upload is accepted once the second of the two has its name; a file without it was never promised to anybody.
"""

from __future__ import annotations

import secrets
from pathlib import Path

from pydantic import ValidationError

from copilot.adapters.call_files import PART, call_file, make_folder, put_in_place, unavailable, write_whole
from copilot.adapters.recordings import open_recording
from copilot.domain.audio import RATE_HZ, Recording
from copilot.domain.recordings import Uploaded

_SOUND, _ABOUT = ".recording", ".json"


class UploadFolder:
    """For its owner alone."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder

    def begin(self, name: str) -> UploadFile:
        try:
            make_folder(self._folder)
            return UploadFile(self._folder, name)
        except OSError as error:
            raise unavailable(error) from error

    def there(self) -> list[Uploaded]:
        accepted = {}
        for about in sorted(self._folder.glob(f"*{_ABOUT}")):
            try:
                uploaded = Uploaded.model_validate_json(about.read_bytes())
            except (OSError, ValidationError):
                continue
            if self._sound(uploaded.info.id).exists():
                accepted[self._sound(uploaded.info.id)] = uploaded
        for file in [*self._folder.glob(f"*{_SOUND}"), *self._folder.glob(f"*{PART}")]:
            if file not in accepted:
                file.unlink(missing_ok=True)
        return list(accepted.values())

    def open(self, uploaded: Uploaded) -> Recording:
        return _opened(self._sound(uploaded.info.id), uploaded.name)

    def remove(self, call_id: str) -> None:
        """The note goes first: a file without one is nothing that anybody waits for."""
        call_file(self._folder, call_id, _ABOUT).unlink(missing_ok=True)
        self._sound(call_id).unlink(missing_ok=True)

    def _sound(self, call_id: str) -> Path:
        return call_file(self._folder, call_id, _SOUND)


class UploadFile:
    """One that is coming in."""

    def __init__(self, folder: Path, name: str) -> None:
        self._folder, self._name = folder, name
        self._part = folder / f"{secrets.token_hex(8)}{PART}"
        self._part.touch(mode=0o600)
        self._opened = self._part.open("wb")

    def write(self, data: bytes) -> None:
        try:
            self._opened.write(data)
        except OSError as error:
            raise unavailable(error) from error

    def opened(self) -> Recording:
        self._finish()
        return _opened(self._part, self._name)

    def accept(self, uploaded: Uploaded) -> None:
        self._finish()
        sound, about = (call_file(self._folder, uploaded.info.id, suffix) for suffix in (_SOUND, _ABOUT))
        try:
            put_in_place(self._part, sound)
            write_whole(about, uploaded.model_dump_json().encode())
        except OSError as error:
            about.unlink(missing_ok=True)
            sound.unlink(missing_ok=True)  # it is large, and nobody knows of it
            raise unavailable(error) from error

    def discard(self) -> None:
        self._opened.close()
        self._part.unlink(missing_ok=True)

    def _finish(self) -> None:
        try:
            self._opened.close()
        except OSError as error:
            raise unavailable(error) from error


def _opened(file: Path, name: str) -> Recording:
    """At 16 kHz at most: that is all a speech model hears, and a third of the room on disk."""
    return open_recording(file, highest_hz=RATE_HZ, name=name)
