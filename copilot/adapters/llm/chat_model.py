"""A thin chat model of LangChain's kind over chat completions: answers in pieces, held to a shape, with usage."""

from __future__ import annotations

import logging
from collections.abc import AsyncIterator
from typing import Any

import openai
from langchain_core.callbacks import AsyncCallbackManagerForLLMRun
from langchain_core.language_models import BaseChatModel, LanguageModelInput
from langchain_core.language_models.chat_models import agenerate_from_stream
from langchain_core.messages import AIMessageChunk, BaseMessage
from langchain_core.messages.ai import UsageMetadata
from langchain_core.output_parsers import PydanticOutputParser
from langchain_core.outputs import ChatGenerationChunk, ChatResult
from langchain_core.runnables import Runnable
from pydantic import BaseModel, PrivateAttr

from copilot.adapters.llm.failures import model_failed, refused_field
from copilot.adapters.llm.profiles import OPTIONAL_FIELDS, Profile
from copilot.adapters.llm.wire import read_chunk, request_body
from copilot.errors import ModelFailed

log = logging.getLogger(__name__)


class CompletionsChat(BaseChatModel):
    """Asks one model of one provider. Only asynchronously: there is nothing to gain by blocking a thread.

    A provider that refuses a field which we can do without is asked again without it, and from then on.
    """

    client: Any
    model_name: str
    profile_to_begin_with: Profile
    _profile: Profile = PrivateAttr()

    def model_post_init(self, context: Any, /) -> None:
        super().model_post_init(context)
        self._profile = self.profile_to_begin_with

    @property
    def current_profile(self) -> Profile:
        """How the provider is spoken to by now."""
        return self._profile

    @property
    def _llm_type(self) -> str:
        return "chat-completions"

    def _generate(self, *_args: Any, **_kwargs: Any) -> ChatResult:
        raise TypeError("ask this model with `await`: ainvoke or astream")

    async def _agenerate(
        self,
        messages: list[BaseMessage],
        stop: list[str] | None = None,
        run_manager: AsyncCallbackManagerForLLMRun | None = None,
        **kwargs: Any,
    ) -> ChatResult:
        return await agenerate_from_stream(self._astream(messages, stop, run_manager, **kwargs))

    async def _astream(
        self,
        messages: list[BaseMessage],
        stop: list[str] | None = None,
        run_manager: AsyncCallbackManagerForLLMRun | None = None,  # noqa: ARG002  LangChain gives it
        *,
        reply: type[BaseModel] | None = None,
        most_output_tokens: int | None = None,
        cache_key: str | None = None,
        **kwargs: Any,
    ) -> AsyncIterator[ChatGenerationChunk]:
        """Beyond what LangChain names: the shape of the answer, its greatest length, and a key for caches."""
        told = {"reply": reply, "most_output_tokens": most_output_tokens, "cache_key": cache_key}
        if stop:
            kwargs["stop"] = stop
        try:
            async with await self._opened(messages, kwargs, told) as stream:
                async for chunk in _read(stream, self.model_name, most_output_tokens):
                    yield chunk
        except openai.APIError as error:
            raise model_failed(error) from None
        except ValueError:  # no JSON, no UTF-8
            raise ModelFailed("retryable", "the provider's answer is not made as it should be") from None

    async def _opened(
        self, messages: list[BaseMessage], more: dict[str, Any], told: dict[str, Any]
    ) -> openai.AsyncStream[object]:
        for _ in OPTIONAL_FIELDS:
            profile = self._profile
            try:
                return await self._send(request_body(profile, self.model_name, messages, **told) | more)
            except (openai.BadRequestError, openai.UnprocessableEntityError) as error:
                field = refused_field(error)
                weaker = profile.without(field) if field else None
                if weaker is None:
                    raise
                if self._profile is profile:  # else another request has learnt something meanwhile: try that
                    log.warning("Provider refuses %s in requests; doing without", field)
                    self._profile = weaker
        return await self._send(request_body(self._profile, self.model_name, messages, **told) | more)

    async def _send(self, body: dict[str, Any]) -> openai.AsyncStream[object]:
        """The events as plain values: to make the client's objects of them takes most of the time of a request."""
        stream: openai.AsyncStream[object] = await self.client.post(
            "/chat/completions", body=body, cast_to=object, stream=True, stream_cls=openai.AsyncStream[object]
        )
        return stream

    def with_structured_output(
        self, schema: dict[str, Any] | type, *, include_raw: bool = False, **kwargs: Any
    ) -> Runnable[LanguageModelInput, dict[str, Any] | BaseModel]:
        """Answers as instances of a pydantic class."""
        if include_raw or kwargs or not (isinstance(schema, type) and issubclass(schema, BaseModel)):
            raise ValueError("give a pydantic class, and nothing more")
        return self.bind(reply=schema) | PydanticOutputParser(pydantic_object=schema)


async def _read(
    stream: openai.AsyncStream[object], model: str, most_output_tokens: int | None
) -> AsyncIterator[ChatGenerationChunk]:
    """The answer's pieces and its usage; raises ModelFailed after the last of them where it is not a whole answer."""
    usage: UsageMetadata | None = None
    finish: str | None = None
    refused = False
    async for event in stream:
        chunk = read_chunk(event)
        usage, finish, refused = chunk.usage or usage, chunk.finish or finish, chunk.refuses or refused
        if chunk.text:
            yield ChatGenerationChunk(message=AIMessageChunk(content=chunk.text))
    if usage is not None:
        told = AIMessageChunk(content="", usage_metadata=usage, response_metadata={"model_name": model})
        yield ChatGenerationChunk(message=told)
    if refused:
        raise ModelFailed("refused", "the model refuses to answer")
    match finish:
        case "content_filter":
            raise ModelFailed("refused", "the provider's filter stopped the answer")
        case "length":
            raise ModelFailed("unusable", f"the answer was cut off at {most_output_tokens} tokens")
        case None:
            raise ModelFailed("retryable", "the answer broke off")
