"""Where calls and ledgers speak to a dimension of the blueprint, the level that they speak for, with its figures.

Only levels that calls can tell are ever proposed, and none from a handful of them. A dimension that a company's own
blueprint does not have gets no proposal, and one that has no entry here is left to people altogether.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from statistics import median

from copilot.domain.blueprint import Level
from copilot.domain.call import CallKind
from copilot.review.maturity.entries import MaturityProposal
from copilot.review.maturity.seen import CallSeen, Seen, named
from copilot.review.team.calls import FEW

FEW_ACCOUNTS = 3
FEW_OF_A_REP = 3
MOST, HALF, FEWEST = 0.8, 0.5, 0.3
GOOD_SCORE = 0.6


def proposals(seen: Seen) -> Mapping[str, MaturityProposal]:
    """By dimension; a dimension for which there are too few calls or accounts has none."""
    return {dimension: found for dimension, read in READ.items() if (found := read(seen)) is not None}


def _prioritization(seen: Seen) -> MaturityProposal | None:
    by_rep = _with_enough(seen)
    if len(by_rep) < 2:
        return None
    shares = [sum(call.speaks_of_value for call in calls) / len(calls) for calls in by_rep]
    level = Level.III if min(shares) >= MOST else Level.I if max(shares) - min(shares) >= HALF else None
    return MaturityProposal(
        level=level,
        figures=(
            f"The customer named an outcome on {min(shares):.0%} to {max(shares):.0%} of a rep's calls"
            f" ({len(by_rep)} reps with {FEW_OF_A_REP} calls or more).",
        ),
        rule=f"III from {MOST:.0%} for every rep; I where reps lie {HALF:.0%} or more apart.",
        calls=named(call for calls in by_rep for call in calls),
    )


def _scope(seen: Seen) -> MaturityProposal | None:
    scored = [[c for c in calls if c.score is not None] for calls in seen.by_rep.values()]
    by_rep = [calls for calls in scored if len(calls) >= FEW_OF_A_REP]
    if len(by_rep) < 2:
        return None
    good = sum(median(call.score or 0.0 for call in calls) >= GOOD_SCORE for calls in by_rep)
    share = good / len(by_rep)
    level = Level.III if share >= 2 / 3 else Level.I if 0 < share <= 1 / 3 else None
    return MaturityProposal(
        level=level,
        figures=(
            f"{good} of {len(by_rep)} reps reach {GOOD_SCORE:.0%} of the scorecard's points or more in half of their"
            f" calls (of those with {FEW_OF_A_REP} scored calls or more).",
        ),
        rule="III from two reps in three; I where it is one in three or fewer, and at least one.",
        calls=named(call for calls in by_rep for call in calls),
    )


def _targeting(seen: Seen) -> MaturityProposal | None:
    if len(seen.accounts) < FEW_ACCOUNTS:
        return None
    reached = sum(account.promises > 0 for account in seen.accounts)
    share = reached / len(seen.accounts)
    return MaturityProposal(
        level=Level.III if share >= 0.9 else Level.I if share <= HALF else None,
        figures=(f"{reached} of {len(seen.accounts)} accounts with a call here have an outcome or a metric recorded.",),
        rule=f"III from 90% of the accounts; I up to {HALF:.0%}. Customers without a call here are not seen.",
        calls=named(call for call in seen.calls if call.account and call.speaks_of_value),
    )


def _timing(seen: Seen) -> MaturityProposal | None:
    known = [call for call in seen.calls if call.kind is not CallKind.OTHER]
    if len(known) < FEW or len(seen.accounts) < FEW_ACCOUNTS:
        return None
    both = sum(account.spans_the_sale for account in seen.accounts)
    lasting = sum(account.spans_the_sale and account.after_sale >= 2 for account in seen.accounts)
    sides = {call.kind is CallKind.QBR for call in known}
    level = None
    if lasting >= MOST * len(seen.accounts):
        level = Level.IV
    elif both >= HALF * len(seen.accounts):
        level = Level.III
    elif len(sides) == 1:
        level = Level.II
    kinds = ", ".join(f"{sum(c.kind is kind for c in known)} {kind.value}" for kind in CallKind if _any_of(known, kind))
    return MaturityProposal(
        level=level,
        figures=(
            f"Calls: {kinds}.",
            f"{both} of {len(seen.accounts)} accounts have calls both before the sale and in reviews of value,"
            f" {lasting} of them two reviews or more.",
        ),
        rule=f"IV where two reviews or more follow at {MOST:.0%} of the accounts; III where {HALF:.0%} have calls on"
        " both sides of the sale; II where all calls lie on one side.",
        calls=named(known),
    )


def _discussion_lead(seen: Seen) -> MaturityProposal | None:
    talks = [call for call in seen.calls if call.speaks_of_value and call.reps]
    if len(talks) < FEW:
        return None
    led = {rep: sum(rep in call.reps for call in talks) for rep in {rep for call in talks for rep in call.reps}}
    top = max(led.values()) / len(talks)
    level = Level.I if top >= MOST else Level.III if len(led) >= 3 and top <= HALF else None
    return MaturityProposal(
        level=level,
        figures=(
            f"{len(led)} {'person' if len(led) == 1 else 'people'} held the {len(talks)} calls on which an outcome was"
            f" named; the one with most of them held {top:.0%}.",
        ),
        rule=f"III where three or more share them and nobody holds more than {HALF:.0%}; I where one holds"
        f" {MOST:.0%} or more. Whether they are a central team, which would be II, calls do not tell.",
        calls=named(talks),
    )


def _customer_experience(seen: Seen) -> MaturityProposal | None:
    promises = sum(account.promises for account in seen.accounts)
    if promises < FEW:
        return None
    confirmed = sum(account.confirmed for account in seen.accounts)
    return MaturityProposal(
        level=Level.III if confirmed >= HALF * promises else None,
        figures=(f"Customers confirmed {confirmed} of {promises} recorded outcomes and metrics themselves.",),
        rule=f"III from {HALF:.0%} of them; calls do not tell the other levels.",
        calls=named(call for call in seen.calls if call.account and call.speaks_of_value),
    )


def _support(seen: Seen) -> MaturityProposal | None:
    reps = set(seen.by_rep)
    if len(reps) < 2 or not seen.coached:
        return None
    coached = len(reps & seen.coached)
    return MaturityProposal(
        level=Level.III if coached >= HALF * len(reps) else None,
        figures=(f"Coaching is marked for {coached} of {len(reps)} reps with calls here.",),
        rule=f"III from {HALF:.0%} of the reps; calls do not tell the other levels.",
        calls=named(call for call in seen.calls if seen.coached.intersection(call.reps)),
    )


def _technology(seen: Seen) -> MaturityProposal | None:
    recorded = [account for account in seen.accounts if account.promises]
    if len(seen.accounts) < FEW_ACCOUNTS or not recorded:
        return None
    tracked = sum(account.readings > 0 for account in recorded)
    kept = sum(account.readings > 0 and account.spans_the_sale for account in recorded)
    of_all = HALF * len(seen.accounts)
    return MaturityProposal(
        level=Level.IV if kept >= of_all else Level.III if tracked >= of_all else Level.II,
        figures=(
            f"{len(recorded)} of {len(seen.accounts)} accounts have a ledger with promises, {tracked} with readings"
            f" too, {kept} with readings and calls from before and after the sale.",
        ),
        rule=f"IV where {HALF:.0%} of the accounts have all of it; III where {HALF:.0%} have readings; else II.",
        calls=named(call for call in seen.calls if call.account in {account.name for account in recorded}),
    )


def _content_integration(seen: Seen) -> MaturityProposal | None:
    if len(seen.calls) < FEW:
        return None
    linked = [call for call in seen.calls if call.account]
    both = sum(account.spans_the_sale for account in seen.accounts)
    share, lasting = len(linked) / len(seen.calls), bool(both) and both >= HALF * len(seen.accounts)
    level = (Level.IV if lasting else Level.III) if share >= MOST else Level.I if share <= FEWEST else None
    return MaturityProposal(
        level=level,
        figures=(
            f"{len(linked)} of {len(seen.calls)} calls name their account.",
            f"{both} of {len(seen.accounts)} accounts have one record from before and after the sale.",
        ),
        rule=f"III from {MOST:.0%} of the calls, IV where {HALF:.0%} of the accounts have one record as well; I up to"
        f" {FEWEST:.0%} of the calls.",
        calls=named(linked),
    )


def _with_enough(seen: Seen) -> list[Sequence[CallSeen]]:
    return [calls for calls in seen.by_rep.values() if len(calls) >= FEW_OF_A_REP]


def _any_of(calls: Sequence[CallSeen], kind: CallKind) -> bool:
    return any(call.kind is kind for call in calls)


READ: Mapping[str, Callable[[Seen], MaturityProposal | None]] = {
    "prioritization": _prioritization,
    "scope": _scope,
    "targeting": _targeting,
    "timing": _timing,
    "discussion_lead": _discussion_lead,
    "customer_experience": _customer_experience,
    "support": _support,
    "technology": _technology,
    "content_integration": _content_integration,
}
