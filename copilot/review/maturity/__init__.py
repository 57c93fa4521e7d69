"""A company's own value work, dimension by dimension: where people place it, what calls show, and what comes next."""

from copilot.review.maturity.entries import MaturityMap
from copilot.review.maturity.folding import maturity_map
from copilot.review.maturity.seen import Seen, seen

__all__ = ["MaturityMap", "Seen", "maturity_map", "seen"]
