"""What is looked at, each in a name and in what leads to it."""

from __future__ import annotations

import json
import re
from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from urllib.parse import quote

from playwright.async_api import FilePayload, WebSocketRoute

from scripts.gallery.filled import ACCOUNT, Before, a_team, an_account, an_assessment
from scripts.gallery.stage import Stage, as_said, monologue, silence

WITH_A_NOTICE = 10
OPENED_AT = 34
FULL_MAP = 44
ACCOUNT_PAGE = f"/accounts/{quote(ACCOUNT.name)}?demo=true"
TABS = ("email", "map", "steps", "scorecard", "story", "pitfalls", "questions", "talk", "transcript")
REVIEW = ".review [role=tabpanel]"

Act = Callable[[Stage], Awaitable[None]]


@dataclass(frozen=True, slots=True)
class Scene:
    """`whole`: the picture has all of the page, not only what is in the window.

    `before` fills the server. `hears`: it has a speech model. `alone`: a picture would show the calls of the others,
    so each is taken on a server of its own.
    """

    name: str
    words: str
    act: Act
    whole: bool = False
    before: Before | None = None
    hears: bool = False
    alone: bool = False


async def list_of_calls(stage: Stage) -> None:
    await stage.over()
    await stage.begins(FULL_MAP)
    await stage.opens("/", ".call")


async def several_files(stage: Stage) -> None:
    """Three transcripts that were chosen at once, before they go up."""
    await stage.opens("/", ".first-run, .call")
    async with stage.page.expect_file_chooser() as choosing:
        await stage.page.get_by_role("button", name="Upload", exact=True).click()
    await (await choosing.value).set_files([a_transcript(month) for month in ("March", "April", "May")])
    await stage.page.get_by_text("everyone else is the customer’s").wait_for()


def a_transcript(month: str) -> FilePayload:
    text = f"Ines Falk: How did {month} go?\nTomas Rey: Slowly. Closing the till took us an hour a day.\n"
    return FilePayload(name=f"{month}.txt", mimeType="text/plain", buffer=text.encode())


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
    await stage.page.wait_for_selector(".map .quotes")


async def not_listening(stage: Stage) -> None:
    call = await stage.begins(FULL_MAP)
    await stage.opens_call(call)
    call.take_over(None)
    await stage.page.wait_for_selector(".status-line.off")


async def adding(stage: Stage) -> None:
    await in_the_middle(stage)
    await stage.page.keyboard.press("i")
    form = stage.page.locator(".add-form")
    await form.get_by_role("searchbox").fill("weeks")
    await form.locator(".where-place").first.click()
    await form.get_by_role("blockquote").wait_for()


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
        await stage.opens_call(await stage.over(), REVIEW)
        if await stage.page.locator(f"#tab-{tab}").count():
            await stage.page.locator(f"#tab-{tab}").click()

    return act


async def without_times(stage: Stage) -> None:
    bare = [u.model_copy(update={"start_s": None, "end_s": None}) for u in stage.demo.utterances]
    call = await stage.over(stage.demo.model_copy(update={"utterances": tuple(bare)}))
    await stage.opens_call(call, REVIEW)


async def wrapping_up(stage: Stage) -> None:
    """The call has ended, and that everything is there does not come through."""

    async def without_the_last(socket: WebSocketRoute) -> None:
        def pass_on(message: str | bytes) -> None:
            if json.loads(message).get("event", {}).get("type") != "wrapped_up":
                socket.send(message)

        socket.connect_to_server().on_message(pass_on)

    call = await stage.begins(len(stage.demo.utterances))
    await stage.page.route_web_socket("**/panel*", without_the_last)
    await stage.opens_call(call)
    await stage.server.services.calls.end(call, "sender")
    await stage.page.wait_for_selector(REVIEW)


async def without_sound(stage: Stage) -> None:
    """A line at its end says why."""
    await review("map")(stage)
    await stage.page.locator(".no-sound").scroll_into_view_if_needed()


async def with_sound(stage: Stage) -> None:
    """Its bar stands at the window's edge; the sound itself is silence."""
    kept = {"state": "kept", "until": "2026-12-31", "message": ""}
    await stage.page.route("**/sound/about", lambda route: route.fulfill(json=kept))
    sound = silence(stage.demo.utterances[-1].end_s or 0)
    await stage.page.route("**/sound", lambda route: route.fulfill(body=sound, content_type="audio/wav"))
    await review("map")(stage)
    await stage.page.wait_for_selector(".player")


