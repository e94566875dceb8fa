"""A document as a PDF on A4: cover, contents, numbered pages."""

from collections.abc import Iterator, Sequence
from pathlib import Path
from tempfile import TemporaryDirectory

from fpdf import FPDF
from fpdf.enums import TableBordersLayout, XPos, YPos
from fpdf.fonts import FontFace, TTFFont
from fpdf.outline import OutlineSection

from bot.care.model.document import Block, Document, Heading, Message, Paragraph, Part, Signature, Table
from bot.care.model.words import Html
from bot.pictures.fonts import bold_in, latin, others_for
from bot.pictures.links_sheet import MARKS
from bot.pictures.runs import plain, runs

LEFT, TOP, BOTTOM = 20.0, 22.0, 20.0
WIDTH = 210 - 2 * LEFT
INSIDE = 4.0
"""From the edge of a message to its words."""
LEAST = 45.0
"""Millimetres that a message needs of a page to be begun on it."""
SIGN_OFF = 80.0
"""The same for what is signed and its lines: a signature alone on a page would sign nothing."""
INK, GREY, BLUE, PALE = (28, 34, 42), (105, 113, 122), (22, 82, 120), (236, 242, 246)
LETTERS = "latin"
SIGNS = {"B": "**", "U": "--"}
ON_A_PAGE = 28
"""Lines of contents."""


class Pages(FPDF):
    """`foot` and the number stand on every page but the cover."""

    def __init__(self, foot: str) -> None:
        super().__init__(format="A4")
        self.foot = foot

    def footer(self) -> None:
        if self.page == 1:
            return
        self.set_xy(LEFT, -14)
        self.set_font(LETTERS, size=7.5)
        self.set_text_color(*GREY)
        self.cell(WIDTH - 20, 4, self.foot)
        self.cell(20, 4, f"{self.page} / {{nb}}", align="R")


def booklet_pdf(document: Document) -> bytes:
    with TemporaryDirectory() as folder:
        return _printed(document, Path(folder))


def _printed(document: Document, folder: Path) -> bytes:
    pdf = Pages(document.foot)
    try:
        _prepare(pdf, document, bold_in(folder))
        _cover(pdf, document)
        for number, chapter in enumerate(document.chapters):
            if number:
                # after the contents a page is begun already
                pdf.add_page()
            _big(pdf, chapter.title)
            for block in chapter.blocks:
                _block(pdf, block)
        return bytes(pdf.output())
    finally:
        # each holds its file open, also of a document that cannot be drawn
        for font in pdf.fonts.values():
            if isinstance(font, TTFFont):
                font.ttfont.close()


def _prepare(pdf: Pages, document: Document, bold: Path) -> None:
    pdf.set_auto_page_break(auto=True, margin=BOTTOM)
    pdf.set_margins(LEFT, TOP, LEFT)
    pdf.c_margin = 0
    pdf.set_title(document.title)
    pdf.set_lang(document.language)
    pdf.add_font(LETTERS, fname=latin())
    pdf.add_font(LETTERS, style="B", fname=bold)
    words = list(_words(document))
    others = list(others_for(words))
    for path in others:
        pdf.add_font(path.stem, fname=path)
    pdf.set_fallback_fonts([path.stem for path in others], exact_match=False)
    # letters of some scripts are joined, stacked or read from the right: that takes its time
    pdf.set_text_shaping(any(sign >= MARKS and sign.isalpha() for word in words for sign in word))


def _words(document: Document) -> Iterator[str]:
    yield from (document.title, document.subtitle, document.foot, *document.about, "•")
    for chapter in document.chapters:
        yield chapter.title
        for block in chapter.blocks:
            yield repr(block)


