"""What providers answered, kept so that it can be played again without them: `KIND/PROFILE/MODEL/CASE.yaml`.

Those of the kind `synthetic` were recorded over HTTP from the provider on loopback, whose answers are written by hand:
they show that requests and answers pass through the client as they should, and nothing of how good a model is.
`recorded` are answers of real models. `make record` makes either.
"""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Any

import vcr
from vcr.request import Request

from copilot.commands.doctor_llm import Readiness, readiness_request
from copilot.domain.language_model import ModelRequest
from tests.integration.language_models import REQUEST

HERE = Path(__file__).parent
CASES: Mapping[str, ModelRequest] = {"wants": REQUEST, "readiness": readiness_request()}
BY_HAND: Mapping[str, str] = {
    "wants": '{"wants":[{"utterance":0,"words":"halve the lead time of nine days","priority":null}]}',
    "readiness": Readiness(ready=True).model_dump_json(),
}


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
