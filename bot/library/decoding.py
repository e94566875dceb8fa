"""Turn TOML tables into frozen values by the types of their fields; every misfit is noted, none is guessed away."""

from collections.abc import Callable
from dataclasses import MISSING, Field, fields, is_dataclass
from datetime import date, time
from enum import StrEnum
from functools import cache
from types import NoneType, UnionType
from typing import Any, TypeAlias, TypeVar, cast, get_args, get_origin, get_type_hints
from zoneinfo import ZoneInfo

from bot.care.model.clinic import Clinic, Hours
from bot.library.places import Path
from bot.library.source import SourceFile
from bot.library.variants import Misfit, misfit, name_of, read_words
from bot.library.wording import Words

T = TypeVar("T")
K = TypeVar("K", str, int)
Hint: TypeAlias = Any
"""What a field is annotated with: a class, or a generic alias, for which the language has no common type."""

SINGULAR = {
    "steps": "step", "asks": "ask", "windows": "window", "thresholds": "threshold",
    "decisions": "decision",
}  # fmt: skip
"""Fields that are written as `[[step]]`, one table each."""

PLAIN = {str: "text", int: "a whole number", bool: "true or false", date: "a date", time: "an hour like 20:30:00"}
WEEK = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")


class Decoder:
    """Reads one file. `names`: placeholders its words may use."""

    def __init__(self, file: SourceFile, names: frozenset[str]) -> None:
        self.file = file
        self.names = names

    def read(self, kind: type[T]) -> T | None:
        """The whole file as one value, or None when it cannot be one."""
        try:
            return cast(T, self._dataclass(kind, self.file.table, ()))
        except Misfit:
            return None

    def value(self, hint: Hint, value: object, path: Path) -> object:
        if hint is Any:
            return value
        if hint in PLAIN:
            return self._plain(hint, value, path)
        if hint is Words:
            return read_words(self.file, self.names, value, path)
        if hint is ZoneInfo:
            return self._zone(value, path)
        if isinstance(hint, type) and issubclass(hint, StrEnum):
            return self._choice(hint, value, path)
        if is_dataclass(hint):
            return self._dataclass(hint, value, path)
        return self._compound(hint, value, path)

    def _dataclass(self, kind: Hint, value: object, path: Path) -> object:
        if not isinstance(value, dict):
            raise self._misfit(path, f"{name_of(path)} must be a table")
        hints = _hints(kind)
        wanted = {SINGULAR.get(field.name, field.name): field for field in fields(kind)}
        if not getattr(kind, "OPEN", False):
            for key in value.keys() - wanted.keys():
                self.file.fault((*path, key), f"unknown key {key!r}")
        found: dict[str, object] = {}
        fits = True
        for key, field in wanted.items():
            try:
                if key in value:
                    found[field.name] = self._field(kind, hints, field.name, value[key], (*path, key))
                elif NoneType in get_args(hints[field.name]):
                    found[field.name] = None
                elif not _optional(field):
                    raise self._misfit(path, f"{key!r} is missing")
            except Misfit:
                fits = False
        if not fits:
            raise Misfit
        return kind(**found)

    def _field(self, kind: Hint, hints: dict[str, Hint], name: str, value: object, path: Path) -> object:
        if kind is Clinic and name == "hours":
            return self._week(value, path)
        return self.value(hints[name], value, path)

    def _week(self, value: object, path: Path) -> tuple[Hours | None, ...]:
        """`[hours]` with a table a weekday; a day that is not named is closed."""
        if not isinstance(value, dict):
            raise self._misfit(path, "hours must be a table of weekdays")
        for key in value.keys() - set(WEEK):
            self.file.fault((*path, key), f"unknown weekday {key!r}")
        days = self._each(Hours, {day: value[day] for day in WEEK if day in value}, path)
        return tuple(cast(Hours | None, days.get(day)) for day in WEEK)

    def _compound(self, hint: Hint, value: object, path: Path) -> object:
        origin: object = get_origin(hint)
        inner = get_args(hint)
        if origin is UnionType:
            return self.value(next(kind for kind in inner if kind is not type(None)), value, path)
        if origin is dict:
            return self._mapping(inner[1], value, path)
        if origin is tuple and get_origin(inner[0]) is tuple:
            return self._pairs(inner[0], value, path)
        return self._several(inner[0], value, path)

    def _several(self, kind: Hint, value: object, path: Path) -> tuple[object, ...]:
        if not isinstance(value, list):
            raise self._misfit(path, f"{name_of(path)} must be a list")
        return tuple(self._each(kind, dict(enumerate(value)), path).values())

    def _mapping(self, kind: Hint, value: object, path: Path) -> dict[str, object]:
        if not isinstance(value, dict):
            raise self._misfit(path, f"{name_of(path)} must be a table")
        return self._each(kind, value, path)

    def _each(self, kind: Hint, items: dict[K, object], path: Path) -> dict[K, object]:
        """What fits; one misfit does not hide its neighbours."""
        found: dict[K, object] = {}
        for key, item in items.items():
            try:
                found[key] = self.value(kind, item, (*path, key))
            except Misfit:
                continue
        return found

    def _pairs(self, pair: Hint, value: object, path: Path) -> tuple[tuple[object, object], ...]:
        """A table like `{ neck = 3 }` for a field that holds pairs."""
        key_kind, value_kind = get_args(pair)
        table = self._mapping(value_kind, value, path)
        return tuple((self.value(key_kind, key, (*path, key)), item) for key, item in table.items())

    def _plain(self, kind: type, value: object, path: Path) -> object:
        # a bool is an int and a datetime is a date, but not here
        if type(value) is not kind:
            raise self._misfit(path, f"{name_of(path)} must be {PLAIN[kind]}")
        return value

    def _choice(self, kind: type[StrEnum], value: object, path: Path) -> StrEnum:
        try:
            return kind(str(value))
        except ValueError:
            raise self._misfit(path, f"{name_of(path)} must be one of: {', '.join(kind)}") from None

    def _zone(self, value: object, path: Path) -> ZoneInfo:
        try:
            return ZoneInfo(str(value))
        except (OSError, ValueError, TypeError, LookupError):
            raise self._misfit(path, f"{value!r} is no time zone like Europe/London") from None

    def _misfit(self, path: Path, reason: str) -> Misfit:
        return misfit(self.file, path, reason)


_hints: Callable[[Hint], dict[str, Hint]] = cache(get_type_hints)


def _optional(field: "Field[Any]") -> bool:
    return field.default is not MISSING or field.default_factory is not MISSING
