"""Measure a speech model's word error rate over a folder of recordings, through the whole way that a call takes."""

from __future__ import annotations

import asyncio
from collections.abc import Sequence
from datetime import UTC, datetime
from pathlib import Path

import click

from copilot.adapters.recordings import open_recording
from copilot.errors import CopilotError, UnusableInput
from copilot.settings import SpeechSettings, read_settings
from copilot.wiring.speech import transcribed_file
from scripts.wer.measuring import Errors, Measured, measure
from scripts.wer.references import references

HEAD = (
    f"{'recording':28} {'minutes':>7} {'words':>6} {'WER':>7} {'subst.':>6} {'insert.':>7} {'delet.':>6} {'speed':>6}"
)


@click.command()
@click.argument("folder", type=click.Path(path_type=Path, exists=True, file_okay=False))
@click.option("--model", help="The speech model; by default the one that is set.")
@click.option("--language", default="en", show_default=True)
@click.option("--term", "terms", multiple=True, help="A word to look for by itself, and to hint at; again for more.")
def main(folder: Path, model: str | None, language: str, terms: tuple[str, ...]) -> None:
    """Word error rates over the recordings of FOLDER; `scripts/wer/references.py` says how it is laid out."""
    try:
        settings = read_settings().speech
        speech = settings.model_copy(
            update={"model": model or settings.model, "language": language, "terms": (*settings.terms, *terms)}
        )
        if not speech.on:
            raise UnusableInput("no speech model is set; name one: make wer MODEL=base.en DIR=recordings")
        asyncio.run(_run(folder, speech, terms))
    except CopilotError as error:
        click.echo(f"wer: {error}", err=True)
        raise SystemExit(2 if isinstance(error, UnusableInput) else 1) from None


async def _run(folder: Path, speech: SpeechSettings, terms: Sequence[str]) -> None:
    click.echo(f"{speech.model}, {speech.server_url or speech.device}, {datetime.now(UTC):%Y-%m-%d}\n\n{HEAD}")
    done: list[Measured] = []
    for reference in references(folder):
        length_s = open_recording(reference.recording).length_s or 0.0
        done.append(await measure(reference, lambda file: transcribed_file(file, speech, (), None), length_s, terms))
        click.echo(line(done[-1].name, done[-1].errors, done[-1:]))
    click.echo(f"\n{summary(done)}")


def line(name: str, errors: Errors, measured: Sequence[Measured]) -> str:
    """One row; the speed is how many times faster than they were spoken the words came."""
    seconds, took_s = sum(each.seconds for each in measured), sum(each.took_s for each in measured)
    rate = "–" if errors.rate is None else f"{errors.rate:.1%}"
    counts = f"{errors.substituted:6} {errors.inserted:7} {errors.deleted:6}"
    return f"{name[:28]:28} {seconds / 60:7.1f} {errors.words:6} {rate:>7} {counts} {seconds / max(took_s, 1e-3):5.1f}x"


def summary(measured: Sequence[Measured]) -> str:
    """All words together, and what was heard where nobody spoke."""
    lines = [line("all", sum((each.errors for each in measured), Errors()), measured)]
    timed = [each for each in measured if each.in_silence is not None]
    if timed:
        minutes = sum(each.seconds for each in timed) / 60
        made_up = sum(each.in_silence or 0 for each in timed)
        lines.append(f"words heard where nobody speaks: {made_up}, {made_up / max(minutes, 1e-9):.2f} a minute")
    said = sum(each.terms_said for each in measured)
    if said:
        lines.append(f"terms heard: {sum(each.terms_heard for each in measured)} of {said}")
    return "\n".join(lines)


if __name__ == "__main__":
    main()
