"""Everything that can go wrong and that a user can do something about.

    CopilotError
    ├── UnusableInput          what was given cannot be used: exit status 2
    │   ├── UnreadableTranscript   a file that is no transcript we know
    │   ├── UnusableLabels         a file that is no labelled call (`domain/labelled.py`)
    │   ├── BrokenPlaybook         a rubric file with a mistake, named with file and line
    │   ├── BrokenPrompt           a prompt file with a mistake
    │   ├── BadSettings            flags, environment or copilot.toml
    │   ├── ServerRunning          one is at work on the same calls (`wiring/alone.py`)
    │   ├── NothingNamed           neither a transcript nor a call (`commands/one_call.py`)
    │   ├── UnusableAddress        no mail address (`outbox.py`)
    │   ├── NoScorecard            a kind of call that is not scored (`review/scorecard/judging.py`)
    │   ├── NoSuchAnswer           an answer that a scorecard does not take (`scorekeeping.py`)
    │   ├── UnusableNote           one that does not fit its account (`review/ledger/checking.py`)
    │   ├── UnusableReadings       a CSV with lines that cannot be taken (`review/ledger/csv_readings.py`)
    │   ├── NoSuchPersona          a reader that reports are not worded for (`review/value_report/composing.py`)
    │   ├── NeedsReports           a PDF or slides, without what writes them (`wiring/reports.py`)
    │   └── NoSuchDemo, UploadTooLarge, KnownAlready       refused by the API (`web/api.py`, `web/upload_api.py`)
    ├── NoSuchCall, NoSuchAccount
    │   └── CallDeleted            a call that there was
    ├── CallNotOver            a call that cannot be deleted yet
    ├── NotScoredYet           a call that is not over yet (`scorekeeping.py`)
    ├── MovedOn                somebody else was first
    │   ├── SumMovedOn             and changed the sum that is agreed to (`review/ledger/checking.py`)
    │   ├── ChangedMeanwhile       and wrote something down about the same (`review/ledger/meanwhile.py`)
    │   ├── AnsweredMeanwhile      and answered the same criterion of a scorecard (`scorekeeping.py`)
    │   └── DraftMovedOn           and saved the email, or the call has gone on (`drafts.py`)
    ├── NoMailServer           an email that cannot be sent (`web/email_api.py`)
    ├── NoSuchShare            a link to a call that cannot be ended (`sharing.py`)
    ├── Conflict, CallOver     an utterance that a call does not take (`live/call.py`)
    ├── UnknownItem, QuestionGone, UnusableEdit            a decision that cannot be taken (`analysis/decisions.py`)
    ├── NotSaid, AlreadyThere                              an item that cannot be added (`analysis/adding.py`)
    ├── MessageRefused         a frame answered with `error`, under the protocol's code for it (`web/messages.py`)
    ├── UnknownStage           a stage that the playbook does not have (`domain/playbook.py`)
    ├── BrokenLog              a call's log that cannot be read
    ├── StoreUnavailable       disk full, database locked or gone: retryable
    ├── ModelFailed            a language model that did not answer as it should
    ├── TranscriptionFailed    a speech model that did not
    ├── NoSpeechModel          none that could (`adapters/asr/models.py` knows what may be missing)
    ├── FrameGap, UnusableFrame    audio frames that cannot be taken (`analysis/speech/frames.py`)
    ├── OtherAudio, Behind         sound that a call does not take, or not now (`live/ears.py`)
    ├── NothingTranscribed     no recording of a call is on its way to words (`live/transcribing.py`)
    ├── NoSound, NotOver       sound that cannot be played, or not be deleted yet (`web/sound_api.py`)
    ├── Overloaded             more live calls than fit: retryable (`live/calls.py`)
    └── WorkFailed             everything was in order, and it still did not work: exit status 1
        └── Refused                the server will not take what is streamed to it (`commands/stream.py`)

An error stores facts and builds its own sentence: what was asked, what was found, what would work.
"""

from __future__ import annotations

from datetime import datetime
from typing import Literal


class CopilotError(Exception):
    """The root; `str(error)` is one sentence fit for a user."""


class UnusableInput(CopilotError):
    """What was given cannot be used."""


