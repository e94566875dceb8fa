"""A file as spreadsheet programs save it is read, however its columns are called and its dates are written."""

import pytest

from bot.care.model.day_order import DayOrder, as_typed, settled
from bot.care.services.importing_words import ranges
from tests.care.importing.bureau import HEADER, ROWS, a_bureau, told, written
from tests.care.scene import CLARA, DESK, a_scene, at_desk
from tests.fakes.records import FakeRecords

PLAIN = written()


@pytest.mark.parametrize(
    "content",
    [
        pytest.param(PLAIN.encode(), id="utf-8"),
        pytest.param(PLAIN.encode("utf-8-sig"), id="utf-8 with a byte order mark"),
        pytest.param(PLAIN.encode("utf-16"), id="utf-16 with a byte order mark"),
        pytest.param(PLAIN.encode("utf-16-le"), id="utf-16, little end first"),
        pytest.param(PLAIN.encode("utf-16-be"), id="utf-16, big end first"),
        pytest.param(PLAIN.encode("cp1252"), id="old Windows"),
        pytest.param(PLAIN.replace("\r\n", "\n").encode(), id="line feeds"),
        pytest.param(PLAIN.replace("\r\n", "\r").encode(), id="carriage returns"),
        pytest.param(PLAIN.rstrip().encode(), id="no end of line at the end"),
        pytest.param(written(separator=",").encode(), id="commas"),
        pytest.param(written(separator="\t").encode(), id="tabs"),
        pytest.param(f"sep=;\r\n{PLAIN}".encode(), id="says what separates"),
        pytest.param(f"\r\n;;;;;;\r\n{PLAIN}\r\n;;;;;;\r\n".encode(), id="blank rows around"),
        pytest.param(PLAIN.replace("\r\n", ";;;\r\n").encode(), id="blank columns behind"),
        pytest.param(f'"{PLAIN}'.replace(";", '";"').replace("\r\n", '"\r\n"').encode()[:-1], id="quoted"),
        pytest.param(PLAIN.replace("2026-11-19", "\u200e19/11/2026\u200e").encode(), id="marks around a date"),
        pytest.param(PLAIN.replace("2026-11-19", "2026-11-19 00:00:00").encode(), id="a date with midnight"),
        pytest.param(PLAIN.replace("2026-11-19", "19-Nov-26").encode(), id="a date with its month's name"),
        pytest.param(PLAIN.replace("2026-11-19", "19.11.26").encode(), id="a year of two digits"),
        pytest.param(PLAIN.replace("+44", "'+44").encode(), id="a phone number kept as text"),
    ],
)
async def test_a_file_just_works(content: bytes) -> None:
    assert await told(content) == (3, [])


@pytest.mark.parametrize(
    "names",
    [
        ("Vorname", "Behandlung", "Datum"),
        ("PATIENT NAME", "Procedure", "Treatment date"),
        ("first_name", "laser", "session-date*"),
    ],
)
async def test_columns_may_be_called_differently_and_stand_in_any_order(names: tuple[str, str, str]) -> None:
    name, treatment, day = names

    content = written(("77", "2026-11-19", "picosure", "Anna"), header=("Chart No", day, treatment, name))
    roster = await a_bureau().look(FakeRecords(), content.encode())

    (entry,) = roster.entries
    assert (entry.form.first_name, entry.form.treatments, entry.form.ref) == ("Anna", ("picosure",), "")
    assert roster.unread == ("Chart No",)


@pytest.mark.parametrize(
    ("cells", "order"),
    [
        (["05/11/2026", "20/11/2026"], DayOrder.DAY_FIRST),
        (["05/11/2026", "11/20/2026"], DayOrder.MONTH_FIRST),
        (["05/11/2026", "04/12/2026"], None),
        (["05/05/2026", "2026-11-20", "20.11.2026"], DayOrder.DAY_FIRST),
        (["20/11/2026", "11/20/2026"], DayOrder.DAY_FIRST),
        ([], DayOrder.DAY_FIRST),
    ],
)
def test_one_date_that_can_only_be_read_one_way_settles_it(cells: list[str], order: DayOrder | None) -> None:
    assert settled(cells) is order


@pytest.mark.parametrize(
    ("cell", "order", "typed"),
    [
        ("11/05/26", DayOrder.MONTH_FIRST, "05/11/2026"),
        ("05-11-2026", DayOrder.DAY_FIRST, "05/11/2026"),
        ("13/13/2026", DayOrder.MONTH_FIRST, "13/13/2026"),
        ("+4w", DayOrder.MONTH_FIRST, "+4w"),
        ("20-Nov", DayOrder.DAY_FIRST, "20 Nov"),
        ("2026-11-20T00:00:00", DayOrder.DAY_FIRST, "2026-11-20"),
    ],
)
def test_a_date_becomes_what_staff_would_type(cell: str, order: DayOrder, typed: str) -> None:
    assert as_typed(cell, order) == typed


async def test_a_file_that_dates_both_ways_is_told_which_rows_stand_out() -> None:
    rows = (("Anna", "pico", "20/10/2026"), ("Ben", "pico", "10/20/2026"))

    assert [fault[:6] for fault in (await told(written(*rows, header=HEADER[:3])))[1]] == ["Row 3:"]


async def test_the_same_row_twice_is_taken_once_and_two_people_of_one_name_are_two() -> None:
    row = ("Anna", "pico", "2026-11-19", "", "", "", "")
    namesake = ("Anna", "pico", "2026-11-19", "", "99", "", "")
    other = ("Anna", "pico", "2026-11-19", "", "98", "", "")

    roster = await a_bureau().look(FakeRecords(), written(row, row, *ROWS[1:]).encode())
    two = await a_bureau().look(FakeRecords(), written(namesake, other).encode())

    assert [(note.row, note.remark.facts["row"]) for note in roster.doubles] == [(3, "2")]
    assert len(two.entries) == 2


async def test_a_row_as_it_might_look_can_be_put_in_its_place() -> None:
    bad = ("=cmd|' /C calc'!A0", "pikk", "32.11.2026", "soon", "77", "12", "rough")
    roster = await a_bureau().look(FakeRecords(), written(bad).encode())

    mended = await told(f"{';'.join(HEADER)}\n{roster.example}")

    assert mended == (1, [])


async def test_a_formula_is_never_written_back_as_one() -> None:
    bad = ("Anna", "pikk", "2026-11-19", "", "=1+1", "", "")

    roster = await a_bureau().look(FakeRecords(), written(bad).encode())

    assert "'=1+1" in roster.example


def test_rows_are_named_briefly() -> None:
    assert ranges([9, 2, 3, 5, 7, 8, 3]) == "2-3, 5, 7-9"


@pytest.mark.parametrize("why", ["too-big", "gone"])
def test_a_file_that_was_not_looked_into_is_refused_in_words(why: str) -> None:
    assert "Nothing was saved" in a_scene().office.importing.refusal(why).text


def test_at_the_desk_too_a_role_that_may_not_import_is_told() -> None:
    scene = a_scene()

    scene.office.importing.show(scene.work, at_desk(CLARA), scene.office.importing.refusal("gone"))

    assert scene.heard(DESK) == ["This is for: admin, reception. You are clinician. Nothing was done."]
    assert scene.audited() == ["refused"]
