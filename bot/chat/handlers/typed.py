"""Words that answer a question of a form: asked for before anything else is made of them."""

from bot.care.house import House
from bot.care.model.inbound import Said
from bot.care.ports import Work


def answered(house: House, work: Work, said: Said) -> bool:
    """True when the words were a name or a day of an enrolment, a code, or a city that was asked for."""
    return house.enrolling.typed(work, said) or house.joining.typed(work, said)
