"""What rules find is taken where the reader hears such a thing, too."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial

import pytest

from copilot.analysis.extraction.believing import believed
from copilot.analysis.reader import Impressions
from copilot.domain.impressions import Tag
from copilot.domain.items import Evidence
from copilot.domain.ops import AddOutcome, AnyOp, UpdateItem
from copilot.domain.state import CallState
from tests.unit.analysis.conversations import talk
from tests.unit.analysis.readers import Takes

SAID = "I want returns below five percent."
STEP = "I'll send you the pricing sheet by Friday."
HERE = (Evidence(utterance=0, quote=SAID),)
ADDS, GOES_ON = AddOutcome(text="Returns below five percent", evidence=HERE), UpdateItem(id="O1", evidence=HERE)


def finds(_state: CallState, _i: int) -> Sequence[AnyOp]:
    return (ADDS, GOES_ON)


def taken(*, likely: float) -> Sequence[AnyOp]:
    run = believed(finds, Tag.OUTCOME, Impressions(Takes({SAID: Tag.OUTCOME}, likely=likely)))
    return run(talk(f"customer: {SAID}"), 0)


def test_a_new_item_needs_an_utterance_that_likely_speaks_of_such_a_thing() -> None:
    assert taken(likely=0.5) == (ADDS, GOES_ON)


def test_where_that_is_unlikely_items_that_are_known_go_on_alone() -> None:
    assert taken(likely=0.49) == (GOES_ON,)


@pytest.mark.parametrize("likely", [0.0, 0.9])
def test_outcomes_and_next_steps_by_rule_are_believed_so(likely: float) -> None:
    heard = partial(talk, f"customer: {SAID}", f"rep: {STEP}")
    outcome = heard(reader=Takes({SAID: Tag.OUTCOME, STEP: Tag.OUTCOME}, likely=likely)).outcomes
    step = heard(reader=Takes({SAID: Tag.NEXT_STEP, STEP: Tag.NEXT_STEP}, likely=likely)).next_steps

    assert (len(outcome), len(step)) == ((1, 1) if likely else (0, 0))


@pytest.mark.parametrize(("likely", "results"), [(0.0, 0), (0.9, 1)])
def test_so_are_results_of_a_review(likely: float, results: int) -> None:
    said = "The open cases came down from eleven to five."
    state = talk(f"customer: {said}", kind="qbr", reader=Takes({said: Tag.OUTCOME}, likely=likely))

    assert len(state.outcomes) == results
