from __future__ import annotations

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from copilot.analysis.language.wording import as_spoken
from copilot.analysis.questions.opening import Opening
from copilot.analysis.questions.worded import worded
from copilot.analysis.questions.wording import (
    MOST_WORDS_ASKED,
    MOST_WORDS_OF_WHY,
    as_wanted,
    named,
    question_text,
    told,
    why_text,
)
from copilot.domain.call import CallKind
from copilot.domain.gap_questions import GAP_PLACEHOLDERS, Gap
from copilot.domain.state import CallState
from tests.unit.analysis.books import playbook
from tests.unit.analysis.dialogues import Dialogue, asked_about, metric, outcome

WORDINGS = [
    *(ask for rule in playbook().gaps.gaps.values() for ask in rule.ask),
    *(why for rule in playbook().gaps.gaps.values() for why in rule.why),
    *(ask for entries in playbook().gaps.stage_questions.values() for entry in entries for ask in entry.ask),
]
SLOPPY = re.compile(r"[{}]|\s{2}|[,;:.!?]\s*[,;:.!?]|“\s*”|““|””|\s(?:[,;:!?]|\.(?!\d))|^\s|\s$")  # " .5" is a figure

texts = st.one_of(
    st.text(max_size=60),
    st.lists(
        st.sampled_from(
            [
                *(
                    "we want",
                    "the nurses",
                    "to get",
                    "fewer calls,",
                    "{outcome}",
                    "from six weeks",
                    "to four",
                    "by June.",
                ),
                *("not", "“quoted”", "who", "and", "(maybe)", "Raj's list:", "20%", "…", "we'd like", "—", "no more"),
                *("re-typing?", "{x}", "stop!", "on", "of", "; or"),
            ]
        ),
        max_size=14,
    ).map(" ".join),
)


class TestNamedOutcomes:
    @pytest.mark.parametrize(
        ("text", "name"),
        [
            ("Bills have to be right", "bills being right"),
            ("Trucks must leave on time", "trucks leaving on time"),
            ("Wrong labels", "getting wrong labels down"),
            ("Fewer wrong labels", "fewer wrong labels"),
            ("Wrong labels down to one percent", "wrong labels down to one percent"),
            ("Cut churn", "cut churn"),
        ],
    )
    def test_say_what_is_wanted(self, text: str, name: str) -> None:
        assert as_wanted(named(text, with_figures=True)) == name


class TestNamed:
    @pytest.mark.parametrize(
        ("text", "name"),
        [
            ("Vans leave on time, with fewer phone calls", "vans leave on time"),
            ("I'd like the depots to work together better", "the depots to work together better"),
            ("Time from order to first delivery down from nine weeks to five", "time from order to first delivery"),
            ("Single sign-on", "single sign-on"),
            ("Share of lines that come out wrong in the monthly bill", "share of lines that come out wrong"),
            ("The press on line two does not stop unplanned", "the press on line two does not stop unplanned"),
        ],
    )
    def test_is_the_thing_without_lead_in_side_clause_and_measure(self, text: str, name: str) -> None:
        assert named(text) == name

    def test_keeps_the_figure_of_a_short_outcome(self) -> None:
        assert (
            named("Order to delivery down to five weeks", with_figures=True) == "order to delivery down to five weeks"
        )

    @pytest.mark.parametrize(
        "text", ["A person who picks up the phone at night", "Down to four", "", "…", "The first one"]
    )
    def test_is_empty_where_few_words_say_nothing(self, text: str) -> None:
        assert named(text) == ""

    def test_never_loses_a_not(self) -> None:
        long = "Drivers in the northern depots never wait for papers at the border again in winter"
        assert "never" in named(long)
        assert named("Papers at the border office are in no case handed over to drivers without a stamp") == ""

    def test_keeps_the_capital_of_a_name(self) -> None:
        quote = "it has to load into Betty, and Raj has to see it"
        assert named("Raj sees every load", [quote]) == "Raj sees every load"
        assert named("Loads into Betty", [quote]) == "loads into Betty"

    @given(texts)
    def test_is_short_and_clean_whatever_the_text(self, text: str) -> None:
        name = named(text)
        assert len(name.split()) <= 9
        assert not re.search(r"[{}“”\"]|\s{2}|[?!;]", name)
        assert name == name.strip()


class TestTold:
    def test_is_the_clause_that_holds_the_words(self) -> None:
        text = "Right, so, it was March, and we lost nine pickups that week. Then it got quiet."
        assert told(text, (text.index("lost"), 0)) == "We lost nine pickups that week"

    @pytest.mark.parametrize("text", ["Yeah.", "And my team, they", "Well it is what it is"])
    def test_is_empty_where_that_says_nothing(self, text: str) -> None:
        assert told(text, (0, 1)) == ""

    def test_is_empty_where_it_is_long(self) -> None:
        assert told("we lose three good drivers every single autumn to the depot of the others", (8, 9)) == ""


