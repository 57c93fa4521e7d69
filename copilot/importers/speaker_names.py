"""Whether the words before a colon are a speaker. A wrong speaker is worse than none."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence

from copilot.domain.call import Role

_HEADINGS = """
account action actions agenda also and answer answers as at attachment attendee attendees background because but by
call cc chapter client-side company conclusion confidential cons context cost costs created date day deadline decision
decisions disclaimer duration edit email end example examples fact file finally first follow-up follow-ups followup
for format from fyi goal goals header hello here how http https id if important in industry intro introduction
invitees is issue issues it item items key kind language last link links list location mailto meeting minutes name
next no note notes objective objectives of off on one open or organiser organizer our overview owner page part
participant participants participation phone plan point points present price pricing problem pros ps purpose question
questions re recap recorded recording remark result results risk risks rule scheduled second section session slide so
solution source start started status step steps subject summary takeaway takeaways task tasks tel that the there thing
things third this time timezone tip title tl;dr tldr to to-do today todo todos tomorrow topic topics total transcript
transcription two type update updates url version warning was we website week well what when where which why www yes
your zone
"""
_LABEL_WORDS = frozenset(_HEADINGS.split())
_PARTICLE_LIST = "al af am an av bin da dal das de del della den der di dos du el ibn la le ten ter van von y zu"
_PARTICLES = frozenset(_PARTICLE_LIST.split())
_BRACKETS = re.compile(r"[(\[][^()\[\]]*[)\]]")
_PREFIX = re.compile(r"^([^:\n]{1,100}?)\s*[:：](?!//|(?<=\d:)\d)\s*(.*)$", re.DOTALL)
_PHONE = re.compile(r"^\+?[\d\s().*x-]{7,}$")
_INITIALS = re.compile(r"^(?:[A-Za-z]\.)+$|^(?:Dr|Mr|Mrs|Ms|Prof|Jr|Sr|St|Inc|Ltd|Co|Corp)\.$", re.IGNORECASE)
_ROLE_LABELS = {
    "rep": Role.REP,
    "sales": Role.REP,
    "sales rep": Role.REP,
    "salesperson": Role.REP,
    "seller": Role.REP,
    "agent": Role.REP,
    "account executive": Role.REP,
    "vendor": Role.REP,
    "customer": Role.CUSTOMER,
    "prospect": Role.CUSTOMER,
    "client": Role.CUSTOMER,
    "buyer": Role.CUSTOMER,
}
_ROLE_BADGE = re.compile(rf"\s*[(\[]({'|'.join(_ROLE_LABELS)})[)\]]\s*$", re.IGNORECASE)


def split_prefix(text: str) -> tuple[str, str] | None:
    """What stands before and after the first colon, if so little stands before it that it may be a name."""
    found = _PREFIX.match(text.lstrip())
    return (found[1], found[2]) if found else None


def may_be_name(text: str) -> bool:
    """Wide: anything that an account, a room or a telephone is called, where the file's shape already says `name`."""
    if _PHONE.match(text) and sum(map(str.isdigit, text)) >= 7:
        return True
    plain = _BRACKETS.sub("", text).strip()
    if (
        not any(map(str.isalpha, plain))
        or len(plain.split()) > 7
        or re.search(r"[?!;<>=\"“”]|\.\s+[a-z]|https?$", text)
    ):
        return False
    return not is_label(plain)


def looks_like_name(text: str) -> bool:
    """Narrow: one to four words as names are written, `Speaker 1` and `SPEAKER_00` among them."""
    plain = _BRACKETS.sub("", text).strip()
    words = plain.replace(",", " ").split()
    return may_be_name(text) and 1 <= len(words) <= 4 and len(plain) <= 40 and all(map(_name_word, words))


def is_label(text: str) -> bool:
    """Whether this heads a part of a document, such as `Agenda` or `Next steps`, rather than a person's speech."""
    words = [word.strip("#*_.,-") for word in text.casefold().split()]
    return all(word in _LABEL_WORDS or not any(map(str.isalpha, word)) for word in words)


def named_role(name: str) -> tuple[str, Role]:
    """The name, and the side that the file itself gives: `Customer`, or `Dana (rep)`, whose badge is taken off."""
    if badge := _ROLE_BADGE.search(name):
        return name[: badge.start()], _ROLE_LABELS[badge[1].casefold()]
    return name, role_of_label(name)


def role_of_label(text: str) -> Role:
    """The side that a word such as `prospect` stands for."""
    return _ROLE_LABELS.get(text.strip().casefold(), Role.UNKNOWN)


def names_in(texts: Sequence[str]) -> frozenset[str]:
    """The prefixes that are speakers, judged over a whole file: where most texts have one, a single use will do."""
    prefixes = [parts[0] for text in texts if (parts := split_prefix(text))]
    seen = Counter(filter(may_be_name, prefixes))
    others = len(texts) - sum(map(is_label, prefixes))
    share = seen.total() / others if others else 0.0
    if share >= 0.9:
        return frozenset(seen)
    if share >= 0.4:
        return frozenset(name for name, times in seen.items() if times > 1 or looks_like_name(name))
    repeated = {name for name, times in seen.items() if times > 1 and looks_like_name(name)}
    full_names = {name for name in seen if repeated and len(name.split()) > 1 and looks_like_name(name)}
    return frozenset(repeated | full_names)


def _name_word(word: str) -> bool:
    if word.casefold() in _PARTICLES or _INITIALS.match(word):
        return True
    if not any(map(str.isalpha, word)):
        return word.strip("#").isdigit() or word in {"&", "-", "/", "|"}
    first = next(character for character in word if character.isalpha())
    return (first.isupper() or first.lower() == first.upper()) and not word.endswith((".", ","))
