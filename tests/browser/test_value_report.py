"""An account's value on its page: what was worked out, what the customer agrees to, the stories, the report."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any
from urllib.parse import quote

import pytest
from playwright.sync_api import Locator, Page, expect

from tests.acceptance.programs import ROOT, Serving, serving
from tests.browser.accessibility import findings
from tests.browser.visitors import MEDIUM, PANEL, WIDE, Scheme, Visitor

pytestmark = pytest.mark.browser

ACCOUNT = "Marlowe Instruments"
PAGE = f"/accounts/{quote(ACCOUNT)}"
QUARTER = {"start": "2026-01-01", "end": "2026-03-31"}
SUM = "Driving hours"


@pytest.fixture(scope="module")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Serving]:
    """A server with an account's three calls, one sum that nobody has agreed to, and what was paid."""
    with serving(tmp_path_factory.mktemp("value") / "data") as running:
        for name in ("discovery", "kick-off", "review"):
            content = (ROOT / "fixtures" / "demo" / "account" / f"{name}.json").read_bytes()
            running.asks("POST", "/api/calls", files={"file": (f"{name}.json", content)})
        book = running.asks("GET", f"/api{PAGE}")
        metric = next(m["id"] for m in book["metrics"] if m["text"] == "First-visit fix rate")
        shared = {
            "type": "assumption",
            "calculation": SUM,
            "formula": "time_savings",
            "period": QUARTER,
            "promise": metric,
        }
        given = {"hours_saved": "840 hours", "hourly_rate": "$52"}
        review = next(call["id"] for call in book["calls"] if call["kind"] == "qbr")
        said = {"call": review, "utterance": 28, "quote": "840 hours fewer on the road over the quarter"}
        notes: list[dict[str, Any]] = [
            {**shared, "input": one, "figure": figure, "attribution": 0.6666666667, "by": "Owen"}
            for one, figure in given.items()
        ]
        notes[0]["source"] = {"how": "heard", "said": said}
        notes[1]["assumed_by"] = "Priya"
        notes.append({"type": "investment", "what": "Licence", "amount": "$24,000", "period": QUARTER, "by": "Owen"})
        running.asks("POST", f"/api{PAGE}/notes", json={"notes": notes})
        yield running


class Value:
    """The parts of the account's page that are about its value."""

    def __init__(self, page: Page) -> None:
        self.page = page
        expect(self.report.locator(".report-out")).to_be_visible()

    def part(self, name: str) -> Locator:
        return self.page.get_by_role("region", name=name)

    @property
    def report(self) -> Locator:
        return self.part("What goes into the review?")

    @property
    def sums(self) -> Locator:
        return self.part("What are the sums made of")

    def figure(self, name: str) -> Locator:
        return self.report.locator(".report-figures > div").filter(has_text=name).locator("dd")


@pytest.mark.parametrize(("size", "scheme"), [(PANEL, "dark"), (MEDIUM, "light"), (WIDE, "dark")])
def test_it_fits_and_says_what_is_there(visitor: Visitor, size: tuple[int, int], scheme: Scheme) -> None:
    value = Value(visitor.opens(PAGE, size=size, scheme=scheme))
    expect(value.part("How much value, and is it growing?").get_by_role("img")).to_have_attribute(
        "aria-label", re.compile("Q1 2026 agreed nothing, calculated \\$29,120")
    )
    expect(value.part("Is there only one kind of value")).to_contain_text("nothing calculated")
    expect(value.sums.locator(".sum")).to_contain_text(["$29,120"])
    assert value.page.evaluate("document.documentElement.scrollWidth <= window.innerWidth")


def test_nothing_keeps_people_from_using_it(visitor: Visitor) -> None:
    value = Value(visitor.opens(PAGE, size=WIDE))
    value.sums.get_by_role("button", name="Work out a value").click()
    expect(value.page.get_by_role("form", name="Work out a value")).to_be_visible()
    assert findings(value.page) == []


def test_only_what_the_customer_agrees_to_counts(visitor: Visitor) -> None:
    value = Value(visitor.opens(PAGE, size=WIDE))
    expect(value.figure("Value delivered")).to_have_text("—")
    expect(value.report).to_contain_text("One sum is left out: the customer has not agreed.")
    value.report.get_by_label("Count sums that are not agreed").check()
    expect(value.figure("Return")).to_have_text("121 %")
    value.report.get_by_label("Count sums that are not agreed").uncheck()
    value.sums.get_by_role("button", name=f"Customer agrees: {SUM}").click()
    form = value.page.get_by_role("form", name=f"Customer agrees: {SUM}")
    expect(form.get_by_label("Who of them")).to_be_focused()
    form.get_by_label("Who of them").fill("Gwen")
    form.get_by_label("Your name").fill("Owen")
    form.get_by_role("button", name="Save").press("Enter")
    expect(value.figure("Value delivered")).to_have_text("$29,120")
    expect(value.sums).to_contain_text("Gwen agreed on")
    value.sums.get_by_role("button", name=f"No longer agreed: {SUM}").click()
    expect(value.figure("Value delivered")).to_have_text("—")


