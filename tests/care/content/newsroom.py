"""A press that prints what a test wants it to, and the team in front of it."""

from dataclasses import dataclass, field
from itertools import count

from bot.care.model.inbound import Said, Sender, Tap
from bot.care.model.people import Member, Role
from bot.care.model.revision import Checked, Draft, FileChange, Item, Retimed, Revision, Rewording, Verdict
from bot.care.services.editing_round import EditingRound
from tests.care.scene import FRIDAY_NOON, Scene, a_scene

PAUL = Sender(4, 4, "Paul")
"""A second admin."""


@dataclass
class FakePress:
    """`finds`: what each look ends with, if not well; `says`: what was published, by item."""

    finds: Checked | None = None
    broken: bool = False
    says: dict[Item, str] = field(default_factory=dict)
    prints: "count[int]" = field(default_factory=lambda: count(1))
    print: str = "0"
    retimed: tuple[Retimed, ...] = ()
    """What of timings changes with whatever is printed."""

    def check(self, draft: Draft, undone: Revision | None) -> Checked:
        if self.broken:
            raise ValueError(draft.words)
        return self.finds or self._checked(draft, undone)

    def publish(self, draft: Draft, undone: Revision | None) -> Checked:
        if draft.print != self.print:
            return Checked(Verdict.CHANGED)
        checked = self._checked(draft, undone)
        if checked.change is not None:
            self.says |= {one.item: one.new for one in checked.change.rewordings}
        self.print = str(next(self.prints))
        return checked

    def _checked(self, draft: Draft, undone: Revision | None) -> Checked:
        now = self.says.get(draft.item, draft.before)
        reworded: tuple[Rewording, ...] = (Rewording(draft.item, now, draft.words),)
        if undone is not None:
            reworded = tuple(Rewording(one.item, one.new, one.old) for one in undone.change.rewordings)
        change = FileChange(draft.file, "old", "new", reworded, self.print, f"after {self.print}", self.retimed)
        return Checked(Verdict.DONE, (), now, change, "version")


@dataclass
class Newsroom(Scene):
    """A round that works whenever it is called."""

    press: FakePress = field(default_factory=FakePress)

    def __post_init__(self) -> None:
        super().__post_init__()
        browsing = self.office.browsing
        working = (browsing.editing.outcome, browsing.retiming, browsing.plans)
        self.round = EditingRound(self.records, self.clock, self.press, *working)

    def targets(self, who: Sender) -> list[int | None]:
        """Which message each act that reached a chat has changed; None for a new one."""
        self.deliver()
        acts = [act for where, act in self.arrived if where == who.chat]
        return [act.target.message if act.target is not None else None for act in acts]

    async def works(self) -> None:
        self.deliver()
        await self.round.look()
        self.deliver()

    def opens(self, who: Sender, *labels: str) -> None:
        self.office.browsing.command(self.work, who)
        for label in labels:
            self.tap(who, label)

    def begins(self, who: Sender, item: Item) -> None:
        """As by the button below these words, wherever they stand."""
        self.opens(who)
        tap = Tap("token", "content-edit", (str(item),), who.chat, 0, "Edit", message_id=len(self.arrived))
        self.office.browsing.editing.begin(self.work, who, tap)
        self.deliver()

    def writes(self, who: Sender, words: str) -> bool:
        said = Said(who, words, next(self.ids), html=words)
        taken = self.office.browsing.editing.typed(self.work, said)
        self.deliver()
        return taken

    async def drafts(self, who: Sender, words: str, *labels: str) -> None:
        """From the item's buttons to what came of the check."""
        self.opens(who, *labels, "Edit")
        self.writes(who, words)
        await self.works()


def a_newsroom() -> Newsroom:
    """With the team of every scene, a second admin, and a desk."""
    room, scene = Newsroom(), a_scene()
    room.records.memory.restore(scene.records.memory.snapshot())
    room.work.team.add(Member(PAUL.account, PAUL.name, Role.ADMIN, FRIDAY_NOON))
    return room
