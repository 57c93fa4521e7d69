from __future__ import annotations

import shutil
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from copilot.adapters.playbooks import PARTS, load_playbook
from copilot.bundled import bundled
from copilot.domain.call import CallKind
from copilot.domain.pitfall_rules import PitfallKind
from copilot.errors import BrokenPlaybook


def own_part(folder: Path, part: str, text: str, version: int = 1) -> Path:
    """A company's folder with one file in it."""
    (folder / part).mkdir(parents=True, exist_ok=True)
    (folder / part / f"v{version}.yaml").write_text(text, encoding="utf-8")
    return folder


def bundled_text(part: str) -> str:
    return (bundled("rubrics") / part / "v1.yaml").read_text(encoding="utf-8")


def load_broken(folder: Path) -> BrokenPlaybook:
    with pytest.raises(BrokenPlaybook) as caught:
        load_playbook(folder, fallback=bundled("rubrics"))
    return caught.value


@dataclass(frozen=True)
class Slip:
    """`old` becomes `new` in a part's file; the mistake is expected on the line where `marker` first stands."""

    part: str
    old: str
    new: str
    marker: str
    problem: str


SLIPS = {
    "a colon in the wrong place": Slip(
        "value_conversation", "    code: Be\n", "    code: Be: Ne\n", "code: Be: Ne", "no valid YAML"
    ),
    "a bracket left open": Slip("company", "products: [Miro]", "products: [Miro", "features: [", "no valid YAML"),
    "a key twice": Slip(
        "pitfalls", "    title: Feature dumping\n", "    calls: [demo]\n", "    calls: [demo]", "'calls' twice"
    ),
    "an alias": Slip("company", "also_known_as: []", "also_known_as: &a [Meero, *a]", "also_known_as", "alias"),
    "a tag": Slip("company", "name: Miro", "name: !!python/name:os.system", "name: !!", "tag"),
    "an unknown field": Slip(
        "value_conversation",
        "    code: Be\n",
        "    code: Be\n    colour: red\n",
        "colour: red",
        "unknown field 'colour'",
    ),
    "a missing field": Slip("value_conversation", "    code: Be\n", "", "- id: before_scenario", "'code' is missing"),
    "text where a list belongs": Slip(
        "company", "products: [Miro]", "products: Miro", "products: Miro", "'products' is wrong"
    ),
    "a number where text belongs": Slip(
        "value_conversation", "title: Before scenario", "title: 7", "title: 7", "'title' is wrong"
    ),
    "an id twice": Slip(
        "value_demonstration", "  - id: momentum", "  - id:  contrast", "id:  contrast", "'contrast' is used twice"
    ),
    "a stage's code twice": Slip("value_conversation", "code: Ne", "code:  Be", "code:  Be", "code 'Be' is used twice"),
    "an unknown stage in a question": Slip(
        "gaps", "stage: after_scenario", "stage: after_scenery", "after_scenery", "no stage 'after_scenery'"
    ),
    "an unknown stage among the untouched": Slip(
        "gaps", "  proof_points: {", "  poof_points: {", "poof_points", "no stage 'poof_points'"
    ),
    "an unknown stage among the cues": Slip(
        "stage_cues", "\nrep:\n  how_we_do_it:", "\nrep:\n  how_we_did_it:", "how_we_did_it", "no stage 'how_we_did_it'"
    ),
    "an unknown gap": Slip(
        "gaps", "  outcome_unranked:", "  outcome_unranged:", "outcome_unranged", "'outcome_unranged' is not known here"
    ),
    "an unknown placeholder in a question": Slip(
        "gaps",
        "Who reports on “{metric}”?",
        "Who reports on “{metrics}”?",
        "{metrics}",
        "unknown placeholder {metrics}",
    ),
    "an unknown placeholder in a fact": Slip(
        "pitfalls", "{turns} turns", "{rounds} turns", "{rounds}", "unknown placeholder {rounds}"
    ),
    "a placeholder in a stage's question": Slip(
        "value_conversation", "What baselines do", "What {metric} do", "What {metric}", "unknown placeholder {metric}"
    ),
    "a brace left open": Slip("gaps", "Who reports on “{metric}”?", "Who reports on “{metric”?", "{metric”", "ask"),
    "a threshold below zero": Slip("pitfalls", "{features: 3}", "{features: -3}", "features: -3", "greater than 0"),
    "a threshold in words": Slip("pitfalls", "{features: 3}", "{features: many}", "many", "'many' is no threshold"),
    "a threshold nothing reads": Slip(
        "pitfalls", "{features: 3}", "{features: 3, clicks: 2}", "clicks", "unknown field 'clicks'"
    ),
    "a threshold that is needed": Slip(
        "pitfalls", "{questions: 3}", "{words: 3}", "{words: 3}", "needs the threshold 'questions'"
    ),
    "a warning later than the event": Slip(
        "pitfalls", "warn_seconds: 45", "warn_seconds: 120", "warn_seconds: 120", "not below 'seconds'"
    ),
    "a title too long for the notice": Slip(
        "pitfalls",
        "title: Usage report",
        "title: A long report of usage only",
        "A long report of usage only",
        "at most 22",
    ),
    "an unknown kind of call": Slip(
        "pitfalls", "calls: [discovery, demo]", "calls: [discovery, chat]", "chat", "is not known here"
    ),
    "coverage by something unknown": Slip(
        "value_conversation", "[outcome, phase]", "[outcome, colour]", "[outcome, colour]", "cannot have 'colour'"
    ),
    "coverage by nothing": Slip(
        "value_conversation", "- {customer_utterances: 2, customer_words: 30}", "- {}", "- {}", "at least one threshold"
    ),
    "a phrase that cannot be one": Slip(
        "vocabulary", "  fillers: [um,", "  fillers: [Um?,", "Um?", "'Um?' is no phrase"
    ),
    "a range upside down": Slip("talk_stats", "low: 0.30", "low: 0.95", "      discovery:", "is above `high`"),
    "a level left out": Slip(
        "value_blueprint", "          II: A central value team.\n", "", "- id: support", "level II is missing"
    ),
    "levels out of order": Slip(
        "value_blueprint", "{numeral: I, ", "{numeral: II, ", "{numeral: II, name: Nascent", "level I belongs here"
    ),
    "a transition that skips a level": Slip(
        "value_blueprint", "to_level: II\n", "to_level: III\n", "- from_level: I", "leads to the next level"
    ),
    "a sum that does not come out": Slip(
        "value_demonstration", "result: 7500", "result: 7600", "- id: time_savings", "the expression gives 7500"
    ),
    "a formula that runs code": Slip(
        "value_demonstration", "hours_saved * hourly_rate", "exit(1)", "- id: time_savings", "not allowed in a formula"
    ),
    "a story part nobody knows": Slip(
        "value_demonstration", "    tie: >-", "    toe: >-", "parts:", "'tie' is not told"
    ),
    "an unknown pitfall": Slip(
        "value_demonstration", "pitfall: past_only", "pitfall: past_lonely", "past_lonely", "no pitfall 'past_lonely'"
    ),
    "a milestone that ends before it begins": Slip(
        "value_demonstration", "to_day: 210", "to_day: 21", "- id: qbr_2", "comes before `from_day`"
    ),
    "another version than the name": Slip("company", "version: 1", "version: 4", "version: 4", "another version"),
}


