"""What patients are in the middle of, and so cannot be taken out of the content yet."""

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from bot.care.model.protocol import Protocol


@dataclass(frozen=True)
class InUse:
    """So many patients in care have these treatments, and this step still before them (empty: whatever is left)."""

    treatments: tuple[str, ...]
    step: str
    patients: int


Lost = Mapping[tuple[str, str], int]
"""(Treatment, step or empty for all of it) -> patients who need it."""


def lost(used: Iterable[InUse], protocols: Mapping[str, Protocol]) -> Lost:
    """What these plans lack of it."""
    found = Counter[tuple[str, str]]()
    for one in used:
        gone = [name for name in one.treatments if name not in protocols]
        if not one.step:
            found.update({(name, ""): one.patients for name in gone})
        elif not gone and all(protocols[name].step(one.step) is None for name in one.treatments):
            found[one.treatments[0], one.step] += one.patients
    return found
