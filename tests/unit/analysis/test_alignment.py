"""A quote that is not verbatim: what stands, and what no likeness may let through."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import zip_longest

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from copilot.analysis.alignment import aligned, uncut, words_of
from copilot.analysis.grounding import stretches
from tests.unit.analysis.spoken_numbers import spoken

SAID = (
    "So we, we have um about twenty-three people on it, and it takes the the carrier team six weeks to publish "
    "a single rate sheet, and we don't want that to get slower than four weeks by June"
)
NOUNS = ("carriers", "invoices", "reports", "branches", "drivers", "audits", "orders", "returns")
VERBS = ("publish", "check", "approve", "correct", "deliver", "count")
UNITS = ("weeks", "hours", "people", "percent")


@st.composite
def sentences(draw: st.DrawFn) -> list[str]:
    """Eight to sixteen words with two different numbers and a negation among them."""
    a, b = draw(st.lists(st.integers(2, 90), min_size=2, max_size=2, unique=True))
    words = [
        *("our", draw(st.sampled_from(NOUNS)), draw(st.sampled_from(["do not", "never", "cannot"])).split()),
        *(draw(st.sampled_from(VERBS)), draw(st.sampled_from(NOUNS)), "in", str(a), draw(st.sampled_from(UNITS))),
        *("and", draw(st.sampled_from(NOUNS)), "take", str(b), draw(st.sampled_from(UNITS)), "in", "every", "region"),
    ]
    flat: list[str] = []
    for word in words:
        flat.extend([word] if isinstance(word, str) else word)
    return flat


def places(words: Sequence[str], *, numbers: bool) -> list[int]:
    return [k for k, word in enumerate(words) if (word.isdigit() if numbers else word in ("not", "never", "cannot"))]


class TestStands:
    @pytest.mark.parametrize(
        ("quote", "stretch"),
        [
            ("it takes the carrier team six weeks", "it takes the the carrier team six weeks"),
            ("it takes the carrier team 6 weeks to publish", "it takes the the carrier team six weeks to publish"),
            ("about 23 people on it, and it takes", None),
            ("it takes the carrier team many weeks to publish", None),
            ("do not want that to get slower than 4 weeks", "don't want that to get slower than four weeks"),
            ("takes the carrier team six weeks to publish one rate sheet", None),
        ],
    )
    def test_what_was_said_in_these_words(self, quote: str, stretch: str | None) -> None:
        assert aligned(quote, SAID) == stretch

    def test_with_something_left_out_each_part_for_itself(self) -> None:
        assert stretches("takes the carrier team six weeks to publish … slower than four weeks by June", SAID) == (
            "takes the the carrier team six weeks to publish",
            "slower than four weeks by June",
        )

    def test_with_something_left_out_only_in_the_order_said(self) -> None:
        assert stretches("slower than four weeks by June ... we have um about twenty-three people", SAID) == ()

    @given(sentences(), st.integers(0, 3), st.integers(0, 3))
    def test_every_stretch_with_its_fillers_left_out(self, words: list[str], before: int, after: int) -> None:
        said = " ".join([*["well"] * before, *(f"um {word}" for word in words), *["okay"] * after])

        assert stretches(" ".join(words), said) == (said[said.index("our") : said.index("region") + len("region")],)

    @given(sentences(), st.data())
    def test_with_commas_and_full_stops_wherever_they_are_put(self, words: list[str], data: st.DataObject) -> None:
        marks = data.draw(st.lists(st.sampled_from(["", ",", ".", " …", "?"]), min_size=15, max_size=20))
        quote = " ".join(f"{word}{mark}" for word, mark in zip_longest(words, marks[: len(words)], fillvalue=""))
        said = " ".join(words)

        assert stretches(quote, f"well {said} okay") in ((said,), tuple(stretches(quote.rstrip(",.?… "), said)))

    @given(sentences())
    def test_what_is_found_is_always_the_texts_own(self, words: list[str]) -> None:
        text = f"Well, um, {' '.join(words)}, I think."
        found = aligned(" ".join(words).upper(), text)

        assert found is not None
        assert found in text


class TestDoesNotStand:
    @given(sentences(), st.integers(2, 90))
    def test_with_another_number(self, words: list[str], other: int) -> None:
        for k in places(words, numbers=True):
            assume(words[k] != str(other))
            changed = [*words[:k], str(other), *words[k + 1 :]]

            assert stretches(" ".join(changed), " ".join(words)) == ()

    @given(sentences())
    def test_with_two_numbers_swapped(self, words: list[str]) -> None:
        a, b = places(words, numbers=True)
        swapped = list(words)
        swapped[a], swapped[b] = words[b], words[a]

        assert stretches(" ".join(swapped), " ".join(words)) == ()

    @given(sentences(), st.sampled_from([",", ".", " …"]))
    def test_with_two_numbers_swapped_and_set_apart(self, words: list[str], mark: str) -> None:
        a, b = places(words, numbers=True)
        swapped = list(words)
        swapped[a], swapped[b] = f"{words[b]}{mark}", f"{words[a]}{mark}"

        assert stretches(" ".join(swapped), " ".join(words)) == ()

    @given(sentences())
    def test_with_a_negation_left_out_or_put_in(self, words: list[str]) -> None:
        (k,) = places(words, numbers=False)
        without = [*words[:k], *words[k + 1 :]]

        assert stretches(" ".join(without), " ".join(words)) == ()
        assert stretches(" ".join(words), " ".join(without)) == ()

    @given(sentences())
    def test_with_a_negation_in_another_place(self, words: list[str]) -> None:
        (k,) = places(words, numbers=False)
        without = [*words[:k], *words[k + 1 :]]
        moved = [*without[:-4], words[k], *without[-4:]]

        assert stretches(" ".join(moved), " ".join(words)) == ()

    @given(sentences(), st.sampled_from(UNITS))
    def test_with_another_unit(self, words: list[str], unit: str) -> None:
        k = places(words, numbers=True)[0] + 1
        assume(words[k] != unit)

        assert stretches(" ".join([*words[:k], unit, *words[k + 1 :]]), " ".join(words)) == ()

    @pytest.mark.parametrize(
        "quote",
        [
            "get faster than four weeks by June and that is what we want",
            "it takes many weeks until the carriers are live in the end",
            "all the time we have",
            "people weeks carrier June slower publish",
        ],
    )
    def test_what_is_only_like_it(self, quote: str) -> None:
        assert stretches(quote, SAID) == ()

    def test_what_stands_too_far_apart(self) -> None:
        text = f"carriers {'and so on ' * 30} publish {'and so on ' * 30} every invoice in forty branches"

        assert aligned("carriers publish every invoice in forty branches", text) is None

    def test_a_quote_or_a_text_that_is_endless_is_not_searched_word_by_word(self) -> None:
        assert (
            aligned("one carrier publishes rate sheets " * 100, "um one carrier publishes rate sheets " * 900) is None
        )


class TestUncut:
    @given(st.integers(1, 999), st.integers(1, 999), st.sampled_from(["million", "billion"]))
    def test_gives_a_number_back_as_a_whole(self, a: int, b: int, scale: str) -> None:
        tail = f"{spoken(b)} thousand parcels"
        whole = f"{spoken(a)} {scale} {tail}"

        assert uncut(tail, f"that is {whole}") == whole
        assert uncut(f"{b:03d} parcels", f"that is {a},{b:03d} parcels") == f"{a},{b:03d} parcels"

    @pytest.mark.parametrize(
        ("stretch", "text", "whole"),
        [
            ("able to deliver", "we are unable to deliver", "unable to deliver"),
            ("three people", "twenty-three people", "twenty-three people"),
            ("three people", "twenty-three people, or three people", "three people"),
            ("it takes six", "it takes six weeks", "it takes six"),
        ],
    )
    def test_is_what_was_said(self, stretch: str, text: str, whole: str) -> None:
        assert uncut(stretch, text) == whole

    @given(st.text(), st.integers(0, 40), st.integers(0, 40))
    def test_holds_the_stretch_and_stands_in_the_text(self, text: str, a: int, b: int) -> None:
        stretch = text[min(a, b) : max(a, b)]

        assert stretch in uncut(stretch, text)
        assert uncut(stretch, text) in text


def test_numbers_and_short_forms_are_one_word_each() -> None:
    assert [word.form for word in words_of("We can't do twenty-three, won't do 23 %")] == [
        "we", "can", "not", "do", "23", "will", "not", "do", "23", "percent",
    ]  # fmt: skip
