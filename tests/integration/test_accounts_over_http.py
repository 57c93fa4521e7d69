from __future__ import annotations

from pathlib import Path
from typing import Any
from urllib.parse import quote

import pytest

from tests.builders import noticing
from tests.integration.accounts import PAID, PROMISE, READING, SAID, an_account, noted, problem, wrote
from tests.integration.servers import over_http, sender, server, words

pytestmark = pytest.mark.anyio

OWNER = {"type": "amended", "promise": PROMISE, "field": "owner", "by": "Mira"}
SUM = {
    "type": "assumption",
    "calculation": "hours",
    "formula": "time_savings",
    "input": "hourly_rate",
    "period": {"start": "2026-01-01", "end": "2026-03-31"},
    "by": "Mira",
}

UNFIT_READINGS: list[tuple[dict[str, Any], str]] = [
    ({"figure": "a lot better"}, "“a lot better” holds no figure; write one such as 18 hours"),
    ({"figure": ""}, "figure: "),
    ({"figure": "12 tickets"}, "“12 tickets” cannot be set beside the “48 hours” of “time to answer”"),
    ({"on": "2099-01-01"}, "2099-01-01 is still to come"),
    ({"on": "0202-01-01"}, "on: 0202-01-01 is not within 1990 to 2100"),
    ({"on": "yesterday"}, "on: Input should be a valid date"),
    ({"promise": "call:M9"}, "Larkfield has no promise call:M9"),
    ({"promise": "call:O1"}, "“answer within a day” is no metric, and only a metric has readings"),
    ({"type": "praise"}, "type: Input tag 'praise'"),
    ({"mood": "good"}, "mood: Extra inputs are not permitted"),
    (
        {"source": {"how": "heard", "said": {"call": "call", "utterance": 0, "quote": "It takes us 12 hours"}}},
        "utterance 1 of call does not say “It takes us 12 hours”",
    ),
    (
        {"source": {"how": "heard", "said": {"call": "other", "utterance": 0, "quote": "12 hours"}}},
        "the account has no call other",
    ),
]
UNFIT_NOTES: list[tuple[dict[str, Any], str]] = [
    (
        {"type": "contract", "start": "2026-02-01", "renewal": "2026-01-01"},
        "the renewal on 2026-01-01 does not",
    ),
    ({"type": "milestone", "milestone": "party", "on": None}, "there is no milestone “party”; there are onb"),
    ({"type": "agreement", "calculation": "hours", "on": "2026-01-01"}, "there is no calculation “hours”"),
    ({"type": "merged", "promise": "call:M1", "into": "call:O1"}, "“time to answer” and “answer within a day”"),
    ({"type": "merged", "promise": "call:M1", "into": "call:M1"}, "it names one mention twice"),
    (
        {"type": "amended", "promise": "call:O1", "field": "owner", "value": "Tom"},
        "“answer within a day” is no",
    ),
    ({"type": "contract", "start": "9999-12-30"}, "start: 9999-12-30 is not within 1990 to 2100"),
    ({"type": "milestone", "milestone": "first_value", "on": "0026-01-01"}, "on: 0026-01-01 is not within"),
    (
        {**PAID, "period": {"start": "0202-01-01", "end": "2026-03-31"}},
        "period.start: 0202-01-01 is not",
    ),
    ({**PAID, "period": {"start": "2026-01-01", "end": "9999-12-31"}}, "period.end: 9999-12-31 is not within"),
    ({**PAID, "period": {"start": "2026-01-01", "end": "2036-01-01"}}, "period: 2026-01-01 to 2036-01-01 is m"),
    ({"type": "taken_back", "note": 7}, "the account's journal has no note 7"),
    ({"type": "goal", "text": "More", "quarter": "soon"}, "quarter: String should match pattern"),
]


