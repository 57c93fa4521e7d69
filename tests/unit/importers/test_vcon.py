from __future__ import annotations

import json

from copilot.importers import vcon
from tests.unit.importers.files import file, said

BODY = {
    "transcript": {"text": "Why? Because.", "language": "en-US", "duration": 3.0},
    "segments": [
        {"id": 0, "start": 0.5, "end": 0.9, "text": "Why?", "speaker": 0, "words": [0]},
        {"id": 1, "start": 1.0, "end": 1.5, "text": "Because.", "speaker": 1, "words": [1]},
    ],
    "words": [{"id": 0, "start": 0.5, "end": 0.9, "text": "Why?", "speaker": 0}],
    "speakers": {"0": {"id": 0, "label": "Dana"}, "1": {"id": 1, "label": "Luis"}},
}
EXPECTED = [("Dana", 0.5, 0.9, "Why?"), ("Luis", 1.0, 1.5, "Because.")]


class TestVcon:
    def test_is_read_through_its_transcript(self) -> None:
        analysis = [{"type": "summary", "body": "A short call."}, {"type": "wtf_transcription", "body": BODY}]
        (transcript,) = vcon.read(file({"vcon": "0.3.0", "subject": "Acme", "parties": [], "analysis": analysis}))
        assert (transcript.title, transcript.language, said(transcript)) == ("Acme", "en-US", EXPECTED)

    def test_may_carry_the_transcript_as_text_in_an_attachment(self) -> None:
        attachments = [{"type": "transcript", "encoding": "json", "body": json.dumps(BODY)}]
        assert said(vcon.read(file({"vcon": "0.3.0", "attachments": attachments}))[0]) == EXPECTED

    def test_is_one_call_whatever_number_of_services_transcribed_it(self) -> None:
        analysis = [{"type": "wtf_transcription", "body": BODY}, {"type": "wtf_transcription", "body": BODY}]
        assert len(vcon.read(file({"vcon": "0.3.0", "analysis": analysis}))) == 1

    def test_without_a_transcript_gives_none(self) -> None:
        assert vcon.read(file({"vcon": "0.3.0", "analysis": [{"type": "summary", "body": "A short call."}]})) == ()
