"""Settings: flags first, then COPILOT_* variables, then copilot.toml in the working folder."""

from __future__ import annotations

import tomllib
from difflib import get_close_matches
from pathlib import Path
from typing import Annotated, Any, TypeGuard

from pydantic import BaseModel, Field, SecretStr, ValidationError
from pydantic_settings import (
    BaseSettings,
    PydanticBaseSettingsSource,
    SettingsConfigDict,
    SettingsError,
    TomlConfigSettingsSource,
)

from copilot.domain.call_notes import LONGEST_SHARE_DAYS
from copilot.errors import BadSettings
from copilot.settings.sections import (
    LiveSettings,
    LlmSettings,
    MailSettings,
    SoundSettings,
    SpeechSettings,
    StoreSettings,
    TwilioSettings,
    WebhookSettings,
)

__all__ = [
    "FILE",
    "LiveSettings",
    "LlmSettings",
    "MailSettings",
    "Settings",
    "SoundSettings",
    "SpeechSettings",
    "StoreSettings",
    "TwilioSettings",
    "WebhookSettings",
    "make_data_folder",
    "read_settings",
    "setting_names",
]

FILE = "copilot.toml"


class Settings(BaseSettings):
    """Everything a server can be told; nested parts as COPILOT_LIVE__SILENCE_S."""

    model_config = SettingsConfigDict(
        frozen=True, extra="forbid", env_prefix="COPILOT_", env_nested_delimiter="__", toml_file=FILE
    )

    host: str = "127.0.0.1"
    port: int = Field(default=8765, ge=0, le=65535)
    data: Path = Path("data")
    token: SecretStr | None = Field(default=None, min_length=8)
    rubrics: Path | None = Field(default=None, description="A folder whose playbooks go before the bundled ones.")
    pins: dict[str, int] = Field(default={}, description="Versions to use of parts of the playbook, not the newest.")
    store: StoreSettings = StoreSettings()
    live: LiveSettings = LiveSettings()
    llm: LlmSettings = LlmSettings()
    speech: SpeechSettings = SpeechSettings()
    sound: SoundSettings = SoundSettings()
    twilio: TwilioSettings = TwilioSettings()
    mail: MailSettings = MailSettings()
    webhooks: dict[Annotated[str, Field(pattern="^[a-z0-9_-]{1,40}$")], WebhookSettings] = Field(
        default={}, description="Endpoints that are told what became of calls, by names of one's own."
    )
    public_url: str | None = Field(
        default=None, pattern="^https?://[^/?#@]+[^?#@]*$", description="Where people reach this server, for links."
    )
    share_days: int = Field(
        default=30, ge=1, le=LONGEST_SHARE_DAYS, description="Links to a call end so long after they are made."
    )

    @classmethod
    def settings_customise_sources(
        cls,
        settings_cls: type[BaseSettings],
        init_settings: PydanticBaseSettingsSource,
        env_settings: PydanticBaseSettingsSource,
        dotenv_settings: PydanticBaseSettingsSource,  # noqa: ARG003  the library names these five
        file_secret_settings: PydanticBaseSettingsSource,  # noqa: ARG003
    ) -> tuple[PydanticBaseSettingsSource, ...]:
        return init_settings, env_settings, TomlConfigSettingsSource(settings_cls)

    @property
    def store_file(self) -> Path:
        """Where SQLite keeps the calls, unless another database is named."""
        return self.data / "copilot.db"

    @property
    def store_url(self) -> str:
        return self.store.url or f"sqlite+aiosqlite:///{self.store_file.as_posix()}"


def make_data_folder(settings: Settings) -> None:
    """See to it that the data folder is there, a new one for its owner alone; raises BadSettings."""
    try:
        settings.data.mkdir(mode=0o700, parents=True, exist_ok=True)
    except OSError as error:
        reason = (error.strerror or "not possible").lower()
        raise BadSettings(f"cannot make the data folder {settings.data}: {reason}; try another --data") from error


def read_settings(**flags: Any) -> Settings:
    """The settings with the flags that were given (None: not given); raises BadSettings in one sentence."""
    try:
        return Settings(**{name: value for name, value in flags.items() if value is not None})
    except ValidationError as error:
        first = error.errors()[0]
        name = ".".join(str(part) for part in first["loc"])
        if first["type"] == "extra_forbidden":
            raise BadSettings(f"there is no setting {name!r}; {_suggested(name)}") from error
        if first["type"] == "value_error":
            raise BadSettings(str(first["ctx"]["error"])) from None
        given = f", not {first['input']!r}" if _may_be_shown(name, first["input"]) else ""
        raise BadSettings(f"setting {name!r}: {first['msg'].lower()}{given}") from None
    except SettingsError as error:
        name = str(error).split('"')[1]
        raise BadSettings(f"setting {name!r}: one of its variables must be JSON, and is not") from error
    except tomllib.TOMLDecodeError as error:
        raise BadSettings(f"{FILE} is not valid TOML: {error}") from error


def _may_be_shown(name: str, given: object) -> bool:
    """Secrets may not, nor what could hold one."""
    secret = ("token", "llm.api_key", "speech.server_key", "twilio.auth_token", "mail.password")
    return name not in secret and not name.startswith("webhooks.") and isinstance(given, str | int | float)


def _suggested(name: str) -> str:
    close = get_close_matches(name, setting_names(), n=1)
    return f"perhaps {close[0]!r} is meant" if close else f"those that there are: {', '.join(setting_names())}"


def setting_names() -> list[str]:
    """Every setting, nested ones with a dot."""
    fields = Settings.model_fields
    parts = {name: kind for name, field in fields.items() if _is_a_part(kind := field.annotation)}
    plain = [name for name in fields if name not in parts]
    return [*plain, *(f"{part}.{name}" for part, kind in parts.items() for name in kind.model_fields)]


def _is_a_part(kind: object) -> TypeGuard[type[BaseModel]]:
    return isinstance(kind, type) and issubclass(kind, BaseModel)
