"""Pitfalls of claiming: a gain without a figure, others' averages, and more than anybody could know."""

from __future__ import annotations

import re
from collections.abc import Sequence

from copilot.analysis.asking import asks
from copilot.analysis.clauses import clauses
from copilot.analysis.pitfalls.signs import figures_in, is_rep, sentences, sentences_with
from copilot.analysis.pitfalls.watching import PitfallOp, Watch, evidence_at
from copilot.analysis.turns import running_turn
from copilot.domain.pitfall_rules import PitfallKind
from copilot.domain.state import CallState

_BETTER = (
    r"(?:better|faster|quicker|smoother|easier|simpler|happier|safer|cleaner|calmer|leaner|cheaper|shorter|fewer"
    r"|stronger"
    r"|clearer|smarter"
    r"|more (?:\w+ly|efficient|productive|effective|collaborative|aligned|engaged|agile|accurate|reliable|consistent"
    r"|transparent|satisfied|motivated|organi[sz]ed|predictable|confident))"
)
_MUCH = (
    r"(?:much|far|way|so|a lot|a whole lot|significantly|noticeably|considerably|dramatically|massively|hugely"
    r"|enormously"
    r"|really|greatly)"
)
_CLAIMS_GAIN = re.compile(
    rf"\b(?:{_MUCH}\s+)+(?:more\s+)?{_BETTER}\b|\b{_BETTER}\s+(?:now|these days|than (?:before|ever|it was|they were"
    rf"|last))\b"
    rf"|\b(?:improved|transformed|sped up|simplified|increased|grown|gone (?:up|down)|come down|dropped"
    rf"|changed)\s+{_MUCH}\b"
    rf"|\b{_MUCH}\s+(?:improved|transformed|sped up|simplified|increased|changed)\b"
    r"|\b(?:huge|great|big|massive|real|enormous|total|complete)\s+(?:success|win|improvement|impact|difference"
    r"|step forward)\b",
    re.I,
)
_NOT_NOW = re.compile(
    r"\b(?:if|would|could|should|might|may|will|['’]ll|going to|want|wants|hope|goal|target|aim|plan|need|once|until"
    r"|let['’]s)\b",
    re.I,
)
_THEIRS = re.compile(
    r"\byou(?:r|rs|['’]re|['’]ve)?\b|\b(?:teams?|people|everyone|everybody|everything|things|process\w*|users|staff)\b"
    r"|\b(?:now|these days|since|than (?:before|ever))\b|\bthe [\w -]{2,30} (?:is|are|has|have|was|were|runs?|works?)\b"
    r"|\b(?:has|have) (?:\w+ )?(?:improved|transformed|gone|come|increased|grown|dropped|changed)\b",
    re.I,
)
_CHANGED = re.compile(
    r"\b(?:(?:is|are|was|were|has|have|had|been|got|gotten|became|become|feels?|looks?|works?|runs?|goes|going|\w+ing"
    r"|\w+ed)"
    r"|(?:you|they|it|that|there)['’](?:re|ve|s))\b",
    re.I,
)
_AS_THEY_SAID = re.compile(
    r"\b(?:you|she|he|they|your \w+) (?:just )?(?:said|say|says|told|mentioned|felt|feel|find|reported|wrote|call)\b"
    r"|\bas you\b|\b(?:better|easier|simpler|quicker)\s+(?:that|if|to|for you to)\b|\b(?:hear|see|read|audio|screen"
    r"|slide"
    r"|camera|microphone|connection|picture|sound)\b",
    re.I,
)
_ORGANISATIONS = (
    r"(?:companies|firms|businesses|organi[sz]ations|customers|clients|users|teams|hospitals|banks|insurers|retailers"
    r"|manufacturers|plants|schools|hotels|stores|operators|utilities|carriers|agencies|providers|competitors|peers)"
)
_OTHERS = re.compile(
    rf"(?<!your )(?<!our )\b(?:average|typical|median|usual)\s+(?!of\b)(?:[\w-]+\s+){{1,4}}?(?:takes?|spends?|loses?"
    rf"|saves?"
    r"|sees?|pays?|has|gets?|runs?|needs?|is|sits|stands|achieves?|reports?|loads?)\b"
    r"|\b(?:industry|sector|market|peer|peer group|segment)[- ](?:wide )?(?:average|norm|standard|benchmark|median"
    r"|mean)\b"
    r"|\b(?:in|across|for) (?:your|the|this|our) (?:\w+ )?(?:industry|sector|market|trade"
    r"|segment)\b[^.!?]{0,30}\b(?:norm"
    r"|average|usual|standard|typical|normal)"
    rf"|\b{_ORGANISATIONS}\s+(?:like you(?:rs)?|(?:of )?your size|in your (?:industry|sector|space|segment|market"
    rf"|field))\b"
    rf"|\b(?:most|other|many|all|our|typical"
    rf"|average)\s+(?:of our\s+)?(?:other\s+)?{_ORGANISATIONS}\s+(?:\w+ly\s+)?(?:see|save"
    r"|get|cut|reduce|report|achieve|spend|lose|take|gain|find)\b"
    rf"|\b(?:on average|typically|usually|generally),?\s+(?:our\s+|most\s+|other\s+)?{_ORGANISATIONS}\b"
    rf"|\b{_ORGANISATIONS}\s+(?:typically|usually|generally|on average)\b"
    r"|\b(?:stud(?:y|ies)|research|analysts?|surveys?)\s+(?:\w+\s+)?(?:shows?|says?|finds?|found|suggests?|estimates?"
    r"|reports?)\b"
    r"|\baccording to (?:\w+ ){0,2}(?:analysts?|studies|research|surveys?)\b",
    re.I,
)
_OWN = re.compile(
    r"\byou(?:r|rs|['’]re| are| were| went| have| had| cut| moved| came| got| sit| stand| now| close| run| take)\b",
    re.I,
)
_DISTANCE = re.compile(r"\b(?:ahead|clear|above|below|better|beyond|behind|over|under)\b", re.I)
_US = (
    r"(?:us|our (?:\w+ )?(?:platform|product|tool|software|app|solution|system|team|work)"
    r"|the (?:platform|product|tool|software|app|solution))"
)
_FROM = (
    r"(?:because of|thanks to|due to|down to|comes? from|came from|driven by|result of|owed to|\w*tribut\w+ to"
    r"|credit\w* to)"
)
_WHOLE_CLAIMED = re.compile(
    rf"\b(?:all|every|everything|entirely|purely|solely|100\s?%|hundred percent|single-handedly|completely|the whole"
    rf"|the entire"
    rf"|nothing else|only|clearly|obviously|undoubtedly|no doubt|definitely"
    rf"|certainly)\b[^.!?]{{0,60}}?\b{_FROM}\s+{_US}\b"
    rf"|\b{_FROM}\s+{_US}\b[^.!?]{{0,20}}\b(?:alone|entirely|only)\b"
    rf"|\bwithout {_US}\b[^.!?]{{0,40}}\b(?:would|wouldn['’]t|never|none|nothing|no way|could)\b"
    rf"|\b(?:wouldn['’]t|would not|would never|could never|couldn['’]t) have\b[^.!?]{{0,40}}\bwithout {_US}\b"
    rf"|\bthat(?:['’]s| is| was)\s+(?:all|entirely|purely|clearly|obviously|completely)\s+{_US}\b"
    rf"|\bthat(?:['’]s| is)\s+(?:something|what|all)\s+(?:that\s+)?(?:we|{_US}|(?-i:[A-Z])\w+)(?:\s+(?:has|have)"
    rf"|['’]ve)?"
    r"\s*(?:clearly|obviously|really|definitely)?\s*(?:did|done|brought|achieved|made|delivered|given)\b"
    r"|\bwe(?:['’]ve| have)?\s+(?:delivered|drove|driven|generated|produced)\b[^.!?]{0,60}\byour (?:\w+ )?(?:revenue"
    r"|sales|profits?"
    r"|growth|margins?|churn|income|turnover)\b",
    re.I,
)
_TO_OUR_NAME = re.compile(
    r"\b(?:all|the (?:whole|lot|entire(?:ty)?))(?: of (?:that|this|it|them))?\s+(?:is|was|goes|comes|to|down|put|sits"
    r"|belongs|under"
    r"|on|as|\s)*\s*(?:us|ours|our (?:name|account))\b|\b(?:roll|run|project|extrapolat\w*"
    r"|annuali[sz]\w+)\b[^.!?]{0,20}\b(?:that|it"
    r"|this)\b[^.!?]{0,40}\b(?:years|company|group)\b",
    re.I,
)
_SOURCE = re.compile(r"\b(?:numbers?|figures?|data|report|tracker|slides?|charts?)\b", re.I)
_CAREFUL = re.compile(
    r"\b(?:conservativ\w+|part of|partly|share of|some of|not all|not claim\w*|can['’]?t claim|cannot claim"
    r"|won['’]t claim"
    r"|at least in part|contribut\w+|other factors|also helped|low end|at minimum|roughly half|about half)\b",
    re.I,
)


