"""What a model answers, taken into the call op by op while it is still being written."""

from __future__ import annotations

import time
from collections import Counter
from collections.abc import Sequence
from functools import partial

from copilot.analysis.deep.redaction import Redactor
from copilot.analysis.deep.reply import LiveReply, WireOp, WireSentence, WrapUpReply
from copilot.analysis.deep.reply_reader import ReplyReader
from copilot.analysis.deep.translation import Translated, Translation
from copilot.analysis.hearing import Step
from copilot.domain.events import ModelPurpose, ProposalsDropped
from copilot.domain.playbook import Playbook
from copilot.domain.state import CallState
from copilot.live.call import LiveCall


class Reply:
    """One reply. Every op is judged against the call as it is when the op arrives, not as it was when we asked."""

    def __init__(
        self, call: LiveCall, playbook: Playbook, redactor: Redactor, *, wrap_up: bool, prompt: str = ""
    ) -> None:
        self.purpose: ModelPurpose = "wrap_up" if wrap_up else "live"
        self.first_op_ms: int | None = None
        self.applied = 0
        self.dropped: Counter[str] = Counter()
        self._call = call
        self._reader = ReplyReader(WrapUpReply if wrap_up else LiveReply)
        self._translation = Translation(playbook, redactor, wrap_up=wrap_up, prompt=prompt)
        self._sentences: list[WireSentence] = []
        self._parts = 0
        self._began = time.monotonic()

    @property
    def has_something(self) -> bool:
        return self._parts > 0

    @property
    def is_whole(self) -> bool:
        return self._reader.complete

    async def take(self, piece: str) -> bool:
        """Take what a piece completes; whether more is wanted."""
        parts = self._reader.feed(piece)
        self._parts += len(parts)
        if parts and self.first_op_ms is None:
            self.first_op_ms = round((time.monotonic() - self._began) * 1000)
        for part in parts:
            match part:
                case WireOp():  # one by one: what is said meanwhile gets in between
                    await self._call.propose(partial(self._proposed, part))
                case WireSentence():
                    self._sentences.append(part)
        return not self._reader.overlong

    async def finish(self) -> None:
        """Take what cannot be judged before everything has come."""
        if self._reader.malformed:
            self.dropped["malformed"] += self._reader.malformed
        sentences = self._finished_texts()
        if sentences:
            await self._call.propose(partial(self._written, sentences))

    def _finished_texts(self) -> list[WireSentence]:
        """Of a reply that broke off, the text that was being written is no text."""
        if self._reader.complete or not self._sentences:
            return self._sentences
        unfinished = self._sentences[-1].purpose
        return [sentence for sentence in self._sentences if sentence.purpose != unfinished]

    def _proposed(self, op: WireOp, state: CallState) -> Step:
        return self._taken(self._translation.translated(op, state), state)

    def _written(self, sentences: Sequence[WireSentence], state: CallState) -> Step:
        return self._taken(self._translation.prose(sentences, state), state)

    def _taken(self, translated: Translated, state: CallState) -> Step:
        """What comes of it; what was dropped, by the translation or by the reducer, is counted."""
        step = Step(state)
        if translated.dropped:
            step = step.then(ProposalsDropped(by="llm", reasons=dict(Counter(translated.dropped))))
        step = step.propose(translated.ops, by="llm")
        for event in step.events:
            if isinstance(event, ProposalsDropped):
                self.dropped.update(event.reasons)
        self.applied += any(not isinstance(event, ProposalsDropped) for event in step.events)
        return step
