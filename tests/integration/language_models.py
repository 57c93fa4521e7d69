"""Language models for tests: what to ask, and who to ask on loopback."""

from __future__ import annotations

import contextlib
import json
from collections.abc import AsyncIterator
from dataclasses import dataclass, replace
from typing import Any

from pydantic import BaseModel

from copilot.adapters.llm.chat_model import CompletionsChat
from copilot.adapters.llm.model import ChatLanguageModel
from copilot.adapters.llm.opening import open_completions
from copilot.adapters.llm.profiles import PROFILES, Profile
from copilot.domain.language_model import Message, ModelRequest, Usage
from copilot.errors import ModelFailed
from copilot.ports import LanguageModel
from tests.provider import Provider

MODEL = "made-up-small"
KEY = "sk-made-up-for-tests"
PATIENCE_S = 20
SECRET_WORDS = "halve the lead time of nine days"


class Want(BaseModel):
    utterance: int
    words: str
    priority: int | None


class Wants(BaseModel):
    wants: list[Want]


ANSWER = Wants(wants=[Want(utterance=i, words=f"words number {i}", priority=None) for i in range(4)]).model_dump_json()
REQUEST = ModelRequest(
    prompt="find_wants v1",
    messages=(
        Message("system", "Name what the customer wants.", ends_prefix=True),
        Message("user", f"u0 customer Luis: We want to {SECRET_WORDS}.\n", ends_prefix=True),
        Message("user", "u1 rep Dana: Why?\n"),
    ),
    reply=Wants,
    most_output_tokens=300,
)


def answer(_body: dict[str, Any]) -> str:
    return ANSWER


@contextlib.asynccontextmanager
async def model_at(provider: Provider, profile: str = "openai", **changes: Any) -> AsyncIterator[ChatLanguageModel]:
    """A model of that provider, spoken to as `profile` says, with changes to it."""
    told: Profile = replace(PROFILES[profile], **changes)
    async with open_completions(told, base_url=provider.base_url, api_key=KEY, models=[MODEL]) as (model,):
        yield model


def completions(model: ChatLanguageModel) -> CompletionsChat:
    assert isinstance(model.chat, CompletionsChat)
    return model.chat


@dataclass
class Heard:
    text: str = ""
    pieces: int = 0
    usage: Usage | None = None
    failure: ModelFailed | None = None

    @property
    def wants(self) -> list[Want]:
        return Wants.model_validate(json.loads(self.text)).wants


async def ask(model: LanguageModel, request: ModelRequest = REQUEST) -> Heard:
    """All that comes of a request."""
    heard = Heard()
    try:
        async for piece in model.stream(request):
            if isinstance(piece, Usage):
                assert heard.usage is None, "usage comes once"
                heard.usage = piece
            else:
                assert heard.usage is None, "usage comes last"
                heard.text += piece
                heard.pieces += 1
    except ModelFailed as failure:
        heard.failure = failure
    return heard
