from __future__ import annotations

from datetime import date

import pytest

from copilot.adapters.llm.prices import load_prices
from copilot.domain.language_model import Usage
from copilot.domain.prices import Price

MINI = Price(input=2.0, cached_input=0.2, cache_write=2.5, output=10.0, as_of=date(2026, 11, 1))


class TestCost:
    def test_counts_each_kind_of_token_once(self) -> None:
        usage = Usage(input_tokens=1_000_000, cached_tokens=400_000, cache_write_tokens=100_000, output_tokens=10_000)

        assert MINI.cost(usage) == pytest.approx(0.5 * 2.0 + 0.4 * 0.2 + 0.1 * 2.5 + 0.01 * 10.0)

    def test_takes_cached_tokens_for_others_where_they_have_no_price_of_their_own(self) -> None:
        plain = Price(input=2.0, output=10.0, as_of=date(2026, 11, 1))

        assert plain.cost(Usage(input_tokens=1000, cached_tokens=500, cache_write_tokens=500)) == pytest.approx(0.002)


class TestThePriceList:
    def test_knows_a_dated_snapshot_by_its_model(self) -> None:
        prices = load_prices({})

        assert prices.of("gpt-5.4-mini-2026-03-17") == prices.of("gpt-5.4-mini") is not None

    def test_does_not_guess(self) -> None:
        assert load_prices({}).cost("our-own-model", Usage(input_tokens=1)) is None

    def test_can_be_corrected(self) -> None:
        prices = load_prices({"gpt-5.4-mini": MINI, "our-own-model": MINI})

        assert prices.of("gpt-5.4-mini") == prices.of("our-own-model") == MINI

    def test_asks_less_for_what_is_cached_and_more_for_writing_it(self) -> None:
        for price in load_prices({}).by_model.values():
            assert (price.cached_input or 0) < price.input < price.output
            assert price.cache_write is None or price.cache_write > price.input
