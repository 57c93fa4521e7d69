"""What the bundled playbooks must hold, counted and measured."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from copilot.adapters.playbooks import PARTS, load_playbook
from copilot.bundled import bundled
from copilot.domain.call import CallKind
from copilot.domain.gap_questions import GAP_PLACEHOLDERS, Gap
from copilot.domain.phrases import phrase_pattern
from copilot.domain.pitfall_rules import PitfallKind, Shows
from copilot.domain.templates import fill, placeholders

PLAYBOOK = load_playbook(bundled("rubrics"))
PAGE = Path(__file__).parents[3] / "docs" / "playbooks.md"
ROW = re.compile(r"^\| (?P<what>[^|]+) \| `(?P<part>\w+)` \| `(?P<key>[\w.*]+)` \| (?P<count>\d+) \|$", re.MULTILINE)
ROWS = [(row["part"], row["key"], int(row["count"])) for row in ROW.finditer(PAGE.read_text(encoding="utf-8"))]

SPOKEN = {
    "outcome": "a release every month",
    "other_outcome": "fewer late changes",
    "metric": "the time to release",
    "capability": "two-way tracker sync",
    "pain": "late rework",
    "figure": "six weeks",
    "next_step": "send the security questionnaire",
    "stage": "Positive business outcomes",
}


def below(data: Any, steps: list[str]) -> Iterator[Any]:
    """What a dotted key leads to: `*` spreads, a name within a list is an entry's id or starting level."""
    if not steps:
        yield data
        return
    first, *rest = steps
    if first == "*":
        children = list(data)
    elif isinstance(data, dict):
        children = [data[first]]
    else:
        children = [entry for entry in data if first in (entry.get("id"), entry.get("from_level"))]
        assert len(children) == 1
    for child in children:
        yield from below(child, rest)


def words(text: str) -> int:
    return len(text.split())


def questions_of_gaps() -> list[str]:
    of_stages = [ask for entries in PLAYBOOK.gaps.stage_questions.values() for entry in entries for ask in entry.ask]
    return [*(ask for rule in PLAYBOOK.gaps.gaps.values() for ask in rule.ask), *of_stages]


class TestThePageOnPlaybooks:
    def test_has_a_row_for_every_part_of_the_sources(self) -> None:
        assert len(ROWS) == 62
        assert {part for part, _, _ in ROWS} == set(PARTS) - {"vocabulary"}

    @pytest.mark.parametrize(("part", "key", "count"), ROWS)
    def test_counts_right(self, part: str, key: str, count: int) -> None:
        data = getattr(PLAYBOOK, part).model_dump(mode="json")
        found = list(below(data, key.split(".")))
        assert sum(1 if isinstance(one, str) else len(one) for one in found) == count


class TestTheStages:
    def test_come_in_the_playbooks_order(self) -> None:
        assert [stage.code for stage in PLAYBOOK.stages] == ["Be", "Ne", "Af", "Ou", "Ca", "Me", "Hw", "Pr"]
        assert PLAYBOOK.stage_ids[-1] == "other"

    def test_ask_what_can_be_said_aloud(self) -> None:
        for stage in PLAYBOOK.stages:
            for ask in stage.ask:
                assert words(ask) <= 15, ask
                assert ask.endswith("?"), ask
                assert ask.count("?") == 1, ask

    def test_have_cues_and_a_weight(self) -> None:
        for stage in PLAYBOOK.stages:
            cues = PLAYBOOK.stage_cues.stages[stage.id]
            assert len(cues.strong) >= 40
            assert len(cues.weak) >= 30
            assert PLAYBOOK.untouched_weight(stage.id, CallKind.DISCOVERY) > 0

    def test_do_not_share_a_strong_cue(self) -> None:
        seen: dict[str, str] = {}
        for stage, cues in PLAYBOOK.stage_cues.stages.items():
            for phrase in cues.strong:
                assert phrase not in seen, (phrase, stage, seen[phrase])
                seen[phrase] = stage

    def test_have_each_cue_once(self) -> None:
        for stage, cues in PLAYBOOK.stage_cues.stages.items():
            both = [*cues.strong, *cues.weak]
            assert len(set(both)) == len(both), stage


