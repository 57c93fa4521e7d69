from __future__ import annotations

import pytest

from copilot.analysis.speech.gate import gated, loops
from copilot.domain.audio import Decoded, Segment


def decoded(*texts: str, logprob: float | None = -0.3, no_speech: float | None = 0.05) -> Decoded:
    return Decoded(tuple(Segment(text, 0, 1, logprob, no_speech) for text in texts))


class TestGate:
    def test_lets_speech_through(self) -> None:
        through = gated(decoded(" We lose two days", " every week. "), voiced_s=2)

        assert through.text == "We lose two days every week."
        assert not through.rejected

    def test_an_adapter_that_cannot_tell_is_believed(self) -> None:
        assert gated(decoded("Yes.", logprob=None, no_speech=None), voiced_s=0.3).text == "Yes."

    @pytest.mark.parametrize(
        ("text", "logprob", "no_speech", "voiced_s", "reason"),
        [
            ("We will see.", -1.2, 0.8, 2, "no_speech"),
            ("Zwei de la grim.", -2.0, 0.1, 2, "unsure"),
            ("Thank you.", -0.9, 0.1, 2, "filler"),
            ("Thanks for watching!", -0.2, 0.5, 2, "filler"),
            ("Yes.", -0.3, 0.1, 0.1, "too_short"),
            ("one two three four five six seven eight nine ten eleven twelve", -0.3, 0.1, 1, "too_fast"),
            ("and then I was going " + "to the store " * 5, -0.3, 0.1, 9, "loop"),
        ],
    )
    def test_keeps_out_what_is_made_up(
        self, text: str, logprob: float, no_speech: float, voiced_s: float, reason: str
    ) -> None:
        out = gated(decoded(text, logprob=logprob, no_speech=no_speech), voiced_s=voiced_s)

        assert out.text == ""
        assert dict(out.rejected) == {reason: 1}

    def test_a_customer_who_says_thank_you_is_heard(self) -> None:
        assert gated(decoded("Thank you."), voiced_s=0.6).text == "Thank you."

    def test_drops_only_the_segment_that_is_made_up(self) -> None:
        sure = Segment("We pay for it.", 0, 2, -0.2, 0.1)
        made_up = Segment("Thank you.", 2, 3, -1.1, 0.7)

        assert gated(Decoded((sure, made_up)), voiced_s=2).segments == (sure,)


class TestLoops:
    @pytest.mark.parametrize(
        "text", ["no no no no", "yeah yeah yeah yeah yeah", "day by day by day", "the more the more the more we wait"]
    )
    def test_people_repeat_themselves_a_little(self, text: str) -> None:
        assert not loops(text.split())

    @pytest.mark.parametrize("text", ["no " * 7, "of the " * 5, "I do not know what " * 4])
    def test_models_do_so_without_end(self, text: str) -> None:
        assert loops(["well", *text.split()])
