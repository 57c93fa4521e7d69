"""How a cue is put, taken up, put off and passed over: the frames that no list of words can hold."""

from __future__ import annotations

import re

from copilot.analysis.pitfalls.signs import SPELLED
from copilot.analysis.pitfalls.ways_to_say import any_of

_LEAD_IN = r"^\W*(?:(?:uh|um|oh|ah|er|mm|and|well|okay|ok|hm)\W+)*"
_ONLY = r"(?:um |uh |er |yeah |okay |also |just |like )*"

_FIGURE = rf"(?:[$€£]?\d[\d.,]*|{SPELLED}\b)"
_AMOUNT = rf"(?:[\w'’-]+ ){{0,2}}?(?:{_FIGURE}|(?:money|cash|savings?|numbers?|figures?|sums?)\b)"
_THE_SUM = (
    r"(?:that|this|it|those|these|the (?:[\w'’-]+ ){0,2}?(?:number|figure|sum|total|amount|money|maths?|saving)s?)"
)

LOSS = any_of(
    r"(?:los[et]\w*|lost|gone|left|leav\w+|quit|walked|cost\w*|penalt\w+|fines?|complain\w*|cr(?:y|ied|ying)|wait\w*"
    r"|late|broke|stuck|stand\w*|stood|nobody|never|not|can['’]?t|couldn['’]?t|wrong|trouble|worst|hurts?|awake|sleep"
    r"|angry|worr\w+|died?|sick|tired|scared|afraid|problem|fail\w*|error\w*|pay twice|missed?)\b",
    r"keeps? me\b",
)
OF_OURS = any_of(r"(?:we|us|our|ours)\b")
HEDGED = any_of(r"i don['’]t know\b")

COURTESY = re.compile(
    rf"{_LEAD_IN}(?:totally|right|sure|yeah|yep|yes|okay|ok|cool|great|perfect|love (?:it|that)|absolutely|of course"
    r"|no,? (?:for sure|i hear|absolutely|totally)|for sure|got it|i (?:hear you|understand|bet|see)|understood|wow"
    r"|amazing|fantastic|lovely|nice|noted|that['’]?(?:s|d| is| would)(?: be)? (?:\w+ )?(?:great|amazing|fantastic"
    r"|wonderful|useful|a pity|a shame|a classic|tough|interesting|rough|awful)|oh (?:no|wow|dear)|so sad|ouch|oof|mm"
    r"|gosh|sorry (?:about|to hear))\b",
    re.I,
)
TURNS_TO = re.compile(
    r"(?:^|[.!?,;—–-]\s*|\b(?:yeah|right|okay|ok|sure|great|cool|totally|understood|well|and|but|uh|um|oh|no)\s+)"
    rf"(?:so|anyway|but|and|now|well)[,\s]+{_ONLY}(?:let me|let['’]s|what|on|the|for|if|we|i|with|from|here|as|next|our"
    r"|moving|coming|back|one|how|who|do|does|are|is|in|to|because|slide|there|that['’]s where)\b",
    re.I,
)
MOVES_ON = any_of(
    r"(?:next|more|couple of|few|these|those|my|the|this) (?:\w+ )?slides?\b",
    r"next (?:one|tab|page|up|item|point|topic|thing)\b|slide \w+",
    r"mov(?:e|ing) (?:on|to|along|forward)\b|(?:jump|skip)(?:ing)? (?:to|in|on|back|ahead)\b|kick off (?:on|with)\b",
    r"(?:the|our) road ?map\b|road ?map\b",
    r"let me (?:show|pull|just|go|take|jump|do|tell)\b",
    r"i(?:['’]ll| want to| wanna| would like to)? (?:just )?show you\b",
    r"here are the\b|here['’]s the\b|(?:back|coming back) to\b|just to finish\b|conscious of time\b|big picture\b",
    r"while (?:i|we)\b|before i forget\b|by the way\b|on price\b",
    r"(?:renewal|seats|licen[cs]es?|order form|credit note|invoice|budget)\b",
)
PUTS_OFF = any_of(
    r"(?:we(?:['’]ll)?|i['’]ll|let['’]s|can|could|shall we)\b[^.!?]{0,25}\b(?:get to|come (?:back )?to|come on to|pick"
    r"|take|look at|park|pass (?:it|that) on|follow up)\b",
    r"hear that a lot\b|everybody['’]?s\b|the same (?:all over|everywhere)|everywhere\b|get used to\b",
)
OFFERS = any_of(
    r"we(?:['’]ve| have)?(?: also| just)? (?:got|have|do|offer|built|launched|started|did|had)\b",
    r"our (?:\w+ )?(?:platform|product|module|team|tool|app|ai|dashboard|system)\b",
    r"the (?:\w+ )?(?:platform|module|dashboards?|portal|app|template|gallery|engine|cockpit|builder|console|tutor)\b",
    r"you can (?:\w+ )?(?:see|filter|slice|export|drag|customi[sz]e|schedule|set|drill)\b",
    r"feature|there['’]?s (?:a|an|the)\b",
)
POINTS_BACK = any_of(r"(?:that|this|those|these|(?<!is )(?<!was )it)\b")
BRUSHED_OFF = any_of(
    r"got it\b|(?:hear|get|see) (?:that|this|it) (?:a lot|all the time|often|everywhere)\b",
    r"(?:that|it|this)(?:['’]s| is)\s+(?:really |so |super |very )?(?:great|awesome|good|fine|perfect|cool|super"
    r"|amazing|fantastic|interesting|helpful|a (?:great|good|fair) \w+)\b",
    r"(?:we|i|let['’]s)(?:['’]ll| will| can)?\s+(?:[\w'’]+\s+){0,3}?(?:get|come)\s+(?:back\s+)?to\s+(?:that|it|this)\b",
    r"(?:pick|take|discuss|cover|do)\s+(?:that|it|this)\s+(?:up\s+)?(?:offline|later|afterwards|another time"
    r"|separately)\b",
    r"before (?:we|i|you) (?:[\w']+ ){0,4}(?:that|this|it)\b|that reminds me\b|(?:park|hold|save)\s+(?:that|it|this)\b",
    r"(?:this|that)(?:['’]s| is)\s+(?:exactly\s+|really\s+|just\s+)?(?:where|why|what)\s+(?:we|our|it|the|i)\b",
)
PROTEST = any_of(
    r"did you hear\b|you (?:didn['’]?t|did not) (?:hear|answer|listen)\b|heard? what\b|just (?:said|told)\b",
    r"(?:i['’]ve|he|she['’]?s?) just\b|what (?:i|she|he|we)(?:['’]ve)? (?:just )?said\b|i said\b|listen\b",
    r"(?:can|may) i (?:stop|finish|go back|say|ask)\b|can we (?:stay|go back|stop)\b|stop you\b|i want to finish\b",
    r"(?:hang on|hold on|one moment|wait)\b|before (?:you|we|the) |sorry,? (?:can|he|she|i)\b",
    r"i (?:didn['’]?t|don['’]?t|have not|haven['’]?t) (?:ask|want|asked)\b|i wasn['’]?t (?:ready|done|finished)\b",
    r"(?:you )?skipped\b|why (?:would|do|are) you ask\b|three questions\b|which of th(?:ose|ese)\b",
    r"that(?:['’]s| is) not what\b|is that it\b|has it\b|you think\b",
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
