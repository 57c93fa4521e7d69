"""An evaluation as tables to read, and as JSON to keep."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Any, NamedTuple

from copilot.analysis.scoring.agreement import Agreement
from copilot.analysis.scoring.evaluation import EVERY_KIND, Evaluation
from copilot.analysis.scoring.figures import FIGURES, Interval, intervals
from copilot.analysis.scoring.tally import ITEM_KINDS, Counts, Share, Tally
from copilot.analysis.scoring.terms import OF_AGREEMENT, OF_SCORES


class Table(NamedTuple):
    """`rows` begin with their name; `heads` with what the rows are."""

    heads: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]


def as_json(evaluation: Evaluation) -> dict[str, Any]:
    """All figures, rounded to four places; None is undefined."""
    trust = intervals(evaluation.by_call)
    by_kind = {kind: _figures(tally) for kind, tally in evaluation.by_kind.items()}
    calls = zip(evaluation.calls, evaluation.by_call, strict=True)
    return {
        **by_kind,
        "intervals_95": {name: [round(bound, 4) for bound in interval] for name, interval in trust.items()},
        "by_call": {call.call.id: _brief(tally) for call, tally in calls},
        "over_the_call": {name: _brief(tally) for name, tally in evaluation.over_the_call.items()},
        "variants": {name: _brief(tally) for name, tally in evaluation.variants.items()},
        "baselines": {name: _brief(tally) for name, tally in evaluation.baselines.items()},
    }


def as_text(evaluation: Evaluation) -> str:
    """Tables for a terminal, and what their words mean."""
    return "\n\n".join(_aligned(table) for table in (*_tables(evaluation), _explained(OF_SCORES)))


def as_markdown(evaluation: Evaluation) -> str:
    """The same tables for a document."""
    return "\n\n".join(_piped(table) for table in _tables(evaluation))


def agreement_as_text(agreed: Agreement) -> str:
    """How far two labellers agree, for a terminal."""
    shown = ("stages, exact", *(name for name in FIGURES if name.endswith(", F1")), "fields right")
    rows = [("stages, Cohen's κ", _shown(agreed.kappa))]
    rows.extend((name, _shown(FIGURES[name](agreed.tally))) for name in shown)
    heads = (f"{agreed.tally.calls} calls, {sum(agreed.stages.values())} utterances", "agreement")
    return "\n\n".join((_aligned(Table(heads, tuple(rows))), _aligned(_explained(OF_AGREEMENT))))


def _explained(terms: Mapping[str, str]) -> Table:
    return Table(("what it means", ""), tuple(terms.items()))


def _tables(evaluation: Evaluation) -> Iterator[Table]:
    yield _by_kind(evaluation)
    yield _pitfalls(evaluation.by_kind)
    if evaluation.over_the_call:
        plain = {"as labelled": evaluation.by_kind[EVERY_KIND]}
        yield _columns("up to this part of the call", evaluation.over_the_call)
        yield _columns("of the same calls", {**plain, **evaluation.variants})
        yield _columns("without understanding", evaluation.baselines, only="stages")
        yield _by_call(evaluation)


def _by_kind(evaluation: Evaluation) -> Table:
    columns = evaluation.by_kind
    trust = intervals(evaluation.by_call)
    heads = ("figure", *(f"{kind} ({tally.calls})" for kind, tally in columns.items()), "95 % of resamples")
    rows = []
    for name, figure in FIGURES.items():
        rows.append((name, *(_shown(figure(tally)) for tally in columns.values()), _between(trust.get(name))))
        kind = name.removesuffix(", F1").replace(" ", "_")
        if name.endswith(", F1") and kind in (*ITEM_KINDS, "links", "links_between", "pitfalls"):
            rows.append(("  precision / recall", *(_both(_counts_of(t, kind)) for t in columns.values()), ""))
    return Table(heads, tuple(rows))


def _counts_of(tally: Tally, kind: str) -> Counts:
    match kind:
        case "links":
            return tally.links
        case "links_between":
            return tally.links_between
        case "pitfalls":
            return tally.all_pitfalls
        case _:
            return tally.items.get(kind, Counts())


def _pitfalls(columns: Mapping[str, Tally]) -> Table:
    kinds = sorted({kind for tally in columns.values() for kind in tally.pitfalls})
    rows = ((kind, *(_found(tally.pitfalls.get(kind)) for tally in columns.values())) for kind in kinds)
    return Table(("pitfall", *columns), tuple(rows))


def _columns(heading: str, columns: Mapping[str, Tally], *, only: str = "") -> Table:
    named = {name: figure for name, figure in FIGURES.items() if name.startswith(only)}
    known = {name: figure for name, figure in named.items() if any(figure(t) is not None for t in columns.values())}
    rows = ((name, *(_shown(figure(tally)) for tally in columns.values())) for name, figure in known.items())
    return Table((heading, *columns), tuple(rows))


def _by_call(evaluation: Evaluation) -> Table:
    calls = zip(evaluation.calls, evaluation.by_call, strict=True)
    rows = ((call.call.id, *(_shown(figure(tally)) for figure in FIGURES.values())) for call, tally in calls)
    return Table(("call", *FIGURES), tuple(rows))


def _brief(tally: Tally) -> dict[str, float | None]:
    return {name: _rounded(figure(tally)) for name, figure in FIGURES.items()}


def _figures(tally: Tally) -> dict[str, Any]:
    return {
        "calls": tally.calls,
        "stages": {
            "macro_f1": _rounded(tally.stage_macro_f1),
            "exact": _rounded(tally.exact_stages),
            "first_or_second": _rounded(tally.stage_or_next.value),
            "calibration_error": _rounded(tally.calibration_error),
            "f1": {stage: _rounded(value) for stage, value in tally.stage_f1.items()},
            "confusion": [[label, got, n] for (label, got), n in sorted(tally.stages.items(), key=str)],
            "by_confidence": {name: [b.of, b.right] for name, b in sorted(tally.confidence.items())},
        },
        **{kind: _counts(tally.items.get(kind, Counts())) for kind in ITEM_KINDS},
        "links": _counts(tally.links),
        "links_between": _counts(tally.links_between),
        "fields": {"right": _share(tally.all_fields), **{name: _share(s) for name, s in tally.fields.items()}},
        "pitfalls": {
            **_counts(tally.all_pitfalls),
            "false_per_hour": _rounded(tally.false_pitfalls_per_hour),
            "kinds": {kind: _counts(counts) for kind, counts in tally.pitfalls.items()},
        },
        "questions": _share(tally.questions),
        "withdrawn": _share(tally.withdrawn),
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


def _both(counts: Counts) -> str:
    return f"{_shown(counts.precision)} / {_shown(counts.recall)}"


def _between(interval: Interval | None) -> str:
    return "–" if interval is None else f"{interval.low:.2f} to {interval.high:.2f}"


def _found(counts: Counts | None) -> str:
    return "–" if counts is None else f"{counts.matched} of {counts.labelled}, {counts.false} false"


def _aligned(table: Table) -> str:
    widths = [max(map(len, column)) for column in zip(table.heads, *table.rows, strict=True)]
    return "\n".join(_line(row, widths) for row in (table.heads, *table.rows))


def _line(row: Sequence[str], widths: Sequence[int]) -> str:
    return "  ".join(f"{cell:<{width}}" for cell, width in zip(row, widths, strict=True)).rstrip()


def _piped(table: Table) -> str:
    rows = (table.heads, ("---",) * len(table.heads), *table.rows)
    return "\n".join("| " + " | ".join(cell.strip() for cell in row) + " |" for row in rows)
