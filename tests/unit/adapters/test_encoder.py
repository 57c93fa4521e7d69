"""The small model itself, as it comes with the program."""

from __future__ import annotations

import pytest

import copilot.adapters.encoder.encoder as module
from copilot.adapters.encoder.encoder import Encoder
from copilot.domain.call import CallKind, Role
from copilot.domain.impressions import Impression, Part, Tag, Turn

REP, CUSTOMER = Role.REP, Role.CUSTOMER


@pytest.fixture(scope="module")
def encoder() -> Encoder:
    return Encoder()


def likeliest(impression: Impression) -> str:
    return max(impression.stages, key=impression.stages.__getitem__)


@pytest.mark.parametrize(
    ("turns", "stage"),
    [
        ([Turn(REP, "Hi everyone, thanks for joining, can you all hear me?")], "other"),
        (
            [Turn(REP, "What does a late delivery cost you?"), Turn(CUSTOMER, "We lost two clients over it.")],
            "negative_consequences",
        ),
        ([Turn(REP, "Who reports the figure, and how often?"), Turn(CUSTOMER, "Priya, every month.")], "metrics"),
        ([Turn(CUSTOMER, "It has to work with our single sign-on from day one.")], "required_capabilities"),
    ],
)
def test_reads_what_a_turn_is_about(encoder: Encoder, turns: list[Turn], stage: str) -> None:
    assert likeliest(encoder.read(turns, CallKind.DISCOVERY)) == stage


def test_an_answer_is_read_by_what_was_asked(encoder: Encoder) -> None:
    answer = Turn(CUSTOMER, "Well, Priya does that, she spends most of Monday on it.")

    how = encoder.read([Turn(REP, "Walk me through how a claim gets handled today."), answer], CallKind.DISCOVERY)
    who = encoder.read([Turn(REP, "And who will report the number every month?"), answer], CallKind.DISCOVERY)

    assert how.stages["before_scenario"] > who.stages["before_scenario"]
    assert who.stages["metrics"] > how.stages["metrics"]


def test_tags_tell_a_promise_from_a_greeting(encoder: Encoder) -> None:
    promise = encoder.read([Turn(REP, "I'll send you the proposal by Friday.")], CallKind.DEMO)
    greeting = encoder.read([Turn(REP, "Good morning, how was your weekend?")], CallKind.DEMO)

    assert promise.tags[Tag.NEXT_STEP] > 0.5 > greeting.tags[Tag.NEXT_STEP]


@pytest.mark.parametrize("text", ["", "…", "😀", "你好", "word " * 5000, "x" * 5000, "\x00\x1b"])
def test_takes_whatever_is_said(encoder: Encoder, text: str) -> None:
    impression = encoder.read([Turn(Role.UNKNOWN, "So."), Turn(Role.UNKNOWN, text)], CallKind.OTHER)

    assert sum(impression.stages.values()) == pytest.approx(1)
    assert set(impression.tags) == set(Tag)
    assert all(0 <= p <= 1 for p in (*impression.stages.values(), *impression.tags.values()))


def test_reads_the_same_every_time(encoder: Encoder) -> None:
    turns = [Turn(REP, "What would change?"), Turn(CUSTOMER, "We'd close the books in three days instead of nine.")]

    assert encoder.read(turns, CallKind.QBR) == Encoder().read(turns, CallKind.QBR)


def test_is_small() -> None:
    folder = module._HERE

    assert (folder / module.MODEL).stat().st_size <= 16 * 2**20


def test_every_word_of_a_turn_is_judged_however_long_it_is(encoder: Encoder) -> None:
    text = "Well, it was a long summer. " * 60 + "We need to bring the returns down from eight percent to five by May."
    impression = encoder.read([Turn(REP, "What are you after?"), Turn(CUSTOMER, text)], CallKind.DISCOVERY)

    assert {len(likely) for likely in impression.parts.values()} == {len(text.split())}
    assert set(impression.parts) == set(Part)


def test_words_that_say_what_is_wanted_stand_out(encoder: Encoder) -> None:
    text = "It rained all week. We need to bring the returns down from eight percent to five by May."
    impression = encoder.read([Turn(REP, "What are you after?"), Turn(CUSTOMER, text)], CallKind.DISCOVERY)

    rained, returns = text.split().index("rained"), text.split().index("returns")
    assert impression.parts[Part.OUTCOME][returns] > 2 * impression.parts[Part.OUTCOME][rained]
