"""The customer's words that are worth giving back: slices of what they said, never reworded."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Sequence

from copilot.analysis.language.asking import asks
from copilot.analysis.language.backchannels import is_backchannel
from copilot.analysis.language.clauses import Clause, sentences
from copilot.analysis.numbers import numbers_in
from copilot.domain.call import Utterance
from copilot.domain.items import Evidence, Item
from copilot.domain.value import Value
from copilot.review.heard import Heard

MOST_WORDS = 45
_LEAST_WORDS = 6
_SCRAP_WORDS = 4
_LEAST_CONFIDENCE = 0.6
_WORTH_OF_A_NUMBER = 15  # words that a sentence with a figure in it is worth more
_ENOUGH_WORDS = 30  # longer ones are no better


class Quote(Value):
    """A slice of one utterance; `cut` says that the sentence went on beyond it."""

    text: str
    speaker: str | None
    evidence: Evidence
    cut: bool = False


def stage_quotes(heard: Heard, stage: str, *, most: int, besides: Collection[int] = ()) -> tuple[Quote, ...]:
    """What the customer told about a stage, the fullest quotes, in the order of the call.

    `besides` are utterances that are quoted elsewhere. A mark that is not sure enough does not count.
    """
    about = (heard.said[i] for i, mark in sorted(heard.marks.items()) if mark.stage == stage and _sure(mark.confidence))
    found = [quote for u in about if u.i not in besides and (quote := _best_of(u)) is not None]
    fullest = sorted(found, key=lambda quote: -_worth(quote.text))[:most]
    return tuple(sorted(fullest, key=lambda quote: quote.evidence.utterance))


def item_quote(heard: Heard, item: Item, taken: Collection[str] = ()) -> Quote | None:
    """The customer's words that say an item best, other than those taken; None where they have only nodded."""
    theirs = [e for e in item.evidence if e.utterance in heard.said and not is_backchannel(e.quote)]
    quotes = [_quote(heard.said[e.utterance], e.quote) for e in theirs if len(e.quote.split()) >= _LEAST_WORDS]
    free = [quote for quote in quotes if quote.text not in taken and not asks(quote.text)]
    return max(free, key=lambda quote: bool(numbers_in(quote.text)), default=None)


def _sure(confidence: float | None) -> bool:
    return confidence is None or confidence >= _LEAST_CONFIDENCE


def _best_of(utterance: Utterance) -> Quote | None:
    """The run of statements within an utterance that says most."""
    if is_backchannel(utterance.text):
        return None
    runs = [utterance.text[run[0].start : run[-1].end] for run in map(_begun, _runs(sentences(utterance.text))) if run]
    told = [run for run in runs if len(run.split()) >= _LEAST_WORDS]
    return _quote(utterance, max(told, key=_worth)) if told else None


def _runs(said: Iterable[Clause]) -> Iterator[list[Clause]]:
    """Sentences that follow one another, parted at questions and at noises, none longer than a quote may be."""
    run: list[Clause] = []
    for sentence in said:
        if sentence.said.endswith("?") or asks(sentence.said) or is_backchannel(sentence.said):
            if run:
                yield run
            run = []
        elif run and _words([*run, sentence]) > MOST_WORDS:
            yield run
            run = [sentence]
        else:
            run = [*run, sentence]
    if run:
        yield run


def _begun(run: Sequence[Clause]) -> Sequence[Clause]:
    """Without the scraps that answer the other side ("Both good.", "Nine and a bit.") and say nothing by themselves."""
    scraps = next((n for n, s in enumerate(run) if len(s.said.split()) > _SCRAP_WORDS), len(run))
    return run[scraps:]


def _words(run: Sequence[Clause]) -> int:
    return sum(len(sentence.said.split()) for sentence in run)


def _worth(text: str) -> int:
    return min(len(text.split()), _ENOUGH_WORDS) + (_WORTH_OF_A_NUMBER if numbers_in(text) else 0)


def _quote(utterance: Utterance, said: str) -> Quote:
    """A quote of bearable length: of one that is too long, its beginning."""
    words = said.split()
    cut = len(words) > MOST_WORDS
    text = _beginning(said, words) if cut else said
    evidence = Evidence(utterance=utterance.i, quote=text)
    return Quote(text=" ".join(text.split()), speaker=utterance.speaker, evidence=evidence, cut=cut)


def _beginning(said: str, words: Sequence[str]) -> str:
    end = 0
    for word in words[:MOST_WORDS]:
        end = said.index(word, end) + len(word)
    return said[:end].rstrip(",;:")
