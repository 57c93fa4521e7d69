"""From what a model sent to what the reducer may be offered."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from copilot.analysis.deep.claims import (
    Dropped,
    demand_numbers,
    demand_their_words,
    evidence_of,
    holding,
    passed_on,
    quotes_of,
    rows_of_words,
    understood,
)
from copilot.analysis.deep.entries import Labels, added, confirmed, emptied, retired, updated
from copilot.analysis.deep.plain import LONGEST_SENTENCE
from copilot.analysis.deep.redaction import Redactor
from copilot.analysis.deep.remarks import closed_question, flagged, marked, suggested
from copilot.analysis.deep.reply import WireOp, WireOpName, WireSentence
from copilot.domain.ops import AnyOp, WriteProse
from copilot.domain.playbook import Playbook
from copilot.domain.prose import ProsePurpose, Sentence
from copilot.domain.state import CallState

MOST_RETIRED = 2  # by one reply while a call goes on,
MOST_RETIRED_AT_THE_END = 4  # and by a wrap-up
MOST_EMPTIED = 3  # values: figures that were mixed up stand in several places
MOST_EMPTIED_AT_THE_END = 8

_LIVE: Mapping[str, int] = {
    "": 24,
    "retire": MOST_RETIRED,
    "empty": MOST_EMPTIED,
    "confirm": 3,
    "pitfall": 2,
    "question": 1,
    "update": 12,
}
_AT_THE_END: Mapping[str, int] = {
    "": 80,
    "retire": MOST_RETIRED_AT_THE_END,
    "empty": MOST_EMPTIED_AT_THE_END,
    "confirm": 6,
    "pitfall": 6,
    "question": 0,
    "close_question": 0,
    "stage": 0,
    "update": 40,
}
_MOST_SENTENCES = 12  # of one text
_LEAST_THEIRS = 0.2  # of a sentence's content words


@dataclass(frozen=True, slots=True)
class Translated:
    """What is left of one wire op: ops to propose in order, and why the whole or a part of it was dropped."""

    ops: tuple[AnyOp, ...] = ()
    dropped: tuple[str, ...] = ()


class Translation:
    """One reply, op by op as they come, each against the state at that moment. One per reply: it counts what a reply
    has used up, and remembers what its own labels ("new1") stand for.

    Guaranteed, whatever is sent: it never raises; every quote stands in the utterance it names, redaction undone; no
    number and no value that the evidence does not hold; an entry that is confirmed, or that a person had a hand in, is
    neither retired nor emptied nor given another text or value; nothing is confirmed but by the customer's own yes to
    what was just put to them; no more than `MOST_RETIRED` findings and `MOST_EMPTIED` values are taken back by one
    reply, each only on words about it; texts hold no markup, links, invisible letters or line breaks, nothing of the
    prompt, and have a bounded length; stages change only where the first tier was unsure; ids that the call does not
    have lead nowhere. A question keeps the gap that it closes (`gap`, `about`), so that the first tier recognises it.

    Call `translated` and hand its ops to the reducer within one change of the call, so that they fit its state.
    """

    def __init__(self, playbook: Playbook, redactor: Redactor, *, wrap_up: bool = False, prompt: str = "") -> None:
        """`prompt` is what we wrote ourselves of the request, so that it is known when it comes back."""
        self.playbook, self.redactor = playbook, redactor
        self._ours = rows_of_words(prompt)
        self._most = _AT_THE_END if wrap_up else _LIVE
        self._used: Counter[str] = Counter()
        self._labels = Labels()

    def translated(self, op: WireOp, state: CallState) -> Translated:
        """One op of the reply, or why it is dropped."""
        try:
            self._use_up(op.op)
            meant = understood(op, self.redactor)
            self._refuse_our_own(meant.text, meant.why)
            return Translated(*self._translated(meant, state))
        except Dropped as dropped:
            return Translated(dropped=(dropped.reason,))

    def prose(self, sentences: Iterable[WireSentence], state: CallState) -> Translated:
        """The texts of a wrap-up, once all sentences have come; a sentence without ground is dropped and counted."""
        texts: dict[ProsePurpose, list[Sentence]] = defaultdict(list)
        dropped: list[str] = []
        for wire in sentences:
            if len(texts[wire.purpose]) >= _MOST_SENTENCES:
                dropped.append("too_many")
                continue
            try:
                texts[wire.purpose].append(self._sentence(wire, state))
            except Dropped as reason:
                dropped.append(reason.reason)
        ops = (WriteProse(purpose=purpose, sentences=tuple(said)) for purpose, said in texts.items() if said)
        return Translated(tuple(ops), tuple(dropped))

    def _sentence(self, wire: WireSentence, state: CallState) -> Sentence:
        text = passed_on(wire.text, self.redactor, LONGEST_SENTENCE)
        quotes = (quote.model_copy(update={"quote": self.redactor.restore(quote.quote)}) for quote in wire.evidence)
        evidence = evidence_of(quotes, state)
        self._refuse_our_own(text)
        if text is None or not evidence:
            raise Dropped("ungrounded")
        evidence = holding(evidence, [text], state.utterances)
        demand_numbers(text, quotes_of(evidence))
        if wire.purpose != "coaching":  # which speaks of what was not said
            demand_their_words(text, state, (e.utterance for e in evidence), least=_LEAST_THEIRS)
        return Sentence(text=text, evidence=evidence)

    def _refuse_our_own(self, *texts: str | None) -> None:
        if any(text and rows_of_words(text) & self._ours for text in texts):
            raise Dropped("our_own_words")

    def _use_up(self, name: WireOpName) -> None:
        for allowance in ("", name):
            self._used[allowance] += 1
            if self._used[allowance] > self._most.get(allowance, self._used[allowance]):
                raise Dropped("too_many")

    def _translated(self, op: WireOp, state: CallState) -> tuple[tuple[AnyOp, ...], tuple[str, ...]]:
        """What to propose, and why parts of it are missing."""
        evidence = evidence_of(op.evidence, state)
        if not evidence and (op.evidence or op.op not in ("update", "question")):
            raise Dropped("ungrounded")
        match op.op:
            case "add_outcome" | "add_capability" | "add_metric" | "add_next_step":
                return added(op, evidence, state, self._labels)
            case "update":
                return updated(op, evidence, state, self._labels)
            case "empty":
                return emptied(op, evidence, state, self._labels), ()
            case "confirm":
                return confirmed(op, evidence, state, self._labels), ()
            case "retire":
                return retired(op, evidence, state, self._labels), ()
            case "stage":
                return marked(op, evidence, state, self.playbook)
            case "pitfall":
                return flagged(op, evidence, state, self.playbook, self._labels), ()
            case "question":
                return suggested(op, evidence, state, self.playbook, self._labels), ()
            case "close_question":
                return closed_question(op, evidence, state), ()
