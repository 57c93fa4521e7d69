"""What a language model that listens in costs in tokens and in time, counted at a made-up provider on loopback."""

from __future__ import annotations

import time
from collections.abc import AsyncIterator, Sequence
from dataclasses import dataclass, field, replace

import pytest

from copilot.adapters.encoder.encoder import Encoder
from copilot.adapters.store import MemoryStore
from copilot.analysis.deep.epoch import Epoch
from copilot.analysis.deep.inputs import Briefing
from copilot.analysis.deep.redaction import Redactor
from copilot.analysis.deep.telling import told_utterance
from copilot.analysis.embedded import Embedded
from copilot.domain.call import CallInfo, CallKind, Utterance
from copilot.domain.events import Logged
from copilot.domain.language_model import ModelRequest, Usage
from copilot.domain.records import CallRecord
from copilot.domain.state import CallState, ModelUse
from copilot.live.asking import Terms
from copilot.live.call import LiveCall
from copilot.live.model_on_call import Models
from copilot.live.second_tier import SecondTier
from tests.benchmarks.hours import LongCall, Reader, ends_of_ops, long_call
from tests.benchmarks.machine import machine, percentile
from tests.integration.second_tiers import PRICES, PROMPTS, SMALL, second_tier
from tests.integration.servers import PLAYBOOK
from tests.provider import Provider, provider
from tests.provider.prompt_cache import tokens

pytestmark = [pytest.mark.bench, pytest.mark.anyio]

PATIENT = Terms(deadline_s=60, wrap_up_deadline_s=60)
ANALYST = Embedded(PLAYBOOK, Encoder())
CHARACTERS_PER_PIECE = 4
HOURS = (1, 2, 3)
LARGEST = 24 * 1024  # bytes of a request, whatever the length of the call


@dataclass(slots=True)
class Spent:
    """What the provider counted."""

    requests: int = 0
    input_tokens: int = 0
    cached: int = 0
    output_tokens: int = 0
    largest: int = 0

    def add(self, usage: Usage, bytes_sent: int) -> None:
        self.requests += 1
        self.input_tokens += usage.input_tokens
        self.cached += usage.cached_tokens
        self.output_tokens += usage.output_tokens
        self.largest = max(self.largest, bytes_sent)

    def __str__(self) -> str:
        cached = self.cached / self.input_tokens
        return (
            f"{self.requests:6}{self.input_tokens:13,}{cached:8.0%}{self.output_tokens:12,}{self.largest / 1024:9.0f}"
        )


async def hearing(call: LongCall, tier: SecondTier, store: MemoryStore) -> AsyncIterator[LiveCall]:
    """The call heard live, utterance by utterance, with the model answering before anybody goes on."""
    live = await LiveCall.begin(CallInfo(id="call", kind=CallKind.DISCOVERY), PLAYBOOK.version, store, ANALYST)
    tier.join(live)
    for saying in call.sayings:
        await live.hear(saying)
        await tier.caught_up(live)
        yield live
    await tier.leave(live)


async def patched(call: LongCall, ends: Sequence[int]) -> list[Spent]:
    """Our way, as it stands after so many utterances: until then a longer call is the same as a shorter one."""
    spent: list[Spent] = []
    async with provider(answer=Reader(call).patch) as at, second_tier(at, PATIENT) as tier:
        async for live in hearing(call, tier, MemoryStore()):
            if len(live.state.utterances) in ends:
                assert live.state.model.incomplete == 0
                spent.append(_by_now(live.state.model, at))
    return spent


def _by_now(model: ModelUse, at: Provider) -> Spent:
    used = model.usage
    largest = max(received.size for received in at.requests)
    return Spent(model.requests, used.input_tokens, used.cached_tokens, used.output_tokens, largest)


async def all_over_again(call: LongCall, ends: Sequence[int]) -> list[Spent]:
    """The naive way: on every final the whole transcript, and everything known as the answer.

    The requests are sent; the answers, which would be streamed for hours, are only counted.
    """
    reader, spent, all_spent = Reader(call), Spent(), list[Spent]()
    briefing, redactor, lines = Briefing(PLAYBOOK), Redactor(), list[str]()
    epoch = Epoch(1, CallState(call=CallInfo(id="call", kind=CallKind.DISCOVERY)))
    async with provider() as at, second_tier(at, PATIENT) as tier:
        for i, saying in enumerate(call.sayings):
            lines.append(told_utterance(Utterance(**saying.model_dump(), i=i)))
            inputs = {**briefing.live(epoch, redactor), "call": "\n".join(lines), "now": "\n\nGive all that is known."}
            at.requests.clear()
            usage = await _used(tier, PROMPTS.request("live", inputs))
            answer = tokens(reader.everything(i + 1))
            spent.add(usage.model_copy(update={"output_tokens": answer}), at.requests[0].size)
            if i + 1 in ends:
                all_spent.append(replace(spent))
    return all_spent


