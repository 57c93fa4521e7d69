"""Commands about calls: what is understood of them, and what is made of it."""

from __future__ import annotations

import asyncio
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from copilot.cli.options import DAY, ENGINE, FILE, KIND, of_a_call, settings_of
from copilot.domain.call import CallKind
from copilot.wiring.calls import heard, kept_of, open_engine, send_summary, state_of
from copilot.wiring.deleting import delete_call
from copilot.wiring.outward import held_on, open_export
from copilot.wiring.playbooks import load_playbook, load_scorecards

if TYPE_CHECKING:
    from copilot.commands.email import Form as EmailForm
    from copilot.commands.export import Form as ExportForm
    from copilot.commands.note import Form as NoteForm


@click.command()
@click.argument("files", nargs=-1, required=True, type=FILE, metavar="FILE...")
@click.option("--kind", type=KIND, help="What the call is for, where the file does not say.")
@click.option("--rep", "reps", multiple=True, metavar="NAME", help="A speaker who is the rep; may be given again.")
@ENGINE
@click.option("--json", "as_json", is_flag=True, help="The whole analysis as JSON.")
def analyze(files: tuple[Path, ...], kind: str | None, reps: tuple[str, ...], engine: str, as_json: bool) -> None:
    """Analyse transcripts and recordings as if they had been heard live."""
    from copilot.commands.analyze import analyze as run_analysis

    settings = settings_of()
    playbook = load_playbook(settings)
    wanted = CallKind(kind) if kind else None
    with open_engine(engine, settings, playbook) as both:
        hear = partial(heard, settings)
        click.echo(
            run_analysis(files, kind=wanted, reps=reps, engine=both, playbook=playbook, as_json=as_json, hear=hear)
        )


@click.command()
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
@of_a_call
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

    settings = settings_of(data=data)
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


@click.command()
@click.argument("call", metavar="CALL")
@of_a_call
@ENGINE
@click.option("--json", "form", flag_value="json", help="The whole scorecard as JSON.")
@click.option("--markdown", "form", flag_value="markdown", help="As Markdown.")
def scorecard(
    call: str, kind: str | None, reps: tuple[str, ...], data: Path | None, engine: str, form: str | None
) -> None:
    """Score a call by the rubric for its kind: the id of one in the store, or a transcript."""
    from copilot.commands.one_call import Named
    from copilot.commands.scorecard import scorecard as run_scorecard

    settings = settings_of(data=data)
    named = Named(call, CallKind(kind) if kind else None, reps)
    rubrics = load_scorecards(settings, load_playbook(settings))
    state = state_of(named, engine, settings)
    click.echo(run_scorecard(state, rubrics, form or "text", kept_of(named, settings)), nl=False)


@click.command()
@click.argument("call", metavar="CALL")
@click.option("--format", "form", type=click.Choice(["text", "markdown", "json"]), default="text", show_default=True)
@of_a_call
@ENGINE
def note(call: str, form: NoteForm, kind: str | None, reps: tuple[str, ...], data: Path | None, engine: str) -> None:
    """Write a short note on a call for a CRM: the id of one in the store, or a transcript."""
    from copilot.commands.note import note as write_note
    from copilot.commands.one_call import Named

    settings = settings_of(data=data)
    named = Named(call, CallKind(kind) if kind else None, reps)
    state = state_of(named, engine, settings)
    click.echo(write_note(state, load_playbook(settings), form, held_on(named, settings)), nl=False)


@click.command()
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
@click.option("--notes", is_flag=True, help="Moments that were marked too, with what was noted there in private.")
@click.option("--out", type=FILE, metavar="FILE", help="Where to; by default to standard output.")
@click.option("--data", type=FILE, help="The data folder.")
def export(
    call: str | None, form: ExportForm | None, out: Path | None, data: Path | None, *, notes: bool, **asked: Any
) -> None:
    """Write calls of the store for other programs: one by its id, or all of a range."""
    from copilot.commands import export as writing

    settings = settings_of(data=data)

    async def run() -> None:
        async with open_export(settings, load_playbook(settings), notes=notes) as calls:
            if call is not None:
                await writing.write_one(calls, call, writing.form_of_one(form), out)
            else:
                await writing.write_many(calls, writing.asked_for(**asked), writing.form_of_many(form, out), out)

    asyncio.run(run())


@click.command()
@click.argument("call", metavar="CALL")
@click.option("--yes", "sure", is_flag=True, help="Delete it without asking once more.")
@click.option("--data", type=FILE, help="The data folder.")
def delete(call: str, data: Path | None, *, sure: bool) -> None:
    """Delete a call of the store, for good, with all that is its own; not while a server runs on it."""
    asyncio.run(delete_call(call, settings_of(data=data), sure=sure))
