"""What is said beside the output."""

from __future__ import annotations

import click


def complain(problem: str) -> None:
    """One line on standard error."""
    click.echo(f"copilot: {' '.join(problem.split())}", err=True)
