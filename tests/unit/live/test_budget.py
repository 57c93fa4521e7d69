from __future__ import annotations

from datetime import date

from copilot.live.budget import Allowance, Budget, Spend

TODAY, TOMORROW = date(2026, 5, 14), date(2026, 5, 15)


def budget(**limits: float) -> Budget:
    return Budget(Allowance(**{"kept_for_wrap_up": 0.0, **limits}), TODAY)  # type: ignore[arg-type]  # two are int


class TestBudget:
    def test_without_limits_everything_may_be_sent(self) -> None:
        assert budget().exhausted("a", Spend(10**9, 1e6), TODAY) is None

    def test_what_would_exceed_a_calls_tokens_is_not_sent_and_other_calls_go_on(self) -> None:
        kept = budget(call_tokens=100)
        kept.set_aside("a", Spend(60), TODAY)

        assert kept.exhausted("a", Spend(50), TODAY) == "call"
        assert kept.exhausted("b", Spend(50), TODAY) is None

    def test_what_would_exceed_the_days_money_is_not_sent_for_any_call(self) -> None:
        kept = budget(day_usd=1.0)
        kept.set_aside("a", Spend(usd=0.6), TODAY)

        assert kept.exhausted("b", Spend(usd=0.5), TODAY) == "day"

    def test_what_a_request_did_not_need_comes_back(self) -> None:
        kept = budget(call_tokens=100)
        settle = kept.set_aside("a", Spend(60), TODAY)
        settle(Spend(10))

        assert kept.of_call("a") == Spend(10)
        assert kept.exhausted("a", Spend(90), TODAY) is None

    def test_a_new_day_begins_with_nothing_spent(self) -> None:
        kept = budget(day_tokens=100)
        settle = kept.set_aside("a", Spend(90), TODAY)
        assert kept.exhausted("a", Spend(50), TOMORROW) is None
        settle(Spend(80))

        assert kept.spent_today == Spend()

    def test_a_share_of_a_calls_budget_is_kept_for_its_wrap_up(self) -> None:
        kept = budget(call_tokens=100, kept_for_wrap_up=0.3)

        assert kept.exhausted("a", Spend(80), TODAY) == "call"
        assert kept.exhausted("a", Spend(80), TODAY, wrap_up=True) is None

    def test_what_was_spent_before_a_restart_counts(self) -> None:
        kept = budget(call_tokens=100, day_tokens=100)
        kept.open("a", Spend(60))
        kept.add_to_day(Spend(70), TODAY)
        kept.add_to_day(Spend(70), date(2026, 5, 13))

        assert kept.exhausted("a", Spend(50), TODAY) == "call"
        assert kept.exhausted("b", Spend(50), TODAY) == "day"
        assert kept.exhausted("b", Spend(30), TODAY) is None
