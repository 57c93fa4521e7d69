"""A call judged by a rubric: pure code over its state, with the moment behind every answer."""

from copilot.review.scorecard.changes import changes
from copilot.review.scorecard.judging import NoScorecard, rubric_for, score_call
from copilot.review.scorecard.keeping import KeptScorecards, fold
from copilot.review.scorecard.telling import as_markdown, as_text

__all__ = ["KeptScorecards", "NoScorecard", "as_markdown", "as_text", "changes", "fold", "rubric_for", "score_call"]
