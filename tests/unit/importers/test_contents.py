from __future__ import annotations

from copilot.importers.contents import content_of
from copilot.importers.detect import read_transcripts

VTT = b"""WEBVTT

00:00:01.000 --> 00:00:04.000
Dana Reyes: What does the cycle look like today?

00:00:05.000 --> 00:00:09.000
Luis Ortega: Six weeks, most of the time.
"""
TEXT = b"Dana Reyes: What does the cycle look like today?\r\nLuis Ortega:  Six weeks, most of the time.\r\n"


def of(content: bytes, name: str, *reps: str) -> str:
    (transcript,) = read_transcripts(content, name=name, reps=list(reps))
    return content_of(transcript)


def test_the_same_talk_is_known_in_another_format_with_other_sides() -> None:
    assert of(VTT, "a.vtt") == of(TEXT, "b.txt") == of(VTT, "a.vtt", "Dana Reyes")


def test_other_words_or_another_speaker_are_another_call() -> None:
    others = [VTT.replace(b"Six", b"Five"), VTT.replace(b"Luis", b"Tom")]

    assert len({of(VTT, "a.vtt"), *(of(other, "a.vtt") for other in others)}) == 3
