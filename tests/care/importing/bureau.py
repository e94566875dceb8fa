"""Whoever reads files of patients, and a file that is right in every way."""

from bot.care.model.texts import flat
from bot.care.ports.outside import Keys
from bot.care.ports.records import Records
from bot.care.services.importing import Importing
from tests.care.scene import CountedKeys, Scene
from tests.fakes.records import FakeRecords

HEADER = ("First name", "Treatment", "Session date", "Next session", "Record number", "Phone", "Surface")
ROWS = (
    ("Anna", "picosure", "2026-11-19", "2026-12-18", "77", "+442079460143", "intact"),
    ("Ben", "pico", "2026-11-18", "", "78", "", ""),
    ("Zoë", "acne scar laser", "2026-11-17", "2026-12-29", "79", "", "micro-wounds"),
)


def a_bureau(keys: Keys | None = None) -> Importing:
    return Scene(keys=keys or CountedKeys()).office.importing.importing


def written(*rows: tuple[str, ...], header: tuple[str, ...] = HEADER, separator: str = ";") -> str:
    return "".join(f"{separator.join(row)}\r\n" for row in (header, *(rows or ROWS)))


async def told(content: bytes | str, records: Records | None = None) -> tuple[int, list[str]]:
    """How many could be enrolled, and all that is wrong, as staff read it."""
    bureau, raw = a_bureau(), content if isinstance(content, bytes) else content.encode()
    roster = await bureau.look(records or FakeRecords(), raw)
    return len(roster.entries), [flat(line) for line in bureau.words.faults(roster)]
