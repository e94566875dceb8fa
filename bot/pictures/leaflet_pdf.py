"""A leaflet as one page of A4: in smaller letters where it would need a second one."""

from collections.abc import Iterator, Sequence

from fpdf import FPDF
from fpdf.enums import XPos, YPos
from fpdf.fonts import TTFFont

from bot.care.model.leaflet import Leaflet
from bot.pictures.fonts import latin, others_for
from bot.pictures.links_sheet import MARKS

LEFT, TOP, BOTTOM = 18.0, 16.0, 16.0
WIDTH = 210 - 2 * LEFT
LETTERS = "latin"
SIZES = (11.0, 10.0, 9.0, 8.0, 7.0, 6.0)
"""Points of running words; the first with which all of it stands on one page."""
INK, GREY, BLUE = (28, 34, 42), (105, 113, 122), (22, 82, 120)


def leaflet_pdf(leaflet: Leaflet) -> bytes:
    return next((pdf for pdf, pages in _tries(leaflet) if pages == 1), _drawn(leaflet, SIZES[-1])[0])


def _tries(leaflet: Leaflet) -> Iterator[tuple[bytes, int]]:
    return (_drawn(leaflet, size) for size in SIZES)


def _drawn(leaflet: Leaflet, size: float) -> tuple[bytes, int]:
    """The document, and how many pages it has."""
    pdf = FPDF(format="A4")
    try:
        _prepare(pdf, leaflet)
        _line(pdf, leaflet.title, size=size * 1.8, ink=BLUE, bold=True)
        _line(pdf, leaflet.about, size=size, ink=GREY)
        for section in leaflet.sections:
            pdf.ln(size * 0.25)
            _line(pdf, section.heading, size=size * 1.2, ink=BLUE, bold=True)
            for words in section.lines:
                _line(pdf, words, size=size, ink=INK)
        pdf.ln(size * 0.25)
        _line(pdf, leaflet.foot, size=size * 0.85, ink=GREY)
        return bytes(pdf.output()), pdf.pages_count
    finally:
        # each holds its file open, also of a leaflet that cannot be drawn
        for font in pdf.fonts.values():
            if isinstance(font, TTFFont):
                font.ttfont.close()


def _prepare(pdf: FPDF, leaflet: Leaflet) -> None:
    pdf.set_auto_page_break(auto=True, margin=BOTTOM)
    pdf.set_margins(LEFT, TOP, LEFT)
    pdf.c_margin = 0
    pdf.set_title(leaflet.title)
    pdf.add_font(LETTERS, fname=latin(), variations={"": {"wght": 400.0}, "B": {"wght": 650.0}})
    words = [leaflet.title, leaflet.about, leaflet.foot, *(section.heading for section in leaflet.sections)]
    words += [line for section in leaflet.sections for line in section.lines]
    others = list(others_for(words))
    for path in others:
        pdf.add_font(path.stem, fname=path)
    pdf.set_fallback_fonts([path.stem for path in others], exact_match=False)
    # letters of some scripts are joined, stacked or read from the right: that takes its time
    pdf.set_text_shaping(any(sign >= MARKS and sign.isalpha() for word in words for sign in word))
    pdf.add_page()


def _line(pdf: FPDF, words: str, *, size: float, ink: Sequence[int], bold: bool = False) -> None:
    pdf.set_font(LETTERS, style="B" if bold else "", size=size)
    pdf.set_text_color(*ink)
    pdf.multi_cell(WIDTH, size * 0.47, words, align="L", new_x=XPos.LMARGIN, new_y=YPos.NEXT)
