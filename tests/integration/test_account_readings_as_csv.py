"""Readings of an account as CSV, in and out, over HTTP."""

from __future__ import annotations

from pathlib import Path

import httpx
import pytest

from tests.integration.accounts import READING, SAID, an_account, problem, wrote

pytestmark = pytest.mark.anyio

NO_SUCH_FILES: list[tuple[str | bytes, str]] = [
    ("", "its first line names no column metric and no date and no figure"),
    ("metric,date,figure\n", "there is no line under its heading"),
    (b"\xff\xfe\x00", "it is no text in UTF-8"),
    ("metric,date,figure\n" + "time to answer,2026-01-01,30\n" * 5001, "it has more than 5000 lines"),
    ("x" * 2_100_000, "it has more than 2 MiB"),
    ("metric,date,figure,Figure\ntime to answer,2026-01-01,30,40\n", "names the column figure twice"),
    (
        "metric,date,figure\ntime to answer,2026-01-01,1,200\n",
        "line 2, cell 4: the first line names 3",
    ),
    ("metric,date,figure\ntime to answer,2026-01-01,-3 hours\n", "line 2, figure: “-3 hours” is below zero"),
    ("metric,date,figure\ntime to answer,2036-01-01,3 hours\n", "line 2, date: 2036-01-01 is still to come"),
    ('metric,date,figure\n"' + "x" * 200_000 + '",,\n', "line 2 cannot be read"),
]


