"""What the analysis makes of a call, with its failures caught: no call is lost to a mistake of ours.

A failure is counted and logged with its place and kind; its message stays out, since it may hold speech.
"""

from __future__ import annotations

import logging
import traceback

from copilot.analysis import hearing
from copilot.analysis.hearing import Analyst, Step
from copilot.analysis.rework import rework, rework_for_kind
from copilot.domain.call import Saying
from copilot.domain.events import ProposalsDropped, WrappedUp
from copilot.domain.state import CallState
from copilot.errors import WorkFailed
from copilot.live import meters

log = logging.getLogger(__name__)


def understood(state: CallState, saying: Saying, analyst: Analyst) -> Step:
    """The utterance with its analysis, or alone if the analysis fails."""
    try:
        return hearing.hear(state, saying, analyst)
    except Exception as error:  # noqa: BLE001  whatever it is, the words are kept
        what = f"utterance {len(state.utterances)} is kept without an analysis"
        return hearing.note(state, saying).then(failed(state, what, error, utterance=saying.id))


def settled(step: Step, analyst: Analyst) -> Step:
    """The end with what can be said only then, or the end alone if that fails."""
    try:
        return hearing.wrap_up(step, analyst)
    except Exception as error:  # noqa: BLE001  whatever it is, the call ends
        return step.then(failed(step.state, "it ends without a wrap-up", error)).then(WrappedUp())


def reworked(state: CallState, analyst: Analyst, *, for_kind_alone: bool) -> Step:
    """The whole call anew: seconds for a long one. Raises WorkFailed."""
    try:
        return rework_for_kind(state, analyst) if for_kind_alone else rework(state, analyst)
    except Exception as failure:
        log.error("Call %s: it could not be worked out anew: %s", _id(state), type(failure).__name__)  # noqa: TRY400
        meters.ANALYSIS_FAILURES.inc()
        raise WorkFailed("the call could not be worked out anew; nothing was changed") from failure


def failed(state: CallState, what: str, error: Exception, utterance: str | None = None) -> ProposalsDropped:
    """To be written down in place of what should have come of it."""
    place = "".join(traceback.format_tb(error.__traceback__))
    log.error("Call %s: %s\n%s%s", _id(state), what, place, type(error).__name__)
    meters.ANALYSIS_FAILURES.inc()
    return ProposalsDropped(by="embedded", utterance=utterance, reasons={"analysis_failed": 1})


def _id(state: CallState) -> str:
    return state.call.id if state.call else ""
