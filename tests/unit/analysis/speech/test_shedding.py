from __future__ import annotations

from copilot.analysis.speech.shedding import Ladder, Shed


def observed(ladder: Ladder, *, start_s: int, seconds: int, waited_s: float) -> list[Shed]:
    return [ladder.observe(now_s, waited_s=waited_s) for now_s in range(start_s, start_s + seconds)]


class TestLadder:
    def test_goes_up_a_step_at_a_time_while_finals_wait(self) -> None:
        steps = observed(Ladder(), start_s=0, seconds=14, waited_s=3)

        assert sorted(set(steps)) == list(Shed)[1:]
        assert steps == sorted(steps)

    def test_comes_down_slowly_and_all_the_way(self) -> None:
        ladder = Ladder()
        observed(ladder, start_s=0, seconds=14, waited_s=3)
        steps = observed(ladder, start_s=14, seconds=80, waited_s=0)

        assert steps[0] is max(Shed)
        assert steps[9] is max(Shed)
        assert steps[-1] is Shed.NOTHING
        assert steps == sorted(steps, reverse=True)

    def test_stays_where_it_is_in_between(self) -> None:
        ladder = Ladder()
        ladder.observe(0, waited_s=2)

        assert set(observed(ladder, start_s=1, seconds=60, waited_s=1)) == {Shed.PARTIALS_EVERY_2_S}


class TestSteps:
    def test_partials_come_at_longer_and_longer_intervals(self) -> None:
        assert [step.partial_every_s for step in Shed][:3] == [1, 2, 4]

    def test_new_calls_are_refused_before_the_last_step(self) -> None:
        assert [step for step in Shed if not step.takes_calls] == [Shed.CARE, Shed.PARTIALS]

    def test_only_the_lowest_has_nothing_to_say(self) -> None:
        assert [step for step in Shed if step.says is None] == [Shed.NOTHING]
