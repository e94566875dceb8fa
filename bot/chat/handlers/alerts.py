"""What staff do with open alerts: list, take and close them."""

from bot.care.house import House
from bot.care.model.inbound import Sender, Tap
from bot.care.ports.records import Work
from bot.chat.deeds import Deed
from bot.chat.handlers.commands import command


def confirm_date(house: House, work: Work, who: Sender, tap: Tap) -> None:
    """A date the patient named: the same deed as if staff had typed it, which asks once more."""
    code = house.escalating.confirm_date(work, who, tap)
    if code is not None:
        house.sessions.reschedule(work, who, f"{code} {tap.args[1]}")


HANDLERS = (command("alerts", lambda house, work, who, _: house.escalating.alerts(work, who)),)

DEEDS: dict[str, Deed] = {
    "acknowledge": lambda house, work, who, tap: house.escalating.acknowledge(work, who, tap),
    "called": lambda house, work, who, tap: house.escalating.called(work, who, tap),
    "close": lambda house, work, who, tap: house.escalating.close(work, who, tap),
    "close-not": lambda house, work, who, tap: house.escalating.close_not(work, who, tap),
    "closed": lambda house, work, who, tap: house.escalating.closed(work, who, tap),
    "confirm-date": confirm_date,
}
