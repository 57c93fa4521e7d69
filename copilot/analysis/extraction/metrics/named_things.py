"""Whether words can be the name of what is measured, and the names that a clause holds."""

from __future__ import annotations

import re
from collections.abc import Iterator

from copilot.analysis.extraction.antecedents import thing_named
from copilot.analysis.extraction.mentions import Mention
from copilot.analysis.extraction.metrics.sayings import measured_in
from copilot.analysis.extraction.metrics.words import measure_name, names_a_thing
from copilot.analysis.language.phrasing import core
from copilot.analysis.language.words import content_words
from copilot.analysis.numbers import find_quantities
from copilot.domain.state import CallState

_BACK = 2  # utterances in which somebody may have been called by name
_ROLE = re.compile(r"\b(?:lead|head|manager|director|controller|officer|c[efito]o|president)$", re.I)


def things_in(said: str) -> Iterator[str]:
    """What figures can be told of, as a clause names it."""
    for quantity in find_quantities(said)[:2]:
        yield measured_in(said, quantity.start, quantity.end)
    yield measure_name(core(said))
    yield measure_name(thing_named(said))


def is_measure(state: CallState, mention: Mention, name: str) -> bool:
    """Whether words can name a measure; one word alone where it has been spoken of before, or is no proper name."""
    if not names_a_thing(name) or is_person(state, mention, name):
        return False
    if len(content_words(name)) > 1:
        return True
    heard = [u.text for u in state.utterances[: mention.i + 1]]
    if any(re.search(rf"[a-z,] {re.escape(name)}\b", text) for text in heard if name in text):
        return False
    return heard[-1] != heard[-1].lower() or any(content_words(name) <= content_words(text) for text in heard[:-1])


def is_person(state: CallState, mention: Mention, name: str) -> bool:
    """Whether words are somebody's role, called by name just now: "our quality lead, Henrik" is no measure."""
    role = name.partition(",")[0]
    if not _ROLE.search(role):
        return False
    called = re.compile(rf"\b(?i:{re.escape(role)}),\s+[A-Z]")
    return any(called.search(u.text) for u in state.utterances[max(0, mention.i - _BACK) : mention.i + 1])
