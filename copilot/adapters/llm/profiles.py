"""What providers of chat completions understand, and what they call it."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Literal

Structure = Literal["schema", "json", "prompt"]
Cache = Literal["breakpoints", "key", "none"]

_WEAKER_STRUCTURE: dict[Structure, Structure | None] = {"schema": "json", "json": "prompt", "prompt": None}


@dataclass(frozen=True, slots=True)
class Profile:
    """How a provider is spoken to.

    `structure`: a strict schema; any JSON object, with the schema in words; or the words alone.
    `cache`: breakpoints where reusable beginnings end, and a key; the key alone; or nothing, since many providers find
    what they have read before by themselves, and some refuse a field that they do not know.
    `temperature` is sent where the provider would otherwise take whatever the model's authors left in a file.
    """

    name: str
    base_url: str | None = None
    structure: Structure = "schema"
    cache: Cache = "none"
    stream_usage: bool = True
    output_limit: Literal["max_completion_tokens", "max_tokens"] = "max_tokens"
    temperature: float | None = None
    reasoning_effort: str | None = None
    asks_not_to_store: bool = False
    cuts_silently: bool = False

    def without(self, field: str) -> Profile | None:
        """The next best for a provider that refuses this field of a request; None where there is no other way."""
        match field:
            case "response_format" if weaker := _WEAKER_STRUCTURE[self.structure]:
                return replace(self, structure=weaker)
            case "prompt_cache_options" | "prompt_cache_breakpoint" if self.cache == "breakpoints":
                return replace(self, cache="key")
            case "prompt_cache_key" if self.cache != "none":
                return replace(self, cache="none")
            case "stream_options" if self.stream_usage:
                return replace(self, stream_usage=False)
            case "max_completion_tokens" if self.output_limit == "max_completion_tokens":
                return replace(self, output_limit="max_tokens")
            case "max_tokens" if self.output_limit == "max_tokens":
                return replace(self, output_limit="max_completion_tokens")
            case "temperature" if self.temperature is not None:
                return replace(self, temperature=None)
            case "reasoning_effort" if self.reasoning_effort is not None:
                return replace(self, reasoning_effort=None)
            case "store" if self.asks_not_to_store:
                return replace(self, asks_not_to_store=False)
            case _:
                return None


OPTIONAL_FIELDS = (
    "response_format",
    "prompt_cache_options",
    "prompt_cache_breakpoint",
    "prompt_cache_key",
    "stream_options",
    "max_completion_tokens",
    "max_tokens",
    "temperature",
    "reasoning_effort",
    "store",
)

PROFILES = {
    profile.name: profile
    for profile in (
        Profile(
            "openai",
            base_url="https://api.openai.com/v1",
            cache="breakpoints",
            output_limit="max_completion_tokens",
            asks_not_to_store=True,
        ),
        Profile("azure", cache="key", output_limit="max_completion_tokens"),
        Profile("vllm", temperature=0.0),
        Profile("ollama", base_url="http://127.0.0.1:11434/v1", temperature=0.0, cuts_silently=True),
        Profile("compatible", structure="json"),
    )
}