def unsubstantiated_claim(state: CallState, i: int, watch: Watch) -> Sequence[PitfallOp]:
    """The rep says that things have got better, and the turn holds no figure."""
    text = state.utterances[i].text
    if not is_rep(state, i) or any(figures_in(state.utterances[k].text) for k in running_turn(state.utterances, i)):
        return ()
    listed = sentences_with("gain", text, watch.signs)
    for start, end in sentences(text):
        said = text[start:end]
        if ((start, end) in listed or _CLAIMS_GAIN.search(said)) and _of_today(said) and not _AS_THEY_SAID.search(said):
            return (watch.flag(PitfallKind.UNSUBSTANTIATED_CLAIM, (evidence_at(state, i, (start, end)),)),)
    return ()


def _of_today(said: str) -> bool:
    """Whether it states how things are at the customer's, rather than what is wished or asked."""
    return not asks(said) and not _NOT_NOW.search(said) and bool(_THEIRS.search(said) and _CHANGED.search(said))


def generic_benchmark(state: CallState, i: int, watch: Watch) -> Sequence[PitfallOp]:
    """An average of others', with no figure of the customer's own in the same utterance."""
    text = state.utterances[i].text
    if not is_rep(state, i) or _own_figure(text):
        return ()
    listed = sentences_with("benchmark", text, watch.signs)
    for start, end in sentences(text):
        said = text[start:end]
        if ((start, end) in listed or _OTHERS.search(said)) and figures_in(said) and not asks(said):
            return (watch.flag(PitfallKind.GENERIC_BENCHMARK, (evidence_at(state, i, (start, end)),)),)
    return ()


