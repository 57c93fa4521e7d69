"""Personal data and secrets taken out before words leave the machine, and put back into what returns."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator
from functools import partial

from copilot.analysis.deep.dictation import DICTATED, digits_of, spelled
from copilot.analysis.deep.people import Person

Span = tuple[int, int]
Finder = Callable[[str], Iterator[Span]]

_TEXTS_KEPT = 4096

_PLACEHOLDER = re.compile(r"\[[A-Z]+_[0-9]+(?:\.[0-9]+)?\]")
_EMAIL = re.compile(r"[\w.+-]{1,64}@\w[\w-]{0,62}(?:\.\w[\w-]{0,62}){1,4}")
_SPOKEN_EMAIL = re.compile(
    r"\b\w+(?:[\s,]+(?:dot|underscore|dash|hyphen)[\s,]+\w+){0,3}[\s,]+at[\s,]+\w+(?:[\s,]+(?:dot|dash|hyphen)[\s,]+\w+){0,3}"
    r"[\s,]+dot[\s,]+(?:com|org|net|edu|gov|io|co|eu|de|fr|uk|us|ca|at|ch|nl|es|it|info|biz|ai)\b(?:[\s,]+dot[\s,]+\w+)?",
    re.I,
)
_KEY = re.compile(
    r"\b(?:sk|pk|rk)[-_](?:[\w-]+[-_])?\w{12,}|\bAKIA[0-9A-Z]{12,}|\b(?:ghp|gho|ghs|github_pat|glpat|xox[abps]|hf)[-_]\w[\w-]{12,}"
    r"|\beyJ[\w-]{8,}\.[\w-]{8,}\.[\w-]{4,}|-----BEGIN [A-Z ]{0,40}KEY-----|\b[0-9a-fA-F]{32,}\b"
    r"|(?<![\w+/-])(?=[A-Za-z0-9+/_-]*[0-9])(?=[A-Za-z0-9+/_-]*[a-z])(?=[A-Za-z0-9+/_-]*[A-Z])[A-Za-z0-9+/_-]{32,}={0,2}"
)
_SECRET = re.compile(
    r"\b(?:password|passcode|passphrase|pin|pin (?:code|number)|security code|cvv|cvc|api key|access key|secret key)\b"
    r"(?:\s+(?:is|was|are)\b|\s*[:=])\s*[\"'“]?(?P<it>(?:" + DICTATED + r"){3,}|[^\s\"'“”,;.?!][^\s\"'“”,;]*)",
    re.I,
)
_IBAN = re.compile(r"\b[A-Z]{2}[0-9]{2}(?: ?[A-Z0-9]{4}){2,7}(?: ?[A-Z0-9]{1,3})?(?![A-Z0-9])", re.I)
_SPOKEN_IBAN = re.compile(r"\b[a-z][\s,.-]+[a-z][\s,.-]+(?:(?:" + DICTATED + r")|[a-z]\b[\s,.-]*){10,40}", re.I)
_CARD = re.compile(r"(?<![\w$€£.,])[0-9](?:[ -]?[0-9]){12,18}(?![\w])")
_PHONE = re.compile(
    r"(?<![\w$€£])(?:\+[0-9]{1,3}(?:[ .-]?\(?[0-9]{1,5}\)?){2,6}"
    r"|\([0-9]{2,5}\)[ -]?[0-9]{2,5}(?:[ .-][0-9]{2,5}){0,3}"
    r"|[0-9]{3}[ .-][0-9]{3}[ .-][0-9]{4}|00?[1-9][0-9]{0,3}(?:[ ./-][0-9]{2,8}){1,4}|00?[1-9][0-9]{7,11})(?![\w%])"
)
_GOVERNMENT = re.compile(
    r"\b[0-9]{3}-[0-9]{2}-[0-9]{4}\b|\b[A-CEGHJ-PR-TW-Z]{2} ?[0-9]{2} ?[0-9]{2} ?[0-9]{2} ?[A-D]\b"
    r"|\b(?:passport|social security|ssn|national insurance|tax (?:id|number)|driv(?:er'?s|ing) licen[cs]e|nhs|aadhaar"
    r"|medicare|social insurance|personnummer|steuer-?id)\b(?: (?:number|no\.?|id))?(?:\s+(?:is|was)\b|\s*[:#])?\s*"
    r"(?P<it>(?:" + DICTATED + r"){4,}|(?=[A-Z0-9-]*[0-9])[A-Z0-9-]{5,19})",
    re.I,
)
_LONG_NUMBER = re.compile(r"(?<![\w$€£.,])[0-9]{9,}(?![\w.,%]|[.,][0-9])")
_DICTATED_NUMBER = re.compile(r"(?<!\w)(?:" + DICTATED + r"){2,60}", re.I)
_LEAST_DICTATED = 4  # digits one by one; nobody says an amount like that

_CARD_DIGITS = range(13, 20)
_BETWEEN = " ,.-\n\t"


class Redactor:
    """Replaces what is nobody else's business by placeholders such as [CARD_1], and puts it back. One per call.

    Card numbers (Luhn), IBANs (mod 97), e-mail addresses, phone and government numbers, passwords and key shapes, in
    digits or as they are read out; with `names`, these people too. Figures of the business stay: money, shares, counts,
    dates. A number read out over several utterances is known by its parts only where these have four digits each,
    spoken one by one.

    Guaranteed: `restore(redact(text)) == text` for every text, also one that holds look-alikes of placeholders; the
    same words are the same placeholder throughout a call; the same texts in the same order give the same placeholders
    in every process; what was redacted once costs a look-up the second time.
    """

    def __init__(self, names: Iterable[str] = ()) -> None:
        self._people: list[Person] = []
        self._placeholders: dict[tuple[str, str], str] = {}
        self._originals: dict[str, str] = {}
        self._counts: dict[str, int] = {}
        self._texts: dict[str, str] = {}
        self.know(names)

    @property
    def found(self) -> dict[str, int]:
        """How many different words were replaced, by kind, without the words."""
        return dict(self._counts)

    def know(self, names: Iterable[str]) -> None:
        """More people whose names are replaced from now on, as for speakers who become known later."""
        for name in names:
            if name.strip() and all(person.name != name for person in self._people):
                self._people.append(Person(name, len(self._people) + 1))
                self._texts.clear()

    def redact(self, text: str) -> str:
        """The text fit to be sent."""
        known = self._texts.get(text)
        if known is None:
            if len(self._texts) >= _TEXTS_KEPT:
                self._texts.clear()
            known = self._texts[text] = self._redacted(text)
        return known

    def restore(self, text: str) -> str:
        """With the words that placeholders stand for; one that is not ours stays as it is."""
        return _PLACEHOLDER.sub(lambda match: self._originals.get(match.group(), match.group()), text)

    def _redacted(self, text: str) -> str:
        pieces: list[str] = []
        at = 0
        for start, end, kind in _apart(self._found(text)):
            pieces += (text[at:start], self._placeholder(kind, text[start:end]))
            at = end
        return "".join((*pieces, text[at:]))

    def _found(self, text: str) -> Iterator[tuple[int, int, str]]:
        for kind, find in _FINDERS:
            for start, end in find(text):
                yield start, end, kind
        for person in self._people:
            for start, end in person.named_in(text):
                yield start, end, f"PERSON_{person.number}"

    def _placeholder(self, kind: str, words: str) -> str:
        known = self._placeholders.get((kind, words))
        if known is None:
            known = self._new(kind)
            self._placeholders[kind, words] = known
            self._originals[known] = words
        return known

    def _new(self, kind: str) -> str:
        """[CARD_2] is the second card; [PERSON_1] and [PERSON_1.2] are one person in two forms."""
        count = self._counts[kind] = self._counts.get(kind, 0) + 1
        if "_" in kind:
            return f"[{kind}]" if count == 1 else f"[{kind}.{count}]"
        return f"[{kind}_{count}]"


def _apart(found: Iterable[tuple[int, int, str]]) -> Iterator[tuple[int, int, str]]:
    """The spans that do not touch one another: of two, the one that begins first, and of these the longer."""
    at = 0
    for start, end, kind in sorted(found, key=lambda span: (span[0], -span[1])):
        if start >= at and end > start:
            yield start, end, kind
            at = end


def _spans(pattern: re.Pattern[str], text: str) -> Iterator[Span]:
    for match in pattern.finditer(text):
        group = "it" if "it" in pattern.groupindex and match["it"] else 0
        yield match.start(group), match.start(group) + len(match[group].rstrip(_BETWEEN))


def _emails(text: str) -> Iterator[Span]:
    if "@" in text:
        yield from _spans(_EMAIL, text)
    if " dot " in text.lower() or " dot," in text.lower():
        yield from _spans(_SPOKEN_EMAIL, text)


def _ibans(text: str) -> Iterator[Span]:
    for pattern in (_IBAN, _SPOKEN_IBAN):
        for start, end in _spans(pattern, text):
            if is_iban(spelled(text[start:end])):
                yield start, end


def _cards(text: str) -> Iterator[Span]:
    for start, end in _spans(_CARD, text):
        if is_card(digits_of(text[start:end])):
            yield start, end


def _dictated(text: str, *, cards: bool) -> Iterator[Span]:
    """Numbers read out digit by digit: cards or others."""
    for start, end in _spans(_DICTATED_NUMBER, text):
        digits = digits_of(text[start:end])
        if len(digits) >= _LEAST_DICTATED and is_card(digits) == cards:
            yield start, end


def is_card(digits: str) -> bool:
    """Luhn's check over 13 to 19 digits."""
    if len(digits) not in _CARD_DIGITS or not digits.isdigit():
        return False
    doubled = (int(digit) * (2 if place % 2 else 1) for place, digit in enumerate(reversed(digits)))
    return sum(value - 9 if value > 9 else value for value in doubled) % 10 == 0


def is_iban(letters: str) -> bool:
    """ISO 13616: the first four at the end, letters as numbers from 10 on, and a remainder of 1 by 97."""
    letters = letters.upper()
    if not 15 <= len(letters) <= 34 or not letters.isascii() or not letters.isalnum() or not letters[:2].isalpha():
        return False
    return int("".join(str(int(letter, 36)) for letter in letters[4:] + letters[:4])) % 97 == 1


_FINDERS: tuple[tuple[str, Finder], ...] = (
    ("LITERAL", partial(_spans, _PLACEHOLDER)),
    ("EMAIL", _emails),
    ("KEY", partial(_spans, _KEY)),
    ("SECRET", partial(_spans, _SECRET)),
    ("IBAN", _ibans),
    ("CARD", _cards),
    ("CARD", partial(_dictated, cards=True)),
    ("GOVERNMENT", partial(_spans, _GOVERNMENT)),
    ("PHONE", partial(_spans, _PHONE)),
    ("NUMBER", partial(_dictated, cards=False)),
    ("NUMBER", partial(_spans, _LONG_NUMBER)),
)
