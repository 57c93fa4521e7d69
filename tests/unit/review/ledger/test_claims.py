"""Figures that only our side claimed: marked, and moving nothing."""

from __future__ import annotations

from datetime import date

from copilot.domain.items import ItemState, Metric
from copilot.review.ledger.entries import MetricEntry
from copilot.review.ledger.exports import promises_as_csv
from copilot.review.value_report.figures import heading
from tests.unit.review.ledger.accounts import Line, amended, call, fold, metric, only_metric, outcome
from tests.unit.review.value_report.accounts import report

FASTER = outcome("Answer within a day")
ANSWER_TIME = metric("time to answer", outcomes=("O1",), baseline="48 hours", target="18 hours")
DISCOVERY = call(
    "discovery", Line("It takes us 48 hours to answer, and I want that down to 18 hours.", (FASTER, ANSWER_TIME))
)
APRIL = date(2026, 4, 13)


class TestFiguresOfOurs:
    OURS = "You told us it takes 48 hours to answer, and you want that down to 18 hours."

    def of(self, *answers: Line, metric: Metric = ANSWER_TIME) -> MetricEntry:
        return only_metric([call("c", Line(self.OURS, (FASTER, metric), role="rep"), *answers)])

    def test_are_marked_where_the_customer_does_not_agree(self) -> None:
        entry = self.of(Line("Twenty. One came back in June.", (FASTER, ANSWER_TIME)))

        assert entry.claims == (("baseline", "48 hours"), ("target", "18 hours"))

    def test_are_the_customers_where_they_say_yes_or_the_same(self) -> None:
        assert self.of(Line("Yes, that's right.")).claims == ()
        assert self.of(metric=ANSWER_TIME.model_copy(update={"state": ItemState.CONFIRMED})).claims == ()
        assert self.of(Line("48 hours it is, 18 hours it will be.", (FASTER, ANSWER_TIME))).claims == ()

    def test_move_nothing_where_they_are_readings(self) -> None:
        now = metric("time to answer", target="20 hours")
        lines = Line("You are at 20 hours now.", (now,), role="rep"), Line("Well, in some weeks.", (now,))
        entry = only_metric([DISCOVERY, call("review", *lines, on=APRIL, kind="qbr")])

        assert (entry.claims, entry.latest) == ((("reading", "20 hours"),), None)

    def test_are_no_way_to_measure_progress_by(self) -> None:
        later = metric("time to answer", target="20 hours")
        review = call("review", Line("We are at 20 hours now.", (later,)), on=APRIL, kind="qbr")
        first = call("c", Line(self.OURS, (FASTER, ANSWER_TIME), role="rep"), Line("Hm.", (FASTER, ANSWER_TIME)))
        claimed, settled = (
            only_metric([first, review], *notes)
            for notes in ((), (amended("c:M1", "baseline", "48 hours"), amended("c:M1", "target", "18 hours")))
        )

        assert (claimed.standing, claimed.progress) == ("claimed", None)
        assert (settled.standing, settled.progress) == ("on_the_way", 0.933333)

    def test_give_way_to_the_customers_without_more_ado(self) -> None:
        first = call("c", Line(self.OURS, (FASTER, ANSWER_TIME), role="rep"), Line("Hm.", (FASTER, ANSWER_TIME)))
        theirs = metric("time to answer", baseline="52 hours", target="18 hours")
        second = call("kick-off", Line("It is 52 hours, and we want 18 hours.", (theirs,)), on=APRIL)
        entry = only_metric([first, second])

        assert (entry.claims, entry.changes) == ((), ())
        assert entry.baseline is not None
        assert entry.baseline.text == "52 hours"

    def test_never_take_the_place_of_the_customers(self) -> None:
        claim = metric("time to answer", baseline="60 hours")
        lines = Line("You told us it takes 60 hours.", (claim,), role="rep"), Line("Hm.", (claim,))
        entry = only_metric([DISCOVERY, call("second", *lines, on=APRIL)])

        assert (entry.claims, entry.changes) == ((), ())
        assert entry.baseline is not None
        assert entry.baseline.text == "48 hours"

    def test_say_so_in_the_sheet(self) -> None:
        book = fold([call("c", Line(self.OURS, (FASTER, ANSWER_TIME), role="rep"))])

        assert ",48 hours (claimed by our side),18 hours (claimed by our side)," in promises_as_csv(book)

    def test_are_marked_in_the_report_and_named_where_it_is_weak(self) -> None:
        shown = report(
            calls=(call("c", Line(self.OURS, (FASTER, ANSWER_TIME), role="rep"), Line("Hm.", (FASTER, ANSWER_TIME))),)
        )
        (measured,) = (part for part in shown.stories[0].parts if part.id == "measure")
        (weak,) = (check for check in shown.checks if check.id == "unsubstantiated_claims")

        assert measured.statements[0].text == "time to answer stood at 48 hours (claimed by our side)."
        assert "(our side) on" in measured.statements[0].grounds[0].text
        assert [why.partition(" is claimed")[0] for why in weak.why] == [
            "The baseline “48 hours” of “time to answer”",
            "The target “18 hours” of “time to answer”",
        ]

    def test_are_no_start_of_a_gain_in_the_report(self) -> None:
        review = call(
            "review", Line("We are at 20 hours now.", (metric("time to answer", target="20 hours"),)), kind="qbr"
        )
        first = call("c", Line(self.OURS, (FASTER, ANSWER_TIME), role="rep"), Line("Hm.", (FASTER, ANSWER_TIME)))
        shown = report(calls=(first, review))
        (told,) = (part for part in shown.stories[0].parts if part.id == "articulate")

        assert (shown.improvements, shown.setbacks) == ((), ())
        assert [statement.text for statement in told.statements] == [
            "time to answer stood at 20 hours on 12 January 2026."
        ]
        assert "is claimed by our side" in told.open[0].what

    def test_stand_in_no_heading(self) -> None:
        entry = self.of(Line("Twenty. One came back in June.", (FASTER, ANSWER_TIME)))

        assert heading("Cut the time to answer from 48 hours to 18 hours", [entry]) == "Cut the time to answer"
        assert heading("Get answers from 48 hours to 18 hours", [entry]) == "time to answer"
