"""What is looked at, each in a name and in what leads to it."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from dataclasses import dataclass

from playwright.async_api import WebSocketRoute

from scripts.gallery.stage import Stage, as_said, monologue

WITH_A_NOTICE = 10
OPENED_AT = 34
FULL_MAP = 44
TABS = ("map", "steps", "questions", "pitfalls", "scorecard", "talk", "transcript")

Act = Callable[[Stage], Awaitable[None]]


@dataclass(frozen=True, slots=True)
class Scene:
    """`whole`: the picture has all of the page, not only what is in the window."""

    name: str
    words: str
    act: Act
    whole: bool = False


async def list_of_calls(stage: Stage) -> None:
    await stage.over()
    await stage.begins(FULL_MAP)
    await stage.opens("/", ".call")


async def before_the_first_words(stage: Stage) -> None:
    await stage.opens_call(await stage.begins())


async def question_notice_gaps(stage: Stage) -> None:
    """The notice comes while the page is open."""
    call = await stage.begins(OPENED_AT)
    await stage.opens_call(call, ".question-text")
    await stage.says(call, OPENED_AT, FULL_MAP)
    following = stage.demo.utterances[FULL_MAP]
    call.partial(as_said(following, " ".join(following.text.split()[:6])))
    await stage.page.wait_for_selector(".notice.pitfall")


async def in_the_middle(stage: Stage) -> None:
    await stage.opens_call(await stage.begins(FULL_MAP), ".question-text")
    await stage.page.wait_for_selector(".map .row")


async def pinned(stage: Stage) -> None:
    await in_the_middle(stage)
    await stage.page.keyboard.press("p")
    await stage.page.wait_for_selector(".pin[aria-pressed=true]")


async def long_monologue(stage: Stage) -> None:
    call = await stage.begins(FULL_MAP)
    await call.hear(monologue(call.state.utterances[-1].end_s or 0, 67))
    await stage.opens_call(call, ".monologue-words")


async def swapped(stage: Stage) -> None:
    await in_the_middle(stage)
    await stage.page.get_by_role("button", name="Swap the two sides").click()
    await stage.page.wait_for_selector(".toast")


async def drawer_open(stage: Stage) -> None:
    await in_the_middle(stage)
    await stage.page.keyboard.press("t")


async def quotes_open(stage: Stage) -> None:
    await in_the_middle(stage)
    await stage.page.keyboard.press("m")
    await stage.page.keyboard.press("Enter")
    await stage.page.wait_for_selector(".quotes")


async def not_listening(stage: Stage) -> None:
    call = await stage.begins(FULL_MAP)
    await stage.opens_call(call)
    call.take_over(None)
    await stage.page.wait_for_selector(".status-line.off")


async def reconnecting(stage: Stage) -> None:
    call = await stage.begins(FULL_MAP)
    sockets: list[WebSocketRoute] = []

    async def once(socket: WebSocketRoute) -> None:
        if sockets:
            await socket.close(code=1013)
            return
        sockets.append(socket)
        socket.connect_to_server()

    await stage.page.route_web_socket("**/panel*", once)
    await stage.opens_call(call)
    await sockets[0].close(code=1012)
    await stage.page.wait_for_selector(".status-line.broken")


def review(tab: str) -> Act:
    async def act(stage: Stage) -> None:
        await stage.opens_call(await stage.over(), ".review .row")
        if await stage.page.locator(f"#tab-{tab}").count():
            await stage.page.locator(f"#tab-{tab}").click()

    return act


async def without_times(stage: Stage) -> None:
    bare = [u.model_copy(update={"start_s": None, "end_s": None}) for u in stage.demo.utterances]
    call = await stage.over(stage.demo.model_copy(update={"utterances": tuple(bare)}))
    await stage.opens_call(call, ".review .row")


def plain(path: str, until: str) -> Act:
    async def act(stage: Stage) -> None:
        await stage.opens(path, until)

    return act


async def playbook_tried(stage: Stage) -> None:
    await stage.over()
    await stage.opens("/settings", ".finding")
    page = stage.page
    await page.get_by_role("button", name="Open Pitfalls").click()
    field = page.get_by_label("Text of Pitfalls")
    text = await field.input_value()
    await field.fill(text.replace("thresholds: {features: 3}", "thresholds: {features: 30}"))
    await page.get_by_role("button", name="See what would differ").click()
    await page.wait_for_selector(".differences")


async def a_failing_line(stage: Stage) -> None:
    await stage.opens("/settings", ".finding")
    await stage.page.get_by_role("button", name="Try it").click()
    await stage.page.wait_for_selector(".finding.broken")


SCENES = (
    Scene("first-run", "Without calls", plain("/", ".first-run"), whole=True),
    Scene("list", "The list of calls", list_of_calls),
    Scene("new-call", "Starting a call", plain("/new", "h1"), whole=True),
    Scene("live-first", "Before the first words", before_the_first_words),
    Scene("live", "Question, notice, gaps", question_notice_gaps),
    Scene("live-pinned", "A question pinned", pinned),
    Scene("live-monologue", "A monologue", long_monologue),
    Scene("live-swapped", "Just swapped", swapped),
    Scene("live-transcript", "The transcript open", drawer_open),
    Scene("live-quotes", "A row's quotes open", quotes_open),
    Scene("live-not-listening", "Not listening", not_listening),
    Scene("live-reconnecting", "Reconnecting", reconnecting),
    *(Scene(f"review-{tab}", f"Review: {tab}", review(tab), whole=True) for tab in TABS),
    Scene("review-without-times", "Review without times", without_times),
    Scene("team", "The team's page", plain("/team", "h1"), whole=True),
    Scene("maturity", "The maturity map", plain("/team?view=maturity", ".maturity-says"), whole=True),
    Scene("settings", "Settings with a failing line", a_failing_line, whole=True),
    Scene("settings-playbook", "A change of the playbook, tried on a call", playbook_tried, whole=True),
)
