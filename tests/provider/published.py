"""The wire as providers publish it: which requests are taken, and what answers and errors look like."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from typing import Any

from tests.provider.strict_subset import faults

REQUIRED = {"model", "messages"}
KNOWN = REQUIRED | {
    *("stream", "stream_options", "response_format", "max_completion_tokens", "max_tokens", "temperature", "top_p"),
    *("reasoning_effort", "prompt_cache_key", "prompt_cache_options", "store", "seed", "stop", "n", "metadata"),
}
ROLES = {"system", "developer", "user", "assistant"}


@dataclass(eq=False)
class Refusal(Exception):
    """A request that is not taken."""

    status: int
    message: str
    param: str | None = None
    code: str | None = None

    @property
    def body(self) -> dict[str, Any]:
        kind = "invalid_request_error" if self.status < 500 else "server_error"
        return {"error": {"message": self.message, "type": kind, "param": self.param, "code": self.code}}


def check(body: dict[str, Any], unknown: Collection[str] = ()) -> None:
    """Raises Refusal for what is not as published; `unknown` are fields that this provider has never heard of."""
    for field in _fields(body):
        if field in unknown or field not in KNOWN | {"prompt_cache_breakpoint"}:
            raise Refusal(400, f"Unknown parameter: '{field}'.", field, "unknown_parameter")
    for field in sorted(REQUIRED - body.keys()):
        raise Refusal(400, f"Missing required parameter: '{field}'.", field, "missing_required_parameter")
    if body.get("stream") is not True:
        raise Refusal(400, "Answers come as streams here.", "stream", "unsupported_value")
    if "max_tokens" in body and "max_completion_tokens" in body:
        raise Refusal(400, "Set one of 'max_tokens' and 'max_completion_tokens'.", "max_tokens", None)
    _check_messages(body["messages"])
    _check_format(body.get("response_format", {"type": "text"}), body["messages"])


def _fields(body: dict[str, Any]) -> list[str]:
    parts = [
        part
        for message in body.get("messages", [])
        if isinstance(message.get("content"), list)
        for part in message["content"]
    ]
    return [*body, *(field for part in parts for field in part if field not in ("type", "text"))]


def _check_messages(messages: Any) -> None:
    if not isinstance(messages, list) or not messages:
        raise Refusal(400, "Invalid 'messages': empty array.", "messages", "empty_array")
    for i, message in enumerate(messages):
        where = f"messages[{i}]"
        if message.get("role") not in ROLES:
            raise Refusal(400, f"Invalid value: '{message.get('role')}'.", f"{where}.role", "invalid_value")
        content = message.get("content")
        texts = content if isinstance(content, list) else [{"type": "text", "text": content}]
        for part in texts:
            if part.get("type") != "text" or not isinstance(part.get("text"), str) or not part["text"]:
                raise Refusal(400, "Invalid content part.", f"{where}.content", "invalid_value")
            if part.get("prompt_cache_breakpoint", {"mode": "explicit"}) != {"mode": "explicit"}:
                raise Refusal(400, "Invalid breakpoint.", f"{where}.content", "invalid_value")


def _check_format(wanted: dict[str, Any], messages: list[dict[str, Any]]) -> None:
    match wanted:
        case {"type": "text"}:
            return
        case {"type": "json_object"}:
            if "json" not in "".join(texts_of(messages)).lower():
                raise Refusal(400, "'messages' must contain the word 'json' in some form.", "messages", None)
        case {"type": "json_schema", "json_schema": {"name": str() as name, "schema": schema, "strict": True}}:
            if found := faults(schema):
                message = f"Invalid schema for response_format '{name}': In context={found[0]}."
                raise Refusal(400, message, "response_format", None)
        case _:
            raise Refusal(400, "Invalid 'response_format'.", "response_format", "invalid_value")


def texts_of(messages: list[dict[str, Any]]) -> list[str]:
    """What a model reads, part by part."""
    contents = [message["content"] for message in messages]
    return [
        text
        for content in contents
        for text in ([content] if isinstance(content, str) else [part["text"] for part in content])
    ]


def breakpoints_of(messages: list[dict[str, Any]]) -> list[bool]:
    """For each of those texts, whether a breakpoint stands at its end."""
    contents = [message["content"] for message in messages]
    return [
        marked
        for content in contents
        for marked in ([False] if isinstance(content, str) else ["prompt_cache_breakpoint" in part for part in content])
    ]


def chunk(body: dict[str, Any], delta: dict[str, Any] | None, finish: str | None = None) -> dict[str, Any]:
    """One event of a streamed answer; without a delta the one that carries usage."""
    choices = [] if delta is None else [{"index": 0, "delta": delta, "logprobs": None, "finish_reason": finish}]
    return {
        "id": "chatcmpl-made-up",
        "object": "chat.completion.chunk",
        "created": 1_760_000_000,
        "model": body["model"],
        "choices": choices,
    }
