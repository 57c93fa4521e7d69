"""What an editor of the email has beside the text, and who an address may be."""

from __future__ import annotations

from dataclasses import replace

import pytest

from copilot.domain.call import Participant, Role
from copilot.domain.items import Evidence, NextStep
from copilot.review.summary_email import as_running_text, as_text, write_letter
from copilot.review.summary_email.editing import Addition, changed_items, grounds, headings, offered
from copilot.review.summary_email.recipients import person_behind
from tests.unit.review.calls import CYCLE, OUTCOME, PEOPLE, REPORTS, SYNC, keyed, proposed, saying, whole_call

OWN = NextStep(
    id="N2",
    text="send the price list",
    owner="Dana Reyes",
    due="Friday",
    evidence=(Evidence(utterance=1, quote="I will send the price list on Friday."),),
)


def promising(speaker: str | None, role: str = "rep", step: NextStep = OWN) -> tuple[str, ...]:
    """The steps of the email after somebody has said the words of an own promise."""
    state = saying(
        ("customer", "Good."), (role, "I will send the price list on Friday."), next_steps=keyed(proposed(step))
    )
    said = tuple(u.model_copy(update={"speaker": speaker}) if u.i == 1 else u for u in state.utterances)
    return tuple(step.item for step in write_letter(replace(state, utterances=said)).steps)


class TestRunningText:
    def test_is_the_email_with_a_line_for_each_entry(self) -> None:
        letter = write_letter(whole_call())

        running = as_running_text(letter)
        assert " ".join(running.split()) == " ".join(as_text(letter).split())
        assert f"  1. {OUTCOME.text.capitalize()}" in running.split("\n")
        assert max(map(len, running.split("\n"))) > 72 >= max(map(len, as_text(letter).split("\n")))


class TestGrounds:
    def test_every_text_stands_in_the_body_and_rests_on_the_call(self) -> None:
        state = whole_call()
        letter = write_letter(state)

        found = grounds(letter)
        assert len(found) >= 8
        assert all(ground.text in as_running_text(letter) for ground in found)
        pieces = [piece for ground in found for piece in ground.evidence]
        assert all(piece.quote in state.utterances[piece.utterance].text for piece in pieces)

    def test_every_heading_of_the_body_is_known(self) -> None:
        letter = write_letter(whole_call())

        titles = [line for line in as_running_text(letter).split("\n") if line.isupper() and line[0] != " "]
        assert titles == [heading for heading in headings(letter.words) if heading in titles]
        assert len(titles) == 6


class TestOffered:
    def test_what_only_one_side_said_is_a_line_of_its_section(self) -> None:
        state = whole_call(
            outcomes=keyed(proposed(OUTCOME)),
            capabilities=keyed(proposed(SYNC)),
            metrics=keyed(proposed(CYCLE)),
            next_steps=keyed(proposed(REPORTS)),
        )

        additions = {left.item: left.addition for left in offered(state, write_letter(state)) if left.addition}
        assert additions == {
            "O1": Addition(heading="WHAT YOU WANT TO REACH", line="  - A release takes four weeks"),
            "C1": Addition(heading="WHAT HAS TO BE IN PLACE", line="  - Two-way sync with the tracker"),
            "M1": Addition(heading="HOW WE WILL MEASURE IT", line="  - Release cycle"),
            "N1": Addition(heading="WHO DOES WHAT, BY WHEN", line="  - Send the last four reports\n    Priya · Friday"),
        }

    def test_a_doubt_about_what_is_in_it_has_nothing_to_add(self) -> None:
        state = whole_call()

        (date,) = [left for left in offered(state, write_letter(state)) if left.item == "N1"]
        assert (date.addition, date.doubtful, "a date is clearer" in date.why) == (None, True, True)

    def test_questions_beyond_those_that_it_asks_can_be_added(self) -> None:
        many = keyed(*(OUTCOME.model_copy(update={"id": f"O{n}", "text": f"wish {n}"}) for n in range(1, 6)))
        state = whole_call(outcomes=many, capabilities={}, metrics={})
        letter = write_letter(state)

        questions = [left.addition for left in offered(state, letter) if left.why == "open too"]
        assert len(letter.open_questions) == 6
        assert len(questions) == 4
        assert {addition.heading for addition in questions if addition} == {"STILL OPEN"}


class TestChangedItems:
    def test_counts_what_is_told_differently_or_only_once(self) -> None:
        before = write_letter(whole_call())
        later = CYCLE.model_copy(update={"target": "three weeks"})
        after = write_letter(whole_call(metrics=keyed(later), next_steps={}))

        assert changed_items(before, after) == changed_items(after, before) == 2

    def test_what_has_another_number_now_has_not_changed(self) -> None:
        second = OUTCOME.model_copy(update={"id": "O2", "text": "fewer errors", "priority": 2})
        before = write_letter(whole_call(outcomes=keyed(OUTCOME, second)))
        after = write_letter(whole_call(outcomes=keyed(second)))

        assert changed_items(before, after) == 1


class TestOwnPromise:
    def test_is_in_the_email_when_its_owner_made_it(self) -> None:
        assert promising("Dana Reyes") == ("N2",)

    @pytest.mark.parametrize(
        ("speaker", "role"), [("Sam", "rep"), (None, "rep"), ("Dana Reyes", "unknown"), ("Dana Reyes", "customer")]
    )
    def test_is_not_when_somebody_else_did_or_nobody_knows_who(self, speaker: str | None, role: str) -> None:
        assert promising(speaker, role) == ()

    def test_is_not_once_it_was_set_aside(self) -> None:
        state = saying(("customer", "Good."), ("rep", "I will send the price list on Friday."))
        aside = OWN.model_copy(update={"state": "rejected"})

        assert write_letter(replace(state, next_steps=keyed(aside))).steps == ()


class TestPersonBehind:
    @pytest.mark.parametrize(
        ("address", "name"),
        [
            ("luis.ortega@acme.example", "Luis Ortega"),
            ("lortega@acme.example", "Luis Ortega"),
            ("ORTEGA@acme.example", "Luis Ortega"),
            ("dana@vendor.example", "Dana Reyes"),
            ("priya-shah@acme.example", "Dr. Priya Shah"),
            ("luisa@acme.example", None),
            ("dr@acme.example", None),
            ("info@ortega.example", None),
            ("1@acme.example", None),
        ],
    )
    def test_is_who_the_part_before_the_at_names(self, address: str, name: str | None) -> None:
        person = person_behind(address, PEOPLE)
        assert (person.name if person else None) == name

    def test_knows_names_with_accents_and_none_at_all(self) -> None:
        people = [Participant(name="", role=Role.CUSTOMER), Participant(name="José Muñoz", role=Role.CUSTOMER)]
        assert person_behind("jose.munoz@acme.example", people) == people[1]
        assert person_behind("jose@acme.example", []) is None
