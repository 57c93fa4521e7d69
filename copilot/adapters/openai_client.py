"""The client for whatever speaks OpenAI's way: language models and servers that transcribe."""

from __future__ import annotations

import openai

PATIENCE = openai.Timeout(600.0, connect=5.0)  # between two pieces; who asks has a deadline for the whole


def open_client(base_url: str, api_key: str) -> openai.AsyncOpenAI:
    """A client that takes nothing from OPENAI_* variables, follows nobody elsewhere, and does not try again."""
    client = openai.AsyncOpenAI(
        base_url=base_url,
        api_key=api_key,
        max_retries=0,
        timeout=PATIENCE,
        http_client=openai.DefaultAsyncHttpxClient(follow_redirects=False, timeout=PATIENCE),
    )
    client.organization = client.project = client.admin_api_key = None
    client._custom_headers = {}
    return client
