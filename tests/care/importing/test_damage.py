"""Two hundred ways in which a file may be damaged: each is explained, by its row, and changes nothing."""

import re
from collections.abc import Iterator

import pytest

from tests.care.importing.bureau import HEADER, ROWS, told, written
from tests.fakes.records import FakeRecords

DAMAGED_ROW = 3
"""The second patient's, as a spreadsheet counts."""
BAD_CELLS: dict[str, tuple[str, ...]] = {
    "First name": (
        "<script>", "Ben\ttab\u2067", "\u2069Ben", "1", "---", "=cmd|' /C calc'!A0", "=1+1", '=HYPERLINK("http://x")',
        "+Ben", "-Ben", "@Ben", "12345", "<b>Ben</b>", "{{ day }}", "{% if %}", "Be\u200bn", "Be\u202en", "\u202eneB",
        "Be\u2066n\u2069", "Be\ufeffn", "Be\u00adn", "Be\x07n", "Be\x1bn", "Be\ue000n", "Be\ufffdn", "B" * 41,
        "B" * 201, "B" * 5_000, "...", "?", "", " ", "\u200b", "Be\u200en", "Be\U000e0041n",
    ),
    "Treatment": (
        "pico sur", "acne scars laser", "laser pico", "none", "resurf", "co3", "picosure,pico", "pico & picosure",
        "pikk", "picosur", "pico+", "pico++pico", "pico/picosure", "pico+picosure+resurfacing+acne-laser", "1",
        "laser", "", "pi\u200bco", "=pico", "pico;", "PICO SURE LASER 3000", "p", "pico\ufffd", "x" * 300,
        "pico+nothing",
    ),
    "Session date": (
        "2026-11-20.", "20-13-2026", "13-13-26", "30.02.26", "31-Feb-2026", "20 Nvember 2026", "yesterday!",
        "32.11.2026", "31.02.2026", "29.02.2026", "00.11.2026", "20.13.2026", "20/13/2026", "2026-13-01",
        "2026-11-31", "2026-02-30", "20261120", "46346", "46346.5", "2026-11-21", "2027-01-01", "21.11.2026",
        "1999-01-01", "2025-11-01", "soon", "next week", "4 weeks", "Nov", "20", "20.", "20 November 20",
        "20.11.2026 14:30", "2026-11-20 14:30", "2026-11-20T14:30:00Z", "-1", "=TODAY()", "#REF!", "#########", "",
        "0", "99.99.9999", "20.11.2026x", "20..11.2026", "2026/11/20", "20\u200b.11.2026", "1e9", "NaN", "null",
        "None", "N/A", "?", "yes", "20.11.20266", "٢٠.١٣.٢٠٢٦", "\u221220.11.2026",
    ),
    "Next session": (
        "2026-11-18", "2026-11-01", "18.11.2026", "32.12.2026", "soon", "4 weeks", "in 4 weeks", "12", "46400",
        "31.11.2026", "2026-12-32", "never", "tbc", "-", "#N/A", "18.12.2026 14:00", "+4", "+4m", "4w", "++4w",
        "next", "\u200b.\u200b",
    ),
    "Phone": (
        "phone", "+", "0800 CALL NOW", "+44 20 7946 0143 / +44 20 7946 0144", "12", "abc", "4.42079E+11",
        "+44 (0) 20 7946 0143 ext 5", "+44+20", "0" * 16, "tel:020", "020 7946 O143", "#", "++4420794", "123,456",
        "=+44", "020\ufffd7946", "1" * 201, "none", "020;794",
    ),
    "Surface": (
        "rough", "micro", "micro wounds", "removed!", "1", "yes", "INTACT?", "intact,removed", "=intact",
        "in\u200btact", "x" * 250, "skin",
    ),
    "Record number": (
        "7\u200b8", "7\x008", "7\x018", "7\ufffd8", "7" * 201, "78\u202e",
    ),
}  # fmt: skip


def in_cells() -> Iterator[tuple[str, str, bytes]]:
    for column, cells in BAD_CELLS.items():
        place = HEADER.index(column)
        for number, cell in enumerate(cells):
            row = list(ROWS[1])
            row[place] = f'"{cell.replace(chr(34), chr(34) * 2)}"'
            yield f"{column} {number}", cell, written(ROWS[0], tuple(row), ROWS[2]).encode()


