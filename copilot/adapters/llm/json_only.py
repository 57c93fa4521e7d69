"""Finds the JSON in what models write around it."""

from __future__ import annotations

_THOUGHT, _THOUGHT_OVER = "<think>", "</think>"


class JsonOnly:
    """Passes on one JSON object, piece by piece as it comes: no thoughts before it, no fence, nothing after it."""

    def __init__(self) -> None:
        self._before = ""
        self._depth = 0
        self._in_string = self._escaped = False
        self.begun = self.over = False

    def feed(self, piece: str) -> str:
        """As much of the object as this piece brings; "" where there is none."""
        if self.over:
            return ""
        if not self.begun:
            self._before += piece
            piece = self._from_the_brace()
        for place, character in enumerate(piece):
            if self._closes(character):
                self.over = True
                return piece[: place + 1]
        return piece

    def _from_the_brace(self) -> str:
        told = self._before.lstrip()
        if told.startswith(_THOUGHT):
            told = told.partition(_THOUGHT_OVER)[2]
        elif _THOUGHT.startswith(told):
            return ""  # a thought may be about to begin
        start = told.find("{")
        self.begun = start >= 0
        return told[start:] if self.begun else ""

    def _closes(self, character: str) -> bool:
        if self._escaped:
            self._escaped = False
        elif self._in_string:
            self._escaped = character == "\\"
            self._in_string = character != '"'
        elif character == '"':
            self._in_string = True
        elif character in "{[":
            self._depth += 1
        elif character in "}]":
            self._depth -= 1
            return self._depth == 0
        return False