async def _used(tier: SecondTier, request: ModelRequest) -> Usage:
    usage = Usage()
    async for piece in tier.means.models.live.stream(request):
        if isinstance(piece, Usage):
            usage += piece
    return usage


async def test_tokens_against_sending_everything_every_time() -> None:
    call = long_call(HOURS[-1])
    ends = [len(call.within(hours).sayings) for hours in HOURS]
    ours, naive = await patched(call, ends), await all_over_again(call, ends)
    print(f"\nTokens as the provider counts them (a token for four characters) · {machine()}")
    print("  hours finals  way                 requests   input tokens cached  output tokens  largest KiB")
    for hours, finals, our, their in zip(HOURS, ends, ours, naive, strict=True):
        print(f"  {hours:5}{finals:7}  gate, epoch, patch  {our}")
        print(f"  {hours:5}{finals:7}  everything each time{their}")
        shares = (our.input_tokens / their.input_tokens, our.output_tokens / their.output_tokens)
        print(f"{'':14}  ours of theirs: {shares[0]:.1%} of the input, {shares[1]:.1%} of the output")
        assert shares[0] < 0.1
        assert shares[1] < 1 / 3
        assert our.largest < LARGEST
    per_final = [our.input_tokens / finals for our, finals in zip(ours, ends, strict=True)]
    assert max(per_final) < 1.3 * min(per_final)  # grows with the length of the call, not with its square


@dataclass(slots=True)
class Taken:
    """What one request costs the event loop, in seconds of processor time."""

    asked_s: float = 0.0
    op_s: list[float] = field(default_factory=list)

    @property
    def to_the_first_op_s(self) -> float:
        return self.asked_s + sum(self.op_s[:1])


class AtOnce:
    """A model that answers as soon as it is asked, within the same process, and notes how long we take."""

    name = SMALL

    def __init__(self, call: LongCall) -> None:
        self._reader = Reader(call)
        self.cue_s = 0.0
        self.taken: list[Taken] = []

    async def stream(self, request: ModelRequest) -> AsyncIterator[str | Usage]:
        taken = Taken(time.thread_time() - self.cue_s)
        self.taken.append(taken)
        answer = self._reader.patch({"messages": [message.text for message in request.messages]})
        ends = ends_of_ops(answer)
        for start in range(0, len(answer), CHARACTERS_PER_PIECE):
            piece = answer[start : start + CHARACTERS_PER_PIECE]
            began_s = time.thread_time()
            yield piece
            if any(start < end <= start + len(piece) for end in ends):
                taken.op_s.append(time.thread_time() - began_s)
        self.cue_s = time.thread_time()
        yield Usage(input_tokens=sum(len(m.text) for m in request.messages) // 4, output_tokens=len(answer) // 4)


class Watched(MemoryStore):
    """Tells the model when a commit is through: from then on it is our doing how soon it is asked."""

    def __init__(self, model: AtOnce) -> None:
        super().__init__()
        self._model = model

    async def append(self, call_id: str, events: Sequence[Logged], record: CallRecord | None = None) -> None:
        await super().append(call_id, events, record)
        self._model.cue_s = time.thread_time()


async def test_what_a_request_costs_us_without_the_model() -> None:
    call = long_call(1)
    model = AtOnce(call)
    tier = SecondTier(Models(model, model), PROMPTS, PLAYBOOK, PRICES, PATIENT)
    applied = 0
    async for live in hearing(call, tier, Watched(model)):
        applied = live.state.model.applied
    rows = {
        "a request is made and on its way": [t.asked_s for t in model.taken],
        "an op is read, judged and taken": [op_s for t in model.taken for op_s in t.op_s],
        "both, where there is an op": [t.to_the_first_op_s for t in model.taken if t.op_s],
    }

    print(f"\nWhat a request costs the event loop, less the model and the disk, in processor time · {machine()}")
    print(f"  {len(model.taken)} requests in an hour of {len(call.sayings)} finals, {applied} ops taken")
    print("  p50 ms  p95 ms  max ms")
    for name, seconds in rows.items():
        shares = [percentile(seconds, share) * 1000 for share in (0.5, 0.95, 1)]
        print("".join(f"{ms:8.1f}" for ms in shares) + f"  {name}")
    assert percentile(rows["both, where there is an op"], 0.95) < 0.015
