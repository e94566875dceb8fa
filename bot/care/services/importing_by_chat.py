"""A file of patients sent to the bot: what was understood, a tap to enrol them, and the links to print."""

from dataclasses import dataclass
from datetime import datetime

from bot.care.model.day_order import DayOrder
from bot.care.model.delivery import Act, ActKind, Button, Keyboard
from bot.care.model.file_text import Note
from bot.care.model.inbound import Sender, Tap
from bot.care.model.purpose import Purpose
from bot.care.model.roster import Roster
from bot.care.model.texts import flat
from bot.care.model.typed_line import Remark
from bot.care.model.words import Html
from bot.care.ports.outside import Clock
from bot.care.ports.records import Work
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
class Answer:
    """`document`: all that is wrong, where a message does not take it."""

    text: Html
    keyboard: Keyboard = ()
    document: tuple[str, str] | None = None


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
        test = self.going_live.is_for_tests
        example = (self.speaking.label("importing/example-file"), BOM + example_file(self.speaking, at=now, test=test))
        caption = self.speaking.staff(f"importing/example-caption{'-test' if test else ''}")
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

    def answer(self, who: Sender, roster: Roster, *, file: str, order: DayOrder | None = None) -> Answer:
        """What would be done, with a button to do it; or what is wrong; or which comes first, day or month.

        Before any transaction: thousands of rows take their time to be told of.
        """
        now = self.clock.now()
        may_not = self.going_live.refusal(*(entry.form for entry in roster.entries))
        source = (str(who.account), file)
        if may_not is not None:
            return Answer(may_not)
        if roster.unclear and not roster.faults:
            return Answer(self.speaking.staff("importing/ask-order", typed=roster.unclear), self._orders(source))
        if roster.faults:
            return self._faulty(roster)
        if not roster.entries:
            return Answer(self._said("nothing-new", roster, at=now))
        choices = self._choices(len(roster.entries), (*source, order.value if order else ""))
        return Answer(self._said("checked", roster, at=now), choices)

    def refusal(self, why: str) -> Answer:
        """Of a file that was not even looked into."""
        return self._faulty(Roster(faults=(Note(0, Remark(why)),)))

    def show(self, work: Work, who: Sender, answer: Answer) -> None:
        now = self.clock.now()
        if not self.may(work, who):
            return
        post(work, here(who), answer.text, at=now, keyboard=answer.keyboard)
        if answer.document is not None:
            caption = self.speaking.staff("importing/faults-caption")
            put(work, Act(ActKind.SEND, here(who), text=caption, document=answer.document), at=now)

    def reading(self, work: Work, who: Sender) -> None:
        post(work, here(who), self.speaking.staff("importing/reading"), at=self.clock.now())

    def may_go_on(self, work: Work, who: Sender, tap: Tap) -> bool:
        """Tapped by whoever sent the file, and not used up."""
        return tap.args[0] == str(who.account) and tap.used_at is None and self.may(work, who)

    def discard(self, work: Work, who: Sender, tap: Tap) -> None:
        if self.may_go_on(work, who, tap) and work.outbox.use_tap(tap.token, at=self.clock.now()):
            show(work, tap, self.speaking.staff("importing/discarded"), at=self.clock.now())

    def progress(self, work: Work, tap: Tap, done: int, of: int) -> None:
        text = self.speaking.staff("importing/progress", count=f"{done:,}", limit=f"{of:,}")
        show(work, tap, text, at=self.clock.now())

    def under_way(self, work: Work, tap: Tap) -> None:
        show(work, tap, self.speaking.staff("importing/taken"), at=self.clock.now())

    def finished(self, who: Sender, roster: Roster, staged: Staged) -> tuple[Html, list[Act]]:
        """What is said once they are there, and the sheets; made ready before the last transaction."""
        now = self.clock.now()
        until = self.speaking.moment(staged.until, at=now)
        text = self.speaking.staff(
            "importing/done",
            count=f"{len(staged.cards):,}",
            value=_span(staged.codes),
            until=until,
            remarks=_lines(fitting(self.words.notes(roster, at=now))),
        )
        sheets = self.words.sheets(staged.cards, until=staged.until, at=now)
        captions = [self.speaking.staff("importing/links", count=f"{len(one.cards):,}", until=until) for one in sheets]
        return text, [
            Act(ActKind.SEND, here(who), text=caption, sheet=sheet)
            for caption, sheet in zip(captions, sheets, strict=True)
        ]

    def finish(self, work: Work, who: Sender, tap: Tap, staged: Staged, said: tuple[Html, list[Act]]) -> None:
        """The flag, the sheets and what is said commit together. Raises `UnderWay`."""
        now = self.clock.now()
        text, sheets = said
        if not work.outbox.use_tap(tap.token, at=now):
            work.batches.give_up(staged.batch)
            return
        if not self.importing.go_live(work, staged, f"member:{who.account}", at=now):
            show(work, tap, self.speaking.staff("importing/overtaken"), at=now)
            return
        show(work, tap, text, at=now)
        for act in sheets:
            put(work, act, at=now, purpose=Purpose.LINKS)

    def _faulty(self, roster: Roster) -> Answer:
        lines = self.words.faults(roster)
        shown = fitting(lines)
        left_out = len(shown) < len(lines)
        more = [self.speaking.staff("importing/too-much")] if left_out else []
        name, problems = "refused" if roster.example else "refused-whole", _lines([*shown, *more])
        text = self.speaking.staff(f"importing/{name}", problems=problems, value=roster.example.strip())
        whole = (self.speaking.label("importing/faults-file"), "\n".join(map(flat, lines)))
        return Answer(text, document=whole if left_out else None)

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
