"""What is sent. The whole of it is kept under snapshots/, to be read when a prompt or a playbook changes."""

from __future__ import annotations

import json
import os
from functools import cache
from itertools import pairwise
from pathlib import Path

import pytest

from copilot.adapters.prompts import PromptFiles
from copilot.analysis.deep.epoch import Epoch
from copilot.analysis.deep.inputs import LIVE_INPUTS, MOST_TALK, WRAP_UP_INPUTS, Briefing, in_parts
from copilot.analysis.deep.redaction import Redactor
from copilot.analysis.deep.reply import LiveReply, WrapUpReply
from copilot.analysis.hearing import Step, note
from copilot.bundled import bundled
from copilot.domain.call import CallKind, Role, Saying
from copilot.domain.events import Logged
from copilot.domain.language_model import ModelRequest
from copilot.domain.ops import MarkStage
from copilot.domain.state import replay
from tests.unit.analysis.books import playbook
from tests.unit.analysis.deep import attacks
from tests.unit.analysis.deep.logs import log_of, numbered, started

SNAPSHOTS = Path(__file__).with_name("snapshots")
SECRET = "mail luis@carrier.example or call +44 20 7946 0958"


@cache
def prompts() -> PromptFiles:
    return PromptFiles(bundled("prompts"), {"LiveReply": LiveReply, "WrapUpReply": WrapUpReply})


@cache
def briefing() -> Briefing:
    return Briefing(playbook())


def base_log() -> list[Logged]:
    """The call that the attacks are made on, with one stage that is not certain."""
    call = attacks.read("call")
    step = started()
    events = list(step.events)
    for n, (role, speaker, text) in enumerate(call["said"]):
        heard = note(step.state, Saying(id=f"s{n}", speaker=speaker, role=Role(role), text=text))
        step = Step(heard.state)
        events.extend(heard.events)
    unsure = MarkStage(i=7, stage="metrics", also=("other",), confidence=0.3)
    found = step.propose([*attacks.OPS.validate_python(call["map"]), unsure], by="embedded")
    return numbered([*events, *found.events])


def asked_at_half(log: list[Logged]) -> Epoch:
    epoch = Epoch.begin()
    for logged in log:
        epoch = epoch.after(logged)
        if logged.seq == len(log) // 2:
            epoch = epoch.asked()
    return epoch


def written(request: ModelRequest) -> str:
    marks = {True: " (the prefix ends here)", False: ""}
    return "\n\n".join(f"## {m.role}{marks[m.ends_prefix]}\n\n{m.text}" for m in request.messages) + "\n"


def like_the_snapshot(name: str, text: str) -> bool:
    """Whether it reads as it did; with RENEW_SNAPSHOTS=1 in the environment it is written down anew."""
    file = SNAPSHOTS / f"{name}.md"
    if os.environ.get("RENEW_SNAPSHOTS") == "1":
        file.parent.mkdir(exist_ok=True)
        file.write_text(text, "utf-8")
    return file.read_text("utf-8") == text


class TestThePromptAsItIsSent:
    def test_while_a_call_goes_on(self) -> None:
        epoch, redactor = asked_at_half(base_log()), Redactor(["Luis", "Priya"])
        request = in_parts(prompts().request("live", briefing().live(epoch, redactor)), epoch, redactor)

        assert like_the_snapshot("live", written(request))

    def test_at_its_end(self) -> None:
        state = replay(logged.event for logged in base_log())

        assert like_the_snapshot(
            "wrap_up", written(prompts().request("wrap_up", briefing().wrap_up(state, Redactor())))
        )

    def test_has_a_beginning_that_is_worth_caching_and_stays_the_same(self) -> None:
        one, other = (
            prompts().request("live", briefing().live(Epoch.of(log), Redactor()))
            for log in (base_log(), log_of([("customer", "Something else altogether.")]))
        )

        assert one.messages[0] == other.messages[0]
        assert one.messages[0].ends_prefix
        assert len(one.messages[0].text) > 4 * 1024  # the least that providers cache is 1,024 tokens

    @pytest.mark.parametrize("kind", CallKind)
    def test_speaks_of_the_pitfalls_of_its_kind_of_call(self, kind: CallKind) -> None:
        told = briefing().live(Epoch.of(numbered(started(kind).events)), Redactor())["pitfalls"]

        assert ("vanity_metric" in told) == (kind is CallKind.QBR)
        assert ("feature_dumping" in told) == (kind in (CallKind.DISCOVERY, CallKind.DEMO))
        assert "long_monologue" not in told

    def test_follows_a_companys_own_playbook(self) -> None:
        own = playbook().model_dump()
        own["value_conversation"]["stages"][0]["purpose"] = "Learn how the harvest is brought in."
        changed = type(playbook()).model_validate(own)

        assert "Learn how the harvest is brought in." in Briefing(changed).live(Epoch.begin(), Redactor())["stages"]


