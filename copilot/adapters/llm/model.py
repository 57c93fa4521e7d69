"""The port's language model, over any chat model of LangChain's kind."""

from __future__ import annotations

import zlib
from collections.abc import AsyncGenerator, Sequence
from contextlib import aclosing
from itertools import groupby
from typing import Any, cast

from langchain_core.language_models import BaseChatModel
from langchain_core.messages import AIMessage, AIMessageChunk, BaseMessage, HumanMessage, SystemMessage

from copilot.adapters.llm.chat_model import CompletionsChat
from copilot.adapters.llm.json_only import JsonOnly
from copilot.adapters.llm.wire import ENDS_PREFIX, asked_in_words
from copilot.domain.language_model import Message, ModelRequest, Usage
from copilot.errors import ModelFailed

_MESSAGES: dict[str, type[BaseMessage]] = {"system": SystemMessage, "user": HumanMessage, "assistant": AIMessage}
_SHARDS = 16
_KEYED_CHARACTERS = 300
_MOST_CHARACTERS_PER_TOKEN = 6  # no tokenizer packs talk more densely


class ChatLanguageModel:
    """`CompletionsChat` is held to the shape of the answer; any other chat model is asked for it in words."""

    def __init__(self, name: str, chat: BaseChatModel) -> None:
        self._name = name
        self.chat = chat

    @property
    def name(self) -> str:
        return self._name

    def __str__(self) -> str:
        """The name, and how the model is spoken to by now."""
        if not isinstance(self.chat, CompletionsChat):
            return f"{self._name} ({type(self.chat).__name__}, shape in words)"
        profile = self.chat.current_profile
        structure = {"schema": "strict schema", "json": "JSON mode", "prompt": "shape in words"}[profile.structure]
        cache = {"breakpoints": "cache breakpoints", "key": "cache key", "none": "no cache fields"}[profile.cache]
        return f"{self._name} ({profile.name}, {structure}, {cache})"

    async def stream(self, request: ModelRequest) -> AsyncGenerator[str | Usage]:
        usage, failure = Usage(), None
        answer = JsonOnly()
        try:
            async with aclosing(self._chunks(request)) as chunks:
                async for chunk in chunks:
                    usage += _usage(chunk)
                    if text := answer.feed(str(chunk.text)):
                        yield text
        except ModelFailed as failed:
            failure = failed
        if usage != Usage():
            yield usage
        if failure := failure or self._fault(request, answer, usage):
            raise failure

    def _chunks(self, request: ModelRequest) -> AsyncGenerator[AIMessageChunk]:
        messages = [_message(message) for message in request.messages]
        if isinstance(self.chat, CompletionsChat):
            stream = self.chat.astream(
                messages,
                reply=request.reply,
                most_output_tokens=request.most_output_tokens,
                cache_key=_cache_key(request),
            )
            return cast(AsyncGenerator[AIMessageChunk], stream)
        return _foreign(self.chat, _turns(asked_in_words(messages, request.reply)))

    def _fault(self, request: ModelRequest, answer: JsonOnly, usage: Usage) -> ModelFailed | None:
        if not answer.begun:
            return ModelFailed("unusable", "the answer holds no JSON")
        cuts = isinstance(self.chat, CompletionsChat) and self.chat.current_profile.cuts_silently
        characters = sum(len(message.text) for message in request.messages)
        if cuts and 0 < usage.input_tokens < characters / _MOST_CHARACTERS_PER_TOKEN:
            return ModelFailed(
                "misconfigured",
                f"the provider cut the request down to {usage.input_tokens} tokens; give the model more context",
            )
        return None


async def _foreign(chat: BaseChatModel, messages: list[BaseMessage]) -> AsyncGenerator[AIMessageChunk]:
    try:
        async with aclosing(cast(AsyncGenerator[AIMessageChunk], chat.astream(messages))) as chunks:
            async for chunk in chunks:
                yield chunk
    except Exception as error:  # noqa: BLE001  nobody knows what a stranger's model may raise
        raise ModelFailed("retryable", f"{type(chat).__name__} raised {type(error).__name__}") from None


def _message(message: Message) -> BaseMessage:
    marks: dict[str, Any] = {ENDS_PREFIX: True} if message.ends_prefix else {}
    return _MESSAGES[message.role](content=message.text, additional_kwargs=marks)


def _turns(messages: Sequence[BaseMessage]) -> list[BaseMessage]:
    """Neighbours of the same role as one message, and nothing but text."""
    return [
        kind("".join(str(message.text) for message in neighbours)) for kind, neighbours in groupby(messages, key=type)
    ]


def _usage(chunk: AIMessageChunk) -> Usage:
    told = chunk.usage_metadata
    if told is None:
        return Usage()
    details = told.get("input_token_details", {})
    return Usage(
        input_tokens=told["input_tokens"],
        cached_tokens=details.get("cache_read") or 0,
        cache_write_tokens=details.get("cache_creation") or 0,
        output_tokens=told["output_tokens"],
    )


def _cache_key(request: ModelRequest) -> str:
    """Requests of one call under one key, and many calls under few: providers keep what shares a key on one machine,
    and overflow it with more than some fifteen requests a minute. The beginning of the talk tells calls apart."""
    talk = "".join(message.text for message in request.messages if message.role == "user")
    shard = zlib.crc32(talk[:_KEYED_CHARACTERS].encode()) % _SHARDS
    return f"copilot-{request.prompt.replace(' ', '-')}-{shard}"
