from __future__ import annotations

import importlib.util
from pathlib import Path
from typing import Any

import pytest

from copilot.adapters.asr import models
from copilot.adapters.asr.models import CannotFetch, IncompleteModel, SpeechNotInstalled, fetch, located
from copilot.errors import NoSpeechModel


@pytest.fixture(autouse=True)
def _nothing_kept(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    import huggingface_hub.constants

    monkeypatch.setattr(huggingface_hub.constants, "HF_HUB_CACHE", str(tmp_path / "kept"))
    monkeypatch.setattr(huggingface_hub.constants, "HF_HUB_OFFLINE", True)


def a_model(folder: Path) -> Path:
    for name in ("model.bin", "config.json", "tokenizer.json"):
        (folder / name).write_bytes(b"{}")
    return folder


class TestAFolder:
    def test_is_taken_as_it_is(self, tmp_path: Path) -> None:
        assert located(str(a_model(tmp_path))) == tmp_path

    def test_says_what_is_missing(self, tmp_path: Path) -> None:
        (a_model(tmp_path) / "tokenizer.json").unlink()
        with pytest.raises(IncompleteModel, match=r"no tokenizer\.json"):
            located(str(tmp_path))

    @pytest.mark.parametrize("name", ["/no/such/folder", "./models/base", "~/models/none"])
    def test_that_is_not_there_is_not_looked_for_on_the_hub(self, name: str) -> None:
        with pytest.raises(NoSpeechModel, match="there is no folder"):
            located(name)


class TestAName:
    def test_that_was_never_fetched_is_not_here(self) -> None:
        assert located("base.en") is None

    def test_that_nobody_knows_lists_those_there_are(self) -> None:
        with pytest.raises(NoSpeechModel, match=r"tiny\.en, tiny, base\.en"):
            located("basic")

    def test_without_the_extra_says_how_to_install_it(self, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setattr(models, "find_spec", lambda _: None)
        with pytest.raises(SpeechNotInstalled, match=r"pip install 'copilot-value\[speech\]'"):
            located("base.en")


class TestFetching:
    def test_tells_how_far_it_is(self, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
        asked: list[str] = []

        def snapshot(repository: str, tqdm_class: Any, **_: Any) -> str:
            asked.append(repository)
            bar = tqdm_class(total=200, unit="B", unit_scale=True, name="huggingface_hub.snapshot_download")
            for _part in range(4):
                bar.update(50)
            files = tqdm_class(["a", "b"], desc="Fetching 2 files")
            assert list(files) == ["a", "b"]
            return str(a_model(tmp_path))

        monkeypatch.setattr("huggingface_hub.snapshot_download", snapshot)
        told: list[float] = []

        assert fetch("base.en", told.append) == tmp_path
        assert asked == ["Systran/faster-whisper-base.en"]
        assert told == [0.25, 0.5, 0.75, 1.0]

    def test_that_fails_says_what_would_help(self) -> None:
        with pytest.raises(CannotFetch, match="copy its folder here and name that as COPILOT_SPEECH__MODEL"):
            fetch("base.en", lambda _: None)


def test_the_extra_is_installed_where_the_tests_run() -> None:
    assert importlib.util.find_spec("faster_whisper") is not None
