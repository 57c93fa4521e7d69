"""Requests and answers of chat completions, to and from LangChain's messages."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import groupby
from typing import Any, NamedTuple

from langchain_core.messages import AIMessage, BaseMessage, SystemMessage
from langchain_core.messages.ai import InputTokenDetails, UsageMetadata
from pydantic import BaseModel

from copilot.adapters.llm.profiles import Profile
from copilot.adapters.llm.schema import in_words, strict_schema

ENDS_PREFIX = "ends_prefix"  # among a message's additional_kwargs


def request_body(
    profile: Profile,
    model: str,
    messages: Sequence[BaseMessage],
    *,
    reply: type[BaseModel] | None,
    most_output_tokens: int | None,
    cache_key: str | None,
) -> dict[str, Any]:
    """One streaming request, as this provider wants it."""
    if reply is not None and profile.structure != "schema":
        messages = asked_in_words(messages, reply)
    body: dict[str, Any] = {"model": model, "messages": _messages(messages, profile), "stream": True}
    if reply is not None and profile.structure != "prompt":
        body["response_format"] = _response_format(reply, profile)
    if most_output_tokens is not None:
        body[profile.output_limit] = most_output_tokens
    if profile.stream_usage:
        body["stream_options"] = {"include_usage": True}
    if profile.cache == "breakpoints":
        body["prompt_cache_options"] = {"mode": "explicit"}
    if profile.cache != "none" and cache_key is not None:
        body["prompt_cache_key"] = cache_key
    if profile.temperature is not None:
        body["temperature"] = profile.temperature
    if profile.reasoning_effort is not None:
        body["reasoning_effort"] = profile.reasoning_effort
    if profile.asks_not_to_store:
        body["store"] = False
    return body


def asked_in_words(messages: Sequence[BaseMessage], reply: type[BaseModel]) -> list[BaseMessage]:
    """The messages with the shape of the answer spelt out before all else, where it can be cached."""
    return [SystemMessage(f"{in_words(reply)}\n\n"), *messages]


class Chunk(NamedTuple):
    """What one event of a streamed answer brings."""

    text: str = ""
    refuses: bool = False
    finish: str | None = None
    usage: UsageMetadata | None = None


def read_chunk(event: object) -> Chunk:
    """An event as it came, whatever a provider leaves out of it or puts into it; only the first choice is asked for."""
    told = _fields(event)
    choices = told.get("choices")
    choice = _fields(choices[0]) if isinstance(choices, list) and choices else {}
    delta = _fields(choice.get("delta"))
    finish = choice.get("finish_reason")
    return Chunk(
        text=_text(delta.get("content")),
        refuses=bool(delta.get("refusal")),
        finish=finish if isinstance(finish, str) else None,
        usage=_usage(usage) if (usage := _fields(told.get("usage"))) else None,
    )


def _fields(told: object) -> dict[str, Any]:
    return told if isinstance(told, dict) else {}


def _text(content: object) -> str:
    """Plain, or in typed parts, of which a thought is not the answer."""
    if isinstance(content, list):
        return "".join(_text(part.get("text")) for part in map(_fields, content) if part.get("type") == "text")
    return content if isinstance(content, str) else ""


def _usage(told: dict[str, Any]) -> UsageMetadata:
    details = _fields(told.get("prompt_tokens_details"))
    sent, answered = _count(told.get("prompt_tokens")), _count(told.get("completion_tokens"))
    return UsageMetadata(
        input_tokens=sent,
        output_tokens=answered,
        total_tokens=sent + answered,
        input_token_details=InputTokenDetails(
            cache_read=_count(details.get("cached_tokens")), cache_creation=_count(details.get("cache_write_tokens"))
        ),
    )


def _count(told: object) -> int:
    return max(0, told) if isinstance(told, int) else 0


def _messages(messages: Sequence[BaseMessage], profile: Profile) -> list[dict[str, Any]]:
    """Neighbours of the same role become one message, for many models take only turns."""
    return [
        {"role": role, "content": _content(list(neighbours), breakpoints=profile.cache == "breakpoints")}
        for role, neighbours in groupby(messages, key=_role)
    ]


def _role(message: BaseMessage) -> str:
    if isinstance(message, SystemMessage):
        return "system"
    return "assistant" if isinstance(message, AIMessage) else "user"


def _content(messages: list[BaseMessage], *, breakpoints: bool) -> str | list[dict[str, Any]]:
    if not breakpoints or not any(ENDS_PREFIX in message.additional_kwargs for message in messages):
        return "".join(message.text for message in messages)
    return [_part(message) for message in messages]


def _part(message: BaseMessage) -> dict[str, Any]:
    part: dict[str, Any] = {"type": "text", "text": str(message.text)}
    if ENDS_PREFIX in message.additional_kwargs:
        part["prompt_cache_breakpoint"] = {"mode": "explicit"}
    return part


def _response_format(reply: type[BaseModel], profile: Profile) -> dict[str, Any]:
    if profile.structure == "json":
        return {"type": "json_object"}
    schema = {"name": reply.__name__, "strict": True, "schema": strict_schema(reply)}
    return {"type": "json_schema", "json_schema": schema}
