"""Calls of any length made of labelled ones, and a reader who answers as the labels say."""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import accumulate
from pathlib import Path
from typing import Any

from copilot.analysis.deep.reply import WireOp
from copilot.domain.call import Saying
from copilot.domain.labelled import LabelledCall, labelled_call

LABELLED = Path(__file__).parents[2] / "fixtures" / "labelled"
_NEW = re.compile(r"New since your last answer: u(\d+)(?: to u(\d+))?")
_ADDED = {
    "outcomes": "add_outcome",
    "capabilities": "add_capability",
    "metrics": "add_metric",
    "next_steps": "add_next_step",
    "pitfalls": "pitfall",
}
_FIELDS = ("text", "priority", "phase", "kind", "baseline", "target", "owner", "cadence", "due")
_QUOTED_WORDS = 10
_QUESTION = "What would have to be different a year from now for this to have been worth it?"


@dataclass(frozen=True, slots=True)
class Finding:
    """An op that the labels ask for, and the last utterance it rests on."""

    at: int
    op: dict[str, Any]


@dataclass(frozen=True, slots=True)
class LongCall:
    sayings: Sequence[Saying]
    findings: Sequence[Finding]

    def up_to(self, end: int) -> LongCall:
        """Its first utterances, with what is found in them."""
        return LongCall(self.sayings[:end], [finding for finding in self.findings if finding.at < end])

    def within(self, hours: float) -> LongCall:
        return self.up_to(sum(saying.end_s is not None and saying.end_s <= hours * 3600 for saying in self.sayings))


def long_call(hours: float) -> LongCall:
    """Labelled discovery calls one after another, until the hours are full."""
    sayings: list[Saying] = []
    findings: list[Finding] = []
    begin_s = 0.0
    for call in _discoveries():
        if begin_s > hours * 3600:
            break
        findings.extend(_findings(call, begin=len(sayings)))
        sayings.extend(_said(call, begin=len(sayings), begin_s=begin_s))
        begin_s = (sayings[-1].end_s or begin_s) + 1
    return LongCall(sayings, sorted(findings, key=lambda finding: finding.at)).within(hours)


class Reader:
    """Answers as a model that misses nothing: what is new to it, or all there is by then."""

    def __init__(self, call: LongCall) -> None:
        self._call = call
        self._told = 0

    def patch(self, body: dict[str, Any]) -> str:
        """What has become known since its last answer, and a question."""
        new = _NEW.findall(json.dumps(body["messages"], ensure_ascii=False))
        last = max((int(b or a) for a, b in new), default=-1)
        known = sum(finding.at <= last for finding in self._call.findings)
        ops = [finding.op for finding in self._call.findings[self._told : known]]
        self._told = max(self._told, known)
        return _answer([*ops, _question(last)] if ops else [])

    def everything(self, end: int) -> str:
        """All that is known before utterance `end`, and a question."""
        return _answer([*(f.op for f in self._call.findings if f.at < end), _question(end - 1)])


def ends_of_ops(answer: str) -> list[int]:
    """Where in an answer each of its ops is complete."""
    lengths = (len(json.dumps(op, separators=(",", ":"))) + 1 for op in json.loads(answer)["ops"])
    return [end - 1 for end in accumulate(lengths, initial=len('{"ops":['))][1:]


def _answer(ops: list[dict[str, Any]]) -> str:
    return json.dumps({"ops": ops}, separators=(",", ":"))


def _discoveries() -> Iterator[LabelledCall]:
    for file in sorted(LABELLED.rglob("*.json")):
        call = labelled_call(json.loads(file.read_text(encoding="utf-8")), name=file.name)
        if call.call.kind == "discovery" and all(u.end_s is not None for u in call.utterances):
            yield call


def _said(call: LabelledCall, *, begin: int, begin_s: float) -> Iterable[Saying]:
    for u in call.utterances:
        start_s, end_s = begin_s + (u.start_s or 0), begin_s + (u.end_s or 0)
        said = Saying(id=f"u{begin + u.i}", speaker=u.speaker, role=u.role, text=u.text)
        yield said.model_copy(update={"start_s": start_s, "end_s": end_s})


def _findings(call: LabelledCall, *, begin: int) -> Iterable[Finding]:
    for kind, name in _ADDED.items():
        for item in getattr(call.labels, kind):
            said = [{"utterance": begin + i, "quote": _some_words(call.utterances[i].text)} for i in item.utterances]
            fields = {field: getattr(item, field, None) for field in _FIELDS}
            if said:
                op = {**dict.fromkeys(WireOp.model_fields), "op": name, "evidence": said, **fields}
                yield Finding(max(piece["utterance"] for piece in said), op)


def _some_words(text: str) -> str:
    return " ".join(text.split()[:_QUOTED_WORDS])


def _question(i: int) -> dict[str, Any]:
    empty = dict.fromkeys(WireOp.model_fields)
    return {**empty, "op": "question", "evidence": [], "text": _QUESTION, "stage": "metrics", "why": f"as of u{i}"}
