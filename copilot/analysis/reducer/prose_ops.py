"""What becomes of a text that an analyst writes."""

from __future__ import annotations

from collections.abc import Sequence

from copilot.analysis.grounding import grounded
from copilot.analysis.numbers import numbers_in
from copilot.analysis.reducer.refusal import Refused
from copilot.domain.call import Utterance
from copilot.domain.events import Event, ProposalsDropped, ProseWritten
from copilot.domain.ops import WriteProse
from copilot.domain.prose import Prose, Sentence
from copilot.domain.state import CallState

MOST_WORDS_OF_COURTESY = 20  # a sentence that claims nothing has not much to say


def write_prose(state: CallState, op: WriteProse) -> list[Event]:
    """The text with the sentences that have ground, and how many had none. A text without a claim left is none."""
    sentences = [_standing(sentence, state.utterances) for sentence in op.sentences]
    kept = tuple(sentence for sentence in sentences if sentence is not None)
    if not any(sentence.claims for sentence in kept):
        raise Refused("ungrounded")
    dropped = len(sentences) - len(kept)
    counted = [ProposalsDropped(reasons={"ungrounded_sentence": dropped})] if dropped else []
    prose = Prose(purpose=op.purpose, sentences=kept)
    return [*counted] if state.prose.get(op.purpose) == prose else [*counted, ProseWritten(prose=prose)]


def _standing(sentence: Sentence, utterances: Sequence[Utterance]) -> Sentence | None:
    """The sentence with its quotes made verbatim, or None where it claims what its evidence does not hold."""
    evidence = grounded(sentence.evidence, utterances)
    numbers = numbers_in(sentence.text)
    if not sentence.claims and not sentence.evidence:
        claims_nothing = not numbers and len(sentence.text.split()) <= MOST_WORDS_OF_COURTESY
        return sentence if claims_nothing else None
    said = frozenset().union(*(numbers_in(piece.quote) for piece in evidence))
    return sentence.model_copy(update={"evidence": evidence}) if evidence and numbers <= said else None
