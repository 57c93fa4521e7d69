"""The accounts: what was promised on three calls, what became of it, and what people write down about it."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import quote

import pytest
from playwright.sync_api import Browser, FilePayload, Locator, Page, expect

from tests.acceptance.programs import ROOT, Serving, serving
from tests.browser.visitors import MEDIUM, PANEL, WIDE, Scheme, Visitor

pytestmark = pytest.mark.browser

ACCOUNT = "Marlowe Instruments"
PAGE = f"/accounts/{quote(ACCOUNT)}"
CALLS = ("discovery", "kick-off", "review")
FIX_RATE, CLOSING, SHIPMENTS = "First-visit fix rate", "Time to close a ticket", "Emergency shipments"


@pytest.fixture(scope="module")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Serving]:
    """A server to which the calls of an account were uploaded."""
    with serving(tmp_path_factory.mktemp("accounts") / "data") as running:
        for name in CALLS:
            content = (ROOT / "fixtures" / "demo" / "account" / f"{name}.json").read_bytes()
            taken = running.asks("POST", "/api/calls", files={"file": (f"{name}.json", content)})
            assert len(taken["calls"]) == 1
        yield running


def standing(server: Serving, metric: str) -> str:
    metrics = server.asks("GET", f"/api{PAGE}")["metrics"]
    return str(next(m["standing"] for m in metrics if m["text"] == metric))


class Ledger:
    """An account's page."""

    def __init__(self, page: Page) -> None:
        self.page = page
        expect(page.get_by_role("heading", level=1)).to_have_text(ACCOUNT)

    def row(self, metric: str) -> Locator:
        return self.page.locator(".promise").filter(has=self.page.locator(".promise-metric", has_text=metric))

    def opens(self, metric: str) -> Locator:
        self.row(metric).get_by_role("button", name=re.compile("^Open: ")).click()
        return self.row(metric)

    def adds_reading(self, metric: str, figure: str, on: str) -> Locator:
        self.row(metric).get_by_role("button", name=f"Add reading: {metric}").click()
        form = self.page.get_by_role("form", name=f"Add reading: {metric}")
        expect(form.get_by_label("Figure, with its unit")).to_be_focused()
        form.get_by_label("Figure, with its unit").fill(figure)
        form.get_by_label("Day").fill(on)
        form.get_by_label("Where it is from").fill("monthly report")
        form.get_by_label("Your name").fill("Mira")
        form.get_by_role("button", name="Add", exact=True).press("Enter")
        return form

    def fits(self) -> bool:
        return bool(self.page.evaluate("document.documentElement.scrollWidth <= window.innerWidth"))


WORDS_ON_MARKS = """drawing => {
    const box = (mark) => [mark.textContent, mark.getBoundingClientRect()];
    const boxes = (what) => [...drawing.querySelectorAll(what)].map(box);
    const meet = (a, b) => a.left < b.right && b.left < a.right && a.top < b.bottom && b.top < a.bottom;
    const marks = boxes("circle");
    return boxes("text").filter(([, word]) => marks.some(([, mark]) => meet(word, mark))).map(([word]) => word);
}"""
"""The words of a drawing that lie over its dots."""