class TestAsSpoken:
    @pytest.mark.parametrize(
        ("words", "spoken"),
        [("Fifty minutes", "fifty minutes"), ("ADO sync", "ADO sync"), ("I", "I"), ("9 weeks", "9 weeks")],
    )
    def test_has_a_small_first_letter(self, words: str, spoken: str) -> None:
        assert as_spoken(words) == spoken


class TestQuestionText:
    ASKS = ("“{metric}” is at {figure}; where should it be?", "Where should “{metric}” be?", "Where should it be?")

    def test_takes_the_most_specific_wording_that_can_be_filled(self) -> None:
        assert question_text(self.ASKS, {"metric": "spoilt tanks", "figure": "nine"}) == (
            "“Spoilt tanks” is at nine; where should it be?"
        )
        assert question_text(self.ASKS, {"metric": "spoilt tanks", "figure": ""}) == "Where should “spoilt tanks” be?"
        assert question_text(self.ASKS, {}) == "Where should it be?"

    def test_takes_a_plainer_one_where_it_would_be_too_long_to_say(self) -> None:
        long = "the number of tanks that were found spoilt at the dairy gate in May"
        assert question_text(self.ASKS, {"metric": long, "figure": "nine"}) == "Where should it be?"

    def test_is_none_where_nothing_fits(self) -> None:
        assert question_text(self.ASKS[:2], {}) is None

    def test_leaves_what_was_said_alone(self) -> None:
        assert question_text(("Why “{pain}”?",), {"pain": "{metric} again"}) == "Why “{metric} again”?"


class TestThePlaybooksWordings:
    @given(st.sampled_from(WORDINGS), st.dictionaries(st.sampled_from(GAP_PLACEHOLDERS), texts, min_size=7))
    def test_come_out_clean_whatever_the_items_are_called(self, wording: str, said: dict[str, str]) -> None:
        values = {placeholder: named(text) for placeholder, text in said.items()}
        for text in (question_text((wording,), values), why_text((wording,), values)):
            assert text is None or not SLOPPY.search(text)

    @given(st.sampled_from(Gap), texts, texts, st.sampled_from(CallKind))
    def test_give_a_question_and_a_ground_for_every_gap(self, gap: Gap, text: str, other: str, kind: CallKind) -> None:
        values = {placeholder: named(text) or named(other) for placeholder in GAP_PLACEHOLDERS}
        stage = playbook().gap_questions(gap).stage or "metrics"
        why = {**values, "stage": playbook().stage(stage).title}
        opening = Opening(gap.value, "O1", stage, 50.0, values=values, why_values=why)
        question = worded(opening, CallState(), playbook(), kind)
        assert question is not None
        assert question.text.endswith("?")
        assert len(question.text.split()) <= MOST_WORDS_ASKED
        assert len(question.why.split()) <= MOST_WORDS_OF_WHY
        assert not SLOPPY.search(question.text)
        assert not SLOPPY.search(question.why)

    @pytest.mark.parametrize("wording", WORDINGS)
    def test_put_the_customers_words_in_quotation_marks(self, wording: str) -> None:
        for placeholder in {"outcome", "other_outcome", "metric", "capability", "pain", "next_step"}:
            bare = wording.replace(f"“{{{placeholder}}}”", "")
            assert f"{{{placeholder}}}" not in bare


class TestTheWordsOfThisCustomer:
    @pytest.mark.parametrize(
        ("text", "question"),
        [
            ("Fewer spoilt tanks", "How would you measure “fewer spoilt tanks”, and where does it stand today?"),
            ("Get the milk in by six", "Which figure would tell you that “get the milk in by six” is coming true?"),
        ],
    )
    def test_stand_in_the_question_whether_a_thing_or_a_deed(self, text: str, question: str) -> None:
        line = "customer: Fewer spoilt tanks, and we want to get the milk in by six."
        dialogue = Dialogue([line], {0: "positive_business_outcomes"}, {0: [outcome(text, 0, "Fewer spoilt tanks")]})
        asked = [q.text for q in asked_about(dialogue).questions if q.gap == Gap.OUTCOME_WITHOUT_METRIC]
        assert asked == [question]

    def test_stand_in_the_ground_too(self) -> None:
        line = "customer: The share of spoilt tanks should go below two percent."
        noted = {0: [metric("Share of spoilt tanks", 0, "share of spoilt tanks", target="below two percent")]}
        state = asked_about(Dialogue([line], {0: "metrics"}, noted))
        question = next(q for q in state.questions if q.gap == Gap.METRIC_WITHOUT_BASELINE)
        assert question.text == "You aim for below two percent; where does “share of spoilt tanks” stand today?"
        assert question.why == "“Below two percent” is a target; no baseline yet"
