"""Commands that run a server, or talk to one."""

from __future__ import annotations

import asyncio
import logging
import tempfile
from functools import partial
from pathlib import Path

import click

from copilot.cli.options import FILE, KIND, Pace, settings_of
from copilot.domain.call import CallKind
from copilot.errors import UnusableInput
from copilot.wiring.alone import folder_alone
from copilot.wiring.playbooks import bundled_account
from copilot.wiring.server import open_services


@click.command()
@click.option("--host", help="The address to listen on; 127.0.0.1 by default.")
@click.option("--port", type=click.IntRange(0, 65535), help="8765 by default; 0 takes any that is free.")
@click.option("--data", type=FILE, help="The data folder.")
def serve(host: str | None, port: int | None, data: Path | None) -> None:
    """Run the server."""
    from copilot.commands.serve import serve as run_server

    logging.basicConfig(format="%(asctime)s %(levelname)s %(name)s: %(message)s")
    settings = settings_of(host=host, port=port, data=data)
    with folder_alone(settings, "stop it, or give this one its own folder with --data"):
        asyncio.run(run_server(settings, open_services))


@click.command()
@click.option("--speed", type=Pace(0.1, 1000), default=4.0, show_default=True, help="Times the call's pace.")
@click.option("--port", type=click.IntRange(0, 65535), help="8765 by default; 0 takes any that is free.")
@click.option("--stay/--exit", default=None, help="Keep the server up after the call, or stop at once.")
@click.option("--account", is_flag=True, help="Instead: a whole account, from its first call to its review.")
def demo(speed: float, port: int | None, stay: bool | None, account: bool) -> None:
    """Play a bundled call into a server of its own, and show the panel beside it."""
    from copilot.commands.serve import demo as run_demo
    from copilot.commands.serve import demo_account

    with tempfile.TemporaryDirectory(prefix="copilot-demo-") as folder:
        settings = settings_of(port=port, data=Path(folder))
        if account:
            asyncio.run(demo_account(settings, open_services, bundled_account(), stay=stay))
            return
        asyncio.run(run_demo(settings, open_services, speed=speed, stay=stay))


@click.command()
@click.argument("file", type=FILE)
@click.option("--to", required=True, metavar="URL", help="The server's address, as it printed it.")
@click.option("--speed", type=Pace(0, 1000), default=1.0, show_default=True, help="0: as fast as it goes.")
@click.option("--call", "call_id", help="The call's id, to go on with one; else a new one is made.")
@click.option("--kind", type=KIND, help="What the call is for, where the file does not say.")
@click.option("--rep", "reps", multiple=True, metavar="NAME", help="A speaker who is the rep; may be given again.")
@click.option("--title", help="What the call is called; else as the file says, or is named.")
@click.option("--account", help="The customer, where the file does not say.")
@click.option("--token", envvar="COPILOT_TOKEN", help="Where it is not within the address.")
def stream(
    file: Path,
    to: str,
    speed: float,
    call_id: str | None,
    kind: str | None,
    reps: tuple[str, ...],
    title: str | None,
    account: str | None,
    token: str | None,
) -> None:
    """Play a transcript or a recording to a running server as a live call."""
    from copilot.commands.analyze import is_recording, read_files
    from copilot.commands.stream import stream as run_stream
    from copilot.commands.stream import target

    wanted = CallKind(kind) if kind else None
    place = target(to, call_id=call_id, token=token)
    if is_recording(file):
        from copilot.adapters.recordings import open_recording
        from copilot.commands.stream_recording import stream_recording

        call = {"title": title or file.stem, "account": account, "kind": kind}
        asyncio.run(stream_recording(partial(open_recording, file), place, call=call, reps=reps, speed=speed))
        return
    transcript, *others = read_files([file], reps=reps)
    if others:
        raise UnusableInput(
            f"{file} holds {1 + len(others)} calls, and a stream plays one; put it into a file by itself"
        )
    said = {"title": title or transcript.title or file.stem, "account": account or transcript.account}
    asyncio.run(run_stream(transcript.model_copy(update=said), place, kind=wanted, speed=speed))
