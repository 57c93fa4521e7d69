"""Templates of whole documents, which lie beside what they show."""

from __future__ import annotations

from collections.abc import Callable
from functools import lru_cache
from typing import Any

from jinja2 import Environment, PackageLoader, StrictUndefined


@lru_cache
def templates_of(package: str, *functions: Callable[..., Any]) -> Environment:
    """The templates of a package, which may call these functions by their names. Values are text, never markup."""
    templates = Environment(
        loader=PackageLoader(package),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    templates.globals.update({function.__name__: function for function in functions})
    return templates
