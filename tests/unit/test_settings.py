from __future__ import annotations

import re
from pathlib import Path

import pytest

from copilot.errors import BadSettings
from copilot.settings import MailSettings, Settings, read_settings

KEY = "sk-made-up-for-this-test"


@pytest.fixture(autouse=True)
def _elsewhere(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)


def told(monkeypatch: pytest.MonkeyPatch, **variables: str) -> Settings:
    for name, value in variables.items():
        monkeypatch.setenv(f"COPILOT_LLM__{name.upper()}", value)
    return read_settings()


class TestTheLanguageModelTier:
    def test_is_not_turned_on_by_a_key_alone(self, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setenv("OPENAI_API_KEY", KEY)

        assert not told(monkeypatch, api_key=KEY).llm.on

    def test_is_turned_on_by_naming_a_model(self, monkeypatch: pytest.MonkeyPatch) -> None:
        assert told(monkeypatch, model="some-model", api_key=KEY).llm.on

    @pytest.mark.parametrize(
        ("profile", "missing"),
        [("openai", "llm.api_key"), ("azure", "llm.api_key"), ("vllm", "llm.base_url"), ("compatible", "llm.base_url")],
    )
    def test_needs_what_its_provider_needs(self, monkeypatch: pytest.MonkeyPatch, profile: str, missing: str) -> None:
        with pytest.raises(BadSettings, match=f"{missing} is missing"):
            told(monkeypatch, model="some-model", profile=profile)

    def test_does_not_take_a_key_that_was_meant_for_something_else(self, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setenv("OPENAI_API_KEY", KEY)

        with pytest.raises(BadSettings, match="api_key is missing"):
            told(monkeypatch, model="some-model")

    def test_needs_neither_key_nor_address_for_ollama(self, monkeypatch: pytest.MonkeyPatch) -> None:
        assert told(monkeypatch, model="some-model", profile="ollama").llm.on


class TestSpeech:
    @pytest.mark.parametrize(
        ("given", "missing"),
        [
            ({"server_url": "http://box:8000/v1"}, "speech.model"),
            ({"smaller_model": "tiny.en"}, "speech.model"),
            ({"model": "base.en", "server_key": KEY}, "speech.server_url"),
        ],
    )
    def test_what_is_told_by_half_says_what_is_missing(
        self, monkeypatch: pytest.MonkeyPatch, given: dict[str, str], missing: str
    ) -> None:
        for name, value in given.items():
            monkeypatch.setenv(f"COPILOT_SPEECH__{name.upper()}", value)
        with pytest.raises(BadSettings, match=f"{missing} is missing") as bad:
            read_settings()

        assert KEY not in str(bad.value)


class TestMail:
    def mail(self, monkeypatch: pytest.MonkeyPatch, **variables: str) -> MailSettings:
        for name, value in variables.items():
            monkeypatch.setenv(f"COPILOT_MAIL__{name.upper()}", value)
        return read_settings().mail

    def test_is_off_until_a_host_is_named(self, monkeypatch: pytest.MonkeyPatch) -> None:
        assert not self.mail(monkeypatch, sender="dana@vendor.example").on
        assert self.mail(monkeypatch, host="mail.vendor.example").on

    @pytest.mark.parametrize(
        ("more", "said"),
        [
            ({}, "mail.sender is missing"),
            ({"sender": "d@v.example", "username": "dana"}, "mail.username and mail.password go together"),
            (
                {"sender": "d@v.example", "username": "dana", "password": KEY, "security": "none"},
                "would send mail.password in the clear",
            ),
            ({"sender": "d@v.example", "security": "ssl"}, "mail.security"),
        ],
    )
    def test_what_cannot_be_meant_is_said(
        self, monkeypatch: pytest.MonkeyPatch, more: dict[str, str], said: str
    ) -> None:
        with pytest.raises(BadSettings, match=said) as caught:
            self.mail(monkeypatch, host="mail.vendor.example", **more)
        assert KEY not in str(caught.value)

    def test_on_this_machine_nothing_is_in_the_clear_for_anybody_else(self, monkeypatch: pytest.MonkeyPatch) -> None:
        plain = {"host": "127.0.0.1", "sender": "d@v.example", "username": "dana", "password": KEY, "security": "none"}

        assert self.mail(monkeypatch, **plain).on


class TestAMistake:
    @pytest.mark.parametrize(
        "variables",
        [
            {"model": "some-model", "profile": "azure", "api_key": KEY},
            {"api_key": KEY, "deadline_s": "-1"},
            {"api_key": KEY, "base_url": "ftp://somewhere"},
        ],
    )
    def test_never_shows_the_key(self, monkeypatch: pytest.MonkeyPatch, variables: dict[str, str]) -> None:
        with pytest.raises(BadSettings) as caught:
            told(monkeypatch, **variables)

        assert KEY not in str(caught.value)

    def test_never_shows_a_key_given_where_a_table_belongs(self, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setenv("COPILOT_LLM", f'["{KEY}"]')

        with pytest.raises(BadSettings) as caught:
            read_settings()

        assert KEY not in str(caught.value)

    def test_in_a_variable_that_must_be_json_is_named(self, monkeypatch: pytest.MonkeyPatch) -> None:
        with pytest.raises(BadSettings, match="'llm': one of its variables must be JSON"):
            told(monkeypatch, prices="two dollars")

    def test_in_a_name_gets_a_suggestion(self, monkeypatch: pytest.MonkeyPatch) -> None:
        with pytest.raises(BadSettings, match=r"perhaps 'llm\.base_url' is meant"):
            told(monkeypatch, base_ur="http://127.0.0.1")


class TestWebhooks:
    KNOWN = "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw"

    def test_are_named_in_the_environment(self, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setenv("COPILOT_WEBHOOKS__CRM__URL", "https://crm.example/hook")
        monkeypatch.setenv("COPILOT_WEBHOOKS__CRM__SECRET", self.KNOWN)
        monkeypatch.setenv("COPILOT_WEBHOOKS__CRM__EVENTS", '["call.ready"]')

        crm = read_settings().webhooks["crm"]

        assert (crm.url.get_secret_value(), crm.events, crm.words) == (
            "https://crm.example/hook",
            ("call.ready",),
            False,
        )

    @pytest.mark.parametrize(
        ("given", "sentence"),
        [
            ({"url": "http://crm.example/secret-path"}, "begins with https://"),
            ({"url": "https://dana:secret-path@crm.example"}, "holds a user or a password"),
            ({"url": "https://[secret-path"}, "the url of a webhook is none"),
            ({"url": 12}, "setting 'webhooks.crm.url'"),
            ({"secret": "whsec_secret-path"}, "the secret of a webhook is none"),
            ({"events": ["call.started"]}, "should be 'call.ended', 'call.ready'"),
            ({"words": "secret-path"}, "setting 'webhooks.crm.words'"),
        ],
    )
    def test_what_is_wrong_is_told_without_what_may_be_secret(self, given: dict[str, object], sentence: str) -> None:
        told = {"url": "https://crm.example", "secret": self.KNOWN, **given}

        with pytest.raises(BadSettings, match=re.escape(sentence)) as problem:
            read_settings(webhooks={"crm": told})
        assert "secret-path" not in str(problem.value)

    def test_may_be_on_this_machine_without_encryption(self) -> None:
        told = {"url": "http://localhost:9/hook", "secret": self.KNOWN}

        assert read_settings(webhooks={"crm": told}).webhooks["crm"].events
