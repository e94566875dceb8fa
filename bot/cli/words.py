"""The words of the content folder, for verbs that only look at them."""

from collections.abc import Callable, Sequence
from fnmatch import fnmatch

import typer

from bot.cli.says import refuse
from bot.compose.proof import proof
from bot.library.faults import Fault
from bot.library.folder import read
from bot.library.loading import Inspection, inspect_once
from bot.library.shelf import ContentShelf
from bot.library.verdicts import Verdicts
from bot.settings import Settings
from bot.understanding.building import understand
from bot.understanding.understander import Understander

Preparing = Callable[[ContentShelf], object]
UNDERSTOOD = (".", "*/red_flags.toml", "*/concepts.toml", "*/out_of_scope.toml", "*/faq/*.toml")
"""Files that understanding is built of; `.` stands for all of them."""


def shelf_of(chosen: Settings) -> ContentShelf:
    """What the folder says now; faults elsewhere in it are mentioned, since the bot would not take it like this."""
    shelf, _ = _looked_at(inspected(chosen))
    return shelf


def inspected(chosen: Settings, prepare: Preparing | None = None) -> Inspection:
    """The folder as it stands, proved; what was found clean before is only read."""
    verdicts = Verdicts(chosen.verdicts_dir)
    return inspect_once(read(chosen.content_dir), proof(prepare, verdicts), verdicts)


def understood(chosen: Settings) -> tuple[ContentShelf, Understander]:
    """The words, and what a clinic would understand with them; refused where a fault stands in their way."""
    built: list[Understander] = []
    building = inspected(chosen, lambda proved: built.append(understand(proved.tables, chosen.cache_dir)))
    shelf, faults = _looked_at(building)
    if built:
        return shelf, built[0]
    in_the_way = [fault for fault in faults if any(fnmatch(fault.file, name) for name in UNDERSTOOD)]
    if in_the_way:
        refuse(f"nobody can be understood with this, `aftercare check` says all\n{in_the_way[0]}")
    return shelf, understand(shelf.tables, chosen.cache_dir)


def _looked_at(inspection: Inspection) -> tuple[ContentShelf, Sequence[Fault]]:
    faults = inspection.report.faults
    if inspection.shelf is None or not inspection.shelf.protocols:
        refuse(f"the content cannot be read: `aftercare check` says why\n{faults[0]}")
    if faults:
        typer.echo(
            f"aftercare: the content has {len(faults)} faults and cannot go live: see `aftercare check`", err=True
        )
    return inspection.shelf, faults
