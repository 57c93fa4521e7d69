"""Write the shapes that the pages get from the server as TypeScript: copilot/web/static/js/values.d.ts.

The pages' JavaScript is checked against it. `python -m scripts.page_types` after a value or an event has changed; a
test says when that was forgotten. Shapes that no model describes stand beside it, in api.d.ts.
"""

from __future__ import annotations

import json
import sys
from pathlib import Path
from typing import Any

from pydantic import BaseModel
from pydantic.json_schema import models_json_schema

from copilot.analysis.previewing import Difference
from copilot.domain.call import Utterance
from copilot.domain.events import BaseEvent, Logged
from copilot.domain.items import Item, Pitfall
from copilot.domain.recordings import Progress, SoundKept
from copilot.domain.records import CallFigures
from copilot.domain.scorecards import Scorecard
from copilot.domain.state import ModelUse
from copilot.importers.speakers import SpeakerFound
from copilot.review.ledger import Ledger
from copilot.review.ledger.carrying import Moving
from copilot.review.maturity import MaturityMap
from copilot.review.team.moments import CallBehind
from copilot.review.team.overview import Overview
from copilot.review.value_report import ValueReport

WRITTEN = Path(__file__).resolve().parent.parent / "copilot" / "web" / "static" / "js" / "values.d.ts"
ROOTS: tuple[type[BaseModel], ...] = (
    Logged,
    Utterance,
    ModelUse,
    CallFigures,
    Difference,
    Scorecard,
    Overview,
    CallBehind,
    Progress,
    SoundKept,
    SpeakerFound,
    Ledger,
    Moving,
    MaturityMap,
    ValueReport,
)
HEAD = "// Written by scripts/page_types.py from the server's models; not edited by hand.\n"
PLAIN = {"string": "string", "integer": "number", "number": "number", "boolean": "boolean", "null": "null"}


def typescript() -> str:
    """The whole file: an interface for every model that a page may be sent, all in the namespace `Api`."""
    _, schema = models_json_schema([(model, "serialization") for model in ROOTS], ref_template="{model}")
    shapes = {name: shape for name, shape in schema["$defs"].items() if name != Logged.__name__}
    event = schema["$defs"][Logged.__name__]["properties"]["event"]
    lines = [line for name in sorted(shapes) for line in _declared(name, shapes[name])]
    return "\n".join([HEAD, "declare namespace Api {", *lines, f"  type Event = {_type(event)};", "}", ""])


def _declared(name: str, shape: dict[str, Any]) -> list[str]:
    if "properties" not in shape:
        return [f"  type {name} = {_type(shape)};", ""]
    fields = {field: _type(inner) for field, inner in shape["properties"].items()}
    return [f"  interface {name} {{", *(f"    {f}: {t};" for f, t in {**fields, **_added(name)}.items()), "  }", ""]


def _added(name: str) -> dict[str, str]:
    """What the server puts beside a model's own fields."""
    if name in _names(BaseEvent):
        return {"at": "string"}
    return {"utterances": "number[]"} if name in _names(Item) | _names(Pitfall) else {}


def _names(model: type[BaseModel]) -> set[str]:
    return {model.__name__}.union(*(_names(narrower) for narrower in model.__subclasses__()))


def _type(shape: dict[str, Any]) -> str:
    """A JSON schema as a TypeScript type; one that is not known here is a mistake, not `any`."""
    match shape:
        case {"$ref": str(name)}:
            return name
        case {"const": value}:
            return json.dumps(value)
        case {"enum": values}:
            return " | ".join(json.dumps(value) for value in values)
        case {"anyOf": kinds} | {"oneOf": kinds}:
            return " | ".join(_type(kind) for kind in kinds)
        case {"type": "array", "items": items}:
            inner = _type(items)
            return f"({inner})[]" if " | " in inner else f"{inner}[]"
        case {"type": "object", "additionalProperties": dict(values)}:
            return f"Record<string, {_type(values)}>"
        case {"type": str(plain)} if plain in PLAIN:
            return PLAIN[plain]
        case _:
            raise SystemExit(f"scripts/page_types.py does not know what {shape} is in TypeScript")


def main() -> int:
    WRITTEN.write_text(typescript(), encoding="utf-8")
    return 0


if __name__ == "__main__":
    sys.exit(main())
