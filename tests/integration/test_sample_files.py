"""Transcripts as real products wrote them, where they are at hand: format, utterances, speakers and length of each."""

from __future__ import annotations

from pathlib import Path

import pytest

from copilot.domain.call import Role, Transcript
from copilot.errors import UnreadableTranscript
from copilot.importers.detect import attach_chat, read_transcripts
from tests.samples import NOT_AT_HAND, SAMPLES

FORMATS = None if SAMPLES is None else SAMPLES / "formats"

pytestmark = pytest.mark.skipif(FORMATS is None, reason=NOT_AT_HAND)

# file, format, utterances (no fewer and no more), speakers, the last known time in seconds (None: the file has none)
CALLS = [
    ("assemblyai/assemblyai_utterances.json", "assemblyai", (1, 3), 1, 25.14),
    ("aws_transcribe/call_analytics_example-call.json", "aws_call_analytics", (30, 37), 2, 182.89),
    ("azure_speech/turnchunk_azure_speech.json", "azure_speech", (2, 2), 2, 2.7),
    ("deepgram/dg_utterances.json", "deepgram", (1, 6), 0, 25.44),
    ("google_meet/podman_2024-04-16.extracted_meet.txt", "google_meet", (173, 175), 7, None),
    ("otter/ladybug_62_security.otter.txt", "otter", (162, 162), 4, 3321.0),
    ("plain_text/turnchunk_bracketed.txt", "plain_text", (3, 3), 2, 8.0),
    ("rev/turnchunk_rev.json", "rev", (2, 2), 2, 2.9),
    ("teams/msgraph_docs_calltranscript_content.vtt", "webvtt", (1, 1), 1, 5.32),
    ("teams/msgraph_docs_calltranscript_metadataContent.vtt", "webvtt", (1, 1), 1, 17.726),
    ("teams/turnchunk_teams.vtt", "webvtt", (4, 4), 2, 15.8),
    ("whisper/dg_whisper_transcription.json", "deepgram", (1, 6), 0, 25.56),
    ("whisper/goodboy_galaxy_rik_nicol.srt", "srt", (400, 752), 0, 3111.76),
    ("whisper/goodboy_galaxy_rik_nicol.vtt", "webvtt", (400, 752), 0, 3111.76),
    ("whisper/whisper_timestamped.json", "whisper_json", (2, 4), 0, 25.32),
    ("youtube_auto/turnchunk_youtube_auto_real_shape.vtt", "youtube_captions", (1, 3), 0, 11.43),
    ("zoom/acdc_2025-04-17_155/transcript.vtt", "webvtt", (300, 484), 22, 4539.2),
    ("zoom/podman_2025-12-02.extracted.vtt", "webvtt", (250, 416), 15, 3035.649),
]
OTHERS = {
    "fireflies/backlot_sample_fireflies_records.jsonl",
    "gong/gong_openapi_transcript_schemas_excerpt.json",
    "zoom/acdc_2025-04-17_155/chat.txt",
}


def content_of(file: str) -> bytes:
    assert FORMATS is not None
    return (FORMATS / file).read_bytes()


def call_in(file: str) -> Transcript:
    (transcript,) = read_transcripts(content_of(file), name=file)
    return transcript


def last_time_s(transcript: Transcript) -> float | None:
    return max((time for u in transcript.utterances if (time := u.end_s or u.start_s) is not None), default=None)


