"""Card texts: the speaker's words, cut to the clause that matters, without what only fills the air."""

from __future__ import annotations

import re

MOST_WORDS = 14

_FILLER = re.compile(
    r"\[[^\]]*\]|(?:(?<=,)|(?<=\.\.\.)|^)\s*(?:um+|uh+|er+m?|ah|oh|like|you know|i mean|what(?: is it)?|how do you say"
    r"|how do i put it|how should i say|what do you call it|say|let['’]s say|honestly|frankly|obviously|basically"
    r"|actually|really|to be honest|to be fair|i guess|i think|i suppose|i['’]d say|kind of|sort of)\s*,"
    r"|\b(?:um+|uh+|erm+|er)\b[,.]*\s?|\b(?:you know|sort of|kind of|basically|literally)\b,?\s?",
    re.I,
)
_LEAD_IN = re.compile(
    r"(?:\W*(?:\b(?:and|but|so|or|else|otherwise|understood|subject to|because|then|also|now|okay|ok|yeah|yes|yep|um+"
    r"|uh+|erm?|oh|ah|ha|hm+|i mean|you know|honestly|frankly|obviously|basically|actually|ideally|plus|definitely"
    r"|absolutely|of course|to be honest|to be fair|in the end|at the end of the day|i guess|i think|i suppose"
    r"|i believe|i would say|i['’]d say|i['’]d imagine|i reckon|i feel|just|maybe|perhaps|for me|for us|first of all"
    r"|firstly|secondly|thirdly|basically|sort of|kind of)\b(?!['’-])|\b(?:no|right|sure|well|look|listen|exactly"
    r"|really|first|second|third|one|two|three|again|say|seriously|noted|ooh|perfect|like|please|sorry|good|great|fine"
    r"|lovely)(?=[,.:!]))[\s,.:!]*)++",
    re.I,
)
_STUTTER = re.compile(
    r"\b(?!(?:zero|nought|oh|one|two|three|four|five|six|seven|eight|nine|\d+)\b)(\w+)(?:[,.…\s]+\1\b)+", re.I
)
_TRAILING = re.compile(
    r"(?:[\s,;:.!?…–—-]+|(?<![\w-])(?<!\blog )(?<!\bsign )(?:and|or|but|so|to|of|for|the|a|an|with|in|on|at|by|from"
    r"|that|which|because|then|really|though|please|you know|i mean|if possible|obviously|of course|honestly"
    r"|if i['’]m honest|as well)|,\s*(?:right|too|yeah|yes|no|okay))+$",
    re.I,
)
_THAT = re.compile(
    r"^that\s+(?=(?:it|we|they|the|our|my|a|an|every|each|all|nobody|everybody|everyone|people|i)\b)", re.I
)
_ARTICLE = re.compile(
    r"^(?:(?:the|a|an|my|our|your|their|some|those|these)\s+(?=\w)|that\s+(?=(?!(?:is|was|would|will|has|had|can|could"
    r"|does|did|goes|got|means|said|way|one|also|just|really)\b)(?:\w+\s+){1,3}(?:at|to|down|up|from|by|under"
    r"|below)\b))",
    re.I,
)
_WANTED_TO = re.compile(
    r"^(?P<who>(?:the|our|my|all|every|each)\s+(?:\w+\s+){0,3}?\w+|everybody|everyone|people|them"
    r"|it)(?<!have)(?<!has)(?<!need)(?<!needs)(?<!want)(?<!wants)(?<!got)(?<!ought)(?<!time)(?<!days)(?<!hours)"
    r"(?<!cost)\s+to\s+(?:be\s+)?(?=\w)",
    re.I,
)
_WISHED = re.compile(
    r"^(?:(?:(?:the|our|my|their)\s+)?(?:\w+\s+)?(?:goal|aim|objective|ambition|hope"
    r"|dream)s?(?:\s+for\s+\w+(?:\s+\w+)?)?"
    r"(?:\s+(?:is|was|would be)|['’]s|\s*:)\s+(?:to\s+(?:be able to\s+)?|that\s+)"
    r"|(?:i|we|they)(?:['’]d|\s+would)?(?:\s+(?:really|just|also|still|all))?\s+(?:want|like|love|hope|aim)\s+"
    r"(?:to\s+(?:be able to\s+)?|for\s+)?)(?=\w)",
    re.I,
)
_VERDICT = (
    r"(?:\w+ly\s+|so\s+|just\s+|already\s+|quite\s+)?(?:huge|great|good|nice|lovely|fantastic|brilliant|wonderful"
    r"|amazing|ideal|perfect|fine|enough|plenty|excellent|super|success|everything|worth \w+|(?:a|an|the|my"
    r"|our)\s+(?:\w+\s+)?(?:win|success|dream|relief|start|result|goal|target|aim|difference|game.?changer))"
)
_PRAISED = re.compile(
    rf"(?:[,;–—-]*\s*\b(?:(?:and|then|well|now)\s+)*(?:(?:that|which)(?:['’]d|\s+would|['’]s|\s+is|\s+will)"
    rf"|(?:it|this)(?:['’]d|\s+would))|\s+(?:would|will)|['’]d)\s+(?:be\s+|mean\s+)?{_VERDICT}\b.*$",
    re.I | re.S,
)
_PIECE = re.compile(
    r"(?:i|i['’]\w+|you|you['’]\w+|y['’]all|he|she|we|we['’]\w+|they|they['’]\w+|if|do|does|did|be|am|is|are|was|were"
    r"|been|being|how|what|who|why|that|this|these|those|which|like|know|not|any|for|of|at|on|by|with|from|until|also"
    r"|so|then|than|too|there|here|sense|question|something|someone|somebody|anything|everything|thing|things|stuff"
    r"|at least)\b(?!-)",
    re.I,
)
_MARKS = " \t\n,;:.!?…–—-\"“”'"


