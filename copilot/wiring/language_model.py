"""The language model behind its port, put together from the settings."""

from __future__ import annotations

import contextlib
from collections.abc import AsyncIterator
from typing import TYPE_CHECKING

from copilot.bundled import bundled

if TYPE_CHECKING:
    from copilot.domain.playbook import Playbook
    from copilot.live.second_tier import SecondTier
    from copilot.ports import LanguageModel
    from copilot.settings import LlmSettings


@contextlib.asynccontextmanager
async def open_second_tier(llm: LlmSettings, playbook: Playbook) -> AsyncIterator[SecondTier | None]:
    """The language model's part in calls, or None where no model is set up; nothing of it is imported then."""
    if not llm.on:
        yield None
        return
    from copilot.adapters.llm.prices import load_prices
    from copilot.adapters.prompts import PromptFiles
    from copilot.analysis.deep.reply import LiveReply, WrapUpReply
    from copilot.live.asking import Terms
    from copilot.live.budget import Allowance
    from copilot.live.model_on_call import Models
    from copilot.live.second_tier import SecondTier

    replies = {reply.__name__: reply for reply in (LiveReply, WrapUpReply)}
    prompts = PromptFiles(bundled("prompts"), replies, llm.prompts)
    terms = Terms(
        deadline_s=llm.deadline_s,
        wrap_up_deadline_s=llm.wrap_up_deadline_s,
        concurrency=llm.concurrency,
        allowance=Allowance(llm.call_tokens, llm.call_usd, llm.day_tokens, llm.day_usd),
        hide_names=llm.hide_names,
    )
    async with open_language_models(llm) as (live, wrap_up):
        yield SecondTier(Models(live, wrap_up), prompts, playbook, load_prices(llm.prices), terms)


@contextlib.asynccontextmanager
async def open_language_models(llm: LlmSettings) -> AsyncIterator[tuple[LanguageModel, LanguageModel]]:
    """The model that listens in, and the one for the end of a call."""
    from dataclasses import replace

    from copilot.adapters.llm.opening import allow_tracing, open_completions, open_others
    from copilot.adapters.llm.profiles import PROFILES

    names = [llm.model or "", llm.wrap_up_model or llm.model or ""]
    allow_tracing(llm.langsmith)
    if llm.chat_model is not None:
        live, wrap_up = open_others(llm.chat_model, names)
        yield live, wrap_up
        return
    usual = PROFILES[llm.profile]
    profile = replace(
        usual,
        structure=llm.structure or usual.structure,
        cache=llm.cache or usual.cache,
        reasoning_effort=llm.reasoning_effort or usual.reasoning_effort,
    )
    base_url = llm.base_url or profile.base_url or ""
    key = llm.api_key.get_secret_value() if llm.api_key else "none"  # some want one and look at none
    async with open_completions(profile, base_url=base_url, api_key=key, models=names) as (live, wrap_up):
        yield live, wrap_up
