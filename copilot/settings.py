"""Settings: flags first, then COPILOT_* variables, then copilot.toml in the working folder."""

from __future__ import annotations

import tomllib
from difflib import get_close_matches
from pathlib import Path
from typing import Any

from pydantic import BaseModel, ConfigDict, Field, SecretStr, ValidationError
from pydantic_settings import BaseSettings, PydanticBaseSettingsSource, SettingsConfigDict, TomlConfigSettingsSource

from copilot.errors import BadSettings

FILE = "copilot.toml"


class StoreSettings(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid")

    url: str | None = Field(default=None, description="An SQLAlchemy async URL; by default SQLite in the data folder.")


class LiveSettings(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid")

    silence_s: float = Field(default=900.0, gt=0, description="A call that nobody sends for so long is ended.")
    most_calls: int = Field(default=1000, ge=1, description="Live calls taken at once.")


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
    def store_url(self) -> str:
        return self.store.url or f"sqlite+aiosqlite:///{(self.data / 'copilot.db').as_posix()}"


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
        given = "" if name == "token" else f", not {first['input']!r}"
        raise BadSettings(f"setting {name!r}: {first['msg'].lower()}{given}") from error
    except tomllib.TOMLDecodeError as error:
        raise BadSettings(f"{FILE} is not valid TOML: {error}") from error


def _suggested(name: str) -> str:
    close = get_close_matches(name, setting_names(), n=1)
    return f"perhaps {close[0]!r} is meant" if close else f"those that there are: {', '.join(setting_names())}"


def setting_names() -> list[str]:
    """Every setting, nested ones with a dot."""
    nested: dict[str, type[BaseModel]] = {"store": StoreSettings, "live": LiveSettings}
    plain = [name for name in Settings.model_fields if name not in nested]
    return [*plain, *(f"{part}.{name}" for part, model in nested.items() for name in model.model_fields)]
