"""The list of calls: what is found and shown of many, several files at one drop, and what is known already."""

from __future__ import annotations

import asyncio
import json
import re
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Locator, Page, Route, expect

from copilot.adapters.store import open_store
from copilot.domain.call import CallInfo
from copilot.importers.contents import content_of
from copilot.importers.detect import read_transcripts
from copilot.live.calls import Calls, Limits
from copilot.live.sending import send
from tests.acceptance.programs import Serving, serving
from tests.browser.accessibility import findings
from tests.browser.test_calls_and_review import chooses, is_upload
from tests.browser.visitors import PANEL, WIDE, Panel, Visitor
from tests.builders import PLAYBOOK, ScriptedAnalyst
from tests.integration.stored import sqlite_in

pytestmark = pytest.mark.browser

MANY = 53


async def taken_in(data: Path) -> None:
    """Weekly calls of two accounts, each on a day of its own, in a folder that no server has yet."""
    async with open_store(sqlite_in(data)) as store:
        calls = Calls(store, ScriptedAnalyst(), PLAYBOOK, Limits())
        for n in range(MANY):
            (transcript,) = read_transcripts(weekly(n), name="weekly.txt")
            info = CallInfo(
                id=f"weekly-{n}",
                title=f"weekly {n}",
                account="Larkfield" if n % 10 == 0 else "Acme",
                held_on=date(2025 - n // 12, 12 - n % 12, 3),
            )
            call = await calls.begin(info, content=content_of(transcript))
            await send(call, transcript, speed=0)


@pytest.fixture(scope="module")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Serving]:
    data = tmp_path_factory.mktemp("browser") / "data"
    data.mkdir(mode=0o700)
    with ThreadPoolExecutor() as threads:  # Playwright keeps this thread's event loop
        threads.submit(asyncio.run, taken_in(data)).result()
    with serving(data) as running:
        yield running


def weekly(n: int) -> bytes:
    return f"Dana Reyes: Hello.\n{'Ottoline' if n == 52 else 'Luis'}: It takes us {n} weeks.\n".encode()


def drops(page: Page, **files: bytes) -> None:
    page.locator(".call").first.wait_for()
    page.evaluate(
        """files => {
            const dropped = new DataTransfer();
            for (const [name, text] of files) dropped.items.add(new File([text], name));
            document.dispatchEvent(new DragEvent("drop", { dataTransfer: dropped, cancelable: true }));
        }""",
        [[name, content.decode()] for name, content in files.items()],
    )


def goes_up(page: Page) -> None:
    page.get_by_role("form", name="Files to upload").get_by_role("button", name=re.compile("^Upload ")).click()


def row(page: Page, name: str) -> Locator:
    return page.locator(".upload-row", has_text=name)


class TestFinding:
    @pytest.mark.parametrize("size", [PANEL, WIDE])
    def test_more_of_them_are_shown_when_they_are_asked_for(self, visitor: Visitor, size: tuple[int, int]) -> None:
        page = visitor.opens("/", size=size)
        expect(page.locator(".call")).to_have_count(50)
        expect(page.locator(".call").first).to_contain_text("3 Dec 2025")
        expect(page.locator(".list-foot")).to_contain_text(re.compile(r"50 of \d\d"))
        page.get_by_role("button", name="Show more").press("Enter")
        expect(page.get_by_role("link", name="weekly 52")).to_be_visible()
        expect(page).to_have_url(re.compile(r"\?show=100$"))
        page.reload()
        expect(page.get_by_role("link", name="weekly 52")).to_be_visible()
        assert Panel(page).is_as_wide_as_its_window()

    @pytest.mark.chromium
    def test_a_call_is_found_by_its_account_and_its_people_and_the_address_keeps_it(self, visitor: Visitor) -> None:
        page = visitor.opens("/", size=PANEL)
        search = page.get_by_role("searchbox", name="Search calls")
        search.fill("larkfield")
        expect(page.locator(".call")).to_have_count(6)
        search.fill("OTTOLINE acme")
        expect(page.locator(".call")).to_have_count(1)
        expect(page.locator(".call")).to_contain_text("weekly 52")
        expect(page).to_have_url(re.compile(r"\?q=OTTOLINE\+acme$"))
        assert findings(page) == []
        page.locator(".call .call-link").click()
        expect(page.get_by_role("heading", level=1)).to_have_text("weekly 52")
        page.go_back()
        expect(page.get_by_role("searchbox", name="Search calls")).to_have_value("OTTOLINE acme")
        expect(page.locator(".call")).to_have_count(1)

    def test_what_nothing_is_found_for_is_said_with_the_way_back(self, visitor: Visitor) -> None:
        page = visitor.opens("/?q=nobody+here", size=WIDE)
        expect(page.get_by_text("No call has “nobody here” in its title, its account or its people.")).to_be_visible()
        page.get_by_role("button", name="All calls").click()
        expect(page.locator(".call")).to_have_count(50)
        expect(page.get_by_role("searchbox", name="Search calls")).to_have_value("")


