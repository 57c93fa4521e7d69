"""A reply read while it is still being written: every op as soon as its last brace has come."""

from __future__ import annotations

import json
from typing import Any, get_args

from pydantic import ValidationError

from copilot.analysis.deep.reply import LiveReply, WireOp, WireSentence, WrapUpReply

MOST_CHARACTERS = 100_000  # of a reply; what is longer is no patch
MOST_PARTS = 120  # ops and sentences
_DEEPEST = 12  # brackets within brackets
_PAIRS = {"}": "{", "]": "["}

Part = WireOp | WireSentence


class ReplyReader:
    """Takes a reply in pieces of any length; gives its ops and sentences in order, each once, as soon as it closes.

    Guaranteed: it never raises; how the text is cut into pieces makes no difference; what was complete before a reply
    breaks off or turns into nonsense is kept; a part without its shape is skipped and counted in `malformed`;
    beyond `MOST_CHARACTERS` or `MOST_PARTS` nothing more is read, and `overlong` says so. Some providers enforce no
    schema, so words around the JSON, a code fence, a field that is missing (null is meant), one that is unknown, and a
    bare list of ops are put up with. A reader is for one reply.
    """

    def __init__(self, reply: type[LiveReply] | type[WrapUpReply]) -> None:
        self.malformed = 0
        self.overlong = False
        self.complete = False  # whether the reply came to its proper end
        self._lists: dict[str, type[Part]] = {
            name: get_args(field.annotation)[0] for name, field in reply.model_fields.items()
        }
        self._open: list[str] = []
        self._list: str | None = None  # the list of the reply's that is being read
        self._begun = False  # whether there was one within the outermost brackets
        self._part: list[str] | None = None  # the letters of the part that is being written
        self._string: list[str] | None = None
        self._escaped = False
        self._key = ""  # the string read last, outside of parts
        self._broken = False
        self._characters = self._parts = 0

    def feed(self, piece: str) -> list[Part]:
        """The parts that this piece completes, most often none."""
        found: list[Part] = []
        for letter in piece:
            if self.complete or self.overlong or self._broken:
                break
            self._characters += 1
            self.overlong = self._characters > MOST_CHARACTERS
            part = self._read(letter)
            if part is not None:
                found.append(part)
        return found

    def _read(self, letter: str) -> Part | None:
        if self._part is not None:
            self._part.append(letter)
        if self._string is not None:
            self._read_string(letter, self._string)
        elif letter == '"' and self._open:
            self._string = []
        elif letter in "{[":
            self._begin(letter)
        elif letter in _PAIRS and self._open:
            return self._end(letter)
        return None

    def _read_string(self, letter: str, string: list[str]) -> None:
        if letter == '"' and not self._escaped:
            self._string = None
            if self._part is None:
                self._key = "".join(string)
            return
        self._escaped = letter == "\\" and not self._escaped
        if self._part is None:
            string.append(letter)

    def _begin(self, bracket: str) -> None:
        if bracket == "[" and self._open in ([], ["{"]):
            named = self._key if self._open else next(iter(self._lists))
            self._list = named if named in self._lists else None
            self._begun = self._begun or self._list is not None
        elif bracket == "{" and self._list is not None and self._open in (["["], ["{", "["]):
            self._part = [bracket]
        self._open.append(bracket)
        self._broken = len(self._open) > _DEEPEST

    def _end(self, bracket: str) -> Part | None:
        if self._open.pop() != _PAIRS[bracket]:
            self._broken = True
            return None
        if self._part is not None and self._open in (["["], ["{", "["]):
            text, self._part = "".join(self._part), None
            return self._shaped(text)
        if not self._open:
            self.complete = self._begun and (bracket == "}" or self._parts > 0)
            self._list, self._begun = None, False  # brackets in words before the reply were not the reply
        return None

    def _shaped(self, text: str) -> Part | None:
        self._parts += 1
        self.overlong = self._parts > MOST_PARTS
        shape = self._lists[self._list or ""]
        try:
            given: Any = json.loads(text)
            return shape.model_validate({name: given.get(name) for name in shape.model_fields})
        except (ValueError, ValidationError, RecursionError):
            self.malformed += 1
            return None