def in_structure() -> Iterator[tuple[str, bytes]]:
    plain = written()
    lines = plain.split("\r\n")
    yield "a quote that never closes", plain.replace("Ben", '"Ben').encode()
    yield "a quote inside a quote", plain.replace("Ben", '"Be"n"').encode()
    yield "a quote and more behind", plain.replace("Ben", '"Ben"x').encode()
    yield "a comma too many", plain.replace("Ben;", "Ben;Smith;").encode()
    yield "a cell beyond the last", plain.replace("78;;", "78;;;x").encode()
    yield "a cell far beyond the last", plain.replace("78;;", "78" + ";" * 400 + "x").encode()
    yield "too few cells", plain.replace("Ben;pico;2026-11-18;", "Ben").encode()
    yield "another separator in one row", plain.replace(lines[2], lines[2].replace(";", ",")).encode()
    yield "a cell of a megabyte", plain.replace("Ben", "B" * 1_000_000).encode()
    yield "a letter of another encoding", plain.encode().replace(b"Ben", b"B\xe9n")
    yield "half a letter", plain.encode().replace(b"Ben", b"B\xc3")
    yield "a byte that no Windows letter has", plain.encode("cp1252").replace(b"Ben", b"B\x81n")
    yield "half of a wide letter", plain.encode("utf-16-le").replace("Ben".encode("utf-16-le"), b"\x00\xd8n\x00")
    yield "a NUL byte", plain.encode().replace(b"Ben", b"B\0n")
    yield "many NUL bytes", plain.encode().replace(b"Ben", b"\0" * 900)


def as_a_whole() -> Iterator[tuple[str, bytes]]:
    plain, body = written(), written().split("\r\n", 1)[1]
    yield "nothing", b""
    yield "blanks", b" \r\n\t \r\n"
    yield "only separators", b";;;;\r\n;;;;\r\n"
    yield "only a byte order mark", b"\xef\xbb\xbf"
    yield "ten megabytes in one cell", plain.replace("Ben", "B" * 10_000_000).encode()
    yield "too many rows", (";".join(HEADER) + "\n" + "Ben;pico;2026-11-18\n" * 20_001).encode()
    yield "a workbook", b"PK\x03\x04" + plain.encode()
    yield "an old workbook", b"\xd0\xcf\x11\xe0" + plain.encode()
    yield "a picture", b"\x89PNG\r\n\x1a\n" + bytes(range(256)) * 20
    yield "a PDF", b"%PDF-1.7\n%\xe2\xe3\xcf\xd3\n" + plain.encode("utf-16-le")
    yield "JSON", b'{"name": "Ben", "treatment": "pico"}'
    yield "a page", b"<html><table><tr><td>Ben</td></tr></table></html>"
    yield "no header", body.encode()
    yield "a header of other things", plain.replace(";".join(HEADER), "a;b;c;d;e;f;g").encode()
    yield "a column twice", plain.replace("Next session", "Session date").encode()
    yield "a column under two names", plain.replace("Record number", "Name").encode()
    yield "a column misspelt", plain.replace("Session date", "Sesion date").encode()
    yield "another column misspelt", plain.replace("Next session", "Next sesssion").encode()
    yield "no names", plain.replace("First name", "Colour").encode()
    yield "no treatments", plain.replace("Treatment", "Colour").encode()
    yield "no dates", plain.replace("Session date", "Colour").encode()
    yield "a column without a heading", plain.replace("Treatment", "").encode()
    yield "a header in quotes that never close", f'"{plain}'.encode()
    yield "a separator nobody uses", plain.replace(";", "|").encode()


KINDS = [
    *(pytest.param(content, cell, True, id=name) for name, cell, content in in_cells()),
    *(pytest.param(content, "", True, id=name) for name, content in in_structure()),
    *(pytest.param(content, "", False, id=name) for name, content in as_a_whole()),
]


def test_there_are_two_hundred_of_them() -> None:
    assert len(KINDS) >= 200


@pytest.mark.parametrize(("content", "cell", "in_row"), KINDS)
async def test_damage_is_explained_by_its_row_and_changes_nothing(content: bytes, cell: str, *, in_row: bool) -> None:
    records = FakeRecords()
    before = records.memory.snapshot()

    _, faults = await told(content, records)

    assert faults, cell
    assert all(len(fault) < 400 for fault in faults)
    if in_row:
        named = [number for fault in faults for number in re.findall(r"^Rows? ([\d, -]+):", fault)]
        assert str(DAMAGED_ROW) in ", ".join(named).split(", "), faults
        assert len(faults) <= 4, faults
    assert records.memory.snapshot() == before
