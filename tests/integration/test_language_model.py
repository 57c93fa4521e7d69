"""How a language model is asked over HTTP, in the ways of each provider, and what its answer brings."""

from __future__ import annotations

import asyncio
from contextlib import aclosing

import pytest

from copilot.domain.language_model import Message, ModelRequest
from tests.integration.language_models import ANSWER, KEY, MODEL, PATIENCE_S, REQUEST, Wants, ask, model_at
from tests.provider import Provider

pytestmark = pytest.mark.anyio


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
