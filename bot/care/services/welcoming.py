"""What everybody gets who opens the bot without a link, and staff who ask for help or slip in a command."""

from dataclasses import dataclass
from datetime import datetime
from difflib import get_close_matches
from typing import Protocol

from bot.care.model.inbound import Sender
from bot.care.model.people import Member
from bot.care.model.permissions import COMMANDS, MATRIX, commands_of
from bot.care.model.purpose import Purpose
from bot.care.model.words import Html
from bot.care.ports.records import Work
from bot.care.services.admitting import Admitting, here
from bot.care.services.posting import post
from bot.care.services.proving import Proving
from bot.care.services.speaking import Speaking
from bot.care.services.staff_words import StaffWords

LIKE = 0.82
"""Share of letters in common from which on one command was meant by another."""


class Today(Protocol):
    """Whoever can tell a patient what holds today."""

    def today(self, work: Work, who: Sender) -> None: ...


@dataclass(frozen=True)
class Welcoming:
    speaking: Speaking
    admitting: Admitting
    proving: Proving
    patients_day: Today

    def welcome(self, work: Work, who: Sender, *, at: datetime) -> None:
        """Patients get today's text, staff their help, strangers one fixed polite answer."""
        if not who.private:
            return
        patient, member = work.patients.by_chat(who.chat), work.team.member(who.account)
        if member is not None and not member.reachable:
            self.proving.test_member(work, member, at=at)
        if patient is not None and patient.consent is not None:
            self.patients_day.today(work, who)
        elif member is not None:
            self.help_staff(work, who, member, at=at)
        else:
            post(work, here(who), self.admitting.stranger(who), at=at, purpose=Purpose.STRANGER)

    def help_staff(self, work: Work, who: Sender, member: Member, *, at: datetime) -> None:
        """The commands of this member's role, a line each; only where staff work."""
        if self.admitting.admit(work, who, "staff-help", at=at) is None:
            return
        lines = [f"/{name} - {self.speaking.staff(f'menu/{name}')}" for name in commands_of(member.role)]
        facts = {"listed": Html("\n".join(lines)), "remarks": self._for_others(member)}
        post(work, here(who), self.speaking.staff("team/help", **facts), at=at, purpose=Purpose.HELP)

    def mistyped(self, work: Work, who: Sender, typed: str, *, at: datetime) -> None:
        """A slip in a command's name is answered where staff work; what is like none may be for another bot."""
        member = work.team.member(who.account)
        known = (*commands_of(member.role), "help") if member is not None else ()
        meant = get_close_matches(typed.lower(), known, n=1, cutoff=LIKE)
        if meant and self.admitting.admit(work, who, "staff-help", at=at) is not None:
            text = self.speaking.staff("team/mistyped", said=typed, chosen=meant[0])
            post(work, here(who), text, at=at, purpose=Purpose.MISTYPED)

    def _for_others(self, member: Member) -> str:
        """Every command says who may use it."""
        words = StaffWords(self.speaking)
        others = [name for name in COMMANDS if member.role not in MATRIX[name]]
        listed = [
            self.speaking.staff("team/help-other", chosen=name, role=words.roles(MATRIX[name])) for name in others
        ]
        return self.speaking.staff("team/help-others", listed=", ".join(listed)) if listed else ""
