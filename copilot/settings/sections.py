"""The parts of the settings, each about one thing; what goes together is checked here."""

from __future__ import annotations

from pathlib import Path
from typing import Literal, Self
from urllib.parse import urlsplit

from pydantic import BaseModel, ConfigDict, Field, SecretStr, field_validator, model_validator

from copilot.domain.prices import Price
from copilot.domain.signing import key_of
from copilot.domain.webhooks import WEBHOOK_EVENTS, WebhookEvent


class StoreSettings(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid")

    url: str | None = Field(default=None, description="An SQLAlchemy async URL; by default SQLite in the data folder.")


class LiveSettings(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid")

    silence_s: float = Field(default=900.0, gt=0, description="A call that nobody sends for so long is ended.")
    most_calls: int = Field(default=1000, ge=1, description="Live calls taken at once.")


class LlmSettings(BaseModel):
    """The language model tier. Naming a model turns it on; a key alone does not."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    model: str | None = Field(default=None, min_length=1, description="The model that listens in, small and fast.")
    wrap_up_model: str | None = Field(default=None, description="A larger one for the end of a call; else the same.")
    profile: Literal["openai", "azure", "vllm", "ollama", "compatible"] = "openai"
    base_url: str | None = Field(default=None, pattern="^https?://", description="Where the provider is, up to /v1.")
    api_key: SecretStr | None = Field(default=None, min_length=1)
    chat_model: str | None = Field(
        default=None, pattern=r"^[\w.]+:\w+$", description="package.module:name of a LangChain chat model instead."
    )
    structure: Literal["schema", "json", "prompt"] | None = Field(
        default=None, description="How the shape of answers is asked for, where the profile has it wrong."
    )
    cache: Literal["breakpoints", "key", "none"] | None = Field(
        default=None, description="What is sent for the provider's cache, where the profile has it wrong."
    )
    reasoning_effort: str | None = Field(default=None, description="For models that reason, as the provider names it.")
    deadline_s: float = Field(default=12.0, gt=0, description="For one live request, all in all.")
    wrap_up_deadline_s: float = Field(default=90.0, gt=0, description="For the request at the end of a call.")
    concurrency: int = Field(default=8, ge=1, description="Requests under way at once.")
    call_usd: float | None = Field(default=2.0, ge=0, description="Most that one call may cost; None: no limit.")
    day_usd: float | None = Field(default=50.0, ge=0, description="Most that one day (UTC) may cost.")
    call_tokens: int | None = Field(default=2_000_000, ge=0, description="Most tokens, in and out, for one call.")
    day_tokens: int | None = Field(default=50_000_000, ge=0, description="Most tokens, in and out, for one day.")
    prices: dict[str, Price] = Field(default={}, description="Prices of models, before those that come along.")
    prompts: dict[str, int] = Field(default={}, description="Versions of prompts to use, not the newest.")
    hide_names: bool = Field(default=False, description="Replace the participants' names in what is sent.")
    langsmith: bool = Field(default=False, description="Let LangSmith trace, where its own variables ask for it.")

    @property
    def on(self) -> bool:
        return self.model is not None

    @model_validator(mode="after")
    def _can_be_reached(self) -> Self:
        if not self.on or self.chat_model is not None:
            return self
        if self.profile in ("openai", "azure") and self.api_key is None:
            raise ValueError(f"llm.api_key is missing, which the profile {self.profile!r} needs")
        if self.profile in ("azure", "vllm", "compatible") and self.base_url is None:
            raise ValueError(f"llm.base_url is missing, which the profile {self.profile!r} needs")
        return self


class SpeechSettings(BaseModel):
    """How sound becomes words. Naming a model turns it on."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    model: str | None = Field(
        default=None,
        min_length=1,
        description="A Whisper model: a size, a name on the hub, or a folder; with a server, its name for one.",
    )
    smaller_model: str | None = Field(
        default=None, min_length=1, description="A quicker one, which writes when the other falls behind."
    )
    server_url: str | None = Field(
        default=None, pattern="^https?://", description="A server that transcribes as OpenAI does, up to /v1."
    )
    server_key: SecretStr | None = Field(default=None, min_length=1)
    device: Literal["cpu", "cuda"] = "cpu"
    compute_type: str | None = Field(default=None, description="As CTranslate2 names it; int8, on a GPU int8_float16.")
    at_once: int | None = Field(default=None, ge=1, le=64, description="Decodes at once; each holds the model.")
    language: str | None = Field(default=None, description="Where a call does not say; None: it is found out.")
    terms: tuple[str, ...] = Field(default=(), description="Names and product words that are likely to be said.")
    deadline_s: float = Field(default=30.0, gt=0, description="A decode that takes longer is killed and tried again.")

    @property
    def on(self) -> bool:
        return self.model is not None

    @model_validator(mode="after")
    def _belongs_together(self) -> Self:
        if self.model is None and self.server_url is not None:
            raise ValueError("speech.model is missing: the server's name for the model that is to transcribe")
        if self.model is None and self.smaller_model is not None:
            raise ValueError("speech.model is missing, which speech.smaller_model is to stand in for")
        if self.server_key is not None and self.server_url is None:
            raise ValueError("speech.server_url is missing: where speech.server_key is the key to")
        return self


class SoundSettings(BaseModel):
    """What becomes of sound, and of recordings that are uploaded."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    keep: Literal["never", "with_consent"] = Field(
        default="never", description="Whether sound is kept where everyone agreed to it; all other sound never is."
    )
    keep_days: int = Field(default=90, ge=1, le=36_500, description="Kept sound is deleted so long after its call.")
    largest_upload_mib: int = Field(default=1024, ge=1, description="The largest recording that can be uploaded.")


class TwilioSettings(BaseModel):
    """Telephone calls by Twilio's Media Streams."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    auth_token: SecretStr | None = Field(
        default=None, min_length=8, description="The account's; with it, the signature of every stream is checked."
    )
    url: str | None = Field(
        default=None, pattern="^wss://", description="The address of /ws/twilio, as Twilio knows it."
    )
    inbound: Literal["customer", "rep"] = Field(
        default="customer", description="Whose voice Twilio's inbound track is, where a call does not say."
    )