class TestLedger:
    @pytest.mark.parametrize(("size", "scheme"), [(PANEL, "dark"), (MEDIUM, "light"), (WIDE, "dark")])
    def test_shows_every_promise_on_its_own_scale(
        self, visitor: Visitor, size: tuple[int, int], scheme: Scheme
    ) -> None:
        ledger = Ledger(visitor.opens(PAGE, size=size, scheme=scheme))
        expect(ledger.row(FIX_RATE)).to_contain_text("Promise changed")
        expect(ledger.row(SHIPMENTS).locator(".scale-bar")).to_have_attribute(
            "aria-label", "Moved away: baseline 40 a month, latest 44 a month, target 15 a month"
        )
        expect(ledger.page.locator(".promise").filter(has_text="Nordic")).to_contain_text("no metric")
        ledger.opens(FIX_RATE)
        chart = ledger.row(FIX_RATE).locator(".readings-chart")
        expect(chart.get_by_role("img")).to_be_visible()
        expect(chart.locator(".level-key")).to_have_text("Baseline 58 percent Target 75 percent")
        assert chart.evaluate(WORDS_ON_MARKS) == []
        assert ledger.fits()

    def test_a_changed_promise_stands_there_with_both_quotes(self, visitor: Visitor) -> None:
        row = Ledger(visitor.opens(PAGE, size=WIDE)).opens(FIX_RATE)
        change = row.locator(".change")
        expect(change).to_contain_text("raise the first-visit fix rate from 61 percent to 75 percent")
        expect(change).to_contain_text("The first-visit fix rate was 58 percent over the whole of last quarter")

    def test_what_was_promised_leads_to_the_words(self, visitor: Visitor) -> None:
        ledger = Ledger(visitor.opens(PAGE, size=WIDE))
        ledger.row(CLOSING).get_by_role("link", name=re.compile("first conversation")).first.click()
        ledger.page.wait_for_url(re.compile(r"/calls/[^/]+\?u=\d+"))
        expect(ledger.page.locator(".utterance.marked")).to_contain_text("cut the time to close a ticket")

    def test_a_reading_moves_the_promise_and_is_taken_back_and_restored(
        self, server: Serving, visitor: Visitor
    ) -> None:
        ledger = Ledger(visitor.opens(PAGE, size=WIDE))
        form = ledger.adds_reading(CLOSING, "23 hours", "2026-05-29")
        expect(form).to_have_count(0)
        expect(ledger.row(CLOSING)).to_contain_text("Reached")
        line = ledger.row(CLOSING).locator(".readings tbody tr", has_text="23 hours")
        expect(line).to_contain_text("typed by Mira: monthly report")
        line.get_by_role("button", name="Take back 23 hours of 29 May 2026").click()
        expect(ledger.row(CLOSING)).to_contain_text("On the way")
        assert standing(server, CLOSING) == "on_the_way"
        ledger.page.locator(".toast").get_by_role("button", name="Undo").click()
        expect(ledger.row(CLOSING)).to_contain_text("Reached")

    def test_what_is_no_figure_is_refused_in_the_form(self, visitor: Visitor) -> None:
        visitor.expects_trouble("422")
        ledger = Ledger(visitor.opens(PAGE))
        form = ledger.adds_reading(CLOSING, "a lot better", "2026-05-29")
        expect(form.get_by_role("alert")).to_contain_text("“a lot better” holds no figure; write one such as 18 hours.")
        form.get_by_label("Figure, with its unit").press("Escape")
        expect(form).to_have_count(0)

    def test_a_person_settles_which_baseline_counts(self, server: Serving, visitor: Visitor) -> None:
        ledger = Ledger(visitor.opens(PAGE, size=WIDE))
        row = ledger.opens(FIX_RATE)
        row.get_by_role("button", name="Say which one counts").click()
        form = ledger.page.get_by_role("form", name=f"Put right: {FIX_RATE}")
        form.get_by_label("Your name").fill("Mira")
        form.get_by_role("button", name="Save").click()
        expect(row.locator(".change")).to_have_class(re.compile("settled"))
        expect(row).to_contain_text("On the way")
        assert standing(server, FIX_RATE) == "on_the_way"

    def test_two_promises_are_put_together_and_parted_again(self, server: Serving, visitor: Visitor) -> None:
        ledger = Ledger(visitor.opens(PAGE, size=WIDE))
        row = ledger.opens(SHIPMENTS)
        row.get_by_role("button", name="Same as …").click()
        row.get_by_role("button", name=re.compile("first review of value is another")).click()
        expect(ledger.page.locator(".promise-metric", has_text=SHIPMENTS)).to_have_count(2)
        first = ledger.row(SHIPMENTS).first
        first.get_by_label("Is the same promise as").select_option(label=f"{SHIPMENTS}")
        first.get_by_label("Your name").fill("Mira")
        first.get_by_role("button", name="Put together").click()
        expect(ledger.page.locator(".promise-metric", has_text=SHIPMENTS)).to_have_count(1)

    def test_readings_come_in_from_a_file_or_the_page_says_which_line_is_wrong(self, visitor: Visitor) -> None:
        visitor.expects_trouble("422")
        ledger = Ledger(visitor.opens(PAGE, size=WIDE))
        card = ledger.page.get_by_role("region", name="Readings from a file")
        heading = b"metric,date,figure,source\n"
        wrong = heading + b"Emergency shipments,soon,12,invoice\n"
        card.get_by_label("CSV file").set_input_files(FilePayload(name="kpis.csv", mimeType="text/csv", buffer=wrong))
        expect(card.get_by_role("alert")).to_contain_text("line 2, date: “soon” is no day; write it as 2026-01-31")
        right = b"metric,date,figure,source,site\nEmergency shipments,2026-05-29,14 a month,invoice,Leeds\n"
        card.get_by_label("CSV file").set_input_files(FilePayload(name="kpis.csv", mimeType="text/csv", buffer=right))
        expect(ledger.row(SHIPMENTS)).to_contain_text("Reached")
        expect(card.get_by_role("alert")).to_have_count(0)
        expect(card.get_by_role("status")).to_have_text("Nothing was taken from this column of kpis.csv: site.")
        card.get_by_label("CSV file").set_input_files(FilePayload(name="kpis.csv", mimeType="text/csv", buffer=right))
        expect(ledger.page.get_by_text("0 readings imported from kpis.csv, 1 known already.")).to_be_visible()


