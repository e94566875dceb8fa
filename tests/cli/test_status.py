"""`aftercare status` shows on one screen how the clinic's bot stands, and changes nothing."""

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from shutil import rmtree
from tempfile import TemporaryDirectory

import pytest

from bot.care.model.delivery import DeliveryState
from bot.care.model.on_call import Shift
from bot.care.model.people import Consent, Desk, Guest, Role
from bot.care.model.unanswered import Unanswered
from bot.care.ports.records import Work
from bot.records.cipher import fresh_keys
from bot.records.database import Database
from bot.records.schema import HEAD
from bot.settings import CACHE
from bot.understanding.learning import ENCODER
from tests.cli.conftest import Aftercare
from tests.fakes.clock import FakeClock
from tests.records.builders import ANNA, DESK, NOW, a_member, a_patient, a_reply, an_update, later

TREATMENTS = ["acne-laser", "acne-scar-laser", "pico", "picosure", "resurfacing"]


@pytest.fixture
def database(home: Path) -> Iterator[Database]:
    (home / "var").mkdir()
    database = Database.open(f"sqlite:///{home / 'var' / 'aftercare.db'}", fresh_keys())
    yield database
    database.close()


def a_busy_clinic(work: Work) -> None:
    agreed = {"contact": ANNA, "consent": Consent(NOW, "v1", "en")}
    work.patients.add(a_patient())
    work.patients.add(a_patient(**agreed))
    work.patients.add(a_patient(**agreed, paused_until=later(days=3).date()))
    work.patients.add(a_patient(**agreed, paused_until=NOW.date()))
    work.patients.add(a_patient(**agreed, stopped_at=NOW))
    work.patients.add(a_patient(**agreed, unreachable_since=NOW))
    work.team.add(a_member(1, role=Role.ADMIN, tested_at=NOW))
    work.team.add(a_member(2))
    work.team.set_desk(Desk(DESK, "Staff", is_forum=False, set_by=1, set_at=NOW))
    work.team.greet(Guest(DESK.chat, 9, "Eve", NOW))
    work.team.greet(Guest(DESK.chat, 2, "a colleague by now", NOW))
    work.team.greet(Guest(DESK.chat, 8, "Ada", NOW, decided_by=1, stays=True))
    work.team.greet(Guest(-1, 7, "elsewhere", NOW))
    work.outbox.add(a_reply(due_at=later(hours=-2)))
    work.outbox.add(a_reply(due_at=later(hours=2)))
    work.outbox.add(replace(a_reply(), state=DeliveryState.UNCERTAIN))
    work.inbox.store(an_update(7))
    work.inbox.failed(7, most=1)
    work.unanswered.add(Unanswered("castor oil", "en", NOW.date()), whose=1)
    work.unanswered.add(Unanswered("goat milk", "en", NOW.date(), filing=3), whose=1)


def test_everything_is_counted(database: Database, aftercare: Aftercare) -> None:
    database.writing(a_busy_clinic).result()

    found = aftercare("status", "--json").json

    assert found["schema"] == HEAD
    assert found["content"]["on_last_good"] is False
    assert found["approvals"] == {"approved": [], "not_approved": sorted((*TREATMENTS, "answers"))}
    assert found["encoder"] is (CACHE / ENCODER).is_file()
    assert found["team"]["admin"] == {"members": 1, "reachable": 1}
    assert found["team"]["clinician"] == {"members": 1, "reachable": 0}
    assert found["desk"] == {"set": True, "reachable": False, "strangers": 1}
    assert found["messages"] == {
        "due": 1, "oldest_due": "2026-11-20T10:00:00+00:00", "uncertain": 1, "failed": 0, "unreachable": 0,
    }  # fmt: skip
    assert found["unanswered"] == {"waiting": 1}
    assert found["updates"] == {"waiting": 0, "quarantined": 1}
    assert found["patients"] == {"active": 2, "paused": 1, "waiting": 1, "stopped": 1, "unreachable": 1}


def test_a_person_reads_it_on_one_screen(database: Database, aftercare: Aftercare) -> None:
    database.writing(a_busy_clinic).result()

    page = aftercare("status").out

    assert "due now     1, the oldest since 2026-11-20T10:00:00+00:00" in page
    assert "desk        PAUSED: 1 in its group" in page
    assert "unanswered  1 waiting" in page
    assert len(page.splitlines()) < 20
    database.writing(lambda work: work.team.forget_guest(DESK.chat, 9)).result()
    assert "desk        NOT TESTED" in aftercare("status").out


def test_nobody_on_call_is_said_loudly_and_somebody_with_the_end_of_their_turn(
    database: Database, aftercare: Aftercare
) -> None:
    database.writing(a_busy_clinic).result()
    assert "on call     NOBODY: /oncall" in aftercare("status").out

    database.writing(lambda work: work.on_call.add(Shift(2, NOW, later(hours=3)))).result()

    assert aftercare("status", "--json").json["on_call"] == {"somebody": True, "until": "2026-11-20T15:00:00+00:00"}
    assert "on call     somebody, until 2026-11-20T15:00:00+00:00" in aftercare("status").out


def test_broken_content_is_said_to_be_replaced_by_the_last_good(
    database: Database, home: Path, aftercare: Aftercare, monkeypatch: pytest.MonkeyPatch
) -> None:
    (home / "broken").mkdir()
    monkeypatch.setenv("CONTENT_DIR", "broken")

    found = aftercare("status", "--json").json

    assert found["content"] == {"version": None, "on_last_good": True, "faults": 1}


