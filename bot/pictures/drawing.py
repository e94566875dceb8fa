"""Draw what a message may carry."""

from collections.abc import Callable
from io import BytesIO

from bot.care.model.chart import Chart
from bot.care.model.leaflet import Leaflet
from bot.care.model.sheet import Sheet
from bot.pictures.cleaning import NotAPicture, clean
from bot.pictures.recordings import NotARecording, stripped

QUIET = 4
"""Modules of white around a code; with fewer some phones do not find it."""
MODULE = 10
"""Pixels a module: large enough to be read off a monitor at arm's length."""


class Drawings:
    """Fills `bot.care.ports.outside.Pictures`."""

    def sheet(self, sheet: Sheet, *, drawn: Callable[[int], None] = lambda _: None) -> bytes:
        # the largest part of the program to load, for what few days need
        from bot.pictures.links_sheet import links_sheet  # noqa: PLC0415

        return links_sheet(sheet, drawn=drawn)

    def leaflet(self, leaflet: Leaflet) -> bytes:
        from bot.pictures.leaflet_pdf import leaflet_pdf  # noqa: PLC0415 - as for a sheet

        return leaflet_pdf(leaflet)

    def qr(self, words: str) -> bytes:
        """A PNG of a QR code with its quiet zone; raises `ValueError` when the words do not fit into one."""
        import segno  # noqa: PLC0415 - as for a sheet

        picture = BytesIO()
        # M still reads with a smudge or a reflection on it
        segno.make(words, error="m", micro=False).save(picture, kind="png", scale=MODULE, border=QUIET)
        return picture.getvalue()

    def side_by_side(self, left: bytes, right: bytes) -> bytes:
        from bot.pictures.pairing import side_by_side  # noqa: PLC0415 - as for a chart

        return side_by_side(left, right)

    def clean(self, content: bytes) -> bytes | None:
        try:
            return clean(content)
        except NotAPicture:
            return None

    def strip(self, content: bytes) -> bytes | None:
        try:
            return stripped(content)
        except NotARecording:
            return None

    def chart(self, chart: Chart) -> bytes:
        # drawn once a week: no start need pay for the import
        from bot.pictures.bars import draw  # noqa: PLC0415

        return draw(chart)
