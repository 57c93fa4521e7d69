"""Language models as LangChain knows them: ours among its own, and any other in place of ours."""

from __future__ import annotations

from typing import Any, cast

import pytest
from langchain_core.callbacks import UsageMetadataCallbackHandler
from langchain_core.exceptions import OutputParserException
from langchain_core.language_models import GenericFakeChatModel
from langchain_core.messages import AIMessage, HumanMessage

from copilot.adapters.llm.model import ChatLanguageModel
from copilot.domain.language_model import Usage
from copilot.errors import ModelFailed
from tests.integration.language_models import ANSWER, MODEL, SECRET_WORDS, Wants, ask, completions, model_at
from tests.provider import Provider

pytestmark = pytest.mark.anyio


class TestLangChain:
    async def test_gets_usage_callbacks_and_instances(self, there: Provider) -> None:
        counting = UsageMetadataCallbackHandler()

        async with model_at(there) as model:
            structured = completions(model).with_structured_output(Wants)
            wants = await structured.ainvoke([HumanMessage("u0: Hello")], config={"callbacks": [counting]})

        assert isinstance(wants, Wants)
        assert len(wants.wants) == 4
        assert counting.usage_metadata[MODEL]["output_tokens"] == len(ANSWER) // 4
        assert there.requests[0].body["response_format"]["json_schema"]["name"] == "Wants"

    async def test_hears_of_an_answer_of_another_shape(self, there: Provider) -> None:
        there.will("wrong_schema")

        async with model_at(there) as model:
            with pytest.raises(OutputParserException):
                await completions(model).with_structured_output(Wants).ainvoke("u0: Hello")

    async def test_is_told_when_it_would_block(self, there: Provider) -> None:
        async with model_at(there) as model:
            with pytest.raises(TypeError, match="await"):
                completions(model).invoke("u0: Hello")

    async def test_any_other_chat_model_will_do(self) -> None:
        chat = GenericFakeChatModel(messages=iter([AIMessage(f"Here it is:\n```json\n{ANSWER}\n```")]))

        heard = await ask(ChatLanguageModel("theirs", chat))

        assert heard.text == ANSWER
        assert heard.pieces > 1

    async def test_whatever_another_chat_model_raises_is_a_failure(self) -> None:
        chat = GenericFakeChatModel(messages=iter([cast(Any, ValueError(SECRET_WORDS))]))

        failure = (await ask(ChatLanguageModel("theirs", chat))).failure

        assert isinstance(failure, ModelFailed)
        assert failure.kind == "retryable"
        assert SECRET_WORDS not in failure.reason

    async def test_the_usage_of_another_chat_model_is_added_up(self) -> None:
        message = AIMessage(ANSWER, usage_metadata={"input_tokens": 10, "output_tokens": 5, "total_tokens": 15})

        class InOne(GenericFakeChatModel):
            disable_streaming: bool = True

        heard = await ask(ChatLanguageModel("theirs", InOne(messages=iter([message]))))

        assert heard.usage == Usage(input_tokens=10, output_tokens=5)
