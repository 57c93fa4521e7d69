"""The command line: arguments in, a command of `copilot.commands` run, an exit status out."""

from __future__ import annotations

import asyncio
import logging
import math
import re
import sys
import tempfile
from collections.abc import Callable
from datetime import datetime
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from copilot import __version__
from copilot.domain.call import CallKind
from copilot.errors import CopilotError, UnusableInput
from copilot.wiring import (
    bundled_account,
    checked_playbook,
    complain,
    heard,
    kept_of,
    load_playbook,
    load_scorecards,
    maturity_of,
    open_engine,
    open_mailer,
    open_services,
    send_summary,
    state_of,
)
from copilot.wiring.language_model import open_language_models
from copilot.wiring.outward import held_on, open_export
from copilot.wiring.speech import fetch_speech_model, speech_models, transcriber_at_hand

if TYPE_CHECKING:
    from copilot.commands.email import Form as EmailForm
    from copilot.commands.evaluate import Form
    from copilot.commands.export import Form as ExportForm
    from copilot.commands.note import Form as NoteForm
    from copilot.commands.story import Form as StoryForm
    from copilot.settings import Settings


class Pace(click.FloatRange):
    """How many times a call's own pace. Not-a-number lies in any range, and is refused too."""

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> float:
        pace: float = super().convert(value, param, ctx)
        if math.isnan(pace):
            self.fail(f"{value!r} is no number", param, ctx)
        return pace


KIND = click.Choice([kind.value for kind in CallKind])
ENGINE = click.option(
    "--engine",
    type=click.Choice(["embedded", "llm"]),
    default="embedded",
    show_default=True,
    help="What analyses the calls; llm: the language model that is set up listens in as well.",
)
FILE = click.Path(path_type=Path)
DAY = click.DateTime(["%Y-%m-%d"])
FOLDER = click.Path(path_type=Path, exists=True, file_okay=False)


def _of_a_call(command: Callable[..., Any]) -> Callable[..., Any]:
    """Options of commands about one call: those that a transcript may need, and where the store is."""
    options = (
        click.option("--kind", type=KIND, help="What the call is for, where a transcript does not say."),
        click.option(
            "--rep", "reps", multiple=True, metavar="NAME", help="A speaker who is the rep; may be given again."
        ),
        click.option("--data", type=FILE, help="The data folder, for a call in the store."),
    )
    for option in reversed(options):
        command = option(command)
    return command


def main() -> None:
    """Run a command. Exit status 0: done, 1: the work failed, 2: unusable input or arguments, with one line why."""
    sys.exit(run(sys.argv[1:]))


def run(arguments: list[str]) -> int:
    """The exit status of a command line."""
    try:
        return cli.main(arguments, prog_name="copilot", standalone_mode=False) or 0
    except click.exceptions.NoArgsIsHelpError as error:
        click.echo(error.format_message())
        return 2
    except click.ClickException as error:
        return _say(error.format_message(), 2)
    except UnusableInput as error:
        return _say(str(error), 2)
    except CopilotError as error:
        return _say(str(error), 1)
    except BrokenPipeError:
        sys.stderr.close()  # whoever read our output has gone; Python would complain while closing
        return 0
    except (click.Abort, KeyboardInterrupt):
        return 130


def _say(problem: str, status: int) -> int:
    complain(problem)
    return status


