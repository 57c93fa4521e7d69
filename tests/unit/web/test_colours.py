"""Contrast of the pages' colours, as WCAG 2 computes it, in both themes."""

from __future__ import annotations

import re
from itertools import product

import pytest

from copilot.web.pages import STATIC

TOKENS = (STATIC / "css" / "tokens.css").read_text(encoding="utf-8")
THEMES = ("light", "dark")
GROUNDS = ("bg", "surface", "sunken", "raised")
TINTS = ("tint-accent", "tint-ok", "tint-warn", "tint-danger")
STAGES = (*(f"stage-{slot}" for slot in range(1, 9)), "stage-other")

both_themes = pytest.mark.parametrize("theme", THEMES)


def colour(token: str, theme: str) -> str:
    """A token's colour as #RRGGBB."""
    given = re.search(rf"--{token}: ([^;]+);", TOKENS)
    assert given, f"no --{token}"
    pair = re.fullmatch(r"light-dark\((.+), (.+)\)", given[1])
    value = pair[1 + THEMES.index(theme)] if pair else given[1]
    named = re.fullmatch(r"var\(--(.+)\)", value)
    return colour(named[1], theme) if named else value


def luminance(hex_colour: str) -> float:
    parts = [int(hex_colour[i : i + 2], 16) / 255 for i in (1, 3, 5)]
    red, green, blue = (p / 12.92 if p <= 0.04045 else ((p + 0.055) / 1.055) ** 2.4 for p in parts)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def ratio(one: str, other: str, theme: str) -> float:
    high, low = sorted((luminance(colour(one, theme)), luminance(colour(other, theme))), reverse=True)
    return (high + 0.05) / (low + 0.05)


def too_faint(marks: tuple[str, ...], grounds: tuple[str, ...], theme: str, *, least: float) -> list[str]:
    return [f"{m} on {g}" for m, g in product(marks, grounds) if ratio(m, g, theme) < least]


def test_black_on_white_is_twenty_one_to_one() -> None:
    assert luminance("#FFFFFF") + 0.05 == pytest.approx(21 * (luminance("#000000") + 0.05))


@both_themes
def test_text_can_be_read_on_every_ground_and_tint(theme: str) -> None:
    text = ("text", "muted", "accent", "ok", "warn", "danger")
    assert too_faint(text, (*GROUNDS, *TINTS), theme, least=4.5) == []


@both_themes
def test_text_can_be_read_on_solid_fills(theme: str) -> None:
    assert too_faint(("on-solid",), ("accent", "danger"), theme, least=4.5) == []
    assert [s for s in STAGES if ratio(f"on-{s}", s, theme) < 4.5] == []


@both_themes
def test_marks_and_outlines_stand_out(theme: str) -> None:
    marks = ("control", "accent", "warn", "rep", "customer", *STAGES)
    assert too_faint(marks, (*GROUNDS, *TINTS), theme, least=3.0) == []
