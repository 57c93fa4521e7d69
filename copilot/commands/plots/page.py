"""The page itself: the plots' templates, filled."""

from __future__ import annotations

from pathlib import Path

from jinja2 import Environment, FileSystemLoader, StrictUndefined

from copilot import __version__
from copilot.analysis.scoring import Evaluation
from copilot.commands.plots.drawing import Scale, round_up, spread
from copilot.commands.plots.plotted import Plotted, plotted
from copilot.domain.playbook import Playbook

_TEMPLATES = Path(__file__).parent / "templates"
_TOKENS = Path(__file__).parents[2] / "web" / "static" / "css" / "tokens.css"  # the look of every page


def plots_page(evaluation: Evaluation, playbook: Playbook) -> str:
    """The HTML of an evaluation with everything in it."""
    tokens = _TOKENS.read_text(encoding="utf-8")
    shown: Plotted = plotted(evaluation, playbook)
    page = _templates().get_template("page.html")
    return page.render(shown=shown, playbook=playbook.version, version=__version__, tokens=tokens)


def _templates() -> Environment:
    templates = Environment(
        loader=FileSystemLoader(_TEMPLATES),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    templates.globals.update(scale=Scale, spread=spread, round_up=round_up, zip=zip)
    templates.filters.update(figure=_figure, count=_count, brief=_brief)
    return templates


def _figure(value: float | None) -> str:
    return "–" if value is None else f"{value:.2f}"


def _count(n: int) -> str:
    return f"{n:,}"


def _brief(n: int) -> str:
    """Short enough to stand over a narrow bar."""
    return f"{n}" if n < 1000 else f"{n / 1000:.1f}k"
