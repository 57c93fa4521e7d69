"""How good an analysis is, measured against labelled calls. Every figure is a share; None is undefined."""

from copilot.analysis.scoring.agreement import agreement
from copilot.analysis.scoring.calls import score_call
from copilot.analysis.scoring.evaluation import Evaluation, evaluated
from copilot.analysis.scoring.report import agreement_as_text, as_json, as_markdown, as_text
from copilot.analysis.scoring.tally import Counts, Share, Tally

__all__ = [
    "Counts",
    "Evaluation",
    "Share",
    "Tally",
    "agreement",
    "agreement_as_text",
    "as_json",
    "as_markdown",
    "as_text",
    "evaluated",
    "score_call",
]
