"""Short ways to write what a model sends."""

from __future__ import annotations

from typing import Any

from copilot.analysis.deep.reply import WireOp, WireOpName, WireQuote


def wire(op: WireOpName, *evidence: tuple[int, str], **fields: Any) -> WireOp:
    """An op with its quotes by utterance, and null in every field that is not given."""
    quotes = [WireQuote(utterance=i, quote=quote) for i, quote in evidence]
    blank = dict.fromkeys(name for name in WireOp.model_fields if name not in ("op", "evidence"))
    return WireOp(op=op, evidence=quotes, **{**blank, **fields})
