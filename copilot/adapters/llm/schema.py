"""The shape of an answer, as a model is told it."""

from __future__ import annotations

import json
from functools import cache
from typing import Any

from pydantic import BaseModel

_KEPT = {"type", "properties", "items", "anyOf", "enum", "const", "description"}
_CANNOT_BE_SAID = {"oneOf", "allOf", "prefixItems", "patternProperties"}


@cache
def strict_schema(reply: type[BaseModel]) -> dict[str, Any]:
    """The JSON schema in the subset that every provider's strict mode takes.

    Closed objects with every field required, nothing referred to by name, no defaults; what limits values, such as
    a least length, is left out and remains for whoever reads the answer to check. Raises TypeError for what cannot be
    said that way: mappings, unions of objects, tuples of mixed items.
    """
    schema = reply.model_json_schema()
    return _strict(schema, schema.get("$defs", {}))


def in_words(reply: type[BaseModel]) -> str:
    """For models that cannot be held to a schema."""
    schema = json.dumps(strict_schema(reply), ensure_ascii=False, separators=(",", ":"))
    return f"Answer with one JSON object and nothing else, no text around it, following this JSON schema:\n{schema}"


def _strict(node: dict[str, Any], named: dict[str, Any]) -> dict[str, Any]:
    if "$ref" in node:
        node = named[node["$ref"].removeprefix("#/$defs/")] | {key: node[key] for key in node if key != "$ref"}
    if node.get("additionalProperties") or node.keys() & _CANNOT_BE_SAID:
        raise TypeError(f"strict mode has no way to say {node.get('title', node)!r}")
    kept = {key: node[key] for key in node if key in _KEPT}
    if "anyOf" in kept:
        return _nullable([_strict(choice, named) for choice in kept.pop("anyOf")], kept)
    if "items" in kept:
        kept["items"] = _strict(kept["items"], named)
    if kept.get("type") == "object":
        fields = {name: _strict(field, named) for name, field in node.get("properties", {}).items()}
        kept |= {"properties": fields, "required": list(fields), "additionalProperties": False}
    return kept


def _nullable(choices: list[dict[str, Any]], around: dict[str, Any]) -> dict[str, Any]:
    """A choice between null and something plain, written the short way."""
    match choices:
        case [{"type": str() as kind, **rest}, {"type": "null"}] if kind not in ("array", "object"):
            if "enum" in rest:
                rest["enum"] = [*rest["enum"], None]
            return {**rest, **around, "type": [kind, "null"]}
        case _:
            return {**around, "anyOf": choices}
