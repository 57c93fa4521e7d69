"""What several of these tests begin with."""

from __future__ import annotations

from collections.abc import AsyncIterator

import pytest

from tests.integration.language_models import answer
from tests.provider import Provider, provider


@pytest.fixture
async def there() -> AsyncIterator[Provider]:
    """A provider of language models on loopback that answers as it is asked to."""
    async with provider(answer=answer) as made:
        yield made
