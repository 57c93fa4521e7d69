"""The price list: what comes with the program, corrected by settings."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

import yaml

from copilot.domain.prices import Price, Prices

_FILE = Path(__file__).with_name("prices.yaml")


def load_prices(corrections: Mapping[str, Price]) -> Prices:
    """The bundled prices; those in `corrections` go before them."""
    bundled = yaml.safe_load(_FILE.read_text("utf-8"))
    return Prices({name: Price.model_validate(told) for name, told in bundled.items()} | dict(corrections))
