"""What the pages weigh, how soon they show something, and how they keep up with a call that never pauses."""

from __future__ import annotations

import itertools
import json
from collections.abc import Iterator
from datetime import UTC, datetime
from typing import Any, NamedTuple

import pytest
from playwright.sync_api import Browser, CDPSession, Page, sync_playwright

from copilot.adapters.encoder.encoder import Encoder
from copilot.analysis.embedded import Embedded
from copilot.analysis.hearing import analyse
from copilot.domain.call import CallInfo, CallKind, Saying
from copilot.domain.events import Logged
from copilot.domain.snapshot import snapshot
from copilot.domain.state import CallState
from copilot.settings import Settings
from copilot.web.encoding import event_view
from copilot.wiring.playbooks import load_playbook
from scripts.browsers import NO_CHROMIUM, chromium_program
from tests.acceptance.programs import Serving, serving
from tests.benchmarks.machine import machine, percentile
from tests.browser.senders import CALL, sending
from tests.browser.visitors import PANEL, WIDE, Visitor, loaded

pytestmark = pytest.mark.bench

EVENTS_A_SECOND = 200
ROUNDS = 12  # of the demo call: an hour and more, 1,092 utterances
LONG_TASK_MS = 50
VISITS = 7
WHILE_OPENED = 1500
FAR_MS = 40  # a server elsewhere, over a fair line
TASKS = {"RunTask", "ThreadControllerImpl::RunTask"}
USEFUL = {"/": ".call", "/calls/over": ".review [role=tabpanel]", "/settings": ".finding"}
"""What somebody came for, by page."""

RECEIVE = f"async (message) => (await {loaded('messages.js')}).receive(message)"
COUNT = f"{loaded('store.js')}.then(({{ state }}) => state.value.utterances.length)"
FEED = f"""async ([pauseMs, first]) => {{
    const {{ receive }} = await {loaded("messages.js")};
    const began = performance.now();
    for (const [n, event] of come.entries()) {{
        const due = began + n * pauseMs;
        // A task of its own for each, as a socket has it.
        await new Promise((next) => setTimeout(next, Math.max(0, due - performance.now())));
        receive({{ type: "event", seq: first + n + 1, event }});
    }}
    await new Promise((next) => requestAnimationFrame(() => setTimeout(next, 0)));
    return (performance.now() - began) / 1000;
}}"""


@pytest.fixture(scope="module")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Serving]:
    with serving(tmp_path_factory.mktemp("pages") / "data") as running:
        yield running


@pytest.fixture(scope="module")
def chromium() -> Iterator[Browser]:
    program = chromium_program()
    if program is None:
        pytest.skip(NO_CHROMIUM)
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=program, args=["--no-sandbox", "--disable-gpu"])
        yield browser
        browser.close()


@pytest.fixture(scope="module")
def long_call() -> tuple[dict[str, Any], list[dict[str, Any]]]:
    """The state before the first words of a long call, and its events as panels get them."""
    playbook = load_playbook(Settings())
    info = CallInfo(id="long", title="A long call", kind=CALL.kind or CallKind.OTHER, participants=CALL.participants)
    events = analyse(info, said(), Embedded(playbook, Encoder()), playbook=playbook.version, ended=False).events
    at = datetime(2026, 5, 14, tzinfo=UTC)
    stages = [stage.id for stage in playbook.stages]
    views = [event_view(Logged(seq=n, at=at, event=event)) for n, event in enumerate(events, 1)]
    return snapshot(CallState(), stages), views


def said() -> Iterator[Saying]:
    """The demo call again and again, one round after the other."""
    length_s = max(u.end_s or 0 for u in CALL.utterances) + 1
    for again, utterance in itertools.product(range(ROUNDS), CALL.utterances):
        shifted = {name: (getattr(utterance, name) or 0) + again * length_s for name in ("start_s", "end_s")}
        yield Saying(**{**utterance.model_dump(exclude={"i"}), **shifted, "id": f"{again}-{utterance.id}"})


def held(page: Page, cdp: CDPSession) -> str:
    """What the page still holds once garbage is collected."""
    cdp.send("HeapProfiler.collectGarbage")
    mib = cdp.send("Runtime.getHeapUsage")["usedSize"] / 2**20
    counters = cdp.send("Memory.getDOMCounters")
    return (
        f"after {page.evaluate(COUNT):,} utterances {mib:.1f} MiB of heap, {counters['nodes']:,} nodes, "
        f"{counters['jsEventListeners']:,} listeners"
    )


def tasks_ms(trace: bytes, path: str) -> list[float]:
    """What each task of a page's main thread took of a processor, in ms: other work on the machine does not count."""
    events: list[dict[str, Any]] = json.loads(trace)["traceEvents"]
    started = next(e for e in events if e["name"] == "TracingStartedInBrowser")
    ours = {frame["processId"] for frame in started["args"]["data"]["frames"] if path in frame.get("url", "")}
    mains = {
        (e["pid"], e["tid"]) for e in events if e["name"] == "thread_name" and e["args"]["name"] == "CrRendererMain"
    }
    tasks = (e for e in events if e["name"] in TASKS and e["pid"] in ours and (e["pid"], e["tid"]) in mains)
    return [e.get("tdur", 0) / 1000 for e in tasks]