class TestLoadPlaybook:
    def test_reads_everything_that_is_bundled(self) -> None:
        playbook = load_playbook(bundled("rubrics"))
        assert set(playbook.versions) == set(PARTS)
        assert playbook.version == "value_conversation/1"

    def test_takes_a_companys_file_and_fills_in_the_rest(self, tmp_path: Path) -> None:
        own_part(tmp_path, "company", "version: 1\nchanged: Ours.\nname: Tidewater\nfeatures: [Anchor]\n")
        playbook = load_playbook(tmp_path, fallback=bundled("rubrics"))
        assert (playbook.company.name, playbook.company.features) == ("Tidewater", ("Anchor",))
        assert playbook.stage("metrics").code == "Me"

    def test_takes_the_newest_version_by_number(self, tmp_path: Path) -> None:
        for version in (2, 10):
            own_part(tmp_path, "company", f"version: {version}\nchanged: Ours.\nname: V{version}\n", version)
        assert load_playbook(tmp_path, fallback=bundled("rubrics")).company.name == "V10"

    def test_takes_a_pinned_version_from_wherever_it_is(self, tmp_path: Path) -> None:
        own_part(tmp_path, "company", "version: 2\nchanged: Ours.\nname: Newer\n", 2)
        pinned = load_playbook(tmp_path, fallback=bundled("rubrics"), pins={"company": 1})
        assert pinned.company.name == load_playbook(bundled("rubrics")).company.name

    def test_reads_yes_and_no_as_words(self, tmp_path: Path) -> None:
        own_part(tmp_path, "company", "version: 1\nchanged: Ours.\nname: no\nproducts: [yes, off, '3']\n")
        company = load_playbook(tmp_path, fallback=bundled("rubrics")).company
        assert (company.name, company.products) == ("no", ("yes", "off", "3"))

    def test_takes_a_threshold_of_its_own_per_kind_of_call(self, tmp_path: Path) -> None:
        text = bundled_text("pitfalls").replace("{features: 3}", "{features: {default: 3, demo: 5}}")
        rule = load_playbook(own_part(tmp_path, "pitfalls", text), fallback=bundled("rubrics")).pitfall(
            PitfallKind.FEATURE_DUMPING
        )
        assert (rule.threshold("features", CallKind.DEMO), rule.threshold("features", CallKind.DISCOVERY)) == (5, 3)


