"""What tells that a need stands for itself: demands of law, access, place and language seldom serve an outcome."""

from __future__ import annotations

import re
from collections.abc import Mapping

from copilot.analysis.language.asking import asks
from copilot.analysis.numbers import numbers_in
from copilot.analysis.pitfalls.signs import Signs, quote_around
from copilot.analysis.pitfalls.ways_to_say import any_of
from copilot.domain.call import Role
from copilot.domain.items import Capability
from copilot.domain.state import CallState

_REQUIRED = any_of(
    r"(?:must|ha(?:s|ve)(?: got)? to|['’](?:s|ve) got to|needs?|should|requires?|required|can(?:no|['’]?)t|may not"
    r"|(?:is|are)n['’]?t (?:a preference|optional|negotiable)|mandatory|non-negotiable)\b"
)
_FOR_A_REASON = re.compile(
    r"\b(?:otherwise|else|so that|so (?:i|we|they|it|he|she|the)|because|since|if|unless|until|then"
    r"|without (?:it|that|this|them)|that['’]s (?:how|why|where|what)|which means|that means"
    r"|to (?:get|bring|keep|reach|make|cut))\b|(?:^|[.!?,;]\s+)or\s+(?:we|i|it|they|there|the)\b",
    re.I,
)
_TOPICS: Mapping[str, re.Pattern[str]] = {
    "law": any_of(
        r"(?:law|legal\w*|lawyers?|regulat\w+|auditors?|audits?|inspect\w+|g ?d ?p ?r|hipaa|complian\w+|certif\w+|tax"
        r"|authority|standard|privacy|data protection|accessib\w+|court|ministry|policy|insur\w+|union|iso|fda"
        r"|works council)\b"
    ),
    "access": any_of(
        r"(?:sign[- ]?(?:on|in)s?|log[- ]?(?:in|ins|on)|s ?s ?o|passwords?|okta|entra|active directory|badge"
        r"|smart ?card|permissions?|rights|roles?|see only|only (?:see|their)|see (?:the |each )?other"
        r"|who (?:has )?(?:sees?|looked|changed))\b"
    ),
    "place": any_of(
        r"(?:data|servers?|cloud|host(?:ed|ing)|stays?|leaves?|country|building|premises|on[- ]prem\w*|tenant"
        r"|residen\w+|in[- ]house|outside|region|europe|eu)\b"
    ),
    "language": any_of(
        r"(?:languages?|translat\w+|english|spanish|french|german|italian|portuguese|polish|romanian|turkish|arabic"
        r"|welsh|swedish|lithuanian|ukrainian|russian|hindi|urdu|punjabi|chinese|mandarin|vietnamese|greek|dutch|danish"
        r"|norwegian|finnish|estonian|czech|creole|zulu|maori|irish|gaelic|catalan|hungarian|bulgarian|serbian|croatian"
        r"|somali|tamil|bengali|japanese|korean|thai|malay|swahili|afrikaans|hebrew)\b"
    ),
    "other systems": any_of(
        r"(?:accounts|accounting|bookkeep\w+|invoices?|erp|sap|payroll|ledger|tax office|export\w*|import\w*|connect\w*"
        r"|integrat\w+|interface|(?:talk|speak)s? (?:to|with)|api|sync\w*|feed|file|reads? (?:and|or) writes?|plug\w*"
        r"|goes? into|in(?:to)? (?:the|our) (?:\w+ )?system)\b"
    ),
    "others want it": any_of(
        r"(?:they|he|she|it|security|legal|corporate|head office|finance|compliance|procurement|board|owner|boss|people"
        r"|house|bookkeeper|accountant|union|officer|mr|mrs|ms|department)(?:['’]s|['’]ll|['’]d| will| would| is| are)?"
        r"(?: \w+)?(?: going to)? (?:wants?|wanted|insists?|asks?|asked|needs?|says?|said|demands?|requires?|tell|told"
        r"|likes?)\b",
        r"demand from\b",
    ),
    "later": any_of(
        r"(?:later|not (?:a )?day one|can wait|after(?:wards?| that)|phase two|second phase|next year|not now"
        r"|nice to have|in the beginning|at the start|come after|doesn['’]?t have to)\b"
    ),
    "device": any_of(
        r"(?:phones?|app|gloves|hands|buttons?|screens?|offline|signal|satellite|internet|wifi|print\w*|paper|simple"
        r"|easy)\b"
    ),
}


def need_signs(state: CallState, capability: Capability, likely_tied: float, signs: Signs) -> dict[str, float]:
    """The signs at the place where it is first required; `likely_tied`: how likely it serves an outcome."""
    first = capability.evidence[0]
    utterance = state.utterances[first.utterance]
    text = utterance.text
    at = max(0, text.find(first.quote))
    said = quote_around(text, (at, at + len(first.quote)))
    here = [c for c in state.capabilities.values() if c.stands and utterance.i in c.utterances]
    mentions = len(capability.utterances)
    return {
        "any": 1.0,
        "said by the rep": float(utterance.role is Role.REP),
        f"about {state.stage_of(utterance.i)}": 1.0,
        "required": float(bool(_REQUIRED.search(text))),
        "required in the sentence": float(bool(_REQUIRED.search(said))),
        "reason given": float(bool(_FOR_A_REASON.search(text))),
        "asked": float(asks(said)),
        "features": float(signs.has("features", text)),
        "figures": float(bool(numbers_in(text))),
        "pains": float(signs.has("pain", text)),
        "several at once": float(len(here) > 1),
        "said once": float(mentions == 1),
        "often": min(mentions, 5) / 5,
        "postponed": float(capability.phase == "later"),
        "likely tied": likely_tied,
        **_topics(text, f"{said} {capability.text}"),
    }


def _topics(text: str, said: str) -> Mapping[str, float]:
    """Of the utterance, and once more where its very sentence is about it."""
    return {
        **{topic: float(bool(words.search(text))) for topic, words in _TOPICS.items()},
        **{f"{topic} itself": float(bool(words.search(said))) for topic, words in _TOPICS.items()},
    }
