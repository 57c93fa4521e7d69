"""A scorecard as text for a terminal, and as Markdown."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from copilot.domain.call import number
from copilot.domain.items import Evidence
from copilot.domain.scorecards import Answer, Moment, Scorecard, SectionScore, Verdict
from copilot.review.summary_email.markdown import escaped

VERDICTS: Mapping[Verdict, str] = {
    "met": "Met",
    "partly": "Partly",
    "not_met": "Not met",
    "not_observed": "No moment found",
    "not_applicable": "Not applicable",
}
SIGNS: Mapping[Verdict, str] = {"met": "✓", "partly": "◐", "not_met": "✗", "not_observed": "·", "not_applicable": "–"}
_LONGEST_QUOTE = 160


def as_text(card: Scorecard) -> str:
    lines = [f"{card.title} · {card.rubric}", headline(card), "", *_coaching(card)]
    for section in card.sections:
        lines += ["", _section(card, section)]
        lines += [line for answer in section.answers for line in _answer(answer)]
    return "\n".join([*lines, "", card.notice]) + "\n"


def as_markdown(card: Scorecard) -> str:
    lines = [f"# {escaped(card.title)}", "", f"{headline(card)} Rubric `{card.rubric}`.", "", "## Coaching", ""]
    lines += [f"- {line}" for line in _coached(card)]
    for section in card.sections:
        lines += ["", f"## {_section(card, section)}", ""]
        lines += ["| criterion | answer | why | moments |", "| --- | --- | --- | --- |"]
        lines += [_row(answer) for answer in section.answers]
    return "\n".join([*lines, "", f"*{card.notice}*"]) + "\n"


def headline(card: Scorecard) -> str:
    """The points, and what they leave out."""
    if card.score is None or card.could_be is None:
        return "Nothing in this call can be scored."
    parts = [f"{_points(card.points)} of {_points(card.possible)} points, {card.score:.0%}"]
    if card.not_observed:
        parts.append(f"{card.not_observed} with no moment found (up to {card.could_be:.0%} had they been there)")
    if card.not_applicable:
        parts.append(f"{card.not_applicable} {'does' if card.not_applicable == 1 else 'do'} not apply")
    return "; ".join(parts) + "."


def _section(card: Scorecard, section: SectionScore) -> str:
    lost = f": none, since “{_title(card, section.failed_by)}” is critical and was not met" if section.failed_by else ""
    return f"{section.title} · {_points(section.points)} of {_points(section.possible)}{lost}"


def _coaching(card: Scorecard) -> Iterator[str]:
    for sentence in card.coaching.account:
        yield sentence.text
        yield from (f"    {_cited(piece)}" for piece in sentence.evidence)
    for praise in card.coaching.well:
        yield f"+ {praise.text}"
        yield f"    {_quoted(praise.moment)}"
    work = card.coaching.work_on
    if work is not None:
        yield f"→ {work.text}"
        yield f"    {_quoted(work.moment)}"
        yield f"    Ask: {work.better_question}"


def _coached(card: Scorecard) -> Iterator[str]:
    for sentence in card.coaching.account:
        yield " ".join(map(escaped, (sentence.text, *map(_cited, sentence.evidence))))
    for praise in card.coaching.well:
        yield f"**Well done.** {praise.text} {escaped(_quoted(praise.moment))}"
    work = card.coaching.work_on
    if work is not None:
        yield f"**To work on.** {work.text} {escaped(_quoted(work.moment))} Ask: {escaped(work.better_question)}"


def _answer(answer: Answer) -> Iterator[str]:
    critical = ", critical" if answer.critical else ""
    given = f"{answer.answer}."
    if answer.override:
        said = answer.override
        given = f"Automatic: {answer.answer} · {said.by}: {VERDICTS[said.verdict]} ({_one_line(said.reason)})."
    sign = SIGNS[answer.verdict]
    yield f"  {sign} {answer.title} (weight {answer.weight:g}{critical}): {given} {_sentence(answer.why)}"
    yield from (f"      {_quoted(moment)}" for moment in answer.moments)


def _row(answer: Answer) -> str:
    means = f": {answer.means}" if answer.means else ""
    said = "<br>".join(escaped(_quoted(moment)) for moment in answer.moments)
    critical = " (critical)" if answer.critical else ""
    given = f"**{answer.answer}**{means}"
    if answer.override:
        person, verdict = answer.override, VERDICTS[answer.override.verdict]
        reason = escaped(_one_line(person.reason))
        given = f"Automatic: {answer.answer} · {escaped(person.by)}: **{verdict}** ({reason}){means}"
    cells = (f"{answer.title}{critical}", given, escaped(_sentence(answer.why)), said)
    return f"| {' | '.join(cells)} |"


def _one_line(text: str) -> str:
    return " ".join(text.split())


def _quoted(moment: Moment) -> str:
    at = [f"{int(moment.start_s // 60)}:{int(moment.start_s % 60):02}"] if moment.start_s is not None else []
    return " · ".join([str(number(moment.utterance)), *at, f"{moment.speaker or 'somebody'}: “{_short(moment.quote)}”"])


def _cited(piece: Evidence) -> str:
    return f"{number(piece.utterance)} · “{_short(piece.quote)}”"


def _short(quote: str) -> str:
    line = _one_line(quote)
    return line if len(line) <= _LONGEST_QUOTE else line[: _LONGEST_QUOTE - 1].rstrip() + "…"


def _title(card: Scorecard, criterion: str) -> str:
    return next(answer.title for answer in card.answers if answer.criterion == criterion)


def _sentence(text: str) -> str:
    return f"{text[:1].upper()}{text[1:]}{'' if text.endswith(('?', '.')) else '.'}"


def _points(points: float) -> str:
    return f"{points:.1f}".removesuffix(".0")
