"""Reads the prompts: a folder per prompt, versions as `vN.md` within it.

    ---
    purpose: what it is for
    inputs: [playbook, call]
    returns: LiveReply
    most_output_tokens: 1200
    changed: what this version does better than the one before it, by how much, on which calls
    ---
    ## system (the prefix ends here)
    Text with $playbook in it. Braces and other dollars stay as they are.
    ## user
    $call

A message that ends the prefix, and all before it, is the same from request to request, and worth caching. What is
filled in is never read as a template. A mistake in a file is found when it is read, not in the middle of a call.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Literal, cast, get_args

import yaml
from langchain_core.prompts import ChatPromptTemplate
from pydantic import BaseModel, ConfigDict, Field, ValidationError

from copilot.domain.language_model import Message, ModelRequest
from copilot.errors import BrokenPrompt

Role = Literal["system", "user", "assistant"]
Replies = Mapping[str, type[BaseModel]]

_VERSION = re.compile(r"v([1-9][0-9]*)\.md")
_PARTS = re.compile(r"---\n(?P<head>.*?)\n---\n(?P<body>.*)", re.DOTALL)
_HEADING = re.compile(r"^## (.*)\n", re.MULTILINE)
_ENDS_PREFIX = " (the prefix ends here)"
_INPUT = re.compile(r"\$([a-z_]+)")


class _Head(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid")

    purpose: str
    inputs: tuple[str, ...]
    returns: str
    most_output_tokens: int = Field(gt=0)
    changed: str


@dataclass(frozen=True, slots=True)
class _Prompt:
    file: str
    name: str
    inputs: frozenset[str]
    reply: type[BaseModel]
    most_output_tokens: int
    template: ChatPromptTemplate
    messages: tuple[tuple[Role, bool], ...]


class PromptFiles:
    """The prompts under a folder, each in its newest version or the one that `pins` names."""

    def __init__(self, folder: Path, replies: Replies, pins: Mapping[str, int] | None = None) -> None:
        """`replies` are the shapes that prompts may name as what they return. Raises BrokenPrompt."""
        pins = pins or {}
        names = sorted(entry.name for entry in folder.iterdir() if entry.is_dir())
        if strangers := sorted(pins.keys() - names):
            raise BrokenPrompt(str(folder / strangers[0]), "there is no such prompt", f"use one of {', '.join(names)}")
        self._prompts = {name: _read(_find(folder / name, pins.get(name)), replies) for name in names}

    def request(self, name: str, inputs: Mapping[str, str]) -> ModelRequest:
        prompt = self._prompts[name]
        if astray := sorted(prompt.inputs ^ inputs.keys()):
            raise BrokenPrompt(prompt.file, f"{', '.join(astray)}: given or wanted, not both", "use the same inputs")
        texts = [str(message.content) for message in prompt.template.format_messages(**inputs)]
        messages = (
            Message(role, text, ends_prefix) for (role, ends_prefix), text in zip(prompt.messages, texts, strict=True)
        )
        return ModelRequest(prompt.name, tuple(messages), prompt.reply, prompt.most_output_tokens)


def _find(folder: Path, pinned: int | None) -> Path:
    versions = {int(match[1]): path for path in folder.iterdir() if (match := _VERSION.fullmatch(path.name))}
    wanted = max(versions, default=None) if pinned is None else pinned
    if wanted not in versions:
        raise BrokenPrompt(str(folder), f"does not have {'any vN.md' if wanted is None else f'v{wanted}.md'}", "add it")
    return versions[wanted]


def _read(path: Path, replies: Replies) -> _Prompt:
    file = str(path)
    parts = _PARTS.fullmatch(path.read_text("utf-8"))
    if parts is None:
        raise BrokenPrompt(file, "does not begin with front matter", "write it between two lines of ---")
    head = _head(file, parts["head"])
    if head.returns not in replies:
        raise BrokenPrompt(file, f"returns {head.returns!r}, which nobody knows", f"use one of {', '.join(replies)}")
    messages = _messages(file, parts["body"])
    used = {name for _, _, text in messages for name in _INPUT.findall(text)}
    if astray := sorted(used ^ set(head.inputs)):
        raise BrokenPrompt(file, f"{', '.join(astray)}: among `inputs` or in the text, not both", "make them agree")
    return _Prompt(
        file=file,
        name=f"{path.parent.name} {path.stem}",
        inputs=frozenset(head.inputs),
        reply=replies[head.returns],
        most_output_tokens=head.most_output_tokens,
        template=ChatPromptTemplate([(role, _template(text)) for role, _, text in messages]),
        messages=tuple((role, ends_prefix) for role, ends_prefix, _ in messages),
    )


def _head(file: str, text: str) -> _Head:
    try:
        return _Head.model_validate(yaml.safe_load(text))
    except yaml.YAMLError as error:
        raise BrokenPrompt(file, "its front matter is no YAML", "correct it") from error
    except ValidationError as error:
        first: Any = error.errors(include_url=False)[0]
        name = ".".join(str(part) for part in first["loc"]) or "front matter"
        raise BrokenPrompt(file, f"{name!r}: {first['msg'].lower()}", "correct it") from error


def _messages(file: str, body: str) -> list[tuple[Role, bool, str]]:
    before, *pieces = _HEADING.split(body)
    if before.strip() or not pieces:
        raise BrokenPrompt(file, "has text outside of its messages", "begin with `## system`")
    found = []
    for heading, text in zip(pieces[::2], pieces[1::2], strict=True):
        role = heading.removesuffix(_ENDS_PREFIX)
        if role not in get_args(Role):
            raise BrokenPrompt(file, f"has a message for {role!r}", f"write ## and one of {', '.join(get_args(Role))}")
        found.append((cast(Role, role), heading.endswith(_ENDS_PREFIX), text.strip()))
    return found


def _template(text: str) -> str:
    """Our `$name` as LangChain's `{name}`, every other brace as itself."""
    return _INPUT.sub(r"{\1}", text.replace("{", "{{").replace("}", "}}"))