class TestCsv:
    async def imported(self, http: httpx.AsyncClient, text: str | bytes, name: str = "kpis.csv") -> httpx.Response:
        content = text.encode() if isinstance(text, str) else text
        return await http.post("/api/accounts/Larkfield/readings", files={"file": (name, content)}, data={"by": "Mira"})

    async def test_readings_come_in_by_the_words_of_their_metric_or_its_id(self, tmp_path: Path) -> None:
        lines = (
            "\ufeffDate;Metric;Figure;Source;Note\n2026-02-01;Time to answer;40 hours;service desk;ok\n\n"
            "2026-03-01;call:M1;31;;\n"
        )
        async with an_account(tmp_path) as http:
            answer = await self.imported(http, lines)

        body = answer.json()
        assert (answer.status_code, body["imported"], body["columns_passed_over"]) == (201, 2, ["Note"])
        assert [(r["figure"]["text"], r["low"], r["source"]) for r in body["metrics"][0]["readings"]] == [
            ("40 hours", 40, {"how": "imported", "file": "kpis.csv", "line": 2, "origin": "service desk"}),
            ("31", 31, {"how": "imported", "file": "kpis.csv", "line": 4, "origin": None}),
        ]

    async def test_bad_lines_are_named_and_nothing_is_taken(self, tmp_path: Path) -> None:
        lines = (
            "metric,date,figure\ntime to answer,2026-02-01,40 hours\ntime to answer,31.02.2026,40 hours\n"
            "happiness,2026-02-01,9\ntime to answer,2026-02-01,\n"
        )
        async with an_account(tmp_path) as http:
            answer = await self.imported(http, lines)
            book = (await http.get("/api/accounts/Larkfield")).json()

        assert answer.status_code == 422
        assert problem(answer) == (
            "kpis.csv: nothing was imported; line 3, date: “31.02.2026” is no day; write it as 2026-01-31; "
            "line 4, metric: there is no metric “happiness”; there are “time to answer”; line 5, figure: there is none"
        )
        assert book["metrics"][0]["readings"] == []

    async def test_what_is_no_such_file_is_refused(self, tmp_path: Path) -> None:
        async with an_account(tmp_path) as http:
            for content, why in NO_SUCH_FILES:
                answer = await self.imported(http, content)
                assert (answer.status_code, why in problem(answer)) == (422, True), problem(answer)

    async def test_a_line_of_a_year_that_nobody_means_is_named(self, tmp_path: Path) -> None:
        async with an_account(tmp_path) as http:
            answer = await self.imported(http, "metric,date,figure\ntime to answer,0202-02-01,40 hours\n")

        assert (answer.status_code, "line 2, date: 0202-02-01 is not within 1990 to 2100" in problem(answer)) == (
            422,
            True,
        )

    async def test_a_column_without_a_name_is_told_of_where_it_holds_something(self, tmp_path: Path) -> None:
        async with an_account(tmp_path) as http:
            empty = await self.imported(http, "metric,date,figure,,\ntime to answer,2026-02-01,40 hours,,\n")
            full = await self.imported(http, "metric,date,figure,\ntime to answer,2026-02-01,40 hours,late\n")

        assert empty.json()["columns_passed_over"] == []
        assert full.json()["columns_passed_over"] == ["column 4, which has no name"]

    async def test_nothing_of_a_file_is_put_on_disk(self, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.delattr("starlette.formparsers.SpooledTemporaryFile")
        async with an_account(tmp_path) as http:
            answer = await self.imported(http, "metric,date,figure\ntime to answer,2026-02-01,40 hours\n")

        assert answer.json()["imported"] == 1

    async def test_a_form_without_a_file_is_refused(self, tmp_path: Path) -> None:
        async with an_account(tmp_path) as http:
            answer = await http.post("/api/accounts/Larkfield/readings", data={"by": "Mira"})

        assert (answer.status_code, problem(answer)) == (422, "body.file: Field required")

    async def test_what_goes_out_comes_in_again(self, tmp_path: Path) -> None:
        async with an_account(tmp_path) as http:
            written = await wrote(http, READING, {**READING, "source": {"how": "typed", "origin": "=HYPERLINK(1)"}})
            out = await http.get("/api/accounts/Larkfield/readings.csv")
            taking_back = [r["note"] for r in written.json()["metrics"][0]["readings"]]
            await wrote(http, *({"type": "taken_back", "note": note} for note in taking_back))
            back = await self.imported(http, out.text)

        assert out.headers["content-disposition"] == 'attachment; filename="readings.csv"'
        assert "'=HYPERLINK(1)" in out.text
        assert back.json()["columns_passed_over"] == ["id", "how", "by", "note"]
        assert [(r["figure"]["text"], r["on"]) for r in back.json()["metrics"][0]["readings"]] == [
            (READING["figure"], READING["on"])
        ]

    async def test_what_stands_already_is_passed_over_and_counted(self, tmp_path: Path) -> None:
        lines = "metric,date,figure\ntime to answer,2026-02-01,40 hours\ntime to answer,2026-03-01,31 hours\n"
        more = f"{lines}call:M1,2026-03-01,31.0 hours\ntime to answer,2026-03-01,30 hours\n"
        async with an_account(tmp_path) as http:
            once = (await self.imported(http, lines)).json()
            twice = (await self.imported(http, lines)).json()
            later = (await self.imported(http, more)).json()

        assert [(a["imported"], a["known_already"]) for a in (once, twice, later)] == [(2, 0), (0, 2), (1, 3)]
        assert [r["figure"]["text"] for r in later["metrics"][0]["readings"]] == ["40 hours", "31 hours", "30 hours"]

    async def test_the_promises_go_out_a_line_each(self, tmp_path: Path) -> None:
        async with an_account(tmp_path) as http:
            out = await http.get("/api/accounts/Larkfield/ledger.csv")
            json = await http.get("/api/accounts/Larkfield?download=true")

        assert out.text[:1] == "\ufeff"  # by which spreadsheets know UTF-8
        heading, line = out.text[1:].splitlines()
        assert heading.startswith("outcome,metric,id,promised on,call,quote,baseline,target")
        assert line == (
            f'answer within a day,time to answer,call:M1,2026-01-12,call,"{SAID}",'
            "48 hours,18 hours,,,,,0,No reading yet,,"
        )
        assert (json.json()["account"], json.headers["content-disposition"][:10]) == ("Larkfield", "attachment")
