"""Draw panels of bars for a phone: large words, one font of our own, and colours that colour-blind eyes tell apart."""

from functools import cache
from io import BytesIO
from pathlib import Path

from PIL import Image, ImageDraw, ImageFont

from bot.care.model.chart import Bar, Chart, Panel, Series

FONTS = Path(__file__).parent / "fonts"
"""Source Sans Pro, under the SIL Open Font License beside it."""

WIDTH, MARGIN = 1080, 56
HEAD, PANEL, GAP = 168, 330, 24
LEGEND, FOOT, ABOVE = 46, 44, 34
"""Inside a panel: its title and legend, the names below the bars, room for a figure above the highest."""

PAPER, INK, FAINT, LINE = "#ffffff", "#1d2b33", "#5a6a73", "#d5dde1"
PAIR = ("#0072b2", "#e69f00")
LEVELS = ("#8c1026", "#d55e00", "#f0c05a", "#7fa3b5")
"""Neighbours differ in lightness too, so that they stay apart for every kind of colour blindness."""
MOST_BAR, SMALL = 76, 28


def draw(chart: Chart) -> bytes:
    """A PNG; nothing in it depends on the machine, so that the same figures give the same picture."""
    height = HEAD + len(chart.panels) * (PANEL + GAP) + GAP
    image = Image.new("RGB", (WIDTH, height), PAPER)
    pen = ImageDraw.Draw(image)
    pen.text((MARGIN, 44), chart.title, INK, _font(54, bold=True))
    pen.text((MARGIN, 112), _fitting(chart.subtitle, 30, WIDTH - 2 * MARGIN), FAINT, _font(30))
    for number, panel in enumerate(chart.panels):
        _draw_panel(pen, panel, chart.columns, top=HEAD + number * (PANEL + GAP))
    png = BytesIO()
    image.save(png, "PNG", optimize=True)
    return png.getvalue()


def _draw_panel(pen: ImageDraw.ImageDraw, panel: Panel, columns: tuple[str, ...], *, top: int) -> None:
    colours = PAIR if len(panel.series) <= len(PAIR) else LEVELS
    pen.text((MARGIN, top), panel.title, INK, _font(34, bold=True))
    _draw_legend(pen, panel.series, colours, top=top + LEGEND)
    foot = top + PANEL - FOOT
    room = foot - (top + 2 * LEGEND + ABOVE)
    highest = panel.full or max((bar.height for series in panel.series for bar in series.bars), default=0.0)
    wide = (WIDTH - 2 * MARGIN) / len(columns)
    for place, name in enumerate(columns):
        left = MARGIN + place * wide
        bars = [series.bars[place] for series in panel.series]
        _draw_group(pen, bars, colours, left=left, wide=wide, foot=foot, scale=room / highest if highest else 0.0)
        _centred(pen, _fitting(name, SMALL, wide - 12), (left + wide / 2, foot + 8), FAINT)
    pen.line(((MARGIN, foot), (WIDTH - MARGIN, foot)), LINE, 2)


def _draw_legend(pen: ImageDraw.ImageDraw, series: tuple[Series, ...], colours: tuple[str, ...], *, top: int) -> None:
    x = float(MARGIN)
    for one, colour in zip(series, colours, strict=False):
        pen.rectangle((x, top + 7, x + 22, top + 29), colour)
        pen.text((x + 32, top), one.name, FAINT, _font(SMALL))
        x += 32 + _font(SMALL).getlength(one.name) + 36


def _draw_group(
    pen: ImageDraw.ImageDraw,
    bars: list[Bar],
    colours: tuple[str, ...],
    *,
    left: float,
    wide: float,
    foot: int,
    scale: float,
) -> None:
    """Bars side by side with their figure above: the figure says it, the bar only shows it."""
    step = (wide - 32) / len(bars)
    thick = min(step - 12, MOST_BAR)
    for place, (bar, colour) in enumerate(zip(bars, colours, strict=False)):
        middle = left + 16 + step * (place + 0.5)
        high = max(bar.height * scale, 3 if bar.height else 0)
        if high:
            pen.rectangle((middle - thick / 2, foot - high, middle + thick / 2, foot), colour)
        _centred(pen, bar.said, (middle, foot - high - 36), INK)


def _centred(pen: ImageDraw.ImageDraw, words: str, at: tuple[float, float], colour: str) -> None:
    pen.text(at, words, colour, _font(SMALL), anchor="ma")


def _fitting(words: str, size: int, most: float) -> str:
    """Cut so that nothing runs over the edge."""
    while words and _font(size).getlength(words) > most:
        words = words[:-2].rstrip() + "…"
    return words


@cache
def _font(size: int, *, bold: bool = False) -> ImageFont.FreeTypeFont:
    name = "SourceSansPro-Semibold.ttf" if bold else "SourceSansPro-Regular.ttf"
    return ImageFont.truetype(FONTS / name, size)
