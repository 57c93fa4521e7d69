"""`make wer`: what it counts. How well a model hears, these tests do not say: theirs knows the words."""

from __future__ import annotations

import asyncio
import json
import wave
from pathlib import Path

import pytest
from click.testing import CliRunner

from copilot.adapters.asr.silero import Silero
from copilot.adapters.recordings import open_recording
from copilot.adapters.spool import SpoolFolder
from copilot.adapters.store import MemoryStore
from copilot.domain.call import Transcript
from copilot.errors import UnusableInput
from copilot.live.ears import Ears
from copilot.live.pace import Pace
from copilot.live.recordings import transcribed
from copilot.ports import VoiceDetector
from scripts.wer.__main__ import main, summary
from scripts.wer.measuring import Errors, Measured, Transcribe, errors, measure
from scripts.wer.references import Reference, references
from scripts.wer.wording import compared
from tests.samples import NOT_AT_HAND, SAMPLES
from tests.speech import A_TALK, TWO_SIDES, Line, LoudnessDetector, Oracle, wire


def knowing(lines: list[Line], folder: Path, detector: VoiceDetector | None = None) -> Transcribe:
    """A model that knows these words, behind the whole way that a recording takes."""

    async def transcribe(file: Path) -> Transcript:
        ears = Ears(
            Oracle(lines), detector or LoudnessDetector(), SpoolFolder(folder / file.stem), pace=Pace(watched=False)
        )
        return await transcribed(open_recording(file), ears, MemoryStore(), lambda _: None)

    return transcribe


def a_recording(folder: Path) -> Path:
    file = folder / "call.wav"
    with wave.open(str(file), "wb") as wav:
        wav.setparams((2, 2, 16000, 0, "NONE", ""))
        wav.writeframes(wire(A_TALK, TWO_SIDES, 14))
    return file


def measured(reference: Reference, transcribe: Transcribe, terms: tuple[str, ...] = ()) -> Measured:
    return asyncio.run(measure(reference, transcribe, 14.0, terms))


class TestWording:
    @pytest.mark.parametrize(
        ("one", "other"),
        [
            ("Hello, this is   Harper Valley.", "hello this is harper valley"),
            ("[noise] um my <unk> card", "My card."),
            ("one two three", "1-2-3"),
            ("one two three", "123"),
            ("twenty three fifty", "23, 50"),
            ("it’s fourteen", "It's 14!"),
        ],
    )
    def test_what_is_only_written_differently_is_the_same(self, one: str, other: str) -> None:
        assert compared(one) == compared(other)

    @pytest.mark.parametrize(("one", "other"), [("nine days", "five days"), ("it's", "it is"), ("thirteen", "thirty")])
    def test_other_words_stay_other_words(self, one: str, other: str) -> None:
        assert compared(one) != compared(other)


class TestErrors:
    def test_are_counted_by_kind(self) -> None:
        assert errors("we lose two days waiting here", "we loose two days waiting") == Errors(6, 1, 0, 1)
        assert errors("really", "well really now") == Errors(1, 0, 2, 0)

    def test_of_nothing_said_are_all_insertions_and_have_no_rate(self) -> None:
        made_up = errors("[noise]", "thanks for watching")

        assert made_up == Errors(0, 0, 3, 0)
        assert made_up.rate is None

    def test_are_pooled_over_words_and_not_over_recordings(self) -> None:
        assert (errors("a b c d e f g h", "a b c d e f g h") + errors("x y", "")).rate == 0.2


class TestARecording:
    def test_that_is_heard_right_has_none(self, tmp_path: Path) -> None:
        a_recording(tmp_path)
        for channel, name in enumerate(("left", "right")):
            said = " ".join(line.text for line in A_TALK if line.channel == channel)
            (tmp_path / f"call.{name}.txt").write_text(f"{said.capitalize()}.", encoding="utf-8")
        (reference,) = references(tmp_path)
        done = measured(reference, knowing(list(A_TALK), tmp_path), ("forty thousand", "days"))

        assert {channel: found.rate for channel, found in done.by_channel.items()} == {0: 0, 1: 0}
        assert (done.terms_said, done.terms_heard) == (2, 2)
        assert done.in_silence is None

    def test_channels_do_not_help_each_other(self, tmp_path: Path) -> None:
        a_recording(tmp_path)
        swapped = [Line(1 - line.channel, line.start_s, line.end_s, line.text) for line in A_TALK]
        told = [
            {"channel": line.channel, "start_s": line.start_s, "end_s": line.end_s, "text": line.text}
            for line in A_TALK
        ]
        (tmp_path / "call.json").write_text(json.dumps(told), encoding="utf-8")
        (reference,) = references(tmp_path)
        done = measured(reference, knowing(swapped, tmp_path))

        assert done.errors.rate == 1

    def test_what_is_heard_where_nobody_speaks_is_counted_by_itself(self, tmp_path: Path) -> None:
        a_recording(tmp_path)
        told = [{"channel": 1, "start_s": 3.0, "end_s": 5.4, "text": "about nine days from order to truck"}]
        (tmp_path / "call.json").write_text(json.dumps(told), encoding="utf-8")
        (reference,) = references(tmp_path)
        done = measured(reference, knowing([line for line in A_TALK if line.channel == 1], tmp_path))

        assert done.in_silence == 7 + 5  # "forty" is 4 0
        assert "words heard where nobody speaks: 12" in summary([done])

    def test_without_a_word_heard_is_all_wrong(self, tmp_path: Path) -> None:
        a_recording(tmp_path)
        (tmp_path / "call.txt").write_text("how long does it take", encoding="utf-8")
        (reference,) = references(tmp_path)

        assert measured(reference, knowing([], tmp_path)).errors == Errors(5, 0, 0, 5)


class TestTheFolder:
    def test_without_references_says_what_is_wanted(self, tmp_path: Path) -> None:
        a_recording(tmp_path)
        with pytest.raises(UnusableInput, match=r"call\.left\.txt and call\.right\.txt"):
            references(tmp_path)

    def test_with_broken_segments_names_the_file(self, tmp_path: Path) -> None:
        a_recording(tmp_path)
        (tmp_path / "call.json").write_text('[{"words": 1}]', encoding="utf-8")
        with pytest.raises(UnusableInput, match=r"call\.json is no list of segments"):
            references(tmp_path)

    def test_without_a_model_the_program_says_so(self, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.chdir(tmp_path)
        done = CliRunner().invoke(main, [str(tmp_path)])

        assert done.exit_code == 2
        assert done.stderr == "wer: no speech model is set; name one: make wer MODEL=base.en DIR=recordings\n"


@pytest.mark.skipif(SAMPLES is None, reason=NOT_AT_HAND)
def test_real_calls_with_a_model_that_knows_their_words(tmp_path: Path) -> None:
    """What is wrong here is not the model: words at the edges of utterances, whose times are only estimated."""
    assert SAMPLES is not None
    calls = [reference for reference in references(SAMPLES / "audio") if reference.has_times]
    assert len(calls) == 4
    total = Errors()
    for reference in calls:
        lines = [
            Line(said.channel, said.start_s or 0, said.end_s or 0, text)
            for said in reference.said
            if (text := " ".join(compared(said.text)))
        ]
        total += measured(reference, knowing(lines, tmp_path, Silero())).errors

    assert total.words > 300
    assert total.rate is not None
    assert total.rate < 0.02
