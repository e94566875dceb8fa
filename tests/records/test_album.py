"""Patients' pictures lie on the disk so that nobody but the clinic reads them, and never too many of them."""

import os
import stat
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path

import pytest

from bot.records.album import MOST_A_DAY, FolderAlbum
from bot.records.cipher import Cipher, fresh_keys, with_new_seal
from tests.care.scene import FRIDAY_NOON
from tests.fakes.clock import FakeClock

NOBODY = 65534
PICTURE = b"\xff\xd8 CANARY of a cheek"


def an_album(folder: Path, keys: bytes | None = None, clock: FakeClock | None = None) -> FolderAlbum:
    return FolderAlbum(folder / "photos", Cipher(keys or fresh_keys()), clock or FakeClock(FRIDAY_NOON))


def files(folder: Path) -> list[Path]:
    return [one for one in folder.rglob("*") if one.is_file()]


def test_what_was_kept_is_found_again_by_its_patient_only(tmp_path: Path) -> None:
    album = an_album(tmp_path)

    assert album.keep(17, "photo-1", PICTURE)
    assert album.keep(17, "photo-1", PICTURE)

    assert album.find(17, "photo-1") == PICTURE
    assert album.find(18, "photo-1") is None
    assert album.find(17, "photo-2") is None
    assert album.owners() == [17]
    assert len(files(tmp_path)) == 1


def test_on_the_disk_it_cannot_be_read_and_its_name_says_nothing(tmp_path: Path) -> None:
    an_album(tmp_path).keep(17, "photo-1", PICTURE)

    (file,) = files(tmp_path)
    assert b"CANARY" not in file.read_bytes()
    assert "photo-1" not in file.name
    assert stat.S_IMODE(file.stat().st_mode) == 0o600
    assert stat.S_IMODE(file.parent.stat().st_mode) == 0o700


def test_a_new_key_still_opens_it_and_a_strange_one_does_not(tmp_path: Path) -> None:
    keys = fresh_keys()
    an_album(tmp_path, keys).keep(17, "photo-1", PICTURE)

    assert an_album(tmp_path, with_new_seal(keys)).find(17, "photo-1") == PICTURE
    strange = keys.splitlines()[0] + b"\n" + fresh_keys().splitlines()[1] + b"\n"
    assert an_album(tmp_path, strange).find(17, "photo-1") is None


def test_more_than_thirty_a_day_are_not_kept_and_the_next_day_has_room(tmp_path: Path) -> None:
    clock = FakeClock(FRIDAY_NOON)
    album = an_album(tmp_path, clock=clock)

    kept = [album.keep(17, f"photo-{n}", PICTURE) for n in range(MOST_A_DAY + 1)]
    other = album.keep(18, "photo-0", PICTURE)
    clock.later(days=1)

    assert kept == [True] * MOST_A_DAY + [False]
    assert other
    assert album.keep(17, "tomorrow", PICTURE)


def test_neither_one_too_large_nor_too_much_of_one_patient_is_kept(tmp_path: Path) -> None:
    album = replace(an_album(tmp_path), most_bytes=1_000, most_of_patient=2_000)

    assert not album.keep(17, "large", b"x" * 1_001)
    assert album.keep(17, "one", b"x" * 900)
    assert not album.keep(17, "two", b"x" * 900)
    assert len(files(tmp_path)) == 1


def test_erased_nothing_of_the_patient_is_left(tmp_path: Path) -> None:
    album = an_album(tmp_path)
    album.keep(17, "photo-1", PICTURE)
    album.keep(18, "photo-2", PICTURE)

    album.erase(17)
    album.erase(99)

    assert album.owners() == [18]
    assert len(files(tmp_path)) == 1


@contextmanager
def a_user_of_its_own(folder: Path) -> Iterator[None]:
    """Root could read everything."""
    if os.geteuid() != 0:
        yield
        return
    os.chown(folder, NOBODY, NOBODY)
    os.seteuid(NOBODY)
    try:
        yield
    finally:
        os.seteuid(0)


def test_a_copy_that_cannot_be_read_is_told_of_and_stops_no_erasing(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    monkeypatch.chdir(tmp_path)  # the folders above are for their owner only
    closed = tmp_path / "backups" / "old.photos"
    closed.mkdir(parents=True)
    with a_user_of_its_own(tmp_path):
        album = replace(an_album(Path()), backups=Path("backups"))
        album.keep(17, "photo-1", PICTURE)
    closed.chmod(0)

    with a_user_of_its_own(tmp_path):
        before = album.owners()
        album.erase(17)
        after = album.owners()
    closed.chmod(0o700)

    assert (before, after) == ([17], [])
    assert {"photos_unreadable", "photos_not_erased"} == {record.message for record in caplog.records}


def test_a_folder_that_cannot_be_written_keeps_nothing_and_breaks_nothing(tmp_path: Path) -> None:
    (tmp_path / "photos").write_text("in the way")

    assert not an_album(tmp_path).keep(17, "photo-1", PICTURE)
    assert an_album(tmp_path).owners() == []
