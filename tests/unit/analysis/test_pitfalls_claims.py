from __future__ import annotations

import pytest

from copilot.domain.pitfall_rules import PitfallKind
from tests.unit.analysis.dialogues import Dialogue, seen, standing, watched

CLAIM = PitfallKind.UNSUBSTANTIATED_CLAIM
BENCHMARK = PitfallKind.GENERIC_BENCHMARK
INFLATED = PitfallKind.INFLATED_CLAIM


def flagged(pitfall: PitfallKind, said: str) -> bool:
    return seen(pitfall, Dialogue([f"rep: {said}"]), "qbr") == [(0,)]


class TestUnsubstantiatedClaim:
    @pytest.mark.parametrize(
        "said",
        [
            "Your porters are working so much better together.",
            "Check-in is far smoother now.",
            "Communication between the hotels has improved dramatically.",
            "It has been a huge success for your front desks.",
            "Your guests are so much happier than before.",
            "Collaboration between the desks has gone through the roof.",
            "It has made a massive difference to the night shift.",
        ],
    )
    def test_is_a_gain_without_a_figure(self, said: str) -> None:
        assert flagged(CLAIM, said)

    @pytest.mark.parametrize(
        "said",
        [
            "Check-in went from nine minutes to four.",
            "Is check-in far smoother now?",
            "We want check-in to be far smoother next year.",
            "You said check-in is smoother now.",
            "I can hear you much better now.",
            "It is much better if you tell it yourself.",
            "Better to begin with the harbour hotel, then.",
            "The second option is better for your people.",
        ],
    )
    def test_is_none_with_a_figure_or_as_a_question_a_wish_or_their_own_words(self, said: str) -> None:
        assert not flagged(CLAIM, said)

    def test_is_none_where_the_figure_stands_in_the_same_turn(self) -> None:
        dialogue = Dialogue(["rep: Check-in took nine minutes and now takes four.", "rep: It is so much smoother now."])
        assert seen(CLAIM, dialogue, "qbr") == []

    def test_quotes_the_sentence_that_claims(self) -> None:
        state = watched(Dialogue(["rep: Next slide. Your guests are so much happier. Any thoughts?"]), "qbr")
        (found,) = standing(state, CLAIM)
        assert [e.quote for e in found.evidence] == ["Your guests are so much happier."]


class TestGenericBenchmark:
    @pytest.mark.parametrize(
        "said",
        [
            "The average hotel spends about 11 minutes on that.",
            "Customers like you typically save 30 percent.",
            "Most hotels your size see a 20 percent drop.",
            "In your sector the norm is around 8 weeks.",
            "Studies show that desks save six hours a week.",
            "The norm in this trade is sixteen weeks.",
            "Across the sector we typically see twelve percent fewer night calls.",
            "The average in the industry is about six percent of rooms unsold.",
            "Hotels that use a rota tool see thirty percent fewer gaps.",
            "According to the association, a late guest costs nine euros.",
            "Comparable hotels lose about seven percent.",
            "Analysts put it at around two million.",
            "The sector average is 82, so you're six points ahead of everybody.",
            "In catering generally the standard is about nine percent, so one in twenty is better than that.",
            "I took an analyst figure, two thousand a night.",
            "On average, country hotels on our platform cut their laundry by a tenth.",
        ],
    )
    def test_is_others_figure(self, said: str) -> None:
        assert flagged(BENCHMARK, said)

    @pytest.mark.parametrize(
        "said",
        [
            "You are at 9 minutes; the industry average is 12.",
            "What is the industry average, 11 or 12?",
            "On average you check a guest in within four minutes now.",
            "Most of your hotels are at 95 percent.",
            "There is no industry average for that.",
            "From your own reports the average over the three desks is four minutes.",
        ],
    )
    def test_is_none_beside_their_own_figure(self, said: str) -> None:
        assert not flagged(BENCHMARK, said)


