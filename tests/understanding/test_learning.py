"""What was learned is kept, known again, learned anew when words change, and never needs more than words."""

import logging
import threading
from pathlib import Path
from shutil import copytree

import numpy as np
import pytest

from bot.care.ports.hearing import Situation
from bot.understanding.building import understand
from bot.understanding.learning import ENCODER, FITTED
from tests.understanding.small_words import small_words

ANYONE = Situation("en")


@pytest.fixture(scope="session")
def learned_once(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """What is kept of the small words, to be copied."""
    kept = tmp_path_factory.mktemp("learned")
    understand(small_words(), kept)
    return kept


@pytest.fixture
def learned(learned_once: Path, tmp_path: Path) -> Path:
    return copytree(learned_once, tmp_path, dirs_exist_ok=True)


def fits(cache: Path, part: str = "topics") -> list[Path]:
    return sorted((cache / FITTED).glob(f"{part}-*.npz"))


def test_the_same_words_are_learned_once_and_changed_words_anew(learned: Path) -> None:
    first = fits(learned)
    written = first[0].stat().st_ino

    understand(small_words(), learned)
    assert [file.stat().st_ino for file in fits(learned)] == [written]

    changed = understand(small_words(heat=["sauna", "is the steam room ok", "hot yoga"]), learned)
    assert len(fits(learned)) == 2
    assert changed.match("is the sauna ok", ANYONE).candidates[0].topic == "heat"


def test_what_is_kept_are_plain_numbers(learned: Path) -> None:
    for file in (*fits(learned), *fits(learned, "danger")):
        with np.load(file, allow_pickle=False) as stored:
            assert {stored[name].dtype.kind for name in stored.files} <= {"f", "i", "u"}


def test_a_damaged_file_is_learned_anew(learned: Path) -> None:
    (kept,) = fits(learned)
    kept.write_bytes(kept.read_bytes()[:1000])

    assert understand(small_words(), learned).match("can i tan", ANYONE).candidates[0].topic == "sun"
    assert kept.stat().st_size > 1000


def test_without_the_encoder_words_alone_are_understood_and_it_is_said(
    tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    with caplog.at_level(logging.WARNING):
        understanding = understand(small_words(), tmp_path)

    assert not understanding.has_encoder
    assert "The sentence encoder is missing" in caplog.text
    assert understanding.triage("there is pus", ANYONE).certain
    assert understanding.match("when can i wear foundation", ANYONE).candidates[0].topic == "makeup"


def test_a_damaged_encoder_is_as_good_as_none(tmp_path: Path, caplog: pytest.LogCaptureFixture) -> None:
    (tmp_path / ENCODER).parent.mkdir()
    (tmp_path / ENCODER).write_bytes(b"PK\x03\x04 and then nothing")

    with caplog.at_level(logging.ERROR):
        assert not understand(small_words(), tmp_path).has_encoder
    assert "cannot be read" in caplog.text


def test_a_cache_that_cannot_be_written_costs_time_but_no_understanding(tmp_path: Path) -> None:
    (tmp_path / "file").touch()

    understanding = understand(small_words(), tmp_path / "file" / "cache")

    assert understanding.match("swim again", ANYONE).candidates[0].topic == "swimming"


def wait_until_learned() -> None:
    """Wait for what is being learned beside us."""
    for thread in threading.enumerate():
        if thread.name.startswith("learning-"):
            thread.join()


def test_in_haste_all_is_understood_as_before_until_it_is_learned_anew(learned: Path) -> None:
    phrasings = ["when can i swim again", "is the pool ok", "chlorine water", "glimmerwort"]

    changed = understand(small_words(swimming=phrasings), learned, in_haste=True)
    before = changed.tongues["en"].listener.backstop
    assert changed.match("when can i swim again", ANYONE).candidates[0].topic == "swimming"
    assert changed.triage("there is pus", ANYONE).certain

    wait_until_learned()
    assert (len(fits(learned, "topics")), len(fits(learned, "danger"))) == (2, 2)
    assert changed.match("glimmerwort", ANYONE).candidates[0].topic == "swimming"
    assert changed.tongues["en"].listener.backstop is not before


def test_in_haste_a_topic_that_came_or_went_is_learned_first(learned: Path) -> None:
    changed = understand(small_words(heat=["sauna", "is the steam room ok", "hot yoga"]), learned, in_haste=True)

    assert changed.match("is the sauna ok", ANYONE).candidates[0].topic == "heat"
    wait_until_learned()
