"""Everything the playbooks say, as one value that is read once and never changes."""

from __future__ import annotations

from collections.abc import Sequence

from copilot.domain.blueprint import ValueBlueprint
from copilot.domain.call import CallKind
from copilot.domain.conversation import OTHER_STAGE, Company, Stage, StageCues, ValueConversation
from copilot.domain.demonstration import ValueDemonstration
from copilot.domain.gap_questions import Gap, GapQuestions, GapRule
from copilot.domain.pitfall_rules import PitfallKind, PitfallRule, PitfallRules
from copilot.domain.usual_ranges import UsualRange, UsualRanges
from copilot.domain.value import Value
from copilot.domain.vocabulary import Vocabulary
from copilot.errors import CopilotError


class UnknownStage(CopilotError):
    def __init__(self, stage: str, *, playbook: str, known: Sequence[str]) -> None:
        self.stage, self.playbook, self.known = stage, playbook, tuple(known)
        super().__init__(f"playbook {playbook!r} has no stage {stage!r}; it has {', '.join(known)}")


class Playbook(Value):
    """One part per rubric folder, under the folder's name."""

    value_conversation: ValueConversation
    company: Company
    stage_cues: StageCues
    gaps: GapQuestions
    pitfalls: PitfallRules
    talk_stats: UsualRanges
    vocabulary: Vocabulary
    value_blueprint: ValueBlueprint
    value_demonstration: ValueDemonstration

    @property
    def version(self) -> str:
        """What scorecards and items name as their rubric."""
        return f"value_conversation/{self.value_conversation.version}"

    @property
    def versions(self) -> dict[str, int]:
        """The version of every part."""
        return {part: getattr(self, part).version for part in type(self).model_fields}

    @property
    def stages(self) -> tuple[Stage, ...]:
        """The stages that can be covered, in the playbook's order; `other` is none of them."""
        return tuple(stage for stage in self.value_conversation.stages if stage.id != OTHER_STAGE)

    @property
    def stage_ids(self) -> tuple[str, ...]:
        """Every label an utterance can have, `other` last."""
        return tuple(stage.id for stage in self.value_conversation.stages)

    def stage(self, stage_id: str) -> Stage:
        for stage in self.value_conversation.stages:
            if stage.id == stage_id:
                return stage
        raise UnknownStage(stage_id, playbook=self.version, known=self.stage_ids)

    def pitfall(self, kind: PitfallKind) -> PitfallRule:
        return self.pitfalls.pitfalls[kind]

    def gap_questions(self, gap: Gap) -> GapRule:
        """How to ask about a gap; a weight of 0 says never."""
        return self.gaps.gaps[gap]

    def stage_questions(self, stage_id: str, kind: CallKind) -> tuple[str, ...]:
        """What opens or deepens a stage in this kind of call: wordings for it first, then the stage's own."""
        entries = self.gaps.stage_questions.get(stage_id, ())
        worded = [ask for entry in entries if kind in entry.calls for ask in entry.ask]
        return (*worded, *self.stage(stage_id).ask)

    def untouched_weight(self, stage_id: str, kind: CallKind) -> float:
        """How much it matters that a stage was not touched yet; 0 where it does not."""
        weights = self.gaps.untouched_stages.get(stage_id, {})
        return weights.get(kind.value, weights.get("other", 0.0))

    def usual_range(self, stat: str, kind: CallKind) -> UsualRange | None:
        return self.talk_stats.of(stat, kind)
