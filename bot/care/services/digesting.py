"""The morning digest: at the desk once on every open day, with the picture of the weeks on the first of a week."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date, datetime, time, timedelta

from bot.care.model.dates_typed import read_hour
from bot.care.model.delivery import Act, ActKind, Delivery, MessageRef
from bot.care.model.digest import DigestWish, due_day, next_moment
from bot.care.model.hours import is_open
from bot.care.model.inbound import Sender, Tap
from bot.care.model.people import Contact, Member
from bot.care.model.permissions import may
from bot.care.model.purpose import Purpose
from bot.care.model.words import Html
from bot.care.ports.outside import Clock
from bot.care.ports.records import Work
from bot.care.services.admitting import Admitting, here, noted
from bot.care.services.digest_words import DigestWords
from bot.care.services.listing import Page
from bot.care.services.noticing import people_contacts, staff_contacts
from bot.care.services.posting import post, put, show
from bot.care.services.ringing import is_confidant
from bot.care.services.speaking import Speaking
from bot.care.services.unclear import Unclear
from bot.care.services.weekly import Report, Weekly

FIRST_LOOK_BACK = timedelta(days=7)
"""What the very first one, which follows none, tells of messages that did not arrive."""
OVERLAP = timedelta(minutes=1)
"""What ended in the moment in which the last one was written is rather told twice than never."""


@dataclass(frozen=True)
class Morning:
    """What was written before anybody claims the day: for each reader, told of everything or not, their page."""

    pages: Mapping[bool, Page]
    report: Report | None


@dataclass(frozen=True)
class Digesting:
    clock: Clock
    speaking: Speaking
    admitting: Admitting
    words: DigestWords
    weekly: Weekly
    unclear: Unclear

    # --- what time does with it --------------------------------------------------------------------------------------

    def is_due(self, work: Work, *, at: datetime) -> bool:
        return self._due(work, at=at) is not None

    def write(self, work: Work, *, at: datetime) -> Morning:
        """For readers."""
        wish = work.digests.wish()
        found = self.words.look(work, since=_since(wish, at=at), at=at)
        readers = {self._is_told_all(work, contact) for contact in staff_contacts(work)}
        pages = {detailed: self.words.page(work, found, detailed=detailed) for detailed in readers | {False}}
        first = wish.is_first_of_week(found.roll.today)
        return Morning(pages, self.weekly.report(work, at=at) if first else None)

    def tell(self, work: Work, morning: Morning, *, at: datetime) -> None:
        """Once a day, whoever comes first."""
        day, silent = self._due(work, at=at), not is_open(self.speaking.shelf.clinic, at)
        if day is None or not work.digests.claim(day, at=at):
            return
        for contact in staff_contacts(work):
            # somebody who became a clinician a moment ago has no page of their own yet
            page = morning.pages.get(self._is_told_all(work, contact), morning.pages[False])
            post(work, contact, page.text, at=at, keyboard=page.keyboard, purpose=Purpose.DIGEST, silent=silent)
            if morning.report is not None:
                report = morning.report
                act = Act(ActKind.SEND, contact, report.caption, chart=report.chart, silent=True)
                put(work, act, at=at, purpose=Purpose.DIGEST)

    def next_moment(self, work: Work, *, after: datetime) -> datetime | None:
        since = self._somebody_since(work)
        if since is None:
            return None
        return next_moment(self.speaking.shelf.clinic, work.digests.wish(), since=since, after=after)

    def lost(self, work: Work, delivery: Delivery, *, at: datetime) -> None:
        """The desk did not get it: everybody who would be told without a desk gets it privately."""
        desk = work.team.desk()
        if desk is None or delivery.act is None or delivery.contact.chat != desk.contact.chat:
            return
        for contact in people_contacts(work):
            put(work, replace(delivery.act, to=contact), at=at, purpose=delivery.purpose)

    # --- what staff do with it ---------------------------------------------------------------------------------------

    def look(self, work: Work, who: Sender, words: str) -> Page | None:
        """What `/digest` shows, for a reader."""
        if words.strip() or not may(work.team.member(who.account), "digest"):
            return None
        now = self.clock.now()
        found = self.words.look(work, since=_since(work.digests.wish(), at=now), at=now)
        return self.words.page(work, found, detailed=self._is_told_all(work, here(who)), asked=True)

    def command(self, work: Work, who: Sender, words: str, page: Page | None = None) -> None:
        """`/digest`, `/digest 08:15`, `/digest off`; `page` is what `look` found."""
        now = self.clock.now()
        member = self.admitting.admit(work, who, "set-digest" if words.strip() else "digest", at=now)
        if member is None:
            return
        if words.strip():
            post(work, here(who), self._set(work, member, words.strip().lower(), at=now), at=now)
            return
        shown = page or self.look(work, who, words)
        if shown is not None:
            post(work, here(who), shown.text, at=now, keyboard=shown.keyboard, purpose=Purpose.DIGEST_ASKED)
            work.audit.add(noted(member, "digest", "all", at=now))

    def decide(self, work: Work, who: Sender, tap: Tap) -> None:
        """What became of one message is written below, and its buttons go."""
        now = self.clock.now()
        member = self.admitting.admit(work, who, "decide-unclear", at=now)
        if member is None or not work.outbox.use_tap(tap.token, at=now):
            return
        delivery_id, choice, number = tap.args
        said = self.unclear.decided(work, member, int(delivery_id), choice, at=now)
        # somebody else's decision may be on its way into the same message
        act = work.outbox.shown(MessageRef(tap.chat, tap.message_id)) if tap.message_id is not None else None
        if act is None:
            return
        line = self._say("decided", count=number, said=said)
        left = tuple(row for row in act.keyboard if not any(button.args[:1] == (delivery_id,) for button in row))
        show(work, tap, Html(f"{act.text}\n\n{line}"), at=now, keyboard=left)

    # --- inside ------------------------------------------------------------------------------------------------------

    def _due(self, work: Work, *, at: datetime) -> date | None:
        since = self._somebody_since(work)
        if since is None:
            return None
        return due_day(self.speaking.shelf.clinic, work.digests.wish(), since=since, at=at)

    def _set(self, work: Work, member: Member, wanted: str, *, at: datetime) -> Html:
        wish, hour = work.digests.wish(), read_hour(wanted)
        changed: dict[str, DigestWish] = {
            "off": replace(wish, is_off=True),
            "on": replace(wish, is_off=False),
            "opening": replace(wish, hour=None, is_off=False),
        }
        if hour is not None:
            changed[wanted] = replace(wish, hour=hour, is_off=False)
        if wanted not in changed:
            return self._say("usage")
        work.digests.keep(changed[wanted])
        work.audit.add(noted(member, "set-digest", wanted, at=at))
        return self._say(f"set-{'hour' if hour is not None else wanted}", when=self._hour(changed[wanted].hour))

    def _hour(self, hour: time | None) -> str:
        if hour is None:
            return self._say("at-opening")
        return self.speaking.dates.say_time(hour, self.speaking.staff_language)

    def _somebody_since(self, work: Work) -> datetime | None:
        """From when on there is somebody to tell: a clinic that starts at noon is told nothing of its morning."""
        return min((member.added_at for member in work.team.members()), default=None)

    def _is_told_all(self, work: Work, contact: Contact) -> bool:
        return not contact.is_group and is_confidant(work, contact)

    def _say(self, name: str, /, **facts: str) -> Html:
        return self.speaking.staff(f"digest/{name}", **facts)


def _since(wish: DigestWish, *, at: datetime) -> datetime:
    return at - FIRST_LOOK_BACK if wish.told_at is None else wish.told_at - OVERLAP
