"""An import is killed in the middle: nobody of the file is there, and the next one enrols everybody once."""

import sqlite3
from contextlib import closing
from functools import partial

import pytest

from bot.care.ports.records import Work
from scheduler.localtime import local_day
from tests.faults.clinic import Clinic, words_of
from tests.faults.forge import Forged, forge
from tests.faults.waiting import until
from tests.own_content import CONTENT

ROWS = 400


def a_file(clinic: Clinic) -> bytes:
    day = local_day(clinic.begun, clinic.zone)
    rows = (f"P{number},picosure,{day},R-{number}" for number in range(ROWS))
    return "\n".join(("Name,Treatment,Session date,Ref", *rows)).encode()


async def staged(clinic: Clinic, *, more_than: int) -> bool:
    """Rows in the table, seen by the clinic or not."""
    with closing(sqlite3.connect(clinic.folder / "var" / "aftercare.db")) as file:
        return bool(file.execute("SELECT count(*) > ? FROM patient", (more_than,)).fetchone()[0])


async def no_more_than(clinic: Clinic, rows: int) -> bool:
    return not await staged(clinic, more_than=rows)


def a_while_later(clinic: Clinic, *, by: str) -> None:
    """Whoever was at work on a file has not been heard of for so long."""
    with closing(sqlite3.connect(clinic.folder / "var" / "aftercare.db")) as file:
        file.execute("UPDATE batch SET begun_at = strftime('%Y-%m-%d %H:%M:%f000', begun_at, ?)", (f"-{by}",))
        file.commit()


def seen(work: Work) -> int:
    """However one may come across them."""
    by_ref = [work.patients.by_ref(f"R-{number}") for number in range(0, ROWS, 50)]
    return len(work.enrolments.running()) + len([one for one in by_ref if one is not None])


EVERYBODY = ROWS + ROWS // 50


async def start(clinic: Clinic) -> Forged:
    given = {"CONTENT_DIR": str(CONTENT), **clinic.settings}
    return await forge().make(["import", "all.csv"], cwd=clinic.folder, env=given)


@pytest.mark.timeout(300)
async def test_a_killed_import_leaves_nobody_and_the_next_one_enrols_everybody_once(clinic: Clinic) -> None:
    (clinic.folder / "all.csv").write_bytes(a_file(clinic))
    for kill_after in (0, 150):
        process = await start(clinic)
        await until(partial(staged, clinic, more_than=kill_after))
        process.kill()
        await process.wait()

        assert clinic.do(seen) == 0
        assert list(clinic.folder.glob("*.pdf")) == []
        a_while_later(clinic, by="3 minutes")

    assert await (await start(clinic)).wait() == 0

    assert clinic.do(seen) == EVERYBODY
    assert [path.name for path in clinic.folder.glob("*.pdf*")] == ["all-links.pdf"]


@pytest.mark.timeout(300)
async def test_a_bot_killed_while_it_enrols_a_file_begins_anew_by_itself(clinic: Clinic) -> None:
    bot = await clinic.open_up()
    clinic.people.send_file("document", clinic.staff, clinic.staff, a_file(clinic), name="all.csv")
    await clinic.until(lambda: _button(clinic))
    clinic.people.tap(clinic.staff, clinic.staff, *_button(clinic)[0])
    await until(partial(staged, clinic, more_than=100))
    await bot.killed()
    assert clinic.do(seen) == 0
    a_while_later(clinic, by="3 minutes")

    await clinic.open_up()
    await clinic.until(lambda: any(f"Enrolled: {ROWS}" in text for text in clinic.texts(clinic.staff)))
    await clinic.until(lambda: _sheets(clinic) == 2)

    assert clinic.do(seen) == EVERYBODY
    a_while_later(clinic, by="2 hours")
    await until(partial(no_more_than, clinic, ROWS))


def _button(clinic: Clinic) -> list[tuple[int, str]]:
    return [
        (message.message_id, button["callback_data"])
        for message in clinic.heard(clinic.staff)
        for row in (message.buttons or {}).get("inline_keyboard", ())
        for button in row
        if "Enrol" in button["text"]
    ]


def _sheets(clinic: Clinic) -> int:
    return sum("Links to print" in words_of(message) for message in clinic.heard(clinic.staff))
