"""The command line, and the one place that names concrete adapters.

Heavy parts are imported by the command that needs them, so that `copilot analyze` starts in well under a second.
"""

from __future__ import annotations

import asyncio
import contextlib
import logging
import math
import sys
import tempfile
from collections.abc import AsyncIterator, Callable, Iterator, Mapping
from datetime import UTC, datetime
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from copilot import __version__
from copilot.bundled import bundled
from copilot.domain.call import CallKind
from copilot.errors import BadSettings, CopilotError, NoSpeechModel, UnusableInput

if TYPE_CHECKING:
    from copilot.adapters.mail import SmtpMailer
    from copilot.analysis.hearing import Analyst, Engine
    from copilot.commands.email import Envelope
    from copilot.commands.email import Form as EmailForm
    from copilot.commands.evaluate import Form
    from copilot.commands.one_call import Named
    from copilot.domain.call import Transcript
    from copilot.domain.playbook import Playbook
    from copilot.domain.scorecard_rubrics import ScorecardRubric
    from copilot.domain.state import CallState
    from copilot.live.ears import Ears
    from copilot.live.second_tier import SecondTier
    from copilot.ports import LanguageModel, Transcriber
    from copilot.settings import LlmSettings, MailSettings, Settings, SpeechSettings
    from copilot.web.access import Access
    from copilot.web.services import Services


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
    click.echo(f"copilot: {' '.join(problem.split())}", err=True)
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
def demo(speed: float, port: int | None, stay: bool | None) -> None:
    """Play a bundled call into a server of its own, and show the panel beside it."""
    from copilot.commands.serve import demo as run_demo

    with tempfile.TemporaryDirectory(prefix="copilot-demo-") as folder:
        settings = _settings(port=port, data=Path(folder))
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
    with _engine(engine, settings, playbook) as both:
        hear = partial(_heard, settings)
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
    state = _state_of(named, engine, settings)
    content, beside = summary.render(state, form, language, addressed)
    click.echo(content, nl=False)
    if beside:
        click.echo(beside, err=True)
    if send:
        summary.confirm(addressed, sure=sure)
        asyncio.run(_send(state, named.call_id, language, addressed, settings))


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
    click.echo(run_scorecard(_state_of(named, engine, settings), rubrics, form or "text"), nl=False)


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
    with _engine(engine, settings, playbook) as both:
        click.echo(
            run_evaluation(folder, engine=both, playbook=playbook, form=form or "text", whole=whole, plots=plots)
        )


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
        lambda: _checked_playbook(settings),
        lambda: open_language_models(llm),
        load_prices(llm.prices),
        lambda: open_mailer(settings.mail).greet(),
        lambda: _transcriber_at_hand(settings.speech),
    )
    findings = asyncio.run(examination)
    for finding in findings:
        click.echo(str(finding))
    return int(any(finding.works is False for finding in findings))


@contextlib.contextmanager
def _engine(name: str, settings: Settings, playbook: Playbook) -> Iterator[Engine]:
    """What analyses whole calls: the first tier alone, or both."""
    from copilot.analysis.hearing import embedded_engine

    analyst = _analyst(playbook)
    if name == "embedded":
        yield embedded_engine(analyst, playbook=playbook.version)
        return
    from copilot.adapters.store import MemoryStore
    from copilot.live.both_tiers import heard_by_both

    def complain(what: str) -> None:
        _say(what, 1)

    with asyncio.Runner() as runner:
        opened = contextlib.AsyncExitStack()
        tier = runner.run(opened.enter_async_context(open_second_tier(settings.llm, playbook)))
        if tier is None:
            raise BadSettings("no language model is set up: COPILOT_LLM__MODEL names one, and `copilot doctor` asks it")
        try:
            yield lambda talks: runner.run(
                heard_by_both(talks, analyst, tier, playbook=playbook.version, new_store=MemoryStore, complain=complain)
            )
        finally:
            runner.run(opened.aclose())


def _state_of(named: Named, engine: str, settings: Settings) -> CallState:
    """The call that a command names, from the store or analysed on the spot."""
    from copilot.adapters.store import open_store
    from copilot.commands.one_call import NothingNamed, analysed, stored

    if named.file is None:
        if settings.store.url is None and not settings.store_file.is_file():
            raise NothingNamed(named.name)  # rather than make a store only to find nothing in it
        return asyncio.run(stored(named, lambda: open_store(settings.store_url)))
    playbook = load_playbook(settings)
    with _engine(engine, settings, playbook) as both:
        return analysed(named.file, named, both, partial(_heard, settings))


async def _send(state: CallState, call_id: str, language: str | None, addressed: Envelope, settings: Settings) -> None:
    """Send the summary of a call, and keep what became of it in the store."""
    from copilot.adapters.store import open_store
    from copilot.commands.email import send
    from copilot.outbox import Outbox
    from copilot.settings import make_data_folder

    make_data_folder(settings)
    async with open_store(settings.store_url) as store:
        outbox = Outbox(open_mailer(settings.mail), store, lambda: datetime.now(UTC))
        await send(state, call_id, language, addressed, outbox)


