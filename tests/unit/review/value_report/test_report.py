"""Stories, readers, what is held back, what is new, and where a report is weak."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from typing import Any

import pytest
from pydantic import BaseModel

from copilot.domain.state import StageMark
from copilot.review.ledger import AccountCall
from copilot.review.value_report import NoSuchPersona, ValueReport
from copilot.review.value_report.document import document_of
from copilot.review.value_report.entries import Statement, StoryPart
from copilot.review.value_report.markdown import as_markdown
from tests.unit.analysis.books import playbook
from tests.unit.review.ledger.accounts import Line, call, capability, metric, outcome, reading
from tests.unit.review.value_report.accounts import (
    CALLS,
    FASTER,
    HOURS_SAID,
    KICK_OFF,
    METRIC,
    SYNC,
    agreed,
    goal,
    heard,
    hours,
    paid,
    report,
)

PERSONAS = [persona.id for persona in playbook().value_demonstration.personas]
FULL = (
    hours(source=heard("review", 1, HOURS_SAID), assumed_by="Priya", attribution=0.5),
    agreed(),
    paid("$24,000"),
    goal(),
    reading(METRIC, "23 hours", date(2026, 6, 26), by="Ruben"),
)


def statements_in(value: object) -> Iterator[Statement]:
    """Every statement of a report, at whatever depth."""
    if isinstance(value, Statement):
        yield value
    elif isinstance(value, BaseModel):
        for field in type(value).model_fields:
            yield from statements_in(getattr(value, field))
    elif isinstance(value, tuple):
        for item in value:
            yield from statements_in(item)


def part(shown: ValueReport, part_id: str) -> StoryPart:
    return next(one for one in shown.stories[0].parts if one.id == part_id)


def weak(shown: ValueReport) -> dict[str, tuple[str, ...]]:
    return {check.id: check.why for check in shown.checks if check.weak}


class TestGrounds:
    def test_no_sentence_of_fact_is_without(self) -> None:
        told = list(statements_in(report(*FULL)))
        assert len(told) > 8
        assert all(statement.grounds and all(ground.text for ground in statement.grounds) for statement in told)

    def test_every_quote_stands_in_the_utterance_it_names(self) -> None:
        said = {c.id: c.state.utterances for c in CALLS}
        quotes = [g.quote for s in statements_in(report(*FULL)) for g in s.grounds if g.quote]
        assert quotes
        assert all(quote.quote in said[quote.call][quote.utterance].text for quote in quotes)

    def test_every_figure_of_a_sum_has_a_source(self) -> None:
        (calculation,) = report(*FULL).calculations
        assert all(line.grounds for line in calculation.inputs)

    def test_what_was_said_in_confidence_stands_nowhere(self) -> None:
        secret = "Between you and me, we want to close a ticket in 24 hours, it takes us 48 hours today."
        quiet = call("kick-off", Line(secret, FASTER.items), on=date(2026, 1, 12))
        shown = report(calls=(quiet, CALLS[1]))
        assert "Between you and me" not in shown.model_dump_json()
        assert not any(part.statements for story in shown.stories for part in story.parts if part.id == "measure")


class TestStory:
    def test_has_all_six_parts_from_evidence(self) -> None:
        shown = report(*FULL, calls=(_with_trouble(), CALLS[1]))
        assert [one.letter for one in shown.stories[0].parts] == list("IMPACT")
        assert "our customers wait for days" in part(shown, "identify").statements[0].text
        assert part(shown, "measure").statements[0].text == "Time to close a ticket stood at 48 hours."
        assert part(shown, "present").statements[0].text == "What it takes: sync with the ERP."
        assert "from 48 hours to 23 hours on 26 June 2026" in part(shown, "articulate").statements[0].text
        assert part(shown, "calculate").statements[0].text.startswith("$21,000 from “Hours”")
        assert part(shown, "tie").statements[0].text == "Goal for 2026-Q3: A rule for couriers."

    def test_leaves_open_what_nobody_told_and_says_what_to_ask(self) -> None:
        shown = report(calls=CALLS[:1])
        for name, ask in (("identify", "What was the challenge when we started?"), ("tie", "Which goal for next year")):
            (missing,) = part(shown, name).open
            assert ask in missing.ask
            assert part(shown, name).statements == ()

    def test_without_a_baseline_it_has_the_answers_to_doubts(self) -> None:
        line = Line("We want to close tickets faster.", (outcome("Faster"), metric("Close time", outcomes=("O1",))))
        (missing,) = part(report(calls=(call("kick-off", line),)), "measure").open
        assert missing.what == "No baseline was said for “Close time”, so the gain has no figure."
        assert [answer.say for answer in missing.answers] == [
            answer.say for answer in playbook().value_demonstration.cannot_measure
        ]

    def test_is_told_of_what_the_customer_wants_alone(self) -> None:
        ours = Line(
            "You will save millions.", (outcome("Save millions").model_copy(update={"state": "proposed"}),), "rep"
        )
        assert report(calls=(call("kick-off", ours),)).stories == ()


class TestOpenPlaces:
    def test_are_one_line_in_a_file(self) -> None:
        text = as_markdown(document_of(report(calls=CALLS[:1])))
        assert text.count("Still open: ") == 1
        assert "Still open: identify the business challenge; " in text
        assert "Nobody has told this part yet" not in text

    def test_a_story_without_anything_told_is_named_once_in_a_file_and_whole_on_the_page(self) -> None:
        nordics = Line("We want to open the Nordic region.", (outcome("Open the Nordic region next year"),))
        shown = report(*FULL, calls=(call("kick-off", nordics, on=KICK_OFF.on),))
        (story,) = shown.stories
        assert len([missing for one in story.parts for missing in one.open]) == 6
        text = as_markdown(document_of(shown))
        assert "### Open the Nordic region" not in text
        assert text.count("nothing has been told yet of “Open the Nordic region next year”") == 1


class TestMeans:
    def test_an_outcome_is_not_what_another_takes(self) -> None:
        wants = Line("We want to open the Nordic region.", (outcome("Open the Nordic region next year", "O2"),))
        needs = Line("We still want that.", (capability("Open the Nordic region", "C2", outcomes=("O1",)),))
        assert [s.text for s in part(report(calls=(call("kick-off", FASTER, SYNC, needs),)), "present").statements] == [
            "What it takes: sync with the ERP.",
            "What it takes: open the Nordic region.",
        ]
        with_both = report(calls=(call("kick-off", FASTER, wants, SYNC, needs),))
        assert [s.text for s in part(with_both, "present").statements] == ["What it takes: sync with the ERP."]


class TestDisputedBaseline:
    AGAIN = Line(
        "It takes us 40 hours to close a ticket.",
        (
            outcome("Close a ticket faster"),
            metric("Time to close a ticket", outcomes=("O1",), baseline="40 hours", target="24 hours"),
        ),
    )

    def test_has_both_figures_and_is_named_where_the_report_is_weak(self) -> None:
        later = call("later", self.AGAIN, on=date(2026, 2, 12))
        shown = report(reading(METRIC, "23 hours", date(2026, 6, 26), by="Ruben"), calls=(KICK_OFF, later))
        (moved,) = shown.improvements
        assert "from 40 hours (told before as 48 hours, not settled) to 23 hours" in moved.text
        assert len(moved.grounds) == 3
        assert any("more than one baseline" in why for why in weak(shown)["unsubstantiated_claims"])


class TestHoldingBack:
    def test_nothing_is_in_money_before_a_review(self) -> None:
        shown = report(hours(), paid("$24,000"), calls=(KICK_OFF,))
        assert shown.held_back is not None
        assert "when measurable outcomes are what they want" in shown.held_back
        assert (shown.calculations, shown.totals, shown.trend, shown.investments) == ((), (), (), ())
        assert part(shown, "calculate").open[0].what.startswith("Nothing is put in money yet")
        assert "$" not in as_markdown(document_of(shown)).replace("\\", "")

    def test_unless_the_customer_asks(self) -> None:
        asking = call("kick-off", FASTER, Line("What would the return on investment be?"), on=KICK_OFF.on)
        assert report(hours(), calls=(asking,)).held_back is None

    def test_and_not_because_we_spoke_of_it(self) -> None:
        ours = call("kick-off", FASTER, Line("It pays for itself, what an ROI.", role="rep"), on=KICK_OFF.on)
        assert report(hours(), calls=(ours,)).held_back is not None

    def test_unless_the_customer_has_agreed_to_a_sum(self) -> None:
        assert report(hours(), agreed(), calls=(KICK_OFF,)).held_back is None


class TestReaders:
    @pytest.mark.parametrize("persona", PERSONAS)
    def test_change_the_words_and_never_a_figure(self, persona: str) -> None:
        plain, worded = report(*FULL), report(*FULL, persona=persona)
        assert _figures(worded) == _figures(plain)
        assert _grounds(worded) == _grounds(plain)

    def test_find_first_what_they_look_for(self) -> None:
        first = {p: document_of(report(*FULL, persona=p)).sections[0].title for p in ("ceo", "cfo", "coo")}
        assert first == {
            "ceo": "Competitive advantage: how did it come about?",
            "cfo": "Return on investment: what has Q2 2026 brought, and what did it cost?",
            "coo": "Operational excellence: which of your figures have moved?",
        }

    def test_who_are_unknown_are_refused_by_name(self) -> None:
        with pytest.raises(NoSuchPersona, match="there is no persona 'king'; there are ceo, cfo"):
            report(persona="king")


class TestNews:
    def test_is_what_came_after_the_last_review(self) -> None:
        told = [statement.text for statement in report(*FULL).new]
        assert told[0] == "Time to close a ticket stood at 23 hours on 26 June 2026."
        assert any(text.startswith("$21,000 from “Hours”") for text in told)

    def test_or_after_another_day(self) -> None:
        assert report(*FULL, since=date(2026, 6, 30)).new == ()


class TestChecks:
    def test_find_nothing_in_a_sound_report(self) -> None:
        assert set(weak(report(*FULL))) == {"single_dimension"}

    @pytest.mark.parametrize(
        ("notes", "check", "why"),
        [
            ((hours(),), "no_customer_validation", "has not agreed yet"),
            ((hours(), agreed()), "inflated_claims", "all of it is put down to us"),
            ((hours(confidence="low"),), "inflated_claims", "low confidence"),
            ((hours(),), "past_only_narrative", "Nothing is written down for Q3 2026"),
            ((hours(),), "single_dimension", "All value is of one kind: time savings."),
            ((), "static_value_story", "Nothing is new since the last review."),
        ],
    )
    def test_say_where_it_is_weak(self, notes: tuple[Any, ...], check: str, why: str) -> None:
        assert any(why in found for found in weak(report(*notes))[check])

    @pytest.mark.parametrize(
        ("words", "check"), [("Logins a week", "vanity_metric_obsession"), ("Our uptime", "vendor_centric_value")]
    )
    def test_know_figures_that_are_no_value(self, words: str, check: str) -> None:
        line = Line("We look at that.", (metric(words, baseline="40", target="80"),))
        assert check in weak(report(calls=(call("kick-off", line), CALLS[1])))

    def test_are_not_in_what_the_customer_gets(self) -> None:
        shown = report(hours())
        text = as_markdown(document_of(shown))
        assert all(why not in text for check in shown.checks for why in check.why)


def _with_trouble() -> AccountCall:
    told = "Closing a ticket takes so long that our customers wait for days."
    made = call("kick-off", FASTER, SYNC, Line(told), on=KICK_OFF.on)
    marks = {2: StageMark(i=2, stage="negative_consequences")}
    return replace(made, state=replace(made.state, marks=marks))


def _figures(shown: ValueReport) -> list[str]:
    """Every number of the document, wherever it stands; those of footnotes apart."""
    text = re.sub(r"\[\^\d+\]", "", as_markdown(document_of(shown)).partition("\n[^1]:")[0].partition("\n\n## ")[2])
    return sorted(re.findall(r"\d+(?:[.,]\d+)*", text))


def _grounds(shown: ValueReport) -> set[str]:
    return {ground.text for statement in statements_in(shown) for ground in statement.grounds}
