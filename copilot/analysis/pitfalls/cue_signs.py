"""What tells that a cue was passed over: how the customer put it, how the rep replied, and what was said to that."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from copilot.analysis.language.asking import asks, questions_in
from copilot.analysis.language.words import content_words
from copilot.analysis.numbers import find_quantities, numbers_in
from copilot.analysis.pitfalls import ways_to_reply as ways
from copilot.analysis.pitfalls.signs import Signs, figures_in
from copilot.domain.call import Role
from copilot.domain.state import CallState

_UTTERANCES_OF_A_CUE = 3
_OPENING_WORDS = 14  # a rep who takes something up does so at once; "that" much later points to something else
_COURTESY_WORDS = 8  # of a reply that may be mere courtesy
_SHORT = 10  # words
_LONG = 60  # words
_A_MOMENT = 6  # utterances
_STACKED = 3  # questions


def cue_signs(state: CallState, turn: Sequence[int], heard: Sequence[int], signs: Signs) -> dict[str, float]:
    """The signs that there was a cue in what was heard, and that the rep's turn speaks of something else."""
    cue = heard[-_UTTERANCES_OF_A_CUE:]
    said, reply = _joined(state, cue), _joined(state, turn)
    stages = {state.stage_of(k) for k in cue}
    return {
        "any": 1.0,
        **_of_the_cue(said, stages, signs),
        "answer to a question": float(heard[0] > 0 and asks(state.utterances[heard[0] - 1].text)),
        **_of_the_reply(reply, signs),
        **_in_common(said, reply),
        "figure of late": float(bool(_figures_of_late(state, turn[0]) & numbers_in(reply))),
        "same stage": float(state.stage_of(turn[-1]) in stages),
        f"reply about {state.stage_of(turn[-1])}": 1.0,
    }


def protests(text: str) -> bool:
    """Whether somebody says that they were not listened to."""
    return bool(ways.PROTEST.search(_opening(text, 25)))


def _of_the_cue(said: str, stages: set[str | None], signs: Signs) -> Mapping[str, float]:
    pains = len(signs.find("pain", said)) + len(signs.find("feelings", said))
    return {
        "pain told": float("negative_consequences" in stages),
        "outcome told": float("positive_business_outcomes" in stages),
        "work told": float("before_scenario" in stages),
        "nothing told": float(stages <= {"other", None}),
        "words of pain": min(pains, 2) / 2,
        "words of loss": min(len(ways.LOSS.findall(said)), 3) / 3,
        "figures": min(len(figures_in(said)), 3) / 3,
        "of theirs": float(bool(ways.OF_OURS.search(said))),
        "short cue": float(len(said.split()) < _SHORT),
    }


def _of_the_reply(reply: str, signs: Signs) -> Mapping[str, float]:
    courtesy, turns = bool(ways.COURTESY.search(reply)), bool(ways.TURNS_TO.search(reply))
    opening = ways.BRUSHED_OFF.sub(" ", _opening(reply, _OPENING_WORDS))
    questions = questions_in(reply)
    return {
        "courtesy": float(courtesy),
        "courtesy and a turn": float(courtesy and turns),
        "moves on": float(bool(ways.MOVES_ON.search(reply)) or signs.has("topic_change", reply)),
        "what is offered": float(bool(ways.OFFERS.search(reply))),
        "put off": float(bool(ways.PUTS_OFF.search(reply))),
        "points back": float(bool(ways.POINTS_BACK.search(opening))),
        "says it again": float(signs.has("restatement", reply)),
        "asks": float(bool(questions)),
        "asks many things": float(len(questions) >= _STACKED),
        "short reply": float(len(reply.split()) < _SHORT),
        "length": min(len(reply.split()), _LONG) / _LONG,
    }


def _in_common(said: str, reply: str) -> Mapping[str, float]:
    shared = _words(said) & _words(reply)
    later = " ".join(reply.split()[_COURTESY_WORDS:])
    return {
        "words in common": min(len(shared), 3) / 3,
        "nothing in common": float(not shared),
        "in common after the courtesy": float(bool(_words(said) & _words(later))),
        "asks about it": float(bool(shared) and asks(reply)),
        "figure in common": float(bool(numbers_in(said) & numbers_in(reply))),
    }


def _figures_of_late(state: CallState, before: int) -> frozenset[float]:
    """What the customer has counted a moment ago: a rep who comes back to it has listened."""
    lately = state.utterances[max(0, before - _A_MOMENT) : before]
    return frozenset[float]().union(*(numbers_in(u.text) for u in lately if u.role is not Role.REP))


def _words(text: str) -> frozenset[str]:
    """Content words; figures are left out, since two people who both say "per cent" need not speak of the same."""
    for quantity in reversed(find_quantities(text)):
        text = text[: quantity.start] + text[quantity.end :]
    return content_words(text)


def _opening(text: str, words: int) -> str:
    return " ".join(text.split()[:words])


def _joined(state: CallState, places: Sequence[int]) -> str:
    return " ".join(state.utterances[k].text for k in places)
