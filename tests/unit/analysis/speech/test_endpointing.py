from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from copilot.analysis.speech.endpointing import (
    FRAME,
    Change,
    Closed,
    Endpointer,
    Limits,
    Opened,
    Paused,
    Resumed,
    Silence,
    limits_for,
)
from copilot.domain.audio import RATE_HZ

SPEECH, QUIET = 0.9, 0.05


def frames(seconds: float, probability: float = SPEECH) -> list[float]:
    return [probability] * round(seconds * RATE_HZ / FRAME)


def heard(*probabilities: list[float], limits: Limits | None = None, finish: bool = True) -> list[Change]:
    endpointer = Endpointer(limits or Limits())
    judged = [p for some in probabilities for p in some]
    changes = [change for p in judged for change in endpointer.feed(p)]
    return [*changes, *endpointer.finish(len(judged) * FRAME)] if finish else changes


def closed(changes: list[Change]) -> list[Closed]:
    return [change for change in changes if isinstance(change, Closed)]


class TestAnUtterance:
    def test_begins_before_its_onset_and_ends_after_its_last_sound(self) -> None:
        (utterance,) = closed(heard(frames(1.6, QUIET), frames(1.6), frames(1.6, QUIET)))
        stretch = utterance.stretch

        assert (stretch.speech.start_s, stretch.speech.end_s) == (1.6, 3.2)
        assert (round(stretch.span.start_s, 3), round(stretch.span.end_s, 3)) == (1.3, 3.3)
        assert stretch.voiced_s == 1.6

    def test_a_short_pause_is_part_of_it(self) -> None:
        changes = heard(frames(1), frames(0.4, QUIET), frames(1), frames(1, QUIET))

        assert len(closed(changes)) == 1
        assert [type(change) for change in changes if isinstance(change, Paused | Resumed)] == [Paused, Resumed, Paused]

    def test_a_long_one_parts_two(self) -> None:
        assert len(closed(heard(frames(1), frames(0.7, QUIET), frames(1), frames(1, QUIET)))) == 2

    def test_a_pause_guesses_what_the_end_will_be(self) -> None:
        changes = heard(frames(1), frames(1, QUIET))
        (guess,) = [change for change in changes if isinstance(change, Paused)]

        assert closed(changes)[0].stretch == guess.stretch

    def test_a_click_is_none(self) -> None:
        changes = heard(frames(1, QUIET), frames(0.064), frames(1, QUIET))

        assert closed(changes) == []

    def test_the_pre_roll_never_reaches_into_the_one_before(self) -> None:
        first, second = closed(heard(frames(1), frames(0.56, QUIET), frames(1), frames(1, QUIET)))

        assert second.stretch.span.start >= first.stretch.span.end

    def test_telephone_sound_needs_less_to_count(self) -> None:
        mumbling = frames(1, 0.3)

        assert closed(heard(mumbling)) == []
        assert len(closed(heard(mumbling, limits=limits_for(8000)))) == 1


class TestALongOne:
    def test_is_cut_where_it_is_quietest(self) -> None:
        breath = 0.4
        changes = heard(frames(10.5), frames(0.032, breath), frames(6), frames(1, QUIET))
        first, second = closed(changes)

        assert first.cut
        assert first.stretch.span.end_s == 10.496
        assert second.stretch.span.start == first.stretch.span.end
        assert abs(first.stretch.voiced + second.stretch.voiced - 16.5 * RATE_HZ) < 2 * FRAME

    def test_never_grows_beyond_the_limit(self) -> None:
        assert all(len(utterance.stretch.span) <= 12 * RATE_HZ + FRAME for utterance in closed(heard(frames(100))))


class TestTheEnd:
    def test_closes_what_is_open(self) -> None:
        (utterance,) = closed(heard(frames(1)))

        assert utterance.stretch.span.end_s == 0.992

    def test_speech_that_has_only_just_begun_counts(self) -> None:
        (utterance,) = closed(heard(frames(1, QUIET), frames(0.064)))

        assert utterance.stretch.speech.length_s == 0.064

    def test_a_rest_that_fills_no_frame_is_silence(self) -> None:
        endpointer = Endpointer(Limits())
        endpointer.feed(QUIET)

        assert endpointer.finish(FRAME + 100) == [Silence(FRAME + 100)]


@given(
    st.lists(
        st.tuples(st.floats(0, 1), st.integers(1, 60)),
        max_size=30,
    ),
    st.integers(0, 40).map(lambda n: n * FRAME + 7),
)
def test_says_of_every_sample_whether_it_is_silence_or_part_of_an_utterance(
    judged: list[tuple[float, int]], position: int
) -> None:
    endpointer = Endpointer(Limits(longest_s=5.0), position)
    changes: list[Change] = []
    for probability, times in judged:
        for _ in range(times):
            changes += endpointer.feed(probability)
    end = position + sum(times for _, times in judged) * FRAME
    changes += endpointer.finish(end)

    border = position
    opened: int | None = None
    for change in changes:
        match change:
            case Silence():
                assert opened is None
                assert change.up_to > border
                border = change.up_to
            case Opened():
                assert change.start >= border
                opened = change.start
            case Closed():
                assert change.stretch.span.start == opened
                assert change.stretch.span.end > change.stretch.span.start
                border, opened = change.stretch.span.end, None
            case _:
                assert opened is not None
    assert border == end
