from __future__ import annotations

import contextlib
from collections.abc import AsyncIterator, Sequence
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import httpx
import pytest

from copilot.adapters.store import MemoryStore
from copilot.afterwards.scorekeeping import Scorekeeper
from copilot.commands.serve import Running
from copilot.domain.call import CallKind
from copilot.domain.items import Evidence
from copilot.domain.journal import Note, Subject
from copilot.domain.ops import AnyOp, FlagPitfall
from copilot.domain.scorecard_rubrics import ScorecardRubric
from copilot.domain.state import CallState, replay
from copilot.errors import StoreUnavailable
from tests.builders import noticing
from tests.integration.servers import SCORECARDS, over_http, panel, sender, server, words
from tests.integration.test_review_over_http import noted
from tests.unit.web.test_page_types import fields

pytestmark = pytest.mark.anyio

CARD = "/api/calls/call/scorecard"
OVER = f"{CARD}/overrides/few_outcomes"
ANSWER = {"verdict": "not_applicable", "reason": "They came for one thing alone.", "by": "Ana"}


@contextlib.asynccontextmanager
async def asking(running: Running) -> AsyncIterator[httpx.AsyncClient]:
    async with over_http(running) as http:
        yield http


def stacking(state: CallState, i: int) -> list[AnyOp]:
    """What `noted` notes, and a pitfall."""
    evidence = (Evidence(utterance=i, quote=state.utterances[i].text),)
    return [*noted(state, i), FlagPitfall(kind="stacked_questions", evidence=evidence)]


@contextlib.asynccontextmanager
async def over(folder: Path, store: MemoryStore | None = None) -> AsyncIterator[tuple[Running, httpx.AsyncClient]]:
    """A server with one discovery call that is over."""
    async with server(folder, analyst=noticing(stacking), store=store) as running, asking(running) as http:
        people = [{"name": "Dana Reyes", "role": "rep"}]
        async with sender(running, kind="discovery", participants=people) as call:
            await call.send(**words(1, "We want to halve our lead time of nine days by June.", role="customer"))
            await call.send(type="end")
            await call.next("ended")
        yield running, http


def answer_of(card: dict[str, Any], criterion: str = "few_outcomes") -> dict[str, Any]:
    (found,) = [a for section in card["sections"] for a in section["answers"] if a["criterion"] == criterion]
    return dict(found)


async def test_it_is_kept_when_the_call_is_over(tmp_path: Path) -> None:
    async with over(tmp_path) as (_, http):
        card = (await http.get(CARD)).json()

    (kept,) = card["kept"]
    assert (kept["rubric"], kept["engine"], kept["score"]) == ("scorecards/discovery/3", "embedded", card["score"])
    assert (card["engine"], card["changed"], card["history"], card["newer_rubric"]) == ("embedded", None, [], None)
    assert (answer_of(card)["automatic"], answer_of(card)["verdict"]) == ("partly", "partly")


async def test_whoever_answers_what_was_answered_meanwhile_is_told_first(tmp_path: Path) -> None:
    async with over(tmp_path) as (_, http):
        card = (await http.get(CARD)).json()
        seen, answers = card["last_answer"], [a for section in card["sections"] for a in section["answers"]]
        other = next(answer["criterion"] for answer in answers if answer["criterion"] != "few_outcomes")
        theirs = (await http.post(OVER, json={**ANSWER, "seen": seen})).json()
        mine = {"verdict": "met", "reason": "Two were named.", "by": "Ben"}
        stale = await http.post(OVER, json={**mine, "seen": seen})
        beside = await http.post(f"{CARD}/overrides/{other}", json={**mine, "seen": seen})
        kept = (await http.get(CARD)).json()
        again = await http.post(OVER, json={**mine, "seen": theirs["last_answer"]})
        withdrawn = await http.delete(OVER, params={"by": "Ana", "seen": theirs["last_answer"]})

    assert [answer.status_code for answer in (stale, beside, again, withdrawn)] == [409, 200, 200, 409]
    assert stale.json()["error"] == {
        "code": "moved_on",
        "message": "this was answered since it was shown, and yours is not written down yet; "
        "Ana answered “not applicable”: They came for one thing alone.; saved again, yours takes its place",
    }
    assert "Ben answered “met”: Two were named." in withdrawn.json()["error"]["message"]
    assert answer_of(kept)["override"]["by"] == "Ana"
    assert answer_of(again.json())["override"]["by"] == "Ben"


