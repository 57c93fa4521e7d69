"""How claims are put, whatever they are about: the frames that no list of words can hold."""

from __future__ import annotations

import re


def any_of(*ways: str) -> re.Pattern[str]:
    """One pattern for several ways to say a thing; each begins where a word does, whatever the case."""
    return re.compile("|".join(rf"\b(?:{way})" for way in ways), re.IGNORECASE)


_BETTER = (
    r"(?:better|faster|quicker|smoother|easier|simpler|happier|safer|cleaner|calmer|leaner|cheaper|shorter|fewer"
    r"|stronger|clearer|smarter|more (?:\w+ly|efficient|productive|effective|collaborative|aligned|engaged|agile"
    r"|accurate|reliable|consistent|transparent|satisfied|motivated|organi[sz]ed|predictable|confident))"
)
_MUCH = (
    r"(?:much|far|way|so|a lot|a whole lot|significantly|noticeably|considerably|dramatically|massively|hugely"
    r"|enormously|really|greatly)"
)
_MOVED = r"(?:improved|transformed|sped up|simplified|increased|grown|gone (?:up|down)|come down|dropped|changed)"

GAIN_CLAIMED = any_of(
    rf"(?:{_MUCH}\s+)+(?:more\s+)?{_BETTER}\b",
    rf"{_BETTER}\s+(?:now|these days|than (?:before|ever|it was|they were|you were|last))\b",
    rf"{_MOVED}\s+{_MUCH}\b",
    rf"{_MUCH}\s+{_MOVED}\b",
    r"(?:huge|great|big|massive|real|enormous|total)\s+(?:success|win|improvement|impact|difference|step forward)\b",
    r"night and day\b",
    r"through the roof\b",
    r"(?:way|right) (?:up|down)\b",
    r"(?:soared|plummeted|skyrocketed)\b",
)
NOT_YET = any_of(
    r"(?:if|would|could|should|might|may|will|going to|want|wants|hope|goal|target|aim|plan|need|once|until)\b",
    r"let['’]s\b",
    r"\w+['’](?:ll|d)\b",
)
AT_THE_CUSTOMERS = any_of(
    r"you(?:r|rs|['’]re|['’]ve)?\b",
    r"(?:teams?|people|everyone|everybody|everything|things|process\w*|users|staff)\b",
    r"(?:now|these days|since|than (?:before|ever)|compared (?:to|with))\b",
    r"the [\w -]{2,30} (?:is|are|has|have|was|were|runs?|works?)\b",
    r"(?:to|for|at|across) (?:the|your) \w+",
    rf"(?:\w+['’]s|has|have) (?:\w+ )?{_MOVED}\b",
    r"\w+['’]s gone\b",
)
HAS_COME_ABOUT = any_of(
    r"(?:is|are|was|were|has|have|had|been|got|gotten|became|become|\w+ing|\w+ed)\b",
    r"(?:feels?|looks?|works?|runs?|goes|saves?|loves?)\b",
    r"\w+['’](?:re|ve|s)\b",
)
AS_THEY_SAID = any_of(
    r"(?:you|she|he|they|your \w+) (?:just )?(?:said|say|says|told|mentioned|felt|feel|find|reported|wrote|call)\b",
    r"as you\b",
    r"(?:better|easier|simpler|quicker)\s+(?:that|if|to|for you to)\b",
    r"(?:option|idea|approach|choice|alternative|hear|see|read)\b",
    r"(?:audio|screen|slide|camera|microphone|connection|picture|sound)\b",
)

_ORGANISATIONS = (
    r"(?:companies|firms|businesses|organi[sz]ations|customers|clients|users|teams|hospitals|banks|insurers|retailers"
    r"|manufacturers|plants|schools|hotels|groups|stores|operators|utilities|homes|offices|sites|practices|carriers"
    r"|agencies|providers|competitors|peers)"
)
_TRADE = r"(?:industry|sector|market|trade|segment|space|field)"

