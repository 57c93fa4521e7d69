"""A provider of language models on loopback that speaks chat completions as published, with replies written by hand.

In a test: `async with provider() as it:` and `it.base_url`. By hand, to try the whole program against it:

    $ python -m tests.provider --port 9999 --play drip
    $ export COPILOT_LLM__MODEL=made-up COPILOT_LLM__PROFILE=compatible COPILOT_LLM__BASE_URL=http://127.0.0.1:9999/v1
    $ copilot serve
"""

from tests.provider.plays import Play, Received
from tests.provider.server import Provider, provider

__all__ = ["Play", "Provider", "Received", "provider"]
