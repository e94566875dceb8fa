"""`aftercare import` enrols a whole file or nobody, and leaves the links on paper."""

import asyncio
import stat
import sys
from collections.abc import AsyncIterator
from datetime import timedelta
from hashlib import sha256
from pathlib import Path

import pypdfium2 as pdfium
import pytest
import zxingcpp

from bot.care.model.people import Desk
from bot.care.ports.records import Work
from bot.settings import ROOT
from scheduler.clock import SystemClock
from scheduler.localtime import local_day
from tests.faults.clinic import Clinic, clinic_in
from tests.faults.forge import Ended, forge
from tests.own_content import CONTENT

FILE = "patients.csv"


@pytest.fixture
async def clinic(tmp_path: Path) -> AsyncIterator[Clinic]:
    async with clinic_in(tmp_path) as opened:
        yield opened


async def imports(clinic: Clinic, *arguments: str) -> Ended:
    given = {"CONTENT_DIR": str(CONTENT), **clinic.settings}
    return await forge().run(["import", *arguments], cwd=clinic.folder, env=given)


async def imports_afresh(clinic: Clinic, *arguments: str) -> Ended:
    """With Python itself, and all its imports."""
    given = {"PYTHONPATH": str(ROOT), "CONTENT_DIR": str(CONTENT), **clinic.settings}
    process = await asyncio.create_subprocess_exec(
        sys.executable, "-m", "bot", "import", *arguments, cwd=clinic.folder, env=given,
        stdout=asyncio.subprocess.PIPE, stderr=asyncio.subprocess.PIPE,
    )  # fmt: skip
    out, err = await process.communicate()
    return Ended(process.returncode or 0, out.decode(), err.decode())


def saved(clinic: Clinic, *rows: str, header: str = "Name,Treatment,Session date", name: str = FILE) -> Path:
    file = clinic.folder / name
    file.write_text("\n".join((header, *rows, "")))
    return file


def a_row(clinic: Clinic, name: str) -> str:
    return f"{name},picosure,{local_day(clinic.begun, clinic.zone)}"


def enrolled(work: Work) -> list[str]:
    return [work.patients.get(enrolment.patient_id).first_name for enrolment in work.enrolments.running()]


async def test_everybody_is_enrolled_and_their_links_are_on_paper_for_the_owner_only(clinic: Clinic) -> None:
    saved(clinic, a_row(clinic, "Anna"), a_row(clinic, "Ольга"))

    ended = await imports_afresh(clinic, FILE)

    links = clinic.folder / "patients-links.pdf"
    assert (ended.status, clinic.do(enrolled)) == (0, ["Anna", "Ольга"]), ended.err
    assert "2 enrolled. patients-links.pdf has their links" in ended.out
    assert stat.S_IMODE(links.stat().st_mode) == 0o600
    document = pdfium.PdfDocument(links)
    read = [one.text for one in zxingcpp.read_barcodes(document[0].render(scale=3).to_numpy())]
    document.close()
    with clinic.records() as database:
        found = [database.keys.hash(link.partition("start=")[2]) for link in read]
        invitations = await database.read(lambda work: [work.invitations.find(one) for one in found])
    assert len(read) == 2
    assert all(invitations)
    assert clinic.do(lambda work: (work.audit.verify(), work.audit.tail(1)[0].deed)) == (None, "import")


async def test_a_dry_run_says_what_would_be_done_and_saves_nothing(clinic: Clinic) -> None:
    saved(clinic, a_row(clinic, "Anna"))

    ended = await imports(clinic, FILE, "--dry-run")

    assert (ended.status, clinic.do(enrolled)) == (0, [])
    assert "Anna: PicoSure, session" in ended.out
    assert "1 can be enrolled. Nothing was saved" in ended.out
    assert [path.name for path in clinic.folder.glob("patients*")] == [FILE]


async def test_everything_wrong_is_named_by_file_and_row_and_nothing_is_saved(clinic: Clinic) -> None:
    saved(clinic, a_row(clinic, "Anna"), "Ben,pikk,2020-01-01", "=cmd,pico,32.11.2026")

    ended = await imports(clinic, FILE)

    assert (ended.status, clinic.do(enrolled)) == (1, [])
    assert f"{FILE}: Row 3: I do not know the treatment pikk" in ended.out
    assert f"{FILE}: Row 4: The name =cmd" in ended.out
    assert ended.out.splitlines()[-1].startswith("Ben,acne-laser,")
    assert "nothing was saved" in ended.err


