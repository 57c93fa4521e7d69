"""A file's bytes as text, and as JSON where they are JSON; whatever a program on any system may have saved."""

from __future__ import annotations

import json
import math
import re
from dataclasses import dataclass

from copilot.errors import UnreadableTranscript

_BINARY = (
    (b"PK\x03\x04", "a zip archive or an Office document"),
    (b"%PDF", "a PDF document"),
    (b"\xd0\xcf\x11\xe0", "an old Office document"),
    (b"{\\rtf", "an RTF document"),
    (b"\x1f\x8b", "a gzip archive"),
    (b"\x89PNG", "a picture"),
    (b"\xff\xd8\xff", "a picture"),
    (b"SQLite format 3", "a database"),
)
_RECORDINGS = (
    (b"fLaC", "a FLAC recording"),
    (b"RIFF", "a WAV recording or another RIFF file"),
    (b"OggS", "an Ogg recording"),
    (b"ID3", "an MP3 recording"),
    (b"\xff\xfb", "an MP3 recording"),
    (b"\xff\xf3", "an MP3 recording"),
    (b"\x1aE\xdf\xa3", "a WebM or Matroska recording"),
)
_RECORDING_NAMES = re.compile(r"\.(?:wav|mp3|m4a|mp4|aac|flac|ogg|oga|opus|webm|mka)$", re.I)
_NO_RECORDING = (
    "this is no recording that can be read, whatever its name says; WAV, MP3, M4A, FLAC, Ogg and WebM can be"
)
_NO_TEXT = "this file is not text; a transcript as text, VTT, SRT or JSON would work"
_BOMS = (
    (b"\xef\xbb\xbf", "utf-8"),
    (b"\xff\xfe\x00\x00", "utf-32-le"),
    (b"\x00\x00\xfe\xff", "utf-32-be"),
    (b"\xff\xfe", "utf-16-le"),
    (b"\xfe\xff", "utf-16-be"),
)
_NEWLINE = re.compile(r"\r\n?|[\v\f\x85\u2028\u2029]")
_CONTROL = re.compile(r"[\x00-\x08\x0e-\x1f\x7f-\x9f\ud800-\udfff\ufeff]")
_LONGEST_INTEGER = 20  # digits of an unsigned 64-bit id; what is longer is no time, no count and no id
_DEEPEST = 100


@dataclass(frozen=True)
class Source:
    """One file. `text` has plain newlines and no control characters; `json` is None where the text is not JSON.

    JSON lines become a list of their records. Numbers that no float can hold, NaN and infinity become None.
    """

    name: str
    text: str
    json: object | None

    @classmethod
    def decode(cls, name: str, content: bytes) -> Source:
        """Raises `UnreadableTranscript` for what is not text, and for JSON that is nested beyond reason."""
        _refuse_binary(name, content)
        text = _CONTROL.sub("", _NEWLINE.sub("\n", _decoded(name, content)))
        return cls(name=name, text=text, json=_parsed(name, text))


def recording(content: bytes) -> str | None:
    """What kind of recording a file is by its first bytes, or None where it is none."""
    if content[4:8] == b"ftyp":
        return "an MP4 or M4A recording"
    return next((kind for magic, kind in _RECORDINGS if content.startswith(magic)), None)


def _refuse_binary(name: str, content: bytes) -> None:
    found = next((kind for magic, kind in _BINARY if content.startswith(magic)), recording(content))
    if found is not None:
        raise UnreadableTranscript(name, f"this is {found}, not a transcript; save the transcript as text, VTT or JSON")


def _decoded(name: str, content: bytes) -> str:
    for bom, encoding in _BOMS:
        if content.startswith(bom):
            return content[len(bom) :].decode(encoding, errors="replace")
    if wide := _wide_encoding(content):
        return content.decode(wide, errors="replace")
    try:
        text = content.decode("utf-8")
    except UnicodeDecodeError:
        return _decoded_as_latin(name, content)
    if _controls(content) > len(content) * 0.2:
        raise _no_text(name)
    return text


def _wide_encoding(content: bytes) -> str | None:
    """UTF-16 without a mark at its start, told by the side on which most of the zero bytes stand."""
    head = content[:4096]
    half = len(head) // 2
    if half < 2:
        return None
    at_even, at_odd = head[0::2].count(0), head[1::2].count(0)
    if at_odd > 0.4 * half and at_even < 0.1 * half:
        return "utf-16-le"
    if at_even > 0.4 * half and at_odd < 0.1 * half:
        return "utf-16-be"
    return None


def _decoded_as_latin(name: str, content: bytes) -> str:
    """Windows' western code page, whose undefined bytes stay latin-1; also UTF-8 with a stray byte in it."""
    mostly_utf8 = content.decode("utf-8", errors="replace")
    damaged = mostly_utf8.count("\ufffd")
    if damaged < sum(character > "\x7f" for character in mostly_utf8) - damaged:
        return mostly_utf8
    if _controls(content) > len(content) * 0.02:
        raise _no_text(name)
    return content.decode("cp1252", errors="ignore") if _is_cp1252(content) else content.decode("latin-1")


def _controls(content: bytes) -> int:
    return sum(byte < 0x20 and byte not in b"\t\n\r\f\v\x1a" for byte in content)


def _no_text(name: str) -> UnreadableTranscript:
    return UnreadableTranscript(name, _NO_RECORDING if _RECORDING_NAMES.search(name) else _NO_TEXT)


def _is_cp1252(content: bytes) -> bool:
    return not any(byte in content for byte in (0x81, 0x8D, 0x8F, 0x90, 0x9D))


def _parsed(name: str, text: str) -> object | None:
    if not text.lstrip().startswith(("{", "[")):
        return None
    try:
        return _without_controls(_document(text), depth=0)
    except RecursionError:
        raise UnreadableTranscript(name, "this JSON is nested too deeply to be a transcript") from None


def _document(text: str) -> object | None:
    try:
        return _loads(text)
    except json.JSONDecodeError:
        pass
    try:
        records = [_loads(line) for line in text.splitlines() if line.strip()]
    except json.JSONDecodeError:
        return None
    return records if all(isinstance(record, dict) for record in records) else None


def _loads(text: str) -> object:
    document: object = json.loads(text, parse_int=_integer, parse_float=_number, parse_constant=lambda _: None)
    return document


def _integer(digits: str) -> int | None:
    return int(digits) if len(digits) <= _LONGEST_INTEGER else None


def _number(digits: str) -> float | None:
    value = float(digits)
    return value if math.isfinite(value) else None


def _without_controls(value: object, depth: int) -> object:
    """JSON's own escapes can name the characters that were cleaned from the text."""
    if depth > _DEEPEST:
        raise RecursionError
    if isinstance(value, str):
        return _CONTROL.sub("", value)
    if isinstance(value, list):
        return [_without_controls(item, depth + 1) for item in value]
    if isinstance(value, dict):
        return {_CONTROL.sub("", key): _without_controls(item, depth + 1) for key, item in value.items()}
    return value
