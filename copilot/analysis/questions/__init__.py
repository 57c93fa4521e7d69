"""Up to three questions worth asking next: one in front, two behind it, and no more often than a rep can bear."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator, Mapping, Sequence

from copilot.analysis.language.asking import asks
from copilot.analysis.language.backchannels import is_backchannel
from copilot.analysis.pitfalls.signs import Signs
from copilot.analysis.pitfalls.watching import kind_of
from copilot.analysis.questions.closing import asked_before, closings
from copilot.analysis.questions.map_openings import map_openings
from copilot.analysis.questions.opening import Key, Opening
from copilot.analysis.questions.talk_openings import talk_openings
from copilot.analysis.questions.worded import worded
from copilot.domain.call import Role
from copilot.domain.conversation import OTHER_STAGE
from copilot.domain.items import Item, Pitfall, Question, QuestionState
from copilot.domain.ops import CloseQuestion, SuggestQuestions
from copilot.domain.playbook import Playbook
from copilot.domain.state import CallState

QuestionPass = Callable[[CallState, int], Sequence[CloseQuestion | SuggestQuestions]]

MOST = 3
FRONT_STAYS_UTTERANCES = 4
FRONT_STAYS_S = 20.0
_BETTER_BY = 1.15  # how much better a new question must be to take the front
_STANDS_BEHIND = 1.1  # what a question behind it gains by standing there already
_FRESH, _SOON_GONE = 0.5, 0.85  # what has just come up is worth more for a few utterances
_MISSED, _SLOWLY_GONE = 0.3, 0.95  # and what was let pass is worth less for the rest of the call
_OLD = 0.45
_LEAST_SHARE = 0.15  # of the best; rather fewer questions than one for the sake of three


def question_pass(playbook: Playbook) -> QuestionPass:
    """A pass that closes what was asked or answered, and suggests anew when something was learnt."""
    signs = Signs(playbook)

    def run(state: CallState, i: int) -> Sequence[CloseQuestion | SuggestQuestions]:
        closed = tuple(closings(state, i))
        gone = {close.id for close in closed}
        standing = [question for question in state.questions if question.id not in gone]
        if not _may_change(state, i):
            return closed
        done = {q.key for q in state.closed_questions} | {q.key for q in state.questions if q.id in gone}
        open_now = {o.key: o for o in openings(state, i, playbook, signs) if o.key not in done}
        if not (closed or len(standing) < MOST or _learnt(state, i, open_now.values())):
            return closed
        ranked = _ranked(state, i, open_now, standing)
        return (*closed, SuggestQuestions(questions=tuple(_chosen(state, i, ranked, standing, playbook))))

    return run


def openings(state: CallState, i: int, playbook: Playbook, signs: Signs) -> list[Opening]:
    """All that could be asked after utterance `i`, the most worthwhile first."""
    kind = kind_of(state)
    found = [*map_openings(state, playbook, kind), *talk_openings(state, i, playbook, signs, kind)]
    return sorted(found, key=lambda opening: (-_worth(opening, i), opening.gap, opening.about or ""))


def _worth(opening: Opening, i: int) -> float:
    """Its weight, more while the talk has just made it worth closing, less as that fades."""
    if opening.at is None:
        return opening.weight
    age = max(0, i - opening.at)
    return opening.weight * (_OLD + _FRESH * _SOON_GONE**age + _MISSED * _SLOWLY_GONE**age)


def _may_change(state: CallState, i: int) -> bool:
    """Not within an answer, nor while one is awaited. What the rep says changes nothing unless it adds something."""
    newest = state.utterances[i]
    if newest.role is Role.REP and not state.questions and not state.closed_questions:
        return True  # the call has just begun, and nothing has been suggested yet
    if is_backchannel(newest.text) or asks(newest.text):
        return False
    return _adds(state, i) if newest.role is Role.REP else not _goes_on(newest.text)


def _learnt(state: CallState, i: int, open_now: Collection[Opening]) -> bool:
    """Whether the newest utterance adds something, opens something, or is the customer's and about a stage."""
    if _adds(state, i) or any(opening.at == i for opening in open_now):
        return True
    return state.utterances[i].role is not Role.REP and state.stage_of(i) not in (None, OTHER_STAGE)


def _adds(state: CallState, i: int) -> bool:
    """Whether the newest utterance supports an item or a pitfall."""
    found: list[Item | Pitfall] = [*state.outcomes.values(), *state.capabilities.values(), *state.metrics.values()]
    found.extend([*state.next_steps.values(), *state.pitfalls.values()])
    return any(e.utterance == i for item in found for e in item.evidence)


def _goes_on(text: str) -> bool:
    """A transcript with punctuation shows a sentence that is not finished."""
    said = text.rstrip(" \"”'’)")
    if said.endswith(("...", "…")):
        return True
    return bool(said) and (said[-1] in ",;:–—-" or (said[-1] not in ".?!" and any(mark in said for mark in ".?!")))


def _ranked(state: CallState, i: int, open_now: Mapping[Key, Opening], standing: Sequence[Question]) -> list[Opening]:
    """Best first: the one in front as long as it may stay, and those that stand before others as good."""
    stand = {question.key for question in standing}

    def worth(opening: Opening) -> float:
        return _worth(opening, i) * (_STANDS_BEHIND if opening.key in stand else 1.0)

    best_first = sorted(open_now.values(), key=worth, reverse=True)
    ranked = [opening for opening in best_first if worth(opening) >= worth(best_first[0]) * _LEAST_SHARE]
    front = next((open_now[question.key] for question in standing[:1] if question.key in open_now), None)
    if front is not None and ranked and not _gives_way(state, i, front, ranked[0], standing[0]):
        return [front, *(opening for opening in ranked if opening is not front)]
    return ranked


def _gives_way(state: CallState, i: int, front: Opening, best: Opening, question: Question) -> bool:
    """Whether the question in front has stood long enough, and another is clearly better.

    One that would fit any call gives way at once to one about what this customer has just said.
    """
    if question.state is QuestionState.PINNED:
        return False
    if front.at is None and best.at is not None:
        return _worth(best, i) > _worth(front, i)
    if i - question.after < FRONT_STAYS_UTTERANCES:
        return False
    since, now = state.utterances[question.after].end_s, state.utterances[i].end_s
    if since is not None and now is not None and now - since < FRONT_STAYS_S:
        return False
    return _worth(best, i) > _worth(front, i) * _BETTER_BY


def _chosen(
    state: CallState, i: int, ranked: Sequence[Opening], standing: Sequence[Question], playbook: Playbook
) -> Iterator[Question]:
    """The best of as many stages as there are places, in words; nothing that the rep has asked of late."""
    stand = {question.key for question in standing}
    taken: set[str] = set()
    for opening in ranked:
        if opening.stage in taken:
            continue
        question = worded(opening, state, playbook, kind_of(state))
        if question is None or (question.key not in stand and asked_before(state, i, question)):
            continue
        taken.add(opening.stage)
        yield question
        if len(taken) == MOST:
            return
