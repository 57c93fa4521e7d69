"""Listening noises: what shows attention without taking the floor."""

from __future__ import annotations

import re

_NOISE = (
    r"(?:m+|m+-?hm+|h+m+|uh|um|uh-?huh|a+h+|aha|oh+|yeah|yep|yup|yes|right|okay|ok|sure|exactly|absolutely"
    r"|definitely|totally|true|agreed|indeed|great|good|nice|cool|perfect|wow|(?:very |really )?interesting|really"
    r"|understood|gotcha|correct|alright|fine|fair(?: enough)?|i see|got it|(?:that )?makes sense|of course|for sure"
    r"|go on|no doubt|that['’]?s (?:right|true|fair))"
)
_ONLY_NOISE = re.compile(rf"\W*(?:{_NOISE}\W+){{0,3}}(?:{_NOISE}\W*)?", re.I)
_MOST_CHARACTERS = 80


def is_backchannel(text: str) -> bool:
    """Whether a whole utterance is a listening noise ("mm-hm", "right, okay", "I see"), so that it ends nobody's turn.

    An utterance without a word (a cough) is one too; a question never is.
    """
    return len(text) <= _MOST_CHARACTERS and "?" not in text and _ONLY_NOISE.fullmatch(text) is not None
