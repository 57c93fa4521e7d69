from __future__ import annotations

import os
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from copilot.adapters.spool import SpoolFile, SpoolFolder
from copilot.domain.audio import AudioFormat, Span
from copilot.domain.call import Role
from copilot.domain.spooled import Quiet, Settled
from copilot.errors import StoreUnavailable

MONO = AudioFormat(encoding="pcm_s16le", sample_rate_hz=16000, channels=(Role.UNKNOWN,))


def sound(start: int, samples: int) -> bytes:
    """Samples that say their own positions."""
    return np.arange(start, start + samples, dtype="<i2").tobytes()


def filled(folder: Path, frames: int = 3, samples: int = 100) -> SpoolFile:
    spool = SpoolFolder(folder).make("call", MONO)
    for number in range(frames):
        spool.append(number, sound(number * samples, samples))
    return spool


def again(folder: Path) -> SpoolFile:
    spool = SpoolFolder(folder).find("call")
    assert spool is not None
    return spool


class TestSpool:
    def test_is_as_it_was_when_it_is_opened_again(self, tmp_path: Path) -> None:
        spool = filled(tmp_path)
        spool.note(Quiet(channel=0, up_to=250))
        spool.append(3, sound(300, 7))
        spool.note(Settled(channel=0, start=250, fate="failed"))
        spool.sync()

        opened = again(tmp_path)

        assert (opened.audio, opened.last_frame, opened.wire_samples) == (MONO, 3, 307)
        assert opened.notes == [Quiet(channel=0, up_to=250), Settled(channel=0, start=250, fate="failed")]
        assert opened.size == spool.size

    @given(st.integers(0, 306), st.integers(1, 307))
    def test_gives_back_any_part(self, start: int, length: int) -> None:
        span = Span(start, min(start + length, 307))
        assert self.spool.read(span) == sound(span.start, len(span))

    @pytest.fixture(autouse=True)
    def _some_sound(self, tmp_path_factory: pytest.TempPathFactory) -> None:
        self.spool = filled(tmp_path_factory.mktemp("spool"))
        self.spool.append(3, sound(300, 7))

    @pytest.mark.parametrize("lost", [1, 5, 60, 200])
    def test_a_record_cut_off_by_a_power_cut_is_written_over(self, tmp_path: Path, lost: int) -> None:
        spool = filled(tmp_path)
        (file,) = tmp_path.iterdir()
        os.truncate(file, spool.size - lost)

        opened = again(tmp_path)
        assert (opened.last_frame, opened.wire_samples) == (1, 200)
        opened.append(2, sound(200, 50))

        assert again(tmp_path).read(Span(0, 250)) == sound(0, 250)

    def test_a_damaged_last_record_does_not_count(self, tmp_path: Path) -> None:
        spool = filled(tmp_path)
        (file,) = tmp_path.iterdir()
        with file.open("r+b") as damaged:
            damaged.seek(spool.size - 1)
            damaged.write(b"\x55")

        assert again(tmp_path).last_frame == 1

    def test_is_read_whole_however_long(self, tmp_path: Path) -> None:
        spool = SpoolFolder(tmp_path).make("call", MONO)
        for number in range(60):
            spool.append(number, bytes(2**18))

        opened = again(tmp_path)

        assert (opened.last_frame, opened.size) == (59, spool.size)

    def test_the_sound_is_deleted_and_its_last_frame_remembered(self, tmp_path: Path) -> None:
        folder = SpoolFolder(tmp_path)
        assert folder.there() == []
        spool = filled(tmp_path)
        assert folder.there() == ["call"]
        spool.release()
        (file,) = tmp_path.iterdir()

        assert folder.there() == []
        assert file.stat().st_size < 200
        assert (again(tmp_path).released, again(tmp_path).last_frame) == (True, 2)

    def test_is_for_its_owner_alone(self, tmp_path: Path) -> None:
        filled(tmp_path / "sound")
        (file,) = (tmp_path / "sound").iterdir()

        assert (file.stat().st_mode & 0o077, file.parent.stat().st_mode & 0o077) == (0, 0)

    def test_ids_that_differ_in_case_alone_are_two_calls(self, tmp_path: Path) -> None:
        folder = SpoolFolder(tmp_path)
        for call_id in ("Call", "call"):
            folder.make(call_id, MONO)

        assert len({file.name.lower() for file in tmp_path.iterdir()}) == 2

    def test_says_what_cannot_be_read(self, tmp_path: Path) -> None:
        filled(tmp_path)
        (file,) = tmp_path.iterdir()
        file.write_bytes(b"something else")

        with pytest.raises(StoreUnavailable, match="no sound that can be read"):
            SpoolFolder(tmp_path).find("call")

    def test_a_full_disk_is_said(self, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
        spool = filled(tmp_path)
        whole = os.pwrite
        monkeypatch.setattr(os, "pwrite", lambda file, data, at: whole(file, data[:20], at))
        with pytest.raises(StoreUnavailable, match="full"):
            spool.append(3, sound(300, 100))
        monkeypatch.undo()
        spool.append(3, sound(300, 100))

        assert again(tmp_path).read(Span(0, 400)) == sound(0, 400)
