"""Criteria and rubrics of the simplest kind, for tests of scorecards."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from copilot.adapters.playbooks import load_playbook
from copilot.adapters.scorecards import load_scorecards
from copilot.bundled import bundled
from copilot.domain.call import CallKind
from copilot.domain.items import Evidence, Pitfall, PitfallState
from copilot.domain.scorecard_rubrics import Criterion, ScorecardRubric, Section
from copilot.domain.scorecards import Answer
from copilot.domain.state import CallState
from copilot.review.scorecard import score_call
from tests.unit.review.calls import (
    marked,
    whole_call,
)

RUBRICS = load_scorecards(bundled("rubrics"), load_playbook(bundled("rubrics")))

LEVELS = [
    {"share": 0, "title": "Not met", "means": "None has one."},
    {"share": 0.5, "title": "Partly", "means": "Some have one."},
    {"share": 1, "title": "Met", "means": "Each has one."},
]

OWNED = {"look": "items", "items": "metrics", "having": ["owner"]}

NO_DUMPING = {
    "look": "avoided",
    "pitfalls": ["feature_dumping"],
    "chance": {"role": "rep", "stages": ["how_we_do_it"]},
}


def criterion(key: str = "owner", looked_at: dict[str, Any] | None = None, **fields: Any) -> Criterion:
    """A criterion, a scale unless it is said otherwise."""
    given = {"type": "scale", "levels": LEVELS, "weight": 2, "answered_by": looked_at or OWNED, **fields}
    if given["type"] != "scale":
        given["levels"] = []
    return Criterion.model_validate(
        {"id": key, "title": key, "question": "Is it?", "well": f"{key} well", "work_on": f"{key} not", **given}
        | {"ask": given.get("ask", ["Who owns “{item}”?", "Who owns it?"])}
    )


def rubric(*sections: tuple[Criterion, ...]) -> ScorecardRubric:
    return ScorecardRubric(
        version=3,
        changed="For a test.",
        kind=CallKind.DISCOVERY,
        title="Discovery",
        notice="For coaching, not for employment decisions.",
        sections=tuple(Section(id=f"s{n}", title=f"S{n}", criteria=c) for n, c in enumerate(sections)),
    )


def answered(state: CallState, one: Criterion) -> Answer:
    return score_call(state, rubric((one,))).answers[0]


def dumped(state: PitfallState = PitfallState.OPEN) -> dict[str, Pitfall]:
    said = Evidence(utterance=5, quote="You could also have our dashboards, they are lovely.")
    return {
        "P1": Pitfall(id="P1", kind="feature_dumping", state=state, evidence=(said,), fact="4 features", about="C1")
    }


def shown(**changes: Any) -> CallState:
    """The whole call, with the rep explaining the product at one moment."""
    state = whole_call(**changes)
    return replace(state, marks={**state.marks, 5: marked(["how_we_do_it"] * 6)[5]})
