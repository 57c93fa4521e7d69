"""Which words of a review tell what has come about, and which wish for what is still to come: these alone promise."""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import Protocol

from copilot.analysis.language.clauses import sentences
from copilot.analysis.numbers import numbers_in
from copilot.domain.call import CallKind
from copilot.domain.items import Item, Metric
from copilot.review.ledger.told import Mention

_STILL_TO_COME = re.compile(
    r"\b(?:wants?|wanna|needs?|should|must(?:n['’]t)?|gotta|ha(?:s|ve|ve got|s got) to|goals?|targets?|aims?|aiming"
    r"|hop(?:e|es|ing)|would|will|won['’]t|gonna|going to|trying to|looking to|plan(?:s|ning)? to|let['’]s|promise"
    r"|next (?:quarter|year|month|half|season|spring|summer|autumn|winter|review)"
    r"|by (?:the end|q[1-4]|next|christmas|easter|summer|(?:january|february|march|april|may|june|july|august"
    r"|september|october|november|december)\b))\b|['’](?:ll|d (?:like|love|want|need|take|rather|prefer|be))\b",
    re.I,
)


class Mentioned(Protocol):
    @property
    def mention(self) -> Mention: ...

    @property
    def item(self) -> Item: ...


def is_result(one: Mentioned) -> bool:
    """Whether a review tells it as what has come about. On other calls nothing is a result: they say what is wanted."""
    return one.mention.kind is CallKind.QBR and not any(_STILL_TO_COME.search(said) for said in _about(one))


def _about(one: Mentioned) -> Iterable[str]:
    """The sentences that hold one of its figures; where none does, all that the customer said of it."""
    said = [(quote, clause.said) for quote in one.mention.quotes for clause in sentences(quote.quote)]
    figures = numbers_in(_words(one.item))
    with_figures = [sentence for _, sentence in said if figures & numbers_in(sentence)]
    return with_figures or [sentence for quote, sentence in said if not quote.claimed] or [s for _, s in said]


def _words(item: Item) -> str:
    """What stands for where it has got to, or is to get."""
    return item.target or item.text if isinstance(item, Metric) else item.text
