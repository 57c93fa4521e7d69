from __future__ import annotations

from copilot.analysis.speech.echo import Said, is_echo, undecided
from copilot.domain.audio import RATE_HZ, Span


def said(start_s: float, end_s: float, text: str) -> Said:
    return Said(Span(round(start_s * RATE_HZ), round(end_s * RATE_HZ)), text)


QUESTION = said(10, 13, "What does a day of downtime cost you?")


class TestEcho:
    def test_the_same_words_at_the_same_time_are_one(self) -> None:
        assert is_echo(said(10.1, 13.1, "what does one day of downtime cost you"), [QUESTION])

    def test_the_same_words_later_are_the_rep_repeating_them(self) -> None:
        assert not is_echo(said(13.5, 16, "what does a day of downtime cost you"), [QUESTION])

    def test_other_words_at_the_same_time_are_the_rep_talking_over_it(self) -> None:
        assert not is_echo(said(10, 13, "sorry can I just finish that thought first"), [QUESTION])

    def test_few_words_are_said_by_both_sides(self) -> None:
        assert not is_echo(said(10, 11, "yes yes exactly"), [said(10, 11, "yes yes exactly")])

    def test_it_may_come_from_two_utterances_of_the_far_side(self) -> None:
        far_side = [said(0, 2, "we lose two days"), said(2.6, 4, "every single week")]

        assert is_echo(said(0.1, 4, "we lose two days every single week"), far_side)

    def test_an_echo_followed_by_words_of_ones_own_is_kept(self) -> None:
        heard = said(10.1, 16, "what does a day of downtime cost you well that is a fair question I would say")

        assert not is_echo(heard, [QUESTION])


class TestUndecided:
    HEARD = said(10, 13, "").span

    def undecided(self, known: list[tuple[float, float]], unknown: list[tuple[float, float]]) -> bool:
        known_spans, unknown_spans = ([said(*times, "").span for times in spans] for spans in (known, unknown))
        return undecided(self.HEARD, known_spans, unknown_spans)

    def test_while_the_far_side_still_speaks_and_has_for_half_of_it(self) -> None:
        assert self.undecided([], [(10.2, 14)])

    def test_not_for_a_quick_answer(self) -> None:
        assert not self.undecided([], [(12.8, 16)])

    def test_not_once_everything_is_known(self) -> None:
        assert not self.undecided([(10, 13)], [(13.5, 15)])

    def test_what_is_known_counts_towards_the_half(self) -> None:
        assert self.undecided([(10, 11.2)], [(12, 12.5)])
