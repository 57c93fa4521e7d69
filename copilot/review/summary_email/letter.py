"""The email as a value: who is greeted, what they told, want, need and agreed, and what is still open.

Every entry names the item and the words that it rests on. Renderers turn a letter into text, Markdown and HTML; they
add nothing to it.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import TypeVar

from copilot.analysis.grounding import unsaid_numbers
from copilot.analysis.language.words import content_words
from copilot.domain.call import CallKind, Participant
from copilot.domain.items import Capability, Evidence, Metric
from copilot.domain.prose import Sentence
from copilot.domain.state import CallState
from copilot.domain.value import Value
from copilot.review.heard import Heard, heard_of
from copilot.review.summary_email.quotes import Quote, item_quote, stage_quotes
from copilot.review.summary_email.wording import Wording, wording_for

TiedT = TypeVar("TiedT", Capability, Metric)

MOST_QUOTES = 3
MOST_QUESTIONS = 6
MOST_GREETED = 4
_LONGEST_IN_SUBJECT = 60
_LAST = 9  # behind every priority
_PROSE_GROUNDED = 0.5  # of a sentence's content words, in the words it rests on
_TITLES = ("dr", "prof", "mr", "mrs", "ms", "sir", "herr", "frau", "m", "mme", "sr", "sra")


class Entry(Value):
    """`item` is the id of what it tells."""

    item: str
    text: str
    evidence: tuple[Evidence, ...]


class Aim(Entry):
    """An outcome. `rank` is its number in the letter, which the rest refers to."""

    rank: int
    quote: Quote | None


class Need(Entry):
    serves: tuple[int, ...]


class Phase(Value):
    title: str
    needs: tuple[Need, ...]


class Measure(Entry):
    serves: tuple[int, ...]
    early_sign: bool
    baseline: str | None
    target: str | None
    owner: str | None
    cadence: str | None


class Step(Entry):
    owner: str | None
    due: str | None


class Letter(Value):
    """`account` are the sentences of a language model's that hold; the opening has them as one paragraph."""

    words: Wording
    review: bool
    subject: str
    greeting: str
    opening: tuple[str, ...]
    account: tuple[Sentence, ...]
    before: tuple[Quote, ...]
    consequences: tuple[Quote, ...]
    aims: tuple[Aim, ...]
    phases: tuple[Phase, ...]
    measures: tuple[Measure, ...]
    steps: tuple[Step, ...]
    open_questions: tuple[str, ...]
    signature: str | None

    @property
    def says_something(self) -> bool:
        return any((self.before, self.consequences, self.aims, self.phases, self.measures, self.steps))

    @property
    def baseline_title(self) -> str:
        return self.words.review_baseline if self.review else self.words.baseline

    @property
    def target_title(self) -> str:
        return self.words.review_target if self.review else self.words.target


def write_letter(state: CallState, *, language: str | None = None) -> Letter:
    """The letter of a call, in this language or else the call's own."""
    heard = heard_of(state)
    words = wording_for(language or heard.language)
    aims = tuple(_aims(heard))
    ranks = {aim.item: aim.rank for aim in aims}
    quoted = {aim.quote.evidence.utterance for aim in aims if aim.quote}
    sentences = tuple(sentence for sentence in heard.sentences if _holds(sentence.text, sentence.evidence, heard))
    told = Letter(
        words=words,
        review=heard.kind is CallKind.QBR,
        subject=_subject(heard, aims, words),
        greeting=_greeting(heard.customers, words),
        opening=(),
        account=(),
        before=stage_quotes(heard, "before_scenario", most=MOST_QUOTES, besides=quoted),
        consequences=stage_quotes(heard, "negative_consequences", most=MOST_QUOTES, besides=quoted),
        aims=aims,
        phases=tuple(_phases(heard, ranks, words)),
        measures=tuple(_measure(metric, ranks) for metric in _by_rank(heard.metrics, ranks)),
        steps=tuple(_steps(heard)),
        open_questions=tuple(open_questions(heard, words))[:MOST_QUESTIONS],
        signature=heard.rep,
    )
    account = sentences if told.says_something else ()
    return told.model_copy(update={"account": account, "opening": _opening(told, account)})


def open_questions(heard: Heard, words: Wording) -> Iterator[str]:
    """What the customer's side still has to say, outcome by outcome and measure by measure."""
    needed = {tie for capability in heard.capabilities for tie in capability.outcomes}
    measured = {tie for metric in heard.metrics for tie in metric.outcomes}

    def about(template: str, text: str) -> str:
        return template.format(words.quoted.format(text))

    for outcome in sorted(heard.outcomes, key=lambda o: o.priority or _LAST):
        if outcome.id not in measured:
            yield about(words.ask_metric, tidy(outcome.text))
        if outcome.id not in needed:
            yield about(words.ask_capability, tidy(outcome.text))
    for metric in heard.metrics:
        for template in _missing(metric, words):
            yield about(template, tidy(metric.text))
    undated = [words.quoted.format(tidy(c.text)) for c in heard.capabilities if c.phase is None]
    if undated and heard.kind is not CallKind.QBR:
        yield words.ask_phase.format(words.listed(undated))