def card(said: str, *, most_words: int = MOST_WORDS) -> str:
    """The words on a small card: fillers, lead-ins and praise gone, at most so many words, first letter upper-case.

    Empty where nothing is left.
    """
    text = _FILLER.sub(" ", said)
    text = _STUTTER.sub(r"\1", " ".join(text.split()))
    lead = _LEAD_IN.match(text)
    if lead and lead.end() < len(text):
        text = text[lead.end() :]
    praise = _PRAISED.search(text)
    if praise and praise.start():
        text = text[: praise.start()]
    words = text.split()
    if len(words) > most_words:
        text = " ".join(words[: _cut(words, most_words)])
    text = _TRAILING.sub("", text).strip(_MARKS)
    return text[:1].upper() + text[1:]


def named(said: str, *, most_words: int = MOST_WORDS) -> str:
    """The card of a thing that is wanted or measured, and not that it is wanted: without "we want to" and the article.

    "The teams to work" becomes "teams work".
    """
    words = card(said, most_words=most_words)
    words = _WISHED.sub("", _THAT.sub("", words))
    words = _WANTED_TO.sub(lambda match: f"{match['who']} ", words)
    bare = _ARTICLE.sub("", words)
    return bare[:1].upper() + bare[1:]


def reads_well(words: str) -> bool:
    """Whether a card names a thing or an action, and is no piece of a sentence that says little alone."""
    return bool(words) and not _PIECE.match(words)


def _cut(words: list[str], most: int) -> int:
    """Where a long text ends: after the last comma that leaves at least half, else at the limit."""
    for end in range(most, most // 2, -1):
        if words[end - 1][-1] in ",;:.!?":
            return end
    return most


def as_spoken(words: str, said: str = "") -> str:
    """With a small first letter, unless it is that of a name, as far as what was said shows."""
    first, _, rest = words.partition(" ")
    if first == "I" or any(character.isupper() for character in first[1:]):
        return words
    lowered = first[:1].lower() + first[1:]
    return (
        words if first in said and lowered not in said and not said.startswith(first) else f"{lowered} {rest}".rstrip()
    )
