from __future__ import annotations

import pytest

from copilot.analysis.language.backchannels import is_backchannel


class TestIsBackchannel:
    @pytest.mark.parametrize(
        "text", ["Mm-hm.", "Right, okay.", "Yeah, yeah.", "I see.", "Got it, makes sense.", "That’s right.", "…", ""]
    )
    def test_takes_listening_noises(self, text: str) -> None:
        assert is_backchannel(text)

    @pytest.mark.parametrize(
        "text",
        [
            "Right?",
            "Okay, so tell me about the plan.",
            "Yes, four weeks.",
            "42.",
            "No.",
            "Great question about pricing.",
        ],
    )
    def test_leaves_what_says_something(self, text: str) -> None:
        assert not is_backchannel(text)

    def test_is_quick_about_a_very_long_text(self) -> None:
        assert not is_backchannel("yeah " * 4000)
