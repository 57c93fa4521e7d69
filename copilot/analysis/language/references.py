"""Stories of other companies: their figures are none of the customer's."""

from __future__ import annotations

import re

_FIRM = r"(?:compan(?:y|ies)|firms?|business(?:es)?|suppliers?|vendors?|employers?)"
_CLIENT = r"(?:customers?|clients?)"
_OF_OTHERS = re.compile(
    rf"\b(?:(?:a|one|two|some|many|most) {_FIRM}|(?:another|other|similar) (?:{_FIRM}|{_CLIENT})"
    rf"|(?:one|two|three|some|many|most|several) of (?:our|your|their) {_CLIENT}"
    rf"|(?:{_FIRM}|{_CLIENT}) (?:of (?:ours|yours|theirs|mine)|like (?:yours?|you|us|them))"
    rf"|(?:{_FIRM}|{_CLIENT}) in (?:your|our|a similar) \w+"
    rf"|my (?:old|last|former|previous) (?:{_FIRM}|job|place)"
    r"|competitors?|neighbou?rs?|somebody else|someone else|elsewhere|case stud(?:y|ies)"
    r"|they (?:also |just |even |all )?(?:went|got|came|cut|brought|took|moved|dropped|fell|grew|reduced|managed)"
    r"|(?-i:(?:[Aa]t|[Ff]or|[Ww]ith) (?!I\b|Q\d)[A-Z]\w+))\b",
    re.I,
)


def tells_of_others(text: str) -> bool:
    """Whether something of another company is told: "at Acme", "one of our customers", "my last job", "they cut"."""
    return bool(_OF_OTHERS.search(text))