def test_a_sum_that_somebody_changes_meanwhile_is_shown_again_before_it_is_agreed_to(
    server: Serving, visitor: Visitor
) -> None:
    visitor.expects_trouble("409")
    value = Value(visitor.opens(PAGE, size=WIDE))
    value.sums.get_by_role("button", name=f"Customer agrees: {SUM}").click()
    form = value.page.get_by_role("form", name=f"Customer agrees: {SUM}")
    form.get_by_label("Who of them").fill("Gwen")
    charges(server, "$60")
    form.get_by_role("button", name="Save").click()
    expect(form.get_by_role("alert")).to_contain_text("has been changed since it was shown")
    expect(value.sums.locator(".sum", has_text=SUM).locator(".sum-value")).to_have_text("$33,600")
    expect(value.figure("Value delivered")).to_have_text("—")
    charges(server, "$52")


def test_a_sum_that_two_change_at_once_loses_nothing_that_is_typed(server: Serving, visitor: Visitor) -> None:
    visitor.expects_trouble("409")
    value = Value(visitor.opens(PAGE, size=WIDE))
    value.sums.get_by_role("button", name=f"Change: {SUM}").click()
    form = value.page.get_by_role("form", name=f"Change: {SUM}")
    form.get_by_label(re.compile("^Hourly rate.*money")).fill("$70")
    form.get_by_label("From", exact=True).fill("2026-02-01")
    charges(server, "$60")
    form.get_by_role("button", name="Save").click()
    expect(form.get_by_role("alert")).to_contain_text(f"now hourly rate of “{SUM}” is “$60”")
    expect(form.get_by_label(re.compile("^Hourly rate.*money"))).to_have_value("$70")
    expect(form.get_by_label("From", exact=True)).to_have_value("2026-02-01")
    expect(value.sums.locator(".sum", has_text=SUM)).to_contain_text("$60")
    charges(server, "$52")


def charges(server: Serving, rate: str) -> None:
    """Write down another hourly rate for the sum."""
    given = {"type": "assumption", "calculation": SUM, "formula": "time_savings", "period": QUARTER}
    note = {**given, "input": "hourly_rate", "figure": rate, "attribution": 0.6666666667, "assumed_by": "Priya"}
    server.asks("POST", f"/api{PAGE}/notes", json={"notes": [note]})


def test_a_value_is_worked_out_from_what_is_typed(visitor: Visitor) -> None:
    value = Value(visitor.opens(PAGE, size=WIDE))
    value.sums.get_by_role("button", name="Work out a value").click()
    form = value.page.get_by_role("form", name="Work out a value")
    form.get_by_label("Name", exact=True).fill("Penalties")
    form.get_by_label("Formula").select_option("cost_reduction")
    form.get_by_label("Previous cost (money)").fill("$18,000")
    form.get_by_label("Share put down to us, %").fill("50")
    form.get_by_label("Your name").fill("Owen")
    form.get_by_role("button", name="Save").click()
    penalties = value.sums.locator(".sum", has_text="Penalties")
    expect(penalties).to_contain_text("no sum yet")
    expect(penalties).to_contain_text("Ask: “What does it cost now?”")
    penalties.get_by_role("button", name="missing").click()
    again = value.page.get_by_role("form", name="Change: Penalties")
    again.get_by_label("New cost (money)").fill("$7,000")
    again.get_by_role("button", name="Save").click()
    expect(penalties.locator(".sum-value")).to_have_text("$5,500")


