"""`aftercare init` takes a clinic from a token to its first admin, and never half of the way."""

import subprocess
import sys
import tomllib
from pathlib import Path

import pytest

from bot.settings import ROOT
from tests.cli.conftest import Aftercare
from tests.own_content import CLINIC, move_in

TOKEN = "123456789:" + "AAE-x_yz" * 4 + "abc"
NORD = (
    "--token", TOKEN, "--clinic", 'Haut & "Nord"', "--phone", "+49 30 1234567", "--country", "de",
    "--zone", "Europe/Berlin",
)  # fmt: skip


@pytest.fixture
def content(home: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("CONTENT_DIR", "content")
    return move_in(home / "content")


def names(home: Path) -> list[str]:
    return sorted(path.name for path in home.iterdir())


def test_a_clinic_moves_in_with_one_line(home: Path, content: Path, aftercare: Aftercare) -> None:
    ended = aftercare("init", *NORD)

    assert ended.status == 0
    assert "/claim " in ended.out
    assert all(f"\n{step}. " in ended.out for step in (1, 2, 3))
    assert names(home) == [".env", "content", "var", "var.key"]
    assert [(home / name).stat().st_mode & 0o777 for name in (".env", "var.key")] == [0o600, 0o600]
    assert f"\nTELEGRAM_BOT_TOKEN={TOKEN}\n" in (home / ".env").read_text()
    assert aftercare("check").status == 0


def test_nothing_made_up_is_left_and_comments_stay(content: Path, aftercare: Aftercare) -> None:
    aftercare("init", *NORD)

    text = (content / "clinic.toml").read_text()
    clinic = tomllib.loads(text)
    assert (clinic["name"], clinic["phone"], clinic["country"]) == ('Haut & "Nord"', "+49 30 1234567", "DE")
    assert (clinic["fictitious"], clinic["on_call_phone"], clinic["privacy_contact"]) == (False, "", "")
    assert (clinic["holidays"], "111" in clinic["out_of_hours"]) == ([], False)
    assert not [word for word in ("made up", "films and plays", "7946", "northlight") if word in text]
    assert "# minutes after which an unanswered call means urgent care" in text
    assert len(clinic["decision"]) == len(tomllib.loads(CLINIC.read_text())["decision"])


def test_nothing_is_overwritten_unless_forced(home: Path, content: Path, aftercare: Aftercare) -> None:
    aftercare("init", *NORD)
    before = {path: path.read_bytes() for path in (home / ".env", home / "var.key", content / "clinic.toml")}

    refused = aftercare("init", *NORD)
    same = {path: path.read_bytes() for path in before}
    forced = aftercare("init", *NORD, "--phone", "+49 30 7654321", "--force")

    assert (refused.status, "--force" in refused.err, same) == (2, True, before)
    assert forced.status == 0
    assert "7654321" in (content / "clinic.toml").read_text()
    assert (home / "var.key").read_bytes() == before[home / "var.key"]


def test_what_stood_in_env_stays_there(home: Path, content: Path, aftercare: Aftercare) -> None:
    (home / ".env").write_text("LOG_LEVEL=DEBUG\nTELEGRAM_BOT_TOKEN=old\n")

    aftercare("init", *NORD, "--force")

    assert (home / ".env").read_text() == f"LOG_LEVEL=DEBUG\nTELEGRAM_BOT_TOKEN={TOKEN}\n"


def test_every_wrong_option_is_named_and_nothing_is_written(home: Path, content: Path, aftercare: Aftercare) -> None:
    wrong = ("--token", "12:short", "--phone", "call us", "--country", "Germany", "--zone", "Berlin")

    ended = aftercare("init", *wrong, "--clinic", "two\nlines", "--languages", "english")

    assert ended.status == 2
    options = ("--token", "--phone", "--country", "--zone", "--clinic", "--languages")
    assert [option for option in options if f"{option}: " not in ended.err] == []
    assert TOKEN not in ended.err
    assert names(home) == ["content"]


@pytest.mark.parametrize(
    "said",
    ["out-of-hours urgent care", "Go to urgent care", "go to urgent care.", "the hospital is open", "go"],
)
def test_patients_are_told_what_to_do_when_it_is_closed(home: Path, aftercare: Aftercare, said: str) -> None:
    ended = aftercare("init", *NORD, "--out-of-hours", said)

    assert ended.status == 2
    assert "--out-of-hours: must say what to do" in ended.err
    assert "like: go to out-of-hours urgent care now" in ended.err


def test_what_to_do_when_it_is_closed_is_kept_as_it_was_written(content: Path, aftercare: Aftercare) -> None:
    aftercare("init", *NORD, "--out-of-hours", "call 116 117, day and night")

    assert tomllib.loads((content / "clinic.toml").read_text())["out_of_hours"] == "call 116 117, day and night"


@pytest.mark.parametrize(
    ("more", "says"),
    [
        pytest.param(("--country", "XX"), "'XX' has no emergency number", id="no emergency number"),
        pytest.param(("--languages", "en,eo"), "no words in eo", id="no words"),
    ],
)
def test_a_clinic_that_the_content_does_not_fit_is_refused(
    home: Path, content: Path, aftercare: Aftercare, more: tuple[str, ...], says: str
) -> None:
    ended = aftercare("init", *NORD, *more)

    assert ended.status == 2
    assert says in ended.err
    assert names(home) == ["content"]


def answering(home: Path, *arguments: str, answers: str) -> subprocess.CompletedProcess[str]:
    """Typed into a process of its own, which reads its own standard input."""
    typed = (sys.executable, "-m", "bot", "init", *arguments)
    inside = {"PYTHONPATH": str(ROOT), "CONTENT_DIR": "content", "PATH": ""}
    return subprocess.run(typed, input=answers, cwd=home, env=inside, capture_output=True, text=True, check=False)


def test_what_is_missing_is_asked_for_until_it_can_be_used(home: Path, content: Path) -> None:
    answers = ("call us", "+49 30 1234567", "de", "Europe/Berlin", "", "", "", "")

    ended = answering(home, "--token", TOKEN, "--clinic", "Nord", answers="\n".join([*answers, ""]))

    assert ended.returncode == 0, ended.stderr
    assert "a number that can be called" in ended.stderr
    assert tomllib.loads((content / "clinic.toml").read_text())["zone"] == "Europe/Berlin"


def test_answers_that_end_too_early_write_nothing(home: Path, content: Path) -> None:
    ended = answering(home, "--token", TOKEN, answers="Nord\n")

    assert ended.returncode == 2
    assert "--phone --country --zone" in ended.stderr
    assert "Traceback" not in ended.stderr
    assert names(home) == ["content"]


def test_every_code_is_another_one(home: Path, content: Path, aftercare: Aftercare) -> None:
    first = aftercare("init", *NORD).out.rpartition("/claim ")[2].strip()
    second = aftercare("admin-code").out.rpartition("/claim ")[2].strip()

    assert len(first) == len(second) == 43
    assert first != second
