"""A model's words made fit to be shown: plain text on one line, and not too much of it."""

from __future__ import annotations

import re

from copilot.analysis.language.unseen import UNSEEN

LONGEST_TEXT = 160
LONGEST_VALUE = 80
LONGEST_WHY = 110
LONGEST_SENTENCE = 400

_LINK = re.compile(r"!?\[([^\[\]]{0,200})\]\((?:[^()\s]|\([^()]*\))*\)")
_ADDRESS = re.compile(r"\b(?:[a-z][a-z0-9+.-]{1,20}://|www\.|javascript:|data:)\S*", re.I)
_TAG = re.compile(r"</?[a-z!?][^<>]{0,500}>|<!--.{0,500}?-->", re.I)
_MARKUP = re.compile(r"[`*|~{}\\]+|<(?=[a-z/!?])|\](?=\()|:(?=//)|_{2,}|^\s*(?:#{1,6}|[-+]|\d+\.)\s+|={3,}|-{3,}", re.I)


def plain(text: str | None, longest: int) -> str | None:
    """Without markup, links, addresses, line breaks and letters nobody sees; cut at a word. None if nothing is left."""
    if text is None:
        return None
    text = UNSEEN.sub(" ", text[: 8 * longest])
    before = None
    while before != text:  # taking one tag out may leave another
        before = text
        text = _ADDRESS.sub("", _TAG.sub("", _LINK.sub(r"\1", text)))
    text = " ".join(_MARKUP.sub(" ", text).split()).strip(" \"'“”«»")
    if len(text) > longest:
        text = text[: longest - 1].rsplit(" ", 1)[0].rstrip(" ,;:-") + "…"
    return text or None