def _cover(pdf: Pages, document: Document) -> None:
    pdf.add_page()
    pdf.set_fill_color(*BLUE)
    pdf.rect(0, 0, 210, 6, style="F")
    pdf.set_y(62)
    _line(pdf, document.subtitle, size=13, ink=GREY, after=3)
    _line(pdf, document.title, size=30, ink=BLUE, bold=True, after=10)
    for about in document.about:
        _flow(pdf, about, size=10.5)
        pdf.ln(4)
    pdf.add_page()
    _big(pdf, document.contents, is_section=False)
    pdf.insert_toc_placeholder(_contents, pages=-(-len(document.chapters) // ON_A_PAGE))


def _contents(pdf: FPDF, outline: list[OutlineSection]) -> None:
    pdf.set_x(LEFT)
    for section in outline:
        pdf.set_font(LETTERS, size=10.5)
        pdf.set_text_color(*INK)
        link = pdf.add_link(page=section.page_number)
        pdf.cell(WIDTH - 15, 8, section.name, link=link)
        pdf.cell(15, 8, str(section.page_number), align="R", link=link, new_x=XPos.LMARGIN, new_y=YPos.NEXT)
        pdf.set_draw_color(*PALE)
        pdf.line(LEFT, pdf.get_y(), LEFT + WIDTH, pdf.get_y())


def _block(pdf: Pages, block: Block) -> None:
    match block:
        case Paragraph(text):
            _paragraph(pdf, text)
        case Heading(text):
            _heading(pdf, text)
        case Table():
            _table(pdf, block)
        case Message():
            _message(pdf, block)
        case Signature():
            _signature(pdf, block)


def _big(pdf: Pages, title: str, *, is_section: bool = True) -> None:
    if is_section:
        pdf.start_section(title)
    _line(pdf, title, size=20, ink=BLUE, bold=True, after=5)


def _heading(pdf: Pages, text: str) -> None:
    _need(pdf, LEAST)
    pdf.ln(3)
    _line(pdf, text, size=13, ink=BLUE, bold=True, after=2)


def _need(pdf: Pages, height: float) -> None:
    if pdf.get_y() + height > pdf.h - BOTTOM:
        pdf.add_page()


def _paragraph(pdf: Pages, text: Html) -> None:
    _flow(pdf, text, size=10)
    pdf.ln(3)


def _line(pdf: Pages, words: str, *, size: float, ink: Sequence[int], bold: bool = False, after: float = 0) -> None:
    pdf.set_font(LETTERS, style="B" if bold else "", size=size)
    pdf.set_text_color(*ink)
    pdf.multi_cell(WIDTH, size * 0.45, words, align="L", new_x=XPos.LMARGIN, new_y=YPos.NEXT)
    pdf.ln(after)


def _flow(pdf: Pages, text: str, *, size: float, ink: Sequence[int] = INK) -> None:
    """Running words with their bold and underlined parts, from the left margin as it is."""
    pdf.set_text_color(*ink)
    pdf.set_font(LETTERS, size=size)
    pdf.set_x(pdf.l_margin)
    said = "".join(_styled(style, words) for style, words in runs(text))
    pdf.multi_cell(0, size * 0.48, said, align="L", markdown=True, new_x=XPos.LMARGIN, new_y=YPos.NEXT)


def _styled(style: str, words: str) -> str:
    """As the library's own markup, which leaves whole words whole."""
    for sign in ("\\", "**", "__", "--", "~~"):
        words = words.replace(sign, f"\\{sign}")
    around = "".join(SIGNS[letter] for letter in style)
    return f"{around}{words}{around[::-1]}"


def _message(pdf: Pages, message: Message) -> None:
    _need(pdf, LEAST)
    pdf.ln(2)
    pdf.set_fill_color(*PALE)
    pdf.set_font(LETTERS, style="B", size=11)
    pdf.set_text_color(*INK)
    pdf.cell(WIDTH, 8, f"  {message.title}", fill=True, new_x=XPos.LMARGIN, new_y=YPos.NEXT)
    pdf.ln(1.5)
    pdf.set_left_margin(LEFT + INSIDE)
    if message.about:
        _flow(pdf, plain(message.about), size=8, ink=GREY)
    for part in message.parts:
        _part(pdf, part)
    if message.foot:
        pdf.ln(1.5)
        _flow(pdf, plain(message.foot), size=7.5, ink=GREY)
    pdf.set_left_margin(LEFT)
    pdf.ln(3)


def _part(pdf: Pages, part: Part) -> None:
    _need(pdf, 16)
    pdf.ln(2.2)
    if part.label:
        pdf.set_font(LETTERS, style="B", size=8)
        pdf.set_text_color(*BLUE)
        pdf.set_x(pdf.l_margin)
        pdf.multi_cell(WIDTH - INSIDE, 4.2, part.label, align="L", new_x=XPos.LMARGIN, new_y=YPos.NEXT)
    if part.text:
        _flow(pdf, part.text, size=9.5)
    _choices(pdf, part.choices)


def _choices(pdf: Pages, choices: Sequence[str]) -> None:
    """Buttons: numbers in one row, words each in a line."""
    if choices and max(map(len, choices)) <= 2:
        _flow(pdf, plain("   ".join(choices)), size=9, ink=GREY)
        return
    for choice in choices:
        _flow(pdf, plain(f"•  {choice}"), size=9, ink=GREY)


def _table(pdf: Pages, table: Table) -> None:
    pdf.set_font(LETTERS, size=8.5)
    pdf.set_text_color(*INK)
    pdf.set_draw_color(200, 208, 214)
    pdf.set_fill_color(255)
    head = FontFace(emphasis="BOLD", color=INK, fill_color=PALE)
    with pdf.table(
        width=WIDTH,
        col_widths=table.widths,
        text_align="LEFT",
        line_height=4.4,
        padding=(1.2, 1.5),
        headings_style=head,
        borders_layout=TableBordersLayout.HORIZONTAL_LINES,
    ) as drawn:
        for row in (table.head, *table.rows):
            drawn.row(row)
    pdf.ln(3)


def _signature(pdf: Pages, signature: Signature) -> None:
    _need(pdf, SIGN_OFF)
    _heading(pdf, signature.title)
    for text in signature.texts:
        _paragraph(pdf, text)
    pdf.ln(14)
    labels = signature.labels
    wide = (WIDTH - 8 * (len(labels) - 1)) / len(labels)
    top = pdf.get_y()
    pdf.set_draw_color(*INK)
    pdf.set_font(LETTERS, size=8)
    pdf.set_text_color(*GREY)
    for number, label in enumerate(labels):
        left = LEFT + number * (wide + 8)
        pdf.line(left, top, left + wide, top)
        pdf.set_xy(left, top + 1)
        pdf.cell(wide, 4, label)
    pdf.set_y(top + 8)
