"""Fits the weights of what is weighed: names of measures, which outcome an item serves, passed over cues, idle needs.

The calls in `fixtures/labelled/train` are analysed, and what the analysis found of them is held against their labels.
How good the weights are is said of writers whose calls they were not fitted to. Takes a few minutes on one core.

The tables are written where the analysis reads them. Whether a mention goes on about a measure is weighed by how likely
its names are, and needs by how likely they are tied: after a change to the signs of names or ties, run it twice.
"""

from __future__ import annotations

import json
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
from scripts.weigh import examples, measures
from scripts.weigh.examples import Choice, Heard
from scripts.weigh.fitting import fitted, judged, table

LABELLED = Path("fixtures/labelled/train")
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
    playbook = load_playbook(Path("rubrics"))
    watch = Watch(playbook, Signs(playbook))
    reader = Encoder()
    impressions = Impressions(reader)
    heard = list(_analysed(playbook, reader))
    write(
        MEASURES,
        "How much each sign speaks for a measure's name, and for going on about it.",
        {
            "IS_MEASURED": [e for h in heard for e in measures.names(h, impressions)],
            "GOES_ON": [e for h in heard for e in measures.goings_on(h, impressions)],
        },
    )
    write(
        LINKS,
        "How much each sign speaks for an item's serving an outcome.",
        {
            "CAPABILITY_SERVES": [e for h in heard for e in examples.capability_ties(h)],
            "METRIC_SERVES": [e for h in heard for e in examples.metric_ties(h)],
        },
    )
    write(
        PITFALLS,
        "How much each sign speaks for a pitfall that is weighed.",
        {
            "PASSED_OVER": [e for h in heard for e in examples.replies(h, watch)],
            "SERVES_NOTHING": [e for h in heard for e in examples.needs(h, watch)],
        },
    )


def write(target: Path, about: str, found: Mapping[str, Sequence[Choice]]) -> None:
    tables = []
    for name, of_it in found.items():
        say(f"{name}: {judged(of_it)}")
        tables.append(f'\n{name} = weights_of(\n    """\n{table(fitted(of_it))}\n    """\n)\n')
    target.write_text(_HEAD.format(about=about) + "".join(tables), "utf-8")


def say(line: str) -> None:
    print(line, flush=True)  # noqa: T201 - what a command says


def _analysed(playbook: Playbook, reader: Reader) -> Iterator[Heard]:
    analyst = Embedded(playbook, reader)
    for file in sorted(LABELLED.glob("*.json")):
        call = labelled_call(json.loads(file.read_text("utf-8")), name=file.name)
        talk = talk_of(call)
        step = analyse(talk.call, talk.sayings, analyst, playbook=playbook.version)
        yield Heard(file, call, step.state, analysed_call(analysis_document(step)))


if __name__ == "__main__":
    main()
