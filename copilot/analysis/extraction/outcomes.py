"""Business results that the customer wants, in wishes, goals, demands, and answers to what they are after."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from typing import NamedTuple

from copilot.analysis.extraction.antecedents import antecedent
from copilot.analysis.extraction.judging import judged
from copilot.analysis.extraction.matching import likeness, meant
from copilot.analysis.extraction.phrases import names_of
from copilot.analysis.language.asking import asks, questions_in
from copilot.analysis.language.clauses import Clause, clauses
from copilot.analysis.language.dialogue import may_be_about, may_be_customer, question_answered
from copilot.analysis.language.flaws import Flaw, flaw
from copilot.analysis.language.lexicon import Lexicon
from copilot.analysis.language.phrasing import core
from copilot.analysis.language.wants import Want, about_the_talk, is_negated, opens_with_pronoun, wants_in
from copilot.analysis.language.wording import as_spoken, card, named
from copilot.analysis.language.words import content_words
from copilot.analysis.numbers import find_deadlines, find_quantities
from copilot.domain.call import Role, Utterance
from copilot.domain.items import Evidence, Outcome
from copilot.domain.ops import AddOutcome, UpdateItem
from copilot.domain.state import CallState

OutcomeOp = AddOutcome | UpdateItem
OutcomePass = Callable[[CallState, int], Sequence[OutcomeOp]]

RESULTS = "positive_business_outcomes"
_LEAST_RESULT = 1.5
_LEAST_OF_ANYBODY = 2.2  # where the speaker's side is not known
_LEAST_ASKED_FOR = 0.8  # in answer to the question what is wanted
_LEAST_ANSWER = 1.7  # an answer without any wish in it
_STATED = frozenset(("wish", "goal", "demand"))  # with its size it is a result, whatever was asked before
_SIZES = frozenset(("duration", "percent", "money", "multiple", "ratio"))
_SAME = 0.75
_MOVES = (
    "directions.increase",
    "directions.reduce",
    "directions.improve",
    "directions.faster_higher",
    "directions.slower_lower",
)
_NAMED = ("results.wanted_higher", "results.wanted_lower", "results.either_way", "units.things")
_AND = re.compile(r"\s*,\s*(?:and\s+)?|\s+and\s+(?:also\s+)?", re.I)
_RANK_ONLY = re.compile(
    r"\b(?:first|second|third|number (?:one|two|three)|most important|top|matters most|by (?:a mile|far)|last)\b", re.I
)
_PAST = re.compile(r"\b(?:was|were|had|did|used to|last (?:year|quarter|month)|went|lost|tried)\b", re.I)
_NO_ANSWER = re.compile(
    r"^\W*(?:(?:um+|uh+|well|honestly|hm+|oh|but|and),?\s+)*(?:if\b|no\b|not\b|nothing|i don['’]t know|i['’]m not sure"
    r"|hard to say|good question|that['’]s (?:a )?(?:good|it|all|that)|yes\b|yeah\b|i['’]m not\b|i don['’]t\b"
    r"|and i don['’]t\b|noted|right\b|exactly|i think (?:that['’]s|so)|let me|sorry)",
    re.I,
)
_MOST_PLAIN_WORDS = 12
_ASKS_RESULT = re.compile(
    r"\b(?:hop(?:e|ing)|achiev\w+|goals?|success\w*|matters?|important|priorit\w+|outcomes?|worth|do you want"
    r"|would you want|you want (?:from|out of|to see)|would you have|you after|a win|one thing"
    r"|ha(?:s|ve) to (?:have )?change\w*|were different|be different|rank\w*|get out of|out of this|wish)\b",
    re.I,
)
_ASKS_OUTRIGHT = re.compile(
    r"\b(?:one thing|hoping|(?:what|which) (?:do|would) you want|what are you after|ha(?:s|ve) to have changed|worth it"
    r"|success|achieve|matters? (?:the )?most|what would you have)\b",
    re.I,
)
_POINTS_BACK = re.compile(
    r"\b(?:that['’]s|that is|it['’]s|it is|this is) (?:really |exactly |just )?(?:what (?:i|we)(?:['’]m| am|['’]re"
    r"| are)? (?:want(?:ed)?|need(?:ed)?|after)|all (?:i|we) (?:ask|want|need)"
    r"|the (?:goal|dream|whole point|point of it))\b",
    re.I,
)
_BY_THE_CLOCK = re.compile(
    r"\b(?:before|by|until|till|after|at) (?:noon|midnight|(?:half past |quarter (?:past|to) )?(?:one|two|three|four"
    r"|five|six|seven|eight|nine|ten|eleven|twelve|\d{1,2})(?: ?[ap]\.?m\b| o['’]clock|(?=\W*$)| in the| at night))",
    re.I,
)
_WITHOUT_EXCEPTION = re.compile(r"\b(?:nobody|no one|none|zero|never again|not one)\b", re.I)
_NO_MORE = re.compile(r"(?:none|zero|nothing|nobody|(?:an? |the )?(?:minute|hour|day|week|month|year))\W*$", re.I)
_POINTS_ON = re.compile(r"\b(?:it|them)$", re.I)
_LEVEL = re.compile(r"(?:at|to|under|below|above|over|down|up|less|more|fewer|within|between|from)\b", re.I)
_OWN_PLAN = re.compile(r"\bi (?:must|have to|['’]ve got to|gotta)\b", re.I)


class Stated(NamedTuple):
    """A result as stated: its card text, and the words that say it."""

    text: str
    evidence: tuple[Evidence, ...]


def outcome_pass(lexicon: Lexicon) -> OutcomePass:
    """A pass that notes the results which the newest utterance states, if its speaker can be the customer."""

    def run(state: CallState, i: int) -> Sequence[OutcomeOp]:
        utterance = state.utterances[i]
        if not may_be_customer(utterance):
            return ()
        return tuple(noted_outcome(state, stated) for stated in stated_results(state, i, lexicon))

    return run


def noted_outcome(state: CallState, stated: Stated) -> OutcomeOp:
    """A new outcome, or more words for the one that is stated again."""
    measured = has_measure(stated.text) or any(has_measure(e.quote) for e in stated.evidence)
    known = known_outcome(state, stated.text)
    if known is not None:
        return UpdateItem(id=known.id, evidence=stated.evidence, measurable=measured or None)
    return AddOutcome(text=stated.text, evidence=stated.evidence, measurable=measured or None)


def known_outcome(state: CallState, text: str) -> Outcome | None:
    """The outcome that these words name again."""
    return next((known for known in meant(state.outcomes, text, least=_SAME) if likeness(known, text) >= _SAME), None)


def is_result(state: CallState, text: str, evidence: Sequence[Evidence]) -> bool:
    """Whether a sentence has been noted as what is wanted already: it is then not also what that takes."""
    quotes = {(e.utterance, e.quote) for e in evidence}
    said_so = (o for o in state.outcomes.values() if o.stands and quotes & {(e.utterance, e.quote) for e in o.evidence})
    return any(likeness(outcome, text) >= _SAME for outcome in said_so)


def has_measure(said: str) -> bool:
    """Whether a number, date, time of day or threshold is attached."""
    return bool(
        find_quantities(said) or find_deadlines(said) or _BY_THE_CLOCK.search(said) or _WITHOUT_EXCEPTION.search(said)
    )


def _is_sized(thing: str) -> bool:
    """Whether it is said how large, how long or how much: a level, a share, a sum, or an hour of the day."""
    return any(q.kind in _SIZES for q in find_quantities(thing)) or bool(_BY_THE_CLOCK.search(thing))


def stated_results(state: CallState, i: int, lexicon: Lexicon) -> list[Stated]:
    """The results that utterance `i` wishes for, or names in answer to the question what is wanted."""
    utterance = state.utterances[i]
    stage = state.stage_of(i)
    asked = _asked_for_results(state, i)
    least = _LEAST_ASKED_FOR if asked else _LEAST_RESULT if utterance.role is Role.CUSTOMER else _LEAST_OF_ANYBODY
    found: list[Stated] = list(_pointed_back_to(utterance))
    taken: list[Clause] = []
    for want in wants_in(utterance.text):
        verdict = judged(want.clause.said, stage, lexicon, goal=want.form == "goal")
        if _OWN_PLAN.search(want.clause.said) or _is_somebodys_duty(state, want):
            continue
        sized = want.form in _STATED and _is_sized(want.thing)
        more = verdict.result > verdict.capability or (sized and not verdict.capability)
        if more and (sized or verdict.result >= least):
            taken.append(want.clause)
            found.extend(_from_want(state, i, want, lexicon))
    if asked:
        rest = [c for c in clauses(utterance.text) if not any(t.start <= c.start < t.end for t in taken)]
        found = _with_answers(utterance, rest, found, lexicon)
        if not found and rest and _ASKS_RESULT.search(_question(state, i)):
            found = _plain_answer(utterance, rest[0])
    return [stated for stated in found if flaw(stated.text) is not Flaw.PIECE and _says_what(stated.text)]


def _is_somebodys_duty(state: CallState, want: Want) -> bool:
    """ "Tom has to drop five minutes early": what somebody in the call must do is no result."""
    return want.form == "demand" and want.thing.split()[0] in names_of(state)


def _says_what(text: str) -> bool:
    """Whether more than numbers and dates is named, and nothing is only pointed at."""
    least = 2 if _POINTS_ON.search(text) else 1
    return len(content_words(text)) >= least and not _is_figure(text)


def _question(state: CallState, i: int) -> str:
    question = question_answered(state.utterances, i)
    return " ".join(questions_in(state.utterances[question].text)) if question is not None else ""


def _asked_for_results(state: CallState, i: int) -> bool:
    question = question_answered(state.utterances, i)
    if question is None:
        return False
    if any(_ASKS_OUTRIGHT.search(asked) for asked in questions_in(state.utterances[question].text)):
        return True
    return may_be_about(state, i, RESULTS) and may_be_about(state, question, RESULTS)


def _pointed_back_to(utterance: Utterance) -> Iterator[Stated]:
    """ "It's here by nine, and that's all I ask." """
    before: Clause | None = None
    for clause in clauses(utterance.text):
        if before is not None and _POINTS_BACK.search(clause.said) and not is_negated(clause.said):
            text = core(before.said)
            if len(content_words(text)) > 1 and not opens_with_pronoun(text):
                quotes = (Evidence(utterance=utterance.i, quote=c.said) for c in (before, clause))
                yield Stated(text, tuple(quotes))
        before = clause


def _from_want(state: CallState, i: int, want: Want, lexicon: Lexicon) -> Iterator[Stated]:
    evidence = Evidence(utterance=i, quote=want.clause.said)
    if want.pronoun:
        stands_for = antecedent(state.utterances, i, want.clause.start)
        if stands_for is None:
            return
        text = _joined(stands_for.words, want.thing)
        if stands_for.utterance != i or stands_for.quote in want.clause.said:
            yield Stated(text, (evidence,))
        else:
            yield Stated(text, (Evidence(utterance=i, quote=stands_for.quote), evidence))
        return
    for part in _parts(want.thing, lexicon):
        text = core(part)
        if _is_figure(card(part)):
            yield from _of_subject(state, i, want, text)
        elif content_words(text):
            yield Stated(text, (evidence,))


def _of_subject(state: CallState, i: int, want: Want, figure: str) -> Iterator[Stated]:
    """A bare figure that is wanted, of the thing spoken of just before: "Customer churn. The board wants 5%." """
    stands_for = antecedent(state.utterances, i, want.clause.start)
    if want.form == "condition":
        return
    if stands_for is None:
        yield Stated(figure, (Evidence(utterance=i, quote=want.clause.said),))
    else:
        level = as_spoken(figure) if _LEVEL.match(figure) else f"at {as_spoken(figure)}"
        quotes = (
            Evidence(utterance=stands_for.utterance, quote=stands_for.quote),
            Evidence(utterance=i, quote=want.clause.said),
        )
        yield Stated(named(f"{stands_for.words} {level}"), quotes)


def _is_figure(text: str) -> bool:
    """Whether nothing is named but a figure, and by when."""
    spans = [(q.start, q.end) for q in find_quantities(text)] + [(d.start, d.end) for d in find_deadlines(text)]
    if _NO_MORE.match(text):
        return True
    rest = "".join(c for at, c in enumerate(text) if not any(start <= at < end for start, end in spans))
    return bool(spans) and not content_words(rest)


def _with_answers(utterance: Utterance, rest: Sequence[Clause], found: list[Stated], lexicon: Lexicon) -> list[Stated]:
    """What an answer says without a wish: "Fewer returns. And a faster close." """
    answers = list(found)
    for clause in rest:
        said = clause.said
        if _says_no_result(said):
            continue
        evidence = Evidence(utterance=utterance.i, quote=said)
        moved = lexicon.count(said, *_MOVES) > 0 and not _PAST.search(said)
        verdict = judged(said, RESULTS, lexicon)
        if moved and verdict.result >= _LEAST_ANSWER and verdict.result > verdict.capability:
            for part in _parts(said, lexicon):
                answers = _added(answers, Stated(core(part), (evidence,)), lexicon, wished=bool(found))
    return answers


def _plain_answer(utterance: Utterance, first: Clause) -> list[Stated]:
    """What is wanted, named and no more: "Every delivery whole." """
    said = first.said
    if _says_no_result(said) or _PAST.search(said) or len(said.split()) > _MOST_PLAIN_WORDS:
        return []
    text = core(said)
    figure = sum(q.end - q.start for q in find_quantities(text)) > len(text) / 2
    if figure or len(content_words(text)) < 2:
        return []
    return [Stated(text, (Evidence(utterance=utterance.i, quote=said),))]


def _says_no_result(said: str) -> bool:
    if said.endswith("?") or asks(said) or is_negated(said) or opens_with_pronoun(said) or about_the_talk(said):
        return True
    return bool(_RANK_ONLY.search(said) or _NO_ANSWER.match(said))


def _added(known: list[Stated], more: Stated, lexicon: Lexicon, *, wished: bool) -> list[Stated]:
    """A result of its own, or, where it names none, more words for the one before it: "… better. Fewer surprises." """
    own = lexicon.count(more.text, *_NAMED)
    if known and wished and not own and not has_measure(more.text):
        return [*known[:-1], Stated(known[-1].text, (*known[-1].evidence, *more.evidence))]
    return [*known, more] if len(content_words(more.text)) > 1 else known


def _joined(subject: str, thing: str) -> str:
    """The subject in the place of the pronoun that the words begin with."""
    bare = thing.split(maxsplit=1)
    rest = bare[1] if len(bare) > 1 else ""
    if rest.lower().startswith(("one ", "number ")):
        rest = rest.split(maxsplit=1)[1]
    return core(f"{subject} {rest}")


def _parts(said: str, lexicon: Lexicon) -> list[str]:
    """Several results joined by commas or "and", apart; one result stays whole."""
    whole = [p for p in _AND.split(said) if p.strip()]
    if len(whole) < 2:
        return [said]
    complete = [bool(lexicon.count(p, *_MOVES)) and len(content_words(p)) >= 2 for p in whole]
    return whole if all(complete) else [said]
