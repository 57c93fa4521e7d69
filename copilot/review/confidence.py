"""What somebody said in confidence, and so is not put in writing."""

from __future__ import annotations

import re
from collections.abc import Sequence

from copilot.domain.call import Utterance

_IN_CONFIDENCE = re.compile(
    r"\b(?:off the record|(?:strictly |just |only )?between (?:you and me|us two|the two of us|ourselves|us)\b(?! and)"
    r"|(?:don['’]?t|do not|please don['’]?t|not to) (?:quote me|(?:write|put|note) (?:that|this|it) down"
    r"|(?:repeat|share|forward) (?:that|this|it))"
    r"|keep (?:that|this|it) (?:to yourself|between|confidential|private|quiet)|in (?:strict )?confidence"
    r"|(?:that|this|it)(?:['’]s| is) (?:strictly )?confidential|shouldn['’]?t (?:be|really be) (?:saying|telling you))",
    re.I,
)


def in_confidence(utterances: Sequence[Utterance]) -> frozenset[int]:
    """Indexes of what was said in confidence: where somebody asks for it, and that speaker's words on either side.

    A request may come before what it is about ("off the record, …") or after it ("… but don't quote me on that").
    """
    private: set[int] = set()
    for utterance in utterances:
        if not _IN_CONFIDENCE.search(utterance.text):
            continue
        private.add(utterance.i)
        for near in (utterance.i - 1, utterance.i + 1):
            if 0 <= near < len(utterances) and utterances[near].speaker == utterance.speaker:
                private.add(near)
    return frozenset(private)
