"""Whatever goes on inside a call, the letter to the customer does not tell it.

A call is made of what may be told and of what may not: every text of the latter holds a word that nobody else says.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from typing import Any, TypeVar

from hypothesis import given, settings
from hypothesis import strategies as st

from copilot.domain.call import CallInfo, CallKind, Participant, Role, Utterance
from copilot.domain.items import (
    Alternative,
    Capability,
    EarlierValue,
    Evidence,
    Item,
    ItemState,
    Metric,
    NextStep,
    Outcome,
    Pitfall,
    Question,
)
from copilot.domain.moments import MarkedMoment
from copilot.domain.prose import Prose, Sentence
from copilot.domain.state import CallState, StageMark
from copilot.domain.talk import TalkStats
from copilot.review.summary_email import as_html, as_markdown, as_text, write_letter
from tests.unit.review.letters import every_form

ItemT = TypeVar("ItemT", bound=Item)
SECRET = "zzsecret"
TELLABLE = (ItemState.HEARD, ItemState.CONFIRMED)  # said here anew, not taken from the program
STAGES = ("before_scenario", "negative_consequences", "positive_business_outcomes", "metrics", "other")
plain = st.sampled_from(
    [
        "we plan in one tool and track in another",
        "it takes six weeks and costs forty thousand",
        "Fewer crossed wires, please. I want that by June.",
        "two-way sync with the tracker <b>now</b>",
        "why is that so, do you think?",
        "Priya will send it on Friday | or later",
    ]
)
secret = plain.map(lambda text: f"{SECRET} {text} {SECRET}")
states = st.sampled_from([*ItemState])


@st.composite
def utterances(draw: st.DrawFn) -> tuple[Utterance, ...]:
    """Only a customer says what may be told, unless it is in confidence."""
    said = []
    for i in range(draw(st.integers(1, 8))):
        role = draw(st.sampled_from([*Role]))
        aside = role is Role.CUSTOMER and draw(st.integers(0, 5)) == 0
        text = draw(plain if role is Role.CUSTOMER and not aside else secret)
        speaker = f"{role}{i}" if role is Role.CUSTOMER else "Dana"
        said.append(
            Utterance(
                id=f"u{i}", i=i, role=role, speaker=speaker, text=f"Off the record, {SECRET} {text}" if aside else text
            )
        )
    return tuple(said)


@st.composite
def evidence(draw: st.DrawFn, said: Sequence[Utterance]) -> tuple[Evidence, ...]:
    places = draw(st.lists(st.integers(0, len(said) - 1), min_size=1, max_size=3, unique=True))
    return tuple(Evidence(utterance=i, quote=said[i].text) for i in places)


@st.composite
def items(draw: st.DrawFn, kind: type[ItemT], letter: str, said: Sequence[Utterance]) -> dict[str, ItemT]:
    found: dict[str, ItemT] = {}
    for n in range(draw(st.integers(0, 3))):
        state, words = draw(states), draw(evidence(said))
        private = all(SECRET in e.quote and said[e.utterance].role is Role.CUSTOMER for e in words)
        told = state in TELLABLE and not private
        own = plain if told else secret
        fields: dict[str, Any] = {name: draw(st.none() | own) for name in FIELDS[kind]}
        if kind in (Capability, Metric):
            fields["outcomes"] = tuple(sorted(draw(st.sets(st.sampled_from(["O1", "O2", "O3"])))))
        if kind is Metric:
            fields["earlier"] = (EarlierValue(field="target", value=draw(secret)),)
        found[f"{letter}{n + 1}"] = kind(
            id=f"{letter}{n + 1}",
            text=draw(own),
            state=state,
            evidence=words,
            reason=draw(st.none() | secret),
            wordings=(draw(secret),),
            also_heard=(Alternative(field="text", value=draw(secret), utterance=0),),
            **fields,
        )
    return found


FIELDS: dict[type[Item], tuple[str, ...]] = {
    Outcome: (),
    Capability: (),
    Metric: ("baseline", "target", "owner", "cadence", "unit"),
    NextStep: ("owner", "due"),
}


@st.composite
def calls(draw: st.DrawFn) -> CallState:
    said = draw(utterances())
    sentence = Sentence(text=draw(secret), evidence=draw(evidence(said)))
    marks = {u.i: StageMark(i=u.i, stage=draw(st.sampled_from(STAGES)), confidence=0.9) for u in said}
    outcomes = draw(items(Outcome, "O", said))
    known = set(outcomes)
    people = (
        Participant(name="Luis Ortega", role=Role.CUSTOMER, title=draw(secret)),
        Participant(name=draw(secret), role=Role.UNKNOWN),
    )
    return CallState(
        call=CallInfo(
            id=SECRET,
            title=draw(secret),
            account=draw(secret),
            kind=draw(st.sampled_from([*CallKind])),
            participants=people,
        ),
        playbook=SECRET,
        utterances=said,
        marks=marks,
        coverage={SECRET: "thin"},
        outcomes=outcomes,
        capabilities={key: _with_known(c, known) for key, c in draw(items(Capability, "C", said)).items()},
        metrics={key: _with_known(m, known) for key, m in draw(items(Metric, "M", said)).items()},
        next_steps=draw(items(NextStep, "N", said)),
        pitfalls={
            "P1": Pitfall(id="P1", kind=SECRET, fact=draw(secret), reason=draw(secret), evidence=sentence.evidence)
        },
        questions=(_question("Q1", draw(secret)),),
        closed_questions=(_question("Q2", draw(secret)),),
        moments={SECRET: MarkedMoment(id=SECRET, i=0, text=draw(secret))},
        talk=TalkStats(talk_ratio=0.987654),
        dropped={SECRET: 3},
        prose={
            "coaching": Prose(purpose="coaching", sentences=(sentence,)),
            "value_story": Prose(purpose="value_story", sentences=(sentence,)),
        },
    )


def _with_known(item: ItemT, known: set[str]) -> ItemT:
    ties = tuple(tie for tie in getattr(item, "outcomes", ()) if tie in known)
    return item.model_copy(update={"outcomes": ties})


def _question(key: str, text: str) -> Question:
    return Question(id=key, stage="metrics", text=text, why=text, gap="metric_without_owner", after=0)


@given(calls())
@settings(max_examples=120, deadline=None)
def test_nothing_internal_slips_into_any_form(call: CallState) -> None:
    for form, text in every_form(call).items():
        assert SECRET not in text.lower(), form
        assert "98.7" not in text, form


@given(calls())
@settings(max_examples=60, deadline=None)
def test_the_letter_is_the_same_with_all_that_is_internal_taken_out(call: CallState) -> None:
    bare = replace(
        call,
        coverage={},
        pitfalls={},
        questions=(),
        closed_questions=(),
        talk=TalkStats(),
        dropped={},
        prose={},
        outcomes={k: o for k, o in call.outcomes.items() if o.state in TELLABLE},
        capabilities={k: c for k, c in call.capabilities.items() if c.state in TELLABLE},
        metrics={k: m for k, m in call.metrics.items() if m.state in TELLABLE},
        next_steps={k: n for k, n in call.next_steps.items() if n.state in TELLABLE},
    )

    letter, other = write_letter(call), write_letter(bare)
    assert (as_text(letter), as_markdown(letter), as_html(letter)) == (
        as_text(other),
        as_markdown(other),
        as_html(other),
    )


@given(calls())
@settings(max_examples=60, deadline=None)
def test_whatever_stands_in_quotation_marks_was_said_by_a_customer(call: CallState) -> None:
    letter = write_letter(call)

    quotes = [*letter.before, *letter.consequences, *(aim.quote for aim in letter.aims if aim.quote)]
    for quote in quotes:
        utterance = call.utterances[quote.evidence.utterance]
        assert utterance.role is Role.CUSTOMER
        assert quote.evidence.quote in utterance.text
        assert " ".join(quote.evidence.quote.split()) == quote.text
    shown = re.findall(r"“([^”]+)”\s*—", " ".join(as_text(letter).split()))
    assert len(shown) == len(quotes)
