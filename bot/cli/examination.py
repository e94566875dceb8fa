"""What `doctor` finds on this machine: files, room, words, database."""

import shutil
from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum

from bot.cli.words import inspected
from bot.compose.clocks import the_clock
from bot.records.album import COPIES
from bot.records.keyfile import KeyFileRefused
from bot.records.keyfile import read as read_keys
from bot.records.refusing import DatabaseRefused, shown, told_plainly
from bot.records.schema import NewerSchema, Schema, schema
from bot.records.tally import NotCounted, tally
from bot.settings import Settings, exposed

ROOM = 500_000_000
"""Bytes that should be free beside the data."""


class Level(StrEnum):
    OK = "ok"
    WARN = "warn"
    FAIL = "fail"


@dataclass(frozen=True)
class Finding:
    """One line: what was looked at, how it stands, and what to do when it is not well."""

    level: Level
    what: str
    says: str
    do: str = ""

    def __str__(self) -> str:
        return f"{self.level:<5} {self.what:<10} {self.says}" + (f": {self.do}" if self.do else "")

    def as_json(self) -> dict[str, str]:
        return {"level": self.level.value, "what": self.what, "says": self.says, "do": self.do}


def fine(what: str, says: str) -> Finding:
    return Finding(Level.OK, what, says)


def warn(what: str, says: str, do: str) -> Finding:
    return Finding(Level.WARN, what, says, do)


def fail(what: str, says: str, do: str) -> Finding:
    return Finding(Level.FAIL, what, says, do)


def of_files(chosen: Settings) -> Iterator[Finding]:
    if why := exposed():
        yield fail(".env", *why.split(": ", 1))
    yield _key_file(chosen)
    yield from _copies_of_photos(chosen)
    folder = chosen.data_dir if chosen.data_dir.is_dir() else chosen.data_dir.absolute().parent
    free = shutil.disk_usage(folder).free if folder.is_dir() else 0
    megabytes = f"{free // 1_000_000} MB are free beside {chosen.data_dir}"
    yield fine("disk", megabytes) if free >= ROOM else warn("disk", megabytes, "make room: 500 MB at least")


def of_content(chosen: Settings) -> Iterator[Finding]:
    """The words as they stand in the folder."""
    try:
        inspection = inspected(chosen)
    except OSError as error:
        yield fail("content", f"cannot read {chosen.content_dir}: {error.strerror}", "CONTENT_DIR names the folder")
        return
    faults, shelf = inspection.report.faults, inspection.shelf
    if faults or shelf is None:
        yield fail("content", f"{len(faults)} faults, the first: {faults[0]}", "`aftercare check` names them all")
        return
    yield fine("content", f"{shelf.version[:8]}, no faults")
    if shelf.clinic.fictitious and not chosen.is_trial:
        yield fail("clinic", "it is the made-up one", "`aftercare init` enters yours")
    open_ones = [decision.id for decision in shelf.clinic.decisions if not decision.confirmed]
    if open_ones:
        yield warn(
            "decisions", f"not confirmed: {', '.join(open_ones)}", "decide each in clinic.toml, confirmed = true"
        )


def of_the_database(chosen: Settings) -> Iterator[Finding]:
    """Read only, and never made by looking."""
    if not chosen.has_replicas and not chosen.database_file.is_file():
        yield warn("database", f"there is none in {chosen.data_dir} yet", "`aftercare run` makes it")
        return
    try:
        with told_plainly(chosen.database):
            state = schema(chosen.database)
        if state is not Schema.CURRENT:
            yield warn("database", f"its tables are {state.value}", "`aftercare run` brings them up to date")
            return
        counted = tally(chosen.database, at=the_clock(chosen).now())
    except (DatabaseRefused, NewerSchema, NotCounted) as error:
        yield fail("database", str(error), "see DATA_DIR and DATABASE_URL")
        return
    yield fine("database", shown(chosen.database))
    if counted.desk is None:
        yield warn("desk", "there is none", "an admin types /desk in the staff's group")
    elif not counted.desk:
        yield warn("desk", "its test alert was not answered", "tap Got it under the test alert, or type /desk again")


def _copies_of_photos(chosen: Settings) -> Iterator[Finding]:
    """Those in which the bot, whose own photos these are, can erase nothing."""
    if not chosen.photos.is_dir():
        return
    bot = chosen.photos.stat().st_uid
    for folder in sorted(chosen.backups.glob(COPIES)):
        if folder.stat().st_uid != bot:
            yield fail(
                "photos",
                f"{folder} belongs to another user: erased photos stay in it",
                "give it to the user that runs the bot, and run `aftercare backup` as that one",
            )


def _key_file(chosen: Settings) -> Finding:
    if not chosen.key_file.exists() and not chosen.has_replicas and not chosen.database_file.exists():
        return warn("key file", f"there is no {chosen.key_file} yet", "`aftercare init` or `run` makes it")
    try:
        read_keys(chosen.key_file)
    except KeyFileRefused as error:
        return fail("key file", str(error), "without it the data cannot be read")
    if chosen.key_file.resolve().is_relative_to(chosen.data_dir.resolve()):
        return fail(
            "key file", f"{chosen.key_file} lies inside DATA_DIR", "move it out: a copy of the folder must not hold it"
        )
    return fine("key file", f"{chosen.key_file}, for its owner only")
