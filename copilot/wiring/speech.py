"""Which adapters make words of sound, as the settings have it: a model on this machine, or a server's."""

from __future__ import annotations

import asyncio
import contextlib
from collections.abc import AsyncIterator, Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

import click

from copilot import __version__
from copilot.errors import BadSettings, BrokenLog, StoreUnavailable, WorkFailed

if TYPE_CHECKING:
    from copilot.domain.call import Transcript
    from copilot.domain.speech_models import SpeechModel
    from copilot.live.ears import Ears
    from copilot.live.pace import Pace
    from copilot.ports import Spools, Transcriber, VoiceDetector
    from copilot.settings import SpeechSettings


TRIES, TRIES_AT_A_SERVER = 2, 4  # which may be starting anew


@dataclass(frozen=True, slots=True)
class Speech:
    """What hears; `smaller` is there for when it falls behind, where one is set."""

    settings: SpeechSettings
    transcriber: Transcriber
    smaller: Transcriber | None
    detector: VoiceDetector

    def ears(self, spools: Spools, terms: Sequence[str], pace: Pace | None = None) -> Ears:
        """Ears for the calls in these spools; `terms` are likely to be said besides those of the settings."""
        from copilot.live.decoding import Deadlines
        from copilot.live.ears import Ears
        from copilot.live.pace import Pace

        return Ears(
            self.transcriber,
            self.detector,
            spools,
            smaller=self.smaller,
            language=self.settings.language,
            terms=(*self.settings.terms, *terms),
            deadlines=Deadlines(
                deadline_s=self.settings.deadline_s, tries=TRIES_AT_A_SERVER if self.settings.server_url else TRIES
            ),
            pace=pace or Pace(),
        )


@contextlib.asynccontextmanager
async def open_speech(speech: SpeechSettings) -> AsyncIterator[Speech]:
    """What the settings name, fetched where it is not here yet. Raises NoSpeechModel."""
    from copilot.adapters.asr.silero import Silero

    detector = Silero()
    async with contextlib.AsyncExitStack() as stack:
        opened = [
            await stack.enter_async_context(_open_transcriber(speech, name, _fetched))
            for name in (speech.model, speech.smaller_model)
            if name is not None
        ]
        transcriber, *smaller = (each for each in opened if each is not None)
        yield Speech(speech, transcriber, smaller[0] if smaller else None, detector)


@contextlib.asynccontextmanager
async def transcriber_at_hand(speech: SpeechSettings, name: str) -> AsyncIterator[Transcriber | None]:
    """This model, or None where it has not been fetched yet. Raises NoSpeechModel."""
    from copilot.adapters.asr.models import located
    from copilot.adapters.asr.silero import Silero

    Silero()
    async with _open_transcriber(speech, name, located) as transcriber:
        yield transcriber


async def transcribed_file(file: Path, speech: SpeechSettings, terms: Sequence[str], kept: Path | None) -> Transcript:
    """What is said in a recording. What a run that is broken off has made stays in `kept`, if given, for the next."""
    from copilot.adapters.broken_off import kept_work
    from copilot.adapters.recordings import open_recording
    from copilot.adapters.spool import SpoolFolder
    from copilot.adapters.store import open_store
    from copilot.domain.audio import RATE_HZ
    from copilot.live.pace import Pace
    from copilot.live.recordings import transcribed

    if not speech.on:
        raise BadSettings(
            f"{file.name} is a recording, and no speech model is set; COPILOT_SPEECH__MODEL=base.en is one"
        )
    recording = await asyncio.to_thread(open_recording, file, highest_hz=RATE_HZ)
    length_s = recording.length_s or 0.0
    tell = _tenths(lambda tenth: f"{file.name}: {tenth * 10} % of {length_s / 60:.0f} minutes")
    async with open_speech(speech) as opened:
        with kept_work(kept, file, _what_words_depend_on(speech, terms)) as work:
            if begun := (work / "calls.db").exists():
                click.echo(f"{file.name}: going on where it was broken off", err=True)
            ears = opened.ears(SpoolFolder(work / "sound"), terms, Pace(watched=False))
            try:
                async with open_store(f"sqlite+aiosqlite:///{work / 'calls.db'}") as store:
                    return await transcribed(
                        recording, ears, store, lambda done_s: tell(done_s / length_s if length_s else 0)
                    )
            except asyncio.CancelledError:
                if work.parent == kept:
                    click.echo(f"{file.name}: broken off; the same command goes on where it was", err=True)
                raise
            except (BrokenLog, StoreUnavailable) as problem:
                anew = f"; without {work} it begins anew" if begun else ""
                raise WorkFailed(f"{file.name} could not be transcribed: {problem}{anew}") from problem


def _what_words_depend_on(speech: SpeechSettings, terms: Sequence[str]) -> str:
    asked = speech.model_dump_json(exclude={"server_key", "at_once", "deadline_s"})
    return f"{__version__} {asked} {list(terms)}"


def speech_models(speech: SpeechSettings) -> list[SpeechModel]:
    """The speech models that can be had and those that are set, with where they are."""
    from copilot.adapters.asr.catalogue import listed

    own = () if speech.server_url else (speech.model, speech.smaller_model)
    return listed([name for name in own if name is not None])


def fetch_speech_model(name: str) -> Path:
    """Where the model is, fetched if need be. Raises NoSpeechModel."""
    return _fetched(name)


@contextlib.asynccontextmanager
async def _open_transcriber(
    speech: SpeechSettings, name: str, locate: Callable[[str], Path | None]
) -> AsyncIterator[Transcriber | None]:
    if speech.server_url is not None:
        from copilot.adapters.asr.server import AT_ONCE, ServerTerms, open_server

        key = speech.server_key.get_secret_value() if speech.server_key else None
        async with open_server(name, ServerTerms(speech.server_url, key, speech.at_once or AT_ONCE)) as server:
            yield server
        return
    from copilot.adapters.asr.whisper import WhisperTerms, open_whisper

    folder = await asyncio.to_thread(locate, name)
    if folder is None:
        yield None
        return
    async with open_whisper(folder, name, WhisperTerms(speech.device, speech.compute_type, speech.at_once)) as whisper:
        yield whisper


def _fetched(name: str) -> Path:
    from copilot.adapters.asr.models import fetch, located

    folder = located(name)
    if folder is not None:
        return folder
    click.echo(f"Fetching the speech model {name}, once", err=True)
    return fetch(name, _tenths(lambda tenth: f"Fetching the speech model {name}: {tenth * 10} %"))


def _tenths(line: Callable[[int], str]) -> Callable[[float], None]:
    """Takes the share that is done, and tells of every tenth."""
    told = 0

    def tell(share: float) -> None:
        nonlocal told
        if (tenth := int(share * 10)) > told:
            told = tenth
            click.echo(line(tenth), err=True)

    return tell