async def one_meter_still(stage: Stage) -> None:
    """The microphone hears somebody; nothing is shared yet."""
    await stage.page.context.grant_permissions(["microphone"])
    await stage.opens("/new", ".this-computer")
    await stage.page.get_by_role("button", name="Allow the microphone").click()
    await stage.page.get_by_text("✓ Heard").wait_for()


async def an_account_with_gaps(stage: Stage) -> None:
    """One call, whose promises lack most of what they need."""
    await stage.over()
    await stage.opens(f"/accounts/{quote(str(stage.demo.account))}", ".promise")


async def a_promise_open(stage: Stage) -> None:
    await stage.opens(ACCOUNT_PAGE, ".promise")
    await stage.page.get_by_role("button", name=re.compile("^Open: ")).first.click()
    await stage.page.wait_for_selector(".readings-chart svg")


async def sheet_open(stage: Stage) -> None:
    await stage.opens("/team", ".team-agreement")
    await stage.page.locator(".heat-line, .heat-table button").first.click()
    await stage.page.wait_for_selector(".sheet-calls > li")


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
    await field.fill(re.sub(r"\{features: \d+, likely: [\d.]+\}", "{features: 30}", text, count=1))
    await page.get_by_role("button", name="See what would differ").click()
    await page.wait_for_selector(".differences")


async def a_failing_line(stage: Stage) -> None:
    await stage.opens("/settings", ".finding")
    await stage.page.get_by_role("button", name="Try it").click()
    await stage.page.wait_for_selector(".finding.broken")


SCENES = (
    Scene("first-run", "Without calls", plain("/", ".first-run"), whole=True),
    Scene("list", "The list of calls", list_of_calls, alone=True),
    Scene("list-several", "Several files, before they go up", several_files),
    Scene("new-call", "Starting a call", plain("/new", "h1"), whole=True),
    Scene("new-one-meter", "Starting a call, one meter still", one_meter_still, whole=True, hears=True),
    Scene("live-first", "Before the first words", before_the_first_words),
    Scene("live", "Question, notice, gaps", question_notice_gaps),
    Scene("live-pinned", "A question pinned", pinned),
    Scene("live-monologue", "A monologue", long_monologue),
    Scene("live-swapped", "Just swapped", swapped),
    Scene("live-transcript", "The transcript open", drawer_open),
    Scene("live-quotes", "A row's quotes open", quotes_open),
    Scene("live-adding", "Adding what was missed", adding),
    Scene("live-not-listening", "Not listening", not_listening),
    Scene("live-reconnecting", "Reconnecting", reconnecting),
    *(Scene(f"review-{tab}", f"Review: {tab}", review(tab), whole=True) for tab in TABS),
    Scene("review-without-times", "Review without times", without_times),
    Scene("review-without-sound", "Review of a call without sound", without_sound),
    Scene("review-with-sound", "Review with the player", with_sound),
    Scene("review-wrapping-up", "Review, wrapping up", wrapping_up),
    Scene("team-empty", "The team's page without calls", plain("/team", "h1"), whole=True),
    Scene("team-few", "A team with 3 calls", plain("/team", ".team-agreement"), whole=True, before=a_team(3)),
    Scene("team", "A team with 60 calls", plain("/team", ".team-agreement"), whole=True, before=a_team(60)),
    Scene("team-sheet", "The calls behind a cell", sheet_open, before=a_team(60)),
    Scene("maturity", "Maturity", plain("/team?view=maturity", ".maturity-says"), whole=True, before=an_assessment),
    Scene("accounts", "Accounts", plain("/accounts?demo=true", "h1"), before=an_account),
    Scene("account-gaps", "An account with gaps", an_account_with_gaps, whole=True, alone=True),
    Scene("account", "An account, full", plain(ACCOUNT_PAGE, ".promise"), whole=True, before=an_account),
    Scene("account-promise", "A promise with its readings", a_promise_open, before=an_account),
    Scene("maturity-empty", "Maturity, not assessed", plain("/team?view=maturity", ".maturity-says"), whole=True),
    Scene("settings", "Settings with a failing line", a_failing_line, whole=True),
    Scene("settings-playbook", "A change of the playbook, tried on a call", playbook_tried, whole=True, alone=True),
)
