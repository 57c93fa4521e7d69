"""Answers of providers, played again; what is under `synthetic` was written by hand."""

from __future__ import annotations

import re
from dataclasses import replace
from pathlib import Path

import pytest
from vcr.errors import CannotOverwriteExistingCassetteException

from copilot.adapters.llm.model import ChatLanguageModel
from copilot.adapters.llm.opening import open_completions
from copilot.adapters.llm.profiles import PROFILES
from copilot.domain.language_model import Message
from tests.cassettes import CASES, HERE, by_hand, tape
from tests.integration.language_models import KEY, Heard, ask

pytestmark = pytest.mark.anyio

CASSETTES = sorted(HERE.glob("*/*/*/*.yaml"))
SECRET = re.compile(
    r"(?i)\b(sk|lsv2|pk|key)[-_][a-z0-9_-]{8,}|bearer|authorization|api-key|set-cookie|organization|x-request-id"
)


def names(path: Path) -> str:
    return str(path.relative_to(HERE))


async def played(path: Path, *said_besides: Message) -> Heard:
    """What becomes of the cassette's case, asked of its model as its profile says, with nobody on the line."""
    _, profile, model_name, file = path.relative_to(HERE).parts
    request = CASES[Path(file).stem]
    request = replace(request, messages=(*request.messages, *said_besides))
    nowhere = open_completions(PROFILES[profile], base_url="http://127.0.0.1:9/v1", api_key=KEY, models=[model_name])
    async with nowhere as (model,):
        assert isinstance(model, ChatLanguageModel)
        with tape(path):
            return await ask(model, request)


@pytest.mark.parametrize("path", CASSETTES, ids=names)
async def test_an_answer_is_what_was_asked_for_and_counted(path: Path) -> None:
    heard = await played(path)

    CASES[path.stem].reply.model_validate_json(heard.text)
    assert heard.failure is None
    assert heard.usage is not None
    assert heard.usage.output_tokens > 0


@pytest.mark.parametrize("path", [path for path in CASSETTES if "synthetic" in path.parts], ids=names)
async def test_a_synthetic_answer_is_the_one_written_by_hand(path: Path) -> None:
    assert (await played(path)).text == by_hand(path.stem)


def test_the_main_ways_to_speak_to_a_provider_are_on_cassette() -> None:
    kept = {(path.parts[-3], path.stem) for path in CASSETTES}

    assert {(profile, case) for profile in ("openai", "vllm", "compatible") for case in CASES} <= kept


async def test_a_request_that_has_changed_fails_loudly() -> None:
    with pytest.raises(CannotOverwriteExistingCassetteException):
        await played(CASSETTES[0], Message("user", "And now?"))


@pytest.mark.parametrize("path", CASSETTES, ids=names)
def test_no_secret_is_on_a_cassette(path: Path) -> None:
    assert SECRET.findall(path.read_text("utf-8")) == []
