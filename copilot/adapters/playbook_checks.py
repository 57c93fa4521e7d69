"""What is wrong between the parts of a playbook, once each part by itself is well formed."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from copilot.domain.blueprint import LEVELS
from copilot.domain.conversation import OTHER_STAGE
from copilot.domain.gap_questions import Gap
from copilot.domain.pitfall_rules import PitfallKind
from copilot.domain.playbook import Playbook


@dataclass(frozen=True)
class Mistake:
    """`path` leads to its place within the part's file."""

    part: str
    path: tuple[str | int, ...]
    problem: str
    remedy: str


NEEDED_THRESHOLDS = {
    PitfallKind.FEATURE_DUMPING: ("features",),
    PitfallKind.VAGUE_OUTCOME: ("rep_turns",),
    PitfallKind.LONG_MONOLOGUE: ("seconds", "words", "warn_seconds"),
    PitfallKind.STACKED_QUESTIONS: ("questions",),
}
"""Limits that a pitfall cannot be recognised without."""


def mistakes_in(playbook: Playbook, data: Mapping[str, object]) -> Iterator[Mistake]:
    """`data` is each part as its file has it, before defaults."""
    for part, content in data.items():
        yield from duplicate_ids(part, (), content)
    yield from _stages(playbook)
    yield from _unknown_stages(playbook)
    yield from _gap_questions(playbook)
    yield from _thresholds(playbook)
    yield from _unknown_pitfalls(playbook)
    yield from _story(playbook)
    yield from _levels(playbook)


def duplicate_ids(part: str, path: tuple[str | int, ...], content: object) -> Iterator[Mistake]:
    """Entries of one list that share what each needs for itself."""
    if isinstance(content, dict):
        for key, value in content.items():
            yield from duplicate_ids(part, (*path, key), value)
    if not isinstance(content, list) or not content or not isinstance(content[0], dict):
        return
    for field in ("id", "code", "short_name"):
        seen: set[object] = set()
        for i, entry in enumerate(content):
            if field in entry and entry[field] in seen:
                yield Mistake(
                    part, (*path, i, field), f"{field} {entry[field]!r} is used twice", "give it one of its own"
                )
            seen.add(entry.get(field))
    for i, entry in enumerate(content):
        yield from duplicate_ids(part, (*path, i), entry)


def _stages(playbook: Playbook) -> Iterator[Mistake]:
    part = "value_conversation"
    stages = playbook.value_conversation.stages
    if stages[-1].id != OTHER_STAGE:
        yield Mistake(part, ("stages",), f"the last stage is not {OTHER_STAGE!r}", "put it at the end")
    for i, stage in enumerate(stages):
        if stage.id == OTHER_STAGE and (stage.done_when or stage.ask):
            yield Mistake(part, ("stages", i), f"{OTHER_STAGE!r} is never covered", "remove its `done_when` and `ask`")
        if stage.id != OTHER_STAGE and stage.done_when is None:
            yield Mistake(part, ("stages", i), f"stage {stage.id!r} has no `done_when`", "say when it is covered")
        if stage.id != OTHER_STAGE and not stage.ask:
            yield Mistake(part, ("stages", i), f"stage {stage.id!r} has nothing to ask", "add questions under `ask`")


def _unknown_stages(playbook: Playbook) -> Iterator[Mistake]:
    known = set(playbook.stage_ids)
    remedy = f"use one of {', '.join(playbook.stage_ids)}"
    cues = playbook.stage_cues
    named: list[tuple[str, tuple[str | int, ...], str]] = [
        *(("gaps", ("gaps", gap, "stage"), rule.stage) for gap, rule in playbook.gaps.gaps.items() if rule.stage),
        *(("gaps", ("untouched_stages", stage), stage) for stage in playbook.gaps.untouched_stages),
        *(("gaps", ("stage_questions", stage), stage) for stage in playbook.gaps.stage_questions),
        *(("stage_cues", ("stages", stage), stage) for stage in cues.stages),
        *(("stage_cues", ("customer", stage), stage) for stage in cues.customer),
        *(("stage_cues", ("rep", stage), stage) for stage in cues.rep),
    ]
    for part, path, stage in named:
        if stage not in known:
            yield Mistake(part, path, f"there is no stage {stage!r}", remedy)


def _gap_questions(playbook: Playbook) -> Iterator[Mistake]:
    for gap, rule in playbook.gaps.gaps.items():
        path = ("gaps", str(gap))
        if gap is Gap.STAGE_UNTOUCHED:
            if rule.ask or rule.stage:
                problem = f"{gap} asks what the stage itself asks"
                yield Mistake("gaps", path, problem, "remove its `stage` and `ask`; change the stage's `ask`")
            continue
        if rule.stage is None:
            yield Mistake("gaps", path, f"{gap} names no stage", "add the `stage` that its question opens")
        if not rule.ask:
            yield Mistake("gaps", path, f"{gap} has nothing to ask", "add wordings under `ask`")


def _thresholds(playbook: Playbook) -> Iterator[Mistake]:
    for kind, rule in playbook.pitfalls.pitfalls.items():
        path = ("pitfalls", str(kind), "thresholds")
        for name in NEEDED_THRESHOLDS.get(kind, ()):
            if getattr(rule.thresholds, name) is None:
                yield Mistake("pitfalls", path, f"{kind} needs the threshold {name!r}", "add it")
        for call in rule.calls:
            for early, late in (("warn_seconds", "seconds"), ("warn_words", "words")):
                warn, limit = rule.threshold(early, call), rule.threshold(late, call)
                if warn is not None and limit is not None and warn >= limit:
                    problem = f"{early!r} ({warn:g}) is not below {late!r} ({limit:g})"
                    yield Mistake("pitfalls", (*path, early), problem, "lower it")


def _unknown_pitfalls(playbook: Playbook) -> Iterator[Mistake]:
    named = [
        *(
            ("value_conversation", ("pitfalls", i, "kind"), pitfall.kind)
            for i, pitfall in enumerate(playbook.value_conversation.pitfalls)
        ),
        *(
            ("value_demonstration", ("anti_patterns", i, "pitfall"), pattern.pitfall)
            for i, pattern in enumerate(playbook.value_demonstration.anti_patterns)
            if pattern.pitfall
        ),
    ]
    for part, path, kind in named:
        if kind not in playbook.pitfalls.pitfalls:
            known = ", ".join(playbook.pitfalls.pitfalls)
            yield Mistake(part, path, f"there is no pitfall {kind!r}", f"use one of {known}")


def _story(playbook: Playbook) -> Iterator[Mistake]:
    parts = [part.id for part in playbook.value_demonstration.story]
    for part in parts:
        if part not in playbook.value_demonstration.worked_story.parts:
            yield Mistake("value_demonstration", ("worked_story", "parts"), f"{part!r} is not told", "add it")
    for part in playbook.value_demonstration.worked_story.parts:
        if part not in parts:
            path = ("worked_story", "parts", part)
            yield Mistake("value_demonstration", path, f"the story has no part {part!r}", f"use {', '.join(parts)}")


def _levels(playbook: Playbook) -> Iterator[Mistake]:
    for i, (level, numeral) in enumerate(zip(playbook.value_blueprint.levels, LEVELS, strict=True)):
        if level.numeral is not numeral:
            path = ("levels", i, "numeral")
            yield Mistake("value_blueprint", path, f"level {numeral} belongs here", "list the levels from I to V")
