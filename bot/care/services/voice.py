"""Say phrases, days and lists of them in one patient's language."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, time

from bot.care.model.words import Facts
from bot.care.ports.words import Dates, Shelf


@dataclass(frozen=True)
class Voice:
    """`year` is the current one: days of other years are said with theirs."""

    shelf: Shelf
    dates: Dates
    language: str
    year: int

    def phrase(self, key: str, facts: Facts | None = None, /, **more: str) -> str:
        """`phrases/<key>` for these facts; raises `MissingWords`."""
        return self.shelf.say(f"phrases/{key}", self.language, {**facts, **more} if facts and more else facts or more)

    def day(self, day: date) -> str:
        return self.dates.say_day(day, self.language, year=self.year)

    def weekday(self, day: date) -> str:
        return self.dates.say_weekday(day, self.language)

    def time(self, at: time) -> str:
        return self.dates.say_time(at, self.language)

    def several(self, items: Sequence[str]) -> str:
        """`1, 2 and 3`."""
        if len(items) < 2:
            return "".join(items)
        return self.phrase("lists/and", items=", ".join(items[:-1]), last=items[-1])
