"""Commands about what stands behind many calls: the value of an account, the maturity of one's own work."""

from __future__ import annotations

import re
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING

import click

from copilot.cli.options import FILE, settings_of
from copilot.errors import UnusableInput
from copilot.wiring.calls import maturity_of

if TYPE_CHECKING:
    from copilot.commands.story import Form as StoryForm


@click.command()
@click.argument("account", metavar="ACCOUNT")
@click.option("--persona", metavar="ID", help="Who it is worded for: ceo, cfo, coo, cto, vp_sales, …")
@click.option(
    "--format",
    "form",
    type=click.Choice(["text", "markdown", "html", "pdf", "pptx", "json"]),
    default="text",
    show_default=True,
    help="pdf and pptx need the extra 'reports'.",
)
@click.option("--output", type=FILE, metavar="FILE", help="Where to write it.")
@click.option("--since", type=click.DateTime(["%Y-%m-%d"]), help="What is new from this day on; else the last review.")
@click.option("--quarter", metavar="QUARTER", help="As in 2026-Q2; else the last with a sum that counts.")
@click.option("--calculated", is_flag=True, help="Count sums that the customer has not agreed to, too.")
@click.option("--demo", is_flag=True, help="Count bundled calls in.")
@click.option("--data", type=FILE, help="The data folder.")
def story(
    account: str,
    persona: str | None,
    form: StoryForm,
    output: Path | None,
    since: datetime | None,
    quarter: str | None,
    calculated: bool,
    demo: bool,
    data: Path | None,
) -> None:
    """Write the value report of an account: what was delivered, the sums, the stories, what is next."""
    from copilot.commands.story import check_form, rendered, save
    from copilot.review.value_report import Asked
    from copilot.wiring.reports import report_on, report_writers

    check_form(form, output)
    if quarter is not None and not re.fullmatch(r"[12]\d{3}-Q[1-4]", quarter):
        raise UnusableInput(f"{quarter!r} is no quarter; write one as in 2026-Q2")
    asked = Asked(persona, quarter, since.date() if since else None, calculated)
    content, beside = rendered(report_on(settings_of(data=data), account, asked, demo=demo), form, report_writers())
    if output is not None:
        save(content, output)
    else:
        click.echo(content, nl=False)
    if beside:
        click.echo(beside, err=True)


@click.command()
@click.option("--since", metavar="NAME", help="What to compare with: a closed assessment, or a day as in 2026-03-10.")
@click.option("--data", type=FILE, help="The data folder.")
@click.option("--json", "form", flag_value="json", help="The whole map as JSON.")
@click.option("--markdown", "form", flag_value="markdown", help="As Markdown.")
@click.option("--csv", "form", flag_value="csv", help="A line for every dimension and every step.")
def maturity(since: str | None, data: Path | None, form: str | None) -> None:
    """Show how far your own value work has come, what is behind, and the next steps."""
    from copilot.commands.maturity import render

    click.echo(render(maturity_of(settings_of(data=data), since), form or "text"), nl=False)