class TestTheCompany:
    def test_is_named_in_its_own_file_alone(self) -> None:
        own = [*PLAYBOOK.company.products, *PLAYBOOK.company.features]
        for part in set(PARTS) - {"company"}:
            text = (bundled("rubrics") / part / "v1.yaml").read_text(encoding="utf-8")
            assert not [name for name in own if re.search(rf"\b{name}\b", text)], part


class TestTheVocabulary:
    def test_has_words_in_every_list_and_each_once(self) -> None:
        for name, group in PLAYBOOK.vocabulary.model_dump(exclude={"version", "changed"}).items():
            for field, phrases in group.items():
                assert len(phrases) >= 10, (name, field)
                assert len(set(phrases)) == len(phrases), (name, field)

    def test_does_not_want_a_result_both_ways(self) -> None:
        results = PLAYBOOK.vocabulary.results
        assert not set(results.wanted_higher) & set(results.wanted_lower)

    def test_does_not_take_a_polite_word_for_a_pain(self) -> None:
        pain = phrase_pattern(PLAYBOOK.vocabulary.signals.pain)
        assert pain.search("Fine by me, that works well, thanks") is None


def watched_in(kind: CallKind) -> list[PitfallKind]:
    return [pitfall for pitfall, rule in PLAYBOOK.pitfalls.pitfalls.items() if kind in rule.calls]


class TestThePitfalls:
    def test_are_all_there(self) -> None:
        assert list(PLAYBOOK.pitfalls.pitfalls) == list(PitfallKind)

    def test_apply_to_their_kinds_of_call(self) -> None:
        any_call = {PitfallKind.LONG_MONOLOGUE, PitfallKind.STACKED_QUESTIONS, PitfallKind.IGNORED_CUE}
        assert set(watched_in(CallKind.OTHER)) == any_call
        assert watched_in(CallKind.DISCOVERY) == watched_in(CallKind.DEMO)
        assert len(watched_in(CallKind.DISCOVERY)) == 4 + 3
        assert len(watched_in(CallKind.QBR)) == 9 + 3

    def test_fit_the_notice(self) -> None:
        shown = {"count": 9, "seconds": 120, "words": 240, "turns": 2, "level": "operational", "cue": "outcome"}
        for kind, rule in PLAYBOOK.pitfalls.pitfalls.items():
            assert len(rule.title) <= 22, kind
            for fact in filter(None, [rule.fact, rule.fact_without_times]):
                assert len(fill(fact, shown)) <= 28, kind

    def test_wait_where_they_can_only_be_judged_later(self) -> None:
        shows = {kind: rule.shows for kind, rule in PLAYBOOK.pitfalls.pitfalls.items()}
        assert {kind for kind in shows if shows[kind] is Shows.REVIEW} == {"past_only", "single_dimension"}
        assert {kind for kind in shows if shows[kind] is Shows.MAP} == {"unmapped_capability"}

    def test_begin_where_the_labels_say(self) -> None:
        limits = {
            (PitfallKind.FEATURE_DUMPING, "features"): 3,
            (PitfallKind.VAGUE_OUTCOME, "rep_turns"): 2,
            (PitfallKind.LONG_MONOLOGUE, "seconds"): 90,
            (PitfallKind.LONG_MONOLOGUE, "warn_seconds"): 45,
            (PitfallKind.LONG_MONOLOGUE, "words"): 200,
            (PitfallKind.STACKED_QUESTIONS, "questions"): 3,
        }
        for (kind, name), limit in limits.items():
            assert PLAYBOOK.pitfalls.pitfalls[kind].threshold(name, CallKind.DISCOVERY) == limit


