"""What becomes of everything that can go wrong when a language model is asked over HTTP."""

from __future__ import annotations

import asyncio

import pytest

from tests.integration.language_models import ANSWER, PATIENCE_S, ask, model_at
from tests.provider import Play, Provider
from tests.provider.server import RETRY_AFTER_S

pytestmark = pytest.mark.anyio


class TestWhatGoesWrong:
    @pytest.mark.parametrize(
        ("play", "kind", "reason"),
        [
            ("rate_limit", "retryable", "too many requests"),
            ("no_credit", "misconfigured", "no credit left"),
            ("error", "retryable", "HTTP 500"),
            ("refuse", "refused", "refuses to answer"),
            ("filter", "refused", "filter"),
            ("length", "unusable", "cut off at 300 tokens"),
            ("prose", "unusable", "no JSON"),
            ("disconnect", "retryable", "cannot be reached"),
            ("garbage", "retryable", "not made as it should be"),
            ("not_utf8", "retryable", "not made as it should be"),
        ],
    )
    async def test_is_said_by_kind_and_nothing_is_tried_again(
        self, there: Provider, play: Play, kind: str, reason: str
    ) -> None:
        there.will(play)

        async with model_at(there) as model:
            heard = await ask(model)
            afterwards = await ask(model)

        assert heard.failure is not None
        assert (heard.failure.kind, reason in heard.failure.reason) == (kind, True)
        assert len(there.requests) == 2
        assert afterwards.text == ANSWER

    async def test_a_wait_that_the_provider_asks_for_is_passed_on(self, there: Provider) -> None:
        there.will("rate_limit", "error")

        async with model_at(there) as model:
            asked_to_wait, not_asked = (await ask(model)).failure, (await ask(model)).failure

        assert asked_to_wait is not None
        assert not_asked is not None
        assert asked_to_wait.retry_after_s == RETRY_AFTER_S
        assert not_asked.retry_after_s is None

    @pytest.mark.parametrize("play", ["length", "filter", "disconnect"])
    async def test_what_came_before_it_is_not_lost(self, there: Provider, play: Play) -> None:
        there.will(play)

        async with model_at(there) as model:
            heard = await ask(model)

        assert heard.text == ANSWER[: len(ANSWER) * 2 // 3]
        assert (heard.usage is None) == (play == "disconnect")

    async def test_json_that_is_cut_or_of_another_shape_is_for_the_reader_to_find(self, there: Provider) -> None:
        there.will("cut", "wrong_schema")

        async with model_at(there) as model:
            cut, wrong = await ask(model), await ask(model)

        assert (cut.text, cut.failure) == (ANSWER[: len(ANSWER) * 2 // 3], None)
        assert wrong.text.startswith('{"thoughts"')

    @pytest.mark.parametrize("play", ["hang", "stall", "drip"])
    async def test_a_deadline_ends_it_and_the_provider_sees_the_hang_up(self, there: Provider, play: Play) -> None:
        there.will(play)

        async with model_at(there) as model:
            with pytest.raises(TimeoutError):
                async with asyncio.timeout(0.5):
                    await ask(model)
            async with asyncio.timeout(PATIENCE_S):
                await there.requests[0].over.wait()
            afterwards = await ask(model)

        assert there.requests[0].hung_up
        assert afterwards.text == ANSWER

    async def test_a_wrong_key_is_for_a_person_to_mend(self, there: Provider) -> None:
        there.key = "another"

        async with model_at(there) as model:
            failure = (await ask(model)).failure

        assert failure is not None
        assert (failure.kind, "key" in failure.reason) == ("misconfigured", True)

    async def test_a_provider_that_is_not_there_may_come_back(self, there: Provider) -> None:
        away = Provider()
        async with away.listening():
            pass

        async with model_at(away) as model:
            failure = (await ask(model)).failure

        assert failure is not None
        assert (failure.kind, failure.reason) == ("retryable", "the provider cannot be reached")

    async def test_requests_do_not_wait_for_one_another(self, there: Provider) -> None:
        there.will("hang")

        async with model_at(there) as model:
            hanging = asyncio.create_task(ask(model))
            async with asyncio.timeout(PATIENCE_S):
                await there.visited.wait()
                assert (await ask(model)).text == ANSWER
            hanging.cancel()
            await asyncio.gather(hanging, return_exceptions=True)
