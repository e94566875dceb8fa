"""What staff look at: the list of patients, one patient's card, and the messages themselves."""

from dataclasses import dataclass
from datetime import datetime

from bot.care.model.inbound import Sender, Tap
from bot.care.model.people import Member, Patient
from bot.care.model.permissions import may
from bot.care.model.roll import Need
from bot.care.ports.outside import Clock
from bot.care.ports.records import Work
from bot.care.services.admitting import Admitting, here, noted
from bot.care.services.carding import Carding
from bot.care.services.comparing import Comparing
from bot.care.services.finding import Finding
from bot.care.services.listing import Listing, Page
from bot.care.services.posting import post, show
from bot.care.services.previewing import Previewing
from bot.care.services.speaking import Speaking
from bot.care.services.tracking import Tracking
from bot.care.services.unlinking import Unlinking

MOST_DIGITS = 4
"""Of a page's number."""


@dataclass(frozen=True)
class Seeing:
    clock: Clock
    speaking: Speaking
    admitting: Admitting
    finding: Finding
    listing: Listing
    carding: Carding
    unlinking: Unlinking
    previewing: Previewing
    comparing: Comparing
    tracking: Tracking

    def look(self, work: Work, who: Sender, words: str) -> Page | None:
        """What `/patients` shows, for a reader: a list by need looks at everybody."""
        if not may(work.team.member(who.account), "patients"):
            return None
        need, number = _wanted(words)
        if words.strip() and need is None:
            return Page(self.speaking.staff("seeing/usage-patients"), ())
        return self.listing.page(work, number, need, at=self.clock.now())

    def patients(self, work: Work, who: Sender, words: str = "", page: Page | None = None) -> None:
        """`/patients`, `/patients silent`, `/patients silent 2`; `page` is what `look` found."""
        now = self.clock.now()
        member = self.admitting.admit(work, who, "patients", at=now)
        if member is None:
            return
        shown = page or self.look(work, who, words)
        if shown is None:
            return
        post(work, here(who), shown.text, at=now, keyboard=shown.keyboard)
        need, _ = _wanted(words)
        work.audit.add(noted(member, "patients", need.value if need is not None else "all", at=now))

    def turn(self, work: Work, who: Sender, tap: Tap) -> None:
        """Another page takes the place of this one."""
        now = self.clock.now()
        member = self.admitting.admit(work, who, "patients", at=now)
        if member is None:
            return
        page = self.listing.page(work, int(tap.args[0]), at=now)
        show(work, tap, page.text, at=now, keyboard=page.keyboard)
        work.audit.add(noted(member, "patients", "all", at=now, detail=tap.args[0]))

    def patient(self, work: Work, who: Sender, words: str) -> None:
        """`/patient A-17` or `/patient Anna`."""
        now = self.clock.now()
        member = self.admitting.admit(work, who, "patient", at=now)
        if member is None:
            return
        if not words.strip():
            post(work, here(who), self.speaking.staff("seeing/usage-patient"), at=now)
            return
        patient = self.finding.patient(work, who, words, at=now)
        if patient is not None:
            self._show_card(work, who, member, patient, at=now)

    def templates(self, work: Work, who: Sender, words: str) -> None:
        now = self.clock.now()
        member = self.admitting.admit(work, who, "templates", at=now)
        if member is None:
            return
        work.audit.add(noted(member, "templates", "words", at=now, detail=words[:40]))
        self.previewing.answer(work, who, words, at=now)

    def ask(self, work: Work, who: Sender, tap: Tap) -> None:
        """*Wrong person*, *pause*, *resume*, *end* on a card."""
        self.unlinking.ask(work, who, tap, at=self.clock.now())

    def wrong_person(self, work: Work, who: Sender, tap: Tap) -> None:
        self.unlinking.wrong_person(work, who, tap, at=self.clock.now())

    def pause(self, work: Work, who: Sender, tap: Tap) -> None:
        self.unlinking.pause(work, who, tap, at=self.clock.now())

    def resume(self, work: Work, who: Sender, tap: Tap) -> None:
        self.unlinking.resume(work, who, tap, at=self.clock.now())

    def end(self, work: Work, who: Sender, tap: Tap) -> None:
        self.unlinking.end(work, who, tap, at=self.clock.now())

    def _show_card(self, work: Work, who: Sender, member: Member, patient: Patient, *, at: datetime) -> None:
        keyboard = self.carding.buttons(patient, work.enrolments.current(patient.id), at=at)
        looks = (self.tracking.button(work, patient), self.comparing.button(work, patient))
        keyboard = (*((look,) for look in looks if look is not None), *keyboard)
        post(work, here(who), self.carding.card(work, patient, here(who), at=at), at=at, keyboard=keyboard)
        work.audit.add(noted(member, "patient", f"patient:{patient.code}", at=at))


def _wanted(words: str) -> tuple[Need | None, int]:
    """The need that was typed, and its page from 0."""
    first, _, second = words.strip().lower().partition(" ")
    need = next((need for need in Need if need.value == first), None)
    return need, int(second) - 1 if second.isdecimal() and len(second) <= MOST_DIGITS else 0
