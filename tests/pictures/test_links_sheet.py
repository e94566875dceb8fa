"""Links on paper: every name can be read, and every code opens the link of the patient whose name stands above it."""

from collections.abc import Iterator
from contextlib import suppress
from dataclasses import replace
from pathlib import Path

import pypdfium2 as pdfium
import pytest
import segno
import zxingcpp

from bot.care.model.sheet import Card, Sheet
from bot.pictures.drawing import Drawings

START = "https://t.me/aftercare_bot?start="
NAMES = (
    "Anna", "Zoë", "Łukasz", "Nguyễn Thị", "Ольга", "Αλεξάνδρα", "محمد", "שרה", "प्रिया", "สมชาย", "李娜", "刘伟",
    "さくら", "김지우", "Հասմիկ", "ნინო", "Bartholomew-Maximilian von Hohenstein",
)  # fmt: skip
POINTS = 72 / 25.4
"""In a millimetre."""


def a_sheet(*names: str) -> Sheet:
    cards = (
        Card(name, f"A-{number}, PicoSure", f"{START}{number:0>43}", f"ABCD-{number:0>4}")
        for number, name in enumerate(names, 1)
    )
    return Sheet("links.pdf", "Northlight Skin Clinic, until 4 December", "or write to\n@aftercare_bot", tuple(cards))


def pages(pdf: bytes) -> Iterator[pdfium.PdfPage]:
    document = pdfium.PdfDocument(pdf)
    for page in document:
        yield page
        page.close()
    document.close()


def words_on(pdf: bytes) -> str:
    said = "\n".join(page.get_textpage().get_text_bounded() for page in pages(pdf))
    # a sign of the reader's own between letters that it finds far apart
    return said.replace("\x02", "")


def test_a_name_is_there_as_its_letters_whatever_its_script() -> None:
    said = words_on(Drawings().sheet(a_sheet(*NAMES)))

    # what is read from the right is stored as it lies on the paper
    assert [name for name in NAMES if name not in said and name[::-1] not in said] == []
    numbers = range(1, len(NAMES) + 1)
    wanted = [words for number in numbers for words in (f"A-{number}, PicoSure", f"ABCD-{number:0>4}")]
    assert [words for words in wanted if words not in said] == []
    assert said.count("or write to") == len(NAMES)


def test_every_code_opens_the_link_of_the_card_it_stands_on() -> None:
    sheet = a_sheet(*NAMES, *NAMES)

    pdf = Drawings().sheet(sheet)

    seen = []
    for page in pages(pdf):
        found = zxingcpp.read_barcodes(page.render(scale=3).to_numpy())
        rows = sorted((round(one.position.top_left.y / 100), one.position.top_left.x, one.text) for one in found)
        seen += [text for _, _, text in rows]
    assert seen == [card.link for card in sheet.cards]


def test_pages_are_a4_with_eighteen_cards_each() -> None:
    pdf = Drawings().sheet(a_sheet(*["Anna"] * 19))

    sizes = [tuple(round(side / POINTS) for side in page.get_size()) for page in pages(pdf)]
    assert sizes == [(210, 297)] * 2


def test_only_the_fonts_that_names_need_are_inside() -> None:
    assert len(Drawings().sheet(a_sheet("Anna"))) < 60_000


def test_whoever_waits_hears_how_far_it_is() -> None:
    heard: list[int] = []

    Drawings().sheet(a_sheet(*["Anna"] * 20), drawn=heard.append)

    assert heard == [18, 20]


def test_a_sheet_that_cannot_be_drawn_lets_go_of_its_fonts_too() -> None:
    no_code_holds_it = Card("Anna", "A-1, PicoSure", "x" * 5000, "ABCD-0001")

    with pytest.raises(segno.DataOverflowError) as kept:
        Drawings().sheet(replace(a_sheet("Anna"), cards=(no_code_holds_it,)))

    assert kept.tb is not None, "it holds whatever was left open"
    assert [path.name for path in open_files() if path.suffix == ".ttf"] == []


def open_files() -> Iterator[Path]:
    for number in Path("/proc/self/fd").iterdir():
        with suppress(FileNotFoundError):  # the list itself was open while it was made
            yield number.readlink()
