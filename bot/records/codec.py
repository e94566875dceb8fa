"""Turn an act into JSON and back without losing anything."""

import json
from collections.abc import Callable
from dataclasses import MISSING, asdict, fields, replace
from typing import Any

from bot.care.model.chart import Bar, Chart, Panel, Series
from bot.care.model.delivery import Act, ActKind, Button, Keyboard, MessageRef
from bot.care.model.leaflet import Leaflet, Section
from bot.care.model.page import Page
from bot.care.model.people import Contact
from bot.care.model.sent_file import FileKind, SentFile
from bot.care.model.sheet import Card, Sheet


def dump(act: Act) -> str:
    """ASCII JSON; fields an act may gain later are kept as long as JSON knows their type."""
    values = asdict(replace(act, sheet=None))
    if act.sheet is not None:
        # hundreds of cards: field by field they would take longer than all the rest
        cards = [(card.name, card.about, card.link, card.code) for card in act.sheet.cards]
        values["sheet"] = {**vars(act.sheet), "cards": cards}
    # what an act is anyway needs no words: hundreds of rows are read in one look
    told = {name: value for name, value in values.items() if name not in _ANYWAY or value != _ANYWAY[name]}
    return json.dumps(told, separators=(",", ":"))


def load(text: str) -> Act:
    values = json.loads(text)
    for name in values.keys() & _READERS.keys():
        values[name] = _READERS[name](values[name])
    return Act(**values)


def _message(value: dict[str, int] | None) -> MessageRef | None:
    return None if value is None else MessageRef(**value)


def _document(value: list[str] | None) -> tuple[str, str] | None:
    return None if value is None else (value[0], value[1])


def _sheet(value: dict[str, Any] | None) -> Sheet | None:
    return None if value is None else Sheet(**{**value, "cards": tuple(Card(*card) for card in value["cards"])})


def _leaflet(value: dict[str, Any] | None) -> Leaflet | None:
    if value is None:
        return None
    sections = tuple(Section(one["heading"], tuple(one["lines"])) for one in value["sections"])
    return Leaflet(**{**value, "sections": sections})


def _keyboard(rows: list[list[dict[str, Any]]]) -> Keyboard:
    return tuple(tuple(_button(button) for button in row) for row in rows)


def _button(value: dict[str, Any]) -> Button:
    return Button(**{**value, "args": tuple(value["args"])})


def _chart(value: dict[str, Any] | None) -> Chart | None:
    if value is None:
        return None
    panels = tuple(Panel(**{**panel, "series": tuple(map(_series, panel["series"]))}) for panel in value["panels"])
    return Chart(value["title"], value["subtitle"], tuple(value["columns"]), panels)


def _series(value: dict[str, Any]) -> Series:
    return Series(value["name"], tuple(Bar(**bar) for bar in value["bars"]))


def load_file(value: dict[str, Any] | None) -> SentFile | None:
    return None if value is None else SentFile(**{**value, "kind": FileKind(value["kind"])})


_READERS: dict[str, Callable[[Any], Any]] = {
    "kind": ActKind,
    "to": lambda value: Contact(**value),
    "keyboard": _keyboard,
    "chart": _chart,
    "document": _document,
    "sheet": _sheet,
    "leaflet": _leaflet,
    "page": lambda value: Page(**value),
    "source": _message,
    "file": load_file,
    "pair": lambda value: tuple(SentFile(**{**one, "kind": FileKind(one["kind"])}) for one in value),
    "target": _message,
}
_ANYWAY = {field.name: field.default for field in fields(Act) if field.default is not MISSING}
