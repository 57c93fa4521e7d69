"""Fits the weights of what is weighed: names of measures, which outcome an item serves, needs that serve none.

The calls in `fixtures/labelled/train` are analysed, and what the analysis found of them is held against their labels.
Each is read by a model that has not learnt from its writer, since a model knows the calls that it has learnt from too
well: `make weigh` first trains two, on half of the writers each. How good the weights are is said of writers
whose calls they were not fitted to.

The tables are written where the analysis reads them. Whether a mention goes on about a measure is weighed by how likely
its names are, and needs by how likely they are tied: after a change to the signs of names or ties, run it twice.
"""

from __future__ import annotations

import argparse
import json
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path

from copilot.adapters.encoder.encoder import Encoder
from copilot.adapters.playbooks import load_playbook
from copilot.analysis.document import analysis_document
from copilot.analysis.embedded import Embedded
from copilot.analysis.hearing import analyse
from copilot.analysis.pitfalls.signs import Signs
from copilot.analysis.pitfalls.watching import Watch
from copilot.analysis.reader import Impressions, Reader
from copilot.analysis.scoring.evaluation import talk_of
from copilot.domain.labelled import analysed_call, labelled_call
from copilot.domain.playbook import Playbook
from scripts.train.data import APART, LABELLED, writer_of
from scripts.weigh import examples, measures
from scripts.weigh.examples import Choice, Heard
from scripts.weigh.fitting import fitted, judged, table

CALLS = LABELLED / "train"
MEASURES = Path("copilot/analysis/extraction/metrics/weights.py")
LINKS = Path("copilot/analysis/extraction/links/weights.py")
PITFALLS = Path("copilot/analysis/pitfalls/weights.py")
_HEAD = '''"""{about} Written by `python -m scripts.weigh`.

A row names what a sign adds to the logarithm of the odds, and the sign. Small weights were preferred, and rounded.
"""

from __future__ import annotations

from copilot.analysis.weighing import weights_of
'''


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("models", type=Path, help="the folder to which `python -m scripts.train --halves` wrote")
    folders = sorted(file.parent for file in parser.parse_args().models.glob(f"*/{APART}"))
    if not folders:
        parser.error("no models there: `make weigh` trains them first")
    playbook = load_playbook(Path("rubrics"))
    found: dict[str, list[Choice]] = defaultdict(list)
    for folder in folders:
        apart = (folder / APART).read_text("utf-8").split()
        for name, choices in gathered(playbook, Encoder(folder), apart).items():
            found[name] += choices
    write(
        MEASURES,
        "How much each sign speaks for a measure's name, and for going on about it.",
        {name: found[name] for name in ("IS_MEASURED", "GOES_ON")},
    )
    write(
        LINKS,
        "How much each sign speaks for an item's serving an outcome.",
        {name: found[name] for name in ("CAPABILITY_SERVES", "METRIC_SERVES")},
    )
    write(
        PITFALLS,
        "How much each sign speaks for a need that serves no outcome.",
        {"SERVES_NOTHING": found["SERVES_NOTHING"]},
    )


def gathered(playbook: Playbook, reader: Reader, writers: Sequence[str]) -> Mapping[str, Sequence[Choice]]:
    """What there is to weigh in the calls of some writers, by the name of its table."""
    impressions = Impressions(reader)
    watch = Watch(playbook, Signs(playbook), impressions)
    heard = list(_analysed(playbook, reader, writers))
    return {
        "IS_MEASURED": [e for h in heard for e in measures.names(h, impressions)],
        "GOES_ON": [e for h in heard for e in measures.goings_on(h, impressions)],
        "CAPABILITY_SERVES": [e for h in heard for e in examples.capability_ties(h)],
        "METRIC_SERVES": [e for h in heard for e in examples.metric_ties(h)],
        "SERVES_NOTHING": [e for h in heard for e in examples.needs(h, watch)],
    }


def write(target: Path, about: str, found: Mapping[str, Sequence[Choice]]) -> None:
    tables = []
    for name, of_it in found.items():
        say(f"{name}: {judged(of_it)}")
        tables.append(f'\n{name} = weights_of(\n    """\n{table(fitted(of_it))}\n    """\n)\n')
    target.write_text(_HEAD.format(about=about) + "".join(tables), "utf-8")


def say(line: str) -> None:
    print(line, flush=True)  # noqa: T201 - what a command says


def _analysed(playbook: Playbook, reader: Reader, writers: Sequence[str]) -> Iterator[Heard]:
    analyst = Embedded(playbook, reader)
    for file in sorted(CALLS.glob("*.json")):
        if writer_of(file) in writers:
            call = labelled_call(json.loads(file.read_text("utf-8")), name=file.name)
            talk = talk_of(call)
            step = analyse(talk.call, talk.sayings, analyst, playbook=playbook.version)
            yield Heard(file, call, step.state, analysed_call(analysis_document(step)))


if __name__ == "__main__":
    main()
