from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from copilot.analysis.deep.redaction import Redactor, is_card, is_iban

DIGITS = ("zero", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine")
HARMLESS = ("we want", "four weeks", "$1,200,000", "60 percent", "by Friday", "24/7", "and", "[CARD_1]", "[", "]", ", ")


def card_of(digits: str) -> str:
    """The digits with the one that makes them a card number."""
    return next(f"{digits}{last}" for last in range(10) if is_card(f"{digits}{last}"))


def iban_of(country: str, account: str) -> str:
    """The account with the two digits that make it an IBAN."""
    return next(f"{country}{n:02d}{account}" for n in range(2, 99) if is_iban(f"{country}{n:02d}{account}"))


cards = st.text("0123456789", min_size=14, max_size=15).map(card_of)
ibans = st.builds(iban_of, st.sampled_from(["DE", "GB", "FR"]), st.text("0123456789", min_size=18, max_size=18))


def grouped(text: str, between: str = " ") -> str:
    return between.join(text[k : k + 4] for k in range(0, len(text), 4))


def spoken(digits: str) -> str:
    return " ".join(DIGITS[int(digit)] for digit in digits)


class TestPersonalData:
    @given(cards, st.sampled_from([str, grouped, spoken, lambda c: grouped(c, "-")]))
    def test_cards_go_out_in_no_form(self, card: str, form: type[str]) -> None:
        written = form(card)
        sent = Redactor().redact(f"It is {written} and it expires in May")

        assert written not in sent
        assert sent == "It is [CARD_1] and it expires in May"

    @given(ibans, st.booleans())
    def test_ibans_go_out_in_no_form(self, iban: str, apart: bool) -> None:
        written = grouped(iban) if apart else iban

        assert Redactor().redact(f"pay to {written} please") == "pay to [IBAN_1] please"

    @pytest.mark.parametrize(
        ("said", "kind"),
        [
            ("luis.ortega@carrier.example", "EMAIL"),
            ("luis dot ortega at carrier dot com", "EMAIL"),
            ("+44 20 7946 0958", "PHONE"),
            ("555-867-5309", "PHONE"),
            ("(0171) 234 567", "PHONE"),
            ("five five five eight six seven five three oh nine", "NUMBER"),
            ("four one double one", "NUMBER"),
            ("219-09-9999", "GOVERNMENT"),
            ("AB 12 34 56 C", "GOVERNMENT"),
            ("d e eight nine three seven oh four oh oh four four oh five three two oh one three oh oh oh", "IBAN"),
            ("sk-proj-abcDEF1234567890", "KEY"),
            ("AKIAIOSFODNN7EXAMPLE", "KEY"),
            ("4500012345678", "NUMBER"),
        ],
    )
    def test_is_known_by_its_shape(self, said: str, kind: str) -> None:
        assert Redactor().redact(f"write down {said} then") == f"write down [{kind}_1] then"

    @pytest.mark.parametrize("said", ["password is hunter2", "the pin is four two one one", "API key: abc123"])
    def test_what_is_called_a_secret_is_one(self, said: str) -> None:
        redactor = Redactor()

        assert "[SECRET_1]" in redactor.redact(said)
        assert redactor.found == {"SECRET": 1}

    @pytest.mark.parametrize(
        "said",
        [
            "we spend 1,200,000 a year, that is $1200000000 in ten",
            "from six weeks to four, 45 percent, one in forty",
            "in 2024 2025 and 2026",
            "four oh four errors, one or two sites, two three weeks",
            "99.95 percent uptime 24/7, SOC 2, ISO 27001",
            "between 8 and 10 people, 12 000 000 euros",
        ],
    )
    def test_figures_of_the_business_stay(self, said: str) -> None:
        assert Redactor().redact(said) == said


class TestNames:
    def test_stay_unless_they_are_to_go(self) -> None:
        assert Redactor().redact("Luis said so") == "Luis said so"

    def test_of_one_person_are_one_person(self) -> None:
        redactor = Redactor(["Luis Ortega", "Priya"])

        assert redactor.redact("luis ortega told priya, says Luis") == "[PERSON_1] told [PERSON_2], says [PERSON_1.2]"

    def test_that_are_words_too_are_known_by_their_capital(self) -> None:
        assert Redactor(["Will Stone"]).redact("will Will be there") == "will [PERSON_1] be there"

    def test_may_become_known_later(self) -> None:
        redactor = Redactor()
        redactor.redact("Luis said so")
        redactor.know(["Luis"])

        assert redactor.redact("Luis said so") == "[PERSON_1] said so"


pieces = st.lists(
    st.one_of(st.sampled_from(HARMLESS), cards.map(grouped), ibans, st.text(max_size=8), st.just("Luis Ortega")),
    max_size=6,
)


class TestPuttingBack:
    @given(st.lists(pieces.map(" ".join), max_size=4), st.booleans())
    def test_gives_every_text_as_it_was(self, texts: list[str], names: bool) -> None:
        redactor = Redactor(["Luis Ortega"] if names else ())
        sent = [redactor.redact(text) for text in texts]

        assert [redactor.restore(text) for text in sent] == texts

    @given(st.lists(pieces.map(" ".join), max_size=4))
    def test_is_the_same_in_every_process(self, texts: list[str]) -> None:
        one, other = Redactor(), Redactor()

        assert [one.redact(text) for text in texts] == [other.redact(text) for text in texts]

    def test_leaves_placeholders_alone_that_are_not_ours(self) -> None:
        assert Redactor().restore("[CARD_7] of [TEAM_1]") == "[CARD_7] of [TEAM_1]"

    def test_the_same_words_are_the_same_placeholder(self) -> None:
        redactor = Redactor()

        assert redactor.redact("a@b.example") == redactor.redact("a@b.example") == "[EMAIL_1]"
        assert redactor.redact("c@d.example, a@b.example") == "[EMAIL_2], [EMAIL_1]"
