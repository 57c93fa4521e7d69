"""How customers reply to a sum that was worked out for them: the frames that no list of words can hold."""

from __future__ import annotations

from copilot.analysis.pitfalls.signs import SPELLED
from copilot.analysis.pitfalls.ways_to_say import any_of

_FIGURE = rf"(?:[$€£]?\d[\d.,]*|{SPELLED}\b)"
_AMOUNT = rf"(?:[\w'’-]+ ){{0,2}}?(?:{_FIGURE}|(?:money|cash|savings?|numbers?|figures?|sums?)\b)"
_THE_SUM = (
    r"(?:that|this|it|those|these|the (?:[\w'’-]+ ){0,2}?(?:number|figure|sum|total|amount|money|maths?|saving)s?)"
)

BARE_NO = any_of(r"^(?:(?:well|sorry|excuse me|hold on|wait|but|hm+|um+|uh+)\W+)*no\W*$")
ASKS_OF_THE_SUM = any_of(
    rf"(?:is|are|was|were|does|do|did|would|could|can|will|shall|with|to|on|of|about|see) {_THE_SUM}\b",
    r"(?:right|fair|agreed?|believe\w*|makes? (?:any )?sense|realistic|recogni[sz]e|plausible)\b",
)
DISPUTED = any_of(
    rf"where(?:['’]s| is| has)\s+(?:{_THE_SUM}(?=\W*(?:$|[?.!,;]|then\b|now\b|gone\b))"
    rf"|(?:the|that|this|your) {_AMOUNT})",
    r"(?:where|who)(?:['’]s| is| has)\s+got (?:the|that|this|it)\b",
    r"(?:nobody|no one|who)(?: here|['’]d| would| will|['’]s going to)* believes?\b",
    r"(?:not going to|never|(?:wo|ca|could|would)n['’]?t|cannot|(?:could|would|will) not) (?:put my name|sign|go with"
    r"|tell|claim|believe|print|stand (?:by|behind|up)|say that)\b",
    r"(?:i|we) don['’]t (?:really |actually |quite )?"
    rf"(?:(?:get|see|recogni[sz]e|believe) (?:(?:{_THE_SUM}|where|how)\b|{_FIGURE}|(?:a|any|your) {_AMOUNT})"
    rf"|have (?:{_THE_SUM}(?=\W*(?:$|[?.!,;]))|(?:a|any|that|the) {_AMOUNT}))",
    rf"(?:i|we)(?:['’]m| am|['’]re| are) still (?:(?:at|on|near|about|around|paying|the same) )*{_AMOUNT}",
    rf"(?:i|we)(?:['’]m| am|['’]re| are) (?:not|nowhere) (?:at|on|near) (?:{_THE_SUM}\b|(?:a )?{_AMOUNT})",
    r"(?:some|most|half|part|the rest) of (?:that|it|this|those|these)(?:['’]s|['’]d| is| was| would be| c[ao]me)",
    r"(?:was|is|were|are)n['’]?t (?:thanks|because|down|due|only|just|all) \w+",
    rf"(?:{_THE_SUM}|{_AMOUNT})(?:['’]s| is| are| was| sounds?| looks?| seems?| feels?) (?:[\w'’]+ ){{0,3}}?"
    r"(?:generous|made[- ]up)\b(?! (?:of|to) (?:you|us|me)\b)",
    r"generous (?:number|figure|sum|estimate|maths?|calculation)\b",
    r"laugh(?:ed)? (?:at|me\b|us\b)|(?:exaggerat\w+|overstat\w+|far[- ]fetched)\b",
)
