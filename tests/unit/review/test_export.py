"""A call as JSON, CSV and Markdown."""

from __future__ import annotations

import csv
import json
from dataclasses import replace
from datetime import UTC, datetime

from hypothesis import given, settings
from hypothesis import strategies as st

from copilot.afterwards.exporting import one_call
from copilot.domain.items import Evidence, Pitfall, Question
from copilot.domain.records import CallRecord
from copilot.domain.state import CallState
from copilot.domain.talk import TalkStats
from copilot.review.export import COLUMNS
from copilot.review.sheets import bare, csv_lines, safe
from tests.teams import PLAYBOOK
from tests.unit.review.calls import OUTCOME, keyed, saying, whole_call
from tests.unit.review.test_nothing_internal import calls as any_calls

PITFALL = Pitfall(
    id="P1",
    kind="feature_dumping",
    fact="4 features, tied to nothing",
    evidence=(Evidence(utterance=5, quote="our dashboards"),),
)
QUESTION = Question(id="Q1", stage="metrics", text="Who reports on it?", why="no owner", gap="no_owner", after=4)


def record_of(state: CallState) -> CallRecord:
    assert state.call is not None
    return CallRecord(info=state.call, started_at=datetime(2026, 5, 14, 9, tzinfo=UTC))


def table(state: CallState) -> list[dict[str, str]]:
    content = one_call(record_of(state), state, "csv", PLAYBOOK)
    assert content.startswith("\ufeffcall,")
    return [*csv.DictReader(content.removeprefix("\ufeff").splitlines(keepends=True))]


class TestCsv:
    def test_has_a_row_for_each_thing_and_its_quotes_beneath(self) -> None:
        rows = table(whole_call(pitfalls={"P1": PITFALL}, questions=(QUESTION,)))

        assert [row["id"] for row in rows if row["part"] not in ("utterance", "talk", "evidence", "stage")] == [
            *("O1", "C1", "C2", "M1", "N1", "Q1", "P1")
        ]
        metric = next(i for i, row in enumerate(rows) if row["id"] == "M1")
        assert (rows[metric]["baseline"], rows[metric]["target"], rows[metric]["owner"]) == (
            *("six weeks", "four weeks", "Priya"),
        )
        assert (rows[metric + 1]["part"], rows[metric + 1]["about"]) == ("evidence", "M1")
        assert rows[metric + 1]["speaker"] == "Luis"

    def test_every_utterance_and_every_figure_of_the_talk_is_there(self) -> None:
        state = whole_call(talk=TalkStats(patience_s=-0.4, rep_questions=2))
        rows = table(state)

        assert [row["text"] for row in rows if row["part"] == "utterance"] == [u.text for u in state.utterances]
        figures = {row["id"]: row["value"] for row in rows if row["part"] == "talk"}
        assert figures["patience_s"] == "-0.4"  # a number is no formula
        assert (figures["talk_ratio"], figures["rep_questions"]) == ("", "2")

    def test_utterances_are_counted_from_1_as_on_the_pages(self) -> None:
        state = whole_call(pitfalls={"P1": PITFALL}, questions=(QUESTION,))
        rows = table(state)
        said = {row["text"]: row["utterance"] for row in rows if row["part"] == "utterance"}
        marked = one_call(record_of(state), state, "markdown", PLAYBOOK)

        assert list(said.values()) == [str(u.i + 1) for u in state.utterances]
        assert [row["utterance"] for row in rows if row["about"] == "P1"] == ["6"]
        assert [row["utterance"] for row in rows if row["part"] == "question"] == ["5"]
        assert "- #1 **" in marked

    @given(any_calls())
    @settings(max_examples=25, deadline=None)
    def test_whatever_a_call_holds_the_rows_fit_the_columns(self, state: CallState) -> None:
        for row in table(state):
            assert list(row) == list(COLUMNS)

    @given(st.text(alphabet="=+-@\t\r\n ,\"'ab＝", min_size=1))
    def test_no_text_becomes_a_formula_and_none_is_lost(self, text: str) -> None:
        (line,) = csv_lines([(text,)])

        ((cell,),) = csv.reader([line], strict=True)
        assert cell.removeprefix("'") == text.removeprefix("'")
        assert cell[:1] not in ("=", "+", "-", "@", "\t", "\r")

    @given(st.text(alphabet='=+-@\t\r\n ,"ab＝'))
    def test_what_was_made_safe_is_bare_again(self, text: str) -> None:
        assert bare(safe(text)) == text

    def test_speech_that_looks_like_a_formula_is_text(self) -> None:
        rows = table(saying(("customer", "=HYPERLINK(1)")))

        assert [row["text"] for row in rows if row["part"] == "utterance"] == ["'=HYPERLINK(1)"]


class TestJson:
    def test_is_the_state_with_when_the_call_was(self) -> None:
        state = whole_call()

        told = json.loads(one_call(record_of(state), state, "json", PLAYBOOK))

        assert (told["format"], told["held_on"]) == ("copilot.call/1", "2026-05-14")
        assert told["state"]["outcomes"][0]["evidence"] == [OUTCOME.evidence[0].model_dump()]
        assert len(told["state"]["utterances"]) == len(state.utterances)


class TestMarkdown:
    def test_tells_the_map_with_quotes_and_the_talk(self) -> None:
        state = whole_call(pitfalls={"P1": PITFALL})

        text = one_call(record_of(state), state, "markdown", PLAYBOOK)

        assert "- **O1** a release takes four weeks (heard from the customer)\n  > I want that down to four" in text
        assert "release cycle: six weeks → four weeks, Priya, every month" in text
        assert "- **Feature dumping**: 4 features, tied to nothing" in text
        assert "- Our share of the talk: unknown" in text
        assert "**Luis**: Planning happens in one tool" in text

    def test_what_is_set_aside_and_pitfalls_called_wrong_are_not_told(self) -> None:
        aside = OUTCOME.model_copy(update={"state": "rejected"})
        state = replace(
            whole_call(outcomes=keyed(aside)), pitfalls={"P1": PITFALL.model_copy(update={"state": "wrong"})}
        )

        text = one_call(record_of(state), state, "markdown", PLAYBOOK)

        assert "O1" not in text
        assert "Feature dumping" not in text

    def test_speech_is_no_markup(self) -> None:
        state = saying(("customer", "<b>bold</b> and # not a title"))
        state = replace(state, call=whole_call().call)

        assert "<b>" not in one_call(record_of(state), state, "markdown", PLAYBOOK).replace("\\<b", "")
