"""The separate questions within one stretch of speech, with or without the marks that a transcript may lack."""

from __future__ import annotations

import re
from functools import lru_cache

_SENTENCE = re.compile(r"[^.!?…\n]+[.!?…]*")
_INTERROGATIVE = r"(?:what|how|who|whom|whose|when|where|why|which)"
_SUBJECT = (
    r"(?:you|y['’]?all|your|we|our|they|their|it|its|there|that|this|he|she|his|her|i|my|any|anyone|anybody|someone|somebody|everything|anything|something|the"
    r"|those|these|everyone|everybody|people)"
)
_VERB = r"(?:do|does|did|is|are|was|were|will|would|can|could|should|have|has|had|shall|may)"
_AUXILIARY = rf"(?:{_VERB}\s+{_SUBJECT})"
_NEXT_QUESTION = re.compile(
    rf"(?:,\s*(?:and\s+)?|;\s*(?:and\s+)?|\sand\s+)(?:(?:also|like|then|um|uh|er)\s+){{0,2}}"
    rf"(?={_INTERROGATIVE}(?:['’]s)?\b|{_AUXILIARY}\b)",
    re.I,
)
_LEAD_IN = (
    r"(?:(?:so|and|but|okay|ok|well|now|then|right|great|good|thanks|thank you|also|um|uh|er|oh|like|yeah|yes|no|wow)\b"
    r"[\s,.…]*){0,6}"
)
_OPENS = re.compile(
    rf"\s*{_LEAD_IN}(?:{_INTERROGATIVE}['’]s\b|{_INTERROGATIVE}\s+(?!{_SUBJECT}\b)(?:[\w'’-]+\s+){{0,3}}?{_AUXILIARY}\b"
    rf"|(?:what|how|who|whose|why)\s+(?:is|are|was|were|will|would|can|could|should)\s+\w"
    rf"|who\s+(?:else\s+)?(?:owns|does|decides|signs|has|gets|makes|runs|reports)\b|what\s+(?:happens|happened|changed|matters)\b"
    rf"|{_AUXILIARY}\b|(?:walk|talk)\s+me\s+through\b)",
    re.I,
)
_NO_QUESTION = re.compile(
    # "when you develop websites", "what that means is", "which is a pity": clauses that only begin as questions do
    rf"\s*{_LEAD_IN}(?:{_INTERROGATIVE}\s+{_SUBJECT}\s+(?!['’])|which\s+(?:is|are|was|were|means|makes)\s|what\s+is,)",
    re.I,
)
_BEGINS = re.compile(rf"\s*{_LEAD_IN}(?:{_INTERROGATIVE}\b|{_AUXILIARY}\b)", re.I)
_TAG = re.compile(
    r",\s*(?:right|okay|ok|correct|yes|yeah|no|huh|eh|you know|(?:is|does|was|are|do)n['’]t \w+)\s*\?+$", re.I
)
_LEAST_WORDS = 3


@lru_cache(maxsize=4096)
def questions_in(text: str) -> tuple[str, ...]:
    """The questions asked in a text, in order, as verbatim slices of it.

    "Who owns it, and how often is it reported?" is two. Tags ("right?", "make sense?") are none. A sentence without a
    question mark counts where the text has no mark at all and the sentence begins as questions do.
    """
    marked = "?" in text
    found: list[str] = []
    for sentence in _SENTENCE.finditer(text):
        said = sentence.group().strip()
        by_form = _OPENS.match(said) and not _NO_QUESTION.match(said)
        if (said.endswith("?") and not _TAG.search(said)) if marked else by_form:
            found.extend(_separate(said))
    return tuple(found)


def asks(text: str) -> bool:
    """Whether the text asks anything."""
    return bool(questions_in(text))


def _separate(sentence: str) -> list[str]:
    """The parts that are questions themselves; the whole sentence where none is by its form."""
    cuts = [match.span() for match in _NEXT_QUESTION.finditer(sentence) if match.start() > 0]
    starts = [0, *(after for _, after in cuts)]
    ends = [*(before for before, _ in cuts), len(sentence)]
    pieces = [sentence[start:end].strip(" ,;") for start, end in zip(starts, ends, strict=True)]
    asked = [piece for piece in pieces if _BEGINS.match(piece) and not _NO_QUESTION.match(piece)]
    return [piece for piece in asked or [sentence] if len(piece.split()) >= _LEAST_WORDS]