OTHERS_FIGURE = any_of(
    r"(?<!your )(?<!our )(?:average|typical|median|usual)\s+(?!(?:of|over|across|on|in|for)\b)(?:[\w-]+\s+){1,4}?"
    r"(?:takes?|spends?|loses?|saves?|sees?|pays?|has|gets?|runs?|needs?|is|sits|stands|achieves?|reports?|loads?)\b",
    r"(?:industry|sector|market|peer|peer group|segment)[- ](?:wide )?(?:average|norm|standard|benchmark|median"
    r"|mean)\b",
    rf"(?:in|across|for) (?:your|the|this|our) (?:\w+ )?{_TRADE}\b[^.!?]{{0,30}}\b(?:norm|average|usual|standard"
    rf"|typical)",
    r"the (?:norm|usual|going rate|rule) (?:in|for|among)\b",
    r"the (?:norm|standard|benchmark) (?:is|sits|stands|runs|would be)\b",
    r"(?:analyst|industry|market|sector)(?:['’]s|s['’])? (?:numbers?|figures?|estimates?)\b",
    rf"{_ORGANISATIONS}\s+(?:like you(?:rs)?|(?:of )?your size|in your {_TRADE})\b",
    rf"(?:most|other|many|all|our|typical|average)\s+(?:of our\s+)?(?:other\s+)?{_ORGANISATIONS}\s+(?:\w+ly\s+)?"
    r"(?:see|save|get|cut|reduce|report|achieve|spend|lose|take|gain|find)\b",
    rf"(?:comparable|similar)\s+(?:\w+\s+)?{_ORGANISATIONS}\b",
    rf"(?:on average|typically|usually|generally),?\s+(?:our\s+|most\s+|other\s+)?(?:\w+\s+)?{_ORGANISATIONS}\b",
    rf"{_ORGANISATIONS}\s+(?:typically|usually|generally|on average)\b",
    rf"across (?:all |our |other )+{_ORGANISATIONS}\b",
    r"your (?:peers|competitors|rivals) (?:are|is|sit|stand|run)\b",
    r"(?:stud(?:y|ies)|research|analysts?|surveys?|benchmarks?|gartner|forrester|mckinsey)\s+(?:\w+\s+)?"
    r"(?:shows?|says?|finds?|found|suggests?|estimates?|reports?|puts?)\b",
    r"according to (?:\w+ ){0,2}(?:analysts?|studies|research|surveys?|associations?|federations?|institutes?)\b",
    rf"(?:across|in) (?:the|our|your) (?:\w+ )?{_TRADE}\b[^.!?]{{0,20}}\b(?:we|you) (?:\w+ly )?see\b",
    rf"average (?:in|for|of|across) (?:the|your|this|our) (?:\w+ )?{_TRADE}\b|{_TRADE}[- ]wide\b",
    r"(?:european|national|global|world|regional|sector|american|british|german) (?:average|value|mean|median)\b",
    rf"{_ORGANISATIONS}\s+(?:\w+\s+){{0,3}}(?:who|that|which|using|with)\b[^.!?]{{0,50}}\b(?:see|save|cut|gain|get)\b",
    rf"{_ORGANISATIONS} in \w+ are (?:seeing|saving|getting)\b",
    r"in \w+ (?:in general|generally)\b|standard assumption\b|national research\b",
    r"our average (?:saving|gain|improvement|customer)\b",
)
OWN_FIGURE = any_of(
    r"you(?:r|rs|['’]re| are| were| went| have| had| cut| moved| came| got| sit| stand| now| close| run| take)\b"
)
DISTANCE = any_of(r"(?:ahead|clear|above|below|better|beyond|behind|over|under)\b")

_US = (
    r"(?:us|ours|our (?:\w+ )?(?:platform|product|tool|software|app|solution|system|team|work)"
    r"|the (?:new )?(?:platform|product|tool|software|app|solution|system))"
)
_OF_OURS = (
    r"(?:platform|product|tool|software|app|solution|system|module|boards?|optimi[sz]er|forecast|sensors?|reminders?"
    r"|loggers?|model|programme|program|engine|journey|path|pricing|queue system)"
)
_FROM = (
    r"(?:because of|thanks to|due to|down to|comes? from|came from|driven by|result of|owed to|\w*tribut\w+ to"
    r"|credit\w* to)"
)
_WHOLE = (
    r"(?:all|every|everything|entirely|purely|solely|100\s?%|hundred per ?cent|single-handedly|completely|the whole"
    r"|the entire|the full|nothing else|only|clearly|obviously|undoubtedly|no doubt|definitely|certainly)"
)
_WORTH = r"(?:revenue|sales|profits?|growth|margins?|churn|income|turnover)"

