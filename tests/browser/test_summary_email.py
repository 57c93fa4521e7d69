"""The email as a mail program shows it: narrow and wide, with nothing cut and nothing sideways."""

from __future__ import annotations

import pytest
from playwright.sync_api import Browser

from copilot.domain.items import NextStep
from copilot.review.summary_email import as_html, write_letter
from tests.unit.review.calls import CYCLE, OUTCOME, REPORTS, SIGN_ON, SYNC, keyed, whole_call

pytestmark = pytest.mark.browser

LONG = "Donaudampfschifffahrtselektrizitätenhauptbetriebswerkbauunterbeamtengesellschaft"
CUT = """() => [...document.querySelectorAll('td, div, p, span')].filter(
  (e) => e.getBoundingClientRect().right > document.documentElement.clientWidth + 0.5).map((e) => e.textContent)"""


@pytest.mark.parametrize("width", [320, 400, 800])
def test_nothing_is_cut_and_nothing_scrolls_sideways(browser: Browser, width: int) -> None:
    long_step: NextStep = REPORTS.model_copy(update={"text": LONG, "owner": LONG, "due": LONG})
    letter = write_letter(
        whole_call(
            outcomes=keyed(OUTCOME.model_copy(update={"text": f"fewer {LONG}"})),
            capabilities=keyed(SYNC, SIGN_ON.model_copy(update={"text": LONG})),
            metrics=keyed(CYCLE.model_copy(update={"baseline": LONG, "owner": LONG, "text": LONG})),
            next_steps=keyed(long_step),
        )
    )
    page = browser.new_page(viewport={"width": width, "height": 700})
    page.set_content(as_html(letter))

    assert page.evaluate("document.documentElement.scrollWidth") <= width
    assert page.evaluate(CUT) == []
    page.close()


@pytest.mark.parametrize(("width", "columns"), [(320, 2), (800, 4)])
def test_the_figures_of_a_measure_stand_side_by_side_as_far_as_there_is_room(
    browser: Browser, width: int, columns: int
) -> None:
    page = browser.new_page(viewport={"width": width, "height": 700})
    page.set_content(as_html(write_letter(whole_call())))

    tops = page.evaluate(
        """() => ['Today', 'Target', 'Owner', 'Reported'].map((title) => [...document.querySelectorAll('div')].find(
          (e) => e.textContent === title).getBoundingClientRect().top)"""
    )
    assert len({round(top) for top in tops}) == 4 // columns
    page.close()
