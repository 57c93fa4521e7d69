"""How good an analysis is, measured against a labelled call. Every figure is a share; None is undefined."""

from copilot.analysis.scoring.calls import score_call, score_calls
from copilot.analysis.scoring.report import as_json, as_table
from copilot.analysis.scoring.tally import Counts, Share, Tally

__all__ = ["Counts", "Share", "Tally", "as_json", "as_table", "score_call", "score_calls"]
