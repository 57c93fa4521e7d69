"""The team's page, and the scorecard of a call with people's answers in it."""

from __future__ import annotations

import asyncio
import csv
import io
import re
from collections.abc import Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Locator, Page, expect

from copilot.adapters.store import open_store
from tests.acceptance.programs import Serving, serving
from tests.browser.accessibility import findings, findings_wide_and_narrow
from tests.browser.visitors import PANEL, SIZES, WIDE, Panel, Scheme, Visitor
from tests.teams import MadeCall, fill, made_calls

pytestmark = pytest.mark.browser

QUESTIONS = [
    "What do I coach next?",
    "Who needs what?",
    "Is it getting better?",
    "How do talk ratios spread?",
    "Which pitfalls recur?",
    "Can I trust the scores?",
]
MARKUP = "<img src=x onerror=\"document.title='caught'\"> & sons"


def stored(folder: Path, calls: Sequence[MadeCall]) -> Path:
    """A data folder with these calls in it."""
    data = folder / "data"
    data.mkdir()

    async def write() -> None:
        async with open_store(f"sqlite+aiosqlite:///{data / 'copilot.db'}") as store:
            await fill(store, calls)

    with ThreadPoolExecutor(1) as elsewhere:  # this thread's event loop is Playwright's
        elsewhere.submit(asyncio.run, write()).result()
    return data


@pytest.fixture(scope="module")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Serving]:
    """Sixty calls."""
    with serving(stored(tmp_path_factory.mktemp("sixty"), made_calls(60))) as running:
        yield running


@pytest.fixture(scope="module")
def small_team(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Serving]:
    """Three calls, one of which has a title that would be markup."""
    calls = made_calls(3)
    info = calls[1].record.info.model_copy(update={"title": MARKUP})
    calls[1].record = calls[1].record.model_copy(update={"info": info})
    with serving(stored(tmp_path_factory.mktemp("three"), calls)) as running:
        yield running


def shown(page: Page) -> Page:
    expect(page.locator(".team-agreement")).to_be_visible()
    return page


def part(page: Page, question: str) -> Locator:
    return page.get_by_role("region", name=question, exact=True)


def cell(page: Page, rep: str, criterion: str) -> Locator:
    return page.get_by_role("button", name=re.compile(f"^{rep}, {criterion}: "))


