"""Where a speech model is: in a folder of one's own, kept from before, or to be fetched."""

from __future__ import annotations

import logging
from collections.abc import Callable, Sequence
from importlib.util import find_spec
from pathlib import Path
from typing import Any

from copilot.errors import NoSpeechModel, UnusableInput

INSTALL = "pip install 'copilot-value[speech]'"

_NEEDED = ("model.bin", "config.json", "tokenizer.json")


class SpeechNotInstalled(NoSpeechModel):
    def __init__(self, missing: str = "the parts for sound are") -> None:
        super().__init__(f"{missing} not installed; {INSTALL} mends that")


class UnknownSpeechModel(NoSpeechModel, UnusableInput):
    """A name that can be no model's."""

    def __init__(self, model: str, known: Sequence[str]) -> None:
        self.model, self.known = model, tuple(known)
        super().__init__(
            f"there is no speech model {model!r}; it can be a folder, a name on the hub, or one of {', '.join(known)}"
        )


class IncompleteModel(NoSpeechModel):
    """A folder that is no Whisper model in CTranslate2's form."""

    def __init__(self, folder: Path, missing: str) -> None:
        self.folder, self.missing = folder, missing
        super().__init__(
            f"{folder} is no speech model: it has no {missing}; a Whisper model in CTranslate2's form has "
            f"{', '.join(_NEEDED)}"
        )


class CannotFetch(NoSpeechModel):
    """The hub does not have the model, or cannot be reached."""

    def __init__(self, model: str, reason: str) -> None:
        self.model, self.reason = model, reason
        super().__init__(
            f"the speech model {model!r} is not on this machine and cannot be fetched: {reason}; "
            "copy its folder here and name that as COPILOT_SPEECH__MODEL"
        )


def located(model: str) -> Path | None:
    """The folder of a model that is on this machine, else None. Raises NoSpeechModel for what can be none."""
    if find_spec("faster_whisper") is None:
        raise SpeechNotInstalled
    folder = Path(model).expanduser()
    if folder.is_dir():
        return _complete(folder)
    if folder.is_absolute() or model.startswith((".", "~")):
        raise NoSpeechModel(f"there is no folder {folder}, which COPILOT_SPEECH__MODEL names")
    from faster_whisper.utils import download_model

    try:
        return Path(download_model(model, local_files_only=True))
    except ValueError as error:
        raise _unknown(model) from error
    except Exception:  # noqa: BLE001  the hub's library has many ways to say that it is not there
        return None


def fetch(model: str, progress: Callable[[float], None]) -> Path:
    """Fetch a model from the hub, for minutes; `progress` is told the share that is here. Raises CannotFetch."""
    import huggingface_hub
    from faster_whisper.utils import _MODELS

    repository = model if "/" in model else _MODELS.get(model)
    if repository is None:
        raise _unknown(model)
    wanted = ["config.json", "preprocessor_config.json", "model.bin", "tokenizer.json", "vocabulary.*"]
    logging.getLogger("huggingface_hub").setLevel(logging.ERROR)
    try:
        folder = huggingface_hub.snapshot_download(repository, allow_patterns=wanted, tqdm_class=_told(progress))
    except Exception as error:
        raise CannotFetch(model, _reason(error)) from error
    return _complete(Path(folder))


def _reason(error: Exception) -> str:
    """In a few words; the hub's library has its own for everything that is not there."""
    from huggingface_hub.errors import GatedRepoError, LocalEntryNotFoundError, RepositoryNotFoundError

    match error:
        case GatedRepoError():
            return "the hub wants you to sign in for it"
        case RepositoryNotFoundError():
            return "the hub does not have it"
        case LocalEntryNotFoundError() | ConnectionError() | TimeoutError():
            return "the hub cannot be reached"
        case OSError():
            return (error.strerror or type(error).__name__).lower()
        case _:
            return type(error).__name__


def _told(progress: Callable[[float], None]) -> Any:
    """A progress bar that draws nothing and tells how far the largest part is."""
    from tqdm.auto import tqdm

    class Told(tqdm):
        def __init__(self, *args: Any, **kwargs: Any) -> None:
            kwargs.pop("name", None)
            self._counts_bytes = kwargs.get("unit") == "B"
            super().__init__(*args, **{**kwargs, "disable": True})
            self._so_far = float(kwargs.get("initial") or 0)

        def update(self, n: float | None = 1) -> None:
            self._so_far += n or 0
            if self._counts_bytes and self.total:
                progress(min(self._so_far / self.total, 1.0))

    return Told


def _complete(folder: Path) -> Path:
    missing = next((name for name in _NEEDED if not (folder / name).is_file()), None)
    if missing is not None:
        raise IncompleteModel(folder, missing)
    return folder


def _unknown(model: str) -> NoSpeechModel:
    from faster_whisper.utils import available_models

    return UnknownSpeechModel(model, available_models())
