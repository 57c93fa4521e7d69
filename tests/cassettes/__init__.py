"""What providers answered, kept so that it can be played again without them: `KIND/PROFILE/MODEL/CASE.yaml`.

Those of the kind `synthetic` were recorded over HTTP from the provider on loopback, whose answers are written by hand:
they show that requests and answers pass through the client as they should, and nothing of how good a model is.
`recorded` are answers of real models. `make record` makes either, and has to after a change of a prompt or a schema.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import vcr
from vcr.request import Request

from copilot.adapters.prompts import PromptFiles
from copilot.analysis.deep.reply import LiveReply, WrapUpReply
from copilot.bundled import bundled
from copilot.commands.doctor_llm import readiness_request
from copilot.domain.language_model import ModelRequest
from tests.integration.language_models import REQUEST

HERE = Path(__file__).parent
PROMPTS = PromptFiles(bundled("prompts"), {reply.__name__: reply for reply in (LiveReply, WrapUpReply)})


def _prompted(name: str) -> ModelRequest:
    """A prompt filled with what the demo call of the first release filled it with."""
    inputs = json.loads((HERE / "inputs" / f"{name}.json").read_text("utf-8"))
    return PROMPTS.request(name, {key: "\n".join(lines) for key, lines in inputs.items()})


CASES: Mapping[str, ModelRequest] = {
    "wants": REQUEST,
    "readiness": readiness_request(),
    "live": _prompted("live"),
    "wrap_up": _prompted("wrap_up"),
}


def by_hand(case: str) -> str:
    """The answer in `answers/`, as a model would write it."""
    written = (HERE / "answers" / f"{case}.json").read_text("utf-8")
    return CASES[case].reply.model_validate_json(written).model_dump_json()


def tape(path: Path, *, record: bool = False) -> Any:
    """A context in which requests are answered from a cassette, or answers go onto it.

    A request that is not on it, to the letter of its body, raises vcrpy's own error, which nothing takes for a failure
    of the provider: a stale cassette fails its test.
    """
    machine = vcr.VCR(
        record_mode="all" if record else "none",
        record_on_exception=False,
        match_on=["method", "path", "body"],
        before_record_request=_without_secrets,
        before_record_response=_plain,
        decode_compressed_response=True,
    )
    return machine.use_cassette(str(path))


def _without_secrets(request: Request) -> Request:
    """No header but the content's type, and nothing of who was asked."""
    request.headers = {"content-type": "application/json"}
    request.uri = f"https://provider.invalid{request.path}"
    return request


def _plain(response: dict[str, Any]) -> dict[str, Any]:
    """Organisations, ids and cookies come in headers."""
    kept = {name: value for name, value in response["headers"].items() if name.lower() == "content-type"}
    return response | {"headers": kept}