class TestTeam:
    @pytest.mark.parametrize(("size", "scheme"), [(PANEL, "dark"), (WIDE, "light")])
    def test_every_chart_asks_a_question_says_its_n_and_has_a_table(
        self, visitor: Visitor, size: tuple[int, int], scheme: Scheme
    ) -> None:
        page = shown(visitor.opens("/team", size=size, scheme=scheme))

        assert page.locator(".team-card h2").all_inner_texts() == QUESTIONS
        for question in QUESTIONS[2:]:
            part(page, question).get_by_text("As a table").click()
            expect(part(page, question).get_by_role("table").last).to_be_visible()
        for words in page.locator(".small-multiples figcaption, .strip-name, .bar-words").all_inner_texts():
            assert re.search(r"\bn \d+", words)
        expect(page.locator(".team-notice")).to_have_text("For coaching, not for employment decisions.")
        expect(page.locator(".compared")).to_contain_text("Left out: ")
        assert Panel(page).too_narrow_at(*SIZES) == []

    def test_nothing_serious_stands_in_anybodys_way(self, visitor: Visitor) -> None:
        page = shown(visitor.opens("/team"))
        assert findings_wide_and_narrow(page) == []
        page.locator(".heat-line, .heat-table button").first.click()
        expect(page.locator(".sheet-calls > li").first).to_be_visible()
        assert findings_wide_and_narrow(page) == []

    def test_a_cell_is_coloured_from_five_calls_on_and_has_its_n_beneath(self, visitor: Visitor) -> None:
        page = shown(visitor.opens("/team", size=WIDE))

        for one in page.locator(".heat-table button").all():
            share, n = one.locator("b").inner_text(), int(one.locator(".heat-n").inner_text())
            coloured = re.search(r"heat-[1-5]", one.get_attribute("class") or "") is not None
            assert (coloured, share.isdigit()) == (n >= 5, n >= 5)

    @pytest.mark.parametrize("size", [PANEL, WIDE])
    def test_a_cell_says_in_how_many_calls_it_was_met_partly(self, visitor: Visitor, size: tuple[int, int]) -> None:
        page = shown(visitor.opens("/team", size=size))
        partly = page.locator(".team-heat button").filter(has=page.locator(".heat-partly"))
        seen = 0
        for one in page.locator(".team-heat button").all():
            said = re.search(r"partly in (\d+)", one.get_attribute("aria-label") or "")
            seen += said is not None
            if said and one.is_visible():
                assert re.findall(r"\d+", one.locator(".heat-partly").inner_text()) == [said[1]]
        assert partly.count() == seen > 0

    def test_it_says_what_the_program_misses(self, visitor: Visitor) -> None:
        page = shown(visitor.opens("/team"))
        expect(page.locator(".team-doubt > p")).to_contain_text("misses about half of what is said")
        page.get_by_text("How well it works").click()
        expect(page.locator(".team-doubt details p")).to_be_visible()

    def test_a_cell_leads_to_its_calls_and_a_quote_to_its_moment(self, visitor: Visitor) -> None:
        page = shown(visitor.opens("/team", size=WIDE))
        cell(page, "Dana Reyes", "What it costs").click()
        sheet = page.get_by_role("dialog")
        expect(sheet).to_contain_text("Dana Reyes: What it costs")
        quote = sheet.locator(".quote").first
        words = quote.locator("blockquote").inner_text().strip("“”")
        quote.get_by_role("link").click()
        page.wait_for_url(re.compile(r"/calls/team-\d+\?u=\d+$"))
        i = page.url.rsplit("=", 1)[1]
        expect(Panel(page).utterance(int(i))).to_contain_text(words)

    def test_filters_stand_in_the_address_and_in_the_csv(self, visitor: Visitor) -> None:
        page = shown(visitor.opens("/team", size=WIDE))
        page.get_by_label("Rep", exact=True).select_option(label="Mei Tanaka")
        page.wait_for_url(re.compile(r"/team\?rep=Mei\+Tanaka$"))
        expect(page.get_by_label("Rep", exact=True)).to_have_attribute(
            "title", "Mei Tanaka"
        )  # whole where it is narrow
        page.get_by_label("Criterion", exact=True).select_option(label="What it costs")
        expect(page.locator(".heat-table tbody tr")).to_have_count(2)  # the team, which is she now, and she
        page.reload()
        chips = page.get_by_role("list", name="Active filters").get_by_role("button")
        expect(chips).to_have_text(["Rep: Mei Tanaka", "Criterion: What it costs"])
        with page.expect_download() as downloading:
            page.get_by_role("link", name="CSV").click()
        lines = [*csv.DictReader(io.StringIO(downloading.value.path().read_text(encoding="utf-8-sig")))]
        assert {(line["reps"], line["criterion_title"]) for line in lines} == {("Mei Tanaka", "What it costs")}
        chips.nth(1).click()
        expect(chips).to_have_text(["Rep: Mei Tanaka"])
        page.go_back()
        expect(chips).to_have_count(2)

    def test_filters_that_leave_nothing_say_so(self, visitor: Visitor) -> None:
        page = visitor.opens("/team?rep=Nobody&from=2026-03-02")
        expect(page.locator(".team-nothing")).to_contain_text("No call fits these filters.")
        assert findings(page) == []

    def test_a_chart_is_walked_through_by_keyboard(self, visitor: Visitor) -> None:
        page = shown(visitor.opens("/team", size=WIDE))
        dots = part(page, QUESTIONS[2]).locator("figure").first.locator(".dot")
        expect(dots.first).to_have_attribute("tabindex", "0")
        dots.first.focus()
        page.keyboard.press("ArrowRight")
        expect(dots.nth(1)).to_be_focused()
        page.keyboard.press("End")
        expect(dots.last).to_be_focused()
        page.keyboard.press("Enter")
        expect(page.get_by_role("dialog").locator(".sheet-answer").first).to_be_visible()
        page.keyboard.press("Escape")
        expect(page.get_by_role("dialog")).to_have_count(0)
        expect(dots.last).to_be_focused()

    def test_marked_as_coached_by_keyboard_and_taken_back(self, visitor: Visitor) -> None:
        page = shown(visitor.opens("/team", size=WIDE))
        queue = part(page, QUESTIONS[0])
        row = queue.locator(
            "li", has=page.get_by_role("button", name="Mark as coached: Jonas Falk, No run of features")
        )
        expect(row).to_contain_text("Missed in 5 of the last 5 discovery calls.")
        row.get_by_role("button", name=re.compile("^Mark as coached")).focus()
        page.keyboard.press("Enter")
        page.get_by_role("dialog").get_by_label("Your name").fill("Ana Lind")
        page.keyboard.press("Enter")
        expect(page.locator(".toast")).to_contain_text("Marked: Jonas Falk, No run of features.")
        expect(row).to_have_count(0)
        queue.get_by_text("Coached: 1 mark").click()
        expect(queue.locator(".coached-rows")).to_contain_text("Ana Lind")
        page.locator(".toast").get_by_role("button", name="Undo").click()
        expect(row).to_have_count(1)
        queue.get_by_role("button", name="Why this order").click()
        expect(page.get_by_role("dialog")).to_contain_text("Nobody has more than two rows")

    def test_three_calls_are_shown_as_fractions_and_compared_with_nothing(
        self, small_team: Serving, browser: Browser
    ) -> None:
        visitor = Visitor(browser, small_team.link)
        page = shown(visitor.opens("/team"))

        expect(page.locator(".heat-1, .heat-2, .heat-3, .heat-4, .heat-5")).to_have_count(0)
        expect(page.locator(".median, .median-tick, .whisker")).to_have_count(0)
        expect(page.locator(".queue-rows > li:not(.unranked)")).to_have_count(0)
        expect(page.locator(".queue-rows > li").first).to_contain_text("too few to compare")
        expect(part(page, QUESTIONS[5])).to_contain_text("Nobody has answered a criterion yet.")
        assert Panel(page).too_narrow_at(*SIZES) == []
        assert findings_wide_and_narrow(page) == []
        visitor.leave()

    def test_names_and_titles_are_never_markup(self, small_team: Serving, browser: Browser) -> None:
        visitor = Visitor(browser, small_team.link)
        page = shown(visitor.opens("/team", size=WIDE))
        cell(page, "Team", "Outcomes ranked").click()
        expect(page.get_by_role("dialog").get_by_role("link", name=MARKUP)).to_be_visible()
        assert page.title() == "Team · Copilot"
        visitor.leave()


