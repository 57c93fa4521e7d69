"""A page of plots of an evaluation: one HTML file that needs nothing else, with a table behind every picture."""

from copilot.commands.plots.page import plots_page

__all__ = ["plots_page"]
