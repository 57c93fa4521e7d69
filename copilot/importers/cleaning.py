"""Text as it was said: without markup, entities, control characters and marks for sounds that are no words."""

from __future__ import annotations

import html
import re

_TAG = re.compile(r"</?(?:[a-zA-Z][^<>\n]*|\d[\d:.]*)?>|\{\\[^{}]*\}")
_ENTITY = re.compile(r"&(?:#\d{1,7}|#x[0-9a-fA-F]{1,6}|[a-zA-Z]{2,31});")
# Zero-width, bidirectional and tag characters say nothing and can hide an instruction; joiners belong to some scripts.
_UNSPOKEN = re.compile(
    r"[\x00-\x08\x0e-\x1f\x7f-\x9f\u00ad\u200b\u200e\u200f\u202a-\u202e\u2060-\u2069\ufeff\ufff9-\ufffb"
    r"\ud800-\udfff\U000e0000-\U000e007f]"
)
_SOUND = (
    r"(?:[\w'-]+ ){0,2}"
    r"(?:music|laugh\w*|chuckl\w*|applau\w*|clap\w*|cough\w*|sneez\w*|sigh\w*|silence|noises?|beep\w*|static|typing"
    r"|(?:non)?vocalsound|disfmarker|gap|pause|breath\w*|clears throat|blank_audio|no audio|ringing|_+)"
    r"(?: [\w'-]+){0,2}"
)
_SOUND_MARK = re.compile(rf"\[ *{_SOUND} *\]|\( *{_SOUND} *\)|\{{ *{_SOUND} *\}}|\* *{_SOUND} *\*|♪|♫", re.IGNORECASE)
_UNHEARD_MARK = re.compile(
    r"[\[({]\s*(?:inaudible|unintelligible|indistinct|cross-?talk|foreign|no speech)[^\])}]*[\])}]", re.IGNORECASE
)
_LEAD = re.compile(r"^(?:>>+|[-–—]\s)\s*")
_BADGE = re.compile(r"\s*[(\[](?:guest|external|unverified|host|co-host|organi[sz]er|presenter|me|you)[)\]]\s*$", re.I)
_NOBODY = frozenset({"", "unknown", "unknown speaker", "speaker unknown", "n/a", "none", "null", "uu"})
_LONGEST_NAME = 120


def clean_text(text: str) -> str:
    """The words alone, on one line; empty where a cue holds none, such as `[Music]` or `(inaudible)`."""
    plain = _unescaped(_TAG.sub("", text))
    plain = _SOUND_MARK.sub(" ", plain)
    if not any(map(str.isalnum, _UNHEARD_MARK.sub("", plain))):
        return ""
    return _LEAD.sub("", " ".join(plain.split()))


def clean_name(name: str | None) -> str | None:
    """A speaker's name without badges such as `(Guest)`; None where it says that nobody knows."""
    if name is None:
        return None
    plain = _BADGE.sub("", " ".join(_unescaped(_TAG.sub("", name)).split())).strip(" :,")[:_LONGEST_NAME].rstrip()
    return None if plain.casefold() in _NOBODY else plain


def _unescaped(text: str) -> str:
    return _UNSPOKEN.sub("", _ENTITY.sub(lambda entity: html.unescape(entity[0]), text))