class TestSeveralFiles:
    @pytest.mark.parametrize("size", [PANEL, WIDE])
    def test_each_has_a_row_that_says_what_became_of_it(self, visitor: Visitor, size: tuple[int, int]) -> None:
        visitor.expects_trouble("422|409")
        page = visitor.opens("/", size=size)
        n = 3 if size == PANEL else 4
        new, known = f"a new one {n}.txt", f"weekly {n}.txt"
        drops(page, **{new: b"Dana: We met %d times.\nLuis: Yes.\n" % n, known: weekly(n), "a.png": b"\0"})
        goes_up(page)

        expect(page.get_by_role("region", name="Uploads").get_by_role("status")).to_contain_text(
            "1 of 3 files done, 1 known already, 1 refused."
        )
        expect(row(page, new)).to_contain_text("Done")
        expect(row(page, known)).to_contain_text("Known already")
        expect(row(page, known)).to_contain_text(f"weekly {n}, 3 ")
        expect(row(page, "a.png")).to_contain_text("Refused")
        expect(row(page, "a.png").locator(".problem")).not_to_be_empty()
        expect(page.locator(".call", has_text=new.removesuffix(".txt"))).to_have_count(1)
        assert findings(page) == []
        assert Panel(page).is_as_wide_as_its_window()
        page.get_by_role("button", name=f"Upload {known} again").click()
        expect(row(page, known)).to_contain_text("Done")
        page.get_by_role("link", name=f"Details of {new}").click()
        expect(page.get_by_role("dialog", name="Details of the call").get_by_label("Kind")).to_have_value("other")
        expect(page.get_by_label("Day it took place")).not_to_have_value("")
        expect(page.get_by_text("Who is on your side?")).to_be_visible()
        expect(page.get_by_role("heading", level=1)).to_have_text(new.removesuffix(".txt"))

    def test_those_that_were_all_known_are_not_called_undone(self, visitor: Visitor) -> None:
        visitor.expects_trouble("409")
        page = visitor.opens("/", size=PANEL)
        drops(page, **{"weekly 8.txt": weekly(8), "weekly 9.txt": weekly(9)})
        goes_up(page)
        expect(page.get_by_role("region", name="Uploads").get_by_role("status")).to_have_text(
            "2 files: 2 known already."
        )

    def test_one_goes_after_the_other_and_those_that_wait_can_be_stopped(self, visitor: Visitor) -> None:
        page = visitor.opens("/", size=WIDE)
        held: list[Route] = []
        page.route("**/api/calls", lambda route: held.append(route) if is_upload(route) else route.continue_())
        drops(page, **{"first.txt": b"Dana: The first of two.\n", "second.txt": b"Dana: The second of two.\n"})
        goes_up(page)
        expect(row(page, "first.txt").get_by_role("progressbar")).to_be_visible()
        expect(row(page, "second.txt")).to_contain_text("Waiting")
        assert len(held) == 1
        page.get_by_role("button", name="Stop").click()
        expect(row(page, "first.txt")).to_contain_text("Not sent")
        expect(row(page, "second.txt")).to_contain_text("Not sent")
        page.unroute("**/api/calls")
        page.get_by_role("button", name="Send second.txt").click()
        expect(row(page, "second.txt")).to_contain_text("Done")

    @pytest.mark.parametrize("size", [PANEL, WIDE])
    def test_what_holds_for_all_of_them_is_asked_once(
        self, server: Serving, visitor: Visitor, size: tuple[int, int]
    ) -> None:
        page = visitor.opens("/", size=size)
        one, other, unnamed = (f"{name} {size[0]}.txt" for name in ("march", "april", "may"))
        drops(
            page,
            **{
                one: b"Ines Falk: We met in March, %d of us.\nTomas Rey: Yes.\n" % size[0],
                other: b"Ines Falk: And in April, %d of us.\nPia Lund: So we did.\n" % size[0],
                unnamed: b"Pia Lund: In May we were %d.\nTomas Rey: And in June.\n" % size[0],
            },
        )
        form = page.get_by_role("form", name="Files to upload")
        expect(form.locator(".speakers-found .check").first).to_contain_text("Ines Falk in 2 files: We met in March")
        expect(form.get_by_role("button", name="Upload 3 files")).to_be_focused()
        assert findings(page) == []
        assert Panel(page).is_as_wide_as_its_window()
        form.get_by_label("Kind").select_option("discovery")
        form.get_by_label("Account").fill("Larkfield Mills")
        form.get_by_label("Ines Falk").check()
        goes_up(page)
        expect(page.get_by_role("region", name="Uploads").get_by_role("status")).to_contain_text("3 of 3 files done.")
        for name, sides in ((one, ["rep", "customer"]), (other, ["rep", "customer"]), (unnamed, ["unknown"] * 2)):
            call = self.uploaded(server, page, name)
            assert (call["call"]["kind"], call["call"]["account"]) == ("discovery", "Larkfield Mills")
            assert [said["role"] for said in call["utterances"]] == sides

    def test_what_a_file_says_of_its_own_sides_stands_until_somebody_decides(
        self, server: Serving, visitor: Visitor
    ) -> None:
        page = visitor.opens("/", size=WIDE)
        theirs, ours = (self.with_sides(rep) for rep in ("Ines Falk", "Tomas Rey"))
        drops(page, **{"theirs.json": theirs, "ours.json": ours})
        form = page.get_by_role("form", name="Files to upload")
        for name in ("Ines Falk", "Tomas Rey"):
            expect(form.get_by_role("checkbox", name=re.compile(f"^{name} "))).to_be_checked()
        goes_up(page)
        expect(page.get_by_role("region", name="Uploads").get_by_role("status")).to_contain_text("2 of 2 files done.")
        for name, sides in (("theirs.json", ["rep", "customer"]), ("ours.json", ["customer", "rep"])):
            assert [said["role"] for said in self.uploaded(server, page, name)["utterances"]] == sides

    def test_what_was_chosen_alone_is_asked_about_with_what_comes_after_it(self, visitor: Visitor) -> None:
        page = visitor.opens("/", size=WIDE)
        drops(page, **{"alone.txt": b"Dana: Alone at first.\n"})
        expect(page.get_by_role("form", name="Upload")).to_be_visible()
        drops(page, **{"two.txt": b"Dana: The second.\n", "three.txt": b"Dana: The third.\n"})
        expect(page.get_by_role("form", name="Files to upload")).to_contain_text(
            "3 files alone.txt, two.txt, three.txt"
        )

    def test_more_files_leave_the_one_on_its_way_alone(self, visitor: Visitor) -> None:
        page = visitor.opens("/", size=WIDE)
        held: list[Route] = []
        page.route("**/api/calls", lambda route: held.append(route) if is_upload(route) else route.continue_())
        drops(page, **{"under way.txt": b"Dana: Under way.\n", "next.txt": b"Dana: The next.\n"})
        goes_up(page)
        expect(row(page, "under way.txt")).to_contain_text("Reading")
        drops(page, **{"later.txt": b"Dana: Later.\n"})
        expect(page.get_by_role("form", name="Files to upload")).to_contain_text("1 file later.txt")
        expect(row(page, "under way.txt")).to_contain_text("Reading")
        held[0].continue_()
        expect(row(page, "under way.txt")).to_contain_text("Done")

    def with_sides(self, rep: str) -> bytes:
        """A call of two, of whom the file says which one sells."""
        names = ("Ines Falk", "Tomas Rey")
        roles = {name: "rep" if name == rep else "customer" for name in names}
        said = [
            {"i": n, "speaker": name, "role": roles[name], "text": f"I am {name}, not {rep}."}
            for n, name in enumerate(names)
        ]
        people = [{"name": name, "role": role} for name, role in roles.items()]
        call = {"id": rep, "kind": "other", "title": rep}
        return json.dumps({"call": call, "participants": people, "utterances": said}).encode()

    def uploaded(self, server: Serving, page: Page, name: str) -> dict[str, Any]:
        address = page.get_by_role("link", name=f"Open {name}").get_attribute("href") or ""
        state: dict[str, Any] = server.asks("GET", f"/api{address}")["state"]
        return state

    def test_they_can_be_left_before_they_go_up(self, visitor: Visitor) -> None:
        page = visitor.opens("/", size=PANEL)
        drops(page, **{"one.txt": b"Dana: Never sent.\n", "two.txt": b"Dana: Nor this.\n"})
        page.get_by_role("form", name="Files to upload").get_by_role("button", name="Cancel").click()
        expect(page.get_by_role("form", name="Files to upload")).to_have_count(0)
        expect(page.get_by_role("region", name="Uploads")).to_have_count(0)


class TestKnownAlready:
    def test_one_is_opened_or_uploaded_again(self, server: Serving, visitor: Visitor) -> None:
        visitor.expects_trouble("409")
        page = visitor.opens("/", size=PANEL)
        for again in (False, True):
            chooses(page, "another name.txt", weekly(7))
            page.get_by_role("button", name="Analyse").click()
            form = page.get_by_role("form", name="Upload")
            expect(form.get_by_role("alert")).to_have_text("This is known already: weekly 7, 3 May 2025.")
            expect(form.get_by_role("link", name="Open it")).to_be_focused()
            assert findings(page) == []
            if again:
                form.get_by_role("button", name="Upload it again").click()
                page.wait_for_url("**/calls/another-name-*")
            else:
                form.get_by_role("link", name="Open it").press("Enter")
                expect(page.get_by_role("heading", level=1)).to_have_text("weekly 7")
                page.goto(server.link)
