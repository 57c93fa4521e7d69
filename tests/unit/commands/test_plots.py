"""The page of plots, read as a browser and a screen reader would."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from dataclasses import replace
from html.parser import HTMLParser
from typing import Any

import pytest

from copilot.analysis.scoring import Counts, Evaluation, Tally
from copilot.analysis.scoring.tally import Bin
from copilot.commands.plots import plots_page
from copilot.commands.plots.drawing import Scale, round_up, spread
from copilot.commands.plots.plotted import plotted
from copilot.domain.labelled import labelled_call
from tests.unit.analysis.books import playbook

PITFALLS = {"vanity_metric": Counts(labelled=2, predicted=4, matched=1), "past_only": Counts(labelled=1)}
COUNTED = Tally(
    calls=1,
    seconds=1800.0,
    stages=Counter({("metrics", "metrics"): 3, ("metrics", "other"): 1, ("other", "other"): 1500}),
    items={"outcomes": Counts(4, 4, 2), "metrics": Counts(3, 1, 1)},
    confidence={"0.9": Bin(of=1500, right=1455, confidence=1440.0), "0.3": Bin(of=4, right=1, confidence=1.4)},
    pitfalls=PITFALLS,
    timed_pitfalls=PITFALLS,
)


def tally(**counted: Any) -> Tally:
    return replace(COUNTED, **counted)


def evaluation(*tallies: Tally) -> Evaluation:
    """Of so many calls, of which the first half found nothing."""
    said = {"utterances": [{"i": 0, "role": "rep", "text": "Hello."}], "labels": {}}
    calls = tuple(labelled_call({"call": {"id": f"c{k}", "kind": "demo"}, **said}) for k, _ in enumerate(tallies))
    parts = {"50%": Tally(items={"outcomes": Counts(labelled=2)}), "100%": sum(tallies, Tally())}
    baselines = {"majority": Tally(stages=Counter({("metrics", "other"): 1, ("other", "other"): 1}))}
    return Evaluation(calls, tallies, over_the_call=parts, baselines=baselines)


class Reader(HTMLParser):
    """Every element with its attributes, and the text of every cell, title and description."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.elements: list[tuple[str, Mapping[str, str | None]]] = []
        self.rows: list[list[str]] = []
        self.said: dict[str, str] = {}
        self._into: list[str] = []
        self.feed(html)
        self.close()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.elements.append((tag, dict(attrs)))
        if tag == "tr":
            self.rows.append([])
        elif tag in ("td", "th"):
            self.rows[-1].append("")
            self._into.append("cell")
        elif tag in ("title", "desc") and (name := dict(attrs).get("id")):
            self.said[name] = ""
            self._into.append(name)

    def handle_endtag(self, tag: str) -> None:
        if tag in ("td", "th") or (tag in ("title", "desc") and self._into):
            self._into.pop()

    def handle_data(self, data: str) -> None:
        if self._into[-1:] == ["cell"]:
            self.rows[-1][-1] = f"{self.rows[-1][-1]} {data}".strip()
        elif self._into:
            self.said[self._into[-1]] += data

    def row(self, name: str) -> list[str]:
        return next(cells for cells in self.rows if " ".join(cells[0].split()) == name)

    def drawn(self, tag: str, **attributes: str) -> list[Mapping[str, str | None]]:
        return [have for t, have in self.elements if t == tag and all(have.get(k) == v for k, v in attributes.items())]


def page(*tallies: Tally) -> Reader:
    return Reader(plots_page(evaluation(*(tallies or (tally(), tally()))), playbook()))


class TestConfusion:
    def test_cells_hold_the_share_of_the_row_and_the_count(self) -> None:
        read = page(tally())

        assert read.row("Metrics 4")[1:] == ["·", "·", "·", "·", "·", "75 3", "·", "·", "25 1"]
        assert read.row("Other 1,500")[-1] == "100 1500"

    def test_names_the_columns_in_the_playbooks_order(self) -> None:
        names = [stage.short_name for stage in playbook().value_conversation.stages]

        assert page().row("labelled")[1:] == names

    def test_heat_goes_by_share_and_the_right_ones_are_outlined(self) -> None:
        read = page(tally())

        assert [cell.get("class") for cell in read.drawn("td", **{"data-heat": "4"})] == ["right"]
        assert [cell.get("class") for cell in read.drawn("td", **{"data-heat": "3"})] == [None]

    def test_shows_stages_of_other_playbooks_and_utterances_without_one(self) -> None:
        read = page(tally(stages=Counter({("<odd>", "other"): 1, ("other", None): 1})))

        assert read.row("labelled")[-2:] == ["<odd>", "None"]
        assert read.row("<odd> 1")[9:] == ["100 1", "·", "·"]
        assert read.row("Other 1")[-1] == "100 1"


