"""What a clinic has yet to decide or approve before it may enrol more than test patients."""

from collections.abc import Iterator
from pathlib import Path

from bot.care.model.sign_off import ANSWERS, FILE
from bot.library.content import Content, gather
from bot.library.faults import Fault, Notes
from bot.library.folder import read
from bot.library.shelf import ContentShelf, build


def pending(content_dir: Path) -> tuple[Fault, ...]:
    """Every open decision and all that lacks an approval, with the place to mend it."""
    content = gather(read(content_dir), Notes())
    return tuple(_open(content))


def unapproved(shelf: ContentShelf) -> tuple[str, ...]:
    """Treatments that no clinician stands for as they are now, by name; and `ANSWERS`, if nobody stands for them."""
    return tuple(sorted(shelf.sign_offs.keys() - shelf.approved))


def _open(content: Content) -> Iterator[Fault]:
    clinic = content.clinic
    if clinic is None or not clinic.languages:
        yield Fault("clinic.toml", 1, "cannot be read: `aftercare check` says why")
        return
    lines = content.files["clinic.toml"].lines
    if clinic.fictitious:
        yield Fault("clinic.toml", lines.of(("fictitious",)), "the clinic is made up: `aftercare init` writes your own")
    places = content.files["clinic.toml"].places("decision", "id")
    for decision in clinic.decisions:
        if not decision.confirmed:
            line = lines.of(("decision", places.get(decision.id, 0)))
            yield Fault("clinic.toml", line, f"the decision {decision.id!r} is not confirmed: {decision.value}")
    shelf = build(content, clinic, version="")
    for name in unapproved(shelf):
        print_ = shelf.prints[name]
        if name == ANSWERS:
            yield Fault(
                FILE, 1, f"no clinician has approved the answers and danger signs as they are now: {name} {print_}"
            )
        else:
            reason = f"no clinician has approved it as it is now: its hash is {print_}"
            yield Fault(f"protocols/{name}.toml", 1, reason)