def inflated_claim(state: CallState, i: int, watch: Watch) -> Sequence[PitfallOp]:
    """The whole gain is put down to the product, or more is claimed than anybody could know."""
    text = state.utterances[i].text
    if not is_rep(state, i) or _CAREFUL.search(text):
        return ()
    for start, end in sentences(text):
        said = text[start:end]
        if not asks(said) and (_claims_the_whole(said) or _is_grand(said, watch)):
            return (watch.flag(PitfallKind.INFLATED_CLAIM, (evidence_at(state, i, (start, end)),)),)
    return ()


def _claims_the_whole(said: str) -> bool:
    return bool(_WHOLE_CLAIMED.search(said) or _TO_OUR_NAME.search(said)) and not _SOURCE.search(said)


def _is_grand(said: str, watch: Watch) -> bool:
    grand = len(watch.signs.find("inflation", said)) + watch.signs.has("attribution", said)
    return grand >= 2 and bool(figures_in(said) or watch.signs.has("business", said))


def _own_figure(text: str) -> bool:
    """A figure of the customer's that is no mere distance from the average."""
    parts = [
        clause.said for clause in clauses(text) if not _OTHERS.search(clause.said) and not _DISTANCE.search(clause.said)
    ]
    return any(figures_in(said) and _OWN.search(said) for said in parts)