def open_mailer(mail: MailSettings) -> SmtpMailer:
    """What sends through the mail server that is set up."""
    from copilot.adapters.mail import MailServer, SmtpMailer

    return SmtpMailer(
        MailServer(
            host=mail.host or "",
            port=mail.port,
            security=mail.security,
            sender=mail.sender or "",
            username=mail.username,
            password=mail.password.get_secret_value() if mail.password else None,
            ca_file=mail.ca_file,
            deadline_s=mail.deadline_s,
        )
    )


@contextlib.asynccontextmanager
async def open_services(settings: Settings, access: Access) -> AsyncIterator[Services]:
    """What the web application works with: store, playbook, analyst, calls."""
    from copilot.adapters.store import open_store
    from copilot.live.calls import Calls, Limits
    from copilot.web.services import Services, TwilioTerms

    playbook = load_playbook(settings)
    limits = Limits(silence_s=settings.live.silence_s, most_live=settings.live.most_calls)
    async with (
        open_store(settings.store_url) as store,
        open_second_tier(settings.llm, playbook) as second_tier,
        open_ears(settings) as ears,
    ):
        unheard = _unheard(settings) if ears is None else []
        calls = Calls(store, _analyst(playbook), playbook.version, limits, second_tier, ears, unheard=unheard)
        yield Services(
            calls=calls,
            store=store,
            playbook=playbook,
            access=access,
            demos=_demos(),
            scorecards=load_scorecards(settings, playbook),
            ears=ears,
            twilio=TwilioTerms(settings.twilio.auth_token, settings.twilio.url, settings.twilio.inbound),
        )


def _unheard(settings: Settings) -> list[str]:
    """Calls whose sound an earlier run took and did not hear to its end."""
    from copilot.adapters.spool import SpoolFolder

    waiting = SpoolFolder(settings.data / "sound").there()
    if waiting:
        _say(f"the sound of {len(waiting)} calls waits for a speech model; COPILOT_SPEECH__MODEL names one", 1)
    return waiting


@contextlib.asynccontextmanager
async def open_ears(settings: Settings) -> AsyncIterator[Ears | None]:
    """What hears calls that come in as sound, or None without a speech model; the server runs all the same."""
    if not settings.speech.on:
        yield None
        return
    from copilot.adapters.asr.silero import Silero
    from copilot.adapters.spool import SpoolFolder
    from copilot.live.decoding import Deadlines
    from copilot.live.ears import Ears

    speech = settings.speech
    try:
        folder = await asyncio.to_thread(_speech_model, speech)
    except NoSpeechModel as problem:
        _say(f"{problem}. Until then calls come in as text.", 1)
        yield None
        return
    async with open_transcriber(speech, folder) as transcriber:
        yield Ears(
            transcriber,
            Silero(),
            SpoolFolder(settings.data / "sound"),
            language=speech.language,
            terms=speech.terms,
            deadlines=Deadlines(deadline_s=speech.deadline_s),
        )


def _heard(settings: Settings, file: Path) -> Transcript:
    """What is said in a recording."""
    if not settings.speech.on:
        raise BadSettings(
            f"{file.name} is a recording, and no speech model is set; COPILOT_SPEECH__MODEL=base.en is one"
        )
    return asyncio.run(_transcribed(file, settings.speech))


async def _transcribed(file: Path, speech: SpeechSettings) -> Transcript:
    from copilot.adapters.asr.silero import Silero
    from copilot.adapters.recordings import open_recording
    from copilot.adapters.spool import SpoolFolder
    from copilot.adapters.store import MemoryStore
    from copilot.live.decoding import Deadlines
    from copilot.live.ears import Ears
    from copilot.live.pace import Pace
    from copilot.live.recordings import transcribed

    recording = await asyncio.to_thread(open_recording, file)
    folder = await asyncio.to_thread(_speech_model, speech)
    told = 0

    def tell(done_s: float) -> None:
        nonlocal told
        if recording.length_s and (tenth := int(10 * done_s / recording.length_s)) > told:
            told = tenth
            click.echo(f"{file.name}: {tenth * 10} % of {recording.length_s / 60:.0f} minutes", err=True)

    with tempfile.TemporaryDirectory(prefix="copilot-sound-") as sound:
        async with open_transcriber(speech, folder) as transcriber:
            ears = Ears(
                transcriber,
                Silero(),
                SpoolFolder(Path(sound)),
                language=speech.language,
                terms=speech.terms,
                deadlines=Deadlines(deadline_s=speech.deadline_s),
                pace=Pace(watched=False),
            )
            return await transcribed(recording, ears, MemoryStore(), tell)


def _speech_model(speech: SpeechSettings) -> Path:
    """The folder of the model that is set, which is fetched where it is not there yet. Raises NoSpeechModel."""
    from copilot.adapters.asr.models import fetch, located

    model = speech.model or ""
    folder = located(model)
    if folder is not None:
        return folder
    told = 0

    def tell(share: float) -> None:
        nonlocal told
        if (tenth := int(share * 10)) > told:
            told = tenth
            click.echo(f"Fetching the speech model {model}: {tenth * 10} %", err=True)

    click.echo(f"Fetching the speech model {model}, once", err=True)
    return fetch(model, tell)


