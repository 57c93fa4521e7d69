"""What becomes of a text that an analyst writes."""

from __future__ import annotations

from collections.abc import Sequence

from copilot.analysis.grounding import grounded, unsaid_numbers
from copilot.analysis.reducer.refusal import Refused
from copilot.domain.call import Utterance
from copilot.domain.events import Event, ProposalsDropped, ProseWritten
from copilot.domain.ops import WriteProse
from copilot.domain.prose import Prose, Sentence
from copilot.domain.state import CallState


def write_prose(state: CallState, op: WriteProse) -> list[Event]:
    """The text with the sentences that have ground, and how many had none. One without a sentence left is no text."""
    sentences = [_standing(sentence, state.utterances) for sentence in op.sentences]
    kept = tuple(sentence for sentence in sentences if sentence is not None)
    if not kept:
        raise Refused("ungrounded")
    dropped = len(sentences) - len(kept)
    counted = [ProposalsDropped(reasons={"ungrounded_sentence": dropped})] if dropped else []
    prose = Prose(purpose=op.purpose, sentences=kept)
    return [*counted] if state.prose.get(op.purpose) == prose else [*counted, ProseWritten(prose=prose)]


def _standing(sentence: Sentence, utterances: Sequence[Utterance]) -> Sentence | None:
    """The sentence with its quotes made verbatim, or None where it claims what its evidence does not hold."""
    evidence = grounded(sentence.evidence, utterances)
    if not evidence or unsaid_numbers(sentence.text, (piece.quote for piece in evidence)):
        return None
    return sentence.model_copy(update={"evidence": evidence})
