"""A start for a new treatment is proved once, and what was wrong before does not stand in its way."""

from pathlib import Path

import pytest

from bot.library.faults import ContentRefused
from bot.library.folder import read
from bot.library.new_treatment import start
from bot.library.proof import ALONE
from bot.library.verdicts import Verdicts
from tests.library.shelves import PICO, a_folder, write


@pytest.fixture
def content(tmp_path: Path) -> Path:
    return a_folder(tmp_path / "content")


@pytest.fixture
def verdicts(tmp_path: Path) -> Verdicts:
    return Verdicts(tmp_path / "verdicts", "this code")


def test_what_was_written_is_known_to_be_clean(content: Path, verdicts: Verdicts) -> None:
    start(content, "glow", "pico", ALONE, verdicts)

    assert verdicts.passed(read(content).version)


def test_a_fault_of_before_is_no_reason_and_nothing_is_called_clean(content: Path, verdicts: Verdicts) -> None:
    write(content, "en/odd/words.toml", "")

    started = start(content, "glow", "pico", ALONE, verdicts)

    assert "protocols/glow.toml" in started.written
    assert not verdicts.passed(read(content).version)


def test_a_fault_that_it_would_bring_is_one(content: Path, verdicts: Verdicts) -> None:
    write(content, "en/odd/words.toml", "")
    write(content, "protocols/pico.toml", PICO.replace("E02", "E99"))

    with pytest.raises(ContentRefused) as refused:
        start(content, "glow", "pico", ALONE, verdicts)

    assert "protocols/glow.toml" in str(refused.value)
    assert "words.toml" not in str(refused.value)
    assert not (content / "protocols/glow.toml").exists()
