"""Environment, then .env, become frozen settings; the only reader of configuration."""

import os
import re
import stat
import sys
from datetime import datetime
from pathlib import Path
from typing import Annotated, Any, Self
from urllib.parse import urlsplit

from dotenv import dotenv_values
from pydantic import AfterValidator, SecretStr, ValidationError, model_validator
from pydantic_settings import BaseSettings, SettingsConfigDict

TELEGRAM = "https://api.telegram.org"
ROOT = Path(__file__).resolve().parent.parent
CACHE = Path(sys.prefix) / "share" / "aftercare"
"""With the installation: what it holds can be fetched and learned anew."""
SECRETS = (
    "TELEGRAM_BOT_TOKEN",
    "WEBHOOK_SECRET",
    "DATABASE_URL",
    "ALARM_WEBHOOK_URL",
    "ALARM_WEBHOOK_SECRET",
    "ALARM_SMTP_URL",
)
"""Each may also be given as NAME_FILE: the path of a file that holds it."""
ENV_FILE = Path(".env")
LOCAL = ("localhost", "127.0.0.1", "::1")
SHORTEST_SECRET = 16
LEVELS = ("DEBUG", "INFO", "WARNING", "ERROR")


class BadSettings(Exception):
    """The configuration cannot be used; the message names every problem and what to do."""


def _aware(instant: datetime | None) -> datetime | None:
    if instant is not None and instant.tzinfo is None:
        raise ValueError("needs an offset, e.g. 2026-11-20T12:00:00+00:00")
    return instant


def _level(name: str) -> str:
    if name.upper() not in LEVELS:
        raise ValueError(f"{name!r} is none of {', '.join(LEVELS)}")
    return name.upper()


def _address(listen: str) -> str:
    _, colon, port = listen.rpartition(":")
    if not colon or not port.isdecimal() or int(port) > 65535:
        raise ValueError(f"{listen!r} is not host:port, like 127.0.0.1:8080")
    return listen


def _origin(url: str) -> str:
    parts = urlsplit(url)
    if parts.scheme not in ("http", "https") or not parts.hostname:
        raise ValueError(f"{url!r} is no origin, like {TELEGRAM}")
    return url.rstrip("/")


def _is_safe(url: str, *, safe: str, plain: str) -> bool:
    """Nobody on the way can read it."""
    parts = urlsplit(url)
    return bool(parts.hostname) and (parts.scheme == safe or (parts.scheme == plain and parts.hostname in LOCAL))


def _is_address(text: str) -> bool:
    return re.fullmatch(r"[^@\s<>]+@[^@\s<>]+", text) is not None