class TestInputs:
    def test_are_exactly_those_that_the_prompts_name(self) -> None:
        epoch = Epoch.of(base_log())

        assert tuple(briefing().live(epoch, Redactor())) == LIVE_INPUTS
        assert tuple(briefing().wrap_up(epoch.state, Redactor())) == WRAP_UP_INPUTS

    def test_hold_nothing_personal(self) -> None:
        epoch = Epoch.of(log_of([("customer", SECRET), ("rep", "Luis, right?")]))
        redactor = Redactor(["Luis", "Dana"])
        sent = json.dumps(
            [*briefing().live(epoch, redactor).values(), *briefing().wrap_up(epoch.state, redactor).values()]
        )

        assert not any(word in sent for word in ("luis@", "7946", "Luis", "Dana"))
        assert "[EMAIL_1]" in sent

    def test_say_what_is_new(self) -> None:
        said = [("customer", f"We want faster reports number {n}.") for n in range(4)]
        log = log_of(said)
        half = next(n for n, logged in enumerate(log) if getattr(logged.event, "i", None) == 2)
        epoch = Epoch.of(log[:half]).asked()
        again = epoch
        for logged in log[half:]:
            again = again.after(logged)

        assert "New since your last answer: u2 to u3" in briefing().live(again, Redactor())["now"]
        assert "No utterance is new" in briefing().live(again.asked(), Redactor())["now"]
        assert "New since your last answer: u0 to u3" in briefing().live(Epoch.of(log), Redactor())["now"]

    def test_of_a_call_without_end_leave_out_its_middle(self) -> None:
        step = started()
        for n in range(400):
            step = Step(note(step.state, Saying(id=f"s{n}", role=Role.CUSTOMER, text="word " * 280)).state)
        talk = briefing().wrap_up(step.state, Redactor())["talk"].split("\n")

        assert sum(map(len, talk)) < MOST_TALK + 2000
        assert talk[0].startswith("u0 ")
        assert talk[-1].startswith("u399 ")
        assert sum(line.startswith("(u") for line in talk) == 1


class TestParts:
    def test_put_together_are_the_request_as_it_was(self) -> None:
        epoch, redactor = asked_at_half(base_log()), Redactor()
        whole = prompts().request("live", briefing().live(epoch, redactor))
        parts = in_parts(whole, epoch, redactor)

        assert len(parts.messages) == len(whole.messages) + 1
        assert "".join(m.text for m in parts.messages) == "".join(m.text for m in whole.messages)
        assert [m.ends_prefix for m in parts.messages] == [True, True, True, False]

    def test_of_one_request_are_the_beginning_of_the_next(self) -> None:
        log, redactor = base_log(), Redactor()
        epoch, sent = Epoch.begin(), []
        for logged in log:
            epoch = epoch.after(logged)
            if logged.event.type == "utterance":
                request = in_parts(prompts().request("live", briefing().live(epoch, redactor)), epoch, redactor)
                sent.append([m for m in request.messages if m.ends_prefix])
                epoch = epoch.asked()

        assert all(later[: len(earlier)] == earlier for earlier, later in pairwise(sent))

    def test_of_a_request_without_the_epoch_are_that_request(self) -> None:
        request = prompts().request("wrap_up", briefing().wrap_up(started().state, Redactor()))

        assert in_parts(request, Epoch.of(base_log()), Redactor()) == request
