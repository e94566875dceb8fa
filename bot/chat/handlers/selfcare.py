"""What patients look up and set for themselves, and their way to a person."""

from bot.care.house import House
from bot.care.model.inbound import Sender
from bot.care.ports.records import Work
from bot.chat.deeds import Deed
from bot.chat.handlers.commands import command


def show_help(house: House, work: Work, who: Sender, _: str) -> None:
    """Patients see their menu with a person on top, staff their commands."""
    member = work.team.member(who.account)
    is_patient = who.private and work.patients.by_chat(who.chat) is not None
    if member is not None and not is_patient:
        house.joining.welcoming.help_staff(work, who, member, at=house.clock.now())
    else:
        house.selfcare.help(work, who)


HANDLERS = (
    command("today", lambda house, work, who, _: house.selfcare.today(work, who)),
    command("plan", lambda house, work, who, _: house.selfcare.plan(work, who)),
    command("faq", lambda house, work, who, _: house.selfcare.faq(work, who)),
    command("settings", lambda house, work, who, _: house.selfcare.preferences.show(work, who)),
    command("help", show_help),
)

DEEDS: dict[str, Deed] = {
    "today": lambda house, work, who, _: house.selfcare.today(work, who),
    "topics": lambda house, work, who, tap: house.selfcare.turn_page(work, who, tap),
    "topic": lambda house, work, who, tap: house.selfcare.topic(work, who, tap),
    "person": lambda house, work, who, _: house.selfcare.reaching.person(work, who),
    "person-now": lambda house, work, who, tap: house.selfcare.reaching.person_now(work, who, tap),
    "person-wait": lambda house, work, who, tap: house.selfcare.reaching.person_wait(work, who, tap),
    "choose-hour": lambda house, work, who, tap: house.selfcare.preferences.choose_hour(work, who, tap),
    "set-hour": lambda house, work, who, tap: house.selfcare.preferences.set_hour(work, who, tap),
    "choose-language": lambda house, work, who, tap: house.selfcare.preferences.choose_language(work, who, tap),
    "set-language": lambda house, work, who, tap: house.selfcare.preferences.set_language(work, who, tap),
}