class TestScores:
    def test_have_their_interval_in_picture_words_and_table(self) -> None:
        read = page(tally(), tally(items={"outcomes": Counts(4, 4, 4)}))

        assert read.row("Outcomes")[1:] == ["0.75", "0.50", "1.00"]
        assert "Outcomes 0.75 (0.50 to 1.00); " in read.said["scores-desc"]
        assert len(read.drawn("line", **{"class": "whisker"})) == 4  # links, capabilities, next steps: nothing to find

    def test_what_cannot_be_told_is_a_dash(self) -> None:
        assert page().row("Links")[1:] == ["–", "–", "–"]

    def test_stand_beside_the_baselines(self) -> None:
        assert "majority 0.33" in plots_page(evaluation(tally()), playbook())


class TestCalibration:
    def test_a_mark_stands_where_confidence_meets_truth(self) -> None:
        x, y = Scale(0, 1, 48, 332), Scale(0, 1, 214, 10)

        (sure,) = page(tally()).drawn("circle", cx=str(x(0.96)), cy=str(y(0.97)))
        assert sure["class"] == "mark"

    def test_of_few_utterances_is_hollow(self) -> None:
        (unsure,) = page(tally()).drawn("circle", **{"class": "mark few"})

        assert unsure["cx"] == str(Scale(0, 1, 48, 332)(0.35))

    def test_counts_are_exact_in_the_table(self) -> None:
        assert page(tally()).row("0.9 to 1.0")[1:] == ["1,500", "0.96", "0.97"]

    def test_without_confidences_says_so(self) -> None:
        read = plots_page(evaluation(tally(confidence={})), playbook())

        assert "No stage came with a confidence." in read
        assert "calibration-title" not in read


class TestOverTheCall:
    def test_follows_every_kind_of_finding_from_part_to_part(self) -> None:
        read = page(tally())

        at = read.rows.index(["F1 of", "50%", "100%"])
        assert read.rows[at + 1 : at + 6] == [
            ["Outcomes", "0.00", "0.50"],
            ["Capabilities", "–", "–"],
            ["Metrics", "–", "0.50"],
            ["Next steps", "–", "–"],
            ["Pitfalls", "–", "0.29"],
        ]
        assert "Outcomes: 0.00 at 50%, 0.50 at 100%; " in read.said["courses-desc"]

    def test_a_line_leaves_out_what_cannot_be_told(self) -> None:
        y = Scale(0, 1, 214, 10)
        lines = [str(line["points"]).split() for line in page(tally()).drawn("polyline", **{"class": "line"})]

        assert [f"54.0,{y(0.0)}", f"222.0,{y(0.5)}"] in lines
        assert [f"222.0,{y(0.5)}"] in lines  # metrics, of which there were none in the first half


class TestFalsePitfalls:
    def test_are_per_hour_the_most_frequent_first(self) -> None:
        read = page(tally())
        at = read.rows.index(["pitfall", "false", "per hour", "found", "labelled"])

        assert read.rows[at + 1] == ["Use is not value", "3", "6.00", "1", "2"]
        assert read.rows[at + 2] == ["Only looking back", "0", "0.00", "0", "1"]
        assert (
            read.said["false-alarms-desc"] == "Use is not value 6.00 an hour (3); Only looking back 0.00 an hour (0)."
        )

    def test_without_times_say_so(self) -> None:
        shown = plotted(evaluation(tally(seconds=0.0)), playbook())

        assert shown.false_alarms == ()
        assert "false-alarms-title" not in page(tally(seconds=0.0)).said


class TestThePage:
    def test_needs_nothing_but_itself(self) -> None:
        html = plots_page(evaluation(tally()), playbook())
        read = Reader(html)

        assert "://" not in html
        assert "url(" not in html
        assert not [tag for tag, _ in read.elements if tag in ("script", "link", "img", "iframe")]
        assert read.drawn("meta", content="default-src 'none'; style-src 'unsafe-inline'")

    def test_every_picture_has_a_title_a_description_and_a_table(self) -> None:
        read = page()
        pictures = read.drawn("svg", role="img")

        assert len(pictures) == 4
        for picture in pictures:
            assert all(read.said[name] for name in str(picture["aria-labelledby"]).split())
        assert len(read.drawn("details")) == 4

    def test_is_the_same_every_time(self) -> None:
        assert plots_page(evaluation(tally()), playbook()) == plots_page(evaluation(tally()), playbook())


class TestDrawing:
    @pytest.mark.parametrize(("value", "at"), [(0, 100), (0.5, 60), (1, 20)])
    def test_a_scale_may_run_upwards(self, value: float, at: float) -> None:
        assert Scale(0, 1, 100, 20)(value) == at

    @pytest.mark.parametrize(
        ("places", "spread_out"),
        [([10, 50, 90], [10, 50, 90]), ([50, 10, 52], [50, 10, 60]), ([99, 98, 97], [100, 90, 80])],
    )
    def test_labels_keep_their_distance_and_stay_within(self, places: list[float], spread_out: list[float]) -> None:
        assert spread(places, 10, 100) == spread_out

    @pytest.mark.parametrize(("value", "end"), [(0, 0.1), (0.35, 0.5), (0.5, 0.5), (3.2, 5), (60, 100)])
    def test_an_axis_ends_at_a_round_number(self, value: float, end: float) -> None:
        assert round_up(value) == end
