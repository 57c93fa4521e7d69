"""Which measure is spoken of, and what it is called."""

from __future__ import annotations

import pytest

from copilot.analysis.extraction.mentions import Told, Word
from copilot.analysis.extraction.metrics.values import owner_named, without_noun
from copilot.analysis.extraction.metrics.ways_to_name import names_in, ways_to_name
from copilot.domain.impressions import word_places
from copilot.domain.items import ItemState
from tests.unit.analysis.conversations import cards, heard


class TestNamesInAClause:
    @pytest.mark.parametrize(
        ("clause", "name"),
        [
            ("We had nineteen torn sacks last winter.", "Torn sacks last winter"),
            ("I'd mend the leak in two days instead of nine", "Time to mend the leak"),
            ("The next one is people who hang up and never ring again.", "People who hang up and never ring again"),
            ("how often the van isn't where the map has it", "How often the van isn't where the map has it"),
            ("Twelve days is the average from the order to the door", "Average from the order to the door"),
            ("we mend sixty percent of what comes back", "We mend sixty percent of what comes back"),
            ("The time to mend a leak is two days", "Time to mend a leak"),
        ],
    )
    def test_are_found_in_several_ways(self, clause: str, name: str) -> None:
        assert name in [text for _, text in names_in(clause)]

    @pytest.mark.parametrize(
        "clause",
        [
            "Every Monday on the board by the door.",
            "Weekly, through the winter.",
            "Under ten.",
            "Let's put the hours into money.",
        ],
    )
    def test_how_often_and_how_much_and_what_to_do_now_are_none(self, clause: str) -> None:
        assert names_in(clause) == ()


class TestWhichMeasure:
    def test_a_figure_of_another_kind_is_of_another_measure(self) -> None:
        state = heard(
            "customer: {metric:Our scrap rate is {baseline:four percent}}.",
            "customer: {metric:The handover time is {baseline:forty minutes}}.",
        )
        assert cards(state.metrics) == ["Scrap rate", "Handover time"]
        assert [m.baseline for m in state.metrics.values()] == ["four percent", "forty minutes"]

    def test_one_whose_name_is_said_is_that_one_and_not_the_one_spoken_of_last(self) -> None:
        state = heard(
            "customer: {metric:The time to close a ticket is {baseline:forty hours}}.",
            "customer: {metric:Our first-visit fix rate is {baseline:sixty percent}}.",
            "customer: {metric:I look at the time to close a ticket {cadence:every week}}.",
        )
        assert [(m.text, m.utterances) for m in state.metrics.values()] == [
            ("Time to close a ticket", (0, 2)),
            ("First-visit fix rate", (1,)),
        ]

    def test_a_bare_answer_goes_on_about_the_one_spoken_of(self) -> None:
        state = heard(
            "customer: {metric:Our scrap rate is {baseline:four percent}}.",
            "rep: And where should it be?",
            "customer: {metric:{target:Two}}.",
        )
        assert [(m.baseline, m.target) for m in state.metrics.values()] == [("four percent", "Two percent")]

    @pytest.mark.parametrize(
        ("said", "cadence"),
        [
            ("{cadence:every Monday} at ten", "every Monday"),
            ("{cadence:Month}, I think", None),
            ("{cadence:monthly to} the board", "monthly"),
            ("{cadence:weekly on the} board", "weekly"),
            ("{cadence:one, monthly}", "monthly"),
        ],
    )
    def test_how_often_it_is_looked_at_is_a_rhythm(self, said: str, cadence: str | None) -> None:
        state = heard("customer: {metric:Our scrap rate is {baseline:four percent}}, " + said + ".")
        assert [m.cadence for m in state.metrics.values()] == [cadence]

    def test_figures_beside_what_is_said_of_it_are_not_its_own(self) -> None:
        state = heard(
            "customer: {metric:The scrap rate is four percent}, and by the way Jo has worked here nine years."
        )
        assert [(m.text, m.baseline, m.target) for m in state.metrics.values()] == [
            ("Scrap rate", "four percent", None)
        ]


class TestCounts:
    def test_lose_the_noun_that_the_measure_has(self) -> None:
        assert without_noun("nineteen torn sacks", "Torn sacks last winter") == "nineteen"

    def test_keep_any_other(self) -> None:
        assert without_noun("nineteen torn sacks", "Damage in the winter") == "nineteen torn sacks"


class TestReviews:
    def test_figures_that_are_too_far_apart_make_no_result(self) -> None:
        state = heard("customer: {metric:The power budget went from {baseline:305} to {target:9000}}.", kind="qbr")
        assert state.outcomes == {}


class TestLevels:
    def test_go_behind_the_likeliest_thing_they_can_be_of(self) -> None:
        state = heard(
            "customer: By the river. {metric:We had nineteen torn sacks last winter}.",
            "customer: {outcome:None, that is}.",
        )
        assert cards(state.outcomes) == ["Torn sacks last winter, none"]