class TestScorecard:
    def opens(self, visitor: Visitor, call: str, size: tuple[int, int] = WIDE) -> Page:
        page = visitor.opens(f"/calls/{call}", size=size)
        page.get_by_role("tab", name="Scorecard").click()
        expect(page.locator(".score-section").first).to_be_visible()
        return page

    def test_a_person_answers_by_keyboard_answers_again_and_takes_it_back(self, visitor: Visitor) -> None:
        page = self.opens(visitor, "team-040")
        answer = page.locator('[data-criterion="before"]')
        button = answer.get_by_role("button", name="Answer “How the work goes today” yourself")
        button.focus()
        page.keyboard.press("Enter")
        form = answer.get_by_role("form")
        page.keyboard.press("Escape")
        expect(button).to_be_focused()
        page.keyboard.press("Enter")
        form.get_by_label("Not met").check()
        form.get_by_label("Reason").fill("It was another team's work <b>that</b> they told.")
        form.get_by_label("Your name").fill("Ana Lind")
        page.keyboard.press("Enter")

        both = answer.locator(".both-answers")
        expect(both).to_contain_text("Ana Lind: ○Not met")
        expect(both).to_contain_text(re.compile("^Automatic: (Met|Partly|No moment found) · "))
        expect(both).to_contain_text("<b>that</b>")
        expect(page.locator(".scorecard-head")).to_contain_text("1 answer by a person")
        button.click()
        form.get_by_label("Partly").check()
        form.get_by_label("Reason").fill("Half of it.")
        form.get_by_role("button", name="Save").click()
        expect(both).to_contain_text("Partly")
        answer.get_by_role("button", name="Withdraw").click()
        page.get_by_role("dialog").get_by_role("button", name="Withdraw it").click()
        expect(both).to_have_count(0)
        answer.get_by_text("3 entries by people").click()
        expect(answer.locator(".score-history li")).to_have_count(3)
        expect(answer.locator(".score-history li").first).to_contain_text("withdrawn")

    def test_what_somebody_else_answered_first_is_shown_and_nothing_typed_is_lost(
        self, server: Serving, visitor: Visitor
    ) -> None:
        visitor.expects_trouble("409")
        page = self.opens(visitor, "team-041")
        answer = page.locator('[data-criterion="before"]')
        answer.get_by_role("button", name="Answer “How the work goes today” yourself").click()
        form = answer.get_by_role("form")
        form.get_by_label("Not met").check()
        form.get_by_label("Reason").fill("It was another team's work.")
        form.get_by_label("Your name").fill("Ben Okoro")
        theirs = {"verdict": "partly", "reason": "Half of it.", "by": "Ana Lind"}
        server.asks("POST", "/api/calls/team-041/scorecard/overrides/before", json=theirs)
        form.get_by_role("button", name="Save").click()

        expect(form.get_by_role("alert")).to_contain_text("Ana Lind answered “partly”: Half of it.")
        expect(answer.locator(".both-answers")).to_contain_text("Ana Lind")
        expect(form.get_by_label("Not met")).to_be_checked()
        expect(form.get_by_label("Reason")).to_have_value("It was another team's work.")
        form.get_by_role("button", name="Save").click()
        expect(answer.locator(".both-answers")).to_contain_text("Ben Okoro: ○Not met")

    def test_what_changes_in_the_call_is_scored_again_and_the_difference_told(self, visitor: Visitor) -> None:
        page = visitor.opens("/calls/team-050", size=WIDE)
        panel = Panel(page)
        page.get_by_role("tab", name="Value map").click()
        expect(panel.row("O1")).to_be_visible()
        panel.row("O1").focus()
        page.keyboard.press("r")
        expect(panel.row("O1")).to_have_count(0)
        page.get_by_role("tab", name="Scorecard").click()
        changed = page.locator(".score-changes")
        expect(changed).to_contain_text(re.compile(r"What changed since it was scored .*: \d+ answers"))
        changed.locator("summary").click()
        expect(
            changed.get_by_role("row", name=re.compile("^Two or three outcomes 1 outcome No moment found"))
        ).to_be_visible()

    def test_it_fits_and_nothing_serious_stands_in_anybodys_way(self, visitor: Visitor) -> None:
        page = self.opens(visitor, "team-049")
        page.locator("[data-override]").first.click()
        expect(page.get_by_role("form")).to_be_visible()
        assert Panel(page).too_narrow_at(*SIZES) == []
        assert findings_wide_and_narrow(page) == []

    def test_a_call_that_another_rubric_scored_can_be_scored_again(self, visitor: Visitor) -> None:
        page = self.opens(visitor, "team-004")
        expect(page.locator(".scorecard-head")).to_contain_text("Rubric scorecards/discovery/2")
        page.get_by_role("button", name="Score again").click()
        expect(page.locator(".scorecard-head")).to_contain_text("Rubric scorecards/discovery/3")
        expect(page.locator(".score-changes")).to_contain_text(
            "by scorecards/discovery/2 then and scorecards/discovery/3 now"
        )