WHOLE_CLAIMED = any_of(
    rf"{_WHOLE}\b[^.!?]{{0,60}}?\b{_FROM}\s+{_US}\b",
    rf"{_FROM}\s+{_US}\b[^.!?]{{0,20}}\b(?:alone|entirely|only)\b",
    rf"(?:attribut\w+|credit|put|owe)\b[^.!?]{{0,20}}\b(?:full|whole|entire|all)\b[^.!?]{{0,30}}\b(?:to|down to"
    rf"|under) {_US}\b",
    rf"(?:all|the (?:whole|lot))(?: of (?:that|this|it|them))?\s+(?:(?:is|was|goes|comes|sits)\s+)?(?:under|on|to"
    rf"|down to)\s+{_US}\b",
    rf"without {_US}\b[^.!?]{{0,40}}\b(?:would|wouldn['’]t|never|none|nothing|no way|could)\b",
    rf"(?:wouldn['’]t|would not|would never|could never|couldn['’]t) have\b[^.!?]{{0,40}}\bwithout {_US}\b",
    rf"(?:none|nothing) of (?:that|this|it)\b[^.!?]{{0,30}}\bwithout {_US}\b",
    rf"that(?:['’]s| is| was)\s+(?:a )?(?:all|entirely|purely|clearly|obviously|completely|100\s?%"
    rf"|hundred per ?cent)\s+{_US}\b",
    rf"that(?:['’]s| is)\s+(?:something|what|all)\s+(?:that\s+)?(?:we|{_US}|(?-i:[A-Z])\w+)(?:\s+has|\s+have|['’]ve)?"
    r"\s*(?:clearly|obviously|really|definitely)?\s*(?:did|done|brought|achieved|made|delivered|given)\b",
    rf"only reason\b[^.!?]{{0,50}}\bis {_US}\b",
    rf"we(?:['’]ve| have)?\s+(?:delivered|drove|driven|generated|produced)\b[^.!?]{{0,60}}\byour (?:\w+ )?{_WORTH}\b",
    r"we(?:['’]ve| have)?\s+(?:made|earned|won|gained) you\b[^.!?]{0,40}\b(?:thousand|million|euros?|dollars?|pounds?"
    r"|per ?cent)\b",
    r"we(?:['’]ve| have)?\s+single-handedly\b",
    rf"(?:saved|delivered|driven|achieved|brought) by (?:{_US}|(?-i:[A-Z])\w+|the (?:\w+ )?{_OF_OURS})\b",
    rf"which the (?:\w+ )?{_OF_OURS} (?:has |have |['’]s )?(?:delivered|brought|achieved|saved|given)\b",
    rf"{_FROM}\s+(?:the (?:\w+ )?{_OF_OURS})\b",
    r"thanks to (?-i:[A-Z])\w+",
    r"direct (?:result|effect|consequence) of\b|an? (?:result|effect) of (?-i:[A-Z])\w+",
    rf"(?:that|this|it)(?:['’]s|s| is|['’]s all| is all)\s+(?:(?:really|directly|basically|just|all)\s+)*"
    rf"(?:us\b(?=[\s,]*(?:[.!?]|$|anyway))|the (?:\w+ )?{_OF_OURS}(?=[\s,]*(?:[.!?]|$))"
    r"|(?:the )?[\w-]+ (?:right there )?(?:doing (?:its|their|that|this)|driving)\b)",
    rf"(?:we|{_US})(?:['’]ve| have| has)?\s+(?:basically|effectively|completely|totally|practically)\s+(?:stopped"
    r"|eliminated|solved|fixed|removed|ended|abolished)\b",
    r"(?:us having|we(?:['’]ve| have)?) (?:basically |just )?saved you\b|taken off the table for you\b",
    rf"(?:we|{_US})(?:['’]ve| have| has)\s+(?:given|handed|put|brought|won) (?:you|back|straight back"
    r"|in(?:to)? your)\b",
    rf"(?:what|all)\s+(?:it|we|{_US})(?:['’]s|['’]ve| has| have)?\s+(?:done|did|brought|given|achieved)\s+(?:for\s+)?"
    r"you\b",
    r"(?:roll|run|project|extrapolat\w*|annuali[sz]\w+)\b[^.!?]{0,20}\b(?:that|it|this)\b[^.!?]{0,40}\b(?:years"
    r"|company|group)\b",
)
WHERE_FIGURES_STAND = any_of(r"(?:numbers?|figures?|data|report|tracker|slides?|charts?)\b")
CAREFUL = any_of(
    r"(?:conservativ\w+|part of|partly|share of|some of|not all|not claim\w*|at least in part|contribut\w+)\b",
    r"(?:other factors|also helped|low end|at minimum|roughly half|about half|a third of)\b",
    r"(?:can['’]?t|cannot|won['’]t|wouldn['’]t|not) (?:claim|say)\b",
    r"(?:don['’]?t|do not) think\b|shouldn['’]?t have\b|(?:nobody|no one) can say\b|our (?:own )?(?:fault|mistake)\b",
)

