"""An operator sets something wrong: one sentence says which variable it is, and no secret is shown."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest
from pydantic import ValidationError

from bot.delivery.budget import MESSAGES_PER_SECOND
from bot.settings import Settings, SettingsError

TOKEN = "123456789:AAExampleExampleExampleExample_-1234"
ROOT = Path(__file__).parents[1]


@pytest.fixture(autouse=True)
def nothing_set(monkeypatch: pytest.MonkeyPatch) -> None:
    for field in Settings.model_fields:
        monkeypatch.delenv(field.upper(), raising=False)


@pytest.fixture
def env_file(tmp_path: Path) -> Path:
    return tmp_path / ".env"


def test_nothing_set_means_the_public_server_and_no_token(env_file: Path) -> None:
    settings = Settings.read(env_file)

    assert settings.telegram_bot_token is None
    assert settings.telegram_api_url == "https://api.telegram.org"
    assert (settings.log_level, settings.log_format) == ("INFO", "text")
    assert settings.admin_chat_id is None
    assert settings.heartbeat_file is None
    assert settings.messages_per_second == MESSAGES_PER_SECOND


def test_every_setting_is_read_from_the_environment(env_file: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("TELEGRAM_BOT_TOKEN", TOKEN)
    monkeypatch.setenv("TELEGRAM_API_URL", "http://127.0.0.1:8081")
    monkeypatch.setenv("LOG_LEVEL", "WARNING")
    monkeypatch.setenv("LOG_FORMAT", "json")
    monkeypatch.setenv("ADMIN_CHAT_ID", "-1001234567890")
    monkeypatch.setenv("HEARTBEAT_FILE", "/data/alive")
    monkeypatch.setenv("MESSAGES_PER_SECOND", "400")

    settings = Settings.read(env_file)

    assert settings.telegram_bot_token is not None
    assert settings.telegram_bot_token.get_secret_value() == TOKEN
    assert settings.telegram_api_url == "http://127.0.0.1:8081"
    assert (settings.log_level, settings.log_format) == ("WARNING", "json")
    assert settings.admin_chat_id == -1001234567890
    assert settings.heartbeat_file == Path("/data/alive")
    assert settings.messages_per_second == 400


def test_the_env_file_is_read_and_the_environment_wins(
    env_file: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    env_file.write_text("LOG_LEVEL=ERROR\nLOG_FORMAT=json\nSOMETHING_ELSE=1\n")
    monkeypatch.setenv("LOG_LEVEL", "DEBUG")

    settings = Settings.read(env_file)

    assert settings.log_level == "DEBUG"
    assert settings.log_format == "json"


def test_the_env_file_in_the_working_folder_is_the_one_that_is_read(
    env_file: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    env_file.write_text("ADMIN_CHAT_ID=7\n")
    monkeypatch.chdir(env_file.parent)

    assert Settings.read().admin_chat_id == 7


@pytest.mark.parametrize("blank", ["", "   ", "\n"])
@pytest.mark.parametrize("field", Settings.model_fields)
def test_a_blank_variable_counts_as_not_set(
    field: str, blank: str, env_file: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    default = Settings.read(env_file)
    monkeypatch.setenv(field.upper(), blank)

    assert Settings.read(env_file) == default


def test_an_empty_variable_does_not_hide_the_env_file(
    env_file: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    env_file.write_text("LOG_LEVEL=ERROR\n")
    monkeypatch.setenv("LOG_LEVEL", "")

    assert Settings.read(env_file).log_level == "ERROR"


def test_spaces_around_a_pasted_token_do_not_matter(env_file: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("TELEGRAM_BOT_TOKEN", f" {TOKEN}\n")

    token = Settings.read(env_file).telegram_bot_token

    assert token is not None
    assert token.get_secret_value() == TOKEN


@pytest.mark.parametrize(
    "wrong",
    [
        "hunter2",
        TOKEN.replace(":", "-"),
        TOKEN.partition(":")[2],
        f"12345:{'A' * 35}",
        f"123456789:{'A' * 29}",
        f"{TOKEN}!",
        f"bot {TOKEN}",
        f"{TOKEN}\n{TOKEN}",
    ],
)
def test_a_wrong_token_is_named_and_never_shown(
    wrong: str, env_file: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("TELEGRAM_BOT_TOKEN", wrong)

    with pytest.raises(SettingsError) as caught:
        Settings.read(env_file)

    assert str(caught.value).startswith("TELEGRAM_BOT_TOKEN must be a bot token")
    assert wrong not in str(caught.value)
    assert caught.value.__context__ is None, "a chained error would show the value in a traceback"
    assert caught.value.__cause__ is None


@pytest.mark.parametrize(
    ("variable", "wrong", "expected"),
    [
        ("TELEGRAM_API_URL", "localhost-eight", "an http or https address"),
        ("TELEGRAM_API_URL", "ftp://example.org", "an http or https address"),
        ("TELEGRAM_API_URL", "https://", "an http or https address"),
        ("TELEGRAM_API_URL", "http://example.org/?key=1", "an http or https address"),
        ("TELEGRAM_API_URL", "http://example.org/#top", "an http or https address"),
        ("TELEGRAM_API_URL", "https://example.org/bot/", "without /bot at its end"),
        ("LOG_LEVEL", "chatty", "DEBUG, INFO, WARNING or ERROR"),
        ("LOG_FORMAT", "xml", "text or json"),
        ("ADMIN_CHAT_ID", "@somebody", "a whole number"),
        ("ADMIN_CHAT_ID", "12.5", "a whole number"),
        ("MESSAGES_PER_SECOND", "fast", "a number above 0"),
        ("HEALTH_LISTEN", "9001", "an address and a port to listen on"),
        ("HEALTH_LISTEN", "127.0.0.2:", "an address and a port to listen on"),
        ("HEALTH_LISTEN", "127.0.0.1:99999", "an address and a port to listen on"),
        ("HEALTH_LISTEN", ":9001", "an address and a port to listen on"),
        ("HEALTH_LISTEN", "127.0.0.1:٩٠", "an address and a port to listen on"),
        ("WEBHOOK_LISTEN", "here:there", "an address and a port to listen on"),
        ("WEBHOOK_URL", "http://bot.example.org/telegram", "an https address that Telegram can reach"),
        ("WEBHOOK_URL", "https://bot.example.org/?key=1", "an https address that Telegram can reach"),
        ("WEBHOOK_URL", "here.example.org", "an https address that Telegram can reach"),
        ("DATABASE_URL", "mysql://example.org/name", "the address of a database"),
        ("MESSAGES_PER_SECOND", "-0.5", "a number above 0"),
        ("MESSAGES_PER_SECOND", "nan", "a number above 0"),
    ],
)
def test_a_wrong_value_is_one_sentence_that_names_it(
    variable: str, wrong: str, expected: str, env_file: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv(variable, wrong)

    with pytest.raises(SettingsError) as caught:
        Settings.read(env_file)

    sentence = str(caught.value)
    assert sentence.startswith(f"{variable} must be ")
    assert expected in sentence
    assert sentence.endswith(".")
    assert "\n" not in sentence
    assert wrong not in sentence


@pytest.mark.parametrize(
    ("given", "place"),
    [
        ("127.0.0.1:9000", ("127.0.0.1", 9000)),
        ("[::1]:9000", ("::1", 9000)),
        ("localhost:1", ("localhost", 1)),
    ],
)
def test_a_place_to_listen_at_is_a_host_and_a_port(
    given: str, place: tuple[str, int], env_file: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("HEALTH_LISTEN", given)
    monkeypatch.setenv("WEBHOOK_LISTEN", given)

    settings = Settings.read(env_file)

    assert settings.health_place == settings.listening_place == place


def test_health_is_shown_nowhere_unless_somebody_says_where(env_file: Path) -> None:
    assert Settings.read(env_file).health_place is None


def test_a_webhook_needs_a_secret_that_is_never_shown(
    env_file: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("WEBHOOK_URL", "https://bot.example.org/telegram")
    with pytest.raises(SettingsError, match=r"^WEBHOOK_SECRET must be 16 to 256 letters"):
        Settings.read(env_file)

    monkeypatch.setenv("WEBHOOK_SECRET", "a-secret-of-sixteen-letters")
    settings = Settings.read(env_file)
    assert "a-secret-of-sixteen" not in f"{settings!r} {settings} {settings.model_dump_json()}"

    monkeypatch.setenv("WEBHOOK_SECRET", "too short!")
    with pytest.raises(SettingsError, match=r"^WEBHOOK_SECRET must be") as caught:
        Settings.read(env_file)
    assert "too short!" not in str(caught.value)


def test_a_wrong_value_in_the_env_file_is_named_the_same_way(env_file: Path) -> None:
    env_file.write_text("log_level = loud\n")

    with pytest.raises(SettingsError, match=r"^LOG_LEVEL must be DEBUG, INFO, WARNING or ERROR\.$"):
        Settings.read(env_file)


def test_an_env_file_that_is_no_text_is_named(env_file: Path) -> None:
    env_file.write_bytes(b"LOG_LEVEL=\xff\xfe\n")

    with pytest.raises(SettingsError, match=r"\.env must be readable UTF-8 text\.$"):
        Settings.read(env_file)


@pytest.mark.parametrize(
    ("given", "used"),
    [
        ("http://127.0.0.1:8081/", "http://127.0.0.1:8081"),
        ("https://example.org/telegram//", "https://example.org/telegram"),
        ("https://example.org/robot", "https://example.org/robot"),
        ("http://[::1]:8081", "http://[::1]:8081"),
    ],
)
def test_a_server_address_ends_where_the_bot_appends(
    given: str, used: str, env_file: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("TELEGRAM_API_URL", given)

    assert Settings.read(env_file).telegram_api_url == used


def test_level_and_format_may_be_written_in_any_case(env_file: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("LOG_LEVEL", "debug")
    monkeypatch.setenv("LOG_FORMAT", "JSON")

    settings = Settings.read(env_file)

    assert (settings.log_level, settings.log_format) == ("DEBUG", "json")


def test_printing_the_settings_hides_the_token(env_file: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("TELEGRAM_BOT_TOKEN", TOKEN)

    settings = Settings.read(env_file)

    assert TOKEN not in f"{settings!r} {settings} {settings.model_dump_json()}"


def test_a_wrong_token_is_not_shown_by_the_check_itself() -> None:
    with pytest.raises(ValidationError) as caught:
        Settings(_env_file=None, telegram_bot_token="hunter2")

    assert "hunter2" not in str(caught.value)


def test_settings_cannot_be_changed_later(env_file: Path) -> None:
    settings = Settings.read(env_file)

    with pytest.raises(ValidationError):
        settings.log_level = "DEBUG"


def test_importing_reads_nothing(env_file: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    env_file.write_text("LOG_LEVEL=loud\n")
    monkeypatch.setenv("TELEGRAM_BOT_TOKEN", "wrong")
    monkeypatch.setenv("PYTHONPATH", str(ROOT))

    imported = subprocess.run(
        [sys.executable, "-c", "import bot.settings"], cwd=env_file.parent, capture_output=True, check=False
    )

    assert (imported.returncode, imported.stderr) == (0, b"")
