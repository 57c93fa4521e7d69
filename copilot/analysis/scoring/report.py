"""Scores as a table to read and as JSON to keep."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from copilot.analysis.scoring.tally import ITEM_KINDS, Counts, Share, Tally


def as_json(scores: Mapping[str, Tally]) -> dict[str, Any]:
    """All figures by kind of call, rounded to four places; None is undefined."""
    return {kind: _figures(tally) for kind, tally in scores.items()}


def as_table(scores: Mapping[str, Tally]) -> str:
    """One column per kind of call, one row per figure. Counts stand beside what they explain."""
    columns = list(scores.values())
    rows = [("", [f"{kind} ({tally.calls})" for kind, tally in scores.items()])]
    rows.append(("stages, macro-F1", [_shown(t.stage_macro_f1) for t in columns]))
    rows.append(("stages, exact", [_shown(t.exact_stages) for t in columns]))
    for kind in ITEM_KINDS:
        name = kind.replace("_", " ")
        rows.append((f"{name}, P / R / F1", [_counted(t.items.get(kind, Counts())) for t in columns]))
    rows.append(("links, P / R / F1", [_counted(t.links) for t in columns]))
    rows.append(("fields right", [_of(t.all_fields) for t in columns]))
    rows.append(("pitfalls, P / R / F1", [_counted(t.all_pitfalls) for t in columns]))
    rows.append(("false pitfalls per hour", [_shown(t.false_pitfalls_per_hour) for t in columns]))
    rows.append(("questions right", [_of(t.questions) for t in columns]))
    rows.append(("grounded", [_of(t.grounding) for t in columns]))
    pitfalls = sorted({kind for t in columns for kind in t.pitfalls})
    rows.extend((f"  {kind}", [_found(t.pitfalls.get(kind)) for t in columns]) for kind in pitfalls)
    return _aligned(rows)


def _figures(tally: Tally) -> dict[str, Any]:
    return {
        "calls": tally.calls,
        "stages": {
            "macro_f1": _rounded(tally.stage_macro_f1),
            "exact": _rounded(tally.exact_stages),
            "f1": {stage: _rounded(value) for stage, value in tally.stage_f1.items()},
        },
        **{kind: _counts(tally.items.get(kind, Counts())) for kind in ITEM_KINDS},
        "links": _counts(tally.links),
        "fields": {"right": _share(tally.all_fields), **{name: _share(s) for name, s in tally.fields.items()}},
        "pitfalls": {
            **_counts(tally.all_pitfalls),
            "false_per_hour": _rounded(tally.false_pitfalls_per_hour),
            "kinds": {kind: _counts(counts) for kind, counts in tally.pitfalls.items()},
        },
        "questions": _share(tally.questions),
        "grounding": _share(tally.grounding),
    }


def _counts(counts: Counts) -> dict[str, float | int | None]:
    return {
        "precision": _rounded(counts.precision),
        "recall": _rounded(counts.recall),
        "f1": _rounded(counts.f1),
        "labelled": counts.labelled,
        "predicted": counts.predicted,
        "matched": counts.matched,
    }


def _share(share: Share) -> dict[str, float | int | None]:
    return {"share": _rounded(share.value), "right": share.right, "of": share.of}


def _rounded(value: float | None) -> float | None:
    return None if value is None else round(value, 4)


def _shown(value: float | None) -> str:
    return "–" if value is None else f"{value:.2f}"


def _counted(counts: Counts) -> str:
    return " / ".join(map(_shown, (counts.precision, counts.recall, counts.f1)))


def _of(share: Share) -> str:
    return f"{_shown(share.value)} of {share.of}" if share.of else "–"


def _found(counts: Counts | None) -> str:
    return "–" if counts is None else f"{counts.matched} of {counts.labelled}, {counts.false} false"


def _aligned(rows: list[tuple[str, list[str]]]) -> str:
    first = max(len(name) for name, _ in rows)
    widths = [max(map(len, cells)) for cells in zip(*(cells for _, cells in rows), strict=True)]
    lines = (
        f"{name:<{first}}  " + "  ".join(f"{cell:<{width}}" for cell, width in zip(cells, widths, strict=True))
        for name, cells in rows
    )
    return "\n".join(line.rstrip() for line in lines)
