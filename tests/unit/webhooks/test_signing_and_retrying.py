"""How webhooks are signed, and when they are tried again."""

from __future__ import annotations

import base64

import pytest
from hypothesis import given
from hypothesis import strategies as st

from copilot.afterwards.webhooks.retrying import JITTER, LONGEST_ASKED_S, WAITS_S, wait_s
from copilot.domain.signing import key_of, signed

SECRET = "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw"


class TestSigning:
    def test_is_what_the_specifications_example_comes_to(self) -> None:
        headers = signed("msg_p5jXN8AQM9LWM0D4loKWxJek", 1614265330, b'{"test": 2432232314}', key_of(SECRET))

        assert headers == {
            "webhook-id": "msg_p5jXN8AQM9LWM0D4loKWxJek",
            "webhook-timestamp": "1614265330",
            "webhook-signature": "v1,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE=",
        }

    @pytest.mark.parametrize(
        "secret",
        [
            "",
            "whsec_",
            SECRET.removeprefix("whsec_"),
            "whsec_not base64!",
            f"whsec_{base64.b64encode(bytes(23)).decode()}",
            f"whsec_{base64.b64encode(bytes(65)).decode()}",
        ],
    )
    def test_a_secret_that_is_none_is_not_told(self, secret: str) -> None:
        with pytest.raises(ValueError, match="whsec_ and then base64") as problem:
            key_of(secret)
        assert len(secret) < 10 or secret.removeprefix("whsec_") not in str(problem.value)


class TestRetrying:
    @given(st.integers(1, len(WAITS_S)), st.floats(0, 1, exclude_max=True))
    def test_waits_longer_each_time_by_a_fifth_more_or_less(self, attempts: int, luck: float) -> None:
        wait = wait_s(attempts, luck)

        assert wait is not None
        assert WAITS_S[attempts - 1] * (1 - JITTER) <= wait <= WAITS_S[attempts - 1] * (1 + JITTER)

    def test_goes_on_for_hours_and_then_ends(self) -> None:
        assert 12 * 3600 < sum(WAITS_S) < 24 * 3600
        assert wait_s(len(WAITS_S) + 1, 0.5) is None

    def test_what_the_endpoint_asks_for_is_waited_for_within_reason(self) -> None:
        assert wait_s(1, 0.5, asked_s=120) == 120
        assert wait_s(1, 0.5, asked_s=1) == WAITS_S[0]
        assert wait_s(1, 0.5, asked_s=1e9) == LONGEST_ASKED_S
