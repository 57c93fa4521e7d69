"""`make record`: cassettes anew, from the real provider that COPILOT_LLM__* name, or else from the one on loopback."""

from __future__ import annotations

import asyncio
import sys
from pathlib import Path
from typing import Any

from copilot.domain.language_model import Usage
from copilot.settings import LlmSettings, read_settings
from copilot.wiring.language_model import open_language_models
from tests.cassettes import CASES, HERE, by_hand, tape
from tests.provider import provider
from tests.provider.published import texts_of

BY_LOOPBACK = ("openai", "vllm", "compatible")


async def main() -> None:
    llm = read_settings().llm
    if llm.on:
        await record(llm, "recorded")
        return
    async with provider(answer=answer) as there:
        for profile in BY_LOOPBACK:
            told = {"model": "synthetic", "profile": profile, "base_url": there.base_url, "api_key": "none"}
            await record(LlmSettings.model_validate(told), "synthetic")


async def record(llm: LlmSettings, kind: str) -> None:
    async with open_language_models(llm) as (live, wrap_up):
        for case, request in CASES.items():
            model = wrap_up if case == "wrap_up" else live
            path = HERE / kind / llm.profile / model.name.replace("/", "_") / f"{case}.yaml"
            path.unlink(missing_ok=True)
            with tape(path, record=True):
                tokens = sum([piece async for piece in model.stream(request) if isinstance(piece, Usage)], Usage())
            sys.stdout.write(f"{path.relative_to(Path.cwd())}: {tokens.input_tokens} + {tokens.output_tokens} tokens\n")


def answer(body: dict[str, Any]) -> str:
    asked = texts_of(body["messages"])[-1]
    return next(by_hand(case) for case, request in CASES.items() if asked.endswith(request.messages[-1].text))


if __name__ == "__main__":
    asyncio.run(main())