class MailSettings(BaseModel):
    """The mail server that emails go through. Naming a host turns it on; each still needs a person's word."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    host: str | None = Field(default=None, min_length=1)
    port: int = Field(default=587, ge=1, le=65535)
    security: Literal["starttls", "tls", "none"] = Field(
        default="starttls", description="Encrypted after a greeting, from the first byte (port 465), or not at all."
    )
    ca_file: Path | None = Field(default=None, description="Certificates to trust besides the system's own.")
    username: str | None = None
    password: SecretStr | None = None
    sender: str | None = Field(default=None, description="The address that emails come from.")
    copies_to: tuple[str, ...] = Field(default=(), description="Addresses that get a blind copy, a CRM's for one.")
    deadline_s: float = Field(default=30.0, gt=0, description="For each answer of the server.")

    @property
    def on(self) -> bool:
        return self.host is not None

    @model_validator(mode="after")
    def _can_be_used(self) -> Self:
        if not self.on:
            return self
        if self.sender is None:
            raise ValueError("mail.sender is missing: the address that emails come from")
        if (self.username is None) != (self.password is None):
            raise ValueError("mail.username and mail.password go together; one of them is missing")
        if self.security == "none" and self.password is not None and not _is_this_machine(self.host or ""):
            raise ValueError("mail.security 'none' would send mail.password in the clear; use 'starttls' or 'tls'")
        return self


class WebhookSettings(BaseModel):
    """An endpoint that is told what became of calls, under a name of one's own."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    url: SecretStr = Field(description="Where to; many hold a secret, so nothing but its host is ever shown.")
    secret: SecretStr = Field(description="What messages are signed with: whsec_ and base64 of 24 to 64 random bytes.")
    events: tuple[WebhookEvent, ...] = Field(default=WEBHOOK_EVENTS, min_length=1)
    words: bool = Field(default=False, description="Whether messages hold names and what the customer said.")

    @field_validator("url")
    @classmethod
    def _goes_out_safely(cls, url: SecretStr) -> SecretStr:
        try:
            parts = urlsplit(url.get_secret_value())
            host, _ = parts.hostname or "", parts.port
        except ValueError:
            raise ValueError("the url of a webhook is none") from None
        if parts.username is not None or parts.password is not None:
            raise ValueError("the url of a webhook holds a user or a password; its secret is what it is known by")
        if not host or not (parts.scheme == "https" or (parts.scheme == "http" and _is_this_machine(host))):
            raise ValueError("the url of a webhook begins with https://; http:// is for this machine alone")
        return url

    @field_validator("secret")
    @classmethod
    def _is_a_key(cls, secret: SecretStr) -> SecretStr:
        try:
            key_of(secret.get_secret_value())
        except ValueError as problem:
            made = 'echo "whsec_$(openssl rand -base64 32)"'
            raise ValueError(f"the secret of a webhook is none: {problem}; {made} makes one") from None
        return secret


def _is_this_machine(host: str) -> bool:
    return host == "localhost" or host.startswith("127.") or host == "::1"
