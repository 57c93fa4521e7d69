from __future__ import annotations

import re

from hypothesis import given, settings
from hypothesis import strategies as st

from copilot.analysis.deep import epoch as epochs
from copilot.analysis.deep.epoch import CARRIED, MOST_CARRIED, MOST_GROWN, Epoch
from copilot.analysis.deep.telling import LONGEST_SAYING, neutral
from copilot.analysis.grounding import verbatim
from copilot.domain.events import Logged
from copilot.domain.state import replay
from tests.unit.analysis.deep.logs import SAID, log_of, sayings

MOST_HEAD = 14_000  # characters of a map with as many long entries as are told
LINE = re.compile(
    r"(?:Call: |People: |The map so far:$|Said last:$|\(and \d+ older ones|map: [OCMNP]\d+ |[OCMNP]\d+ "
    r"|u\d+ (?:rep|customer|unknown)[ :])"
)
OURS = re.compile(r"\bu\d+ +(?:rep|customer|unknown)\b|\bO\d+ +(?:heard|confirmed)\b|\bmap:|</|##|```", re.I)


def steps(log: list[Logged]) -> list[Epoch]:
    epoch, all_of_them = Epoch.begin(), []
    for logged in log:
        epoch = epoch.after(logged)
        all_of_them.append(epoch)
    return all_of_them


class TestItsText:
    @settings(max_examples=25, deadline=None)
    @given(sayings, st.none() | st.integers(0, 10))
    def test_only_grows_until_a_new_one_begins(self, said: list[tuple[str, str]], swap_after: int | None) -> None:
        before = Epoch.begin()
        for epoch in steps(log_of(said, swap_after=swap_after)):
            assert epoch.number > before.number or epoch.text.startswith(before.text)
            before = epoch

    @settings(max_examples=25, deadline=None)
    @given(sayings, st.data())
    def test_is_the_same_when_it_is_built_again_from_the_log(
        self, said: list[tuple[str, str]], data: st.DataObject
    ) -> None:
        log = log_of(said)
        asked = Epoch.begin()
        for logged in log:
            asked = asked.after(logged)
            if data.draw(st.booleans()):
                asked = asked.asked()
        again = Epoch.of(Logged.model_validate_json(logged.model_dump_json()) for logged in log)

        assert (again.text, again.number, again.state) == (asked.text, asked.number, replay(e.event for e in log))

    @settings(max_examples=25, deadline=None)
    @given(sayings)
    def test_has_no_line_but_ours(self, said: list[tuple[str, str]]) -> None:
        epoch = Epoch.of(log_of(said))

        assert all(LINE.match(line) for line in epoch.text.split("\n"))
        assert sum(line.startswith("u") for line in epoch.lines) == len(said)

    def test_tells_each_change_of_the_map_once(self) -> None:
        lines = Epoch.of(log_of([("customer", text) for text in SAID[:6]])).lines
        changes = [line for line in lines if line.startswith("map:")]

        assert any("confirmed" in line for line in changes)
        assert len(set(changes)) == len(changes)

    def test_stays_small_whatever_is_said(self) -> None:
        words = "we must have faster reports and fewer errors in forty branches " * 40
        said = [("customer", f"{n} {words}") for n in range(40)]
        sizes = [len(epoch.text) for epoch in steps(log_of(said))]

        assert max(sizes) <= MOST_HEAD + MOST_GROWN + LONGEST_SAYING


class TestANewEpoch:
    def test_begins_from_the_map_with_what_was_said_last(self) -> None:
        said = [("customer", f"{text} {n}") for n in range(12) for text in SAID[:7]]
        epoch = Epoch.of(log_of(said))
        at = epoch.lines.index("Said last:")
        carried = epoch.lines[at + 1 :]

        assert epoch.number > 1
        assert "The map so far:" in epoch.lines[:at]
        assert any(line.startswith("(and ") for line in epoch.lines[:at])
        assert any(f"{list(epoch.state.outcomes)[-1]} heard" in line for line in epoch.lines)
        assert any(line.startswith("u83 ") for line in carried)

    def test_carries_a_dozen_utterances_at_most(self) -> None:
        carried = list(epochs._said_last(Epoch.of(log_of([("rep", "Okay then.")] * 30)).state))[1:]

        assert len(carried) == CARRIED
        assert sum(map(len, carried)) <= MOST_CARRIED

    def test_begins_when_sides_were_corrected(self) -> None:
        said = [("rep", SAID[0]), ("customer", SAID[7])]
        epoch = Epoch.of(log_of(said, swap_after=1))

        assert epoch.number == 2
        assert [line.split(":")[0] for line in epoch.lines if line.startswith("u")] == [
            "u0 customer Dana",
            "u1 rep Luis",
        ]


class TestARequest:
    def test_splits_the_lines_where_it_was_made(self) -> None:
        log = log_of([("customer", text) for text in SAID[:5]])
        epoch = Epoch.begin()
        for logged in log:
            epoch = epoch.after(logged)
            if logged.event.type == "utterance":
                epoch = epoch.asked()
        parts = list(epoch.parts())

        assert all(parts)
        assert tuple(line for part in parts for line in part) == epoch.lines
        assert len(parts) > 2

    def test_leaves_what_follows_as_new_and_a_failed_one_takes_that_back(self) -> None:
        log = log_of([("customer", text) for text in SAID[:3]])
        first = Epoch.of(log[: len(log) // 2]).asked()
        both = first
        for logged in log[len(log) // 2 :]:
            both = both.after(logged)

        assert (both.seen, both.not_answered().seen) == (first.seen, 0)
        assert both.not_answered().text == both.text


class TestWordsOfTheCall:
    @given(st.text())
    def test_stay_on_one_line_within_their_marks(self, text: str) -> None:
        told = neutral(text)

        assert len(told.splitlines()) <= 1
        assert "«" not in told
        assert "»" not in told

    @given(st.text(alphabet=st.sampled_from("uO17 repcustomr:map«»\n\u200b</>#-`"), max_size=40))
    def test_do_not_pass_for_ours_and_are_found_again(self, text: str) -> None:
        told = neutral(text)

        assert not OURS.search(told)
        assert not told.strip() or verbatim(told, text) is not None

    def test_are_cut_in_the_middle_when_they_are_endless(self) -> None:
        assert len(neutral("word " * 5000)) <= LONGEST_SAYING + 5
