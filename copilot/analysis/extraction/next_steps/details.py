"""Who does a next step, and by when, in the words that the reader hears say so, where nothing else has."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping, Sequence

from copilot.analysis.extraction.matching import latest
from copilot.analysis.extraction.metrics.values import owner_named
from copilot.analysis.extraction.phrases import names_of
from copilot.analysis.extraction.word_runs import MARKS, Said, word_runs
from copilot.analysis.language.clauses import sentence_at
from copilot.analysis.language.dialogue import same_side
from copilot.analysis.reader import Impressions
from copilot.domain.call import Utterance
from copilot.domain.impressions import Part
from copilot.domain.items import Evidence, NextStep
from copilot.domain.ops import UpdateItem
from copilot.domain.state import CallState

StepPass = Callable[[CallState, int], Sequence[UpdateItem]]

_LEAST = {Part.DUE: 0.5, Part.STEP_OWNER: 0.4}
_REACH = 2  # utterances after a step in which its day may still be told
_LED_BY = re.compile(r"^(?:by|on|at|in|for|until|till|no later than|due)\s+", re.I)
_SPEAKER = re.compile(r"(?:i|we|me|let me|my|mine|us|let us)(?:['’]\w+)?\b", re.I)
_OTHER_SIDE = re.compile(r"(?:can |could |will |would )?(?:you|your)(?:['’]\w+)?\b", re.I)


def step_pass(impressions: Impressions) -> StepPass:
    """A pass that fills in who and when of the steps that the newest utterance speaks of."""

    def run(state: CallState, i: int) -> Sequence[UpdateItem]:
        parts = impressions.of(state, i).parts
        return tuple(op for step in _spoken_of(state, i) for op in _filled(state, i, step, parts))

    return run


def _spoken_of(state: CallState, i: int) -> list[NextStep]:
    here = [step for step in state.next_steps.values() if step.stands and i in step.utterances]
    last = None if here else latest(state.next_steps.values(), i, reach=_REACH)
    return here if last is None else [last]


def _filled(state: CallState, i: int, step: NextStep, parts: Mapping[Part, Sequence[float]]) -> Iterator[UpdateItem]:
    text = state.utterances[i].text
    told: dict[str, Said] = {}
    due = _nearest(text, step, i, parts, Part.DUE)
    if step.due is None and due is not None:
        told["due"] = due._replace(words=_LED_BY.sub("", due.words.strip(MARKS)))
    owner = _nearest(text, step, i, parts, Part.STEP_OWNER) if i in step.utterances else None
    if step.owner is None and owner is not None and (name := _named(state, state.utterances[i], owner)):
        told["owner"] = owner._replace(words=name)
    for field, said in told.items():
        quote = sentence_at(text, said.start).said
        yield UpdateItem.model_validate(
            {"id": step.id, "evidence": (Evidence(utterance=i, quote=quote),), field: said.words}
        )


def _nearest(text: str, step: NextStep, i: int, parts: Mapping[Part, Sequence[float]], part: Part) -> Said | None:
    """The words that say it nearest to the step's own; anywhere, where the step is not told in this utterance."""
    place = min((text.find(e.quote) for e in step.evidence if e.utterance == i), default=0)
    return min(word_runs(text, parts[part], _LEAST[part]), key=lambda said: abs(said.start - place), default=None)


def _named(state: CallState, utterance: Utterance, said: Said) -> str:
    """Who is meant: the speaker by "I", the only one of the other side by "you", and somebody by name.

    Who asks whether "we" could do something has not taken it on.
    """
    asks = sentence_at(utterance.text, said.start).said.rstrip().endswith("?")
    words = said.words.strip(MARKS)
    if _SPEAKER.match(words):
        return "" if asks else utterance.speaker or ""
    if _OTHER_SIDE.match(words):
        others = {u.speaker for u in state.utterances if u.speaker and not same_side(u, utterance)}
        return others.pop() if len(others) == 1 else ""
    name = owner_named(words)
    return name if name[:1].isupper() or name in names_of(state) else ""