def test_looking_makes_no_database(home: Path, aftercare: Aftercare) -> None:
    ended = aftercare("status")

    assert (ended.status, ended.out) == (2, "")
    assert "aftercare run" in ended.err
    assert list(home.iterdir()) == []


@pytest.mark.parametrize("address", ["nonsense", "postgresql://aftercare:secret@127.0.0.1:1/aftercare"])
def test_a_database_that_is_not_there_is_one_clear_message(
    aftercare: Aftercare, monkeypatch: pytest.MonkeyPatch, address: str
) -> None:
    monkeypatch.setenv("DATABASE_URL", address)

    for verb in ("status", "backup"):
        ended = aftercare(verb)
        assert (ended.status, ended.out) == (2, "")
        assert "secret" not in ended.err


def test_a_file_that_is_no_database_is_said_to_be_none(home: Path, aftercare: Aftercare) -> None:
    (home / "var").mkdir()
    (home / "var" / "aftercare.db").write_bytes(b"this is no database" * 100)

    assert "not a database" in aftercare("status").err


def test_a_backup_holds_what_was_there_and_only_its_owner_reads_it(
    database: Database, home: Path, aftercare: Aftercare
) -> None:
    database.writing(a_busy_clinic).result()

    ended = aftercare("backup")

    copy = home / "var" / "backups" / "20261120T120000Z.db"
    assert ended.status == 0
    assert str(copy.relative_to(home)) in ended.out
    assert copy.stat().st_mode & 0o777 == 0o600
    assert copy.parent.stat().st_mode & 0o777 == 0o700
    copy.replace(home / "var" / "aftercare.db")
    (home / "var" / "aftercare.db-wal").unlink()
    assert aftercare("status", "--json").json["patients"]["active"] == 2


def test_photos_are_in_the_backup_and_can_be_put_back(database: Database, home: Path, aftercare: Aftercare) -> None:
    photos, backups = home / "var" / "photos", home / "var" / "backups"
    album = database.album(photos, FakeClock(NOW), backups=backups)
    album.keep(17, "cheek", b"a cheek")

    ended = aftercare("backup")

    copy = backups / "20261120T120000Z.photos"
    assert f"{copy.relative_to(home)} (1 photos)" in ended.out
    assert copy.stat().st_mode & 0o777 == 0o700
    rmtree(photos)
    copy.replace(photos)
    assert album.find(17, "cheek") == b"a cheek"


def test_whose_photos_are_erased_is_in_no_backup_of_the_data_folder_either(
    database: Database, home: Path, aftercare: Aftercare
) -> None:
    photos, backups = home / "var" / "photos", home / "var" / "backups"
    album = database.album(photos, FakeClock(NOW), backups=backups)
    album.keep(17, "cheek", b"a cheek")
    album.keep(18, "chin", b"a chin")
    aftercare("backup")
    rmtree(photos)

    owners = album.owners()
    album.erase(17)

    assert owners == [17, 18]
    assert [one.parent.name for one in backups.glob("*.photos/*/*")] == ["18"]


def test_a_copy_elsewhere_warns_that_erased_photos_stay_there(
    database: Database, home: Path, aftercare: Aftercare
) -> None:
    database.album(home / "var" / "photos", FakeClock(NOW)).keep(17, "cheek", b"a cheek")

    inside, outside = aftercare("backup"), aftercare("backup", "kept.db")

    assert "not erased there" not in inside.err
    assert "not erased there" in outside.err
    assert len(list((home / "kept.photos").glob("*/*"))) == 1


def test_on_another_disk_the_photos_are_written_anew(database: Database, home: Path, aftercare: Aftercare) -> None:
    album = database.album(home / "var" / "photos", FakeClock(NOW))
    album.keep(17, "cheek", b"a cheek")
    disks = [Path("/dev/shm"), Path("/var/tmp")]
    others = [disk for disk in disks if disk.is_dir() and disk.stat().st_dev != home.stat().st_dev]
    if not others:
        pytest.skip("this machine has one disk only")

    with TemporaryDirectory(dir=others[0]) as elsewhere:
        aftercare("backup", f"{elsewhere}/kept.db")
        (copy,) = Path(elsewhere, "kept.photos").glob("*/*")
        (photo,) = (home / "var" / "photos").glob("*/*")
        assert copy.read_bytes() == photo.read_bytes()
        assert copy.stat().st_mode & 0o777 == 0o600


def test_photos_of_another_backup_are_never_mixed_in(database: Database, home: Path, aftercare: Aftercare) -> None:
    (home / "kept.photos").mkdir()

    ended = aftercare("backup", "kept.db")

    assert (ended.status, (home / "kept.db").exists()) == (2, False)


def test_a_backup_never_overwrites(database: Database, home: Path, aftercare: Aftercare) -> None:
    (home / "kept.db").write_text("kept")

    ended = aftercare("backup", "kept.db")

    assert ended.status == 2
    assert "name another file" in ended.err
    assert (home / "kept.db").read_text() == "kept"


def test_what_cannot_be_copied_leaves_nothing_behind(home: Path, aftercare: Aftercare) -> None:
    (home / "var").mkdir()
    (home / "var" / "aftercare.db").write_bytes(b"this is no database" * 100)

    ended = aftercare("backup", "copy.db")

    assert ended.status == 2
    assert not (home / "copy.db").exists()


def test_without_a_database_there_is_nothing_to_copy(home: Path, aftercare: Aftercare) -> None:
    assert "there is no database" in aftercare("backup").err
    assert list(home.iterdir()) == []


def test_a_missing_encoder_is_said_loudly(
    database: Database, home: Path, aftercare: Aftercare, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("CACHE_DIR", str(home / "nowhere"))

    assert "BY WORDS ALONE" in aftercare("status").out
