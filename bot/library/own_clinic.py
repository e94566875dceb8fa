"""Put a real clinic in the place of the made-up one: `clinic.toml` with its comments, checked before it is written."""

from dataclasses import dataclass
from pathlib import Path
from typing import Any

import tomlkit
from tomlkit.exceptions import TOMLKitError
from tomlkit.items import Item

from bot.library.faults import ContentRefused, Fault, Report
from bot.library.folder import Snapshot, read
from bot.library.loading import inspect
from bot.library.verdicts import Verdicts
from bot.library.writing import replace

FILE = "clinic.toml"
MADE_UP = "# This clinic is made up."
"""How the shipped file's remark on itself begins; it is left out of the clinic's own."""
OF_ONE_COUNTRY: dict[str, Any] = {"holidays": [], "out_of_hours": "go to out-of-hours urgent care now"}
"""What the shipped file says of its own country, and what stands there for every other one."""


@dataclass(frozen=True)
class OwnClinic:
    """What only the clinic knows; an empty `out_of_hours` keeps what fits the country."""

    name: str
    phone: str
    country: str
    zone: str
    languages: tuple[str, ...]
    on_call_phone: str = ""
    privacy_contact: str = ""
    out_of_hours: str = ""


def is_made_up(content_dir: Path) -> bool:
    """The file still holds the fictitious clinic. Raises `OSError`, `ContentRefused`."""
    return bool(_parsed((content_dir / FILE).read_text(encoding="utf-8")).get("fictitious"))


def rewritten(text: str, own: OwnClinic) -> str:
    """The file's text with the clinic's own values. Raises `ContentRefused` when it is no TOML."""
    document = _parsed("".join(line for line in text.splitlines(keepends=True) if not line.startswith(MADE_UP)))
    if document.get("country") != own.country:
        document.update(OF_ONE_COUNTRY)
    document["fictitious"] = False
    for name, value in vars(own).items():
        if name == "out_of_hours" and not value:
            continue
        document[name] = list(value) if isinstance(value, tuple) else value
    _leave_out_comment(document.item("phone"))
    return tomlkit.dumps(document)


def move_in(content_dir: Path, own: OwnClinic, verdicts: Verdicts) -> None:
    """Write the file, whole or not at all. Raises `OSError`, and `ContentRefused` with the faults it would bring.

    `verdicts` know whether all of it was found clean before.
    """
    before = read(content_dir)
    text = rewritten((content_dir / FILE).read_text(encoding="utf-8"), own)
    after = Snapshot({**before.files, FILE: text.encode()}, before.faults)
    found = () if verdicts.passed(after.version) else inspect(after).report.faults
    # what was wrong before is no reason to stay out
    known = set(inspect(before).report.faults) if found else set()
    new = tuple(fault for fault in found if fault not in known)
    if new:
        raise ContentRefused(Report(new))
    replace(content_dir / FILE, text)


def languages(content_dir: Path) -> tuple[str, ...]:
    """Those that have a folder of words."""
    return tuple(sorted(found.parent.name for found in content_dir.glob("*/treatments.toml")))


def _leave_out_comment(item: object) -> None:
    """What stands beside the made-up number says that it is made up."""
    if isinstance(item, Item):
        item.trivia.comment = item.trivia.comment_ws = ""


def _parsed(text: str) -> tomlkit.TOMLDocument:
    try:
        return tomlkit.parse(text)
    except TOMLKitError as error:
        raise ContentRefused(Report((Fault(FILE, 1, f"not valid TOML: {error}"),))) from error
