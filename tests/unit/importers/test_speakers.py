from __future__ import annotations

from copilot.domain.call import Role, Transcript, Utterance
from copilot.importers.speakers import QUOTED, speakers_in


def transcript(*said: tuple[str | None, str, Role]) -> Transcript:
    return Transcript(
        format="text",
        utterances=tuple(
            Utterance(i=i, id=str(i), speaker=speaker, text=text, role=role)
            for i, (speaker, text, role) in enumerate(said)
        ),
    )


def test_speakers_come_in_the_order_in_which_they_first_speak_of_all_calls_in_a_file() -> None:
    first = transcript(("Luis", "Hello", Role.CUSTOMER), ("Dana", "Hi", Role.REP), ("Luis", "So", Role.CUSTOMER))
    second = transcript(("Mia", "Welcome", Role.REP), ("Dana", "Thanks", Role.REP), (None, "Noise", Role.UNKNOWN))

    assert [(s.name, s.role, s.utterances, s.first) for s in speakers_in([first, second])] == [
        ("Luis", Role.CUSTOMER, 2, "Hello"),
        ("Dana", Role.REP, 2, "Hi"),
        ("Mia", Role.REP, 1, "Welcome"),
    ]


def test_what_they_begin_with_is_cut_between_words() -> None:
    (speaker,) = speakers_in([transcript(("Luis", "wonderful " * 40, Role.UNKNOWN))])

    assert len(speaker.first) <= QUOTED + 2
    assert speaker.first.endswith("wonderful …")
