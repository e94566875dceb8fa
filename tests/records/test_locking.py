"""One data folder serves one running bot."""

from pathlib import Path

import pytest

from bot.records.locking import AlreadyRunning, lock


def test_a_second_run_is_refused_in_one_clear_sentence(tmp_path: Path) -> None:
    with lock(tmp_path), pytest.raises(AlreadyRunning, match=r"stop it first\.$"), lock(tmp_path):
        pass


def test_the_folder_is_free_again_once_the_first_has_ended(tmp_path: Path) -> None:
    with lock(tmp_path / "new"):
        pass

    with lock(tmp_path / "new"):
        pass
