"""What `copilot doctor` says of language models, having asked each once."""

from __future__ import annotations

import asyncio
import time
from collections.abc import Callable
from contextlib import AbstractAsyncContextManager

from pydantic import BaseModel, ConfigDict, ValidationError

from copilot.domain.findings import Finding
from copilot.domain.language_model import Message, ModelRequest, Usage
from copilot.domain.prices import Prices
from copilot.errors import BadSettings, ModelFailed
from copilot.ports import LanguageModel
from copilot.settings import LlmSettings

OpenModels = Callable[[], AbstractAsyncContextManager[tuple[LanguageModel, LanguageModel]]]

PATIENCE_S = 60.0
_REMEDIES = {
    "misconfigured": "check llm.model, llm.base_url and llm.api_key",
    "retryable": "try again, and look whether the provider is up",
    "refused": "take another model",
    "unusable": "take another model, or set llm.structure to json or prompt",
}
# As long as the longest live request; a provider that cuts in silence cannot hide it then.
_LONG_TALK = "".join(f"u{i} customer: one two three four five six\n" for i in range(700))


class Readiness(BaseModel):
    model_config = ConfigDict(extra="forbid")

    ready: bool


async def language_models(settings: LlmSettings, open_models: OpenModels, prices: Prices) -> list[Finding]:
    """A finding for the model that listens in, and one for another at the end of a call."""
    if not settings.on:
        though = "" if settings.api_key is None else ", although there is a key; name a model to turn it on"
        says = f"off; the embedded analyst works on every utterance{though}"
        return [Finding("LLM", None, says, setting="COPILOT_LLM__MODEL=NAME")]
    try:
        async with open_models() as (live, wrap_up):
            request = readiness_request(long=settings.profile == "ollama")
            found = [await _asked("LLM", live, request, prices, settings.deadline_s)]
            if wrap_up.name != live.name:
                found.append(await _asked("LLM for wrap-ups", wrap_up, request, prices, settings.wrap_up_deadline_s))
            return found
    except BadSettings as problem:
        return [Finding("LLM", False, str(problem))]


def readiness_request(*, long: bool = False) -> ModelRequest:
    messages = (
        Message("system", "You are asked whether you can be reached. Answer as JSON that you are ready.\n"),
        Message("user", f"{_LONG_TALK if long else ''}Are you ready?"),
    )
    return ModelRequest("doctor v1", messages, Readiness, most_output_tokens=1000)


async def _asked(part: str, model: LanguageModel, request: ModelRequest, prices: Prices, deadline_s: float) -> Finding:
    text, usage, began = "", Usage(), time.monotonic()
    try:
        async with asyncio.timeout(PATIENCE_S):
            async for piece in model.stream(request):
                if isinstance(piece, Usage):
                    usage = piece
                else:
                    text += piece
        Readiness.model_validate_json(text)
    except TimeoutError:
        return Finding(part, False, f"{model.name} did not answer within {PATIENCE_S:g} s; look whether it is up")
    except ValidationError:
        return Finding(part, False, f"{model.name} answered in another shape than asked; {_REMEDIES['unusable']}")
    except ModelFailed as failure:
        return Finding(part, False, f"{model.name}: {failure.reason}; {_REMEDIES[failure.kind]}")
    took_s = time.monotonic() - began
    said = f"{model} answered in {took_s:.1f} s, {_counted(usage)}, {_priced(model, prices)}"
    if took_s > deadline_s:
        return Finding(part, False, f"{said}; too late for a deadline of {deadline_s:g} s, take a faster model")
    return Finding(part, True, said)


def _counted(usage: Usage) -> str:
    if usage == Usage():
        return "tokens not told and estimated"
    return f"{usage.input_tokens} tokens in and {usage.output_tokens} out"


def _priced(model: LanguageModel, prices: Prices) -> str:
    price = prices.of(model.name)
    if price is None:
        return "price not known (llm.prices): limits count its tokens only"
    return f"${price.input:g} in and ${price.output:g} out for a million tokens as of {price.as_of}"