class TestReading:
    async def test_a_ledger_has_the_promise_with_its_words_and_day(self, tmp_path: Path) -> None:
        async with an_account(tmp_path) as http:
            book = (await http.get("/api/accounts/Larkfield")).json()

        (metric,) = book["metrics"]
        assert (metric["baseline"]["text"], metric["target"]["text"]) == ("48 hours", "18 hours")
        assert metric["mentions"][0]["quotes"][0] == {
            "call": "call",
            "on": "2026-01-12",
            "utterance": 0,
            "quote": SAID,
            "speaker": None,
            "role": "customer",
            "agreed": False,
        }
        assert book["rows"] == [{"outcome": "call:O1", "metric": PROMISE, "standing": "no_reading"}]
        assert book["standing_words"]["no_reading"] == "No reading yet"

    async def test_the_list_counts_what_stands_how(self, tmp_path: Path) -> None:
        async with an_account(tmp_path) as http:
            await wrote(http, READING)
            (line,) = (await http.get("/api/accounts")).json()["accounts"]

        assert (line["account"], line["calls"], line["last_call"]) == ("Larkfield", 1, "2026-01-12")
        assert line["standing"] == {"on_the_way": 1}

    async def test_nobody_knows_an_account_without_calls_and_notes(self, tmp_path: Path) -> None:
        async with an_account(tmp_path) as http:
            missing = await http.get("/api/accounts/Nobody")
            written = await wrote(http, READING, account="Nobody")

        assert (missing.status_code, problem(missing)) == (404, "there is no account 'Nobody'")
        assert written.status_code == 404

    @pytest.mark.parametrize("account", ["A/B & Sons", "Größe 3 %", "x/notes/y", "ledger.csv"])
    async def test_any_name_is_an_address(self, tmp_path: Path, account: str) -> None:
        address = quote(account, safe="")
        async with an_account(tmp_path, account) as http:
            book = (await http.get(f"/api/accounts/{address}")).json()
            answer = await wrote(http, READING, account=address)

        assert (book["account"], answer.status_code) == (account, 201)

    @pytest.mark.parametrize("typed", ["larkfield", "LARKFIELD", "%20Larkfield%20"])
    async def test_its_page_is_found_however_it_is_typed(self, tmp_path: Path, typed: str) -> None:
        async with an_account(tmp_path) as http:
            sent_on = await http.get(f"/accounts/{typed}?demo=true")
            own = await http.get("/accounts/Larkfield?demo=true")
            missing = await http.get("/accounts/larkfields")

        assert (sent_on.status_code, sent_on.headers["location"]) == (307, "/accounts/Larkfield?demo=true")
        assert (own.status_code, missing.status_code) == (200, 404)

    async def test_what_was_said_later_is_there_at_once(self, tmp_path: Path) -> None:
        async with server(tmp_path, analyst=noticing(noted)) as running:
            async with sender(running, account="Larkfield") as talk:
                async with over_http(running) as http:
                    empty = (await http.get("/api/accounts/Larkfield")).json()
                    await talk.send(**words(1, SAID, role="customer"))
                    await talk.next("ack")
                    filled = (await http.get("/api/accounts/Larkfield")).json()

        assert (len(empty["metrics"]), len(filled["metrics"])) == (0, 1)


