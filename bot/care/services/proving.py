"""Prove that alerts arrive: a test alert, and the tap that says it was seen."""

from dataclasses import dataclass, replace
from datetime import datetime

from bot.care.model.delivery import Button, Lane
from bot.care.model.inbound import Sender, Tap
from bot.care.model.people import Desk, Member
from bot.care.model.purpose import Purpose
from bot.care.ports.outside import Clock
from bot.care.ports.records import Work
from bot.care.services.admitting import Admitting, noted
from bot.care.services.posting import post, show
from bot.care.services.speaking import Speaking


@dataclass(frozen=True)
class Proving:
    clock: Clock
    speaking: Speaking
    admitting: Admitting

    def test_member(self, work: Work, member: Member, *, at: datetime) -> None:
        button = Button(self.speaking.label("team/got-it"), "got-it", ("member", str(member.account)))
        text = self.speaking.staff("team/test-alert", member_name=member.name)
        post(work, member.contact, text, at=at, lane=Lane.URGENT, keyboard=((button,),), purpose=Purpose.TEST_ALERT)

    def test_desk(self, work: Work, desk: Desk, *, at: datetime) -> None:
        button = Button(self.speaking.label("team/got-it"), "got-it", ("desk", str(desk.contact.chat)))
        text = self.speaking.staff("team/test-alert-desk")
        post(work, desk.contact, text, at=at, lane=Lane.URGENT, keyboard=((button,),), purpose=Purpose.TEST_ALERT)

    def got_it(self, work: Work, who: Sender, tap: Tap) -> None:
        """From now on this place counts as reachable."""
        now = self.clock.now()
        member = self.admitting.admit(work, who, "got-it", at=now)
        if member is None:
            return
        place, number = tap.args
        if place == "desk" and not self._prove_desk(work, int(number), at=now):
            return
        if place == "member" and int(number) != who.account:
            return
        if place == "member":
            work.team.save(replace(member, tested_at=now))
        work.audit.add(noted(member, "test-alert-seen", f"{place}:{number}", at=now))
        show(work, tap, self.speaking.staff("team/test-alert-seen", member_name=member.name), at=now)

    def _prove_desk(self, work: Work, chat: int, *, at: datetime) -> bool:
        desk = work.team.desk()
        if desk is None or desk.contact.chat != chat:
            return False
        work.team.set_desk(replace(desk, tested_at=at))
        return True
