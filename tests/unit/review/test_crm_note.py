"""The note for a CRM."""

from __future__ import annotations

from datetime import date

from hypothesis import given, settings

from copilot.domain.state import CallState
from copilot.review.crm_note import CrmNote, as_markdown, as_text, crm_note
from tests.teams import PLAYBOOK
from tests.unit.review.calls import CYCLE, OUTCOME, REPORTS, keyed, proposed, whole_call
from tests.unit.review.test_nothing_internal import SECRET
from tests.unit.review.test_nothing_internal import calls as any_calls


def note(state: CallState) -> CrmNote:
    return crm_note(state, PLAYBOOK, held_on=date(2026, 5, 14))


def section(state: CallState, title: str) -> tuple[str, ...]:
    return next((part.lines for part in note(state).sections if part.title == title), ())


def test_tells_wants_figures_and_who_does_what() -> None:
    text = as_text(note(whole_call(coverage={"metrics": "covered"})))

    assert text.startswith("Acme\ndiscovery · 2026-05-14\n")
    assert "- 1: A release takes four weeks. “I want that down to four by the summer.”" in text
    assert "- Release cycle: six weeks → four weeks; Priya, every month; for 1" in text
    assert "- Send the last four reports: Priya, Friday" in text
    assert "- Covered: Metrics." in text
    assert "Risks" not in text


def test_a_hole_in_what_was_agreed_is_a_risk() -> None:
    bare = CYCLE.model_copy(update={"outcomes": (), "owner": None, "cadence": None})
    undated = REPORTS.model_copy(update={"due": None})

    risks = section(whole_call(metrics=keyed(bare), next_steps=keyed(undated)), "Risks")

    assert risks == (
        "Outcome 1 is without a measure.",
        "Release cycle: no owner, no cadence.",
        "Next step without a date: Send the last four reports.",
    )


def test_what_only_our_side_said_is_a_risk_and_no_wish() -> None:
    state = whole_call(outcomes=keyed(proposed(OUTCOME)), next_steps={})

    assert section(state, "What the customer wants") == ()
    assert section(state, "Risks")[0] == "No outcome was heard from the customer."
    assert "Only our side has said it: A release takes four weeks." in section(state, "Risks")
    assert "No next step was agreed." in section(state, "Risks")


def test_markdown_has_the_same_lines() -> None:
    made = note(whole_call())

    assert all(line.split(" ")[0] in as_markdown(made) for part in made.sections for line in part.lines)
    assert as_markdown(made).startswith("**Acme**")


def test_a_day_that_nobody_knows_is_left_out() -> None:
    assert crm_note(whole_call(), PLAYBOOK, held_on=None).facts == ("discovery",)


@given(any_calls())
@settings(max_examples=50, deadline=None)
def test_pitfalls_questions_and_talk_figures_never_get_into_it(state: CallState) -> None:
    """What only our side said may stand under the risks, and nowhere else."""
    made = note(state)
    assert "0.98" not in as_text(made)
    assert not any(SECRET in line for part in made.sections if part.title != "Risks" for line in part.lines)
    assert not any(
        SECRET in line and not line.startswith("Only our side has said it")
        for part in made.sections
        for line in part.lines
        if part.title == "Risks"
    )
