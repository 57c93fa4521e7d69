"""Arguments that several commands take, and the settings that their flags go into."""

from __future__ import annotations

import math
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from copilot.domain.call import CallKind

if TYPE_CHECKING:
    from copilot.settings import Settings


class Pace(click.FloatRange):
    """How many times a call's own pace. Not-a-number lies in any range, and is refused too."""

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> float:
        pace: float = super().convert(value, param, ctx)
        if math.isnan(pace):
            self.fail(f"{value!r} is no number", param, ctx)
        return pace


KIND = click.Choice([kind.value for kind in CallKind])
ENGINE = click.option(
    "--engine",
    type=click.Choice(["embedded", "llm"]),
    default="embedded",
    show_default=True,
    help="What analyses the calls; llm: the language model that is set up listens in as well.",
)
FILE = click.Path(path_type=Path)
DAY = click.DateTime(["%Y-%m-%d"])


def of_a_call(command: Callable[..., Any]) -> Callable[..., Any]:
    """Options of commands about one call: those that a transcript may need, and where the store is."""
    options = (
        click.option("--kind", type=KIND, help="What the call is for, where a transcript does not say."),
        click.option(
            "--rep", "reps", multiple=True, metavar="NAME", help="A speaker who is the rep; may be given again."
        ),
        click.option("--data", type=FILE, help="The data folder, for a call in the store."),
    )
    for option in reversed(options):
        command = option(command)
    return command


def settings_of(**flags: Any) -> Settings:
    """The settings, with those flags that were given going before files and the environment."""
    from copilot.settings import read_settings

    return read_settings(**flags)
