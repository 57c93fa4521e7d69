"""The maturity map, a view of the team's page."""

from __future__ import annotations

import asyncio
import re
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Locator, Page, expect

from copilot.adapters.store import open_store
from copilot.domain.accounts import Quoted
from copilot.domain.blueprint import Level
from copilot.domain.maturity import MATURITY, AssessmentClosed, DimensionPlaced, MaturityNote, StepTaken, StepTicked
from tests.acceptance.programs import Serving, serving
from tests.browser.accessibility import findings
from tests.browser.visitors import MEDIUM, PANEL, WIDE, Panel, Scheme, Visitor
from tests.teams import fill, made_calls

pytestmark = pytest.mark.browser

NOW = datetime.now(UTC)
MARKUP = "<img src=x onerror=\"document.title='caught'\"> & sons"
AT = {
    "prioritization": Level.II,
    "process_maturity": Level.II,
    "scope": Level.II,
    "narrative": Level.III,
    "sponsorship": Level.II,
    "targeting": Level.I,
    "timing": Level.II,
    "discussion_lead": Level.III,
    "customer_experience": Level.II,
    "content_creation": Level.IV,
    "support": Level.V,
    "technology": Level.II,
}


def days_ago(days: int) -> date:
    return (NOW - timedelta(days=days)).date()


def notes() -> list[MaturityNote]:
    """An assessment three months ago, and where most of it stands since; three dimensions nobody has placed."""
    by, earlier = "Ana Lind", days_ago(90)
    said = Quoted(call="team-000", utterance=0, quote="Shall we begin with where things stand?")
    placed: list[MaturityNote] = [
        DimensionPlaced(dimension="timing", level=Level.I, why="Only where a renewal was at risk.", on=earlier, by=by),
        DimensionPlaced(dimension="narrative", level=Level.IV, why="The plan says so.", on=earlier, by=by),
        AssessmentClosed(name="Spring", on=earlier, by=by),
    ]
    for dimension, level in AT.items():
        why = (
            MARKUP if dimension == "scope" else f"As it shows in {dimension.replace('_', ' ')} across the last quarter."
        )
        quote = said if dimension == "narrative" else None
        placed.append(DimensionPlaced(dimension=dimension, level=level, why=why, said=quote, on=days_ago(5), by=by))
    return [
        *placed,
        StepTaken(from_level=Level.II, step="agree_at_the_top", owner="Ben Okoro", due=days_ago(2), by=by),
        StepTaken(from_level=Level.II, step="win_managers", owner="Ana Lind", due=days_ago(-40), by=by),
        StepTicked(from_level=Level.II, step="stage_rollout", on=days_ago(3), by=by),
    ]


def stored_map(folder: Path, *, calls: int, assessed: bool = True) -> Path:
    """A data folder with so many calls of a team, and an assessment."""
    data = folder / "data"
    data.mkdir()

    async def write() -> None:
        async with open_store(f"sqlite+aiosqlite:///{data / 'copilot.db'}") as store:
            await fill(store, made_calls(calls))
            if assessed:
                await store.write(MATURITY, notes(), NOW)

    with ThreadPoolExecutor(1) as elsewhere:  # this thread's event loop is Playwright's
        elsewhere.submit(asyncio.run, write()).result()
    return data


@pytest.fixture(scope="module")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Serving]:
    """Sixty calls and an assessment; tests that write use another."""
    with serving(stored_map(tmp_path_factory.mktemp("assessed"), calls=60)) as running:
        yield running


@pytest.fixture
def beginner(tmp_path: Path, browser: Browser) -> Iterator[Visitor]:
    """Somebody whose team has three calls and no assessment yet."""
    with serving(stored_map(tmp_path, calls=3, assessed=False)) as running:
        someone = Visitor(browser, running.link)
        yield someone
        someone.leave()


def shown(page: Page) -> Page:
    expect(page.locator(".maturity-says")).to_be_visible()
    return page


def cell(page: Page, dimension: str, level: str) -> Locator:
    return page.get_by_role("button", name=re.compile(rf"^{dimension}, {level}[,:]"))


def signs(page: Page, name: str = "Ana Lind") -> None:
    page.get_by_role("region", name="What comes next?").get_by_label("Your name").fill(name)


