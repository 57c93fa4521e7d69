"""What `copilot doctor` says of language models, after one live request to each."""

from __future__ import annotations

import json
from collections.abc import AsyncIterator
from datetime import date
from typing import Any

import pytest
from pydantic import SecretStr

from copilot.commands import doctor_llm
from copilot.commands.doctor_llm import language_models
from copilot.domain.findings import Finding
from copilot.domain.prices import Price, Prices
from copilot.settings import LlmSettings
from copilot.wiring.language_model import open_language_models
from tests.integration.language_models import KEY, MODEL
from tests.provider import Play, Provider, provider

pytestmark = pytest.mark.anyio

PRICES = Prices({MODEL: Price(input=0.2, output=1.2, as_of=date(2026, 11, 1))})


def ready(_body: dict[str, Any]) -> str:
    return json.dumps({"ready": True})


@pytest.fixture
async def there() -> AsyncIterator[Provider]:
    async with provider(answer=ready) as made:
        yield made


async def said(there: Provider, prices: Prices = PRICES, **settings: Any) -> list[Finding]:
    told = {"model": MODEL, "profile": "compatible", "base_url": there.base_url, "api_key": SecretStr(KEY)} | settings
    llm = LlmSettings.model_validate(told)
    return await language_models(llm, lambda: open_language_models(llm), prices)


async def test_an_answer_in_time_is_in_order(there: Provider) -> None:
    (finding,) = await said(there, profile="openai")

    assert finding.works
    assert finding.says.startswith("made-up-small (openai, strict schema, cache breakpoints) answered in 0.")
    assert finding.says.endswith("out, $0.2 in and $1.2 out for a million tokens as of 2026-11-01")
    assert len(there.requests) == 1


async def test_what_the_provider_refuses_is_seen(there: Provider) -> None:
    there.unknown = ["prompt_cache_options", "prompt_cache_key", "response_format"]

    (finding,) = await said(there, profile="openai")

    assert "(openai, shape in words, no cache fields)" in finding.says


async def test_a_larger_model_for_wrap_ups_is_asked_too(there: Provider) -> None:
    live, wrap_up = await said(there, wrap_up_model="made-up-large")

    assert live.works
    assert wrap_up.part == "LLM for wrap-ups"
    assert "made-up-large" in wrap_up.says
    assert "price not known" in wrap_up.says


async def test_without_a_model_nobody_is_asked(there: Provider) -> None:
    (off,) = await said(there, model=None, api_key=None)
    (key_alone,) = await said(there, model=None)

    words = "off; the embedded analyst works on every utterance"
    assert off == Finding("LLM", None, words, setting="COPILOT_LLM__MODEL=NAME")
    assert "name a model to turn it on" in key_alone.says
    assert there.requests == []


@pytest.mark.parametrize(
    ("play", "says"),
    [
        ("rate_limit", "too many requests, HTTP 429, rate_limit_exceeded; try again"),
        ("no_credit", "the account has no credit left"),
        ("error", "the provider has trouble, HTTP 500"),
        ("refuse", "the model refuses to answer; take another model"),
        ("wrong_schema", "answered in another shape than asked"),
        ("cut", "answered in another shape than asked"),
        ("prose", "the answer holds no JSON; take another model"),
        ("hang", "did not answer within 0.2 s"),
    ],
)
async def test_what_is_wrong_is_said_with_what_to_do(
    there: Provider, play: Play, says: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(doctor_llm, "PATIENCE_S", 0.2 if play == "hang" else 20)
    there.will(play)

    (finding,) = await said(there)

    assert finding.works is False
    assert says in finding.says


async def test_an_answer_too_late_for_a_live_call_is_a_fault(there: Provider) -> None:
    there.pause_s = 0.02

    (finding,) = await said(there, deadline_s=0.01)

    assert finding.works is False
    assert "too late for a deadline of 0.01 s" in finding.says


async def test_a_provider_that_would_cut_long_requests_is_found_out(there: Provider) -> None:
    there.cut_to = 4096

    (finding,) = await said(there, profile="ollama")

    assert finding.works is False
    assert "cut the request down to 4096 tokens" in finding.says


async def test_somebody_elses_chat_model_is_opened_by_its_name(there: Provider) -> None:
    async with open_language_models(LlmSettings(model="theirs", chat_model=f"{__name__}:their_model")) as models:
        assert [str(model) for model in models] == ["theirs (GenericFakeChatModel, shape in words)"] * 2

    for wrong in ("no.such.module:model", f"{__name__}:no_such_model", f"{__name__}:PRICES"):
        (finding,) = await said(there, chat_model=wrong)
        assert finding.works is False
        assert "llm.chat_model" in finding.says


def their_model(name: str) -> Any:
    from langchain_core.language_models import GenericFakeChatModel

    return GenericFakeChatModel(messages=iter([name]))