class TestTwoWhoWriteAtOnce:
    def test_what_is_typed_stays_beside_what_somebody_else_wrote_first(self, server: Serving, visitor: Visitor) -> None:
        visitor.expects_trouble("409")
        ledger = Ledger(visitor.opens(PAGE, size=WIDE))
        row = ledger.opens(CLOSING)
        row.get_by_role("button", name="Put right").click()
        form = ledger.page.get_by_role("form", name=f"Put right: {CLOSING}")
        form.get_by_label("Owner").fill("Priya")
        form.get_by_label("How often it is read").fill("weekly")
        (metric,) = (m for m in server.asks("GET", f"/api{PAGE}")["metrics"] if m["text"] == CLOSING)
        theirs = {"type": "amended", "promise": metric["id"], "field": "owner", "value": "Grace", "by": "Mira"}
        server.asks("POST", f"/api{PAGE}/notes", json={"notes": [theirs]})
        form.get_by_role("button", name="Save").click()

        expect(form.get_by_role("alert")).to_contain_text("now the owner is “Grace” (Mira); saved again, yours takes")
        expect(row.locator(".promise-who")).to_contain_text("Grace")
        expect(form.get_by_label("Owner")).to_have_value("Priya")
        expect(form.get_by_label("How often it is read")).to_have_value("weekly")
        form.get_by_role("button", name="Save").click()
        expect(row.locator(".promise-who")).to_contain_text("Priya")
        expect(row.locator(".promise-who")).to_contain_text("weekly")


class TestMilestones:
    def test_count_from_the_contract_and_are_marked_as_done(self, visitor: Visitor) -> None:
        page = visitor.opens(PAGE, size=WIDE)
        card = page.get_by_role("region", name="Is it on course for the renewal?")
        expect(card).to_contain_text("No date yet")
        card.get_by_role("button", name="Set contract dates").click()
        form = page.get_by_role("form", name="Contract dates")
        form.get_by_label("First day").fill("2026-01-01")
        form.get_by_label("Renewal").fill("2027-01-01")
        form.get_by_label("Your name").fill("Mira")
        form.get_by_role("button", name="Save").click()
        expect(card.locator(".milestone-line svg")).to_have_attribute(
            "aria-label", re.compile("^Onboarding complete: Overdue")
        )
        card.get_by_role("button", name="Mark as done: First value").click()
        card.get_by_role("dialog").get_by_role("button", name="Done").click()
        expect(card.locator(".milestone", has_text="First value")).to_contain_text("Done")
        card.get_by_role("button", name="Undo: First value").click()
        expect(card.locator(".milestone", has_text="First value")).to_contain_text("Overdue")


class TestBeforeAReview:
    def test_an_account_is_asked_for_what_was_promised(self, server: Serving, visitor: Visitor) -> None:
        said = b'[{"speaker": "Dana", "role": "rep", "text": "What do you want to reach?"}]'
        form = {"kind": "discovery", "account": "Only begun"}
        server.asks("POST", "/api/calls", files={"file": ("first.json", said)}, data=form)
        page = visitor.opens("/accounts/Only%20begun", size=WIDE)
        expect(page.get_by_role("heading", name="What was promised?")).to_be_visible()
        expect(page.get_by_role("heading", name="What is due before the renewal?")).to_be_visible()


class TestList:
    def test_says_how_the_promises_stand_and_leads_to_the_account(self, visitor: Visitor) -> None:
        page = visitor.opens("/accounts", size=MEDIUM)
        line = page.locator(".account-line", has_text=ACCOUNT)
        expect(line).to_contain_text(f"{ACCOUNT}3 calls")
        expect(line).to_contain_text("1 no metric")
        line.get_by_role("link", name=ACCOUNT).press("Enter")
        Ledger(page)

    def test_without_accounts_it_says_where_they_come_from(self, browser: Browser, tmp_path: Path) -> None:
        with serving(tmp_path / "data") as empty:
            visitor = Visitor(browser, empty.link)
            expect(visitor.opens("/accounts").locator(".nothing")).to_contain_text("copilot demo --account")
            visitor.leave()


def test_an_account_that_nobody_knows_is_a_page_that_says_so(visitor: Visitor) -> None:
    visitor.expects_trouble("404")

    expect(visitor.opens("/accounts/Nobody").get_by_text("There is no account 'Nobody'.")).to_be_visible()