class TestMap:
    @pytest.mark.parametrize(("size", "scheme"), [(PANEL, "dark"), (MEDIUM, "light"), (WIDE, "dark")])
    def test_it_fits_and_stands_in_nobodys_way(self, visitor: Visitor, size: tuple[int, int], scheme: Scheme) -> None:
        page = shown(visitor.opens("/team?view=maturity", size=size, scheme=scheme))

        assert Panel(page).is_as_wide_as_its_window()
        expect(page.locator(".maturity-says")).to_have_text("Mostly II; furthest behind: targeting. 12 of 15 assessed.")
        expect(page.locator("[aria-current=page]").last).to_have_text("Maturity")
        if scheme == "light":  # both themes are looked at there
            assert findings(page) == []

    @pytest.mark.parametrize("size", [(320, 640), MEDIUM])
    def test_twice_the_text_fits(self, visitor: Visitor, size: tuple[int, int]) -> None:
        page = shown(visitor.opens("/team?view=maturity", size=size))
        page.evaluate("document.documentElement.style.fontSize = '200%'")
        assert Panel(page).is_as_wide_as_its_window()

    def test_what_stands_is_filled_what_is_next_dashed_and_what_nobody_placed_blank(self, visitor: Visitor) -> None:
        page = shown(visitor.opens("/team?view=maturity", size=WIDE))

        expect(page.locator(".level-cell")).to_have_count(75)
        expect(page.locator(".level-cell.chosen")).to_have_count(12)
        expect(page.locator(".level-cell.next")).to_have_count(11)  # nothing is next after V
        expect(cell(page, "targeting", "I")).to_have_class(re.compile(r"\bchosen heat-1\b"))
        expect(cell(page, "support", "V")).to_have_class(re.compile(r"\bchosen heat-5\b"))
        expect(cell(page, "partners", "I")).to_have_class("level-cell ")

    def test_words_of_people_stay_words(self, visitor: Visitor) -> None:
        page = shown(visitor.opens("/team?view=maturity", size=WIDE))
        expect(page.get_by_text(MARKUP)).to_be_visible()
        expect(page).to_have_title(re.compile(r"^Team"))

    def test_a_quote_leads_to_its_moment(self, visitor: Visitor) -> None:
        page = shown(visitor.opens("/team?view=maturity", size=WIDE))
        page.get_by_role("link", name="“Shall we begin with where things stand?”").click()
        page.wait_for_url(re.compile(r"/calls/team-000\?u=0$"))

    def test_what_calls_speak_for_has_its_figures_and_places_nothing(self, visitor: Visitor) -> None:
        page = shown(visitor.opens("/team?view=maturity", size=WIDE))
        expect(cell(page, "content integration", "III")).not_to_have_class(re.compile("chosen"))
        page.get_by_role("button", name="What calls show of content integration").click()
        told = page.get_by_role("dialog", name="What calls show of content integration")
        expect(told).to_contain_text(re.compile(r"\d+ of \d+ calls name their account\."))
        expect(told.get_by_role("link").first).to_have_attribute("href", re.compile("^/calls/team-"))
        told.get_by_role("button", name="Place at III …").click()
        expect(told.get_by_label("What is that seen by?")).to_have_value(re.compile("calls name their account"))

    def test_progress_between_two_points_stands_in_the_address(self, visitor: Visitor) -> None:
        page = shown(visitor.opens("/team?view=maturity", size=WIDE))
        part = page.get_by_role("region", name="How far has it come?")
        expect(part).to_contain_text("1 up, 1 down, 10 newly assessed; 3 as before.")
        part.get_by_label("To", exact=True).select_option(index=1)
        expect(part).to_contain_text("Nothing has moved; 15 as before.")
        page.reload()
        expect(part).to_contain_text("Nothing has moved; 15 as before.")

    @pytest.mark.parametrize("ending", ["csv", "md", "json"])
    def test_it_can_be_taken_along(self, visitor: Visitor, ending: str) -> None:
        page = shown(visitor.opens("/team?view=maturity", size=WIDE))
        with page.expect_download() as downloading:
            page.locator(f'a[download="maturity.{ending}"]').click()
        assert "As it shows in targeting" in downloading.value.path().read_text(encoding="utf-8-sig")


