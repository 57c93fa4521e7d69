"""The command line from outside: what it prints, and how it refuses."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from tests.acceptance.programs import COPILOT, ROOT, copilot, copilot_here

DISCOVERY = ROOT / "fixtures" / "demo" / "discovery.json"
QBR = ROOT / "fixtures" / "demo" / "qbr.json"
VTT = """WEBVTT

00:00:01.000 --> 00:00:04.000
<v Dana Reyes>What would you like to be different a year from now?</v>

00:00:04.500 --> 00:00:09.000
<v Luis Ortega>We want to cut the time from order to delivery from nine days to four days.</v>
"""
LABELLED = {
    "call": {"id": "call", "kind": "discovery"},
    "utterances": [
        {"i": 0, "speaker": "Dana", "role": "rep", "start_s": 0, "end_s": 3, "text": "How do you plan today?"},
        {"i": 1, "speaker": "Luis", "role": "customer", "start_s": 3, "end_s": 8, "text": "Everybody keeps a list."},
    ],
    "labels": {"stages": [{"i": 0, "stage": "before_scenario"}, {"i": 1, "stage": "before_scenario"}]},
}


@pytest.fixture
def call(tmp_path: Path) -> Path:
    file = tmp_path / "call.vtt"
    file.write_text(VTT)
    return file


class TestAnalyze:
    def test_a_transcript_gives_a_value_map(self, call: Path) -> None:
        done = copilot("analyze", call, "--kind", "discovery", "--rep", "Dana Reyes")

        assert (done.returncode, done.stderr) == (0, "")
        assert "discovery · 2 utterances" in done.stdout
        assert "O1" in done.stdout

    def test_json_has_evidence_that_stands_in_the_call(self, call: Path) -> None:
        done = copilot_here("analyze", call, "--json", "--rep", "Dana Reyes")
        analysis = json.loads(done.stdout)

        texts = [u["text"] for u in analysis["utterances"]]
        outcomes = analysis["labels"]["outcomes"]
        assert outcomes
        assert all(e["quote"] in texts[e["utterance"]] for outcome in outcomes for e in outcome["evidence"])

    def test_a_figure_that_is_put_right_keeps_the_one_before(self) -> None:
        analysis = json.loads(copilot_here("analyze", QBR, "--json").stdout)

        (metric, *_) = analysis["labels"]["metrics"]
        (earlier,) = metric["earlier"]
        assert (metric["baseline"], earlier["field"], earlier["value"]) == ("Forty-three days", "baseline", "six weeks")
        assert "six weeks" in analysis["utterances"][earlier["utterance"]]["text"]
        assert "Forty-three days → thirty-one · earlier six weeks" in copilot_here("analyze", QBR).stdout

    def test_several_files_give_several_analyses(self, call: Path) -> None:
        analyses = json.loads(copilot_here("analyze", call, call, "--json").stdout)

        assert len(analyses) == 2
        assert analyses[0] == analyses[1]

    def test_the_same_call_always_comes_out_the_same(self) -> None:
        first = copilot("analyze", DISCOVERY, "--json", PYTHONHASHSEED="1")
        second = copilot("analyze", DISCOVERY, "--json", PYTHONHASHSEED="2")

        assert first.returncode == 0
        assert first.stdout == second.stdout

    def test_whoever_stops_reading_is_no_error(self, call: Path) -> None:
        done = copilot(
            "-c",
            f"{COPILOT} analyze {DISCOVERY} --json | head -c 10; exit ${{PIPESTATUS[0]}}",
            program=Path("/bin/bash"),
        )

        assert (done.returncode, done.stderr) == (0, "")


class TestEval:
    def test_writes_a_page_of_plots_beside_what_it_prints(self, tmp_path: Path) -> None:
        (tmp_path / "call.json").write_text(json.dumps(LABELLED))

        done = copilot_here("eval", ".", "--html", "plots.html", "--json", cwd=tmp_path)

        assert (done.returncode, done.stderr) == (0, "")
        assert list(json.loads(done.stdout)["baselines"]) == ["majority", "keywords", "last stage"]
        page = (tmp_path / "plots.html").read_text(encoding="utf-8")
        assert "1 labelled call\n" in page
        assert page.count("<svg") == 3  # there were no pitfalls to draw


class TestRefusals:
    @pytest.mark.parametrize(
        ("arguments", "said"),
        [
            (["analyze", "nowhere.vtt"], "nowhere.vtt: no such file"),
            (["analyze", "."], "is a directory"),
            (["analyze", "shopping.txt"], "shopping.txt"),
            (["analyze", "empty.vtt"], "empty.vtt"),
            (["analyze", "noise.bin"], "noise.bin"),
            (["analyze", "call.vtt", "--kind", "karaoke"], "karaoke"),
            (["analyze"], "FILE"),
            (["eval", "nowhere"], "nowhere"),
            (["eval", "bare"], "no labelled calls"),
            (["eval", ".", "--second", "nowhere"], "nowhere"),
            (["eval", "deep"], "nested too deeply"),
            (["eval", "calls", "--html", "nowhere/plots.html"], "no folder nowhere"),
            (["eval", "calls", "--html", "bare"], "cannot write bare"),
            (["eval", "calls", "--second", "calls", "--html", "plots.html"], "leave it out"),
            (["stream", "call.vtt", "--to", "gopher://x"], "gopher"),
            (["stream", "call.vtt", "--to", "http://[::1"], "http://[::1"),
            (["stream", "call.vtt", "--to", "http://127.0.0.1:99999"], "99999"),
            (["stream", "call.vtt", "--to", "http://127.0.0.1:1", "--speed", "nan"], "nan"),
            (["stream", "call.vtt", "--to", "http://127.0.0.1:1", "--call", "a b"], "can be no call's id"),
            (["stream", "nowhere.vtt", "--to", "http://127.0.0.1:1"], "nowhere.vtt"),
            (["serve", "--host", "0.0.0.0", "--port", "0"], "COPILOT_TOKEN"),
            (["serve", "--port", "99999"], "99999"),
            (["serve", "--data", "call.vtt"], "cannot make the data folder call.vtt"),
            (["serve", "--data", "/proc/data"], "cannot make the data folder /proc/data"),
            (["frobnicate"], "frobnicate"),
        ],
    )
    def test_one_clear_line_and_exit_status_2(self, call: Path, arguments: list[str], said: str) -> None:
        folder = call.parent
        (folder / "shopping.txt").write_text("milk\neggs\nbread\n")
        (folder / "empty.vtt").write_text("WEBVTT\n")
        (folder / "noise.bin").write_bytes(bytes(range(256)) * 40)
        (folder / "bare").mkdir()
        (folder / "calls").mkdir()
        (folder / "calls" / "call.json").write_text(json.dumps(LABELLED))
        (folder / "deep").mkdir()
        (folder / "deep" / "call.json").write_text('{"call":' * 100_000)

        done = copilot_here(*arguments, cwd=folder)

        assert (done.returncode, done.stdout) == (2, "")
        assert done.stderr.startswith("copilot: ")
        assert done.stderr.count("\n") == 1
        assert said.lower() in done.stderr.lower()

    @pytest.mark.parametrize(
        ("file", "content", "said"),
        [
            ("copilot.toml", "port = 'many'\n", "port"),
            ("copilot.toml", "prot = 8765\n", "there is no setting 'prot'; perhaps 'port' is meant"),
            ("copilot.toml", "[live]\nsilense_s = 5\n", "perhaps 'live.silence_s' is meant"),
            ("copilot.toml", "port = = 1\n", "copilot.toml"),
            ("copilot.toml", "[pins]\ngaps = 7\n", "gaps"),
        ],
    )
    def test_settings_that_cannot_be_meant(self, tmp_path: Path, file: str, content: str, said: str) -> None:
        (tmp_path / file).write_text(content)

        options = () if "port" in content or "prot" in content else ("--port", "0")
        done = copilot_here("serve", "--data", tmp_path / "data", *options, cwd=tmp_path)

        assert (done.returncode, done.stderr.count("\n")) == (2, 1)
        assert said in done.stderr

    def test_a_token_that_is_too_short_is_not_repeated(self, tmp_path: Path) -> None:
        done = copilot_here("serve", "--data", tmp_path / "data", COPILOT_TOKEN="sh0rt")

        assert done.returncode == 2
        assert "'token'" in done.stderr
        assert "sh0rt" not in done.stderr

    def test_a_file_of_several_calls_is_not_streamed(self, call: Path) -> None:
        both = call.with_suffix(".jsonl")
        line = {"call": {"id": "a"}, "utterances": [{"i": 0, "role": "rep", "text": "Hello there."}]}
        both.write_text(f"{json.dumps(line)}\n{json.dumps(line)}\n")

        done = copilot_here("stream", both, "--to", "http://127.0.0.1:1")

        assert done.returncode == 2
        assert "holds 2 calls" in done.stderr

    @pytest.mark.parametrize("command", ["analyze", "serve", "doctor"])
    def test_a_mistake_in_a_playbook_is_named_with_file_and_line(
        self, tmp_path: Path, call: Path, command: str
    ) -> None:
        rubric = (ROOT / "rubrics" / "gaps" / "v1.yaml").read_text(encoding="utf-8")
        line = next(n for n, text in enumerate(rubric.splitlines(), 1) if "weight:" in text)
        broken = rubric.splitlines()
        broken[line - 1] = broken[line - 1].split("weight:")[0] + "weight: plenty"
        (tmp_path / "rubrics" / "gaps").mkdir(parents=True)
        (tmp_path / "rubrics" / "gaps" / "v1.yaml").write_text("\n".join(broken), encoding="utf-8")

        arguments = [call] if command == "analyze" else ["--data", tmp_path / "data", "--port", "0"]
        done = copilot_here(command, *arguments, COPILOT_RUBRICS=str(tmp_path / "rubrics"))

        assert done.returncode == (1 if command == "doctor" else 2)
        assert f"gaps/v1.yaml:{line}" in done.stdout + done.stderr
        assert "Traceback" not in done.stderr


@pytest.mark.parametrize("url", ["foo", "nosuchdb://x", "sqlite+aiosqlite:////proc/nowhere/calls.db"])
@pytest.mark.parametrize("command", ["serve", "doctor"])
def test_a_database_that_cannot_be_used_is_told_in_one_line(tmp_path: Path, url: str, command: str) -> None:
    done = copilot_here(command, "--data", tmp_path / "data", "--port", "0", COPILOT_STORE__URL=url)

    assert done.returncode in {1, 2}
    told = done.stderr if command == "serve" else "".join(line for line in done.stdout.splitlines() if "✗" in line)
    assert told.strip()
    assert "Traceback" not in done.stdout + done.stderr


def test_doctor_says_what_is_wrong_with_a_data_folder_and_goes_on(tmp_path: Path) -> None:
    done = copilot_here("doctor", "--data", "/proc/data", "--port", "0", cwd=tmp_path)

    assert done.returncode == 1
    assert "✗ data: cannot make the data folder /proc/data" in done.stdout
    assert "✓ playbook" in done.stdout


def test_doctor_says_a_line_each(tmp_path: Path) -> None:
    done = copilot_here("doctor", "--data", tmp_path / "data", "--port", "0", cwd=tmp_path)

    assert done.returncode == 0, done.stdout + done.stderr
    assert "database" in done.stdout.lower()
    assert "playbook" in done.stdout.lower()


def test_without_a_command_there_is_help_to_read(tmp_path: Path) -> None:
    done = copilot_here(cwd=tmp_path)

    assert "\n  analyze " in done.stdout
    assert "copilot:" not in done.stderr


@pytest.mark.parametrize("command", ["serve", "demo", "analyze", "email", "scorecard", "stream", "eval", "doctor"])
def test_every_option_says_what_it_is(command: str) -> None:
    options = copilot_here(command, "--help").stdout.split("Options:")[1].split("\n  -")

    assert [option for option in options[1:] if len(option.split("  ", 1)) < 2] == []