@contextlib.asynccontextmanager
async def open_transcriber(speech: SpeechSettings, folder: Path) -> AsyncIterator[Transcriber]:
    """The speech model in this folder."""
    from copilot.adapters.asr.whisper import WhisperTerms, open_whisper

    terms = WhisperTerms(speech.device, speech.compute_type, speech.at_once)
    async with open_whisper(folder, speech.model or "", terms) as whisper:
        yield whisper


@contextlib.asynccontextmanager
async def _transcriber_at_hand(speech: SpeechSettings) -> AsyncIterator[Transcriber | None]:
    """The speech model that is set, or None where it has not been fetched yet. Raises NoSpeechModel."""
    from copilot.adapters.asr.models import located

    folder = located(speech.model or "")
    if folder is None:
        yield None
        return
    async with open_transcriber(speech, folder) as transcriber:
        yield transcriber


@contextlib.asynccontextmanager
async def open_second_tier(llm: LlmSettings, playbook: Playbook) -> AsyncIterator[SecondTier | None]:
    """The language model's part in calls, or None where no model is set up; nothing of it is imported then."""
    if not llm.on:
        yield None
        return
    from copilot.adapters.llm.prices import load_prices
    from copilot.adapters.prompts import PromptFiles
    from copilot.analysis.deep.reply import LiveReply, WrapUpReply
    from copilot.live.asking import Terms
    from copilot.live.budget import Allowance
    from copilot.live.second_tier import Models, SecondTier

    replies = {reply.__name__: reply for reply in (LiveReply, WrapUpReply)}
    prompts = PromptFiles(bundled("prompts"), replies, llm.prompts)
    terms = Terms(
        deadline_s=llm.deadline_s,
        wrap_up_deadline_s=llm.wrap_up_deadline_s,
        concurrency=llm.concurrency,
        allowance=Allowance(llm.call_tokens, llm.call_usd, llm.day_tokens, llm.day_usd),
        hide_names=llm.hide_names,
    )
    async with open_language_models(llm) as (live, wrap_up):
        yield SecondTier(Models(live, wrap_up), prompts, playbook, load_prices(llm.prices), terms)


@contextlib.asynccontextmanager
async def open_language_models(llm: LlmSettings) -> AsyncIterator[tuple[LanguageModel, LanguageModel]]:
    """The model that listens in, and the one for the end of a call."""
    from dataclasses import replace

    from copilot.adapters.llm.opening import allow_tracing, open_completions, open_others
    from copilot.adapters.llm.profiles import PROFILES

    names = [llm.model or "", llm.wrap_up_model or llm.model or ""]
    allow_tracing(llm.langsmith)
    if llm.chat_model is not None:
        live, wrap_up = open_others(llm.chat_model, names)
        yield live, wrap_up
        return
    usual = PROFILES[llm.profile]
    profile = replace(
        usual,
        structure=llm.structure or usual.structure,
        cache=llm.cache or usual.cache,
        reasoning_effort=llm.reasoning_effort or usual.reasoning_effort,
    )
    base_url = llm.base_url or profile.base_url or ""
    key = llm.api_key.get_secret_value() if llm.api_key else "none"  # some want one and look at none
    async with open_completions(profile, base_url=base_url, api_key=key, models=names) as (live, wrap_up):
        yield live, wrap_up


def load_playbook(settings: Settings) -> Playbook:
    """The bundled playbook, or a company's own with the bundled one filling in."""
    from copilot.adapters.playbooks import load_playbook as load

    rubrics = bundled("rubrics")
    if settings.rubrics is None:
        return load(rubrics, pins=settings.pins)
    return load(settings.rubrics, fallback=rubrics, pins=settings.pins)


def _checked_playbook(settings: Settings) -> Playbook:
    """The playbook, with the scorecards that are made for it read as well."""
    playbook = load_playbook(settings)
    load_scorecards(settings, playbook)
    return playbook


def load_scorecards(settings: Settings, playbook: Playbook) -> Mapping[CallKind, ScorecardRubric]:
    """The bundled scorecards, or a company's own with the bundled ones filling in."""
    from copilot.adapters.scorecards import load_scorecards as load

    rubrics = bundled("rubrics")
    if settings.rubrics is None:
        return load(rubrics, playbook)
    return load(settings.rubrics, playbook, fallback=rubrics)


def _analyst(playbook: Playbook) -> Analyst:
    from copilot.adapters.encoder.encoder import Encoder
    from copilot.analysis.embedded import Embedded

    return Embedded(playbook, Encoder())


def _demos() -> dict[str, Transcript]:
    from copilot.importers.detect import read_transcripts

    files = sorted(bundled("fixtures/demo").glob("*.json"))
    return {file.stem: read_transcripts(file.read_bytes(), name=file.name)[0] for file in files}


def _settings(**flags: Any) -> Settings:
    from copilot.settings import read_settings

    return read_settings(**flags)
