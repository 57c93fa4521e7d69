from __future__ import annotations

import wave
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import av
import numpy as np
import pytest

from copilot.adapters.asr.silero import Silero
from copilot.adapters.recordings import open_recording
from copilot.adapters.spool import SpoolFolder
from copilot.adapters.store import MemoryStore
from copilot.domain.audio import AudioFormat, Decoded, DecodeRequest, Samples, Segment
from copilot.domain.call import Transcript
from copilot.domain.events import Logged, UtteranceHeard
from copilot.domain.records import CallRecord
from copilot.errors import UnreadableTranscript, WorkFailed
from copilot.live.ears import Ears
from copilot.live.pace import Pace
from copilot.live.recordings import transcribed
from tests.speech import A_TALK, TWO_SIDES, Line, LoudnessDetector, Oracle, texts, wire

pytestmark = pytest.mark.anyio

LENGTH_S = 15.0


def write_wav(file: Path, audio: AudioFormat, payload: bytes) -> Path:
    with wave.open(str(file), "wb") as wav:
        wav.setnchannels(len(audio.channels))
        wav.setsampwidth(2)
        wav.setframerate(audio.sample_rate_hz)
        wav.writeframes(payload)
    return file


def write(file: Path, codec: str, audio: AudioFormat, payload: bytes, **options: Any) -> Path:
    """The same through an encoder."""
    with av.open(str(file), "w") as container:
        layout = "stereo" if len(audio.channels) == 2 else "mono"
        stream: Any = container.add_stream(codec, rate=audio.sample_rate_hz, layout=layout, **options)
        samples = np.frombuffer(payload, dtype="<i2").reshape(1, -1)
        step = audio.sample_rate_hz // 50 * len(audio.channels)
        resampler = av.AudioResampler(
            format=stream.format, layout=layout, rate=audio.sample_rate_hz, frame_size=stream.frame_size or 0
        )
        for start in range(0, samples.shape[1], step):
            frame = av.AudioFrame.from_ndarray(samples[:, start : start + step].copy(), format="s16", layout=layout)
            frame.sample_rate = audio.sample_rate_hz
            for ready in resampler.resample(frame):
                container.mux(stream.encode(ready))
        for ready in resampler.resample(None):
            container.mux(stream.encode(ready))
        container.mux(stream.encode(None))
    return file


async def heard(file: Path, lines: Sequence[Line] = A_TALK, **trouble: Any) -> Transcript:
    ears = Ears(
        Oracle(lines, **trouble),
        LoudnessDetector(),
        SpoolFolder(file.parent / "sound"),
        pace=Pace(watched=False, sync_s=0.0),
    )
    return await transcribed(open_recording(file), ears, MemoryStore(), lambda _: None)


def of(transcript: Transcript, speaker: str | None) -> list[str]:
    return [utterance.text for utterance in transcript.utterances if utterance.speaker == speaker]


class TestARecording:
    async def test_of_two_channels_has_two_speakers_in_the_order_of_their_words(self, tmp_path: Path) -> None:
        file = write_wav(tmp_path / "call.wav", TWO_SIDES, wire(A_TALK, TWO_SIDES, LENGTH_S))
        transcript = await heard(file)

        assert [of(transcript, f"Speaker {n}") for n in (1, 2)] == [texts(A_TALK, 0), texts(A_TALK, 1)]
        assert [person.name for person in transcript.participants] == ["Speaker 1", "Speaker 2"]
        starts = [utterance.start_s or 0 for utterance in transcript.utterances]
        assert starts == sorted(starts)
        assert [utterance.i for utterance in transcript.utterances] == list(range(len(A_TALK)))

    async def test_of_one_channel_has_nobody(self, tmp_path: Path) -> None:
        mono = AudioFormat.model_validate({"encoding": "pcm_s16le", "sample_rate_hz": 8000, "channels": ["unknown"]})
        lines = [line for line in A_TALK if line.channel == 0]
        transcript = await heard(write_wav(tmp_path / "call.wav", mono, wire(lines, mono, LENGTH_S)), lines)

        assert of(transcript, None) == texts(lines, 0)
        assert transcript.participants == ()

    @pytest.mark.parametrize(
        ("name", "codec"),
        [
            ("call.flac", "flac"),
            ("call.mp3", "libmp3lame"),
            ("call.m4a", "aac"),
            ("call.ogg", "libopus"),
            ("call.opus", "libopus"),
            ("call.webm", "libopus"),
            ("call.wav", "pcm_mulaw"),
            ("call24.wav", "pcm_s24le"),
        ],
    )
    async def test_in_whatever_format_has_the_same_words(self, tmp_path: Path, name: str, codec: str) -> None:
        audio = TWO_SIDES.model_copy(update={"sample_rate_hz": 48000})
        transcript = await heard(write(tmp_path / name, codec, audio, wire(A_TALK, audio, LENGTH_S)))

        assert [of(transcript, f"Speaker {n}") for n in (1, 2)] == [texts(A_TALK, 0), texts(A_TALK, 1)]

    async def test_is_told_in_the_order_in_which_it_was_said(self, tmp_path: Path) -> None:
        """Also where one side says little: its second utterance does not go beside the other's second."""
        talk = [
            *(Line(0, 1 + 2 * n, 2 + 2 * n, f"the rep says number {n}") for n in range(12)),
            Line(1, 20.1, 20.9, "no"),
        ]
        file = write_wav(tmp_path / "call.wav", TWO_SIDES, wire(talk, TWO_SIDES, 27))
        told: list[str] = []

        class Listed(MemoryStore):
            async def append(self, call_id: str, events: Sequence[Logged], record: CallRecord | None = None) -> None:
                told.extend(logged.event.text for logged in events if isinstance(logged.event, UtteranceHeard))
                await super().append(call_id, events, record)

        ears = Ears(Oracle(talk), LoudnessDetector(), SpoolFolder(tmp_path / "sound"), pace=Pace(watched=False))
        await transcribed(open_recording(file), ears, Listed(), lambda _: None)

        assert told == [line.text for line in sorted(talk, key=lambda line: line.start_s)]

    async def test_is_decoded_once_and_not_while_it_is_spoken(self, tmp_path: Path) -> None:
        oracle = Oracle(A_TALK)
        ears = Ears(oracle, LoudnessDetector(), SpoolFolder(tmp_path / "sound"), pace=Pace(watched=False))
        file = write_wav(tmp_path / "call.wav", TWO_SIDES, wire(A_TALK, TWO_SIDES, LENGTH_S))
        told: list[float] = []
        await transcribed(open_recording(file), ears, MemoryStore(), told.append)

        assert len(oracle.asked) == len(A_TALK)
        assert all(request.final for request in oracle.asked)
        assert told == sorted(told)


