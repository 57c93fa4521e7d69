"""How a language model is asked over HTTP, and what becomes of everything that can go wrong there."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import AsyncIterator
from contextlib import aclosing
from typing import Any, cast

import pytest
from langchain_core.callbacks import UsageMetadataCallbackHandler
from langchain_core.exceptions import OutputParserException
from langchain_core.language_models import GenericFakeChatModel
from langchain_core.messages import AIMessage, HumanMessage

from copilot.adapters.llm.model import ChatLanguageModel
from copilot.domain.language_model import Message, ModelRequest, Usage
from copilot.errors import ModelFailed
from tests.integration.language_models import (
    ANSWER,
    KEY,
    MODEL,
    REQUEST,
    SECRET_WORDS,
    Wants,
    answer,
    ask,
    completions,
    model_at,
)
from tests.provider import Play, Provider, provider
from tests.provider.server import RETRY_AFTER_S

pytestmark = pytest.mark.anyio

PATIENCE_S = 20


@pytest.fixture
async def there() -> AsyncIterator[Provider]:
    async with provider(answer=answer) as made:
        yield made


class TestAnAnswer:
    async def test_comes_in_pieces_and_is_what_was_asked_for(self, there: Provider) -> None:
        async with model_at(there) as model:
            heard = await ask(model)

        assert heard.text == ANSWER
        assert heard.pieces > 10
        assert [want.utterance for want in heard.wants] == [0, 1, 2, 3]

    async def test_tells_at_its_end_what_it_cost(self, there: Provider) -> None:
        long = ModelRequest(
            "find_wants v1",
            (Message("system", "Rules. " * 1000, ends_prefix=True), Message("user", "u0: Hello")),
            Wants,
            300,
        )

        async with model_at(there) as model:
            first, second = await ask(model, long), await ask(model, long)

        assert first.usage is not None
        assert second.usage is not None
        assert first.usage.output_tokens == len(ANSWER) // 4
        assert first.usage.cache_write_tokens == second.usage.cached_tokens > 1024
        assert first.usage.cached_tokens == second.usage.cache_write_tokens == 0

    async def test_carries_the_key_and_no_more_than_the_provider_knows(self, there: Provider) -> None:
        there.key = KEY

        async with model_at(there) as model:
            assert (await ask(model)).failure is None

        assert there.requests[0].body == {
            "model": MODEL,
            "messages": [
                {
                    "role": "system",
                    "content": [
                        {
                            "type": "text",
                            "text": REQUEST.messages[0].text,
                            "prompt_cache_breakpoint": {"mode": "explicit"},
                        }
                    ],
                },
                {
                    "role": "user",
                    "content": [
                        {
                            "type": "text",
                            "text": REQUEST.messages[1].text,
                            "prompt_cache_breakpoint": {"mode": "explicit"},
                        },
                        {"type": "text", "text": REQUEST.messages[2].text},
                    ],
                },
            ],
            "stream": True,
            "stream_options": {"include_usage": True},
            "response_format": there.requests[0].body["response_format"],
            "max_completion_tokens": 300,
            "prompt_cache_options": {"mode": "explicit"},
            "prompt_cache_key": there.requests[0].body["prompt_cache_key"],
            "store": False,
        }

    async def test_is_hung_up_on_when_nobody_listens_any_more(self, there: Provider) -> None:
        there.pause_s = 0.01

        async with model_at(there) as model:
            async with aclosing(model.stream(REQUEST)) as pieces:
                async for _ in pieces:
                    break
            async with asyncio.timeout(PATIENCE_S):
                await there.requests[0].over.wait()

        assert there.requests[0].hung_up


class TestProfiles:
    @pytest.mark.parametrize("profile", ["openai", "azure", "vllm", "ollama", "compatible"])
    async def test_each_gets_the_answer(self, there: Provider, profile: str) -> None:
        async with model_at(there, profile, cuts_silently=False) as model:
            heard = await ask(model)

        assert heard.failure is None
        assert heard.text == ANSWER
        assert heard.usage is not None

    async def test_without_breakpoints_content_is_plain_text(self, there: Provider) -> None:
        async with model_at(there, "vllm") as model:
            await ask(model)

        said = [message["content"] for message in there.requests[0].body["messages"]]
        assert said == [REQUEST.messages[0].text, REQUEST.messages[1].text + REQUEST.messages[2].text]

    @pytest.mark.parametrize("structure", ["json", "prompt"])
    async def test_without_a_strict_schema_it_is_told_in_words(self, there: Provider, structure: str) -> None:
        async with model_at(there, "compatible", structure=structure) as model:
            heard = await ask(model)

        body = there.requests[0].body
        assert heard.wants
        assert "JSON schema" in body["messages"][0]["content"]
        assert REQUEST.messages[0].text in body["messages"][0]["content"]
        assert body.get("response_format") == ({"type": "json_object"} if structure == "json" else None)

    async def test_a_model_that_thinks_aloud_and_puts_fences_around_is_understood(self, there: Provider) -> None:
        there.will("fenced")

        async with model_at(there, "compatible", structure="prompt") as model:
            assert (await ask(model)).text == ANSWER

    async def test_no_usage_is_no_usage(self, there: Provider) -> None:
        async with model_at(there, stream_usage=False) as model:
            heard = await ask(model)

        assert (heard.text, heard.usage, heard.failure) == (ANSWER, None, None)

    async def test_a_request_cut_in_silence_is_noticed(self, there: Provider) -> None:
        long = ModelRequest("find_wants v1", (Message("user", "u0 customer: yes. " * 2000),), Wants, 300)

        async with model_at(there, "ollama") as model:
            whole = await ask(model, long)
            there.cut_to = 4096
            cut = await ask(model, long)

        assert whole.failure is None
        assert cut.failure is not None
        assert (cut.failure.kind, "4096 tokens" in cut.failure.reason) == ("misconfigured", True)
        assert cut.usage is not None


class TestAFieldThatTheProviderDoesNotKnow:
    @pytest.mark.parametrize(
        "unknown",
        [
            ["prompt_cache_options"],
            ["prompt_cache_breakpoint"],
            ["prompt_cache_options", "prompt_cache_breakpoint", "prompt_cache_key"],
            ["stream_options"],
            ["max_completion_tokens"],
            ["store"],
            ["response_format"],
            ["response_format", "prompt_cache_options", "prompt_cache_key", "stream_options", "store"],
        ],
    )
    async def test_is_left_out_from_then_on(self, there: Provider, unknown: list[str]) -> None:
        there.unknown = unknown

        async with model_at(there) as model:
            first = await ask(model)
            asked = len(there.requests)
            second = await ask(model)

        assert first.text == second.text == ANSWER
        assert asked > 1
        assert len(there.requests) == asked + 1
        assert not there.requests[-1].body.keys() & set(unknown)

    async def test_that_cannot_be_left_out_is_for_a_person_to_mend(self, there: Provider) -> None:
        there.unknown = ["stream"]

        async with model_at(there) as model:
            failure = (await ask(model)).failure

        assert failure is not None
        assert failure.kind == "unusable"
        assert "unknown_parameter" in failure.reason

    async def test_is_not_seen_in_a_schema_that_is_wrong(self, there: Provider) -> None:
        there.complaint = "Invalid schema for response_format 'Wants': In context=(), 'default' is not permitted."

        async with model_at(there) as model:
            failure = (await ask(model)).failure

        assert failure is not None
        assert failure.kind == "misconfigured"
        assert len(there.requests) == 1


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


class TestLangChain:
    async def test_gets_usage_callbacks_and_instances(self, there: Provider) -> None:
        counting = UsageMetadataCallbackHandler()

        async with model_at(there) as model:
            structured = completions(model).with_structured_output(Wants)
            wants = await structured.ainvoke([HumanMessage("u0: Hello")], config={"callbacks": [counting]})

        assert isinstance(wants, Wants)
        assert len(wants.wants) == 4
        assert counting.usage_metadata[MODEL]["output_tokens"] == len(ANSWER) // 4
        assert there.requests[0].body["response_format"]["json_schema"]["name"] == "Wants"

    async def test_hears_of_an_answer_of_another_shape(self, there: Provider) -> None:
        there.will("wrong_schema")

        async with model_at(there) as model:
            with pytest.raises(OutputParserException):
                await completions(model).with_structured_output(Wants).ainvoke("u0: Hello")

    async def test_is_told_when_it_would_block(self, there: Provider) -> None:
        async with model_at(there) as model:
            with pytest.raises(TypeError, match="await"):
                completions(model).invoke("u0: Hello")

    async def test_any_other_chat_model_will_do(self) -> None:
        chat = GenericFakeChatModel(messages=iter([AIMessage(f"Here it is:\n```json\n{ANSWER}\n```")]))

        heard = await ask(ChatLanguageModel("theirs", chat))

        assert heard.text == ANSWER
        assert heard.pieces > 1

    async def test_whatever_another_chat_model_raises_is_a_failure(self) -> None:
        chat = GenericFakeChatModel(messages=iter([cast(Any, ValueError(SECRET_WORDS))]))

        failure = (await ask(ChatLanguageModel("theirs", chat))).failure

        assert isinstance(failure, ModelFailed)
        assert failure.kind == "retryable"
        assert SECRET_WORDS not in failure.reason

    async def test_the_usage_of_another_chat_model_is_added_up(self) -> None:
        message = AIMessage(ANSWER, usage_metadata={"input_tokens": 10, "output_tokens": 5, "total_tokens": 15})

        class InOne(GenericFakeChatModel):
            disable_streaming: bool = True

        heard = await ask(ChatLanguageModel("theirs", InOne(messages=iter([message]))))

        assert heard.usage == Usage(input_tokens=10, output_tokens=5)