@pytest.mark.timeout(600)
@pytest.mark.parametrize("size", [PANEL, WIDE])
def test_how_a_panel_keeps_up(
    server: Serving,
    chromium: Browser,
    long_call: tuple[dict[str, Any], list[dict[str, Any]]],
    size: tuple[int, int],
) -> None:
    before, events = long_call
    with sending(server, f"busy-{size[0]}"):
        page = Visitor(chromium, server.link).opens(f"/calls/busy-{size[0]}", size=size)
        page.wait_for_selector(".status-line.listening")
        cdp = page.context.new_cdp_session(page)
        page.evaluate(RECEIVE, {"type": "snapshot", "seq": 0, "state": before})
        weighed = [held(page, cdp)]
        tasks: list[float] = []
        took_s = 0.0
        ends = [0, *(len(events) * quarters // 4 for quarters in (1, 2, 4))]
        for first, end in itertools.pairwise(ends):
            page.evaluate("come => { window.come = come; }", events[first:end])
            chromium.start_tracing(page=page, categories=["toplevel", "disabled-by-default-devtools.timeline"])
            took_s += page.evaluate(FEED, [1000 / EVENTS_A_SECOND, first])
            tasks += tasks_ms(chromium.stop_tracing(), f"/calls/busy-{size[0]}")
            page.evaluate("window.come = null")
            weighed.append(held(page, cdp))
        utterances = page.evaluate(COUNT)
        long = [task for task in tasks if task > LONG_TASK_MS]
        print(
            f"\n{len(events):,} events, {utterances:,} utterances, at {len(events) / took_s:.0f} a second, "
            f"{size[0]} px wide: {len(long)} of {len(tasks):,} tasks over {LONG_TASK_MS} ms of a processor, the "
            f"longest {max(tasks):.0f} ms, p99 {percentile(tasks, 0.99):.1f} ms; {'; '.join(weighed)} · {machine()}"
        )
        assert utterances == ROUNDS * len(CALL.utterances)
        page.context.close()


def test_a_panel_while_another_is_opened(
    server: Serving, chromium: Browser, long_call: tuple[dict[str, Any], list[dict[str, Any]]]
) -> None:
    """In the same browser, on the same call, three times, with events coming in all the while."""
    before, events = long_call
    with sending(server, "beside"):
        page = Visitor(chromium, server.link).opens("/calls/beside", size=WIDE)
        page.wait_for_selector(".status-line.listening")
        page.evaluate(RECEIVE, {"type": "snapshot", "seq": 0, "state": before})
        page.evaluate("come => { window.come = come; }", events[:WHILE_OPENED])
        chromium.start_tracing(page=page, categories=["toplevel", "disabled-by-default-devtools.timeline"])
        page.evaluate(f"pauseMs => {{ window.fed = ({FEED})([pauseMs, 0]); }}", 1000 / EVENTS_A_SECOND)
        for _ in range(3):
            another = page.context.new_page()
            another.goto(f"{server.address}/calls/beside")
            another.wait_for_selector(".status-line.listening")
        took_s = page.evaluate("window.fed")
        tasks = tasks_ms(chromium.stop_tracing(), "/calls/beside")
        long = [task for task in tasks if task > LONG_TASK_MS]
        print(
            f"\na panel with {WHILE_OPENED:,} events in {took_s:.0f} s, three more opened beside it: {len(long)} of "
            f"{len(tasks):,} tasks over {LONG_TASK_MS} ms of a processor, the longest {max(tasks):.0f} ms · {machine()}"
        )
        page.context.close()


@pytest.mark.parametrize("latency_ms", [0, FAR_MS])
@pytest.mark.parametrize("path", ["/", "/calls/over", "/settings"])
def test_what_a_page_weighs_and_how_soon_it_shows_something(
    server: Serving, chromium: Browser, path: str, latency_ms: int
) -> None:
    with sending(server, "over") as sender:
        sender.says_up_to(len(CALL.utterances))
        sender.ends()
    cold, warm = [], []
    for _ in range(VISITS):
        page = Visitor(chromium, server.link).opens("/docs")  # signs in
        cdp = page.context.new_cdp_session(page)
        cdp.send("Network.enable")
        far = {"offline": False, "latency": latency_ms, "downloadThroughput": -1, "uploadThroughput": -1}
        cdp.send("Network.emulateNetworkConditions", far)
        cold.append(visit(page, cdp, f"{server.address}{path}", USEFUL[path]))
        page.goto("about:blank")
        warm.append(visit(page, cdp, f"{server.address}{path}", USEFUL[path]))
        page.context.close()
    print(f"\n{path}, {latency_ms} ms away: {told(cold)}; coming again {told(warm)} · median of {VISITS} · {machine()}")
    assert min(visited.weight for visited in cold) > 0


class Visited(NamedTuple):
    """What came over the wire, in bytes, and when something was painted and what was wanted was there, in ms."""

    files: int
    weight: float
    painted: float
    useful: float


def visit(page: Page, cdp: CDPSession, address: str, useful: str) -> Visited:
    came: list[float] = []

    def take(finished: dict[str, Any]) -> None:
        if finished["encodedDataLength"]:
            came.append(finished["encodedDataLength"])

    cdp.on("Network.loadingFinished", take)
    page.goto(address)
    page.wait_for_selector(useful)
    shown = float(page.evaluate("performance.now()"))
    paint = "performance.getEntriesByName('first-contentful-paint')[0]?.startTime ?? null"
    page.wait_for_function(paint)
    cdp.remove_listener("Network.loadingFinished", take)
    return Visited(len(came), sum(came), float(page.evaluate(paint)), shown)


def told(visits: list[Visited]) -> str:
    files, weight, painted, useful = (
        percentile([float(of) for of in all_of], 0.5) for all_of in zip(*visits, strict=True)
    )
    return (
        f"{files:.0f} files, {weight / 1024:.0f} KiB, first paint after {painted:.0f} ms, useful after {useful:.0f} ms"
    )
