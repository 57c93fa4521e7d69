"""What a result is about, across different words for it: a faster start, days to go-live, and speed are one theme."""

from __future__ import annotations

import re
from collections.abc import Mapping
from functools import lru_cache

from copilot.analysis.numbers import find_quantities

_THEMES: Mapping[str, re.Pattern[str]] = {
    name: re.compile(rf"\b(?:{pattern})\b", re.I)
    for name, pattern in {
        "time": r"speed\w*|fast\w*|quick\w*|soon\w*|slow\w*|time|times|cycles?|lead time|turnaround|delays?|late"
        r"|waiting"
        r"|waits?|days?|weeks?|hours?|minutes?|months?|on.time|velocity|duration|long|longer|shorter",
        "money": r"cost\w*|spend\w*|sav(?:e|es|ing|ings)|budget|cheap\w*|expens\w+|margins?|price|overhead|dollars?"
        r"|euros?"
        r"|pounds?|money",
        "income": r"revenue|sales|growth|grow|conversion|win rate|deals?|pipeline|bookings|upsell|cross-sell|orders?",
        "loyalty": r"churn\w*|retention|retain|renew\w*|loyal\w*|leave|leaving|satisf\w+|nps|csat|complain\w*"
        r"|experience",
        "quality": r"errors?|mistakes?|wrong|right|accura\w+|quality|defects?|rework|correct\w*|reliab\w+|duplicates?"
        r"|first.time.right",
        "risk": r"risk\w*|complian\w+|audits?|fines?|penalt\w+|safe\w*|incidents?|outages?|downtime|uptime|security"
        r"|breach\w*",
        "people": r"turnover|attrition|burn\w*|morale|overtime|staff\w*|hires?|hiring|resign\w*|quit\w*|workload"
        r"|engagement",
        "effort": r"manual\w*|productiv\w+|efficien\w+|admin|paperwork|meetings?|capacity|throughput|by hand|typing"
        r"|effort",
        "together": r"together|align\w*|collaborat\w+|visib\w+|transparen\w+|crossed wires|silos?|one page|one place"
        r"|same page",
    }.items()
}
_BY_QUANTITY = {"duration": "time", "money": "money"}


@lru_cache(maxsize=2048)
def themes(text: str) -> frozenset[str]:
    """The themes that a text speaks of, by its words and by what its figures count."""
    found = {name for name, pattern in _THEMES.items() if pattern.search(text)}
    found.update(_BY_QUANTITY[q.kind] for q in find_quantities(text) if q.kind in _BY_QUANTITY)
    return frozenset(found)
