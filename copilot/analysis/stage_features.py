"""What in an utterance points to a stage: the playbook's cues, and the form of what is said, whatever its words.

Features are named amounts. They look at who speaks, how (question, condition, habit, wish), about what kind of things,
and at what the talk has been about.
"""

from __future__ import annotations

import re
from collections.abc import Mapping

from copilot.analysis.asking import questions_in
from copilot.analysis.backchannels import is_backchannel
from copilot.analysis.dialogue import question_answered
from copilot.analysis.lexicon import Lexicon
from copilot.analysis.numbers import find_quantities
from copilot.domain.call import Role
from copilot.domain.conversation import OTHER_STAGE
from copilot.domain.state import CallState

Features = Mapping[str, float]

_FORMS: Mapping[str, re.Pattern[str]] = {
    name: re.compile(pattern, re.I)
    for name, pattern in {
        "greeting": r"\b(?:hi|hello|hey|good (?:morning|afternoon|evening)|morning|bye|goodbye|take care|nice to meet"
        r"|see you|cheers|talk soon|thank you (?:all|both|so much|very much)|thanks (?:for|everyone|everybody|all"
        r"|both))\b",
        "meeting": r"\b(?:agenda|minutes|hard stop|half past|o['’]clock|calendar|invite|slot|schedule|reschedule"
        r"|recording|mute|camera|screen shared?|dial in|join(?:ed|ing)?|introduce)\b",
        "promise": r"\b(?:i['’]ll|i will|we['’]ll|we will|let me|i can|could you|can you|would you"
        r"|please)\s+(?:\w+\s+){0,2}"
        r"(?:send|share|forward|email|mail|set up|schedule|book|invite|introduce|draft|prepare|put together|get back"
        r"|follow up|loop|ping|circle back|confirm|write|find out|check with|ask|talk to|speak)\b",
        "weekday": r"\b(?:monday|tuesday|wednesday|thursday|friday|next week|tomorrow|this week)s?\b",
        "commercial": r"\b(?:pric(?:e|es|ing)|discount|contract|procurement|legal|msa|nda|quote|proposal|license fees?"
        r"|subscription|per (?:user|seat)|invoice|purchase order|renewal terms|guarantees?|cancel(?:lation)?"
        r"|signature)\b",
        "conditional": r"\b(?:would|could|might)\b|\b(?:i|we|they|he|she|it|you|that|there)['’]d\b",
        "if": r"\b(?:if|imagine|picture|suppose|ideally|magic wand|in an ideal|in a perfect|a year from now"
        r"|in a year['’]?s time|months from now|once (?:it|that|this|we|you))\b",
        "no_longer": r"\b(?:no longer|any ?more|without (?:having|needing|asking|calling|ringing|waiting|me|anyone)"
        r"|by (?:itself|themselves)|on (?:its|their) own|instead of|at a glance|in one place|one (?:page|place|view"
        r"|screen))\b",
        "habit": r"\b(?:usually|typically|normally|generally|every (?:day|week|month|morning|time|quarter|monday"
        r"|friday)"
        r"|each (?:day|week|month|team|site|one|of)|today|currently|right now|at the moment|these days|still|then)\b",
        "we_do": r"\b(?:we|they|i|he|she|everyone|everybody|people|somebody|someone|the team|my team)\s+(?:\w+\s+)?"
        r"(?:use|uses|run|runs|keep|keeps|send|sends|enter|enters|type|types|copy|copies|paste|pastes|fill|fills|print"
        r"|prints|mail|mails|email|emails|call|calls|export|exports|put|puts|pull|pulls|take|takes|go|goes|get|gets"
        r"|write|writes|start|starts|check|checks|have|has|do|does|work|works|meet|meets|review|reviews|build|builds"
        r"|track|tracks|update|updates|hand|hands|pass|passes|log|logs|book|books)\b",
        "past": r"\b(?:was|were|had|did|got|took|lost|went|came|left|quit|resigned|missed|failed|noticed|found|spent"
        r"|paid"
        r"|happened|told|broke|said|\w{3,}ed)\b",
        "cost": r"\b(?:cost(?:s|ing)?|los(?:e|es|ing|t)|wast(?:e|es|ed|ing)|spen[dt]|pay(?:s|ing)?|paid|fines?"
        r"|penalt\w+"
        r"|overtime|burn\w*|quit\w*|resign\w*|angry|complain\w*|hat(?:e|es)|frustrat\w+|pain\w*|nightmare|miss(?:ed|es"
        r"|ing)?"
        r"|late|delay\w*|wrong|mistakes?|errors?|fail\w*|risk\w*|worr\w+|hurt\w*|suffer\w*|embarrass\w*|trouble|problem"
        r"|stuck|sorry|ouch|escalat\w*|churn\w*)\b",
        "negative": r"\b(?:not|never|no one|nobody|nothing|can['’]?t|cannot|don['’]t|doesn['’]t|didn['’]t|won['’]t"
        r"|no)\b",
        "impact_question": r"\b(?:happens? (?:when|if)|go(?:es)? wrong|impact|affect\w*|notice|consequence\w*|cost you"
        r"|costing|how bad|how much does|keeps you|feel\w*|hurt\w*|do nothing|stay the same|biggest (?:pain|problem"
        r"|headache))\b",
        "today_question": r"\b(?:walk (?:me|us)|talk (?:me|us) through|today|currently|at the moment|right now"
        r"|happens between"
        r"|how do you|how does|how are you|who (?:else|is|does|handles|looks)|what tools?|which tools?|what systems?"
        r"|which"
        r" systems?|how many (?:people|teams?|sites?|users?)|describe)\b",
        "future_question": r"\b(?:picture|imagine|ideal\w*|magic wand|would (?:it|that|things|you|your|a|the|change|be)"
        r"|look like|what changes|could (?:you|your|they))\b",
        "result_question": r"\b(?:hoping|achieve|goals?|success\w*|objectives?|matters?(?: the)? most|priorit\w+"
        r"|outcomes?"
        r"|worth it|big picture|get out of|most important|what (?:has|would have) to (?:have )?change\w*|which (?:of"
        r"|one)"
        r"|what are you after|win for|trying to)\b",
        "need_question": r"\b(?:need\w*|must|have to|has to|requir\w+|in place|from (?:the first day|day one)|day one"
        r"|essential"
        r"|deal.?breakers?|integrat\w+|security|permissions?|support|capabilit\w+|at launch|first phase|can wait)\b",
        "measure_question": r"\b(?:measur\w+|track\w*|report\w*|number\w*|baseline|target|how (?:will|would|do) (?:you"
        r"|we) know"
        r"|who (?:owns|would own|reports|puts|counts|tracks)|how often|where (?:is|are) (?:it|you|that)"
        r"|what would be good"
        r"|good look|count\w*|figure\w*|indicator\w*|dashboard|metric\w*|early sign\w*|how much of|what is it today)\b",
        "proof_question": r"\b(?:other (?:customers?|companies|clients)|done this before|reference\w*|examples?"
        r"|case stud\w+"
        r"|anyone else|who else|prove\w*|evidence|similar)\b",
        "product_question": r"\b(?:how (?:does|do|would|will) (?:it|that|this|you|your|the)|show (?:me|us)"
        r"|what makes you"
        r"|differen\w+ from|can you show|how long does it take to (?:set|roll|implement)|does the)\b",
        "must": r"\b(?:must|ha(?:s|ve|d) to|need(?:s|ed)?|requir\w+|without (?:it|that)|won['’]t (?:let|go|buy|sign)"
        r"|only if"
        r"|essential|mandatory|deal.?breaker|non.?negotiable)\b",
        "wish": r"\b(?:want(?:s|ed)?|would like|['’]d (?:like|love)|hope|hoping|goal|trying to|wish|aim|priority"
        r"|number one"
        r"|second|third|most important|matters most|success)\b",
        "direction": r"\b(?:down|fewer|less|lower|faster|quicker|sooner|higher|reduc\w+|cut|increas\w+|grow\w*"
        r"|improv\w+|better"
        r"|shorter|sav(?:e|es|ing|ings)|win more|double|halve)\b",
        "measure": r"\b(?:measur\w+|track\w*|report(?:s|ed|ing)?|baseline|target|percent|average|dashboard|survey\w*"
        r"|kpis?"
        r"|metrics?|monthly|weekly|quarterly|count(?:s|ed|ing)?|slide|number|figures?|owns?)\b",
        "we_product": r"\b(?:we|our (?:platform|product|tool|team|people|system|app|approach|customers)|it"
        r"|the (?:platform"
        r"|product|tool|system|app))\s+(?:\w+\s+)?(?:do|does|have|offer\w*|provid\w*|built?|call|support\w*|integrat\w*"
        r"|connect\w*"
        r"|let(?:s)?|give(?:s)?|show(?:s)?|pull(?:s)?|sync\w*|handl\w*|run(?:s)?|load(?:s)?|work(?:s)?|come(?:s)?"
        r"|send(?:s)?"
        r"|start|sit(?:s)?|put)\b",
        "you_get": r"\byou(?:['’]ll| can| will|['’]d| would| just| simply| could)?\s+(?:get|see|have|can|click|drag"
        r"|choose|pick"
        r"|set|create|build|open|share|add|start|just|never)\b|\blet me show\b|\bhere\b|\bthis is (?:the|where|how)\b",
        "elsewhere": r"\b(?:customers? (?:of ours|like|in|we)|another (?:customer|client|company)|one of our"
        r"|case stud\w+"
        r"|companies like|a (?:company|client|customer|bank|hospital|retailer|manufacturer|carrier|insurer) "
        r"|they (?:went"
        r"|cut|saw|reduced|had|started|got|saved|were|told)|analysts?|gartner|forrester|benchmark\w*|stud(?:y|ies)"
        r"|reference|in production|similar)\b",
        "restating": r"\b(?:so (?:what )?(?:i['’]m|i|you|it|if|we|the)|let me (?:say|play|read|make sure|recap|repeat"
        r"|check)"
        r"|i['’]ve heard|if i understand|to recap|in other words|sounds like|you said|you mentioned|did i get)\b",
        "ok_first": r"^\W*(?:great|perfect|sounds good|good|okay|ok|sure|thanks|thank you|yes|yep|right|fine|cool"
        r"|lovely)\W*$",
    }.items()
}
_QUESTION_FORMS = tuple(name for name in _FORMS if name.endswith("_question"))
_PLAIN_FORMS = tuple(name for name in _FORMS if not name.endswith("_question"))
_CAP = 3.0
_SHORT_WORDS = 3


