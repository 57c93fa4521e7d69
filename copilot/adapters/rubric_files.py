"""The playbook's files as somebody who edits them sees them: what is in use, its text, and what a change would make."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path

from copilot.adapters.playbooks import part_files, playbook_of
from copilot.adapters.yaml_lines import document_of, read_document
from copilot.domain.playbook import Playbook
from copilot.errors import BrokenPlaybook
from copilot.ports import RubricFile


class RubricFiles:
    """`own` is a company's folder, which goes before the bundled one; None: the bundled files alone."""

    def __init__(self, own: Path | None, bundled: Path, pins: Mapping[str, int]) -> None:
        self._own = own
        self._bundled = bundled
        self._pins = pins

    def in_use(self) -> Sequence[RubricFile]:
        return [self._shown(part, file) for part, file in self._files().items()]

    def text(self, part: str) -> str:
        return self._files()[part].read_text(encoding="utf-8-sig")

    def with_part(self, part: str, text: str) -> Playbook:
        documents = {name: read_document(file) for name, file in self._files().items()}
        documents[part] = document_of(text, file=f"{part}/{_name(text, documents[part].file)}")
        return playbook_of(documents)

    def _files(self) -> Mapping[str, Path]:
        if self._own is None:
            return part_files(self._bundled, pins=self._pins)
        return part_files(self._own, fallback=self._bundled, pins=self._pins)

    def _shown(self, part: str, file: Path) -> RubricFile:
        is_own = self._own is not None and file.is_relative_to(self._own)
        return RubricFile(part=part, version=int(file.stem[1:]), file=str(file), is_own=is_own)


def _name(text: str, present: str) -> str:
    """What the file is to be called: by the version that it gives itself, else as it is now."""
    try:
        data = document_of(text, file=present).data
    except BrokenPlaybook:
        data = None
    version = data.get("version") if isinstance(data, dict) else None
    return f"v{version}.yaml" if type(version) is int and version > 0 else Path(present).name
