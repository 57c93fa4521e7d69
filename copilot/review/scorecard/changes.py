"""What is different between two scorecards of one call."""

from __future__ import annotations

from copilot.domain.scorecards import Answer, Scorecard
from copilot.domain.value import Value


class Change(Value):
    """One criterion whose answer differs. None where one of the rubrics does not ask it."""

    criterion: str
    title: str
    before: str | None
    after: str | None
    why: str


def changes(before: Scorecard, after: Scorecard) -> tuple[Change, ...]:
    """In the order of the newer one, then what only the older one asked; automatic answers alone are compared."""
    then = {answer.criterion: answer for answer in before.answers}
    now = {answer.criterion: answer for answer in after.answers}
    asked = [_change(then.get(criterion), answer) for criterion, answer in now.items()]
    gone = [_change(answer, None) for criterion, answer in then.items() if criterion not in now]
    return tuple(change for change in (*asked, *gone) if change is not None)


def _change(before: Answer | None, after: Answer | None) -> Change | None:
    answer = after or before
    if answer is None or (before and after and _said(before) == _said(after)):
        return None
    return Change(
        criterion=answer.criterion,
        title=answer.title,
        before=before.answer if before else None,
        after=after.answer if after else None,
        why=after.why if after else "the rubric asks it no more",
    )


def _said(answer: Answer) -> tuple[str, str, float | None, float]:
    return answer.standing, answer.answer, answer.share, answer.weight
