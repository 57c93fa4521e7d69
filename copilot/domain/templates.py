"""Sentences with `{placeholders}`, as rubric files hold them. What is filled in is speech, never a template."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from string import Formatter

_FORMATTER = Formatter()


def placeholders(template: str) -> frozenset[str]:
    """The names a template asks for. Raises ValueError where its braces do not match."""
    return frozenset(name for _, name, _, _ in _FORMATTER.parse(template) if name is not None)


def fill(template: str, values: Mapping[str, object]) -> str:
    """The template with its placeholders replaced by the values as they are. Raises KeyError where one is missing."""
    return "".join(text if name is None else f"{text}{values[name]}" for text, name, _, _ in _FORMATTER.parse(template))


def uses_only(*allowed: str) -> Callable[[str], str]:
    """A validator that lets through templates whose placeholders are all allowed."""

    def check(template: str) -> str:
        unknown = placeholders(template) - set(allowed)
        if unknown:
            known = ", ".join(f"{{{name}}}" for name in allowed) or "none at all"
            raise ValueError(f"unknown placeholder {{{min(unknown)}}}; known here: {known}")
        return template

    return check