class TestTheGapQuestions:
    def test_are_there_for_every_gap(self) -> None:
        assert set(PLAYBOOK.gaps.gaps) == set(Gap)

    @pytest.mark.parametrize("ask", questions_of_gaps())
    def test_can_be_said_aloud(self, ask: str) -> None:
        assert words(fill(ask, SPOKEN)) <= 15
        assert ask.endswith("?")

    def test_give_their_reason_in_twelve_words(self) -> None:
        for rule in PLAYBOOK.gaps.gaps.values():
            for why in rule.why:
                assert words(fill(why, SPOKEN)) <= 12, why

    def test_end_with_a_wording_that_needs_no_value(self) -> None:
        for gap, rule in PLAYBOOK.gaps.gaps.items():
            if gap is not Gap.STAGE_UNTOUCHED:
                assert len(rule.ask) >= 2, gap
                assert not placeholders(rule.ask[-1]), gap
                assert not placeholders(rule.why[-1]), gap

    def test_use_every_placeholder_somewhere(self) -> None:
        whys = [why for rule in PLAYBOOK.gaps.gaps.values() for why in rule.why]
        used = set().union(*(placeholders(text) for text in [*questions_of_gaps(), *whys]))
        assert used == set(GAP_PLACEHOLDERS)

    def test_of_reviews_are_asked_in_reviews_alone(self) -> None:
        for gap in (Gap.VALUE_WITHOUT_VALIDATION, Gap.VANITY_TO_VALUE, Gap.PROMISE_WITHOUT_READING, Gap.ATTRIBUTION):
            rule = PLAYBOOK.gap_questions(gap)
            assert rule.weight_in(CallKind.QBR) > 0
            assert rule.weight_in(CallKind.DISCOVERY) == 0


class TestTheWorkedStory:
    def test_adds_up(self) -> None:
        of = PLAYBOOK.value_demonstration.worked_story.figure
        assert of("time_value") + of("avoided_cost") == of("total_value")
        assert of("total_value") / (of("roi") / 100) == 25_000
        gain = (of("resolution_before") - of("resolution_after")) / of("resolution_before")
        assert int(100 * gain) == of("resolution_improvement")

    def test_says_its_figures(self) -> None:
        told = " ".join(PLAYBOOK.value_demonstration.worked_story.parts.values()).replace(",", "")
        for figure in PLAYBOOK.value_demonstration.worked_story.figures:
            assert f"{figure.value:g}" in told, figure.id


class TestTheFormulas:
    @pytest.mark.parametrize(
        ("formula", "result"),
        [
            ("time_savings", 7_500),
            ("revenue_impact", 150_000),
            ("cost_reduction", 60_000),
            ("risk_avoidance", 200_000),
            ("quality_improvement", 60_000),
        ],
    )
    def test_come_out_as_in_the_example(self, formula: str, result: float) -> None:
        found = PLAYBOOK.value_demonstration.formula(formula)
        assert found.evaluate(found.example.inputs) == pytest.approx(result)


class TestTheBlueprint:
    def test_says_something_different_on_every_level(self) -> None:
        for dimension in PLAYBOOK.value_blueprint.dimensions:
            assert len(set(dimension.levels.values())) == 5, dimension.id

    def test_says_what_value_equals_on_each_level(self) -> None:
        equations = [level.equation.removeprefix("Value = ") for level in PLAYBOOK.value_blueprint.levels]
        assert equations == ["Spreadsheet", "Expertise", "Methodology", "Operating System", "Product"]


class TestTheUsualRanges:
    def test_name_a_source_each(self) -> None:
        for name, stat in PLAYBOOK.talk_stats.stats.items():
            assert stat.ranges or stat.findings, name
            assert all(len(usual.source) > 10 for usual in stat.ranges.values()), name

    def test_cover_the_talk_ratio_of_every_kind_of_call(self) -> None:
        assert all(PLAYBOOK.usual_range("talk_ratio", kind) for kind in CallKind)