async def test_a_person_overrides_takes_back_and_overrides_again_and_the_history_keeps_it_all(tmp_path: Path) -> None:
    async with over(tmp_path) as (_, http):
        before = (await http.get(CARD)).json()
        given = (await http.post(OVER, json=ANSWER)).json()
        back = (await http.delete(OVER, params={"by": "Ben"})).json()
        again = (await http.post(OVER, json={**ANSWER, "verdict": "not_met", "by": "Ben"})).json()
        shown = (await http.get(CARD)).json()

    one = answer_of(given)
    assert (one["automatic"], one["verdict"], one["override"]["by"]) == ("partly", "not_applicable", "Ana")
    assert (one["answer"], one["share"]) == (answer_of(before)["answer"], answer_of(before)["share"])
    assert given["possible"] == before["possible"] - 1
    assert (answer_of(back)["override"], back["possible"]) == (None, before["possible"])
    assert shown == again
    told = [(entry["by"], entry["verdict"]) for entry in shown["history"]]
    assert told == [("Ana", "not_applicable"), ("Ben", None), ("Ben", "not_met")]
    assert len(shown["kept"]) == 1  # people's answers do not score it again


async def test_what_a_person_changes_afterwards_is_scored_again_and_the_difference_told(tmp_path: Path) -> None:
    async with over(tmp_path) as (running, http):
        async with panel(running) as watching:
            snapshot = await watching.next("snapshot")
            await watching.send(type="decide", item=snapshot["state"]["outcomes"][0]["id"], verdict="reject", ref="r")
            await watching.next("done")
        card = (await http.get(CARD)).json()

    assert len(card["kept"]) == 2
    changed = {change["criterion"]: (change["before"], change["after"]) for change in card["changed"]["answers"]}
    assert changed["few_outcomes"] == ("1 outcome", "No moment found")


async def test_whoever_asks_as_soon_as_a_change_is_shown_gets_the_scorecard_that_follows_from_it(
    tmp_path: Path,
) -> None:
    async with over(tmp_path) as (running, http), panel(running) as watching:
        snapshot = await watching.next("snapshot")
        await watching.send(type="decide", item=snapshot["state"]["outcomes"][0]["id"], verdict="reject", ref="r")
        await watching.next("event")
        card = (await http.get(CARD)).json()

    assert len(card["kept"]) == 2


async def test_a_pitfall_called_wrong_is_known_without_the_log(tmp_path: Path) -> None:
    store = MemoryStore()
    async with over(tmp_path, store) as (running, _):
        async with panel(running) as watching:
            pitfall = (await watching.next("snapshot"))["state"]["pitfalls"][0]
            await watching.send(type="pitfall", id=pitfall["id"], verdict="wrong", ref="r")
            await watching.next("done")
        keeping = (await keeper(store).of_all())["call"]

    assert keeping.counted is not None
    assert [(seen.kind, seen.wrong) for seen in keeping.counted.pitfalls] == [("stacked_questions", True)]
    assert keeping.counted.reps == ("Dana Reyes",)


def keeper(store: MemoryStore, **rubrics: ScorecardRubric) -> Scorekeeper:
    newer = {CallKind(kind): rubric for kind, rubric in rubrics.items()}
    return Scorekeeper(store, {**SCORECARDS, **newer}, lambda: datetime.now(UTC))


async def test_another_rubric_scores_a_call_again_only_when_it_is_asked_to(tmp_path: Path) -> None:
    store = MemoryStore()
    newer = SCORECARDS[CallKind.DISCOVERY].model_copy(update={"version": 4})
    async with over(tmp_path, store) as (_, http):
        state = replay(entry.event for entry in await store.read("call"))
        await keeper(store, discovery=newer).keep(state)
        assert len((await http.get(CARD)).json()["kept"]) == 1
        await keeper(store, discovery=newer).score_again(state)
        by_newer = (await http.get(CARD)).json()
        by_older = (await http.post(CARD)).json()

    assert [kept["rubric"] for kept in by_newer["kept"]] == ["scorecards/discovery/3", "scorecards/discovery/4"]
    assert by_newer["newer_rubric"] == "scorecards/discovery/3"  # this server's, which is another one
    assert by_newer["changed"]["answers"] == []
    assert (len(by_older["kept"]), by_older["newer_rubric"]) == (3, None)