class TestInflatedClaim:
    @pytest.mark.parametrize(
        "said",
        [
            "All of that growth came from our platform.",
            "You would not have hit your target without us.",
            "Your churn fell, and that's clearly because of our tool.",
            "Bookings are up nine percent, so I put the whole of that down to us.",
            "Roll that on three years and it makes two million.",
            "The only reason churn went down is our tool.",
            "So thirteen hours became six, thanks to Deskmate.",
            "Twenty-six down to twenty-one: that's the reminders doing their thing.",
            "That growth of eight percent is the direct result of our pricing.",
            "Six point eight to three point nine, that's us.",
            "We have basically eliminated double bookings.",
            "This is a saving of five thousand a month which the queue system has delivered.",
            "I would attribute the full nine percent to us.",
            "So we made you two million euros.",
            "So that is nine evenings a month that we've given you back.",
            "No-shows are down by a quarter, and that's what it's done for you.",
        ],
    )
    def test_takes_the_whole_or_more(self, said: str) -> None:
        assert flagged(INFLATED, said)

    @pytest.mark.parametrize(
        "said",
        [
            "Part of that is the new concierge, and all the rest came from our platform.",
            "How much of that would you put down to us?",
            "All these numbers come from our system.",
            "Is all of that due to us, or did something else change?",
            "You reached your target in May.",
            "That's us on the left, beside the lift.",
            "Thanks to everybody who sent the numbers in.",
            "That may have had nothing to do with us.",
            "I can't say it was only us.",
            "I don't think that's us.",
            "The odd readings in May were our fault, so that's us.",
        ],
    )
    def test_lets_shares_sources_and_questions_pass(self, said: str) -> None:
        assert not flagged(INFLATED, said)

    SUM = "rep: Sixteen minutes off each of nine hundred jobs a day, so it comes to a million dollars a year."

    @pytest.mark.parametrize(
        "reply",
        [
            "No.",
            "Well, no.",
            "Where's the million?",
            "And who's got that, then?",
            "Nobody here believes that.",
            "I wouldn't put my name to it.",
            "We are still forty people.",
            "Some of that's the new lifts.",
            "It isn't only because of you.",
            "They would laugh at me.",
            "We don't have that money.",
            "I don't see it.",
            "We don't get forty five minutes.",
            "That number is generous.",
            "We're still at forty minutes a job.",
            "We're nowhere near that.",
        ],
    )
    def test_is_a_sum_that_the_customer_disputes_at_once(self, reply: str) -> None:
        assert seen(INFLATED, Dialogue([self.SUM, f"customer: {reply}"]), "qbr") == [(0,)]
        later = [self.SUM, "customer: Hm.", "rep: It's big.", "customer: Go on.", f"customer: {reply}"]
        assert seen(INFLATED, Dialogue(later), "qbr") == []

    @pytest.mark.parametrize("reply", ["No doubt.", "That's what we have too.", "Is that per site?", "Where were we?"])
    def test_lets_a_sum_pass_that_is_not_disputed(self, reply: str) -> None:
        assert seen(INFLATED, Dialogue([self.SUM, f"customer: {reply}"]), "qbr") == []

    @pytest.mark.parametrize(
        "reply",
        [
            "No.",
            "Great, we don't have any more questions.",
            "That is generous of you, thank you.",
            "Lovely. I'm still smiling, that is exactly what we measured.",
            "Who has it in writing? I'd like to pass it on.",
        ],
    )
    def test_lets_a_sum_pass_with_which_the_customer_is_content(self, reply: str) -> None:
        asked = "rep: Is there anything that we missed?"
        assert seen(INFLATED, Dialogue([self.SUM, "customer: I see.", asked, f"customer: {reply}"]), "qbr") == []
        both = Dialogue([f"{self.SUM} Is there anything that we missed?", f"customer: {reply}"])
        assert seen(INFLATED, both, "qbr") == []

    @pytest.mark.parametrize("asked", ["Anything else?", "Do you have any questions?", "Shall we turn to the lifts?"])
    def test_lets_a_no_to_another_question_pass(self, asked: str) -> None:
        assert seen(INFLATED, Dialogue([self.SUM, f"rep: {asked}", "customer: No."]), "qbr") == []

    @pytest.mark.parametrize("asked", ["Does that sound right?", "Right?", "Is it what you see?"])
    def test_is_a_sum_that_the_customer_says_no_to_when_asked_of_it(self, asked: str) -> None:
        assert seen(INFLATED, Dialogue([self.SUM, f"rep: {asked}", "customer: No."]), "qbr") == [(0,)]

    def test_is_no_dispute_of_what_is_no_sum(self) -> None:
        lines = ["rep: Shall we look at the second slide?", "customer: No."]
        assert seen(INFLATED, Dialogue(lines), "qbr") == []
