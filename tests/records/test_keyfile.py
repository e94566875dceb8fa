"""The key file is made once and kept from others."""

from pathlib import Path

import pytest

from bot.records import keyfile


def test_a_new_key_file_is_readable_by_its_owner_only(tmp_path: Path) -> None:
    path = tmp_path / "data.key"

    keyfile.read_or_create(path, data_exists=False)

    assert path.stat().st_mode & 0o777 == 0o600


def test_the_same_keys_are_read_again(tmp_path: Path) -> None:
    path = tmp_path / "data.key"
    made = keyfile.read_or_create(path, data_exists=False)

    assert keyfile.read_or_create(path, data_exists=True) == made


def test_data_without_its_key_is_refused_and_no_new_key_is_made(tmp_path: Path) -> None:
    path = tmp_path / "data.key"

    with pytest.raises(keyfile.KeyFileRefused):
        keyfile.read_or_create(path, data_exists=True)
    assert not path.exists()


def test_a_key_file_that_others_may_read_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "data.key"
    keyfile.create(path)
    path.chmod(0o644)

    with pytest.raises(keyfile.KeyFileRefused):
        keyfile.read(path)
