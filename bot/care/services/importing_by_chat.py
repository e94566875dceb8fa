"""A file of patients sent to the bot: what was understood, a tap to enrol them, and the links to print."""

from dataclasses import dataclass
from datetime import datetime

from bot.care.model.day_order import DayOrder
from bot.care.model.delivery import Act, ActKind, Button, Keyboard
from bot.care.model.file_text import Note
from bot.care.model.inbound import Sender, Tap
from bot.care.model.roster import Roster
from bot.care.model.texts import flat
from bot.care.model.typed_line import Remark
from bot.care.model.words import Html
from bot.care.ports import Clock, Work
from bot.care.services.admitting import Admitting, here
from bot.care.services.going_live import GoingLive
from bot.care.services.importing import Importing, Staged
from bot.care.services.importing_words import ImportingWords, example_file, fitting
from bot.care.services.noticing import alerts_arrive
from bot.care.services.posting import post, put, show
from bot.care.services.speaking import Speaking

BOM = "\ufeff"
"""Tells a spreadsheet which letters these are."""


@dataclass(frozen=True)
class ImportingByChat:
    clock: Clock
    speaking: Speaking
    admitting: Admitting
    going_live: GoingLive
    importing: Importing

    @property
    def words(self) -> ImportingWords:
        return self.importing.words

    def explain(self, work: Work, who: Sender) -> None:
        """`/import`: how it goes, and a file to fill in."""
        now = self.clock.now()
        if not self.may(work, who):
            return
        text = self.speaking.staff("importing/how")
        if not who.private:
            # with privacy mode on, a group's file reaches the bot only as a reply
            text = Html(f"{text}\n\n{self.speaking.staff('importing/how-group')}")
        post(work, here(who), text, at=now, force_reply=not who.private)
        example = (self.speaking.label("importing/example-file"), BOM + example_file(self.speaking, at=now))
        caption = self.speaking.staff("importing/example-caption")
        put(work, Act(ActKind.SEND, here(who), text=caption, document=example), at=now)

    def may(self, work: Work, who: Sender) -> bool:
        """As `/enroll`: only the team, and only once an alert is known to arrive. Otherwise it is said why not."""
        now = self.clock.now()
        if self.admitting.admit(work, who, "import", at=now) is None:
            return False
        if not alerts_arrive(work):
            post(work, here(who), self.speaking.staff("enrolling/no-alarm-yet"), at=now)
            return False
        return True

    def refuse(self, work: Work, who: Sender, why: str) -> None:
        """A file that was not even looked into."""
        if self.may(work, who):
            self.show(work, who, Roster(faults=(Note(0, Remark(why)),)), file="")

    def show(self, work: Work, who: Sender, roster: Roster, *, file: str, order: DayOrder | None = None) -> None:
        """What would be done, with a button to do it; or what is wrong; or which comes first, day or month."""
        now = self.clock.now()
        if not self.may(work, who):
            return
        may_not = self.going_live.refusal(*(entry.form for entry in roster.entries))
        source = (str(who.account), file)
        if may_not is not None:
            post(work, here(who), may_not, at=now)
        elif roster.unclear and not roster.faults:
            text = self.speaking.staff("importing/ask-order", typed=roster.unclear)
            post(work, here(who), text, at=now, keyboard=self._orders(source))
        elif roster.faults:
            self._refuse(work, who, roster, at=now)
        elif not roster.entries:
            post(work, here(who), self._said("nothing-new", roster, at=now), at=now)
        else:
            keyboard = self._choices(len(roster.entries), (*source, order.value if order else ""))
            post(work, here(who), self._said("checked", roster, at=now), at=now, keyboard=keyboard)

    def may_go_on(self, work: Work, who: Sender, tap: Tap) -> bool:
        """Tapped by whoever sent the file, and not used up."""
        return tap.args[0] == str(who.account) and tap.used_at is None and self.may(work, who)

    def discard(self, work: Work, who: Sender, tap: Tap) -> None:
        if self.may_go_on(work, who, tap) and work.outbox.use_tap(tap.token, at=self.clock.now()):
            show(work, tap, self.speaking.staff("importing/discarded"), at=self.clock.now())

    def progress(self, work: Work, tap: Tap, done: int, of: int) -> None:
        text = self.speaking.staff("importing/progress", count=f"{done:,}", limit=f"{of:,}")
        show(work, tap, text, at=self.clock.now())

    def taken_over(self, work: Work, tap: Tap) -> None:
        show(work, tap, self.speaking.staff("importing/taken"), at=self.clock.now())

    def finish(self, work: Work, who: Sender, tap: Tap, roster: Roster, staged: Staged) -> None:
        """The flag, the sheets and what is said commit together."""
        now = self.clock.now()
        actor = f"member:{who.account}"
        if not work.outbox.use_tap(tap.token, at=now) or not self.importing.go_live(work, staged, actor, at=now):
            self.taken_over(work, tap)
            return
        text = self.speaking.staff(
            "importing/done",
            count=f"{len(staged.cards):,}",
            value=_span(staged.codes),
            until=self.speaking.moment(staged.until, at=now),
            remarks=_lines(fitting(self.words.notes(roster, at=now))),
        )
        show(work, tap, text, at=now)
        for sheet in self.words.sheets(staged.cards, until=staged.until, at=now):
            caption = self.speaking.staff(
                "importing/links", count=f"{len(sheet.cards):,}", until=self.speaking.moment(staged.until, at=now)
            )
            put(work, Act(ActKind.SEND, here(who), text=caption, sheet=sheet), at=now, purpose="links")

    def _refuse(self, work: Work, who: Sender, roster: Roster, *, at: datetime) -> None:
        lines = self.words.faults(roster)
        shown = fitting(lines)
        more = [self.speaking.staff("importing/too-much")] if len(shown) < len(lines) else []
        name, problems = "refused" if roster.example else "refused-whole", _lines([*shown, *more])
        text = self.speaking.staff(f"importing/{name}", problems=problems, value=roster.example.strip())
        post(work, here(who), text, at=at)
        if more:
            listed = (self.speaking.label("importing/faults-file"), "\n".join(map(flat, lines)))
            caption = self.speaking.staff("importing/faults-caption")
            put(work, Act(ActKind.SEND, here(who), text=caption, document=listed), at=at)

    def _said(self, name: str, roster: Roster, *, at: datetime) -> Html:
        return self.speaking.staff(
            f"importing/{name}",
            count=f"{len(roster.entries):,}",
            listed=_lines(self.words.patients(roster.entries, at=at)),
            remarks=_lines(fitting(self.words.notes(roster, at=at))),
        )

    def _choices(self, count: int, args: tuple[str, ...]) -> Keyboard:
        name = "enrol" if count > 1 else "enrol-one"
        enrol = Button(self.speaking.label(f"importing/{name}", count=f"{count:,}"), "import-enrol", args)
        discard = Button(self.speaking.label("importing/discard"), "import-discard", args[:1])
        return ((enrol,), (discard,))

    def _orders(self, source: tuple[str, str]) -> Keyboard:
        return (
            tuple(
                Button(self.speaking.label(f"importing/{order}"), "import-order", (*source, order.value))
                for order in DayOrder
            ),
        )


def _lines(lines: list[Html]) -> Html:
    return Html("\n".join(lines))


def _span(codes: str) -> str:
    """`A-17 to B-3`, of all pieces."""
    ends = codes.replace("..", " ").split()
    return " to ".join(dict.fromkeys((ends[0], ends[-1])))