@click.group(context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(__version__, prog_name="copilot")
def cli() -> None:
    """A live copilot for value conversations."""


@cli.command()
@click.option("--host", help="The address to listen on; 127.0.0.1 by default.")
@click.option("--port", type=click.IntRange(0, 65535), help="8765 by default; 0 takes any that is free.")
@click.option("--data", type=FILE, help="The data folder.")
def serve(host: str | None, port: int | None, data: Path | None) -> None:
    """Run the server."""
    from copilot.commands.serve import serve as run_server

    logging.basicConfig(format="%(asctime)s %(levelname)s %(name)s: %(message)s")
    asyncio.run(run_server(_settings(host=host, port=port, data=data), open_services))


@cli.command()
@click.option("--speed", type=Pace(0.1, 1000), default=4.0, show_default=True, help="Times the call's pace.")
@click.option("--port", type=click.IntRange(0, 65535), help="8765 by default; 0 takes any that is free.")
@click.option("--stay/--exit", default=None, help="Keep the server up after the call, or stop at once.")
@click.option("--account", is_flag=True, help="Instead: a whole account, from its first call to its review.")
def demo(speed: float, port: int | None, stay: bool | None, account: bool) -> None:
    """Play a bundled call into a server of its own, and show the panel beside it."""
    from copilot.commands.serve import demo as run_demo
    from copilot.commands.serve import demo_account

    with tempfile.TemporaryDirectory(prefix="copilot-demo-") as folder:
        settings = _settings(port=port, data=Path(folder))
        if account:
            asyncio.run(demo_account(settings, open_services, bundled_account(), stay=stay))
            return
        asyncio.run(run_demo(settings, open_services, speed=speed, stay=stay))


@cli.command()
@click.argument("files", nargs=-1, required=True, type=FILE, metavar="FILE...")
@click.option("--kind", type=KIND, help="What the call is for, where the file does not say.")
@click.option("--rep", "reps", multiple=True, metavar="NAME", help="A speaker who is the rep; may be given again.")
@ENGINE
@click.option("--json", "as_json", is_flag=True, help="The whole analysis as JSON.")
def analyze(files: tuple[Path, ...], kind: str | None, reps: tuple[str, ...], engine: str, as_json: bool) -> None:
    """Analyse transcripts and recordings as if they had been heard live."""
    from copilot.commands.analyze import analyze as run_analysis

    settings = _settings()
    playbook = load_playbook(settings)
    wanted = CallKind(kind) if kind else None
    with open_engine(engine, settings, playbook) as both:
        hear = partial(heard, settings)
        click.echo(
            run_analysis(files, kind=wanted, reps=reps, engine=both, playbook=playbook, as_json=as_json, hear=hear)
        )


@cli.command()
@click.argument("call", metavar="CALL")
@click.option(
    "--format",
    "form",
    type=click.Choice(["text", "markdown", "html", "eml"]),
    default="text",
    show_default=True,
    help="eml: a draft that mail programs open for editing.",
)
@click.option("--language", metavar="TAG", help="en, de, fr or es; by default as the call has it, else English.")
@click.option("--send", is_flag=True, help="Send it to those named with --to, after showing them and asking.")
@click.option("--to", multiple=True, metavar="ADDRESS", help="A recipient; may be given again.")
@click.option("--yes", "sure", is_flag=True, help="Send it without asking once more.")
@_of_a_call
@ENGINE
def email(
    call: str,
    form: EmailForm,
    language: str | None,
    send: bool,
    to: tuple[str, ...],
    sure: bool,
    kind: str | None,
    reps: tuple[str, ...],
    data: Path | None,
    engine: str,
) -> None:
    """Write the summary of a call for the customer: the id of one in the store, or a transcript."""
    from copilot.commands import email as summary
    from copilot.commands.one_call import Named

    settings = _settings(data=data)
    named = Named(call, CallKind(kind) if kind else None, reps)
    addressed = summary.envelope(to, settings.mail, send=send)
    state = state_of(named, engine, settings)
    content, beside = summary.render(state, form, language, addressed)
    click.echo(content, nl=False)
    if beside:
        click.echo(beside, err=True)
    if send:
        summary.confirm(addressed, sure=sure)
        asyncio.run(send_summary(state, named.call_id, language, addressed, settings))


@cli.command()
@click.argument("call", metavar="CALL")
@_of_a_call
@ENGINE
@click.option("--json", "form", flag_value="json", help="The whole scorecard as JSON.")
@click.option("--markdown", "form", flag_value="markdown", help="As Markdown.")
def scorecard(
    call: str, kind: str | None, reps: tuple[str, ...], data: Path | None, engine: str, form: str | None
) -> None:
    """Score a call by the rubric for its kind: the id of one in the store, or a transcript."""
    from copilot.commands.one_call import Named
    from copilot.commands.scorecard import scorecard as run_scorecard

    settings = _settings(data=data)
    named = Named(call, CallKind(kind) if kind else None, reps)
    rubrics = load_scorecards(settings, load_playbook(settings))
    state = state_of(named, engine, settings)
    click.echo(run_scorecard(state, rubrics, form or "text", kept_of(named, settings)), nl=False)


@cli.command()
@click.argument("call", metavar="CALL")
@click.option("--format", "form", type=click.Choice(["text", "markdown", "json"]), default="text", show_default=True)
@_of_a_call
@ENGINE
def note(call: str, form: NoteForm, kind: str | None, reps: tuple[str, ...], data: Path | None, engine: str) -> None:
    """Write a short note on a call for a CRM: the id of one in the store, or a transcript."""
    from copilot.commands.note import note as write_note
    from copilot.commands.one_call import Named

    settings = _settings(data=data)
    named = Named(call, CallKind(kind) if kind else None, reps)
    state = state_of(named, engine, settings)
    click.echo(write_note(state, load_playbook(settings), form, held_on(named, settings)), nl=False)


@cli.command()
@click.argument("call", metavar="[CALL]", required=False)
@click.option(
    "--format",
    "form",
    type=click.Choice(["json", "csv", "markdown", "ndjson", "zip"]),
    help="Of one call json (by default), csv or markdown; of many ndjson (by default), csv or zip.",
)
@click.option("--from", "since", type=DAY, metavar="DAY", help="The first day, as 2026-05-14.")
@click.option("--to", "until", type=DAY, metavar="DAY", help="The last day.")
@click.option("--kind", type=KIND, help="Calls of this kind alone.")
@click.option("--account", help="Calls of this account alone.")
@click.option("--demos", is_flag=True, help="Bundled calls as well.")
@click.option("--out", type=FILE, metavar="FILE", help="Where to; by default to standard output.")
@click.option("--data", type=FILE, help="The data folder.")
def export(call: str | None, form: ExportForm | None, out: Path | None, data: Path | None, **asked: Any) -> None:
    """Write calls of the store for other programs: one by its id, or all of a range."""
    from copilot.commands import export as writing

    settings = _settings(data=data)

    async def run() -> None:
        async with open_export(settings, load_playbook(settings)) as calls:
            if call is not None:
                await writing.write_one(calls, call, writing.form_of_one(form), out)
            else:
                await writing.write_many(calls, writing.asked_for(**asked), writing.form_of_many(form, out), out)

    asyncio.run(run())


@cli.command()
@click.option("--since", metavar="POINT", help="What to compare with: an assessment or a day, as --json lists them.")
@click.option("--data", type=FILE, help="The data folder.")
@click.option("--json", "form", flag_value="json", help="The whole map as JSON.")
@click.option("--markdown", "form", flag_value="markdown", help="As Markdown.")
@click.option("--csv", "form", flag_value="csv", help="A line for every dimension and every step.")
def maturity(since: str | None, data: Path | None, form: str | None) -> None:
    """Show how far your own value work has come, what is behind, and the next steps."""
    from copilot.commands.maturity import render

    click.echo(render(maturity_of(_settings(data=data), since), form or "text"), nl=False)


@cli.command()
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
    content, beside = rendered(report_on(_settings(data=data), account, asked, demo=demo), form, report_writers())
    if output is not None:
        save(content, output)
    else:
        click.echo(content, nl=False)
    if beside:
        click.echo(beside, err=True)


@cli.command()
@click.argument("file", type=FILE)
@click.option("--to", required=True, metavar="URL", help="The server's address, as it printed it.")
@click.option("--speed", type=Pace(0, 1000), default=1.0, show_default=True, help="0: as fast as it goes.")
@click.option("--call", "call_id", help="The call's id, to go on with one; else a new one is made.")
@click.option("--kind", type=KIND, help="What the call is for, where the file does not say.")
@click.option("--rep", "reps", multiple=True, metavar="NAME", help="A speaker who is the rep; may be given again.")
@click.option("--token", envvar="COPILOT_TOKEN", help="Where it is not within the address.")
def stream(
    file: Path, to: str, speed: float, call_id: str | None, kind: str | None, reps: tuple[str, ...], token: str | None
) -> None:
    """Play a transcript or a recording to a running server as a live call."""
    from copilot.commands.analyze import is_recording, read_files
    from copilot.commands.stream import stream as run_stream
    from copilot.commands.stream import target

    wanted = CallKind(kind) if kind else None
    place = target(to, call_id=call_id, token=token)
    if is_recording(file):
        from copilot.adapters.recordings import open_recording
        from copilot.commands.stream_recording import stream_recording

        asyncio.run(stream_recording(partial(open_recording, file), place, kind=wanted, reps=reps, speed=speed))
        return
    transcript, *others = read_files([file], reps=reps)
    if others:
        raise UnusableInput(
            f"{file} holds {1 + len(others)} calls, and a stream plays one; put it into a file by itself"
        )
    asyncio.run(run_stream(transcript, place, kind=wanted, speed=speed))


@cli.command("eval")
@click.argument("folder", type=FOLDER, metavar="DIR")
@ENGINE
@click.option("--whole", is_flag=True, help="Also part by part of the calls, on garbled ones, and beside baselines.")
@click.option("--html", "plots", type=FILE, metavar="FILE", help="The whole as a page of plots, too.")
@click.option("--second", type=FOLDER, metavar="DIR", help="Instead: how far the labels there agree with these.")
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
    settings = _settings()
    playbook = load_playbook(settings)
    with open_engine(engine, settings, playbook) as both:
        click.echo(
            run_evaluation(folder, engine=both, playbook=playbook, form=form or "text", whole=whole, plots=plots)
        )


@cli.group(invoke_without_command=True)
@click.pass_context
def models(context: click.Context) -> None:
    """List the speech models that make words of sound, and which of them are here."""
    from copilot.commands.models import table

    if context.invoked_subcommand is None:
        speech = _settings().speech
        click.echo(table(speech_models(speech), speech.server_url))


@models.command()
@click.argument("name", metavar="NAME")
def fetch(name: str) -> None:
    """Fetch a speech model from the hub, once."""
    from copilot.commands.models import fetched

    click.echo(fetched(name, fetch_speech_model))


@cli.command()
@click.option("--data", type=FILE, help="The data folder.")
@click.option("--port", type=click.IntRange(0, 65535), help="The port that a server is to have.")
def doctor(data: Path | None, port: int | None) -> int:
    """Check the installation: what is in order, and what is not and how to mend it."""
    from copilot.adapters.llm.prices import load_prices
    from copilot.adapters.store import open_store
    from copilot.commands.doctor import examine

    settings = _settings(data=data, port=port)
    llm = settings.llm
    examination = examine(
        settings,
        lambda: open_store(settings.store_url),
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


def _settings(**flags: Any) -> Settings:
    from copilot.settings import read_settings

    return read_settings(**flags)
