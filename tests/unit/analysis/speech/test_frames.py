from __future__ import annotations

import pytest

from copilot.analysis.speech.frames import FrameGap, UnusableFrame, judged, packed, unpacked
from copilot.domain.audio import AudioFormat
from copilot.domain.call import Role

STEREO = AudioFormat(encoding="pcm_s16le", sample_rate_hz=16000, channels=(Role.REP, Role.CUSTOMER))


class TestNumbers:
    def test_the_first_is_0(self) -> None:
        assert judged(0, last=None) == "next"

    def test_one_that_was_there_before_is_known(self) -> None:
        assert [judged(n, last=5) for n in (0, 5, 6)] == ["known", "known", "next"]

    @pytest.mark.parametrize(("number", "last", "expected"), [(1, None, 0), (8, 6, 7)])
    def test_a_hole_names_the_one_expected(self, number: int, last: int | None, expected: int) -> None:
        with pytest.raises(FrameGap) as gap:
            judged(number, last=last)

        assert gap.value.expected == expected
        assert str(expected) in str(gap.value)


class TestUnpacking:
    def test_gives_number_and_samples(self) -> None:
        assert unpacked(packed(258, b"abcd"), STEREO) == (258, b"abcd")

    @pytest.mark.parametrize("frame", [b"", b"\0\0\0", b"\0\0\0\0", b"\0\0\0\0abc", b"\0\0\0\0abcdef"])
    def test_refuses_what_holds_no_whole_samples(self, frame: bytes) -> None:
        with pytest.raises(UnusableFrame):
            unpacked(frame, STEREO)
