"""What providers' strict mode takes of JSON schema; more than this is refused by one or another of them."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

DEEPEST = 5
KNOWN = {"type", "properties", "required", "additionalProperties", "items", "enum", "const", "anyOf", "description"}
TYPES = {"string", "number", "integer", "boolean", "null", "array", "object"}


def faults(schema: Any) -> list[str]:
    """What a strict provider would say of a schema; empty where it takes it."""
    if not isinstance(schema, dict) or schema.get("type") != "object":
        return ["(): schema must have 'type': 'object'"]
    return list(_faults(schema, (), 1))


def _faults(node: Any, path: tuple[str, ...], depth: int) -> Iterator[str]:
    if not isinstance(node, dict):
        yield f"{path}: is no schema"
        return
    if depth > DEEPEST:
        yield f"{path}: {depth} levels of nesting exceed the limit of {DEEPEST}"
        return
    for key in sorted(node.keys() - KNOWN):
        yield f"{path}: {key!r} is not permitted"
    yield from _faults_of_type(node, path)
    if node.get("type") == "object":
        yield from _faults_of_object(node, path)
        for name, field in node.get("properties", {}).items():
            yield from _faults(field, (*path, name), depth + _deeper(field))
    if "items" in node:
        yield from _faults(node["items"], (*path, "items"), depth + _deeper(node["items"]))
    for i, choice in enumerate(node.get("anyOf", [])):
        yield from _faults(choice, (*path, f"anyOf {i}"), depth + _deeper(choice))


def _faults_of_type(node: dict[str, Any], path: tuple[str, ...]) -> Iterator[str]:
    told = node.get("type", [])
    types = [told] if isinstance(told, str) else told
    if not types and not node.keys() & {"anyOf", "enum", "const"}:
        yield f"{path}: 'type' is missing"
    for kind in types:
        if kind not in TYPES:
            yield f"{path}: {kind!r} is no type"
    if "array" in types and "items" not in node:
        yield f"{path}: 'items' is missing"


def _faults_of_object(node: dict[str, Any], path: tuple[str, ...]) -> Iterator[str]:
    if node.get("additionalProperties") is not False:
        yield f"{path}: 'additionalProperties' must be false"
    if set(node.get("required", [])) != set(node.get("properties", {})):
        yield f"{path}: 'required' must name every property"


def _deeper(node: Any) -> int:
    return int(isinstance(node, dict) and node.get("type") in ("object", "array"))
