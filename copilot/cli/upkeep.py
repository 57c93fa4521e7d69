"""Commands about the installation: how good it is, what it has, what it lacks."""

from __future__ import annotations

import asyncio
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

import click

from copilot.cli.options import ENGINE, FILE, settings_of
from copilot.wiring.alone import open_kept
from copilot.wiring.calls import open_engine
from copilot.wiring.language_model import open_language_models
from copilot.wiring.mail import open_mailer
from copilot.wiring.playbooks import checked_playbook, load_playbook
from copilot.wiring.speech import fetch_speech_model, speech_models, transcriber_at_hand

if TYPE_CHECKING:
    from copilot.commands.evaluate import Form

FOLDER = click.Path(path_type=Path, exists=True, file_okay=False)


@click.command("eval")
@click.argument("folder", type=FOLDER, metavar="DIR")
@ENGINE
@click.option("--whole", is_flag=True, help="Also part by part of the calls, on garbled ones, and beside baselines.")
@click.option("--html", "plots", type=FILE, metavar="FILE", help="The whole as a page of plots, too.")
@click.option(
    "--second",
    type=FOLDER,
    metavar="DIR",
    help="Instead: how far the labels there agree with these.",
)
@click.option("--json", "form", flag_value="json", help="Every figure as JSON.")
@click.option("--markdown", "form", flag_value="markdown", help="The tables as Markdown.")
def evaluate(
    folder: Path, engine: str, whole: bool, plots: Path | None, second: Path | None, form: Form | None
) -> None:
    """Score the analysis against labelled calls."""
    from copilot.commands.evaluate import compare_labellers
    from copilot.commands.evaluate import evaluate as run_evaluation

    if second is not None:
        if plots is not None:
            raise click.UsageError("--html draws an evaluation; leave it out with --second")
        click.echo(compare_labellers(folder, second))
        return
    settings = settings_of()
    playbook = load_playbook(settings)
    with open_engine(engine, settings, playbook) as both:
        click.echo(
            run_evaluation(folder, engine=both, playbook=playbook, form=form or "text", whole=whole, plots=plots)
        )


@click.group(invoke_without_command=True)
@click.pass_context
def models(context: click.Context) -> None:
    """List the speech models that make words of sound, and which of them are here."""
    from copilot.commands.models import table

    if context.invoked_subcommand is None:
        speech = settings_of().speech
        click.echo(table(speech_models(speech), speech.server_url))


@models.command()
@click.argument("name", metavar="NAME")
def fetch(name: str) -> None:
    """Fetch a speech model from the hub, once."""
    from copilot.commands.models import fetched

    click.echo(fetched(name, fetch_speech_model))


@click.command()
@click.option("--data", type=FILE, help="The data folder.")
@click.option("--port", type=click.IntRange(0, 65535), help="The port that a server is to have.")
def doctor(data: Path | None, port: int | None) -> int:
    """Check the installation: what is in order, and what is not and how to mend it."""
    from copilot.adapters.llm.prices import load_prices
    from copilot.commands.doctor import examine

    settings = settings_of(data=data, port=port)
    llm = settings.llm
    examination = examine(
        settings,
        lambda: open_kept(settings),
        lambda: checked_playbook(settings),
        lambda: open_language_models(llm),
        load_prices(llm.prices),
        lambda: open_mailer(settings.mail).greet(),
        partial(transcriber_at_hand, settings.speech),
    )
    findings = asyncio.run(examination)
    for finding in findings:
        click.echo(str(finding))
    return int(any(finding.works is False for finding in findings))
