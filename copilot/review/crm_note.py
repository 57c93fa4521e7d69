"""A short note on a call for a CRM: what the customer wants, how it is measured, who does what, what is still at risk.

What was said in confidence is left out, and so is everything about how the call was led.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date

from copilot.domain.call import CallInfo
from copilot.domain.items import ItemState
from copilot.domain.playbook import Playbook
from copilot.domain.state import CallState
from copilot.domain.value import Value
from copilot.review.confidence import in_confidence
from copilot.review.heard import only_in_confidence
from copilot.review.summary_email.letter import Letter, Measure, tidy, write_letter
from copilot.review.summary_email.markdown import escaped
from copilot.review.summary_email.quotes import Quote
from copilot.review.summary_email.wording import ENGLISH


class Section(Value):
    title: str
    lines: tuple[str, ...]


class CrmNote(Value):
    """`sections` in their order; one with nothing to say is left out."""

    title: str
    facts: tuple[str, ...]
    sections: tuple[Section, ...]


def crm_note(state: CallState, playbook: Playbook, *, held_on: date | None) -> CrmNote:
    """The note on a call as it stands; `held_on` is None where nobody knows the day."""
    letter = write_letter(state, language=ENGLISH.language)
    info = state.call or CallInfo(id="call")
    day = held_on.isoformat() if held_on else None
    sections = (
        ("What the customer wants", _aims(letter)),
        ("What it costs them today", (_quoted(quote) for quote in letter.consequences)),
        ("What has to be in place", _needs(letter)),
        ("Metrics", (_measure(measure) for measure in letter.measures)),
        ("Next steps", _steps(letter)),
        ("Risks", _risks(letter, state)),
        ("Stages", _stages(state, playbook)),
    )
    told = [Section(title=title, lines=tuple(lines)) for title, lines in sections]
    facts = (info.account, info.kind.value, day, None if state.ended else "still under way")
    return CrmNote(
        title=info.title or info.id,
        facts=tuple(fact for fact in facts if fact),
        sections=tuple(section for section in told if section.lines),
    )


def as_text(note: CrmNote) -> str:
    """For fields that take plain text alone."""
    blocks = [f"{_line(note.title)}\n{' · '.join(map(_line, note.facts))}"]
    blocks += ["\n".join([section.title, *(f"- {_line(line)}" for line in section.lines)]) for section in note.sections]
    return "\n\n".join(blocks) + "\n"


def as_markdown(note: CrmNote) -> str:
    blocks = [f"**{escaped(note.title)}**  \n{' · '.join(map(escaped, note.facts))}"]
    for section in note.sections:
        blocks += [f"**{section.title}**", "\n".join(f"- {escaped(line)}" for line in section.lines)]
    return "\n\n".join(blocks) + "\n"


def _line(text: str) -> str:
    return " ".join(text.split())


def _aims(letter: Letter) -> Iterator[str]:
    for aim in letter.aims:
        yield " ".join([f"{aim.rank}: {aim.text}.", *([_quoted(aim.quote)] if aim.quote else [])])


def _quoted(quote: Quote) -> str:
    return f"“{quote.text}{'…' if quote.cut else ''}”"


def _needs(letter: Letter) -> Iterator[str]:
    for phase in letter.phases:
        for need in phase.needs:
            yield f"{need.text} ({'; '.join((phase.title.lower(), *_served(need.serves)))})"


def _measure(measure: Measure) -> str:
    figures = f"{measure.baseline or 'no baseline'} → {measure.target or 'no target'}"
    who = f"{measure.owner or 'no owner'}, {measure.cadence or 'no cadence'}"
    return "; ".join((f"{measure.text}: {figures}", who, *_served(measure.serves)))


def _served(ranks: Sequence[int]) -> tuple[str, ...]:
    return (f"for {', '.join(map(str, ranks))}",) if ranks else ("for no outcome yet",)


def _steps(letter: Letter) -> Iterator[str]:
    for step in letter.steps:
        yield f"{step.text}: {step.owner or 'owner open'}, {step.due or 'date open'}"


def _risks(letter: Letter, state: CallState) -> Iterator[str]:
    """What is not agreed yet: holes in what was heard, and what only our side has said."""
    if not letter.aims:
        yield "No outcome was heard from the customer."
    needed = {rank for phase in letter.phases for need in phase.needs for rank in need.serves}
    measured = {rank for measure in letter.measures for rank in measure.serves}
    for aim in letter.aims:
        missing = [
            *_absent("a measure", aim.rank in measured),
            *_absent("anything that leads there", aim.rank in needed),
        ]
        if missing:
            yield f"Outcome {aim.rank} is without {' and without '.join(missing)}."
    for measure in letter.measures:
        fields = ("baseline", "target", "owner", "cadence")
        if lacking := [name for name in fields if getattr(measure, name) is None]:
            yield f"{measure.text}: no {', no '.join(lacking)}."
    if not letter.steps:
        yield "No next step was agreed."
    for step in letter.steps:
        if lacking := [*_absent("an owner", step.owner), *_absent("a date", step.due)]:
            yield f"Next step without {' and without '.join(lacking)}: {step.text}."
    yield from _only_ours(letter, state)


def _absent(what: str, there: object) -> tuple[str, ...]:
    return () if there else (what,)


def _only_ours(letter: Letter, state: CallState) -> Iterator[str]:
    private = in_confidence(state.utterances)
    told = {entry.text for entry in (*letter.aims, *letter.steps)}
    for item in (*state.outcomes.values(), *state.next_steps.values()):
        if item.state is not ItemState.PROPOSED or only_in_confidence(item, private):
            continue
        if tidy(item.text) not in told:
            yield f"Only our side has said it: {tidy(item.text)}."


def _stages(state: CallState, playbook: Playbook) -> Iterator[str]:
    for words, coverage in (("Covered", "covered"), ("Touched", "thin"), ("Not touched", "untouched")):
        titles = [stage.title for stage in playbook.stages if state.coverage.get(stage.id, "untouched") == coverage]
        if titles:
            yield f"{words}: {'; '.join(titles)}."