class TestEveryFile:
    @pytest.mark.parametrize(("file", "known_as", "utterances", "speakers", "length_s"), CALLS)
    def test_is_read_as_what_it_is(
        self, file: str, known_as: str, utterances: tuple[int, int], speakers: int, length_s: float | None
    ) -> None:
        call = call_in(file)
        assert call.format == known_as
        assert utterances[0] <= len(call.utterances) <= utterances[1]
        assert len(call.participants) == speakers
        assert last_time_s(call) == length_s

    def test_is_looked_at_here(self) -> None:
        assert FORMATS is not None
        found = {path.relative_to(FORMATS).as_posix() for path in FORMATS.rglob("*") if path.is_file()}
        assert found == {file for file, *_ in CALLS} | OTHERS

    @pytest.mark.parametrize("file", [file for file, *_ in CALLS if Path(file).suffix in {".vtt", ".srt", ".txt"}])
    def test_reads_the_same_with_other_line_endings_and_in_utf16(self, file: str) -> None:
        text = content_of(file).decode("utf-8-sig").replace("\r\n", "\n")
        for variant in (text.replace("\n", "\r\n").encode(), text.replace("\n", "\r").encode(), text.encode("utf-16")):
            assert read_transcripts(variant, name=file) == (call_in(file),)


class TestWhatIsSaid:
    def test_is_the_same_in_two_captions_of_one_talk(self) -> None:
        srt, vtt = (call_in(f"whisper/goodboy_galaxy_rik_nicol.{suffix}") for suffix in ("srt", "vtt"))
        assert srt.utterances == vtt.utterances

    def test_has_neither_headers_nor_times_nor_trailers_in_it(self) -> None:
        for file in ("google_meet/podman_2024-04-16.extracted_meet.txt", "otter/ladybug_62_security.otter.txt"):
            texts = [u.text for u in call_in(file).utterances]
            assert not any("computer generated" in t or "otter.ai" in t or "Meeting ended" in t for t in texts)
            assert not any(t.strip("0123456789:") == "" for t in texts)

    def test_keeps_every_word_of_every_zoom_cue_with_its_speaker(self) -> None:
        file = "zoom/podman_2025-12-02.extracted.vtt"
        said: dict[str | None, str] = {}
        for u in call_in(file).utterances:
            said[u.speaker] = f"{said.get(u.speaker, '')} {u.text}"
        cues = [line.split(": ", 1) for line in content_of(file).decode().splitlines() if ": " in line]
        assert len(cues) == 416
        assert all(" ".join(words.split()) in said[name] for name, words in cues)

    def test_of_one_rolling_caption_comes_once(self) -> None:
        (utterance,) = call_in("youtube_auto/turnchunk_youtube_auto_real_shape.vtt").utterances
        assert utterance.text == "the first thing to understand is that the index is stale and nobody rebuilt it"


class TestRoles:
    def test_come_from_amazons_channels(self) -> None:
        call = call_in("aws_transcribe/call_analytics_example-call.json")
        assert {u.speaker: u.role for u in call.utterances} == {"Agent": Role.REP, "Customer": Role.CUSTOMER}

    def test_come_from_the_mail_domains_that_fireflies_has(self) -> None:
        file = "fireflies/backlot_sample_fireflies_records.jsonl"
        calls = read_transcripts(content_of(file), name=file)
        assert [call.format for call in calls] == ["fireflies"] * 3
        assert [len(call.utterances) for call in calls] == [3, 3, 1]
        assert {p.name: p.role for p in calls[0].participants} == {"Dana Rep": Role.REP, "Ivan Ortiz": Role.CUSTOMER}


class TestOtherFiles:
    def test_a_chat_goes_beside_its_call(self) -> None:
        folder = "zoom/acdc_2025-04-17_155"
        call = attach_chat(call_in(f"{folder}/transcript.vtt"), content_of(f"{folder}/chat.txt"), name="chat.txt")
        assert len(call.chat) == 183
        assert call.chat[1].text == "favorite time of the week"
        assert not any("Reacted to" in m.text or "Replying to" in m.text for m in call.chat)

    @pytest.mark.parametrize(
        ("file", "why"),
        [
            ("zoom/acdc_2025-04-17_155/chat.txt", "Zoom chat"),
            ("gong/gong_openapi_transcript_schemas_excerpt.json", "no format we know"),
        ],
    )
    def test_what_is_no_call_is_refused(self, file: str, why: str) -> None:
        with pytest.raises(UnreadableTranscript, match=why):
            read_transcripts(content_of(file), name=file)
