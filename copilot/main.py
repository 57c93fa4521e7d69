"""The command line: arguments in, a command run, an exit status out."""

from __future__ import annotations

import sys

import click

from copilot import __version__
from copilot.cli import accounts, calls, live, upkeep
from copilot.errors import CopilotError, UnusableInput
from copilot.wiring.console import complain

COMMANDS = (
    *(live.serve, live.demo, live.stream),
    *(calls.analyze, calls.email, calls.scorecard, calls.note, calls.export, calls.delete),
    *(accounts.story, accounts.maturity),
    *(upkeep.evaluate, upkeep.models, upkeep.doctor),
)


def main() -> None:
    """Run a command. Exit status 0: done, 1: the work failed, 2: unusable input or arguments, with one line why."""
    sys.exit(run(sys.argv[1:]))


def run(arguments: list[str]) -> int:
    """The exit status of a command line."""
    try:
        return cli.main(arguments, prog_name="copilot", standalone_mode=False) or 0
    except click.exceptions.NoArgsIsHelpError as error:
        click.echo(error.format_message())
        return 2
    except click.ClickException as error:
        return _say(error.format_message(), 2)
    except UnusableInput as error:
        return _say(str(error), 2)
    except CopilotError as error:
        return _say(str(error), 1)
    except BrokenPipeError:
        sys.stderr.close()  # whoever read our output has gone; Python would complain while closing
        return 0
    except (click.Abort, KeyboardInterrupt):
        return 130


def _say(problem: str, status: int) -> int:
    complain(problem)
    return status


@click.group(context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(__version__, prog_name="copilot")
def cli() -> None:
    """A live copilot for value conversations."""


for command in COMMANDS:
    cli.add_command(command)
