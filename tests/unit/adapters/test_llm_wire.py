from __future__ import annotations

from typing import Any

import pytest

from copilot.adapters.llm.wire import Chunk, read_chunk

USED = {"prompt_tokens": 120, "completion_tokens": 7, "total_tokens": 127}


def choice(**told: Any) -> dict[str, Any]:
    return {"choices": [{"index": 0, **told}]}


class TestAnEvent:
    @pytest.mark.parametrize(
        ("event", "chunk"),
        [
            (choice(delta={"content": "Yes"}, finish_reason=None), Chunk("Yes")),
            (choice(delta={"content": "Yes"}), Chunk("Yes")),
            (choice(delta={"refusal": "No"}), Chunk(refuses=True)),
            (choice(delta={}, finish_reason="stop"), Chunk(finish="stop")),
            (choice(delta=None, finish_reason="length"), Chunk(finish="length")),
            (choice(delta={"content": None, "reasoning_content": "Hm."}), Chunk()),
            ({"choices": [], "prompt_filter_results": [{}]}, Chunk()),
            ({"choices": None, "usage": None}, Chunk()),
            ({"object": "ping"}, Chunk()),
            (["no", "event"], Chunk()),
            ({"choices": {"first": 1}}, Chunk()),
            ({"choices": [None]}, Chunk()),
            (choice(delta="Yes"), Chunk()),
            (choice(delta={"content": 5}, finish_reason=5), Chunk()),
            (choice(delta={"content": [{"type": "thinking"}, {"type": "text", "text": "Yes"}, None]}), Chunk("Yes")),
            ({"choices": [], "usage": ["much"]}, Chunk()),
        ],
    )
    def test_brings_what_is_in_it_whatever_is_missing_or_odd(self, event: object, chunk: Chunk) -> None:
        assert read_chunk(event) == chunk

    def test_brings_usage_with_or_without_details(self) -> None:
        detailed = USED | {"prompt_tokens_details": {"cached_tokens": 100, "cache_write_tokens": 12}}
        vague = USED | {"prompt_tokens_details": {"cached_tokens": None}}

        def details(usage: dict[str, Any]) -> Any:
            found = read_chunk({"choices": [], "usage": usage}).usage
            assert found is not None
            assert (found["input_tokens"], found["output_tokens"]) == (120, 7)
            return found.get("input_token_details")

        assert details(detailed) == {"cache_read": 100, "cache_creation": 12}
        assert details(vague) == details(USED) == {"cache_read": 0, "cache_creation": 0}

    def test_counts_no_tokens_where_they_are_no_count(self) -> None:
        usage = read_chunk({"usage": {"prompt_tokens": "120", "completion_tokens": -1}}).usage

        assert usage is not None
        assert (usage["input_tokens"], usage["output_tokens"], usage["total_tokens"]) == (0, 0, 0)
