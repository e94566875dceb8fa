"""Whoever reads files of patients, and a file that is right in every way."""

from bot.care.model.texts import flat
from bot.care.ports.outside import Keys
from bot.care.ports.records import Records
from bot.care.services.importing import Importing
from bot.care.services.inviting import Inviting
from bot.care.services.speaking import Speaking
from bot.library.dates import BabelDates
from tests.care.scene import FRIDAY_NOON, CountedKeys
from tests.fakes.clock import FakeClock
from tests.fakes.records import FakeRecords
from tests.standing_library import a_library

HEADER = ("First name", "Treatment", "Session date", "Next session", "Record number", "Phone", "Surface")
ROWS = (
    ("Anna", "picosure", "2026-11-19", "2026-12-18", "77", "+442079460143", "intact"),
    ("Ben", "pico", "2026-11-18", "", "78", "", ""),
    ("Zoë", "acne scar laser", "2026-11-17", "2026-12-29", "79", "", "micro-wounds"),
)


def a_bureau(keys: Keys | None = None) -> Importing:
    speaking = Speaking(a_library(), BabelDates())
    return Importing(FakeClock(FRIDAY_NOON), speaking, Inviting(speaking, keys or CountedKeys(), "aftercare_bot"))


def written(*rows: tuple[str, ...], header: tuple[str, ...] = HEADER, separator: str = ";") -> str:
    return "".join(f"{separator.join(row)}\r\n" for row in (header, *(rows or ROWS)))


async def told(content: bytes | str, records: Records | None = None) -> tuple[int, list[str]]:
    """How many could be enrolled, and all that is wrong, as staff read it."""
    bureau, raw = a_bureau(), content if isinstance(content, bytes) else content.encode()
    roster = await bureau.look(records or FakeRecords(), raw)
    return len(roster.entries), [flat(line) for line in bureau.words.faults(roster)]
