from __future__ import annotations

import pytest

from copilot.domain.call import CallKind, Participant, Role
from copilot.domain.items import Evidence
from copilot.domain.prose import Prose, Sentence
from copilot.domain.state import CallState
from copilot.review.summary_email import (
    as_html,
    as_markdown,
    as_text,
    write_letter,
)
from tests.unit.review.calls import CYCLE, OUTCOME, REPORTS, SYNC, keyed, marked, saying, whole_call


class TestWhatItTells:
    def test_the_whole_letter(self) -> None:
        assert as_text(write_letter(whole_call())) == WHOLE_LETTER

    def test_what_they_told_is_quoted_as_they_said_it(self) -> None:
        letter = write_letter(whole_call())

        told = [*letter.before, *letter.consequences]
        assert [quote.evidence.utterance for quote in told] == [1, 3]
        said = whole_call().utterances
        assert all(quote.text in said[quote.evidence.utterance].text for quote in told)

    def test_outcomes_come_as_they_were_ranked_and_the_rest_refers_to_their_numbers(self) -> None:
        second = OUTCOME.model_copy(update={"id": "O2", "text": "fewer meetings", "priority": 2})
        unranked = OUTCOME.model_copy(update={"id": "O3", "text": "happier people", "priority": None})
        serving = SYNC.model_copy(update={"outcomes": ("O3", "O1")})
        letter = write_letter(whole_call(outcomes=keyed(unranked, second, OUTCOME), capabilities=keyed(serving)))

        assert [(aim.rank, aim.item) for aim in letter.aims] == [(1, "O1"), (2, "O2"), (3, "O3")]
        assert letter.phases[0].needs[0].serves == (1, 3)

    def test_what_a_metric_lacks_is_open_and_asked_for(self) -> None:
        bare = CYCLE.model_copy(update={"target": None, "owner": None, "cadence": None})
        letter = write_letter(whole_call(metrics=keyed(bare)))

        assert "Target: open" in as_text(letter)
        assert "Owner: open · Reported: open" in as_text(letter)
        assert letter.open_questions == (
            "Which figure should “Release cycle” reach?",
            "Who owns “Release cycle”, and how often will it be reported?",
        )

    def test_a_step_without_owner_or_date_says_so(self) -> None:
        loose = REPORTS.model_copy(update={"owner": None, "due": None})

        assert "owner open · date open" in as_text(write_letter(whole_call(next_steps=keyed(loose))))

    def test_the_customers_are_greeted_and_the_rep_signs(self) -> None:
        letter = write_letter(whole_call())

        assert letter.greeting == "Hello Luis and Dr. Priya Shah,"
        assert letter.signature == "Dana"  # as the talk names whoever spoke most on that side

    def test_a_crowd_is_greeted_without_names(self) -> None:
        state = whole_call()
        crowd = tuple(Participant(name=f"Guest {n}", role=Role.CUSTOMER) for n in range(5))
        assert state.call is not None
        many = whole_call(call=state.call.model_copy(update={"participants": crowd}))

        assert write_letter(many).greeting == "Hello,"

    def test_a_review_speaks_of_before_and_now(self) -> None:
        letter = write_letter(whole_call(CallKind.QBR))

        assert letter.subject == "What we reviewed together: A release takes four weeks"
        assert "Before: six weeks → Now, or aimed at: four weeks" in as_text(letter)

    def test_a_call_in_which_nothing_was_said_makes_a_short_letter(self) -> None:
        letter = write_letter(CallState())

        assert not letter.says_something
        assert as_text(letter).startswith("Hello,\n\nThank you for the conversation. We would like to hear more")
        assert "not as you meant it" not in as_text(letter) + as_markdown(letter) + as_html(letter)

    def test_every_entry_rests_on_words_that_were_said(self) -> None:
        letter, said = write_letter(whole_call()), whole_call().utterances

        needs = [need for phase in letter.phases for need in phase.needs]
        entries = [*letter.aims, *needs, *letter.measures, *letter.steps]
        assert len(entries) == 5
        assert all(e.quote in said[e.utterance].text for entry in entries for e in entry.evidence)