class TestAssessing:
    def test_by_keyboard_alone_a_dimension_is_placed_with_its_reason(self, beginner: Visitor) -> None:
        page = shown(beginner.opens("/team?view=maturity", size=WIDE))
        expect(page.locator(".maturity-says")).to_have_text("Not assessed yet.")
        panel = Panel(page)
        cell(page, "prioritization", "I").focus()
        panel.presses("ArrowDown", "ArrowRight", "ArrowRight", "ArrowLeft", "Enter")
        form = page.get_by_role("dialog", name="Place process maturity at II")
        expect(form).to_be_visible()
        form.get_by_role("button", name="Place at II").focus()
        form.get_by_label("Your name").fill("Ana Lind")
        panel.presses("Enter")
        expect(page.locator(".toast")).to_contain_text("A level needs a note or a quote that it rests on.")
        form.get_by_label("What is that seen by?").fill("The centre of excellence has one.")
        form.get_by_role("button", name="Place at II").focus()
        panel.presses("Enter")
        expect(form).to_be_hidden()
        expect(cell(page, "process maturity", "II")).to_be_focused()
        expect(cell(page, "process maturity", "II")).to_have_class(re.compile("chosen heat-2"))
        expect(page.locator(".maturity-says")).to_have_text("All at II. 1 of 15 assessed.")
        expect(page.get_by_role("region", name="What comes next?")).to_contain_text("From II to III")

    def test_a_quote_that_nobody_said_is_refused(self, beginner: Visitor) -> None:
        beginner.expects_trouble("422")
        page = shown(beginner.opens("/team?view=maturity", size=WIDE))
        cell(page, "scope", "I").click()
        form = page.get_by_role("dialog", name="Place scope at I")
        form.get_by_text("Or words of a call").click()
        form.get_by_label("Address of the moment").fill("http://127.0.0.1:8765/calls/team-000?u=0")
        form.get_by_label("Their words, as they stand there").fill("Nobody said that.")
        form.get_by_label("Your name").fill("Ana Lind")
        form.get_by_role("button", name="Place at I").click()
        expect(page.locator(".toast.problem")).to_contain_text("utterance 1 of team-000 does not say")
        expect(form).to_be_visible()

    def test_on_a_narrow_page_by_choosing_and_back_to_blank(self, beginner: Visitor) -> None:
        page = shown(beginner.opens("/team?view=maturity", size=PANEL))
        choice = page.get_by_role("combobox", name="Whom value interactions are for")
        choice.select_option("III")
        row = page.locator(".dimension-choice", has=choice)
        row.get_by_label("What is that seen by?").fill("Everybody who talks to us.")
        row.get_by_label("Your name").fill("Ana Lind")
        row.get_by_role("button", name="Place at III").click()
        expect(choice).to_have_class(re.compile("heat-3"))
        expect(row).to_contain_text("Next, IV:")
        choice.select_option("")
        row.get_by_role("button", name="Take it back").click()
        expect(page.locator(".maturity-says")).to_have_text("Not assessed yet.")
        row.get_by_role("button", name="History of targeting").click()
        expect(page.locator(".placed-before > li")).to_have_count(2)

    def test_a_step_is_taken_on_ticked_and_unticked(self, beginner: Visitor) -> None:
        page = shown(beginner.opens("/team?view=maturity", size=MEDIUM))
        step = page.locator(".plan-steps > li", has_text="Gather the best business cases")
        tick = step.get_by_role("checkbox")
        tick.click()
        expect(page.locator(".toast.problem")).to_contain_text("Type your name above")
        expect(tick).not_to_be_checked()
        signs(page)
        step.get_by_role("button", name=re.compile("Who sees to it")).click()
        form = page.get_by_role("dialog")
        form.get_by_label("Who sees to it").fill("Ben Okoro")
        form.get_by_role("button", name="Keep").click()
        expect(step).to_contain_text("Ben Okoro, no date")
        tick.click()
        expect(step).to_contain_text(re.compile(r"Done .*, Ana Lind"))
        expect(page.get_by_text("From I to II · 1 of 11 done")).to_be_visible()
        page.locator(".toast", has_text="Done.").get_by_role("button", name="Undo").click()
        expect(tick).not_to_be_checked()
        expect(step).to_contain_text("Ben Okoro, no date")
