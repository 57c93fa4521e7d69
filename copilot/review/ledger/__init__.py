"""An account's ledger: what was promised on its calls, and what has become of it, as a fold of calls and notes."""

from copilot.review.ledger.entries import AccountCall, Ledger
from copilot.review.ledger.figures import figure_of
from copilot.review.ledger.folding import ledger

__all__ = ["AccountCall", "Ledger", "figure_of", "ledger"]
