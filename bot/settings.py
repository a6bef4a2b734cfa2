"""Everything an operator can set: environment variables and ``.env``, as one frozen object."""

from __future__ import annotations

import re
from collections.abc import Mapping
from pathlib import Path
from typing import Annotated, Literal
from urllib.parse import urlsplit

from pydantic import (
    AfterValidator,
    BeforeValidator,
    Field,
    HttpUrl,
    SecretStr,
    TypeAdapter,
    ValidationError,
    ValidationInfo,
    field_validator,
    model_validator,
)
from pydantic_settings import BaseSettings, SettingsConfigDict

from bot.delivery.budget import MESSAGES_PER_SECOND

LogLevel = Literal["DEBUG", "INFO", "WARNING", "ERROR"]
LogFormat = Literal["text", "json"]


class SettingsError(Exception):
    """A setting cannot be used. The message is one sentence that names it and never shows its value."""


def _token(secret: SecretStr) -> SecretStr:
    if re.fullmatch(r"[0-9]{6,}:[A-Za-z0-9_-]{30,}", secret.get_secret_value()) is None:
        raise ValueError("not the shape of a token")
    return secret


def _server_address(text: str) -> str:
    address = TypeAdapter(HttpUrl).validate_python(text)
    if address.query is not None or address.fragment is not None:
        raise ValueError("the bot appends to this address")
    stripped = text.rstrip("/")
    # The address that python-telegram-bot itself wants ends in /bot; with ours it would give /bot/bot<token>.
    if urlsplit(stripped).path.endswith("/bot"):
        raise ValueError("the bot adds /bot<token> itself")
    return stripped


def _database_url(text: str) -> str:
    if not re.fullmatch(r"sqlite:///.+|postgres(ql)?://.+", text):
        raise ValueError("not a database we can use")
    return text.replace("postgres://", "postgresql://", 1)


def _webhook_address(text: str) -> str:
    address = TypeAdapter(HttpUrl).validate_python(text)
    on_this_machine = address.host in ("127.0.0.1", "localhost")
    if (address.scheme != "https" and not on_this_machine) or address.query or address.fragment:
        raise ValueError("not an address for a webhook")
    return text


def _listening_place(text: str) -> str:
    host, _, port = text.rpartition(":")
    if not host or not port.isascii() or not port.isdigit() or not 0 < int(port) < 65536:
        raise ValueError("not a place to listen at")
    return text


def _host_and_port(place: str) -> tuple[str, int]:
    host, _, port = place.rpartition(":")
    return host.strip("[]"), int(port)


def _webhook_secret(secret: SecretStr) -> SecretStr:
    if re.fullmatch(r"[A-Za-z0-9_-]{16,256}", secret.get_secret_value()) is None:
        raise ValueError("not what Telegram takes as a secret, or too short for one")
    return secret


class Settings(BaseSettings):
    """The settings of one process. Each field is read from the variable of the same name in capitals.

    The environment wins over ``.env``. An empty variable counts as one that is not set.
    A field's description completes the sentence "<VARIABLE> must be ...".
    """

    model_config = SettingsConfigDict(
        frozen=True,
        extra="ignore",
        env_ignore_empty=True,
        hide_input_in_errors=True,
        env_file_encoding="utf-8",
    )

    telegram_bot_token: Annotated[SecretStr, AfterValidator(_token)] | None = Field(
        None,
        description="a bot token as @BotFather gives it, such as 123456789:AA and 33 more letters or digits",
    )
    telegram_api_url: Annotated[str, AfterValidator(_server_address)] = Field(
        "https://api.telegram.org",
        description="an http or https address without /bot at its end, such as http://127.0.0.1:8081",
    )
    database_url: Annotated[str, AfterValidator(_database_url)] = Field(
        "sqlite:///data/companion.db",
        description="the address of a database, such as sqlite:///data/companion.db or postgresql://host/name",
    )
    webhook_url: Annotated[str, AfterValidator(_webhook_address)] | None = Field(
        None, description="an https address that Telegram can reach, such as https://bot.example.org/telegram"
    )
    webhook_listen: Annotated[str, AfterValidator(_listening_place)] = Field(
        "127.0.0.1:8000", description="an address and a port to listen on, such as 127.0.0.1:8000"
    )
    webhook_secret: Annotated[SecretStr, AfterValidator(_webhook_secret)] | None = Field(
        None,
        validate_default=True,
        description="16 to 256 letters, digits, - or _ where there is a WEBHOOK_URL",
    )
    health_listen: Annotated[str, AfterValidator(_listening_place)] | None = Field(
        None, description="an address and a port to listen on, such as 127.0.0.1:9000"
    )
    log_level: Annotated[LogLevel, BeforeValidator(str.upper)] = Field(
        "INFO", description="DEBUG, INFO, WARNING or ERROR"
    )
    log_format: Annotated[LogFormat, BeforeValidator(str.lower)] = Field("text", description="text or json")
    admin_chat_id: int | None = Field(None, description="a whole number, such as 123456789")
    messages_per_second: float = Field(
        MESSAGES_PER_SECOND, gt=0, allow_inf_nan=False, description="a number above 0, such as 29.5"
    )
    clock_file: Path | None = Field(None, description="the path of a file")
    heartbeat_file: Path | None = Field(None, description="the path of a file")

    @field_validator("webhook_secret")
    @classmethod
    def _no_webhook_that_anybody_could_write_to(
        cls, secret: SecretStr | None, info: ValidationInfo
    ) -> SecretStr | None:
        if secret is None and info.data.get("webhook_url"):
            raise ValueError("no secret")
        return secret

    @property
    def listening_place(self) -> tuple[str, int]:
        """Host and port of ``webhook_listen``."""
        return _host_and_port(self.webhook_listen)

    @property
    def health_place(self) -> tuple[str, int] | None:
        """Host and port of ``health_listen``."""
        return _host_and_port(self.health_listen) if self.health_listen else None

    @model_validator(mode="before")
    @classmethod
    def _without_stray_spaces(cls, values: Mapping[str, object]) -> dict[str, object]:
        stripped = {
            name: value.strip() if isinstance(value, str) else value for name, value in values.items()
        }
        return {name: value for name, value in stripped.items() if value != ""}

    @classmethod
    def read(cls, env_file: Path = Path(".env")) -> Settings:
        """The settings of this process; a missing ``env_file`` is no error.

        Raises ``SettingsError`` for the first value that cannot be used.
        """
        try:
            return cls(_env_file=env_file)
        except ValidationError as error:
            problem = _sentence(str(error.errors(include_url=False, include_input=False)[0]["loc"][0]))
        except (OSError, UnicodeDecodeError):
            problem = f"The file {env_file} must be readable UTF-8 text."
        # Raised out here so that no chained exception carries the value.
        raise SettingsError(problem)


def _sentence(field: str) -> str:
    return f"{field.upper()} must be {Settings.model_fields[field.lower()].description}."