def _missing(metric: Metric, words: Wording) -> Iterator[str]:
    if metric.baseline is None:
        yield words.ask_baseline
    if metric.target is None:
        yield words.ask_target
    if metric.owner is None:
        yield words.ask_owner_and_cadence if metric.cadence is None else words.ask_owner
    elif metric.cadence is None:
        yield words.ask_cadence


def tidy(text: str) -> str:
    """On one line, beginning with a capital and without a full stop; the words stay."""
    line = " ".join(text.split()).rstrip(".,;: ")
    return line[:1].upper() + line[1:]


def _subject(heard: Heard, aims: Sequence[Aim], words: Wording) -> str:
    review = heard.kind is CallKind.QBR
    first = aims[0].text if aims else ""
    if not first or len(first) > _LONGEST_IN_SUBJECT:
        return words.subject_review if review else words.subject
    return (words.subject_review_about if review else words.subject_about).format(first)


def _greeting(customers: Sequence[Participant], words: Wording) -> str:
    names = [_first_name(person.name) for person in customers]
    return words.hello_to.format(words.listed(names)) if 0 < len(names) <= MOST_GREETED else words.hello


def _first_name(name: str) -> str:
    """As one greets somebody: the first name, or all of it where it begins with a title."""
    parts = name.split()
    if not parts or parts[0].rstrip(".").lower() in _TITLES:
        return " ".join(parts)
    return parts[0].rstrip(",") if not parts[0].endswith(",") else " ".join(parts)


def account_of(sentences: Iterable[Sentence]) -> str:
    """The sentences as one paragraph; empty where there are none."""
    return " ".join(tidy(sentence.text) + "." for sentence in sentences)


def _opening(told: Letter, sentences: Iterable[Sentence]) -> tuple[str, ...]:
    """Thanks, then a language model's account where there is one that holds, else what follows below."""
    words = told.words
    if not told.says_something:
        return (f"{words.thanks} {words.nothing}",)
    account = account_of(sentences)
    return (words.thanks, account, words.below) if account else (f"{words.thanks} {words.below}",)


def _holds(text: str, evidence: Sequence[Evidence], heard: Heard) -> bool:
    """Whether a sentence rests on the customer's words, or on an item of the letter, and speaks of what they speak.

    What else is quoted for it, such as a rep's yes, counts for nothing, and no word may rest on it alone.
    """
    items = (*heard.outcomes, *heard.capabilities, *heard.metrics, *heard.next_steps)
    noted = {e.utterance: item for item in items for e in item.evidence}
    told = heard.said.keys() | noted.keys()
    ground = [piece.quote for piece in evidence if piece.utterance in told]
    ground += [noted[piece.utterance].text for piece in evidence if piece.utterance in noted]
    spoken, said = content_words(text), content_words(" ".join(ground))
    besides = content_words(" ".join(piece.quote for piece in evidence if piece.utterance not in told)) - said
    if not spoken or spoken & besides or unsaid_numbers(text, ground):
        return False
    return len(spoken & said) / len(spoken) >= _PROSE_GROUNDED


def _aims(heard: Heard) -> Iterator[Aim]:
    taken: set[str] = set()
    for rank, outcome in enumerate(sorted(heard.outcomes, key=lambda o: o.priority or _LAST), 1):
        quote = item_quote(heard, outcome, taken)
        taken.update([quote.text] if quote else [])
        text = tidy(outcome.text)
        yield Aim(item=outcome.id, text=text, evidence=outcome.evidence, rank=rank, quote=quote)


def _phases(heard: Heard, ranks: Mapping[str, int], words: Wording) -> Iterator[Phase]:
    titles = {"1": words.phase_one, None: words.phase_open, "later": words.phase_later}
    for phase, title in titles.items():
        within = [c for c in _by_rank(heard.capabilities, ranks) if c.phase == phase]
        if within:
            yield Phase(title=title, needs=tuple(_need(capability, ranks) for capability in within))


def _need(capability: Capability, ranks: Mapping[str, int]) -> Need:
    return Need(
        item=capability.id,
        text=tidy(capability.text),
        evidence=capability.evidence,
        serves=_served(capability.outcomes, ranks),
    )


def _measure(metric: Metric, ranks: Mapping[str, int]) -> Measure:
    return Measure(
        item=metric.id,
        text=tidy(metric.text),
        evidence=metric.evidence,
        serves=_served(metric.outcomes, ranks),
        early_sign=metric.kind == "leading",
        baseline=_value(metric.baseline),
        target=_value(metric.target),
        owner=_value(metric.owner),
        cadence=_value(metric.cadence),
    )


def _steps(heard: Heard) -> Iterator[Step]:
    for step in heard.next_steps:
        yield Step(
            item=step.id, text=tidy(step.text), evidence=step.evidence, owner=_value(step.owner), due=_value(step.due)
        )


def _value(said: str | None) -> str | None:
    return " ".join(said.split()) or None if said else None


def _served(ties: Iterable[str], ranks: Mapping[str, int]) -> tuple[int, ...]:
    return tuple(sorted(ranks[tie] for tie in ties))


def _by_rank(items: Sequence[TiedT], ranks: Mapping[str, int]) -> list[TiedT]:
    """Those of the first outcome first; those of none last."""
    return sorted(items, key=lambda item: _served(item.outcomes, ranks) or (len(ranks) + 1,))