class TestChangesToldLater:
    LATE = (
        "customer: {metric:Our late trucks, {baseline:nine percent}, maybe, to {target:eight percent}}.",
        "rep: Hm.",
    )

    def test_a_whole_change_puts_both_figures_right(self) -> None:
        state = heard(*self.LATE, "customer: {metric:No, late trucks go from twelve percent to five percent}.")
        assert [(m.baseline, m.target) for m in state.metrics.values()] == [("twelve percent", "five percent")]

    def test_one_that_begins_where_it_has_got_to_does_not(self) -> None:
        state = heard(*self.LATE, "customer: {metric:And then late trucks go from eight percent to five percent}.")
        assert [(m.baseline, m.target) for m in state.metrics.values()] == [("nine percent", "eight percent")]

    ONBOARDING = (
        "customer: {metric:Onboarding takes {baseline:six weeks} today and we want it down to {target:two}}.",
    )

    @pytest.mark.parametrize(
        "said",
        [
            "rep: {metric:At Acme we took onboarding from nine weeks down to four weeks}.",
            "rep: {metric:They all had onboarding come down from nine weeks to four weeks}.",
            "rep: {metric:We usually see onboarding go from nine weeks to four weeks}.",
            "rep: {metric:So onboarding comes down from nine weeks to four weeks}.",
            "customer: {metric:A competitor took onboarding from nine weeks down to four weeks}.",
            "customer: {metric:At my last company onboarding went from nine weeks to four weeks}.",
            "customer: {metric:I read they brought onboarding down from nine weeks to four weeks}.",
            "unknown: {metric:With Acme onboarding went from nine weeks down to four weeks}.",
        ],
    )
    def test_neither_the_rep_nor_a_story_of_others_puts_figures_right(self, said: str) -> None:
        state = heard(*self.ONBOARDING, said)
        (metric,) = state.metrics.values()
        assert 1 in metric.utterances
        assert (metric.baseline, metric.target, metric.earlier) == ("six weeks", "two weeks", ())

    @pytest.mark.parametrize(
        ("said", "target"),
        [
            ("rep: {metric:At Acme we took onboarding from {baseline:nine weeks} to {target:four weeks}}.", None),
            ("rep: {metric:One of our customers gets onboarding done in {target:four weeks}}.", None),
            ("rep: {metric:So onboarding should come down to {target:four weeks}}.", "four weeks"),
        ],
    )
    def test_a_reference_of_the_rep_fills_nothing_in(self, said: str, target: str | None) -> None:
        (metric,) = heard("customer: {metric:Onboarding takes {baseline:six weeks} today}.", said).metrics.values()
        assert (metric.baseline, metric.target) == ("six weeks", target)

    def test_what_was_agreed_stays(self) -> None:
        state = heard(
            *self.ONBOARDING,
            "rep: Let me say that back: onboarding down from six weeks to two weeks.",
            "customer: Yes, that's it.",
            "customer: {metric:Then onboarding goes from nine weeks down to four weeks}.",
        )
        (metric,) = state.metrics.values()
        assert metric.state is ItemState.CONFIRMED
        assert (metric.baseline, metric.target) == ("six weeks", "two weeks")

    @pytest.mark.parametrize(
        "said",
        [
            "customer: {metric:Sorry, onboarding goes from nine weeks down to four weeks}.",
            "customer: {metric:For our customers onboarding has to come down from nine weeks to four weeks}.",
            "unknown: {metric:Wait, onboarding should go from nine weeks to four weeks}.",
        ],
    )
    def test_the_customer_puts_them_right_until_then(self, said: str) -> None:
        (metric,) = heard(*self.ONBOARDING, said).metrics.values()
        assert (metric.baseline, metric.target) == ("nine weeks", "four weeks")


class TestWhoKeepsIt:
    @pytest.mark.parametrize(
        ("words", "name"),
        [
            ("IT", "IT"),
            ("IT department", "IT department"),
            ("S. Miller", "S. Miller"),
            ("He Zhang", "He Zhang"),
            ("Henrik'll", "Henrik"),
            ("it", ""),
            ("It", ""),
            ("it's", ""),
            ("we all", ""),
            ("She'll", ""),
            ("s", ""),
            ("mine", ""),
            ("the", ""),
            ("My", ""),
            ("the CFO", "the CFO"),
            ("analyst", "analyst"),
        ],
    )
    def test_is_a_name_and_no_pronoun(self, words: str, name: str) -> None:
        assert owner_named(words) == name


class TestNamesByTheirWords:
    def test_the_words_that_the_reader_marks_are_a_name_beside_others(self) -> None:
        state = heard(
            "customer: People keep telling me {metric:calls back after a visit} is up to {baseline:nine a day}."
        )
        assert cards(state.metrics) == ["Calls back after a visit"]

    def test_without_little_words_before_it_and_figures_in_it(self) -> None:
        told = _told("And it was in the car hire, hundred of them", marked="in the car hire")
        assert [name for way, name in ways_to_name(told) if way == "underlining"] == ["Car hire"]
        told = _told("Nine in a hundred of the returns", marked="hundred of the returns")
        assert [name for way, name in ways_to_name(told) if way == "underlining"] == []

    def test_how_often_is_none(self) -> None:
        told = _told("I look every single Monday", marked="every single Monday")
        assert [name for way, name in ways_to_name(told) if way == "underlining"] == []


def _told(said: str, *, marked: str) -> Told:
    """A clause whose marked words the reader takes for a measure's."""
    begin = said.index(marked)
    likely = [0.9 * (a < begin + len(marked) and begin < b) for a, b in word_places(said)]
    words = (Word(said[a:b], a, b, p, p) for (a, b), p in zip(word_places(said), likely, strict=True))
    return Told(said, 0, len(said), 0.9, tuple(words))
