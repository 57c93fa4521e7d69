"""What asking a language model keeps to itself."""

from __future__ import annotations

import logging

import pytest

from tests.integration.language_models import ANSWER, KEY, SECRET_WORDS, ask, model_at
from tests.provider import Play, Provider

pytestmark = pytest.mark.anyio


class TestDiscretion:
    @pytest.mark.parametrize("play", ["answer", "error", "refuse", "disconnect", "garbage", "no_credit"])
    async def test_nothing_said_and_no_key_reaches_a_log(
        self, there: Provider, play: Play, caplog: pytest.LogCaptureFixture
    ) -> None:
        there.will(play)

        with caplog.at_level(logging.DEBUG):
            async with model_at(there) as model:
                heard = await ask(model)
            logging.getLogger("test").error("What came of it", exc_info=heard.failure)

        for secret in (SECRET_WORDS, "words number", KEY):
            assert secret not in caplog.text

    async def test_a_failure_does_not_repeat_what_the_provider_says(
        self, there: Provider, caplog: pytest.LogCaptureFixture
    ) -> None:
        there.complaint = f"Cannot answer: {SECRET_WORDS}"

        async with model_at(there) as model:
            heard = await ask(model)
        logging.getLogger("test").error("What came of it", exc_info=heard.failure)

        assert heard.failure is not None
        assert heard.failure.kind == "unusable"
        assert SECRET_WORDS not in caplog.text

    async def test_the_key_for_caches_tells_nothing_of_the_call(self, there: Provider) -> None:
        async with model_at(there) as model:
            await ask(model)

        prompt, _, shard = there.requests[0].body["prompt_cache_key"].rpartition("-")
        assert prompt == "copilot-find_wants-v1"
        assert 0 <= int(shard) < 16

    async def test_variables_meant_for_other_programs_change_nothing(
        self, there: Provider, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        for name, value in {
            "OPENAI_API_KEY": "sk-somebody-elses",
            "OPENAI_BASE_URL": "http://127.0.0.1:9/v1",
            "OPENAI_ORG_ID": "org-other",
            "OPENAI_PROJECT_ID": "proj-other",
            "OPENAI_CUSTOM_HEADERS": "X-Other: 1\nAuthorization: Bearer other",
        }.items():
            monkeypatch.setenv(name, value)
        there.key = KEY

        async with model_at(there) as model:
            assert (await ask(model)).text == ANSWER

        assert not {name for name in there.requests[0].headers if "other" in name or name.startswith("openai-")}