def stage_features(state: CallState, i: int, lexicon: Lexicon) -> Features:
    """The features of utterance `i`; the marks of all before it are known."""
    utterance = state.utterances[i]
    text, side = utterance.text, utterance.role
    asked = questions_in(text)
    found: dict[str, float] = {"bias": 1.0, f"side={side.value}": 1.0}
    _add_cues(found, text, side, lexicon)
    _add_kinds(found, text, lexicon)
    for name in _PLAIN_FORMS:
        hits = len(_FORMS[name].findall(text))
        if hits:
            found[f"{side_of(side)}:{name}"] = min(_CAP, float(hits))
    if asked:
        found[f"{side_of(side)}:asks"] = 1.0
        for name in _QUESTION_FORMS:
            hits = sum(len(_FORMS[name].findall(question)) for question in asked)
            if hits:
                found[f"{side_of(side)}:{name}"] = min(2.0, float(hits))
    _add_figures(found, text, side)
    _add_context(found, state, i, bool(asked))
    return found


def side_of(role: Role) -> str:
    """Features of one side are told apart; a speaker whose side is not known counts as the customer's."""
    return "rep" if role is Role.REP else "customer"


def _add_cues(found: dict[str, float], text: str, side: Role, lexicon: Lexicon) -> None:
    for hit in lexicon.hits(text):
        where, _, rest = hit.name.partition(".")
        if where == "stages" or where == side.value:
            found[f"cue:{rest}"] = min(_CAP, found.get(f"cue:{rest}", 0.0) + 1.0)


