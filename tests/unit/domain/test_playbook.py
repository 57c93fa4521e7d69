from __future__ import annotations

import pytest
from pydantic import ValidationError

from copilot.adapters.playbooks import load_playbook
from copilot.bundled import bundled
from copilot.domain.blueprint import Level
from copilot.domain.call import CallKind
from copilot.domain.conversation import Condition, ItemKind
from copilot.domain.gap_questions import Gap
from copilot.domain.pitfall_rules import PitfallKind, Threshold
from copilot.domain.playbook import UnknownStage
from copilot.domain.usual_ranges import UsualRange

PLAYBOOK = load_playbook(bundled("rubrics"))


class TestPlaybook:
    def test_finds_a_stage_by_its_label(self) -> None:
        assert PLAYBOOK.stage("how_we_do_it").short_name == "How"
        assert PLAYBOOK.stage("other").done_when is None

    def test_names_the_stages_it_has(self) -> None:
        with pytest.raises(UnknownStage) as caught:
            PLAYBOOK.stage("closing")
        assert caught.value.known == PLAYBOOK.stage_ids
        assert str(caught.value).startswith(
            "playbook 'value_conversation/1' has no stage 'closing'; it has before_scen"
        )

    def test_never_changes(self) -> None:
        with pytest.raises(ValidationError, match="frozen"):
            PLAYBOOK.stages[0].title = "Start"  # type: ignore[misc]

    def test_finds_how_to_ask_about_a_gap(self) -> None:
        assert PLAYBOOK.gap_questions(Gap.METRIC_WITHOUT_OWNER).stage == "metrics"

    def test_finds_a_pitfall_and_where_it_is_watched_for(self) -> None:
        assert PLAYBOOK.pitfall(PitfallKind.PAST_ONLY).calls == (CallKind.QBR,)

    def test_has_no_usual_range_where_none_is_published(self) -> None:
        assert PLAYBOOK.usual_range("rep_questions", CallKind.DEMO) is None
        assert PLAYBOOK.usual_range("laughs", CallKind.DEMO) is None

    def test_leads_from_every_level_to_the_next_but_from_the_last(self) -> None:
        assert [len(PLAYBOOK.value_blueprint.steps_from(level)) for level in Level] == [11, 11, 8, 7, 0]


class TestThreshold:
    def test_is_the_same_for_all_kinds_of_call_unless_said(self) -> None:
        limit = Threshold(default=3, demo=5)
        assert [limit.of(kind) for kind in CallKind] == [3, 5, 3, 3]


class TestCondition:
    def test_counts_items_only_with_a_number(self) -> None:
        with pytest.raises(ValidationError, match="`items` needs `at_least`"):
            Condition(items=ItemKind.METRICS)

    def test_asks_nothing_of_items_it_does_not_count(self) -> None:
        with pytest.raises(ValidationError, match="need `items`"):
            Condition(utterances=1, having=("owner",))


class TestUsualRange:
    def test_has_an_end_at_least(self) -> None:
        with pytest.raises(ValidationError, match="needs `low` or `high`"):
            UsualRange(source="somebody", confidence="low")
