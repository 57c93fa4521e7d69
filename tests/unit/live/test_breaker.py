from __future__ import annotations

from copilot.live.breaker import FIRST_REST_S, LONGEST_REST_S, OPENS_AFTER, Breaker


def failing(times: int, now_s: float = 0.0) -> Breaker:
    breaker = Breaker()
    for _ in range(times):
        breaker = breaker.asked().failed(now_s)
    return breaker


class TestBreaker:
    def test_admits_until_too_many_fail_in_a_row(self) -> None:
        assert failing(OPENS_AFTER - 1).admits(0.0)
        assert not failing(OPENS_AFTER).admits(0.0)

    def test_an_answer_begins_the_count_anew(self) -> None:
        breaker = failing(OPENS_AFTER - 1).answered().asked().failed(0.0)

        assert breaker.admits(0.0)

    def test_after_its_rest_one_request_goes_alone(self) -> None:
        breaker = failing(OPENS_AFTER)
        assert not breaker.admits(FIRST_REST_S - 0.1)
        assert breaker.admits(FIRST_REST_S)

        assert not breaker.asked().admits(FIRST_REST_S)

    def test_that_one_closes_it_or_doubles_the_rest(self) -> None:
        trying = failing(OPENS_AFTER).asked()

        assert trying.answered() == Breaker()
        assert trying.failed(100.0).rests_until_s == 100.0 + 2 * FIRST_REST_S

    def test_one_that_we_hung_up_on_ourselves_leaves_room_for_another(self) -> None:
        assert failing(OPENS_AFTER).asked().let_go().admits(FIRST_REST_S)

    def test_no_rest_is_longer_than_the_longest(self) -> None:
        breaker = failing(OPENS_AFTER)
        for _ in range(40):
            breaker = breaker.asked().failed(0.0)

        assert breaker.rests_until_s == LONGEST_REST_S

    def test_the_provider_may_say_how_long(self) -> None:
        assert Breaker().asked().failed(5.0, retry_after_s=7.0).rests_until_s == 12.0
        assert Breaker().asked().failed(5.0, retry_after_s=9e9).rests_until_s == 5.0 + LONGEST_REST_S

    def test_what_does_not_pass_by_itself_rests_for_long_at_once(self) -> None:
        assert Breaker().asked().failed(0.0, for_long=True).rests_until_s == LONGEST_REST_S

    def test_those_that_were_on_their_way_do_not_make_the_rest_longer(self) -> None:
        breaker = failing(OPENS_AFTER)

        assert breaker.failed(10.0) == breaker
