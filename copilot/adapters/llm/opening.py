"""Opens language models, as settings name them."""

from __future__ import annotations

import importlib
import os
from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager

import langsmith
from langchain_core.language_models import BaseChatModel

from copilot.adapters.llm.chat_model import CompletionsChat
from copilot.adapters.llm.model import ChatLanguageModel
from copilot.adapters.llm.profiles import Profile
from copilot.adapters.openai_client import open_client
from copilot.errors import BadSettings


@asynccontextmanager
async def open_completions(
    profile: Profile, *, base_url: str, api_key: str, models: Sequence[str]
) -> AsyncIterator[list[ChatLanguageModel]]:
    """Models of one provider of chat completions, over one client."""
    async with open_client(base_url, api_key) as client:
        yield [
            ChatLanguageModel(name, CompletionsChat(client=client, model_name=name, profile_to_begin_with=profile))
            for name in models
        ]


def open_others(dotted: str, models: Sequence[str]) -> list[ChatLanguageModel]:
    """Chat models that somebody else wrote: `dotted` names one, or what makes one from a model's name."""
    module, _, name = dotted.partition(":")
    try:
        made = getattr(importlib.import_module(module), name)
    except (ImportError, AttributeError) as error:
        raise BadSettings(f"llm.chat_model: there is no {dotted!r}; write package.module:name") from error
    chats = [made(model) if callable(made) and not isinstance(made, BaseChatModel) else made for model in models]
    if not all(isinstance(chat, BaseChatModel) for chat in chats):
        raise BadSettings(f"llm.chat_model: {dotted!r} is or makes no chat model of LangChain's")
    return [ChatLanguageModel(model, chat) for model, chat in zip(models, chats, strict=True)]


def allow_tracing(allowed: bool) -> None:
    """LangSmith sends what passes through LangChain to its makers if a variable says so. Here a setting has to say so
    too, for whoever set the variable may not have had a customer's words in mind."""
    os.environ.pop("LANGCHAIN_TRACING", None)  # of a tracer that is no more; it would only fail every request
    langsmith.configure(enabled=None if allowed else False)