class TestWriting:
    async def test_a_reading_moves_the_promise_and_stays_after_a_restart(self, tmp_path: Path) -> None:
        async with an_account(tmp_path) as http:
            answer = await wrote(http, READING, {**READING, "figure": "18 hours", "on": "2026-04-01"})
            assert answer.status_code == 201
        async with server(tmp_path) as running:
            async with over_http(running) as http:
                (metric,) = (await http.get("/api/accounts/Larkfield")).json()["metrics"]

        assert metric == answer.json()["metrics"][0]
        assert [(r["figure"]["low"], r["by"], r["note"]) for r in metric["readings"]] == [
            (30, "Mira", 1),
            (18, "Mira", 2),
        ]
        assert metric["standing"] == "reached"

    async def test_the_journal_keeps_what_was_taken_back(self, tmp_path: Path) -> None:
        async with an_account(tmp_path) as http:
            await wrote(http, READING)
            book = (await wrote(http, {"type": "taken_back", "note": 1})).json()
            journal = (await http.get("/api/accounts/Larkfield/notes")).json()["notes"]

        assert book["metrics"][0]["readings"] == []
        assert [(note["seq"], note["type"]) for note in journal] == [(1, "reading"), (2, "taken_back")]

    async def test_what_does_not_fit_is_refused_in_a_sentence(self, tmp_path: Path) -> None:
        async with an_account(tmp_path) as http:
            for note, why in UNFIT_READINGS:
                answer = await wrote(http, READING, {**READING, **note})
                assert answer.status_code == 422, note
                assert problem(answer).startswith(f"this cannot be written down: {why}"), problem(answer)
            journal = (await http.get("/api/accounts/Larkfield/notes")).json()["notes"]

        assert journal == []  # all or none

    async def test_so_is_every_other_kind_of_note(self, tmp_path: Path) -> None:
        async with an_account(tmp_path) as http:
            for note, why in UNFIT_NOTES:
                answer = await wrote(http, note)
                assert answer.status_code == 422, note
                assert problem(answer).startswith(f"this cannot be written down: {why}"), problem(answer)

    async def test_a_calculation_is_written_and_agreed_to_at_once(self, tmp_path: Path) -> None:
        period = {"start": "2026-01-01", "end": "2026-03-31"}
        inputs = {"type": "assumption", "calculation": "hours", "formula": "time_savings", "period": period}
        said = {"call": "call", "utterance": 0, "quote": "I want that down to 18 hours."}
        async with an_account(tmp_path) as http:
            book = (
                await wrote(
                    http,
                    {"type": "contract", "start": "2026-01-01", "renewal": "2027-01-01"},
                    {"type": "investment", "what": "Licence", "amount": "$12,000", "period": period},
                    {**inputs, "input": "hours_saved", "figure": "840 hours", "promise": PROMISE},
                    {**inputs, "input": "hourly_rate", "figure": "$50", "assumed_by": "Grace", "attribution": 0.5},
                    {"type": "agreement", "calculation": "hours", "on": "2026-04-01", "said": said},
                    {"type": "milestone", "milestone": "first_value", "on": "2026-03-02"},
                    {"type": "goal", "text": "All depots", "quarter": "2026-Q3"},
                )
            ).json()

        assert [a["note"]["figure"]["low"] for a in book["calculations"]["hours"]] == [840, 50]
        assert book["agreements"]["hours"]["note"]["agreed"] is True
        assert book["investments"][0]["note"]["amount"]["unit"] == "USD"
        assert {line["id"]: line["state"] for line in book["milestones"]}["first_value"] == "done"

    async def test_nobody_agrees_to_a_sum_that_has_changed_since_it_was_shown(self, tmp_path: Path) -> None:
        period = {"start": "2026-01-01", "end": "2026-03-31"}
        inputs = {"type": "assumption", "calculation": "hours", "formula": "time_savings", "period": period}
        rate = {**inputs, "input": "hourly_rate", "figure": "$50"}
        agreed = {"type": "agreement", "calculation": "hours", "on": "2026-04-01"}
        async with an_account(tmp_path) as http:
            await wrote(http, {**inputs, "input": "hours_saved", "figure": "840 hours"}, rate)
            await wrote(http, {"type": "agreement", "calculation": "hours", "on": "2026-03-31"})
            (shown,) = (await http.get("/api/accounts/Larkfield/report?quarter=2026-Q1")).json()["calculations"]
            await wrote(http, {**rate, "figure": "$90"})
            stale = await wrote(http, {**agreed, "as_of": shown["last_note"]})
            (now,) = (await http.get("/api/accounts/Larkfield/report?quarter=2026-Q1")).json()["calculations"]
            fresh = await wrote(http, {**agreed, "as_of": now["last_note"]})

        assert (stale.status_code, stale.json()["error"]["code"]) == (409, "moved_on")
        assert problem(stale).startswith("“hours” has been changed since it was shown")
        assert (fresh.status_code, fresh.json()["agreements"]["hours"]["note"]["on"]) == (201, "2026-04-01")

    @pytest.mark.parametrize(
        ("first", "second", "now"),
        [
            ({**READING, "figure": "29 hours"}, READING, "the reading of 2026-03-02 is “29 hours” (Mira)"),
            ({**OWNER, "value": "Grace"}, {**OWNER, "value": "Mira"}, "the owner is “Grace” (Mira)"),
            ({**OWNER, "value": None}, {**OWNER, "value": "Mira"}, "the owner is not known (Mira)"),
            ({**SUM, "figure": "$60"}, {**SUM, "figure": "$70"}, "hourly rate of “hours” is “$60” (Mira)"),
        ],
    )
    async def test_what_somebody_else_changed_since_is_told_and_nothing_is_written(
        self, tmp_path: Path, first: dict[str, Any], second: dict[str, Any], now: str
    ) -> None:
        async with an_account(tmp_path) as http:
            seen = (await http.get("/api/accounts/Larkfield")).json()["last_note"]
            theirs = (await wrote(http, first)).json()["last_note"]
            notes = [{**second, "by": "Owen"}]
            stale = await http.post("/api/accounts/Larkfield/notes", json={"notes": notes, "seen": seen})
            before = (await http.get("/api/accounts/Larkfield/notes")).json()["notes"]
            again = await http.post("/api/accounts/Larkfield/notes", json={"notes": notes, "seen": theirs})

        assert (stale.status_code, stale.json()["error"]["code"]) == (409, "moved_on")
        assert problem(stale) == (
            f"this was changed since it was shown, and nothing of it is written down yet; now {now}; "
            "saved again, yours takes its place"
        )
        assert len(before) == 1
        assert again.status_code == 201

    async def test_what_is_about_something_else_or_was_taken_back_is_in_nobodys_way(self, tmp_path: Path) -> None:
        async with an_account(tmp_path) as http:
            first = (await wrote(http, READING)).json()
            await wrote(http, {"type": "taken_back", "note": first["last_note"]}, {**READING, "on": "2026-03-09"})
            notes = [{**READING, "figure": "29 hours"}, {**OWNER, "value": "Grace"}]
            answer = await http.post("/api/accounts/Larkfield/notes", json={"notes": notes, "seen": 0})

        assert answer.status_code == 201

    async def test_as_many_as_are_written_at_once_are_bounded(self, tmp_path: Path) -> None:
        async with an_account(tmp_path) as http:
            answer = await wrote(http, *[READING] * 201)

        assert (answer.status_code, problem(answer)) == (422, "notes come 1 to 200 at a time; these are 201")
