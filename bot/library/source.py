"""One TOML file: its values, and where each of them stands."""

import re
from functools import cached_property
from typing import Any

import tomli

from bot.library.faults import Fault, Notes
from bot.library.places import Lines, Path


class SourceFile:
    """A parsed file; faults and warnings about it are noted with their line."""

    def __init__(self, name: str, data: bytes, table: dict[str, Any], notes: Notes) -> None:
        self.name = name
        self.table = table
        self._data = data
        self._notes = notes

    @cached_property
    def lines(self) -> Lines:
        # only files with a fault are read for their lines
        return Lines(self._data)

    def tables(self, key: str) -> list[tuple[int, dict[str, Any]]]:
        """(Place, table) of every table in a list at the top; what is no table is left out."""
        items = self.table.get(key)
        return [(n, item) for n, item in enumerate(items) if isinstance(item, dict)] if isinstance(items, list) else []

    def places(self, key: str, name: str) -> dict[str, int]:
        """Where the tables of a list stand, by the text they have at `name`."""
        return {item[name]: place for place, item in self.tables(key) if isinstance(item.get(name), str)}

    def fault(self, path: Path, reason: str) -> None:
        self._notes.faults.append(Fault(self.name, self.lines.of(path), reason))

    def fault_in_text(self, path: Path, line: int, reason: str) -> None:
        """`line` counts from 0 inside the string at `path`."""
        self._notes.faults.append(Fault(self.name, self.lines.text_of(path) + line, reason))

    def warn(self, path: Path, reason: str) -> None:
        self._notes.warnings.append(Fault(self.name, self.lines.of(path), reason))


def parse(name: str, data: bytes, notes: Notes) -> SourceFile | None:
    """None, and its faults noted, when the file is no TOML."""
    try:
        return SourceFile(name, data, tomli.loads(data.decode("utf-8")), notes)
    except UnicodeDecodeError as error:
        line = data[: error.start].count(b"\n") + 1
        notes.faults.append(Fault(name, line, "is not UTF-8 text"))
    except tomli.TOMLDecodeError as error:
        notes.faults.extend(_syntax_faults(name, data, str(error)))
    except (RecursionError, ValueError):
        notes.faults.append(Fault(name, 1, "is nested too deeply or holds an impossible value"))
    return None


def _syntax_faults(name: str, data: bytes, reason: str) -> list[Fault]:
    """The strict parser stops at the first fault; the tolerant one knows of the others."""
    found = re.search(r"\(at line (\d+), column \d+\)", reason)
    first = int(found[1]) if found else data.count(b"\n") + 1
    others = [line for line in Lines(data).broken() if line > first]
    text = re.sub(r" \(at .*\)", "", reason)
    return [Fault(name, first, f"not valid TOML: {text}"), *(Fault(name, line, "not valid TOML") for line in others)]
