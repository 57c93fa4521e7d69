"""The customer's explicit yes to what was said back, and what the customer takes back."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence

from copilot.analysis.extraction.matching import meant
from copilot.analysis.extraction.read_back import sums_up
from copilot.analysis.language.asking import asks
from copilot.analysis.language.lexicon import Lexicon
from copilot.analysis.language.turns import last_turn_before
from copilot.analysis.numbers import numbers_in
from copilot.domain.call import Role
from copilot.domain.items import Evidence, Item, ItemState, Metric, Outcome
from copilot.domain.ops import ConfirmItem, RetireItem, UpdateItem
from copilot.domain.state import CallState

AgreementOp = ConfirmItem | RetireItem | UpdateItem
AgreementPass = Callable[[CallState, int], Sequence[AgreementOp]]

_YES = re.compile(
    r"^\W*(?:(?:um+|uh+|oh|ah|no|ha|well|okay|ok|mm)\b[\s,.]*)*+(?:yes|yeah|yep|yup|exactly|correct|precisely|absolutely"
    r"|spot on|bang on|agreed|perfect|(?:that|this)['’]s (?:it|us|right|correct|exactly|the one|what|fair|about right"
    r"|all of it|everything)|that (?:is|sounds|looks) (?:right|correct|it)|that holds|it holds|sounds (?:right|good)"
    r"|nothing to add|you(?:['’]ve)? got it|couldn['’]t have)\b",
    re.I,
)
_THOUGH = re.compile(
    r"\b(?:but|except|although|however|not quite|not exactly|not really|almost|apart from|one thing|wait|only that)\b",
    re.I,
)
_TAKES_BACK = re.compile(
    r"\b(?:forget(?: about)?|(?<!our )(?<!the )(?<!less )(?<!of )scrap(?! (?:rate|metal|costs?|is|and)\b)|scratch|drop"
    r"|never mind|leave out|take out|we don['’]t (?:really |actually )?need"
    r"|i don['’]t (?:really |actually )?need|we no longer need|we won['’]t need)\s+(?P<what>\w[^.,;!?]{1,60})",
    re.I,
)
_NOT_WANTED = re.compile(
    r"^\W*+(?:no,?\s+)?(?:well,?\s+)?(?P<what>\w[^.,;!?]{2,50}?)\s+(?:is|are|isn['’]t|aren['’]t)\s*(?:not"
    r"|n['’]t)?\s*(?:really |actually )?(?:a priority|on (?:my|our|the) list|needed any ?more|important to us"
    r"|what we(?:['’]re| are) after)\b",
    re.I,
)
_NEGATION = re.compile(r"\b(?:not|no longer)\b|n['’]t\b", re.I)
_REACH = 2
_SAME = 0.5
_TAKEN_BACK = "the customer took it back"


def agreement_pass(lexicon: Lexicon) -> AgreementPass:
    """A pass that confirms and retires items on the customer's word. A speaker of no known side can do neither."""

    def run(state: CallState, i: int) -> Sequence[AgreementOp]:
        utterance = state.utterances[i]
        if utterance.role is not Role.CUSTOMER:
            return ()
        if agrees(utterance.text):
            quote = utterance.text.strip()
            said_back = _said_back(state, i, lexicon)
            return tuple(ConfirmItem(id=item.id, evidence=(Evidence(utterance=i, quote=quote),)) for item in said_back)
        taken_up = _taken_up(state, i)
        if taken_up:
            return taken_up
        return tuple(RetireItem(id=item.id, reason=_TAKEN_BACK) for item in _taken_back(state, utterance.text))

    return run


def agrees(text: str) -> bool:
    """Whether somebody who answers this says yes without reserve, before anything else."""
    return bool(_YES.match(text)) and not _THOUGH.search(text) and not asks(text)


def _said_back(state: CallState, i: int, lexicon: Lexicon) -> list[Item]:
    """What stands on the rep's words that the customer answers, if these summed up."""
    turn = last_turn_before(state.utterances, i, Role.REP)
    if not turn or not any(sums_up(state, k, lexicon) for k in turn):
        return []
    return [item for item in _map_of(state) if item.stands and set(item.utterances) & set(turn)]


def _taken_up(state: CallState, i: int) -> tuple[UpdateItem, ...]:
    """The customer repeats a figure that so far only the rep has said."""
    text = state.utterances[i].text
    known: list[Outcome | Metric] = [*state.outcomes.values(), *state.metrics.values()]
    proposed = [item for item in known if item.state is ItemState.PROPOSED and i - _REACH <= item.utterances[-1] < i]
    said = numbers_in(text) if proposed else frozenset()
    evidence = (Evidence(utterance=i, quote=text.strip()),)
    return tuple(UpdateItem(id=item.id, evidence=evidence) for item in proposed if said & _figures(item))


def _figures(item: Outcome | Metric) -> frozenset[float]:
    return numbers_in(item.text if isinstance(item, Outcome) else item.target or "")


def _taken_back(state: CallState, text: str) -> Iterator[Item]:
    whats = [m["what"] for m in _TAKES_BACK.finditer(text)]
    whats.extend(m["what"] for m in _NOT_WANTED.finditer(text) if _NEGATION.search(m.group()))
    taken: set[str] = set()
    for what in whats:
        for item in meant(_map_of(state), what, least=_SAME)[:1]:
            if item.id not in taken:
                taken.add(item.id)
                yield item


def _map_of(state: CallState) -> list[Item]:
    return [*state.outcomes.values(), *state.capabilities.values(), *state.metrics.values()]
