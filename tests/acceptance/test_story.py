"""`copilot story` on the bundled account: the same figures in every form, and none that the account does not hold."""

from __future__ import annotations

import json
import re
from collections.abc import Mapping
from datetime import UTC, date, datetime, time
from pathlib import Path
from typing import Any

import anyio
import pypdfium2
import pytest
from pptx import Presentation

from copilot.afterwards.accounts import Account
from copilot.afterwards.given_notes import note_of
from copilot.bundled import bundled
from copilot.commands.analyze import talk_of
from copilot.commands.demo_account import read_demo_account, take_in
from copilot.main import run
from copilot.review.ledger import AccountCall, Ledger
from copilot.review.value_report import Asked, ValueReport, value_report
from copilot.review.value_report.document import document_of
from copilot.review.value_report.markdown import as_markdown
from copilot.settings import Settings
from copilot.wiring.calls import open_engine
from copilot.wiring.playbooks import analyst_of
from tests.acceptance.programs import copilot
from tests.integration.servers import PLAYBOOK, server

BUNDLE = read_demo_account(bundled("fixtures/demo/account"))
NAME = BUNDLE.name
GOLDEN = Path(__file__).parent / "golden"


@pytest.fixture(scope="module")
def account() -> Account:
    """The bundled account as of the day that it is told of."""
    calls = []
    with open_engine("embedded", Settings(), PLAYBOOK) as engine:
        for call_id, transcript in BUNDLE.calls.items():
            (step,) = engine([talk_of(transcript, None)])
            assert transcript.kind
            assert transcript.held_on
            calls.append(AccountCall(call_id, transcript.title, transcript.kind, transcript.held_on, step.state))
    account = Account(NAME, calls, [])
    for given in BUNDLE.notes:
        note = dict(given)
        at = datetime.combine(date.fromisoformat(note.pop("at")), time(17), UTC)
        account = account.noting(note_of(_named(note, _ledger(account))), at)
    return account


@pytest.fixture(scope="module")
def data(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A data folder with the account in it, moved up to the present."""
    folder = tmp_path_factory.mktemp("story")

    async def fill() -> None:
        async with server(folder, analyst=analyst_of(PLAYBOOK)) as running:
            await take_in(running.services, BUNDLE, datetime.now(UTC).date())

    anyio.run(fill)
    return folder


def _ledger(account: Account) -> Ledger:
    return account.ledger(PLAYBOOK.value_demonstration, BUNDLE.as_of)


def _named(note: Mapping[str, Any], book: Ledger) -> dict[str, Any]:
    """The note with the id of the metric that it names by its words."""
    ids = {mention.text: metric.id for metric in book.metrics for mention in metric.mentions}
    return {**note, "promise": ids[note["promise"]]} if "promise" in note else dict(note)


def _report(account: Account, **asked: Any) -> ValueReport:
    return value_report(_ledger(account), account.calls, PLAYBOOK, Asked(**asked))


@pytest.mark.parametrize(
    ("name", "asked"),
    [
        ("first_quarter", {"quarter": "2026-Q1"}),
        ("second_quarter_for_the_cfo", {"persona": "cfo", "quarter": "2026-Q2"}),
        ("second_quarter_with_all_sums_for_the_coo", {"persona": "coo", "with_calculated": True}),
    ],
)
def test_the_figures_are_what_they_were(account: Account, name: str, asked: dict[str, Any]) -> None:
    """All but the stories, whose words are the analysis', and the footnotes' numbers, which go by them."""
    text = as_markdown(document_of(_report(account, **asked)))
    parts = text.partition("\n[^1]:")[0].split("\n## ")
    shown = "\n## ".join(part for part in parts if "how did it come about" not in part[:90].lower())
    shown = re.sub(r"\[\^\d+\]", "", shown)

    assert shown == (GOLDEN / f"{name}.md").read_text(encoding="utf-8")


def test_the_first_quarter_is_what_was_agreed_on_the_call(account: Account) -> None:
    first = _report(account, quarter="2026-Q1")

    assert [total.text for total in first.totals] == ["$29,120"]
    assert [one.text for one in first.returns] == ["88 %"]
    (sum_of_it,) = first.calculations
    said = {call.id: call.state.utterances for call in account.calls}
    quotes = [ground.quote for ground in sum_of_it.grounds if ground.quote]
    assert len(quotes) == 3
    assert all(quote.quote in said[quote.call][quote.utterance].text for quote in quotes)


def test_every_file_has_the_reports_figures(data: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    ask = ["story", NAME, "--demo", "--data", str(data)]
    assert run([*ask, "--format", "json"]) == 0
    shown = json.loads(capsys.readouterr().out)
    files = {form: tmp_path / f"report.{form}" for form in ("pdf", "pptx", "html", "markdown")}
    for form, file in files.items():
        assert run([*ask, "--format", form, "--output", str(file), "--calculated"]) == 0
        said = capsys.readouterr()
        assert said.out == ""
        assert "No customer validation" in said.err

    assert (shown["account"], [total["text"] for total in shown["totals"]]) == (NAME, ["$29,120"])
    pdf = pypdfium2.PdfDocument(files["pdf"])
    text = "\n".join(pdf[n].get_textpage().get_text_bounded() for n in range(len(pdf)))
    pdf.close()
    slides = Presentation(str(files["pptx"])).slides
    cells = [
        cell.text for s in slides for sh in s.shapes if sh.has_table for row in sh.table.rows for cell in row.cells
    ]
    total = "$42,940 at the least, $47,100 at the most"
    assert total in " ".join(text.split())
    assert total in cells
    assert total in files["html"].read_text(encoding="utf-8")
    assert "No customer validation" not in text


def test_as_text_it_says_beside_it_where_it_is_weak(data: Path) -> None:
    done = copilot("story", NAME, "--demo", "--data", data, "--persona", "ceo")

    assert done.returncode == 0
    assert done.stdout.startswith(f"{NAME}: value delivered in Q")
    assert "Competitive advantage: how did it come about?" in done.stdout
    assert done.stderr.startswith("Where the report is weak\n")


def test_account_and_persona_are_known_however_they_are_typed(data: Path, capsys: pytest.CaptureFixture[str]) -> None:
    told = []
    for name, persona in ((NAME, "cfo"), (f" {NAME.upper()} ", "CFO")):
        assert run(["story", name, "--demo", "--data", str(data), "--persona", persona]) == 0
        told.append(capsys.readouterr().out)

    assert told[0].startswith(f"{NAME}: value delivered")
    assert told[1] == told[0]


@pytest.mark.parametrize(
    ("arguments", "status", "says"),
    [
        (("--persona", "king"), 2, "there is no persona 'king'; there are ceo, cfo"),
        (("--quarter", "soon"), 2, "'soon' is no quarter; write one as in 2026-Q2"),
        (("--format", "pdf"), 2, "--format pdf writes a file; name it with --output"),
        (("--format", "markdown", "--output", "/nowhere/report.md"), 2, "/nowhere/report.md cannot be written"),
    ],
)
def test_what_cannot_be_is_refused_in_a_sentence(
    data: Path, capsys: pytest.CaptureFixture[str], arguments: tuple[str, ...], status: int, says: str
) -> None:
    assert run(["story", NAME, "--demo", "--data", str(data), *arguments]) == status

    said = capsys.readouterr()
    assert said.out == ""
    assert says in said.err


def test_an_account_that_nobody_knows_is_named(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["story", "Nobody", "--data", str(tmp_path)]) == 1
    assert "there is no account 'Nobody'" in capsys.readouterr().err
    assert not list(tmp_path.iterdir())
