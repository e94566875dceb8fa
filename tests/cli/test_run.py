"""`aftercare run` that cannot start says why and what to do, in one sentence."""

import os
from pathlib import Path

import pytest

from bot.settings import load
from tests.cli.conftest import Aftercare

TOKEN = "123456789:" + "A" * 35
REAL = {"TELEGRAM_API_URL": "https://api.telegram.org", "CLOCK_START": ""}


@pytest.mark.parametrize(
    ("given", "says"),
    [
        pytest.param({"LOG_LEVEL": "loud"}, "LOG_LEVEL: 'loud' is none of DEBUG", id="log level"),
        pytest.param({"DATA_DIR": "a-file"}, "DATA_DIR=a-file cannot be written to: File exists", id="folder a file"),
        pytest.param({"DATA_DIR": "a-file/var"}, "DATA_DIR=a-file/var cannot be written to", id="folder below a file"),
        pytest.param({"DATABASE_URL": "nonsense"}, "DATABASE_URL is no address of a database", id="database address"),
        pytest.param({"DATABASE_URL": "mysql://a:s3cret@b/c"}, "DATABASE_URL names 'mysql'", id="database kind"),
        pytest.param(
            {"DATABASE_URL": "postgresql://me:s3cret@127.0.0.1:1/care"}, "cannot use the database PostgreSQL, care at",
            id="no such database",
        ),
        pytest.param({"LISTEN": "nowhere"}, "LISTEN: 'nowhere' is not host:port", id="listen"),
        pytest.param({"LISTEN": "127.0.0.1:99999"}, "is not host:port", id="listen port"),
        pytest.param(
            {"WEBHOOK_URL": "http://bot.example/x", "WEBHOOK_SECRET": "s3cret", **REAL}, "must begin with https://",
            id="webhook in the open",
        ),
        pytest.param({"WEBHOOK_URL": "https://bot.example/x"}, "needs WEBHOOK_SECRET", id="webhook without a secret"),
        pytest.param({"ALARM_WEBHOOK_URL": "http://a.example"}, "must begin with https://", id="open alarms"),
        pytest.param(
            {"ALARM_WEBHOOK_URL": "https://a.example", "ALARM_WEBHOOK_SECRET": "s3cret"}, "16 characters",
            id="a short secret",
        ),
        pytest.param({"ALARM_SMTP_URL": "mail.example"}, "must begin with smtps://", id="no mail server"),
        pytest.param({"ALARM_SMTP_URL": "smtps://mail.example"}, "ALARM_MAIL_FROM", id="mail to nobody"),
        pytest.param({"TELEGRAM_API_URL": "here"}, "TELEGRAM_API_URL: 'here' is no origin", id="origin"),
        pytest.param({"ENCRYPTION_KEY_FILE": "a-file"}, "others may read the key file a-file", id="key file"),
        pytest.param({"ENCRYPTION_KEY_FILE": "a-file/key"}, "cannot write the key file a-file/key", id="no key file"),
        pytest.param({"TELEGRAM_BOT_TOKEN": ""}, "TELEGRAM_BOT_TOKEN is empty", id="no token"),
        pytest.param({"TELEGRAM_BOT_TOKEN_FILE": "gone"}, "TELEGRAM_BOT_TOKEN_FILE: cannot read gone", id="secret"),
        pytest.param(REAL, "a fictitious clinic runs only in the playground", id="clinic"),
    ],
)  # fmt: skip
def test_what_keeps_it_from_starting_is_one_clear_message(
    home: Path, aftercare: Aftercare, monkeypatch: pytest.MonkeyPatch, given: dict[str, str], says: str
) -> None:
    (home / "a-file").touch(0o644)
    monkeypatch.setenv("TELEGRAM_BOT_TOKEN", TOKEN)
    for name, value in given.items():
        monkeypatch.setenv(name, value)

    ended = aftercare("run")

    assert ended.status == 2
    assert ended.err.startswith("aftercare: ")
    assert says in ended.err
    assert "Traceback" not in ended.err
    assert "s3cret" not in ended.err


def test_an_env_file_that_others_may_read_is_refused(home: Path, aftercare: Aftercare) -> None:
    (home / ".env").write_text(f"TELEGRAM_BOT_TOKEN={TOKEN}\n")
    (home / ".env").chmod(0o640)

    assert "chmod 600 .env" in aftercare("run").err


def test_a_secret_s_file_may_be_named_in_the_env_file(home: Path) -> None:
    (home / "token").write_text(f"{TOKEN}\n")
    (home / ".env").write_text("TELEGRAM_BOT_TOKEN=\nTELEGRAM_BOT_TOKEN_FILE=token\n")

    assert load().telegram_bot_token.get_secret_value() == TOKEN


def test_the_environment_goes_before_the_env_file(home: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (home / "token").write_text("from the env file")
    (home / "other").write_text("from the environment's file")
    (home / ".env").write_text("TELEGRAM_BOT_TOKEN_FILE=token\n")

    monkeypatch.setenv("TELEGRAM_BOT_TOKEN", TOKEN)
    plain = load().telegram_bot_token.get_secret_value()
    monkeypatch.setenv("TELEGRAM_BOT_TOKEN_FILE", "other")
    by_file = load().telegram_bot_token.get_secret_value()

    assert (plain, by_file) == (TOKEN, "from the environment's file")


def test_the_content_of_the_checkout_is_used_wherever_it_is_started(
    home: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delenv("CONTENT_DIR")

    assert (load().content_dir / "clinic.toml").is_file()
    assert not os.path.lexists("content")
