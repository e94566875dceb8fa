"""A leaflet as one page of A4: in smaller letters where it would need a second one."""

from collections.abc import Sequence

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
    for size in SIZES:
        pdf = FPDF(format="A4")
        try:
            _draw(pdf, leaflet, size)
            if pdf.pages_count == 1 or size == SIZES[-1]:
                return bytes(pdf.output())
        finally:
            # each holds its file open, also of a leaflet that cannot be drawn
            for font in pdf.fonts.values():
                if isinstance(font, TTFFont):
                    font.ttfont.close()
    raise AssertionError("there is a last size")


def _draw(pdf: FPDF, leaflet: Leaflet, size: float) -> None:
    _prepare(pdf, leaflet)
    _line(pdf, leaflet.title, size=size * 1.8, ink=BLUE)
    _line(pdf, leaflet.about, size=size, ink=GREY)
    for section in leaflet.sections:
        pdf.ln(size * 0.25)
        _line(pdf, section.heading, size=size * 1.3, ink=BLUE)
        for words in section.lines:
            _line(pdf, words, size=size, ink=INK)
    pdf.ln(size * 0.25)
    _line(pdf, leaflet.foot, size=size * 0.85, ink=GREY)


def _prepare(pdf: FPDF, leaflet: Leaflet) -> None:
    pdf.set_auto_page_break(auto=True, margin=BOTTOM)
    pdf.set_margins(LEFT, TOP, LEFT)
    pdf.c_margin = 0
    pdf.set_title(leaflet.title)
    # one weight: to cut another one out of the font takes longer than everything else
    pdf.add_font(LETTERS, fname=latin())
    words = [leaflet.title, leaflet.about, leaflet.foot, *(section.heading for section in leaflet.sections)]
    words += [line for section in leaflet.sections for line in section.lines]
    others = list(others_for(words))
    for path in others:
        pdf.add_font(path.stem, fname=path)
    pdf.set_fallback_fonts(
        [path.stem for path in others],
    )
    # letters of some scripts are joined, stacked or read from the right: that takes its time
    pdf.set_text_shaping(any(sign >= MARKS and sign.isalpha() for word in words for sign in word))
    pdf.add_page()


def _line(pdf: FPDF, words: str, *, size: float, ink: Sequence[int]) -> None:
    pdf.set_font(LETTERS, size=size)
    pdf.set_text_color(*ink)
    pdf.multi_cell(WIDTH, size * 0.47, words, align="L", new_x=XPos.LMARGIN, new_y=YPos.NEXT)
