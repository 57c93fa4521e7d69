"""IBM Watson: words as `[word, from, to]`, speakers in a list apart, joined by a word's start."""

from __future__ import annotations

from collections.abc import Mapping

from copilot.domain.call import Transcript
from copilot.importers.assembly import transcript_from
from copilot.importers.cues import Cue
from copilot.importers.json_fields import (
    Fields,
    documents,
    elements,
    fields,
    records,
    seconds,
    speaker_label,
    string,
    within,
)
from copilot.importers.source import Source
from copilot.importers.words import Word, cues_from_words

NAME = "ibm_watson"
_HESITATION = "%HESITATION"


def matches(source: Source) -> bool:
    return any(
        "timestamps" in _alternative(result) or ("result_index" in response and _alternative(result))
        for response in _responses(source.json)
        for result in records(response.get("results"))
    )


def read(source: Source) -> tuple[Transcript, ...]:
    """A file of several responses is one call that came in parts."""
    responses = _responses(source.json)
    speakers = {
        seconds(label.get("from")): speaker_label(label.get("speaker"))
        for response in responses
        for label in records(response.get("speaker_labels"))
    }
    cues = [
        cue
        for response in responses
        for result in records(response.get("results"))
        if result.get("final") is not False
        for cue in _cues(result, speakers)
    ]
    return (transcript_from(cues, format=NAME),)


def _responses(json: object) -> list[Fields]:
    """Asynchronous jobs wrap their responses in another `results`."""
    return [
        response
        for document in documents(json)
        for response in ([r for r in records(document.get("results")) if "results" in r] or [document])
    ]


def _alternative(result: Fields) -> Fields:
    return fields(within(result, "alternatives", 0))


def _cues(result: Fields, speakers: Mapping[float | None, str | None]) -> list[Cue]:
    alternative = _alternative(result)
    words = [
        Word(
            string(within(word, 0)),
            start_s,
            seconds(within(word, 2)),
            speakers.get(start_s) if start_s is not None else None,
        )
        for word in elements(alternative.get("timestamps"))
        if string(within(word, 0)) != _HESITATION
        for start_s in [seconds(within(word, 1))]
    ]
    return cues_from_words(words) or [Cue(string(alternative.get("transcript")).replace(_HESITATION, ""))]
