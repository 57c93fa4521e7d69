"""The separate questions within one stretch of speech, with or without the marks that a transcript may lack."""

from __future__ import annotations

import re

_SENTENCE = re.compile(r"[^.!?…\n]+[.!?…]*")
_INTERROGATIVE = r"(?:what|how|who|whom|whose|when|where|why|which)"
_AUXILIARY = (
    r"(?:do|does|did|is|are|was|were|will|would|can|could|should|have|has|had)"
    r"\s+(?:you|your|we|they|it|there|that|this|he|she|any|anyone|anybody|someone|somebody|the|those|these)"
)
_NEXT_QUESTION = re.compile(rf"(?:,\s*(?:and|or)?\s*|;\s*|\s(?:and|or)\s+)(?={_INTERROGATIVE}\b|{_AUXILIARY}\b)", re.I)
_LEAD_IN = r"(?:(?:so|and|but|okay|ok|well|now|then|right|great|thanks|thank you|also|um|uh)\b[\s,]*){0,4}"
_OPENS = re.compile(
    rf"\s*{_LEAD_IN}(?:{_INTERROGATIVE}\s+(?:\w+\s+){{0,3}}?(?:do|does|did|is|are|was|were|will|would|can|could|should"
    rf"|have|has|had|'s|’s)\b|{_INTERROGATIVE}['’]s\b|{_AUXILIARY}\b|(?:can|could|would)\s+you\b|walk me through\b)",
    re.I,
)
_TAG = re.compile(
    r",\s*(?:right|okay|ok|correct|yes|yeah|no|huh|eh|you know|(?:is|does|was|are|do)n['’]t \w+)\s*\?+$", re.I
)
_LEAST_WORDS = 3


def questions_in(text: str) -> tuple[str, ...]:
    """The questions asked in a text, in order, as verbatim slices of it.

    "Who owns it, and how often is it reported?" is two. Tags ("right?", "make sense?") are none. A sentence without a
    question mark counts where the text has no mark at all and the sentence begins as questions do.
    """
    marked = "?" in text
    found: list[str] = []
    for sentence in _SENTENCE.finditer(text):
        said = sentence.group().strip()
        asked = said.endswith("?") and not _TAG.search(said) if marked else _OPENS.match(said)
        if asked:
            found.extend(_separate(said))
    return tuple(found)


def asks(text: str) -> bool:
    """Whether the text asks anything."""
    return bool(questions_in(text))


def _separate(sentence: str) -> list[str]:
    cuts = [match.span() for match in _NEXT_QUESTION.finditer(sentence) if match.start() > 0]
    starts = [0, *(after for _, after in cuts)]
    ends = [*(before for before, _ in cuts), len(sentence)]
    pieces = [sentence[start:end].strip(" ,;") for start, end in zip(starts, ends, strict=True)]
    return [piece for piece in pieces if len(piece.split()) >= _LEAST_WORDS]
