from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from copilot.importers.cleaning import clean_name, clean_text


class TestText:
    @pytest.mark.parametrize(
        ("written", "said"),
        [
            ("<i>six</i> weeks &amp; more", "six weeks & more"),
            ("the<00:00:04.799><c> first</c><c.colorE5E5E5> thing</c>", "the first thing"),
            (r"{\an8}hello", "hello"),
            ("fewer &lt;b&gt; than", "fewer <b> than"),
            ("5 < 6 and 7 > 6", "5 < 6 and 7 > 6"),
            ("AT&T said so", "AT&T said so"),
            (">> so what now", "so what now"),
            ("- so what now", "so what now"),
            ("two\n lines\t here ", "two lines here"),
            ("that is [Laughter] funny (coughs)", "that is funny"),
            ("{vocalsound} okay", "okay"),
            ("♪ hello ♪", "hello"),
            ("hid\u200bden\U000e0041 \u202etext", "hidden text"),
            ("the price (in euros) is [sic] five", "the price (in euros) is [sic] five"),
            ("we need [inaudible] by May", "we need [inaudible] by May"),
            ("it is a background task", "it is a background task"),
        ],
    )
    def test_is_what_was_said(self, written: str, said: str) -> None:
        assert clean_text(written) == said

    @pytest.mark.parametrize(
        "mark",
        ["[Music]", "(laughs)", "{disfmarker}", "♪♪♪", "[BLANK_AUDIO]", "*sighs*", "(soft music playing)",
         "[inaudible]", "(Crosstalk 00:12)", "...", ">>", "[ __ ]", "&nbsp;", "<c></c>", "- -"],
    )  # fmt: skip
    def test_is_empty_where_nothing_was_said(self, mark: str) -> None:
        assert clean_text(mark) == ""

    @given(st.text())
    def test_stands_on_one_line_without_outer_blanks(self, written: str) -> None:
        assert clean_text(written) == " ".join(clean_text(written).split())


class TestName:
    @pytest.mark.parametrize(
        ("written", "name"),
        [
            ("Dana Reyes (Guest)", "Dana Reyes"),
            ("Dana Reyes [External]", "Dana Reyes"),
            ("Dana  Reyes ", "Dana Reyes"),
            ("Tom (Company, Inc.)", "Tom (Company, Inc.)"),
            ("O&#39;Brien", "O'Brien"),
            ("Unknown Speaker", None),
            ("", None),
            (None, None),
        ],
    )
    def test_is_the_person_or_nobody(self, written: str | None, name: str | None) -> None:
        assert clean_name(written) == name
