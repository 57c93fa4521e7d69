"""One thing that could be asked about."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field

from copilot.analysis.pitfalls.signs import Span, quote_around
from copilot.domain.call import CallKind
from copilot.domain.conversation import OTHER_STAGE
from copilot.domain.gap_questions import Gap
from copilot.domain.items import Evidence
from copilot.domain.playbook import Playbook
from copilot.domain.state import CallState

Key = tuple[str, str | None]


@dataclass(frozen=True, slots=True)
class Opening:
    """A gap at this point of the call. `gap` and `about` are its identity, as a question's are.

    `at` is the utterance that made it worth closing; None where it has been open all along. `values` fill the question,
    `why_values` its ground; both are empty where it is about an item: its words are looked up once they are wanted.
    `weight` is the playbook's for the kind of call, before how fresh it is.
    """

    gap: str
    about: str | None
    stage: str
    weight: float
    at: int | None = None
    evidence: tuple[Evidence, ...] = ()
    values: Mapping[str, str] = field(default_factory=dict)
    why_values: Mapping[str, str] = field(default_factory=dict)

    @property
    def key(self) -> Key:
        return (self.gap, self.about)


def about_said(
    state: CallState,
    gap: Gap,
    k: int,
    span: Span,
    playbook: Playbook,
    kind: CallKind,
    values: Mapping[str, str],
    known_since: int | None = None,
) -> Iterator[Opening]:
    """An opening about what was said at utterance `k`; it is known by where its telling began."""
    rule = playbook.gap_questions(gap)
    if rule.weight_in(kind) == 0:
        return
    utterance = state.utterances[k]
    quote = quote_around(utterance.text, span)
    yield Opening(
        gap=gap.value,
        about=state.utterances[k if known_since is None else known_since].id,
        stage=rule.stage or OTHER_STAGE,
        weight=rule.weight_in(kind),
        at=k,
        evidence=(Evidence(utterance=k, quote=quote),),
        values=values,
        why_values=values,
    )