_MADE = (
    r"(?:boards?|dashboards?|reports?|templates?|workflows?|workspaces?|documents?|views|queries|searches|charts?|forms"
    r"|files|messages)"
)
USED = any_of(
    r"(?:logged|signed|log|sign)\s+(?:in|on)\b",
    r"(?:active|daily|monthly|weekly)\s+(?:\w+\s+)?(?:users|seats|licen[cs]es)\b",
    r"(?:seats|licen[cs]es|accounts|users)\s+(?:(?:are|were|being|now|currently|all)\s+)*(?:in use|active|used"
    r"|assigned)\b",
    r"(?:opened|used|viewed|clicked|launched|visited|ran|run|started)\b[^.!?;]{0,40}\btimes\b",
    r"(?:opened|used|viewed|launched|visited|run)\s+by\b",
    r"(?:per ?cent|%) of (?:\w+ ){0,3}?(?:staff|users|people|teams?|employees|members) (?:are|were|is|was) (?:\w+ )?"
    r"(?:in|on|using|active)\b",
    rf"(?:created|built|made|ran|run|generated|exported|shared|uploaded|downloaded)\s+[^.!?,;]{{1,30}}\s{_MADE}\b",
    rf"{_MADE}\s+(?:were\s+)?(?:created|built|generated|exported|shared|uploaded|downloaded)\b",
    r"(?:clicks?|click-?throughs?|engagement|page ?views|views|(?:site|page|portal|app) visits|searches|sessions"
    r"|downloads)\b",
    r"(?:hours|minutes)\s+(?:(?:a|per|each|every)\s+\w+\s+)?(?:in|on)\s+(?:the|our)\s+(?:platform|app|tool|system"
    r"|product)\b",
    r"(?:went|ran|passed|came) through the (?:platform|app|tool|system|product|software)\b",
    r"adoption\b",
)
VENDORS_OWN = any_of(
    r"(?:uptime|availability|available|up)\b[^.!?]{0,40}\b(?:ninety-nine|99[.,]\d)",
    r"(?:ninety-nine|99[.,]\d)[^.!?]{0,40}\b(?:up|uptime|availability|available)\b",
    r"(?:on|from) our (?:side|end)\b",
    r"our\s+(?:\w+\s+)?(?:uptime|nps|csat|availability|sla|response times?|growth|customers|customer base|support|team"
    r"|engineers|servers|latency|releases?|roadmap|satisfaction|platform (?:was|has|is|processed))\b",
    r"we(?:['’]ve| have)?\s+(?:also\s+|just\s+|now\s+)?(?:shipped|released|launched|hired|invested|won|answered"
    r"|resolved|processed|deployed|put out|pushed out|rolled out|grown)\b",
    r"we(?:['’]ve got| have| serve|['’]re at)?\s+(?:now\s+)?(?:have\s+)?[^.!?,;]{1,24}\s(?:customers|countries"
    r"|employees|partners)\b",
    r"(?:service|system|platform|app|tool|we|it)(?:['’]ve|['’]s| has| have| was| were)\s+(?:been\s+)?(?:up"
    r"|available)\b",
    r"(?:reply|response|answer) (?:time )?from our\b",
)
BROUGHT_THEM = any_of(
    r"(?:which|so|that|and)\s+(?:\w+\s+)?(?:meant|means|spared|saved|gave|kept|brought|let)\s+(?:that\s+)?you\b"
)
