"""Put a step of a protocol on another day or hour, or have it ask other questions; its file stays else as it is."""

from collections.abc import Iterator
from typing import Any

import tomli
import tomlkit

from bot.care.model.asked import opens_gate
from bot.care.model.protocol import Ask, Protocol, Step
from bot.care.model.timing import Timing, retimed
from bot.library.asks_written import plain, with_asks
from bot.library.content import Content, gather
from bot.library.edited import Edited, with_text
from bot.library.faults import Notes
from bot.library.folder import Snapshot
from bot.library.places import Path
from bot.library.rewording import NoSuchWords

Change = tuple[Path, Any]


def with_timing(snapshot: Snapshot, treatment: str, step_id: str, timing: Timing) -> Edited:
    """Raises `NoSuchWords` when there is no such step, when it cannot ask this, when it would no longer ask whether the
    skin is closed and calm, or when its file says more than wanted afterwards."""
    name = f"protocols/{treatment}.toml"
    content, protocol, step = _found(snapshot, treatment, step_id)
    try:
        new = retimed(protocol, step_id, timing)
    except ValueError as error:
        raise NoSuchWords(name) from error
    if _shuts_gate(step, new):
        raise NoSuchWords(name)
    text = snapshot.files[name].decode()
    document, wanted = tomlkit.parse(text), tomli.loads(text)
    places = content.files[name].places("step", "id")
    for (step_name, *inside), value in _changes(protocol, new):
        tables: tuple[Any, ...] = (document, wanted)
        for table in tables:
            _put(table["step"][places[str(step_name)]], inside, value)
    text = tomlkit.dumps(document)
    for before, after in zip(protocol.steps, new.steps, strict=True):
        if before.asks != after.asks:
            place = places[before.id]
            text = with_asks(text, place, [_place_of(ask, before) for ask in after.asks])
            _ask(wanted["step"][place], before, after)
    found = with_text(snapshot, name, text)
    if tomli.loads(found.text) != wanted:
        raise NoSuchWords(name)
    return found


def step_of(snapshot: Snapshot, treatment: str, step_id: str) -> Step:
    """As its file has it. Raises `NoSuchWords`."""
    return _found(snapshot, treatment, step_id)[2]


def _shuts_gate(step: Step, new: Protocol) -> bool:
    after = new.step(step.id)
    left = {ask.id for ask in after.asks} if after is not None else set()
    return any(opens_gate(step, ask) and ask.id not in left for ask in step.asks)


def _found(snapshot: Snapshot, treatment: str, step_id: str) -> tuple[Content, Protocol, Step]:
    name = f"protocols/{treatment}.toml"
    content = gather(Snapshot({name: snapshot.files.get(name, b"")}), Notes())
    protocol = content.protocols.get(treatment)
    step = None if protocol is None else protocol.step(step_id)
    if protocol is None or step is None:
        raise NoSuchWords(name)
    return content, protocol, step


def _changes(old: Protocol, new: Protocol) -> Iterator[Change]:
    """(Step, key, ...) -> the new value."""
    for before, after in zip(old.steps, new.steps, strict=True):
        for name in ("day", "at", "late"):
            if getattr(before, name) != getattr(after, name):
                yield (before.id, name), _plain(after, name)
        if before.until.day != after.until.day:
            yield (before.id, "until", "day"), after.until.day


def _plain(step: Step, name: str) -> object:
    return step.late.value if name == "late" else getattr(step, name)


def _put(step: Any, inside: list[str | int], value: object) -> None:  # noqa: ANN401 - read by either reader
    for part in inside[:-1]:
        step = step[part]
    if value is None:
        step.pop(inside[-1], None)
    else:
        step[inside[-1]] = value


def _place_of(ask: Ask, before: Step) -> int | Ask:
    """Where it stands in the step; itself where it is new there."""
    return before.asks.index(ask) if ask in before.asks else ask


def _ask(table: dict[str, Any], before: Step, after: Step) -> None:
    old = table.pop("ask", [])
    asks = [plain(ask) if ask not in before.asks else old[before.asks.index(ask)] for ask in after.asks]
    if asks:
        table["ask"] = asks
