"""What a stretch of speech comes down to: cut to the words that carry its meaning, as they stand on a card."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator

from copilot.analysis.language.flaws import MOST_WORDS, is_level, opens_with_level
from copilot.analysis.language.wording import named
from copilot.analysis.language.words import content_words

_LEAST_LEFT = 2  # content words that a cut has to leave
_LEAST_BEFORE = 3  # words before what is cut off at the end
_MOST_PIECES = 6  # between commas; more are a list read out

_SOFTLY = r"(?:(?:really|also|just|still|only|all|then|do|did|personally|actually|probably|simply|maybe|ever)\s+)*"
_WISH = re.compile(
    rf"(?:^|(?<=\s))(?:what\s+)?(?:(?:i|we|they|he|she|who|people)(?:['’](?:d|ll)|\s+would"
    rf"|\s+will)\s+{_SOFTLY}(?:be\s+"
    r"(?:content|happy|delighted|glad)\s+(?:with|if|to\s+\w+)|like|love|prefer|wish|take|settle for|accept|want|need"
    rf"|be after|have said)|(?:i|we|they|he|she|who|people|[a-z]+)\s+{_SOFTLY}(?:want|wants|wanted|need|needs|needed"
    r"|require|requires))\s+"
    r"(?:(?:is\s+)?(?:that\s+)(?=(?:it|we|they|the|our|my|no|every|nobody)\b))?(?:(?:it|them|you|us|him|her|one)\s+"
    r"(?=\w))?(?:(?:to\s+)(?:be able to\s+|(?:see|have|get|say|know|hear)\s+(?=(?:a|an|the|it|that|twenty|thirty|under"
    r"|no|fewer|less|more|every|all|our|my)\b))?)?",
    re.I,
)
_DENIED = re.compile(r"\b(?:not|never|nobody|don['’]t|didn['’]t|doesn['’]t|wouldn['’]t|won['’]t|if|unless)\s*$", re.I)
_POINT = re.compile(
    r"^(?:it(?:['’]s|\s+is|\s+was)(?=\s+that\b)|.{0,40}?\bwhat\s+(?:i|we|they|he|she|you)\b.{0,60}?\b(?:is|was)"
    r"|(?:and\s+)?(?:the|my|our|one|another|main|first|second)\s+(?:\w+\s+)?(?:goal|aim|point|condition|thing|idea"
    r"|dream|target|number|plan|priority|problem|issue|answer|question|measure)(?:\s+for\s+\w+)?\s*(?:['’]s|is|was"
    r"|would be)|(?:you|they|he|she)\s+(?:told (?:us|me)|said|mentioned)|(?:i|we)(?:['’]ve| was| were| am"
    r"|['’]m)?\s*(?:been\s+)?told|(?:a |the |one )?reason(?: why)?)\s+(?:is\s+)?(?:that\s+|to\s+|for\s+)?",
    re.I,
)
_IT_MUST = re.compile(
    r"^(?:(?:it|this|that|they|yours|(?:(?:the|your) )?(?:system|tool|app|software|platform|thing|product|solution)"
    r"|anything)"
    r"(?:['’](?:d|s|ll|ve)|\s+(?:would|will|has|have|also|just|really|still))*\s+)?(?:have to|has to|needs? to|must"
    r"|should|wants? to|got(?:ta| to)|gotta|ought to|had to)\s+(?:also\s+|just\s+|be able to\s+)*"
    r"(?!have\s+(?:been|gone|\w+ed)\b|not\b|never\b)(?:have\s+(?=(?:a|an|the)\b)|be\s+(?:in\s+)?|do\s+)?(?=\w)",
    re.I,
)
_IF_IT_COULD = re.compile(
    r"^(?:so\s+)?if\s+(?:it|that|this|they|you|we|i|somebody|someone|a person|people)\s+(?:could|can|were able to)\s+"
    r"(?:just\s+|only\s+|also\s+)?(?=\w)",
    re.I,
)
_TO = re.compile(r"^(?:to\s+)?(?:be\s+able\s+to\s+|be\s+)?(?=[a-z])", re.I)
_IT_WOULD = re.compile(
    r"^(?:it|that|this|which)(?:['’](?:d|ll)|\s+(?:would|will))\s+(?!be\b|have\b|help\b)(?=\w)", re.I
)
_WANTS_NOT = re.compile(
    r"^(?:i|we)\s+(?=(?:don['’]t|do not|never|can['’]t|cannot|no longer)\s+(?:want|have|lose|afford|need)\b)", re.I
)
_OH_NICE = re.compile(r"^(?:(?:oh|nice|okay|so|right|cool|yeah|great|sure)\s+){2,}(?=\w)", re.I)
_SEE = re.compile(r"^(?:see|have|get|say|hit|reach|make)\s+(?:it\s+)?(?=\w)", re.I)
_WELL = re.compile(r"^(?:well|say|next)\s+(?=(?:he|she|it|i|we|they|you|the|if|that)\b)", re.I)
_IT_IS = re.compile(
    r"^(?:it|this|that)(?:['’]s|\s+is|['’]d\s+be|\s+would\s+be)\s+(?:just\s+|only\s+|also\s+)?"
    r"(?!(?:not|too|that|what|why|how|where|because|like|the|a|an|all|so|very|up|down|out|going|gone)\b)(?=\w)",
    re.I,
)
_IF_DONE = re.compile(
    r"^(?:if\s+(?:you|we|i|they|somebody)\s+(?:get|got|do|did|fix|fixed|sort|sorted|solve|solved)\s+(?:that|this"
    r"|it)\s*,?"
    r"\s*(?:then\s+)?|.{0,60}?\bif\s+(?:we|i|you)\s+(?:got|get|could get)\s+(?:back|down|up)\s+to\s+)(?=\w)",
    re.I,
)
_MUST = re.compile(r"\b(?:must|ha(?:s|ve) to|got to|gotta|needs? to|can['’]?t|cannot|has got to)\b", re.I)
_WE_MUST = re.compile(
    r"^(?:i|we)(?:['’](?:d|ll|ve)|\s+(?:would|will|also|just|really|still))*\s+(?:have to|need to|must|got to|gotta"
    r"|ought to|should)\s+(?:also\s+|just\s+|be able to\s+)*(?=\w)",
    re.I,
)
_IT_CANNOT = re.compile(
    r"^(?:that\s+)?(?:it|this|that|they|he|she|you)\s+(?=(?:can['’]?t|cannot|mustn['’]t|must not|should not"
    r"|shouldn['’]t)\b)",
    re.I,
)
_DAY_ONE = re.compile(
    r"\s+(?:is|are|has to be|must be|needs to be)\s+(?:day one|later|phase (?:one|two)|a must|essential|first)\b.*$",
    re.I,
)
_IT_DOES = re.compile(
    r"^(?:it|this|that)\s+(?!(?:is|was|has to|does|depends|takes|means|gets|costs|happens|looks|sounds|feels|seems"
    r"|needs)\b)"
    r"(?=\w+s\b)",
    re.I,
)
_HAVE_A = re.compile(r"^ha(?:ve|s)\s+(?=(?:a|an|the|our|your)\b)", re.I)
_IF_SO = re.compile(
    r"^if\s+(?!(?:it|i|you|we|they|he|she|that|this|not|so|possible|there|any|nobody|yours?|half|no)\b)(?=\w+\s+\w)",
    re.I,
)
_CAN_IT = re.compile(
    r"^(?:(?:can|could|does|will|would)\s+(?:it|this|that)\s+(?:also\s+|even\s+)?(?:be\s+)?|(?:can|could)\s+(?=(?:the"
    r"|our|my)\s))"
    r"(?=\w)",
    re.I,
)
_THERE_IS = re.compile(
    r"^there(?:['’]s|\s+(?:is|are|was|were|should be|must be|has to be|have to be|needs? to be))\s+(?=\w)", re.I
)
_ASIDE = re.compile(
    r"(?:^|,)\s*(?:shall we say|let us say|let['’]s say|i don['’]t know|in my submission|if i['’]m honest|no offence"
    r"|mind you|to be fair|to be honest|if you like|if you will|whatever it is|as it were|i['’]d say|i would say"
    r"|i think|in truth|of course|obviously|frankly|honestly|please|kindly|then|though|too|as well|mind"
    r"|if that['’]s all right)\s*(?=,|[.!?]*$)",
    re.I,
)
_TAIL = re.compile(
    r"(?:\s*[,;–—-]\s*|\s+)(?:because|['’]?cause|cos|cuz|otherwise|as in|but|and\s+(?:i|we|you|they|he|she|it|that|then"
    r"|[a-z]+ (?:has|is|will|does|can)|there|if|not|what|who|even|at the)|or\s+(?:else|i|we|they|it|whatever|something"
    r"|rather|is)|so\s+(?:that|i|we|they|it|he|she|you)|then\s+(?:i|we|they|it|you)|i\s+(?:think|reckon|guess|figure"
    r"|mean|suppose|know|told)|no\s+doubt|if\s+(?:possible|you|that['’]?s|i|we|they|he|she|it)|was it|won['’]t it"
    r"|isn['’]t it|wouldn['’]t it|you know"
    r"|(?<!feel )(?<!think )(?<!say )(?<!sure )(?<!know )(?<!what )(?<!that )(?<!how )(?<!where )(?<!when )(?<!if )"
    r"(?:they|he|she|we|you|i)['’](?:re|s|ve|ll|m|d)"
    r"|(?:i|we|they)\s+(?:want|wanted|need)"
    r"|that(?:['’]s|\s+is)\s+(?:the|what|how|where|why|it|all|number|a)|is\s+what|as\s+(?:well|usual|ever"
    r"|it is))\b.*$",
    re.I | re.S,
)
_RELATIVE = re.compile(
    r",\s*(?:which|who|where|when|whereas|while|since|although|so|it['’]?s|that['’]s|there['’]s|he['’]s|she['’]s|we|i"
    r"|they|it|he|she|you|not|with the|is that|does that)\b.*$",
    re.I | re.S,
)
_HUNG = re.compile(
    r"(?:[\s,;:.!?–—]+(?<!\blog )(?<!\bsign )(?:and|or|but|so|to|of|for|the|a|an|with|in|on|at|by|from|that|which"
    r"|because|then|if|when|as|than|is|are|was|were|(?<!t )be|it['’]?s|i|we|they|he|she|you|my|our|your|their|his|its"
    r"|have|has|had|get|got|put|said|say|across|per|over|within|okay|yeah|yes|no|aye|also|just|really|about|into|not|do"
    r"|does|up to|down to|like))+$",
    re.I,
)
_MAKE_THAT = re.compile(r"^(?:make|call)\s+(?:that|it)\s+(?=\w)", re.I)
_PART_BEGINS = re.compile(
    r"(?:and|or|but|so|when|while|where|if|because|cause|not|without|instead|this|that['’]s|it['’]s|i|we|they|you|he"
    r"|she|for|with|until|before|after|from|like|just)$",
    re.I,
)


def core(said: str, *, of_product: bool = False, names: Collection[str] = ()) -> str:
    """The card of a stretch of speech: without who wants it, whom it is said to, and what trails after it.

    `of_product`: what "it" has to do is what is needed, so that "it has to work offline" is to work offline. `names`
    are of those who are spoken to.
    """
    text = _without_names(" ".join(_ASIDE.sub("", said).split()), names)
    text = named(text, most_words=60)
    text = _MAKE_THAT.sub("", text)
    for pattern in (_OH_NICE, _WELL, _IF_DONE, _POINT, _THERE_IS, _IT_IS, _IT_WOULD, _WANTS_NOT, _TO):
        text = _cut_before(text, pattern)
    text = _cut_before(_after_wish(text), _TO, least=1)
    seen = _SEE.match(text)
    if seen and opens_with_level(text[seen.end() :]):
        text = text[seen.end() :]
    pronoun, _, rest = text.partition(" ")
    if pronoun.lower() in {"it", "them", "that"} and opens_with_level(rest):
        text = rest
    if of_product:
        text = _cut_before(text, _CAN_IT).rstrip("?")
        for pattern in (_IF_SO, _IF_IT_COULD, _IT_MUST, _WE_MUST, _IT_CANNOT, _IT_DOES):
            text = _cut_before(text, pattern, least=1)
        text = _cut_before(_DAY_ONE.sub("", text), _HAVE_A, least=1)
    return tidy(named(_shortened(_without_tail(text)), most_words=MOST_WORDS))


def demands(said: str) -> bool:
    """Whether it is said that something is wanted, or has to be."""
    return bool(_WISH.search(said) or _MUST.search(said))


def ways_to_cut(said: str) -> Iterator[str]:
    """The stretch itself, and every run of what stands between its commas."""
    pieces = said.split(", ")
    if len(pieces) > _MOST_PIECES:
        yield said
        return
    for length in range(len(pieces), 0, -1):
        for first in range(len(pieces) - length + 1):
            yield ", ".join(pieces[first : first + length])


def _after_wish(text: str) -> str:
    """The words after "I want", wherever that stands, unless it is denied or too little is left."""
    for wish in reversed(list(_WISH.finditer(text))):
        rest = text[wish.end() :]
        if (_enough(rest) or is_level(rest)) and not _DENIED.search(text[: wish.start()].rstrip()):
            return rest
    return text


def _cut_before(text: str, lead: re.Pattern[str], *, least: int = _LEAST_LEFT) -> str:
    found = lead.match(text)
    return text[found.end() :] if found and len(content_words(text[found.end() :])) >= least else text


def _without_tail(text: str) -> str:
    for pattern in (_RELATIVE, _TAIL):
        for tail in pattern.finditer(text):
            before = text[: tail.start()]
            if len(before.split()) >= _LEAST_BEFORE and (_enough(before) or is_level(before)):
                text = before
                break
    return text


def _shortened(text: str) -> str:
    """As many words as a card has room for, up to where the next part of the sentence begins."""
    words = text.split()
    if len(words) <= MOST_WORDS:
        return text
    begins = (
        k for k in range(MOST_WORDS, MOST_WORDS // 2, -1) if _PART_BEGINS.match(words[k]) or words[k - 1][-1] in ",;"
    )
    return " ".join(words[: next(begins, MOST_WORDS)])


def _enough(text: str) -> bool:
    return len(content_words(text)) >= _LEAST_LEFT


def _without_names(text: str, names: Collection[str]) -> str:
    """ "Look, Petra, the waste" is about the waste."""
    if not names or text.strip(" ,.?!") in names:
        return "" if names else text
    either = "|".join(re.escape(name) for name in names)
    text = re.sub(rf"^(?:{either})[,.]\s+", "", text)
    return re.sub(rf",\s*(?:{either})(?=\s*(?:[,.?!]|$))", "", text)


def tidy(text: str) -> str:
    """Without what hangs at the end, blanks before marks, and with a capital."""
    text = re.sub(r"[\s,]*([,.;:!?])", r"\1", _HUNG.sub("", text)).strip(' ,;:.!?–—-"“”')
    return text[:1].upper() + text[1:]
