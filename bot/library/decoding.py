"""Turn TOML tables into frozen values by the types of their fields; every misfit is noted, none is guessed away."""

from collections.abc import Callable, Mapping
from dataclasses import MISSING, Field, fields, is_dataclass
from datetime import date, time
from enum import StrEnum
from functools import cache
from types import UnionType
from typing import Any, TypeVar, get_args, get_origin, get_type_hints
from zoneinfo import ZoneInfo

from bot.care.model.clinic import Clinic, Hours
from bot.care.model.words import DIMENSIONS
from bot.library.places import Path
from bot.library.source import SourceFile
from bot.library.templates import compile_words
from bot.library.wording import Variant, Words

T = TypeVar("T")

SINGULAR = {
    "steps": "step", "asks": "ask", "windows": "window", "thresholds": "threshold",
    "countries": "country", "decisions": "decision",
}  # fmt: skip
"""Fields that are written as `[[step]]`, one table each."""

PLAIN = {str: "text", int: "a whole number", bool: "true or false", date: "a date", time: "an hour like 20:30:00"}
WEEK = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")


class Misfit(Exception):
    """The value was refused; its fault is already noted."""


class Decoder:
    """Reads one file. `names`: placeholders its words may use. `computed`: fields that no file may set."""

    def __init__(self, file: SourceFile, names: frozenset[str], computed: frozenset[str] = frozenset()) -> None:
        self.file = file
        self.names = names
        self.computed = computed

    def read(self, kind: type[T]) -> T | None:
        """The whole file as one value, or None when it cannot be one."""
        try:
            value: T = self._dataclass(kind, self.file.table, ())
        except Misfit:
            return None
        return value

    def value(self, hint: Any, value: Any, path: Path) -> Any:
        if hint is Any:
            return value
        if hint in PLAIN:
            return self._plain(hint, value, path)
        if hint is Words:
            return self.words(value, path)
        if hint is ZoneInfo:
            return self._zone(value, path)
        if isinstance(hint, type) and issubclass(hint, StrEnum):
            return self._choice(hint, value, path)
        if is_dataclass(hint):
            return self._dataclass(hint, value, path)
        return self._compound(hint, value, path)

    def words(self, value: Any, path: Path) -> Words:
        """A text, one `say` table, or a list of them with `when`."""
        if isinstance(value, str):
            variants = [self._variant({"say": value}, path, path)]
        elif isinstance(value, dict):
            variants = [self._variant(value, path, (*path, "say"))]
        elif isinstance(value, list) and value:
            variants = [self._variant(item, (*path, n), (*path, n, "say")) for n, item in enumerate(value)]
        else:
            raise self._misfit(path, f"{_name(path)} must be words")
        good = tuple(variant for variant in variants if variant is not None)
        if len(good) < len(variants):
            raise Misfit
        self._order(good, path)
        return Words(good, self.file.name, path)

    def _order(self, variants: tuple[Variant, ...], path: Path) -> None:
        for place, variant in enumerate(variants):
            if any(earlier.covers(variant) for earlier in variants[:place]):
                self.file.fault(variant.path, "this variant is never said: an earlier one always holds before it")
        if variants[-1].when:
            self.file.fault(variants[-1].path, f"the last variant of {_name(path)} must have no `when`")

    def _variant(self, value: Any, path: Path, at: Path) -> Variant | None:
        if not isinstance(value, dict) or not isinstance(value.get("say"), str):
            self.file.fault(path, f"{_name(path)} needs `say` with words")
            return None
        for key in value.keys() - {"say", "when"}:
            self.file.fault((*path, key), f"unknown key {key!r}")
        compiled = compile_words(value["say"], self.names)
        if isinstance(compiled, tuple):
            for problem in compiled:
                self.file.fault_in_text(at, problem.line, problem.reason)
            return None
        if not compiled.text:
            self.file.fault(at, f"{_name(path)} has no words")
        return Variant(self._when(value.get("when", {}), (*path, "when")), compiled, at)

    def _when(self, value: Any, path: Path) -> Mapping[str, tuple[str, ...]]:
        if not isinstance(value, dict):
            self.file.fault(path, 'when must be like { face = "yes" }')
            return {}
        known: dict[str, tuple[str, ...]] = {}
        for name, wanted in value.items():
            choices = tuple(wanted) if isinstance(wanted, list) else (wanted,)
            if name not in DIMENSIONS:
                self.file.fault((*path, name), f"unknown dimension {name!r}")
            elif not choices or not set(map(str, choices)) <= set(DIMENSIONS[name]):
                self.file.fault((*path, name), f"{name} must be one of: {', '.join(DIMENSIONS[name])}")
            else:
                known[name] = choices
        return known

    def _dataclass(self, kind: Any, value: Any, path: Path) -> Any:
        if not isinstance(value, dict):
            raise self._misfit(path, f"{_name(path)} must be a table")
        hints = _hints(kind)
        wanted = {SINGULAR.get(field.name, field.name): field for field in fields(kind)}
        if not getattr(kind, "OPEN", False):
            for key in value.keys() - wanted.keys() | value.keys() & self.computed:
                self.file.fault((*path, key), f"unknown key {key!r}")
        found: dict[str, Any] = {}
        misfit = False
        for key, field in wanted.items():
            try:
                if key in value:
                    found[field.name] = self._field(kind, hints, field.name, value[key], (*path, key))
                elif not _optional(field) and key not in self.computed:
                    raise self._misfit(path, f"{key!r} is missing")
                elif key in self.computed:
                    found[field.name] = ""
            except Misfit:
                misfit = True
        if misfit:
            raise Misfit
        return kind(**found)

    def _field(self, kind: Any, hints: dict[str, Any], name: str, value: Any, path: Path) -> Any:
        if kind is Clinic and name == "hours":
            return self._week(value, path)
        return self.value(hints[name], value, path)

    def _week(self, value: Any, path: Path) -> tuple[Hours | None, ...]:
        """`[hours]` with a table a weekday; a day that is not named is closed."""
        if not isinstance(value, dict):
            raise self._misfit(path, "hours must be a table of weekdays")
        for key in value.keys() - set(WEEK):
            self.file.fault((*path, key), f"unknown weekday {key!r}")
        return tuple(self.value(Hours, value[day], (*path, day)) if day in value else None for day in WEEK)

    def _compound(self, hint: Any, value: Any, path: Path) -> Any:
        origin, inner = get_origin(hint), get_args(hint)
        if origin is UnionType:
            return self.value(next(kind for kind in inner if kind is not type(None)), value, path)
        if origin is dict:
            return self._mapping(inner[1], value, path)
        if origin is tuple and get_origin(inner[0]) is tuple:
            return self._pairs(*get_args(inner[0]), value, path)
        return self._several(inner[0], value, path)

    def _several(self, kind: Any, value: Any, path: Path) -> tuple[Any, ...]:
        if not isinstance(value, list):
            raise self._misfit(path, f"{_name(path)} must be a list")
        return tuple(self._each(kind, dict(enumerate(value)), path).values())

    def _mapping(self, kind: Any, value: Any, path: Path) -> dict[str, Any]:
        if not isinstance(value, dict):
            raise self._misfit(path, f"{_name(path)} must be a table")
        return self._each(kind, value, path)

    def _each(self, kind: Any, items: dict[Any, Any], path: Path) -> dict[Any, Any]:
        """What fits; one misfit does not hide its neighbours."""
        found: dict[Any, Any] = {}
        for key, item in items.items():
            try:
                found[key] = self.value(kind, item, (*path, key))
            except Misfit:
                continue
        return found

    def _pairs(self, key_kind: Any, value_kind: Any, value: Any, path: Path) -> tuple[tuple[Any, Any], ...]:
        table = self._mapping(value_kind, value, path)
        return tuple((self.value(key_kind, key, (*path, key)), item) for key, item in table.items())

    def _plain(self, kind: type, value: Any, path: Path) -> Any:
        # a bool is an int and a datetime is a date, but not here
        if type(value) is not kind:
            raise self._misfit(path, f"{_name(path)} must be {PLAIN[kind]}")
        return value

    def _choice(self, kind: type[StrEnum], value: Any, path: Path) -> StrEnum:
        try:
            return kind(value)
        except ValueError:
            raise self._misfit(path, f"{_name(path)} must be one of: {', '.join(kind)}") from None

    def _zone(self, value: Any, path: Path) -> ZoneInfo:
        try:
            return ZoneInfo(value)
        except (OSError, ValueError, TypeError, LookupError):
            raise self._misfit(path, f"{value!r} is no time zone like Europe/London") from None

    def _misfit(self, path: Path, reason: str) -> Misfit:
        self.file.fault(path, reason)
        return Misfit(reason)


_hints: Callable[[Any], dict[str, Any]] = cache(get_type_hints)


def _optional(field: "Field[Any]") -> bool:
    return field.default is not MISSING or field.default_factory is not MISSING


def _name(path: Path) -> str:
    words = [part for part in path if isinstance(part, str)]
    return f"`{words[-1]}`" if words else "the file"