def _add_kinds(found: dict[str, float], text: str, lexicon: Lexicon) -> None:
    """What kinds of things are spoken of: results, systems, pains."""
    for name, lists in _KINDS.items():
        hits = lexicon.count(text, *lists)
        if hits:
            found[f"kind:{name}"] = min(_CAP, float(hits))


_KINDS: Mapping[str, tuple[str, ...]] = {
    "result": ("results.wanted_higher", "results.wanted_lower"),
    "pain": ("signals.pain", "signals.feelings"),
    "system": ("capabilities.integrations", "capabilities.security"),
    "feature": ("capabilities.features", "capabilities.products", "claims.product_talk"),
    "measuring": ("signals.measuring", "signals.cadence"),
    "talk": ("speech.small_talk", "speech.logistics", "speech.commercial_terms"),
    "proof": ("claims.proof", "claims.benchmark"),
    "people": ("people.roles", "people.departments"),
    "direction": ("directions.increase", "directions.reduce", "directions.improve"),
}


def _add_figures(found: dict[str, float], text: str, side: Role) -> None:
    quantities = find_quantities(text)
    if quantities:
        found[f"{side_of(side)}:figures"] = min(_CAP, float(len(quantities)))
        if any(q.kind == "money" for q in quantities):
            found[f"{side_of(side)}:money"] = 1.0
        if any(q.kind in ("percent", "ratio", "multiple") for q in quantities):
            found[f"{side_of(side)}:share"] = 1.0


def _add_context(found: dict[str, float], state: CallState, i: int, asked: bool) -> None:
    text = state.utterances[i].text
    side = side_of(state.utterances[i].role)
    words = len(text.split())
    found["short"] = 1.0 if words <= _SHORT_WORDS else 0.0
    found["long"] = min(2.0, words / 30)
    if is_backchannel(text):
        found["backchannel"] = 1.0
    if i < 6:  # calls begin with greetings
        found["opening"] = 1.0 - i / 6
    question = question_answered(state.utterances, i)
    if question is not None and (stage := state.stage_of(question)):
        found[f"answers={stage}"] = 1.0
    running = _running(state, i)
    previous = state.stage_of(i - 1) or OTHER_STAGE
    turn = f"{side}{'?' if asked else ''}"
    found[f"running={running}"] = 1.0
    found[f"previous={previous}"] = 1.0
    found[f"{turn}:running={running}"] = 1.0
    if previous == OTHER_STAGE and state.stage_of(i - 2) == OTHER_STAGE:
        found["previous_two=other"] = 1.0


def _running(state: CallState, i: int) -> str:
    """The stage that the talk was last about."""
    for k in range(i - 1, max(-1, i - 8), -1):
        stage = state.stage_of(k)
        if stage and stage != OTHER_STAGE:
            return stage
    return OTHER_STAGE
