"""How the team is spoken of: roles, who is reached, and news for every admin."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from bot.care.model.people import Member, Role
from bot.care.model.purpose import Purpose
from bot.care.model.words import Html
from bot.care.ports.records import Work
from bot.care.services.noticing import admins
from bot.care.services.posting import post
from bot.care.services.speaking import Speaking


@dataclass(frozen=True)
class StaffWords:
    speaking: Speaking

    def role(self, role: Role) -> str:
        return self.speaking.label(f"team/role-{role}")

    def roles(self, roles: Iterable[Role]) -> str:
        """In the order in which they are defined."""
        named = frozenset(roles)
        return ", ".join(self.role(role) for role in Role if role in named)

    def line(self, member: Member) -> Html:
        name = "team/line" if member.reachable else "team/line-untested"
        facts = {"member_name": member.name, "role": self.role(member.role), "account": str(member.account)}
        return self.speaking.staff(name, **facts)

    def announce(self, work: Work, name: str, *, at: datetime, **facts: str) -> None:
        """Every change of the team is told to every admin."""
        for admin in admins(work):
            text = self.speaking.staff(f"team/{name}", **facts)
            post(work, admin.contact, text, at=at, purpose=Purpose.NOTICE)
