from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

import pytest
import yaml

from copilot.adapters.playbooks import load_playbook
from copilot.adapters.scorecards import KINDS, load_scorecards
from copilot.bundled import bundled
from copilot.domain.call import CallKind
from copilot.domain.pitfall_rules import PitfallKind
from copilot.domain.playbook import Playbook
from copilot.domain.scorecard_rubrics import AvoidedLook
from copilot.errors import BrokenPlaybook

PLAYBOOK = load_playbook(bundled("rubrics"))
BUNDLED = (bundled("rubrics") / "scorecards" / "discovery.yaml").read_text(encoding="utf-8")


def own_file(folder: Path, text: str, name: str = "discovery.yaml") -> Path:
    """A company's folder with one scorecard in it."""
    (folder / "scorecards").mkdir()
    (folder / "scorecards" / name).write_text(text, encoding="utf-8")
    return folder


def broken(folder: Path) -> BrokenPlaybook:
    with pytest.raises(BrokenPlaybook) as caught:
        load_scorecards(folder, PLAYBOOK, fallback=bundled("rubrics"))
    return caught.value


@dataclass(frozen=True)
class Slip:
    """`old` becomes `new`; the mistake is expected on the line where `marker` first stands."""

    old: str
    new: str
    marker: str
    problem: str


SLIPS = {
    "an unknown field": Slip(
        "        weight: 2\n", "        weight: 2\n        wait: 2\n", "wait: 2", "unknown field 'wait'"
    ),
    "a weight of nothing": Slip("weight: 3", "weight: 0", "weight: 0", "'weight' is wrong"),
    "an unknown look": Slip("look: stage, stage: before", "look: guess, stage: before", "look: guess", "'stage'"),
    "an unknown stage": Slip(
        "stage: before_scenario}", "stage: before_scenery}", "before_scenery", "no stage 'before_scenery'"
    ),
    "an unknown pitfall": Slip("[ignored_cue]", "[ignored_clue]", "[ignored_clue]", "is not known here"),
    "something that an outcome cannot have": Slip("having: [priority]", "having: [colour]", "colour", "cannot have"),
    "a scale without levels": Slip(
        "type: yes_no\n        weight: 2", "type: scale\n        weight: 2", "id: cues_taken_up", "a scale has `levels`"
    ),
    "levels upside down": Slip("share: 0.5, title: Partly", "share: 1.0, title: Partly", "id: before", "go upwards"),
    "a number that nothing counts": Slip("type: number", "type: yes_no", "id: few_outcomes", "`span`"),
    "a span that is none": Slip("low: 2, high: 3", "low: 3, high: 2", "span: {none_below", "go upwards"),
    "an id twice": Slip(
        "- id: consequences", "- id: before", "- id: before\n        title: What", "'before' is used twice"
    ),
    "a rule about nothing": Slip(
        "{stage: how_we_do_it, otherwise", "{otherwise", "applies: {otherwise", "either `items` or a `stage`"
    ),
    "a question that is not always sayable": Slip(
        "          - From which figure to which, and by when?\n", "", "id: measurable", "needs no {item}"
    ),
    "another kind": Slip("kind: discovery", "kind: demo", "kind: demo", "named after another kind"),
    "a kind that is none": Slip("kind: discovery", "kind: chat", "kind: chat", "is not known here"),
}


@pytest.mark.parametrize("slip", SLIPS.values(), ids=SLIPS)
def test_a_mistake_names_its_file_and_line(tmp_path: Path, slip: Slip) -> None:
    assert slip.old in BUNDLED
    text = BUNDLED.replace(slip.old, slip.new, 1)
    mistake = broken(own_file(tmp_path, text))

    assert mistake.file.endswith("scorecards/discovery.yaml")
    assert slip.problem in str(mistake)
    assert mistake.line == text.count("\n", 0, text.index(slip.marker)) + 1


def test_every_kind_of_call_that_is_scored_has_one() -> None:
    rubrics = load_scorecards(bundled("rubrics"), PLAYBOOK)

    assert set(rubrics) == set(KINDS)
    assert {kind: rubric.name for kind, rubric in rubrics.items()} == {
        CallKind.DISCOVERY: "scorecards/discovery/3",
        CallKind.DEMO: "scorecards/demo/3",
        CallKind.QBR: "scorecards/qbr/1",
    }


def test_a_companys_own_goes_before_the_bundled_one_and_the_rest_is_filled_in(tmp_path: Path) -> None:
    own = own_file(tmp_path, BUNDLED.replace("version: 3", "version: 4"))
    rubrics = load_scorecards(own, PLAYBOOK, fallback=bundled("rubrics"))

    assert [rubrics[kind].version for kind in KINDS] == [4, 3, 1]


def test_a_misspelt_file_is_not_passed_over(tmp_path: Path) -> None:
    mistake = broken(own_file(tmp_path, BUNDLED, "discovry.yaml"))

    assert str(mistake).endswith("discovry.yaml: is the scorecard of no kind of call; call it discovery.yaml")


def watching_for_all_but(*kinds: PitfallKind) -> Playbook:
    rules = PLAYBOOK.pitfalls.pitfalls
    off = {kind: rules[kind].model_copy(update={"calls": ()}) for kind in kinds}
    pitfalls = PLAYBOOK.pitfalls.model_copy(update={"pitfalls": {**rules, **off}})
    return PLAYBOOK.model_copy(update={"pitfalls": pitfalls})


def test_a_pitfall_that_is_not_watched_for_is_not_asked_about() -> None:
    playbook = watching_for_all_but(PitfallKind.FEATURE_DUMPING)
    without = load_scorecards(bundled("rubrics"), playbook)[CallKind.DISCOVERY]
    every = load_scorecards(bundled("rubrics"), PLAYBOOK)[CallKind.DISCOVERY]

    assert {c.id for c in every.criteria} - {c.id for c in without.criteria} == {"no_feature_dumping"}


def test_of_several_pitfalls_only_those_are_looked_for_that_are_watched_for(tmp_path: Path) -> None:
    own = own_file(tmp_path, BUNDLED.replace("[ignored_cue]", "[ignored_cue, feature_dumping]"))
    playbook = watching_for_all_but(PitfallKind.FEATURE_DUMPING)
    rubric = load_scorecards(own, playbook, fallback=bundled("rubrics"))[CallKind.DISCOVERY]
    looks = [c.answered_by for c in rubric.criteria if isinstance(c.answered_by, AvoidedLook)]

    assert (PitfallKind.IGNORED_CUE,) in [look.pitfalls for look in looks]
    assert PitfallKind.FEATURE_DUMPING not in {kind for look in looks for kind in look.pitfalls}


def test_a_scorecard_of_which_nothing_is_left_is_refused(tmp_path: Path) -> None:
    head, sections = BUNDLED.split("sections:\n")
    lines = yaml.safe_load("sections:\n" + sections)["sections"]
    lines = [{**s, "criteria": c} for s in lines if (c := [c for c in s["criteria"] if "pitfalls" in c["answered_by"]])]
    own = own_file(tmp_path, head + yaml.safe_dump({"sections": lines}))

    with pytest.raises(BrokenPlaybook) as caught:
        load_scorecards(own, watching_for_all_but(*PitfallKind), fallback=bundled("rubrics"))

    assert str(caught.value).endswith(
        "discovery.yaml: asks for nothing but pitfalls that the playbook does not watch for in discovery calls; "
        "let the playbook watch for them, or add other criteria"
    )