class TestBrokenPlaybook:
    @pytest.mark.parametrize("name", SLIPS)
    def test_names_file_and_line_of(self, name: str, tmp_path: Path) -> None:
        slip = SLIPS[name]
        text = bundled_text(slip.part)
        assert slip.old in text
        text = text.replace(slip.old, slip.new, 1)
        error = load_broken(own_part(tmp_path, slip.part, text))
        expected = text[: text.index(slip.marker)].count("\n") + 1
        assert slip.problem in error.problem
        assert (error.file, error.line) == (str(tmp_path / slip.part / "v1.yaml"), expected)
        assert error.remedy

    @settings(max_examples=60, deadline=None)
    @given(part=st.sampled_from(PARTS), seed=st.integers(0, 10**6), scrap=st.text(max_size=6))
    def test_is_all_that_a_damaged_file_can_raise(self, part: str, seed: int, scrap: str) -> None:
        text = bundled_text(part)
        start = seed % len(text)
        damaged = text[:start] + scrap + text[start + seed % 40 :]
        with TemporaryDirectory() as folder:
            path = own_part(Path(folder), part, damaged.encode("utf-8", "replace").decode())
            with suppress(BrokenPlaybook):
                assert load_playbook(path, fallback=bundled("rubrics")).stages

    def test_reports_the_mistake_that_stands_first(self, tmp_path: Path) -> None:
        error = load_broken(own_part(tmp_path, "company", "version: 1\ncolor: 1\nchanged: x\nname: x\nsize: 2\n"))
        assert (error.line, "color" in error.problem) == (2, True)

    @pytest.mark.parametrize("text", ["", "# nothing yet\n", "- a\n- list\n", "just words"])
    def test_refuses_a_file_that_is_no_mapping(self, text: str, tmp_path: Path) -> None:
        assert "no mapping" in load_broken(own_part(tmp_path, "company", text)).problem

    @pytest.mark.parametrize(("part", "last"), [("gaps", "  attribution:"), ("pitfalls", "  ignored_cue:")])
    def test_says_how_to_switch_off_what_was_left_out(self, part: str, last: str, tmp_path: Path) -> None:
        text = bundled_text(part)
        start = text.index(last)
        end = text.find("\n\n", start)
        text = text[:start] + (text[end:] if end > 0 else "")
        error = load_broken(own_part(tmp_path, part, text))
        assert f"{last.strip(' :')} is missing; to switch it off" in error.problem
        assert error.line == text[: text.index(f"\n{part}:\n") + 1].count("\n") + 1

    def test_refuses_bytes_that_are_no_utf_8_at_their_line(self, tmp_path: Path) -> None:
        own_part(tmp_path, "company", "")
        (tmp_path / "company" / "v1.yaml").write_bytes(b"version: 1\nname: caf\xe9\n")
        error = load_broken(tmp_path)
        assert (error.line, error.problem) == (2, "is not UTF-8")

    def test_refuses_a_file_that_is_nested_without_end(self, tmp_path: Path) -> None:
        assert "nested" in load_broken(own_part(tmp_path, "company", "a: " + "[" * 100 + "]" * 100)).problem

    def test_refuses_control_characters(self, tmp_path: Path) -> None:
        assert "unusable characters" in load_broken(own_part(tmp_path, "company", "name: a\x00b\n")).problem

    def test_suggests_the_name_of_a_misspelt_folder(self, tmp_path: Path) -> None:
        error = load_broken(own_part(tmp_path, "pitfals", "version: 1\n"))
        assert (error.file, error.remedy) == (str(tmp_path / "pitfals"), "call it 'pitfalls'")

    def test_leaves_folders_of_other_kinds_alone(self, tmp_path: Path) -> None:
        own_part(tmp_path, "letterheads", "anything")
        assert load_playbook(tmp_path, fallback=bundled("rubrics")).stages

    def test_names_a_part_that_is_nowhere(self, tmp_path: Path) -> None:
        shutil.copytree(bundled("rubrics") / "company", tmp_path / "company")
        with pytest.raises(BrokenPlaybook, match=r"value_conversation: does not have any vN\.yaml"):
            load_playbook(tmp_path)

    def test_names_a_pinned_version_that_is_nowhere(self) -> None:
        with pytest.raises(BrokenPlaybook, match=r"does not have v7\.yaml"):
            load_playbook(bundled("rubrics"), pins={"gaps": 7})

    def test_refuses_a_pin_for_something_unknown(self) -> None:
        with pytest.raises(BrokenPlaybook, match="no part of a playbook"):
            load_playbook(bundled("rubrics"), pins={"gasp": 1})

    def test_names_a_folder_that_is_not_there(self, tmp_path: Path) -> None:
        with pytest.raises(BrokenPlaybook, match="no such folder"):
            load_playbook(tmp_path / "nowhere")