class TestQuotes:
    def test_questions_noises_and_scraps_are_not_quoted(self) -> None:
        state = saying(
            ("customer", "Both good. It takes four months to train somebody up. Does that help you at all?"),
            ("customer", "Yeah, right."),
            ("customer", "Which system do you mean by that, the old one or the new?"),
            marks=marked(["before_scenario"] * 3),
        )

        assert [quote.text for quote in write_letter(state).before] == ["It takes four months to train somebody up."]

    def test_only_the_fullest_are_given_back_in_the_order_of_the_call(self) -> None:
        state = saying(
            ("customer", "We plan in one tool and track in the other tool."),
            ("customer", "We have nine regional lists and forty people who keep them up to date every week."),
            ("customer", "The lists are kept by hand in the regions."),
            ("customer", "The master list has eleven thousand rows, and it lives on one laptop in the London office."),
            ("customer", "It takes two days to bring the regional lists together at the end of the month."),
            marks=marked(["before_scenario"] * 5),
        )

        assert [quote.evidence.utterance for quote in write_letter(state).before] == [1, 3, 4]

    def test_a_mark_that_is_not_sure_is_not_relied_on(self) -> None:
        marks = marked(["before_scenario"])
        unsure = {0: marks[0].model_copy(update={"confidence": 0.4})}
        words = ("customer", "We plan in one tool and track in the other tool.")

        assert write_letter(saying(words, marks=marks)).before
        assert not write_letter(saying(words, marks=unsure)).before

    def test_one_that_goes_on_for_too_long_is_cut_and_says_so(self) -> None:
        long = " ".join(f"word{n}" for n in range(60))
        (quote,) = write_letter(saying(("customer", long), marks=marked(["before_scenario"]))).before

        assert long.startswith(quote.text)
        assert len(quote.text.split()) == 45
        assert f"{quote.text} …”" in " ".join(
            as_text(write_letter(saying(("customer", long), marks=marked(["before_scenario"])))).split()
        )


class TestProse:
    def prose(self, text: str, utterance: int, quote: str) -> CallState:
        sentence = Sentence(text=text, evidence=(Evidence(utterance=utterance, quote=quote),))
        return whole_call(prose={"summary_email": Prose(purpose="summary_email", sentences=(sentence,))})

    def test_a_models_account_leads_and_the_facts_stay_the_same(self) -> None:
        text = "You want a release to take four weeks, down from six, by the summer."
        with_prose = write_letter(self.prose(text, 4, "A release takes six weeks. I want that down to four"))

        assert with_prose.opening == (
            "Thank you for the conversation.",
            text,
            "Below is what we took from it, in your words. Please tell us what we have wrong or missed.",
        )
        plain = write_letter(whole_call())
        assert with_prose.model_copy(update={"opening": plain.opening, "account": ()}) == plain

    @pytest.mark.parametrize(
        ("text", "utterance", "quote"),
        [
            ("You liked our lovely dashboards.", 5, "You could also have our dashboards, they are lovely."),
            ("The champion seems weak and may be replaced.", 4, "A release takes six weeks."),
        ],
        ids=["on the rep's words", "about something else than its quote"],
    )
    def test_a_sentence_that_does_not_rest_on_the_customers_words_is_not_used(
        self, text: str, utterance: int, quote: str
    ) -> None:
        assert write_letter(self.prose(text, utterance, quote)) == write_letter(whole_call())

    def test_a_reps_quote_beside_the_customers_does_not_count(self) -> None:
        theirs = Evidence(utterance=4, quote="A release takes six weeks. I want that down to four")
        ours = Evidence(utterance=5, quote="You could also have our dashboards, they are lovely.")
        for text, used in (
            ("You want a release to take four weeks, down from six.", True),
            ("You want a release in four weeks with our lovely dashboards.", False),
        ):
            account = Prose(purpose="summary_email", sentences=(Sentence(text=text, evidence=(theirs, ours)),))

            assert (text in write_letter(whole_call(prose={"summary_email": account})).opening) is used

    def test_feedback_for_the_rep_is_no_text_for_the_customer(self) -> None:
        quote = Evidence(utterance=4, quote="A release takes six weeks.")
        coaching = Prose(
            purpose="coaching", sentences=(Sentence(text="A release takes six weeks: ask why.", evidence=(quote,)),)
        )

        assert write_letter(whole_call(prose={"coaching": coaching})) == write_letter(whole_call())


WHOLE_LETTER = """\
Hello Luis and Dr. Priya Shah,

Thank you for the conversation. Below is what we took from it, in your
words. Please tell us what we have wrong or missed.

HOW IT WORKS TODAY

  “Planning happens in one tool and the tracking in another, and I copy
  between them by hand.” — Luis

WHAT THAT COSTS YOU

  “We missed two launches last year, and each of them cost us three
  hundred thousand.” — Luis

WHAT YOU WANT TO REACH

  1. A release takes four weeks
     “I want that down to four by the summer.” — Luis

WHAT HAS TO BE IN PLACE

  From day one:
  - Two-way sync with the tracker (for 1)

  Later:
  - Single sign-on

HOW WE WILL MEASURE IT

  - Release cycle (for 1)
    Today: six weeks → Target: four weeks
    Owner: Priya · Reported: every month

WHO DOES WHAT, BY WHEN

  - Send the last four reports
    Priya · Friday

If anything here is not as you meant it, a short reply is enough.

Best regards
Dana
"""