class UnreadableTranscript(UnusableInput):
    """A file that is none of the transcript formats we know, or one of them without a word in it."""

    def __init__(self, name: str, why: str) -> None:
        self.name, self.why = name, why
        super().__init__(f"{name}: {why}")


class BrokenPlaybook(UnusableInput):
    """A rubric file with a mistake. `line` counts from 1, or is None where the file as a whole is meant."""

    def __init__(self, file: str, line: int | None, problem: str, remedy: str) -> None:
        self.file, self.line, self.problem, self.remedy = file, line, problem, remedy
        place = file if line is None else f"{file}:{line}"
        super().__init__(f"{place}: {problem}; {remedy}")


class BrokenPrompt(UnusableInput):
    """A prompt file with a mistake, or one that was asked for in a way that it does not provide for."""

    def __init__(self, file: str, problem: str, remedy: str) -> None:
        self.file, self.problem, self.remedy = file, problem, remedy
        super().__init__(f"{file}: {problem}; {remedy}")


class BadSettings(UnusableInput):
    """A flag, a COPILOT_* variable or a line of copilot.toml that cannot be meant."""


class NoSuchCall(CopilotError):
    def __init__(self, call_id: str, what: str | None = None) -> None:
        self.call_id = call_id
        super().__init__(what or f"there is no call {call_id!r}")


class CallDeleted(NoSuchCall):
    """There was one, and somebody deleted it: no other takes its id."""

    def __init__(self, call_id: str, at: datetime) -> None:
        self.at = at
        super().__init__(call_id, f"call {call_id!r} was deleted on {at.day} {at:%B %Y}")


class CallNotOver(CopilotError):
    """A call that cannot be deleted yet; `state` is what it is instead of over."""

    def __init__(self, call_id: str, state: Literal["live", "being taken in", "being wrapped up"]) -> None:
        self.call_id, self.state = call_id, state
        ends = {"live": "end it", "being taken in": "stop that", "being wrapped up": "wait until that is done"}
        super().__init__(f"call {call_id!r} is still {state}; {ends[state]}, and delete it then")


class MovedOn(CopilotError):
    """What somebody writes about is not any more as they saw it; nothing of theirs is written down."""


class BrokenLog(CopilotError):
    """A call's log in the store that cannot be read; `seq` is the event that is the first not to be."""

    def __init__(self, call_id: str, seq: int) -> None:
        self.call_id, self.seq = call_id, seq
        super().__init__(f"the log of call {call_id!r} cannot be read from event {seq} on")


class BrokenNote(CopilotError):
    """A note in the store that cannot be read."""

    def __init__(self, kind: str, name: str, seq: int) -> None:
        self.kind, self.name, self.seq = kind, name, seq
        super().__init__(f"what was written down about {kind} {name!r} cannot be read from note {seq} on")


class StoreUnavailable(CopilotError):
    """The database did not take what it was given; trying again later may work."""

    def __init__(self, reason: str) -> None:
        self.reason = reason
        super().__init__(f"cannot save: {reason}")


class WorkFailed(CopilotError):
    """Everything given was in order, and it still did not work."""


class ModelFailed(CopilotError):
    """A language model did not answer as it should.

    `kind` groups what to do about it: `retryable` passes by itself (429, 5xx, broken connections), with `retry_after_s`
    where the provider says; `refused` and `unusable` are about this request alone; `misconfigured` needs a person.
    """

    def __init__(
        self,
        kind: Literal["retryable", "refused", "unusable", "misconfigured"],
        reason: str,
        *,
        retry_after_s: float | None = None,
    ) -> None:
        self.kind, self.reason, self.retry_after_s = kind, reason, retry_after_s
        super().__init__(f"the language model did not answer: {reason}")


class TranscriptionFailed(CopilotError):
    """A speech model did not answer as it should. `retry_after_s`: when it may do better, where that is known."""

    def __init__(self, reason: str, *, retry_after_s: float | None = None) -> None:
        self.reason, self.retry_after_s = reason, retry_after_s
        super().__init__(f"the speech model did not answer: {reason}")


class NoSpeechModel(CopilotError):
    """Sound cannot be transcribed; the sentence says what would help."""