async def test_calls_of_before_are_caught_up_with_at_the_start(tmp_path: Path) -> None:
    store = MemoryStore()
    async with over(tmp_path, store):
        pass
    forgetful = MemoryStore()
    for call_id in ("call",):
        await forgetful.append(call_id, await store.read(call_id), await store.record(call_id))
    assert await keeper(forgetful).of_all() == {}

    await keeper(forgetful).catch_up()
    first = await keeper(forgetful).of_all()
    await keeper(forgetful).catch_up()
    assert len(first["call"].cards) == 1
    assert await keeper(forgetful).of_all() == first


class Unwilling(MemoryStore):
    """A store that keeps calls and takes no notes."""

    async def write(self, subject: Subject, notes: Sequence[Note], at: datetime) -> None:
        raise StoreUnavailable("the disk is full")


async def test_a_call_ends_although_its_scorecard_cannot_be_kept(tmp_path: Path) -> None:
    store = Unwilling()
    async with over(tmp_path, store) as (_, http):
        card = (await http.get(CARD)).json()
        refused = await http.post(OVER, json=ANSWER)
        record = await store.record("call")

    assert record is not None
    assert (record.wrapped_up, card["kept"], card["rubric"]) == (True, [], "scorecards/discovery/3")
    assert refused.json()["error"]["code"] == "not_scored_yet"


@pytest.mark.parametrize(
    ("path", "body", "status", "says"),
    [
        (OVER, {**ANSWER, "verdict": "splendid"}, 422, "verdict"),
        (OVER, {**ANSWER, "reason": " \u0007 "}, 422, "reason"),
        (OVER, {**ANSWER, "by": ""}, 422, "by"),
        (OVER, {**ANSWER, "by": "x" * 201}, 422, "by"),
        (f"{CARD}/overrides/karma", ANSWER, 422, "no criterion 'karma'"),
        (f"{CARD}/overrides/one_question", {**ANSWER, "verdict": "partly"}, 422, "is not answered with 'partly'"),
        ("/api/calls/none/scorecard/overrides/karma", ANSWER, 404, "no call 'none'"),
    ],
)
async def test_what_is_no_answer_is_refused(
    tmp_path: Path, path: str, body: dict[str, str], status: int, says: str
) -> None:
    async with over(tmp_path) as (_, http):
        refused = await http.post(path, json=body)
        nothing = await http.delete(OVER, params={"by": "Ana"})
        card = (await http.get(CARD)).json()

    assert (refused.status_code, says in refused.json()["error"]["message"]) == (status, True)
    assert (nothing.status_code, card["history"]) == (422, [])


async def test_a_call_that_goes_on_cannot_be_answered_yet(tmp_path: Path) -> None:
    async with server(tmp_path) as running, sender(running, kind="discovery"), asking(running) as http:
        answers = [await http.post(OVER, json=ANSWER), await http.post(CARD)]

    assert [(a.status_code, a.json()["error"]["code"]) for a in answers] == [(409, "not_scored_yet")] * 2


async def test_the_pages_are_checked_against_what_is_sent(tmp_path: Path) -> None:
    async with over(tmp_path) as (running, http):
        async with panel(running) as watching:
            snapshot = await watching.next("snapshot")
            await watching.send(type="decide", item=snapshot["state"]["outcomes"][0]["id"], verdict="reject", ref="r")
            await watching.next("done")
        card = (await http.post(OVER, json=ANSWER)).json()

    assert fields("ScorecardView") == set(card)
    assert fields("SectionView") == set(card["sections"][0])
    assert fields("AnswerView") == set(card["sections"][0]["answers"][0])
    assert fields("KeptScorecard") == set(card["kept"][0])
    assert fields("GivenAnswer") == set(card["history"][0])
    assert fields("ChangedAnswer") == set(card["changed"]["answers"][0])