class Inventive(Oracle):
    """Makes something up wherever it is asked, as models do."""

    async def transcribe(self, samples: Samples, request: DecodeRequest) -> Decoded:
        self.asked.append(request)
        return Decoded((Segment("Thank you for watching.", 0, 1, -0.9, 0.5),), "en")


class TestWhereNobodySpeaks:
    """With the real voice detector."""

    async def text(self, file: Path) -> tuple[str, int]:
        oracle = Inventive(())
        ears = Ears(oracle, Silero(), SpoolFolder(file.parent / "sound"), pace=Pace(watched=False, sync_s=0.0))
        with pytest.raises(UnreadableTranscript) as said:
            await transcribed(open_recording(file), ears, MemoryStore(), lambda _: None)
        return str(said.value), len(oracle.asked)

    async def test_twenty_minutes_of_silence_give_no_text_and_cost_no_decode(self, tmp_path: Path) -> None:
        mono = AudioFormat.model_validate({"encoding": "pcm_s16le", "sample_rate_hz": 8000, "channels": ["unknown"]})
        hiss = np.random.default_rng(5).normal(0, 30, 20 * 60 * 8000).astype("<i2").tobytes()
        said, asked = await self.text(write_wav(tmp_path / "silence.wav", mono, hiss))

        assert "not a word of speech" in said
        assert asked == 0

    async def test_hold_music_gives_no_text(self, tmp_path: Path) -> None:
        mono = AudioFormat.model_validate({"encoding": "pcm_s16le", "sample_rate_hz": 8000, "channels": ["unknown"]})
        times = np.arange(60 * 8000) / 8000
        chords = [(262, 330, 392), (220, 262, 330), (175, 220, 262), (196, 247, 294)]
        beat = (times * 1.5).astype(int)
        tune = np.zeros_like(times)
        for n, chord in enumerate(chords):
            for hz in (*chord, chord[0] / 2, chord[2] * 2):
                tune += np.where(beat % 4 == n, np.sin(2 * np.pi * hz * times + np.sin(times * 30) / 3), 0)
        music = (3000 * tune * np.exp(-2 * (times * 1.5 % 1))).astype("<i2").tobytes()
        said, _ = await self.text(write_wav(tmp_path / "music.wav", mono, music))

        assert "not a word of speech" in said


class TestWhatCannotBeTranscribed:
    async def test_a_recording_without_speech_says_so(self, tmp_path: Path) -> None:
        file = write_wav(tmp_path / "quiet.wav", TWO_SIDES, wire((), TWO_SIDES, 5))
        with pytest.raises(UnreadableTranscript, match=r"quiet\.wav: there is not a word of speech"):
            await heard(file)

    async def test_a_model_that_fails_is_told(self, tmp_path: Path) -> None:
        file = write_wav(tmp_path / "call.wav", TWO_SIDES, wire(A_TALK, TWO_SIDES, LENGTH_S))
        with pytest.raises(WorkFailed, match=r"call\.wav could not be transcribed: .* told to fail"):
            await heard(file, failure_rate=1.0)

    async def test_a_part_that_fails_is_not_passed_over(self, tmp_path: Path) -> None:
        file = write_wav(tmp_path / "call.wav", TWO_SIDES, wire(A_TALK, TWO_SIDES, LENGTH_S))
        with pytest.raises(WorkFailed, match=r"call\.wav: \d+ s of it could not be transcribed"):
            await heard(file, troubles=dict.fromkeys((0, 1, 7, 8), "fail"))  # the first one, at every try

    def test_a_file_that_only_looks_like_one_says_what_would_work(self, tmp_path: Path) -> None:
        (tmp_path / "call.flac").write_bytes(b"fLaC and then something else")
        with pytest.raises(UnreadableTranscript, match="no recording that can be read; WAV, MP3"):
            open_recording(tmp_path / "call.flac")

    def test_a_file_that_is_not_there_says_so(self, tmp_path: Path) -> None:
        with pytest.raises(UnreadableTranscript, match="no such file"):
            open_recording(tmp_path / "none.wav")

    async def test_a_file_that_was_cut_off_gives_what_there_is(self, tmp_path: Path) -> None:
        whole = write(tmp_path / "whole.flac", "flac", TWO_SIDES, wire(A_TALK, TWO_SIDES, LENGTH_S))
        cut = tmp_path / "cut.flac"
        cut.write_bytes(whole.read_bytes()[: whole.stat().st_size * 6 // 10])
        transcript = await heard(cut)

        assert of(transcript, "Speaker 1")[0] == texts(A_TALK, 0)[0]
        assert len(transcript.utterances) < len(A_TALK)
