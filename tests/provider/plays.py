"""What the provider can be made to do, and what it notes of requests."""

from __future__ import annotations

import asyncio
import json
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any, Literal

from tests.provider.published import texts_of

Play = Literal[
    "answer",  # as it should
    "rate_limit",  # 429 with Retry-After
    "no_credit",  # 429 that no waiting mends
    "error",  # 500
    "hang",  # takes the request and says nothing
    "stall",  # begins the answer and then says nothing
    "drip",  # a piece at a time, slowly
    "cut",  # ends in the middle of the JSON as if that were all
    "length",  # ends there for want of tokens, and says so
    "refuse",  # the model will not
    "filter",  # a filter stops the answer in its middle
    "wrong_schema",  # JSON of another shape
    "prose",  # no JSON at all
    "fenced",  # JSON with a thought before it and a fence around it
    "disconnect",  # hangs up in the middle of the answer
    "garbage",  # an event that is no JSON
    "not_utf8",  # an event that is no text
]


@dataclass
class Received:
    """A request, and how it ended: `over` is set when nothing more will come of it."""

    body: dict[str, Any]
    headers: dict[str, str]
    size: int
    hung_up: bool = False
    over: asyncio.Event = field(default_factory=asyncio.Event)


Answer = Callable[[dict[str, Any]], str]


def least_answer(body: dict[str, Any]) -> str:
    """The emptiest JSON of the shape that was asked for, by schema or in words."""
    schema = body.get("response_format", {}).get("json_schema", {}).get("schema")
    return json.dumps(_least(schema or _schema_in_words("".join(texts_of(body["messages"])))))


def text_of(play: Play, answer: str) -> str:
    """What the model says in a play."""
    match play:
        case "cut" | "length" | "filter" | "stall" | "disconnect" | "garbage" | "not_utf8":
            return answer[: len(answer) * 2 // 3]
        case "wrong_schema":
            return json.dumps({"thoughts": "It went well.", "items": {"first": 1}})
        case "prose":
            return "Of course! The customer wants a good deal more than they say."
        case "fenced":
            return f"<think>Perhaps {{this}}?</think>\nHere it is:\n```json\n{answer}\n```\nAnything else?"
        case _:
            return answer


def _schema_in_words(text: str) -> dict[str, Any]:
    """The JSON that follows the words "JSON schema:"."""
    start = text.find("{", text.find("JSON schema:"))
    found = json.JSONDecoder().raw_decode(text, start)[0] if start >= 0 else {}
    return found if isinstance(found, dict) else {}


def _least(schema: dict[str, Any]) -> Any:
    if "anyOf" in schema:
        return None if {"type": "null"} in schema["anyOf"] else _least(schema["anyOf"][0])
    kinds = schema.get("type", [])
    if "null" in kinds:
        return None
    if "enum" in schema:
        return schema["enum"][0]
    match kinds:
        case "object":
            return {name: _least(field) for name, field in schema.get("properties", {}).items()}
        case "array":
            return []
        case "string":
            return ""
        case "boolean":
            return False
        case "integer" | "number":
            return 0
        case _:
            return {}
