"""The spoken attacks under fixtures/attacks, played."""

from __future__ import annotations

import json
from functools import cache
from pathlib import Path
from typing import Any

from pydantic import TypeAdapter

from copilot.analysis.decisions import decide_item
from copilot.analysis.deep.redaction import Redactor
from copilot.analysis.deep.reply import LiveReply, WireOp, WireSentence, WrapUpReply
from copilot.analysis.deep.reply_reader import ReplyReader
from copilot.analysis.deep.translation import Translation
from copilot.analysis.hearing import Step, note, start
from copilot.bundled import bundled
from copilot.domain.call import CallInfo, CallKind, Participant, Role, Saying
from copilot.domain.ops import AnyOp, MarkStage
from copilot.domain.state import CallState
from tests.unit.analysis.books import playbook

FOLDER = Path(__file__).parents[4] / "fixtures" / "attacks"
NAMES = sorted(file.stem for file in FOLDER.glob("*.json") if file.stem != "call")
OPS: TypeAdapter[list[AnyOp]] = TypeAdapter(list[AnyOp])


@cache
def read(name: str) -> dict[str, Any]:
    content: dict[str, Any] = json.loads((FOLDER / f"{name}.json").read_text("utf-8"))
    return content


def before(name: str) -> CallState:
    """The call with its map, what a person has decided, and what the attacker said; all stages are certain."""
    call, attack = read("call"), read(name)
    people = tuple(Participant(**person) for person in call["participants"])
    info = CallInfo(id="attacked", kind=CallKind(call["kind"]), title=call["title"], participants=people)
    step = start(info, playbook().version)
    for said in call["said"]:
        step = _heard(step, said)
    step = step.propose(OPS.validate_python(call["map"]), by="embedded")
    for decision in attack.get("person", ()):
        for event in decide_item(step.state, decision["item"], decision["verdict"], decision["fields"]):
            step = step.then(event)
    for said in attack["said"]:
        step = _heard(step, said)
    marks = (MarkStage(i=i, stage="metrics", confidence=0.9) for i in range(len(step.state.utterances)))
    return step.propose(marks, by="embedded").state


def reply_text(name: str) -> str:
    """What a model sends that does what it is told."""
    attack = read(name)
    text: str = attack.get("reply_text") or json.dumps(attack["reply"])
    return text


def played(name: str, state: CallState) -> Step:
    """The reply, as it is taken into the call."""
    wrap_up = read(name).get("wrap_up", False)
    redactor = Redactor()
    for utterance in state.utterances:
        redactor.redact(utterance.text)
    translation = Translation(playbook(), redactor, wrap_up=wrap_up, prompt=prompts())
    parts = ReplyReader(WrapUpReply if wrap_up else LiveReply).feed(reply_text(name))
    step = Step(state)
    for op in (part for part in parts if isinstance(part, WireOp)):
        step = step.propose(translation.translated(op, step.state).ops, by="llm")
    sentences = [part for part in parts if isinstance(part, WireSentence)]
    return step.propose(translation.prose(sentences, step.state).ops, by="llm")


@cache
def prompts() -> str:
    """The texts of both prompts as they are written."""
    return "".join((bundled("prompts") / name / "v2.md").read_text("utf-8") for name in ("live", "wrap_up"))


def _heard(step: Step, said: list[str]) -> Step:
    role, speaker, text = said
    saying = Saying(id=f"s{len(step.state.utterances)}", speaker=speaker, role=Role(role), text=text)
    return Step(note(step.state, saying).state)