class Settings(BaseSettings):
    """One field for each line of `.env.example`."""

    model_config = SettingsConfigDict(frozen=True, env_file=ENV_FILE, extra="ignore", env_ignore_empty=True)

    telegram_bot_token: SecretStr = SecretStr("")
    telegram_api_url: Annotated[str, AfterValidator(_origin)] = TELEGRAM
    webhook_url: str = ""
    webhook_secret: SecretStr = SecretStr("")
    listen: Annotated[str, AfterValidator(_address)] = "127.0.0.1:8080"
    data_dir: Path = Path("var")
    database_url: SecretStr = SecretStr("")
    content_dir: Path = ROOT / "content"
    cache_dir: Path = CACHE
    encryption_key_file: Path | None = None
    alarm_webhook_url: SecretStr = SecretStr("")
    alarm_webhook_secret: SecretStr = SecretStr("")
    alarm_smtp_url: SecretStr = SecretStr("")
    alarm_mail_from: str = ""
    alarm_mail_to: str = ""
    log_level: Annotated[str, AfterValidator(_level)] = "INFO"
    clock_start: Annotated[datetime | None, AfterValidator(_aware)] = None
    clock_rate: float | None = None

    @model_validator(mode="after")
    def _clock_only_in_trials(self) -> Self:
        turned = self.clock_start is not None or self.clock_rate is not None
        if turned and not self.is_trial:
            raise ValueError(
                "CLOCK_START and CLOCK_RATE are for trials: point TELEGRAM_API_URL away from Telegram first"
            )
        return self

    @model_validator(mode="after")
    def _webhook_has_a_secret(self) -> Self:
        if not self.webhook_url:
            return self
        if not self.webhook_url.startswith("https://") and not self.is_trial:
            raise ValueError("WEBHOOK_URL must begin with https://: Telegram calls no other address")
        if not re.fullmatch(r"[A-Za-z0-9_-]{1,256}", self.webhook_secret.get_secret_value()):
            raise ValueError("WEBHOOK_URL needs WEBHOOK_SECRET (1-256 of A-Z a-z 0-9 _ -)")
        return self

    @model_validator(mode="after")
    def _alarms_can_leave(self) -> Self:
        hook, server = self.alarm_webhook_url.get_secret_value(), self.alarm_smtp_url.get_secret_value()
        if hook and not _is_safe(hook, safe="https", plain="http"):
            raise ValueError("ALARM_WEBHOOK_URL must begin with https:// (or be on this very machine)")
        if hook and len(self.alarm_webhook_secret.get_secret_value()) < SHORTEST_SECRET:
            raise ValueError(f"ALARM_WEBHOOK_URL needs ALARM_WEBHOOK_SECRET, {SHORTEST_SECRET} characters or more")
        if server and urlsplit(server).scheme not in ("smtp", "smtps"):
            raise ValueError("ALARM_SMTP_URL must begin with smtps:// or smtp://, like smtps://name:password@host:465")
        if server and not (_is_address(self.alarm_mail_from) and all(map(_is_address, self.alarm_addresses or ("",)))):
            raise ValueError("ALARM_SMTP_URL needs ALARM_MAIL_FROM and ALARM_MAIL_TO: addresses, with commas between")
        return self

    @property
    def alarm_addresses(self) -> tuple[str, ...]:
        return tuple(address.strip() for address in self.alarm_mail_to.split(",") if address.strip())

    @property
    def is_trial(self) -> bool:
        """Not connected to Telegram itself."""
        return urlsplit(self.telegram_api_url).hostname != urlsplit(TELEGRAM).hostname

    @property
    def has_replicas(self) -> bool:
        """Others may be sending beside us: only a shared database allows that."""
        return bool(self.database_url.get_secret_value())

    @property
    def database(self) -> str:
        """SQLAlchemy's address of the database; SQLite in the data folder unless one is named."""
        return self.database_url.get_secret_value() or f"sqlite:///{self.database_file}"

    @property
    def verdicts_dir(self) -> Path:
        """Which content this program has found clean before; with the words learned of it, not with the data."""
        return self.cache_dir / "verdicts"

    @property
    def database_file(self) -> Path:
        """Where SQLite keeps everything, unless another database is named."""
        return self.data_dir / "aftercare.db"

    @property
    def photos(self) -> Path:
        """Patients' pictures, sealed with the same key."""
        return self.data_dir / "photos"

    @property
    def backups(self) -> Path:
        return self.data_dir / "backups"

    @property
    def key_file(self) -> Path:
        """Outside the data folder, so that a copy of the folder is no use without it."""
        if self.encryption_key_file is not None:
            return self.encryption_key_file
        return self.data_dir.parent / f"{self.data_dir.name}.key"


def load(**given: Any) -> Settings:  # noqa: ANN401 - any field of Settings
    """Environment first, then `.env`; `given` beats both. Raises `BadSettings`."""
    os.environ.setdefault("PTB_TIMEDELTA", "1")
    try:
        return Settings(**(_from_files() | given))
    except ValidationError as error:
        raise BadSettings("\n".join(_say(problem) for problem in error.errors())) from error


def exposed() -> str:
    """Why `.env` must not be used as it is: others may read it; or nothing."""
    others = stat.S_IRWXG | stat.S_IRWXO
    if ENV_FILE.is_file() and ENV_FILE.stat().st_mode & others:
        return f"others may read {ENV_FILE}, which holds secrets: chmod 600 {ENV_FILE}"
    return ""


def _from_files() -> dict[str, Any]:
    """Secrets by their files. A plain NAME in the environment goes before a NAME_FILE in `.env`."""
    written = dotenv_values(ENV_FILE) if ENV_FILE.is_file() else {}
    found = {}
    for name in SECRETS:
        path = os.environ.get(f"{name}_FILE") or ("" if os.environ.get(name) else written.get(f"{name}_FILE"))
        if path:
            found[name.lower()] = _read(name, Path(path))
    return found


def _read(name: str, path: Path) -> str:
    try:
        held = path.read_text(encoding="utf-8").strip()
    except OSError as error:
        raise BadSettings(f"{name}_FILE: cannot read {path}: {error.strerror}") from error
    except UnicodeDecodeError as error:
        raise BadSettings(f"{name}_FILE: {path} is no text") from error
    if not held:
        raise BadSettings(f"{name}_FILE: {path} is empty")
    return held


def _say(problem: Any) -> str:  # noqa: ANN401 - pydantic's error dictionary
    where = ".".join(str(part).upper() for part in problem["loc"])
    what = str(problem["msg"]).removeprefix("Value error, ")
    return f"{where}: {what}" if where else what
