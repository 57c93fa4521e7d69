from __future__ import annotations

import re
from enum import StrEnum
from typing import Any, Literal

import pytest
from pydantic import BaseModel, Field, create_model

from copilot.adapters.llm.schema import in_words, strict_schema
from copilot.analysis.deep import reply
from copilot.bundled import bundled
from copilot.commands.doctor_llm import Readiness
from tests.provider.strict_subset import faults


class Kind(StrEnum):
    ADD = "add"
    RETIRE = "retire"


class Quote(BaseModel):
    utterance: int = Field(ge=0)
    words: str = Field(min_length=3, description="Word for word.")


class Op(BaseModel):
    """One change."""

    kind: Kind
    target: Literal["outcome", "metric"] | None = None
    quote: Quote | None = Field(default=None, description="Where it was said.")
    quotes: tuple[Quote, ...] = ()
    share: float | None = Field(default=None, ge=0, le=1)


class Reply(BaseModel):
    ops: list[Op] = Field(min_length=1, max_length=12)


RETURNS = re.compile(r"^returns: (\w+)$", re.MULTILINE)
PROMPTS = [file.read_text("utf-8") for file in bundled("prompts").glob("*/v*.md")]
SENT: set[type[BaseModel]] = {getattr(reply, name) for text in PROMPTS for name in RETURNS.findall(text)} | {Readiness}

OP = strict_schema(Reply)["properties"]["ops"]["items"]


class TestTheStrictSchema:
    def test_is_what_strict_providers_take(self) -> None:
        assert faults(strict_schema(Reply)) == []

    def test_leaves_no_name_to_look_up_and_no_limit(self) -> None:
        assert strict_schema(Reply) == {
            "type": "object",
            "properties": {"ops": {"type": "array", "items": OP}},
            "required": ["ops"],
            "additionalProperties": False,
        }

    def test_has_every_field_required_and_null_where_nothing_was_said(self) -> None:
        assert OP["required"] == ["kind", "target", "quote", "quotes", "share"]
        assert OP["properties"]["target"] == {"type": ["string", "null"], "enum": ["outcome", "metric", None]}
        assert OP["properties"]["share"] == {"type": ["number", "null"]}
        assert [choice["type"] for choice in OP["properties"]["quote"]["anyOf"]] == ["object", "null"]

    def test_keeps_what_fields_mean(self) -> None:
        assert OP["description"] == "One change."
        assert OP["properties"]["quote"]["description"] == "Where it was said."
        assert OP["properties"]["quotes"]["items"]["properties"]["words"]["description"] == "Word for word."

    def test_in_words_is_the_same_schema(self) -> None:
        assert '"required":["kind","target","quote","quotes","share"]' in in_words(Reply)

    @pytest.mark.parametrize("kind", [dict[str, str], tuple[int, str], dict[str, Quote] | None])
    def test_does_not_pass_over_what_it_cannot_say(self, kind: Any) -> None:
        with pytest.raises(TypeError, match="strict mode"):
            strict_schema(create_model("Odd", field=(kind, ...)))


class TestEverySchemaSent:
    """What prompts return, in every version of theirs, and what `copilot doctor` asks for."""

    @pytest.mark.parametrize("shape", sorted(SENT, key=str), ids=lambda shape: shape.__name__)
    def test_is_what_strict_providers_take(self, shape: type[BaseModel]) -> None:
        assert faults(strict_schema(shape)) == []

    def test_is_known(self) -> None:
        assert {shape.__name__ for shape in SENT} >= {"LiveReply", "WrapUpReply", "Readiness"}


class TestTheLint:
    """What pydantic makes by itself, and what providers say of it."""

    def test_sees_what_strict_providers_refuse(self) -> None:
        found = "\n".join(faults(Reply.model_json_schema()))

        for key in ("$defs", "title", "minItems", "maxItems", "additionalProperties"):
            assert f"{key!r}" in found

    def test_sees_open_objects_unions_of_nothing_and_depth(self) -> None:
        def closed(inside: dict[str, object]) -> dict[str, object]:
            return {"type": "object", "properties": {"in": inside}, "required": ["in"], "additionalProperties": False}

        deep: dict[str, object] = {"type": "string"}
        for _ in range(6):
            deep = closed(deep)

        assert "limit of 5" in faults(deep)[0]
        assert "'additionalProperties' must be false" in faults({"type": "object", "properties": {}})[0]
        assert "'type' is missing" in faults(closed({}))[0]
        assert "'default' is not permitted" in faults(closed({"type": "string", "default": "a"}))[0]
        assert "'items' is missing" in faults(closed({"type": "array"}))[0]
        assert faults({"type": "array", "items": {"type": "string"}}) != []
