"""Content that patients are in the middle of stays until they are through with it."""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass

from bot.care.model.in_use import InUse, lost, turned
from bot.library.places import Path
from bot.library.proof import Parting
from bot.library.shelf import ContentShelf

ANEW = "give it another id"
FIRST = "end or correct their courses first, or bring it back"


@dataclass(frozen=True)
class Needed:
    file: str
    reason: str
    path: Path = ()
    blocks: bool = True


def parting(used: Callable[[], Sequence[InUse]]) -> Parting:
    """What new content lacks although the content before it has it, and somebody needs it."""

    def missed(new: ContentShelf, before: ContentShelf) -> Iterable[Needed]:
        if before.protocols == new.protocols:
            return
        now = used()
        for place, patients in lost(now, new.protocols).items():
            if place not in lost(now, before.protocols):
                yield Needed(f"protocols/{place[0]}.toml", _reason(*place, patients))
        for (treatment, step), patients in turned(now, before.protocols, new.protocols).items():
            yield Needed(f"protocols/{treatment}.toml", _twice(step, patients))

    return missed


def _twice(step: str, patients: int) -> str:
    whose = "1 patient in care has" if patients == 1 else f"{patients} patients in care have"
    return f"the step {step} counts its days otherwise, and {whose} this plan and could get it twice: {ANEW}"


def _reason(treatment: str, step: str, patients: int) -> str:
    whose = "1 patient in care has" if patients == 1 else f"{patients} patients in care have"
    if not step:
        return f"{treatment} is gone, and {whose} this treatment: {FIRST}"
    return f"the step {step} is gone, and {whose} its message before them: {FIRST}"
