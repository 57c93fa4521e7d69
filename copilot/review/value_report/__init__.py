"""The value report for a review (QBR): what was delivered, every figure with what it stands on."""

from copilot.review.value_report.composing import Asked, NoSuchPersona, value_report
from copilot.review.value_report.entries import ValueReport

__all__ = ["Asked", "NoSuchPersona", "ValueReport", "value_report"]
