"""A sheet of one-time links on A4, three cards in a row."""

from collections.abc import Callable

import segno
from fpdf import FPDF
from fpdf.fonts import TTFFont
from PIL import Image

from bot.care.model.sheet import Card, Sheet
from bot.pictures.fonts import latin, others_for

COLUMNS, ROWS = 3, 6
WIDTH, HEIGHT, LEFT, TOP = 62.0, 44.0, 12.0, 20.0
"""Of a card and around the cards, in millimetres."""
INSIDE = 3.0
CODE = 27.0
BESIDE = WIDTH - CODE - 3 * INSIDE
SMALL = 8
MARKS = "\u0300"
"""From here on letters depend on their neighbours."""
SMUDGES = "m"
MASK = 3
"""Any mask can be read; to weigh all eight takes longer than everything else on the page."""
LIGHT_AND_DARK = bytes([255, 0]) + bytes(254)


def links_sheet(sheet: Sheet, *, drawn: Callable[[int], None]) -> bytes:
    """A PDF. `drawn` hears after each page how many cards are done."""
    pdf = FPDF(format="A4")
    try:
        _prepare(pdf, sheet)
        return _drawn(pdf, sheet, drawn)
    finally:
        # each holds its file open, also of a sheet that cannot be drawn
        for font in pdf.fonts.values():
            if isinstance(font, TTFFont):
                font.ttfont.close()


def _drawn(pdf: FPDF, sheet: Sheet, drawn: Callable[[int], None]) -> bytes:
    hint = sheet.hint.splitlines()
    on_page = COLUMNS * ROWS
    for first in range(0, len(sheet.cards), on_page):
        _page(pdf, sheet.heading, hint, sheet.cards[first : first + on_page])
        drawn(min(first + on_page, len(sheet.cards)))
    return bytes(pdf.output())


def _prepare(pdf: FPDF, sheet: Sheet) -> None:
    pdf.set_auto_page_break(auto=False)
    pdf.set_margin(0)
    pdf.c_margin = 0
    pdf.set_image_filter("FlateDecode")
    pdf.set_title(sheet.heading)
    pdf.add_font("latin", fname=latin())
    words = [sheet.heading, sheet.hint, *(word for card in sheet.cards for word in (card.name, card.about))]
    others = list(others_for(words))
    for path in others:
        pdf.add_font(path.stem, fname=path)
    pdf.set_fallback_fonts([path.stem for path in others])


def _page(pdf: FPDF, heading: str, hint: list[str], cards: tuple[Card, ...]) -> None:
    pdf.add_page()
    _line(pdf, LEFT, TOP - 10, WIDTH * COLUMNS, heading, size=10)
    pdf.set_draw_color(170)
    for place, card in enumerate(cards):
        _card(pdf, hint, card, LEFT + place % COLUMNS * WIDTH, TOP + place // COLUMNS * HEIGHT)


def _card(pdf: FPDF, hint: list[str], card: Card, left: float, top: float) -> None:
    pdf.rect(left, top, WIDTH, HEIGHT)
    x, wide = left + INSIDE, WIDTH - 2 * INSIDE
    _line(pdf, x, top + 2, wide, card.name, size=13)
    _line(pdf, x, top + 8.5, wide, card.about, size=7)
    pdf.image(_code(card.link), x=x, y=top + 14, w=CODE)
    x, y = x + CODE + INSIDE, top + 17
    for number, words in enumerate(hint):
        _line(pdf, x, y + 4 * number, BESIDE, words, size=SMALL)
    _line(pdf, x, y + 4 * len(hint) + 1, BESIDE, card.code, size=12)


def _line(pdf: FPDF, x: float, y: float, wide: float, words: str, *, size: float) -> None:
    """In one line, in smaller letters where it has to be."""
    # letters of some scripts are joined, stacked or read from the right: that takes its time
    pdf.set_text_shaping(any(sign >= MARKS for sign in words))
    pdf.set_font("latin", size=size)
    needed = pdf.get_string_width(words)
    if needed > wide:
        pdf.set_font("latin", size=max(size * wide / needed, 1))
    pdf.set_xy(x, y)
    pdf.cell(wide, size / 2, words, align="L")


def _code(link: str) -> Image.Image:
    code = segno.make(link, error=SMUDGES, micro=False, mask=MASK, boost_error=False)
    side = len(code.matrix)
    pixels = b"".join(bytes(row) for row in code.matrix).translate(LIGHT_AND_DARK)
    return Image.frombytes("L", (side, side), pixels)
