"""Put a step of a protocol on another day or hour; everything else in its file stays as it is written."""

from collections.abc import Iterator
from typing import Any

import tomli
import tomlkit

from bot.care.model.protocol import Protocol, Step
from bot.care.model.timing import Timing, retimed
from bot.library.content import Content, gather
from bot.library.edited import Edited, edited
from bot.library.faults import Notes
from bot.library.folder import Snapshot
from bot.library.places import Path
from bot.library.rewording import NoSuchWords

Change = tuple[Path, Any]


def with_timing(snapshot: Snapshot, treatment: str, step_id: str, timing: Timing) -> Edited:
    """Raises `NoSuchWords` when there is no such step, or its file says more than wanted afterwards."""
    name = f"protocols/{treatment}.toml"
    content, protocol, _ = _found(snapshot, treatment, step_id)
    changes = list(_changes(protocol, retimed(protocol, step_id, timing)))
    text = snapshot.files[name].decode()
    document, wanted = tomlkit.parse(text), tomli.loads(text)
    places = content.files[name].places("step", "id")
    for (step, *inside), value in changes:
        tables: tuple[Any, ...] = (document, wanted)
        for table in tables:
            _put(table["step"][places[str(step)]], inside, value)
    found = edited(snapshot, name, document)
    if tomli.loads(found.text) != wanted:
        raise NoSuchWords(name)
    return found


def timing(snapshot: Snapshot, treatment: str, step_id: str) -> Timing:
    """As its file has it. Raises `NoSuchWords`."""
    return Timing.of(_found(snapshot, treatment, step_id)[2])


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
