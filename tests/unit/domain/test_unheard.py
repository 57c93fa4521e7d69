from __future__ import annotations

from copilot.domain.call import Role, Unheard
from copilot.domain.events import SpeakersChanged, UnheardNoted
from copilot.domain.snapshot import snapshot
from copilot.domain.state import CallState, apply

PAUSE = Unheard(id="p", reason="off_record", start_s=5.0)
NO_SHARE = Unheard(id="n", reason="no_sound", role=Role.CUSTOMER, start_s=1.0, end_s=2.0)


def with_both() -> CallState:
    state = CallState()
    for stretch in (PAUSE, NO_SHARE):
        state = apply(state, UnheardNoted(stretch=stretch))
    return state


def test_a_stretch_is_replaced_under_its_id() -> None:
    state = apply(with_both(), UnheardNoted(stretch=PAUSE.model_copy(update={"end_s": 9.0})))

    assert [(s["id"], s["end_s"]) for s in snapshot(state, ())["unheard"]] == [("p", 9.0), ("n", 2.0)]


def test_swapping_the_sides_moves_what_was_missing_of_one() -> None:
    state = apply(with_both(), SpeakersChanged(swap=True))

    assert (state.unheard["p"].role, state.unheard["n"].role) == (None, Role.REP)
