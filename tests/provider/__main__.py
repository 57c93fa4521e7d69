"""The provider by hand: `python -m tests.provider --port 9999 --play hang`."""

from __future__ import annotations

import argparse
import asyncio
import contextlib
import json
import sys
from pathlib import Path
from typing import Any, get_args

from tests.provider.plays import Answer, Play, least_answer
from tests.provider.published import KNOWN
from tests.provider.server import Provider


async def run(provider: Provider, port: int) -> None:
    async with provider.listening(port):
        sys.stdout.write(f"A made-up provider is at {provider.base_url}\n")
        sys.stdout.flush()
        shown = 0
        while True:
            await asyncio.sleep(0.2)
            for received in provider.requests[shown:]:
                sys.stdout.write(f"{received.size} bytes for {received.body.get('model')}\n")
                sys.stdout.flush()
            shown = len(provider.requests)


def in_turn(file: Path | None) -> Answer:
    """The lines of a file as answers, over and over; without one, answers with nothing in them."""
    if file is None:
        return least_answer
    lines = [json.dumps(json.loads(line)) for line in file.read_text("utf-8").splitlines() if line.strip()]
    asked = iter(range(sys.maxsize))

    def answer(_body: dict[str, Any]) -> str:
        return lines[next(asked) % len(lines)]

    return answer


def main() -> None:
    parser = argparse.ArgumentParser(prog="python -m tests.provider", description="A made-up provider on loopback.")
    parser.add_argument("--port", type=int, default=9999)
    parser.add_argument("--play", choices=get_args(Play), default="answer", help="what it does with every request")
    parser.add_argument("--answers", type=Path, help="a file with one JSON answer per line, given in turn")
    parser.add_argument("--key", help="the key it wants")
    parser.add_argument("--unknown", action="append", choices=sorted(KNOWN), default=[], help="a field it refuses")
    parser.add_argument("--pause", type=float, default=0.02, help="seconds between two pieces of an answer")
    given = parser.parse_args()
    provider = Provider(
        answer=in_turn(given.answers), otherwise=given.play, key=given.key, unknown=given.unknown, pause_s=given.pause
    )
    with contextlib.suppress(KeyboardInterrupt):
        asyncio.run(run(provider, given.port))


if __name__ == "__main__":
    main()
