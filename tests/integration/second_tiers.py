"""Second tiers for tests, over a made-up provider on loopback; and what such a model would answer."""

from __future__ import annotations

import contextlib
import json
from collections.abc import AsyncIterator, Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from copilot.adapters.llm.opening import open_completions
from copilot.adapters.llm.profiles import PROFILES
from copilot.adapters.prompts import PromptFiles
from copilot.analysis.deep.reply import LiveReply, WireOp, WireSentence, WrapUpReply
from copilot.bundled import bundled
from copilot.commands.serve import Running
from copilot.domain.ops import AddNextStep
from copilot.domain.prices import Price, Prices
from copilot.domain.state import CallState
from copilot.live.asking import Terms
from copilot.live.model_on_call import Models
from copilot.live.second_tier import SecondTier
from copilot.ports import Store
from tests.builders import noticing, quoting
from tests.integration.servers import PLAYBOOK, Client, panel, sender, server, words
from tests.provider import Provider

SMALL, LARGE = "made-up-small", "made-up-large"
PRICES = Prices(
    {
        SMALL: Price.model_validate({"input": 1.0, "cached_input": 0.1, "output": 4.0, "as_of": "2026-05-14"}),
        LARGE: Price.model_validate({"input": 10.0, "output": 40.0, "as_of": "2026-05-14"}),
    }
)
PROMPTS = PromptFiles(bundled("prompts"), {"LiveReply": LiveReply, "WrapUpReply": WrapUpReply})
PATIENT = Terms(deadline_s=60, wrap_up_deadline_s=60)
SHORT = Terms(deadline_s=0.6, wrap_up_deadline_s=0.9)
CUE = "We want to release every four weeks instead of every six weeks"


@contextlib.asynccontextmanager
async def second_tier(
    provider: Provider, terms: Terms = PATIENT, prices: Prices = PRICES, profile: str = "openai"
) -> AsyncIterator[SecondTier]:
    """A tier whose models are both at that provider."""
    models = [SMALL, LARGE]
    key = provider.key or "sk-made-up-for-tests"
    async with open_completions(PROFILES[profile], base_url=provider.base_url, api_key=key, models=models) as (
        live,
        wrap_up,
    ):
        yield SecondTier(Models(live, wrap_up), PROMPTS, PLAYBOOK, prices, terms)


@dataclass(frozen=True, slots=True)
class Listening:
    """A call under way that a second tier listens to, with its sender and one who watches it."""

    tier: SecondTier
    running: Running
    ingest: Client
    watching: Client


@contextlib.asynccontextmanager
async def listening(
    folder: Path, at: Provider, terms: Terms = PATIENT, *, store: Store | None = None
) -> AsyncIterator[Listening]:
    """A discovery call on a server of its own, whose first tier finds something at every cue."""
    async with (
        second_tier(at, terms) as tier,
        server(folder, analyst=NOTICING, store=store, second_tier=tier) as running,
        sender(running, kind="discovery") as ingest,
        panel(running) as watching,
    ):
        yield Listening(tier, running, ingest, watching)


def _noticed(state: CallState, i: int) -> Sequence[AddNextStep]:
    if CUE not in state.utterances[i].text:
        return ()
    return [AddNextStep(text=f"Ask about it {i + 2} times", evidence=quoting(state, i))]


NOTICING = noticing(_noticed)
"""A first tier that finds something at every cue."""


def op(name: str, i: int, quote: str, **fields: Any) -> dict[str, Any]:
    """One op as a model writes it, on one quote."""
    empty = dict.fromkeys(WireOp.model_fields)
    return {**empty, "op": name, "evidence": [{"utterance": i, "quote": quote}], **fields}


def sentence(purpose: str, text: str, i: int | None = None, quote: str = "") -> dict[str, Any]:
    evidence = [] if i is None else [{"utterance": i, "quote": quote}]
    made = {"evidence": evidence, "purpose": purpose, "text": text}
    assert made.keys() == WireSentence.model_fields.keys()
    return made


OUTCOME = op("add_outcome", 0, "release every four weeks", text="Release every four weeks")


def answering(
    *ops: dict[str, Any], prose: list[dict[str, Any]] | None = None, wrap_up: list[dict[str, Any]] | None = None
) -> Callable[[dict[str, Any]], str]:
    """A model that answers every live request with these ops, and wrap-ups with `wrap_up` and `prose`."""

    def answer(body: dict[str, Any]) -> str:
        if body["model"] == LARGE:
            return json.dumps({"ops": wrap_up or [], "prose": prose or []})
        return json.dumps({"ops": list(ops)})

    return answer


async def until(watching: Client, kind: str) -> dict[str, Any]:
    """The next event of this type."""
    while (event := (await watching.next("event"))["event"])["type"] != kind:
        pass
    return dict(event)


async def status_with(watching: Client, tier: str) -> dict[str, Any]:
    while (status := await watching.next("status"))["tier"] != tier:
        pass
    return status


async def state_of(running: Any, call_id: str = "call") -> dict[str, Any]:
    async with panel(running, call_id) as other:
        return dict((await other.next("snapshot"))["state"])


def more(number: int) -> dict[str, Any]:
    """What the first tier finds nothing in."""
    return words(number, "And that is what we said at the board", role="customer", speaker="Luis")


def cue(number: int = 1) -> dict[str, Any]:
    return words(number, f"{CUE}, said {number + 10} times", role="customer", speaker="Luis")
