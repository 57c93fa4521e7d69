"""Numbers as they are spoken: quantities, changes from a baseline to a target, deadlines, values that are the same.

Words become numbers first (`words`), one grammar then reads what they count (`grammar`, `ranges`, `context`).
Everything works on speech with and without punctuation, in digits and in words, in one pass over the text.
"""

from __future__ import annotations

from copilot.analysis.numbers.changes import Change, find_changes, is_baseline_like, is_target_like
from copilot.analysis.numbers.deadlines import Deadline, find_deadlines
from copilot.analysis.numbers.products import spoken_products
from copilot.analysis.numbers.quantities import Quantity, find_quantities
from copilot.analysis.numbers.sameness import numbers_in, same_value
from copilot.analysis.numbers.units import is_number_word, with_unit

__all__ = [
    "Change",
    "Deadline",
    "Quantity",
    "find_changes",
    "find_deadlines",
    "find_quantities",
    "is_baseline_like",
    "is_number_word",
    "is_target_like",
    "numbers_in",
    "same_value",
    "spoken_products",
    "with_unit",
]
