"""The command line in an empty folder: what was typed, what it said, how it ended."""

import json
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest

from bot.cli import call
from bot.settings import SECRETS, Settings
from tests.own_content import CONTENT

NOON = "2026-11-20T12:00:00+00:00"
"""A Friday, in the clinic's opening hours."""


@dataclass(frozen=True)
class Ended:
    status: int
    out: str
    err: str

    @property
    def json(self) -> Any:  # noqa: ANN401 - whatever the contract says
        return json.loads(self.out)


Aftercare = Callable[..., Ended]


@pytest.fixture
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """An empty folder to work in; the clock of the trial says noon, nothing else is configured."""
    for name in (*map(str.upper, Settings.model_fields), *(f"{secret}_FILE" for secret in SECRETS)):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setenv("TELEGRAM_API_URL", "http://127.0.0.1:1")
    monkeypatch.setenv("CLOCK_START", NOON)
    monkeypatch.setenv("CONTENT_DIR", str(CONTENT))
    monkeypatch.chdir(tmp_path)
    return tmp_path


@pytest.fixture
def aftercare(home: Path, capsys: pytest.CaptureFixture[str]) -> Aftercare:
    def run(*arguments: str) -> Ended:
        capsys.readouterr()
        with pytest.raises(SystemExit) as ended:
            call(arguments)
        said = capsys.readouterr()
        return Ended(int(ended.value.code or 0), said.out, said.err)

    return run
