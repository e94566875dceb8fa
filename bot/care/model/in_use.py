"""What patients are in the middle of, and so cannot be taken out of the content yet."""

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from bot.care.model.enrolment import Surface
from bot.care.model.protocol import Protocol, Step
from bot.care.model.windows import column


@dataclass(frozen=True)
class InUse:
    """So many patients in care have these treatments, and this step still before them (empty: whatever is left)."""

    treatments: tuple[str, ...]
    step: str
    patients: int
    surface: Surface | None = None
    """Picks whose steps they get; None for the treatment's own."""


Lost = Mapping[tuple[str, str], int]
"""(Treatment, step or empty for all of it) -> patients who need it."""


def lost(used: Iterable[InUse], protocols: Mapping[str, Protocol]) -> Lost:
    """What these plans lack of it."""
    found = Counter[tuple[str, str]]()
    for one in used:
        gone = [name for name in one.treatments if name not in protocols]
        if not one.step:
            found.update({(name, ""): one.patients for name in gone})
        elif not gone and all(plan.step(one.step) is None for plan in _plans(one, protocols)):
            found[one.treatments[0], one.step] += one.patients
    return found


def turned(used: Iterable[InUse], before: Mapping[str, Protocol], after: Mapping[str, Protocol]) -> Lost:
    """Steps that count from another day than they did, or every day where they did not, on these patients' plans.

    Whoever had such a message would get it again: of a step each anchor is an occasion of its own.
    """
    found = Counter[tuple[str, str]]()
    for one in used:
        if one.step or any(name not in protocols for name in one.treatments for protocols in (before, after)):
            continue
        for old, new in zip(_plans(one, before), _plans(one, after), strict=True):
            found.update({(new.id, step.id): one.patients for step in new.steps if _counts_otherwise(old, step)})
    return found


def _counts_otherwise(old: Protocol, step: Step) -> bool:
    was = old.step(step.id)
    return was is not None and (was.anchor, was.daily) != (step.anchor, step.daily)


def _plans(one: InUse, protocols: Mapping[str, Protocol]) -> list[Protocol]:
    main, *also = one.treatments
    return [column(protocols, main, one.surface or protocols[main].surface), *(protocols[name] for name in also)]
