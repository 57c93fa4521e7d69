"""When a question is settled: it was asked in the talk, or answered without being asked."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Set

from copilot.analysis.coverage import UNTOUCHED
from copilot.analysis.language.asking import questions_in
from copilot.analysis.language.words import containment, content_words
from copilot.analysis.pitfalls.watching import kind_of
from copilot.analysis.questions.map_openings import holes, is_about_items
from copilot.analysis.questions.talk_openings import STAGE_THIN, sized_since
from copilot.domain.call import Role
from copilot.domain.gap_questions import Gap
from copilot.domain.items import Question
from copilot.domain.ops import CloseQuestion
from copilot.domain.state import CallState

_SAME_QUESTION = 0.75  # of the content words of the shorter
_LEAST_WORDS_ALIKE = 3
_LEANS = 1  # content words; a question of no more leans on what was just said

_ASKS_ABOUT: Mapping[str, re.Pattern[str]] = {
    gap.value: re.compile(rf"\b(?:{pattern})\b", re.I)
    for gap, pattern in {
        Gap.OUTCOME_WITHOUT_METRIC: (
            r"measur\w+|metrics?|know|figures?|numbers?|how (?:much|far|many)|track\w*|kpis?|yardstick|count\w*"
            r"|tell (?:it|that|if|whether)|see (?:it|that|whether)|success\w*"
        ),
        Gap.OUTCOME_WITHOUT_CAPABILITY: (
            r"need\w*|in place|requir\w+|must|able to|keep(?:s|ing)? you|stop(?:s|ping)? you|prevent\w*|missing"
            r"|block\w*"
            r"|take to|would it take|in the way|(?:has|have|had) to be (?:there|in)"
        ),
        Gap.OUTCOME_UNRANKED: r"first|rank|most|priorit\w+|important|only one|which of (?:these|those|them)",
        Gap.METRIC_WITHOUT_BASELINE: (
            r"today|currently|right now|baseline|at the moment|stands? (?:now|today)|these days|how (?:many"
            r"|much|long)"
        ),
        Gap.METRIC_WITHOUT_TARGET: (
            r"targets?|goals?|aim\w*|by when|should|good (?:enough|number|figure|look)|how far|hop(?:e|ing) for"
            r"|shooting for"
            r"|want (?:it|that|them|to)|like (?:it|that) to be|get (?:it|that) to|acceptable|live with"
        ),
        Gap.METRIC_WITHOUT_OWNER: (
            r"who|whose|own\w*|responsible|in charge|yours|(?:finance|operations|controlling|anybody"
            r"|somebody) (?:keep|track|report|count)\w*"
        ),
        Gap.METRIC_WITHOUT_CADENCE: (
            r"how (?:often|frequently|regularly)|cadence|weekly|monthly|every (?:week|month|quarter)"
            r"|which (?:meeting|report)"
        ),
        Gap.CAPABILITY_WITHOUT_OUTCOME: (
            r"why|what for|possible|outcome|result|goal|enable\w*|behind that|without (?:it|that)|bring"
            r"|serve\w*"
        ),
        Gap.CAPABILITY_WITHOUT_PHASE: (
            r"day[- ]one|later|phase|first|wait|start (?:with|without)|follow|from the (?:start|beginning)"
        ),
        Gap.PAIN_WITHOUT_SCALE: (
            r"how (?:often|many|much|long|big|large|bad)|cost\w*|hours|who (?:feels|gets|pays|suffers|has to)"
            r"|frequen\w+|roughly"
            r"|what does (?:that|it|this) (?:do|mean|lead)|impact|worst"
        ),
        Gap.PAIN_WITHOUT_OUTCOME: (
            r"if|instead|gone|goal|want\w*|gain|solved|ideal\w*|should happen|would (?:you|that|it|change)"
        ),
        Gap.EARLY_SIGNAL_MISSING: (
            r"early|first (?:\w+ )?(?:days|weeks|month)|signal|sign|30|60|thirty|sixty|after a month"
        ),
        Gap.NEXT_STEP_WITHOUT_OWNER: r"who",
        Gap.NEXT_STEP_WITHOUT_DATE: r"when|what (?:day|date)|which (?:day|date)|how soon",
        Gap.DECISION_WITHOUT_OWNER: (
            r"who (?:\w+ )?(?:decides|signs|approves|agrees|has|needs)|whose (?:decision|call|budget)"
        ),
        Gap.VALUE_WITHOUT_BASELINE: r"before|at the start|day one|back then|compared|baseline|used to",
        Gap.PROMISE_WITHOUT_READING: r"now|today|currently|at the moment|stands?|reached|so far",
        Gap.VALUE_WITHOUT_VALIDATION: (
            r"agree|match\w*|right|accurate|fair|hold\w*|see it|sign off|comfortable|put (?:that|this|it)"
        ),
        Gap.VALUE_WITHOUT_FIGURE: r"how much|by how|figure|number|hours|money|count",
        Gap.VANITY_TO_VALUE: r"chang\w+|result|mean\w*|brought?|business|instead|difference",
        Gap.SINGLE_DIMENSION: r"else|beyond|apart|other|revenue|risk|quality",
        Gap.PAST_ONLY: r"next|ahead|from here|coming|goal\w*|should be different",
        Gap.ATTRIBUTION: r"share|because|thanks to|how much of|else helped|without it|credit|put down to",
    }.items()
}
_POINTS_BACK = re.compile(r"\b(?:that|it|this|those|these|them)\b", re.I)
_OF_LATE = 10  # utterances
_JUST_NOW = 4  # utterances within which "that" can mean what a question is about


def closings(state: CallState, i: int) -> Iterator[CloseQuestion]:
    """Which of the standing questions the newest utterance asks, or has made needless."""
    asked = questions_in(state.utterances[i].text) if state.utterances[i].role is not Role.CUSTOMER else ()
    still_open = _still_open(state)
    for question in state.questions:
        if any(_asks(state, i, said, question) for said in asked):
            yield CloseQuestion(id=question.id, as_state="asked")
        elif _answered(state, question, still_open):
            yield CloseQuestion(id=question.id, as_state="answered")


def answered_questions(state: CallState) -> tuple[CloseQuestion, ...]:
    """Those of the standing questions that the map answers by now."""
    still_open = _still_open(state)
    return tuple(
        CloseQuestion(id=q.id, as_state="answered") for q in state.questions if _answered(state, q, still_open)
    )


def asked_before(state: CallState, i: int, question: Question) -> bool:
    """Whether the rep has asked it of late, before it was ever suggested. No answer is no reason to nag."""
    since = max(i - _OF_LATE, question.evidence[-1].utterance if question.evidence else 0, 0)
    return any(
        _asks(state, k, said, question)
        for k in range(since, i + 1)
        if state.utterances[k].role is Role.REP
        for said in questions_in(state.utterances[k].text)
    )


def _asks(state: CallState, i: int, said: str, question: Question) -> bool:
    """Its own words again; or its subject, by name or by "that" soon after, together with what is missing of it."""
    subject = content_words(" ".join(e.quote for e in question.evidence))
    shared = content_words(said) & content_words(question.text)
    if len(shared) >= _LEAST_WORDS_ALIKE and shared - subject and containment(said, question.text) >= _SAME_QUESTION:
        return True
    if question.gap in (Gap.STAGE_UNTOUCHED, STAGE_THIN):
        return state.stage_of(i) == question.stage
    pattern = _ASKS_ABOUT.get(question.gap)
    if pattern is None or not pattern.search(said):
        return False
    if content_words(said) & subject:
        return True
    just_now = any(i - e.utterance <= _JUST_NOW for e in question.evidence)
    return just_now and bool(_POINTS_BACK.search(said) or len(content_words(said)) <= _LEANS)


def _still_open(state: CallState) -> Set[tuple[str, str]]:
    """The holes in the map that questions stand for, looked for only where one does."""
    asked_for = any(is_about_items(question.gap) for question in state.questions)
    return frozenset(holes(state, kind_of(state))) if asked_for else frozenset()


def _answered(state: CallState, question: Question, still_open: Set[tuple[str, str]]) -> bool:
    """Whether what it asks for has been said. An item that was set aside answers nothing."""
    match question.gap:
        case Gap.STAGE_UNTOUCHED:
            return state.coverage.get(question.stage, UNTOUCHED) != UNTOUCHED
        case "stage_thin":
            return state.coverage.get(question.stage, UNTOUCHED) == "covered"
        case Gap.PAIN_WITHOUT_SCALE:
            return any(sized_since(state, e.utterance) for e in question.evidence)
        case _:
            item = state.item(question.about or "")
            if item is None or not item.stands:
                return False
            return is_about_items(question.gap) and (question.gap, question.about) not in still_open