@pytest.mark.chromium
def test_another_share_leaves_the_figures_and_their_sources_as_they_are(server: Serving, visitor: Visitor) -> None:
    value = Value(visitor.opens(PAGE, size=WIDE))
    hours = value.sums.locator(".sum", has_text=SUM)
    hours.get_by_role("button", name=f"Change: {SUM}").click()
    form = value.page.get_by_role("form", name=f"Change: {SUM}")
    form.get_by_label("Share put down to us, %").fill("50")
    form.get_by_label("Your name").fill("Owen")
    form.get_by_role("button", name="Save").click()
    expect(hours.locator(".sum-value")).to_have_text("$21,840")
    hours.get_by_role("button", name="What this stands on: Hours saved 840 hours").click()
    expect(value.page.locator(".ground-list")).to_contain_text("“840 hours fewer on the road over the quarter”")
    value.page.keyboard.press("Escape")
    hours.get_by_role("button", name=f"Change: {SUM}").click()
    form.get_by_label("Share put down to us, %").fill("66.66666667")
    form.get_by_role("button", name="Save").click()
    expect(hours.locator(".sum-value")).to_have_text("$29,120")
    hours.get_by_role("button", name=f"Change: {SUM}").click()
    expect(form.get_by_label("Share put down to us, %")).to_have_value("66.67")
    form.get_by_role("button", name="Save").click()
    expect(form).to_have_count(0)
    (saved,) = (s for s in server.asks("GET", f"/api{PAGE}/report")["calculations"] if s["name"] == SUM)
    assert saved["value"]["text"] == "$29,120"


def test_a_changed_figure_asks_anew_where_it_is_from_and_whose_it_is(visitor: Visitor) -> None:
    value = Value(visitor.opens(PAGE, size=WIDE))
    value.sums.locator(".sum", has_text=SUM).get_by_role("button", name=f"Change: {SUM}").click()
    form = value.page.get_by_role("form", name=f"Change: {SUM}")
    figure = form.get_by_label("Hourly rate (money per hour)")
    origin, whose = (form.get_by_label(f"Hourly rate: {what}") for what in ("where it is from", "whose figure it is"))
    expect(origin).to_have_attribute("placeholder", "as it is")
    expect(whose).to_have_value("Priya")
    figure.fill("$61")
    expect(origin).to_have_attribute("placeholder", "van logs")
    expect(whose).to_have_value("")
    whose.fill("Gwen")
    figure.fill("$62")
    expect(whose).to_have_value("Gwen")
    whose.fill("")
    figure.fill("$52")
    expect(whose).to_have_value("Priya")


@pytest.mark.chromium
def test_the_story_is_told_to_its_reader_from_evidence(visitor: Visitor) -> None:
    value = Value(visitor.opens(PAGE, size=WIDE))
    story = value.part("How did it come about?")
    calculated = story.locator(".story-part", has_text="Calculate")
    expect(calculated).to_contain_text("$29,120 from “Driving hours”")
    story.get_by_role("combobox").first.select_option("coo")
    expect(calculated).to_contain_text("which comes to $29,120")
    expect(story.locator(".open-slot").first).to_contain_text("Ask:")
    measured = story.locator(".story-part", has_text="Measure the baseline")
    measured.get_by_role("button", name=re.compile("^What this stands on")).first.click()
    value.page.locator(".ground-list").get_by_role("link", name="Open").first.click()
    value.page.wait_for_url(re.compile(r"/calls/[^/]+\?u=\d+"))


def test_it_is_printed_as_a_page_of_its_own_with_footnotes(visitor: Visitor) -> None:
    value = Value(visitor.opens(PAGE, size=WIDE))
    with value.page.context.expect_page() as opened:
        value.report.get_by_role("link", name="Open to print").click()
    page = opened.value
    expect(page.get_by_role("heading", level=1)).to_have_text(
        re.compile(rf"^{ACCOUNT}: value delivered in Q\d 2\d{{3}}$")
    )
    expect(page.locator("#note-1")).to_be_visible()
    assert page.evaluate("getComputedStyle(document.querySelector('table')).borderCollapse") == "collapse"
    assert unnamed(page) == []


def unnamed(page: Page) -> list[str]:
    """Tables, their headings and drawings that say too little of themselves; the page lets no checker's script run."""
    bare = page.locator("table:not(:has(caption)), svg[role=img]:not([aria-label]), table th:not([scope])")
    return [bare.nth(n).inner_html() for n in range(bare.count())]


def test_it_comes_as_a_file(visitor: Visitor, tmp_path: Path) -> None:
    value = Value(visitor.opens(PAGE))
    with value.page.expect_download() as download:
        value.report.get_by_role("link", name="PDF").click()
    download.value.save_as(tmp_path / "report.pdf")
    assert (tmp_path / "report.pdf").read_bytes().startswith(b"%PDF")


def test_a_file_that_cannot_be_made_says_why(visitor: Visitor) -> None:
    value = Value(visitor.opens(PAGE))
    visitor.expects_trouble("422")
    refusal = {"error": {"code": "unusable_input", "message": "a PDF needs the extra 'reports'"}}
    value.page.route("**/report.pdf*", lambda route: route.fulfill(status=422, json=refusal))
    value.report.get_by_role("link", name="PDF").click()
    expect(value.page.locator(".toast")).to_have_text(re.compile("No file: a PDF needs the extra 'reports'"))
