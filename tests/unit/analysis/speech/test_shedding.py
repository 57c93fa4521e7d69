from __future__ import annotations

from copilot.analysis.speech.shedding import Ladder, Shed


def observed(ladder: Ladder, *, start_s: int, seconds: int, waited_s: float) -> list[Shed]:
    return [ladder.observe(now_s, waited_s=waited_s) for now_s in range(start_s, start_s + seconds)]


class TestLadder:
    def test_goes_up_a_step_at_a_time_while_finals_wait(self) -> None:
        steps = observed(Ladder(), start_s=0, seconds=15, waited_s=3)

        assert sorted(set(steps)) == list(Shed)[1:]
        assert steps == sorted(steps)

    def test_comes_down_slowly_and_all_the_way(self) -> None:
        ladder = Ladder()
        observed(ladder, start_s=0, seconds=15, waited_s=3)
        steps = observed(ladder, start_s=15, seconds=90, waited_s=0)

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

    def test_new_calls_are_refused_last(self) -> None:
        assert max(Shed) is Shed.CALLS

    def test_each_but_the_lowest_says_what_it_leaves_out(self) -> None:
        says = [step.says(smaller=False) for step in Shed]

        assert says[0] is None
        assert [said for said in says[1:] if said is None or "Nothing is lost." not in said] == []
        assert "less care" in str(Shed.CARE.says(smaller=False))
        assert "a smaller model" in str(Shed.CARE.says(smaller=True))
