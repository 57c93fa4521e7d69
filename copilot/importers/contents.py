"""What is in a file, as a hash: by it the same transcript or recording is known again, whatever the file is called."""

from __future__ import annotations

import json
from hashlib import sha256

from copilot.domain.call import Transcript


def content_of(transcript: Transcript) -> str:
    """Of who says what, in order: not of how the file writes it, nor of times, nor of who is on which side."""
    said = [[utterance.speaker, " ".join(utterance.text.split())] for utterance in transcript.utterances]
    return sha256(json.dumps(said).encode()).hexdigest()
