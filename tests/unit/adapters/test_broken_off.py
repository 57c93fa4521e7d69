from __future__ import annotations

import contextlib
import os
import time
from pathlib import Path

import pytest

from copilot.adapters.broken_off import MOST, MOST_DAYS, kept_work, sweep
from copilot.errors import UnreadableTranscript


@pytest.fixture
def recordings(tmp_path: Path) -> list[Path]:
    files = [tmp_path / f"{n}.wav" for n in range(MOST + 2)]
    for file in files:
        file.write_bytes(file.name.encode())
    return files


def broken_off(folder: Path, recording: Path, *, days_ago: float = 0) -> Path:
    """The folder of a run that got no further than its beginning."""
    with contextlib.suppress(KeyboardInterrupt), kept_work(folder, recording, "base.en") as work:
        (work / "begun").touch()
        raise KeyboardInterrupt
    then = time.time() - days_ago * 24 * 3600
    os.utime(work, (then, then))
    return work


class TestWorkThatWasBrokenOff:
    def test_is_there_again_for_the_same_sound_under_another_name(self, tmp_path: Path, recordings: list[Path]) -> None:
        broken_off(tmp_path / "data" / "work", recordings[0])
        renamed = recordings[0].rename(tmp_path / "other.wav")
        with kept_work(tmp_path / "data" / "work", renamed, "base.en") as work:
            assert (work / "begun").exists()
        assert not work.exists()

    def test_is_not_there_for_other_settings(self, tmp_path: Path, recordings: list[Path]) -> None:
        broken_off(tmp_path, recordings[0])
        with kept_work(tmp_path, recordings[0], "small.en") as work:
            assert not (work / "begun").exists()

    def test_is_left_alone_by_another_run_at_the_same_time(self, tmp_path: Path, recordings: list[Path]) -> None:
        with kept_work(tmp_path, recordings[0], "base.en") as work:
            with kept_work(tmp_path, recordings[0], "base.en") as other:
                assert other.is_dir()
                assert other.parent != work.parent
            assert not other.exists()
            assert work.exists()

    def test_goes_with_age_and_beyond_the_newest_few(self, tmp_path: Path, recordings: list[Path]) -> None:
        folder = tmp_path / "work"
        old = broken_off(folder, recordings[0], days_ago=MOST_DAYS + 1)
        newer = [broken_off(folder, file, days_ago=1 - n / 10) for n, file in enumerate(recordings[1:-1])]
        last = broken_off(folder, recordings[-1])

        assert not old.exists()
        assert {work.name for work in folder.iterdir()} == {work.name for work in (*newer[1:], last)}

    def test_goes_with_age_where_no_further_work_follows(self, tmp_path: Path, recordings: list[Path]) -> None:
        folder = tmp_path / "work"
        old = broken_off(folder, recordings[0])
        newer = broken_off(folder, recordings[1])
        then = time.time() - (MOST_DAYS + 1) * 24 * 3600
        os.utime(old, (then, then))
        sweep(folder)
        sweep(tmp_path / "none")

        assert (old.exists(), newer.exists()) == (False, True)

    def test_stays_while_somebody_is_at_it(self, tmp_path: Path, recordings: list[Path]) -> None:
        folder = tmp_path / "work"
        with kept_work(folder, recordings[0], "base.en") as work:
            os.utime(work, (0, 0))
            broken_off(folder, recordings[1])
            assert work.exists()

    def test_goes_where_there_is_nothing_to_be_read(self, tmp_path: Path, recordings: list[Path]) -> None:
        with pytest.raises(UnreadableTranscript), kept_work(tmp_path, recordings[0], "base.en") as work:
            raise UnreadableTranscript("0.wav", "nobody speaks")
        assert not work.exists()


class TestWhereNothingCanBeKept:
    def test_the_work_is_done_all_the_same(self, tmp_path: Path, recordings: list[Path]) -> None:
        for folder in (None, recordings[1] / "work"):  # under a file there are no folders
            with kept_work(folder, recordings[0], "base.en") as work:
                assert work.is_dir()
            assert not work.exists()
