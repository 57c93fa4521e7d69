"""Replies put together at random, of the right shape."""

from __future__ import annotations

from typing import get_args

from hypothesis import given, settings
from hypothesis import strategies as st

from copilot.analysis.deep.reply import WireOp, WireOpName
from copilot.analysis.deep.translation import MOST_EMPTIED, MOST_RETIRED
from tests.unit.analysis.deep import attacks
from tests.unit.analysis.deep.damage import damage, items, texts
from tests.unit.analysis.deep.test_translation import BASE, taken
from tests.unit.analysis.deep.wires import wire

QUOTES = [(u.i, u.text) for u in BASE.utterances]
names = st.sampled_from(["O1", "O2", "C1", "M1", "N1", "P1", "Q1", "O9", "new1", "../O1", ""])
loose_texts = st.one_of(
    st.none(),
    st.text(max_size=30),
    st.sampled_from([text for _, text in QUOTES]),
    st.sampled_from(["<b>four weeks</b>", "99 problems", "[x](https://e.example)", "[CARD_1]", "\ud800"]),
)
LOOSE_FIELDS = ("text", "baseline", "target", "owner", "cadence", "due", "stage", "why")


@st.composite
def loose_ops(draw: st.DrawFn) -> WireOp:
    """Anything of the right shape; quotes mostly real ones, in whole or in part."""
    quotes = []
    for _ in range(draw(st.integers(0, 3))):
        i, text = draw(st.sampled_from(QUOTES))
        a, b = sorted((draw(st.integers(0, len(text))), draw(st.integers(0, len(text)))))
        quotes.append(
            (draw(st.sampled_from([i, i, -1, 7, 10**30])), draw(st.sampled_from([text, text[a:b], "never said"])))
        )
    fields = {name: draw(loose_texts) for name in LOOSE_FIELDS}
    kind = draw(st.sampled_from([None, "leading", "ignored_cue", "feature_dumping", "asked", "baseline", "owner"]))
    links = draw(st.none() | st.lists(names, max_size=3))
    op = draw(st.sampled_from(get_args(WireOpName)))
    priority = draw(st.sampled_from([None, 1, 2, 3]))
    return wire(op, *quotes, id=draw(st.none() | names), kind=kind, outcomes=links, priority=priority, **fields)


@settings(max_examples=150, deadline=None)
@given(st.lists(loose_ops(), max_size=12))
def test_whatever_a_model_sends_it_does_no_damage(ops: list[WireOp]) -> None:
    after, _ = taken(*ops, prompt=attacks.prompts())

    assert damage(BASE, after, most_retired=MOST_RETIRED, most_emptied=MOST_EMPTIED, prompt=attacks.prompts()) == []


@settings(max_examples=60, deadline=None)
@given(st.lists(loose_ops(), max_size=6))
def test_every_quote_stands_in_the_utterance_it_names(ops: list[WireOp]) -> None:
    after, _ = taken(*ops)

    assert all(e.quote in after.utterances[e.utterance].text for item in items(after) for e in item.evidence)
    assert all(len(text) <= 500 for text in texts(after))
