"""The pages in WebKit, the engine of Safari, as WebKitGTK has it: a call that is followed live and then reviewed."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Literal, TypeVar

import pytest
from selenium.common.exceptions import StaleElementReferenceException
from selenium.webdriver import ActionChains, WebKitGTK, WebKitGTKOptions
from selenium.webdriver.common.by import By
from selenium.webdriver.remote.webelement import WebElement
from selenium.webdriver.support.wait import WebDriverWait
from selenium.webdriver.webkitgtk.service import Service

from scripts.browsers import NO_WEBKIT, webkit_programs
from tests.acceptance.programs import Serving
from tests.browser.senders import CALL, FULL_MAP, sending, state_of

pytestmark = [
    pytest.mark.webkit,
    pytest.mark.filterwarnings("ignore:setting remote_server_addr:DeprecationWarning"),  # selenium's own
]

Found = TypeVar("Found")
FITS = "return document.documentElement.scrollWidth <= window.innerWidth"
TABS = {
    "Value map": "Signature to first truck",
    "Next steps": "Ines's team",
    "Scorecard": "points",
    "Story": "How it is today",
    "Pitfalls": "Instead:",
    "Questions": "Still worth asking",
    "Talk": "Talk ratio",
    "Email": "Automatic: it follows the call",
}
"""Every tab of the review, and words in it."""

PATIENCE_S = 20
NARROW, WIDE = (450, 800), (1440, 900)  # its window cannot be narrower


class Window:
    def __init__(self, driver: WebKitGTK, server: Serving) -> None:
        self.driver = driver
        self._address = server.address
        driver.get(server.link)

    def opens(self, path: str, *, size: tuple[int, int] = WIDE) -> None:
        self.driver.set_window_size(*size)
        self.driver.get(f"{self._address}{path}")

    def finds(self, css: str, words: str = "") -> WebElement:
        """The first one that is shown, once its text has these words."""

        def found(driver: WebKitGTK) -> WebElement | Literal[False]:
            shown = (element for element in driver.find_elements(By.CSS_SELECTOR, css) if element.is_displayed())
            return next((element for element in shown if words in said_in(element)), False)

        return self.until(found)

    def until(self, holds: Callable[[WebKitGTK], Literal[False] | Found]) -> Found:
        again = [StaleElementReferenceException]  # what was drawn anew meanwhile
        return WebDriverWait(self.driver, PATIENCE_S, ignored_exceptions=again).until(holds)

    def waits_until_it_fits(self) -> None:
        """Until nothing is wider than the window."""
        self.until(lambda driver: driver.execute_script(FITS))


def closed_in(server: Serving, call: str) -> list[tuple[str, str]]:
    """The questions that are dealt with, and how."""
    return [(question["id"], question["state"]) for question in state_of(server, call)["closed_questions"]]


def said_in(element: WebElement) -> str:
    """Its words, also those of a text that is cut after some lines, which WebDriver leaves out."""
    return str(element.get_property("innerText"))


@pytest.fixture(scope="module")
def window(server: Serving) -> Iterator[Window]:
    browser, program = webkit_programs() or pytest.skip(NO_WEBKIT)
    options = WebKitGTKOptions()
    options.binary_location = browser
    options.add_argument("--automation")
    driver = WebKitGTK(options=options, service=Service(program))
    try:
        yield Window(driver, server)
    finally:
        driver.quit()


@pytest.mark.parametrize("size", [NARROW, WIDE], ids=["narrow", "wide"])
@pytest.mark.parametrize(
    ("path", "heading"),
    [
        ("/", "No calls yet"),
        ("/new", "New call"),
        ("/team", "Team"),
        ("/accounts", "Accounts"),
        ("/settings", "Settings"),
    ],
)
def test_every_page_opens(window: Window, path: str, heading: str, size: tuple[int, int]) -> None:
    window.opens(path, size=size)
    window.finds("h1", heading)
    window.waits_until_it_fits()


def test_a_call_is_followed_and_steered(server: Serving, window: Window) -> None:
    with sending(server, "live") as sender:
        window.opens("/calls/live", size=NARROW)
        window.finds("[aria-label='Status of the call']", "Listening")
        sender.says_up_to(FULL_MAP)
        first = state_of(server, "live")["questions"][0]
        window.finds(".question-text", first["text"])
        window.finds("button", "Asked").click()
        window.until(lambda _: (first["id"], "asked") in closed_in(server, "live"))
        window.finds("[role=treeitem]").click()
        ActionChains(window.driver).send_keys("c").perform()
        window.until(lambda _: "person" in [o["confirmed_by"] for o in state_of(server, "live")["outcomes"]])
        window.waits_until_it_fits()
        sender.says_up_to(len(CALL.utterances))
        sender.ends()
    window.finds("[role=tab]", "Email")


def test_a_call_is_reviewed(server: Serving, window: Window) -> None:
    with sending(server, "over") as sender:
        sender.says_up_to(len(CALL.utterances))
        sender.ends()
    window.opens("/calls/over")
    for tab, words in TABS.items():
        window.finds("[role=tab]", tab).click()
        chosen = window.finds("[role=tab][aria-selected=true]", tab).get_attribute("id")
        window.finds(f"[role=tabpanel][aria-labelledby='{chosen}']", words)
        window.waits_until_it_fits()
    window.finds("input[type=search]").send_keys("everybody hates")
    window.until(lambda driver: len(driver.find_elements(By.CSS_SELECTOR, ".utterance")) == 1)
    window.finds(".utterance", "Everybody hates")
