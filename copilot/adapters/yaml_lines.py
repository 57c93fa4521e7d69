"""YAML as plain data that remembers its lines.

Only what rubric files need: mappings with unique text keys, lists, text, numbers, true, false, null. `yes` and `no` are
words, as in YAML 1.2. Aliases and tags are refused: a small file cannot grow large, and nothing is ever executed.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import yaml

from copilot.errors import BrokenPlaybook

Steps = Sequence[str | int]

_LOADER = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
_CONSTANTS: dict[str, object] = {"": None, "~": None, "null": None, "true": True, "false": False}
_INTEGER = re.compile(r"[-+]?[0-9]+")
_FLOAT = re.compile(r"[-+]?(?:[0-9]+\.[0-9]*|\.?[0-9]+)(?:[eE][-+]?[0-9]+)?")
_DEEPEST = 20


@dataclass(frozen=True)
class Document:
    """A file's data, and where each part of it stands."""

    file: str
    data: object
    root: yaml.Node | None

    def line(self, path: Steps) -> int:
        """The line, counted from 1, of the deepest part of the path that is there; of its key where it has one."""
        line, node = 1, self.root
        for step in path:
            found = _child(node, step)
            if found is None:
                continue  # which of several shapes was meant, or what is missing: neither is a place in the file
            mark, node = found
            line = mark.start_mark.line + 1
        return line


def read_document(path: Path) -> Document:
    """Raises BrokenPlaybook for a file that cannot be read, is not UTF-8, or is no YAML of the kind described above."""
    file = str(path)
    try:
        text = path.read_text(encoding="utf-8-sig")
    except OSError as error:
        raise BrokenPlaybook(file, None, f"cannot be read ({error.strerror})", "make it readable") from error
    except UnicodeDecodeError as error:
        line = error.object.count(b"\n", 0, error.start) + 1
        raise BrokenPlaybook(file, line, "is not UTF-8", "save it as UTF-8") from error
    return document_of(text, file=file)


def document_of(text: str, *, file: str) -> Document:
    """The same for text that is, or might become, the content of `file`."""
    try:
        root = yaml.compose(text, Loader=_LOADER)
    except yaml.MarkedYAMLError as error:
        mark = error.problem_mark or error.context_mark
        problem = f"is no valid YAML ({error.problem or error.context})"
        raise BrokenPlaybook(file, mark.line + 1 if mark else None, problem, "correct the syntax") from error
    except yaml.YAMLError as error:
        raise BrokenPlaybook(file, None, "is no valid YAML (unusable characters)", "remove them") from error
    except RecursionError as error:
        raise BrokenPlaybook(file, None, "is nested too deeply", "flatten it") from error
    return Document(file, None if root is None else _Constructor(file).data(root, 0), root)


class _Constructor:
    def __init__(self, file: str) -> None:
        self._file = file
        self._seen: set[int] = set()

    def data(self, node: yaml.Node, depth: int) -> object:
        if depth > _DEEPEST:
            raise self._broken(node, "is nested too deeply", "flatten it")
        if id(node) in self._seen:
            raise self._broken(node, "uses an alias", "write the value out where it is meant")
        if not node.tag.startswith("tag:yaml.org,2002:") or node.tag.partition("2002:")[2] not in _PLAIN_TAGS:
            raise self._broken(node, f"uses the tag {node.tag!r}", "write plain values")
        self._seen.add(id(node))
        if isinstance(node, yaml.MappingNode):
            return self._mapping(node, depth)
        if isinstance(node, yaml.SequenceNode):
            return [self.data(child, depth + 1) for child in node.value]
        return _scalar(node) if isinstance(node, yaml.ScalarNode) else None

    def _mapping(self, node: yaml.MappingNode, depth: int) -> dict[str, object]:
        data: dict[str, object] = {}
        for key, value in node.value:
            if not isinstance(key, yaml.ScalarNode):
                raise self._broken(key, "has a key that is no text", "write a name before the colon")
            if key.value in data:
                raise self._broken(key, f"has {key.value!r} twice", "keep one of them")
            data[key.value] = self.data(value, depth + 1)
        return data

    def _broken(self, node: yaml.Node, problem: str, remedy: str) -> BrokenPlaybook:
        return BrokenPlaybook(self._file, node.start_mark.line + 1, problem, remedy)


_PLAIN_TAGS = frozenset({"map", "seq", "str", "int", "float", "bool", "null", "timestamp", "value", "merge"})


def _scalar(node: yaml.ScalarNode) -> object:
    text: str = node.value
    if node.style:  # quoted or a block; plain is None here, "" from the C parser
        return text
    if text.lower() in _CONSTANTS:
        return _CONSTANTS[text.lower()]
    if _INTEGER.fullmatch(text):
        return int(text)
    return float(text) if _FLOAT.fullmatch(text) else text


def _child(node: yaml.Node | None, step: str | int) -> tuple[yaml.Node, yaml.Node] | None:
    """What marks the child's place, and the child."""
    if isinstance(node, yaml.MappingNode):
        return next(((key, value) for key, value in node.value if key.value == str(step)), None)
    if isinstance(node, yaml.SequenceNode) and isinstance(step, int) and step < len(node.value):
        return node.value[step], node.value[step]
    return None
