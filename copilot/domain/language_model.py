"""What a language model is asked, and what it cost."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from pydantic import BaseModel, Field

from copilot.domain.value import Value


@dataclass(frozen=True, slots=True)
class Message:
    """`ends_prefix`: everything up to here stays the same from request to request, and is worth caching."""

    role: Literal["system", "user", "assistant"]
    text: str
    ends_prefix: bool = False


@dataclass(frozen=True, slots=True)
class ModelRequest:
    """One request. `prompt` names the prompt file and its version ("live v1"); `reply` is the shape of the answer."""

    prompt: str
    messages: tuple[Message, ...]
    reply: type[BaseModel]
    most_output_tokens: int


class Usage(Value):
    """Tokens as the provider counts them; `cached_tokens` and `cache_write_tokens` are part of `input_tokens`."""

    input_tokens: int = Field(default=0, ge=0)
    cached_tokens: int = Field(default=0, ge=0)
    cache_write_tokens: int = Field(default=0, ge=0)
    output_tokens: int = Field(default=0, ge=0)

    def __add__(self, other: Usage) -> Usage:
        return Usage(**{name: value + getattr(other, name) for name, value in self})
