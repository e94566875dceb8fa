"""Words of the content that can be edited one by one: where they stand, how they are to change, and how they did."""

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime
from enum import StrEnum
from typing import NamedTuple, Self

LONGEST_TYPED = 3000
"""Characters of words that are written in a chat: with what is said around them they still fit into a message."""
KEEP, MOVE = "keep", "move"
"""Behind a new timing that was published: running plans stay as they were, or follow it."""
UNDO = "undo:"
"""Before the id of the revision that was taken back, in why another was made."""
FILE = 0
"""Whose revision it is when somebody changed the file itself."""


class DraftKind(StrEnum):
    """What is to change. All but words are named in the section of an item's key."""

    WORDS = "words"
    TIMING = "timing"
    """When they are said: `timing/picosure/PS-03`."""
    APPROVAL = "approval"
    """A clinician stands for them: `approval/picosure`, `approval/answers`."""
    PLANS = "plans"
    """Only a question, whether running plans follow what was changed in a file: `plans/picosure`."""
    FILE = "file"
    """A whole file, which an undo puts back: `file/en/faq/makeup.toml`."""


KINDS = {one.value: one for one in DraftKind}


@dataclass(frozen=True)
class Item:
    """One variant of the words at a key, e.g. `en`, `faq/makeup`, 2."""

    language: str
    key: str
    variant: int = 0

    def __str__(self) -> str:
        return f"{self.language} {self.key} {self.variant}"

    @classmethod
    def named(cls, name: str) -> Self:
        language, key, variant = name.split(" ")
        return cls(language, key, int(variant))

    @property
    def kind(self) -> DraftKind:
        return KINDS.get(self.key.partition("/")[0], DraftKind.WORDS)


@dataclass(frozen=True)
class Written:
    """An item as its file has it: with its placeholders, and the dimensions on whose values it depends."""

    file: str
    text: str
    when: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    names: frozenset[str] = frozenset()
    has_conditions: bool = False
    """It decides inside itself as well."""

    @property
    def is_for_its_file(self) -> bool:
        """Nobody can write it in a message: only its file can be edited."""
        return self.has_conditions or len(self.text) > LONGEST_TYPED


@dataclass(frozen=True)
class Rewording:
    """One item before and after; empty where it was not there."""

    item: Item
    old: str
    new: str


class Retimed(NamedTuple):
    """A step that was put on another day or hour, before and after, as `model/timing.py` writes its place."""

    step: str
    old: str
    new: str
    is_held: bool = False
    """Running plans were kept from it by an older question, which nobody has answered."""


@dataclass(frozen=True)
class FileChange:
    """A file before and after; None where there was, or is, none."""

    file: str
    old: str | None
    new: str | None
    rewordings: tuple[Rewording, ...] = ()
    old_print: str = ""
    new_print: str = ""
    """Hashes of the two; empty for no file."""
    retimed: tuple[Retimed, ...] = ()
    """Of a treatment's file. No revision remembers them: the two files say them."""


@dataclass(frozen=True)
class Revision:
    """One change of one file that went live. `version` is the whole content's hash with it.

    `why`: `edit`, `file`, or with what it is about: `timing:picosure/PS-03`, `approve:picosure`, `undo:7`.
    """

    at: datetime
    by: int
    """A member's account, or `FILE`."""
    why: str
    change: FileChange
    version: str = ""
    published_by: int = 0
    """The account of whoever let it go live; 0 where nobody's tap did."""
    id: int = 0

    def of(self, item: Item) -> Rewording | None:
        return next((one for one in self.change.rewordings if one.item == item), None)


class DraftState(StrEnum):
    """WRITING waits for the words, READY for a yes; CHECKING and SAVING are work under way.

    MOVING has been saved, and running plans are seen to once it is in use. A question about running plans is MOVING
    while they are made to stay or to follow (its words: `keep`, `move`), READY while it waits for an answer.
    """

    WRITING = "writing"
    CHECKING = "checking"
    READY = "ready"
    SAVING = "saving"
    MOVING = "moving"
    SAVED = "saved"
    ENDED = "ended"


AT_WORK = (DraftState.CHECKING, DraftState.SAVING, DraftState.MOVING)
OPEN = (DraftState.WRITING, *AT_WORK, DraftState.READY)


@dataclass(frozen=True)
class Draft:
    """New words for one item, or (`undoes`: a revision's id) the words from before a revision, on their way.

    `before` is what the item said when they were begun, `print` the hash of the file they were checked with. How they
    fare is said in the message `message_id`, or, while that one is still on its way, in that of the delivery `shown`.
    `clinical`: only a clinician lets them go live. `sample`: whom the preview is for, e.g. `picosure 3`. Where a
    clinician was asked, `asked_chat` and `asked_message` say so; `published_by`: whose tap let them go live.
    """

    item: Item
    file: str
    words: str
    before: str
    state: DraftState
    by: int
    chat: int
    at: datetime
    message_id: int = 0
    shown: int = 0
    undoes: int = 0
    print: str = ""
    told: str = ""
    clinical: bool = False
    sample: str = ""
    asked_chat: int = 0
    asked_message: int = 0
    published_by: int = 0
    id: int = 0

    @property
    def kind(self) -> DraftKind:
        return self.item.kind

    @property
    def treatment(self) -> str:
        """Of a timing, an approval (there `answers`, too) or a question about plans."""
        return self.item.key.split("/")[1]

    @property
    def times(self) -> tuple[str, str]:
        """Of a timing: treatment and step."""
        _, treatment, step = self.item.key.split("/")
        return treatment, step

    @property
    def retimed(self) -> tuple[Retimed, ...]:
        """What a question about plans is about: `before` holds it."""
        return tuple(Retimed(*one) for one in json.loads(self.before)) if self.kind is DraftKind.PLANS else ()

    @property
    def is_written(self) -> bool:
        """Somebody wrote its words, and may write others."""
        return self.kind is DraftKind.WORDS and not self.undoes

    @property
    def moves(self) -> bool:
        """Another day or hour, and not only another rule for the late."""
        return self.kind is DraftKind.TIMING and self.words.split(" ")[:2] != self.before.split(" ")[:2]

    @property
    def for_plans(self) -> str:
        """What was chosen for running plans: `KEEP` or `MOVE`; empty while nobody chose, and for anything else."""
        chosen = self.words.rpartition(" ")[2]
        return chosen if self.moves and chosen in (KEEP, MOVE) else ""

    def as_found(self, checked: "Checked") -> Self:
        """What an undone timing goes back to is known once its file was read."""
        return replace(self, words=checked.then) if self.undoes and checked.then else self

    def turned(self, state: DraftState, **changed: object) -> Self:
        return replace(self, state=state, **changed)  # type: ignore[arg-type]


class Verdict(StrEnum):
    """What came of trying a draft, or of writing it."""

    DONE = "done"
    CHANGED = "changed"
    """The file is another than was checked."""
    SAME = "same"
    """These are the words already."""
    GONE = "gone"
    """There is nothing (any more) that could be changed like this."""
    REFUSED = "refused"
    READ_ONLY = "read-only"
    FAILED = "failed"


@dataclass(frozen=True)
class Checked:
    """`reasons`: faults, each in a line. `now`: what the item says at present; `then`: what a timing would be."""

    verdict: Verdict
    reasons: Sequence[str] = ()
    now: str = ""
    change: FileChange | None = None
    version: str = ""
    then: str = ""