async def test_dates_that_can_be_read_in_two_ways_need_an_option_that_is_named(clinic: Clinic) -> None:
    day = SystemClock().now().replace(day=1)
    saved(clinic, f"Anna,pico,{day:%m/%d/%Y}" if day.month != 1 else f"Anna,pico,12/01/{day.year - 1}")

    ended = await imports(clinic, FILE)
    assert (ended.status, clinic.do(enrolled)) == (1, [])
    assert "--dates day-first or --dates month-first" in ended.out

    assert (await imports(clinic, FILE, "--dates", "month-first")).status == 0
    assert clinic.do(enrolled) == ["Anna"]


async def test_the_same_file_again_adds_nothing_and_a_longer_one_only_what_is_new(clinic: Clinic) -> None:
    saved(clinic, a_row(clinic, "Anna"))
    await imports(clinic, FILE)
    again = await imports(clinic, FILE)
    saved(clinic, a_row(clinic, "Anna"), a_row(clinic, "Ben"), name="more.csv")

    more = await imports(clinic, "more.csv")

    assert (again.status, more.status) == (0, 0)
    assert "nobody in this file is new" in again.out
    assert "1 enrolled" in more.out
    assert clinic.do(enrolled) == ["Anna", "Ben"]


async def test_links_of_an_earlier_import_are_never_written_over(clinic: Clinic) -> None:
    saved(clinic, a_row(clinic, "Anna"))
    (clinic.folder / "patients-links.pdf").write_text("of last week")

    ended = await imports(clinic, FILE)

    assert (ended.status, clinic.do(enrolled)) == (2, [])
    assert "move it away first" in ended.err
    assert (clinic.folder / "patients-links.pdf").read_text() == "of last week"


async def test_a_file_that_somebody_is_enrolling_is_left_to_them(clinic: Clinic) -> None:
    file = saved(clinic, a_row(clinic, "Anna"))
    with clinic.records() as database:
        file_hash = database.keys.hash(sha256(file.read_bytes()).hexdigest())
        await database.write(lambda work: work.batches.begin(file_hash, rested=timedelta()))
    (clinic.folder / "patients-links.pdf.part").write_text("of theirs")

    ended = await imports(clinic, FILE)

    assert (ended.status, clinic.do(enrolled)) == (2, [])
    assert "try again in two minutes" in ended.err
    assert (clinic.folder / "patients-links.pdf.part").exists()


async def test_when_the_links_cannot_be_written_nobody_is_enrolled(clinic: Clinic) -> None:
    saved(clinic, a_row(clinic, "Anna"))
    (clinic.folder / "patients-links.pdf.part" / "in the way").mkdir(parents=True)

    ended = await imports(clinic, FILE)

    assert (ended.status, clinic.do(enrolled)) == (2, [])
    assert "cannot write" in ended.err
    assert "Traceback" not in ended.err


async def test_the_example_is_a_file_that_works(clinic: Clinic) -> None:
    example = await imports(clinic, "--example")
    (clinic.folder / FILE).write_text(example.out)

    ended = await imports(clinic, FILE, "--dry-run")

    assert (example.status, ended.status) == (0, 0)
    assert "2 can be enrolled" in ended.out


async def test_nobody_is_enrolled_before_an_alert_is_known_to_arrive(clinic: Clinic) -> None:
    saved(clinic, a_row(clinic, "Anna"))
    clinic.do(_untested)

    ended = await imports(clinic, FILE)

    assert (ended.status, clinic.do(enrolled)) == (2, [])
    assert "Got it" in ended.err


@pytest.mark.parametrize(
    ("arguments", "why"),
    [
        pytest.param((), "which file?", id="no file"),
        pytest.param(("gone.csv",), "cannot read gone.csv", id="no such file"),
        pytest.param(("big.csv",), "too big", id="too big"),
    ],
)
async def test_what_cannot_be_read_is_refused_in_one_line(clinic: Clinic, arguments: tuple[str, ...], why: str) -> None:
    (clinic.folder / "big.csv").write_bytes(b"x" * (5 * 1024 * 1024 + 1))

    ended = await imports(clinic, *arguments)

    assert (ended.status, len(ended.err.splitlines())) == (2, 1)
    assert why in ended.err


def _untested(work: Work) -> None:
    desk = work.team.desk()
    assert desk is not None
    work.team.set_desk(Desk(desk.contact, "Desk", is_forum=False, set_by=desk.set_by, set_at=desk.set_at))
