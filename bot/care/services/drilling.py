"""`/drill`: a practice alert to everybody who would be told of a real one, and how long it took."""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import datetime, timedelta

from bot.care.model.delivery import Act, ActKind, Button, Delivery, DeliveryState, Lane
from bot.care.model.drill import LASTS, Drill
from bot.care.model.inbound import Sender, Tap
from bot.care.model.page import Page, Why
from bot.care.model.people import Contact, Member, Role
from bot.care.model.purpose import Purpose
from bot.care.model.words import Html
from bot.care.ports.outside import Clock
from bot.care.ports.records import Work
from bot.care.services.admitting import Admitting, here, noted
from bot.care.services.confirming import Confirming
from bot.care.services.open_desk import open_desk
from bot.care.services.paging import Paging
from bot.care.services.posting import post, put, show
from bot.care.services.speaking import Speaking


@dataclass(frozen=True)
class Drilling:
    clock: Clock
    speaking: Speaking
    admitting: Admitting
    confirming: Confirming
    paging: Paging

    def command(self, work: Work, who: Sender, words: str) -> None:
        """Asks first: it wakes people. `stop` calls a running one off."""
        now = self.clock.now()
        admin = self.admitting.admit(work, who, "drill", at=now)
        if admin is None:
            return
        running = work.drills.running()
        if words.strip().lower() == "stop":
            self._stop(work, who, admin, running, at=now)
        elif running is not None:
            post(work, here(who), self._say("runs", since=self.speaking.moment(running.begun_at, at=now)), at=now)
        else:
            self.confirming.ask(work, who, self._say("ask", listed=self._listed(work)), "drill-start", at=now)

    def start(self, work: Work, who: Sender, tap: Tap) -> None:
        now = self.clock.now()
        admin = self.admitting.admit(work, who, "drill", at=now)
        if admin is None or self.confirming.accept(work, who, tap, at=now) is None:
            return
        drill = work.drills.begin(Drill(now, admin.account, who.chat))
        if drill is None:
            show(work, tap, self._say("runs", since=self.speaking.moment(now, at=now)), at=now)
            return
        rows = [*self._rung(work, drill, admin, at=now), *self._paged(work, drill, at=now)]
        work.drills.went_out(replace(drill, rows=tuple(row.id for row in rows)))
        work.audit.add(noted(admin, "drill", f"drill:{drill.id}", at=now))
        show(work, tap, self._say("begun", count=str(len(rows))), at=now)

    def take(self, work: Work, who: Sender, tap: Tap) -> None:
        """The first tap stops the clock."""
        now = self.clock.now()
        member = self.admitting.admit(work, who, "acknowledge", at=now)
        drill = work.drills.running()
        if member is None or drill is None or str(drill.id) != tap.args[0]:
            return
        if work.drills.end(replace(drill, ended_at=now, taken_by=member.account)):
            work.audit.add(noted(member, "drill-taken", f"drill:{drill.id}", at=now))
            taken = self._say("taken", member_name=member.name, value=self._length(now - drill.begun_at))
            self._over(work, drill, taken, at=now)

    def run(self, work: Work, *, at: datetime) -> None:
        """Nobody took it in time."""
        drill = work.drills.running()
        if drill is not None and drill.begun_at + LASTS <= at and work.drills.end(replace(drill, ended_at=at)):
            self._over(work, drill, self._say("untaken", value=self._length(LASTS)), at=at)

    def next_moment(self, work: Work, *, after: datetime) -> datetime | None:
        drill = work.drills.running()
        ends = None if drill is None else drill.begun_at + LASTS
        return ends if ends is not None and ends > after else None

    # --- inside ------------------------------------------------------------------------------------------------------

    def _rung(self, work: Work, drill: Drill, admin: Member, *, at: datetime) -> Iterator[Delivery]:
        button = Button(self.speaking.label("alerts/take"), "drill-take", (str(drill.id),))
        text = self._say("alert", admin_name=admin.name)
        for contact in _contacts(work):
            yield post(work, contact, text, at=at, lane=Lane.URGENT, keyboard=((button,),), purpose=Purpose.DRILL)

    def _paged(self, work: Work, drill: Drill, *, at: datetime) -> list[Delivery]:
        subject = self.speaking.label("drill/subject", clinic_name=self.speaking.shelf.clinic.name)
        page = Page(f"drill-{drill.id}", Why.DRILL, subject, self.speaking.label("drill/page"))
        return self.paging.send(work, page, Why.DRILL, at=at)

    def _stop(self, work: Work, who: Sender, admin: Member, drill: Drill | None, *, at: datetime) -> None:
        if drill is None or not work.drills.end(replace(drill, ended_at=at)):
            post(work, here(who), self._say("none"), at=at)
            return
        work.audit.add(noted(admin, "drill-stopped", f"drill:{drill.id}", at=at))
        self._over(work, replace(drill, chat=who.chat), self._say("stopped", admin_name=admin.name), at=at)

    def _over(self, work: Work, drill: Drill, how: Html, *, at: datetime) -> None:
        """Every message of it says how it ended; whoever began it reads where it arrived."""
        rows = [work.outbox.get(number) for number in drill.rows]
        for row in rows:
            if row.act is not None and row.act.kind is ActKind.SEND:
                text = Html(f"{row.act.text}\n\n{how}")
                put(work, Act(ActKind.EDIT, row.contact, text=text), at=at, purpose=Purpose.EDIT, after=row.id)
        arrived = [row for row in rows if row.state is DeliveryState.SENT]
        lost = "; ".join(self._row(work, row) for row in rows if row not in arrived)
        facts = {"count": str(len(arrived)), "most": str(len(rows)), "listed": Html(lost)}
        result = self._say("result-all" if not lost else "result", **facts)
        post(work, Contact(drill.chat), Html(f"{how}\n{result}"), at=at)

    def _row(self, work: Work, row: Delivery) -> Html:
        state = "not" if row.state.final else "underway"
        return self._say(f"row-{state}", where=self._where(work, row.contact))

    def _listed(self, work: Work) -> str:
        return ", ".join(self._where(work, contact) for contact in (*_contacts(work), *self.paging.pagers))

    def _where(self, work: Work, contact: Contact) -> str:
        if contact in self.paging.pagers:
            return self.paging.named(contact)
        member = work.team.member(contact.chat)
        return member.name if member is not None else self.speaking.label("alerts/the-desk")

    def _length(self, length: timedelta) -> str:
        minutes, seconds = divmod(int(length.total_seconds()), 60)
        return self.speaking.label("drill/length", first=str(minutes), last=str(seconds))

    def _say(self, name: str, /, **facts: str) -> Html:
        return self.speaking.staff(f"drill/{name}", **facts)


def _contacts(work: Work) -> list[Contact]:
    """The desk, and privately every clinician and admin: the whole chain of a real one."""
    desk = open_desk(work)
    caring = [member.contact for member in work.team.members() if member.role is not Role.RECEPTION]
    return [*([] if desk is None else [desk.contact]), *caring]
