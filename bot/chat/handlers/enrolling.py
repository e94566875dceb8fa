"""Enrolling: /enroll, its questions and the buttons under a link."""

from bot.chat.deeds import Deed
from bot.chat.handlers.commands import command

HANDLERS = (command(("enroll", "enrol"), lambda house, work, who, words: house.enrolling.enrol(work, who, words)),)

DEEDS: dict[str, Deed] = {
    "enrol-choose": lambda house, work, who, tap: house.enrolling.choose(work, who, tap),
    "enrol-decide": lambda house, work, who, tap: house.enrolling.decide(work, who, tap),
    "new-link": lambda house, work, who, tap: house.enrolling.new_link(work, who, tap),
    "print-link": lambda house, work, who, tap: house.enrolling.print_link(work, who, tap),
    "cancel-enrolment": lambda house, work, who, tap: house.enrolling.ask_cancel(work, who, tap),
    "cancel-enrolment-yes": lambda house, work, who, tap: house.enrolling.cancel(work, who, tap),
    "no-telegram": lambda house, work, who, tap: house.before_closing.ask(work, who, tap),
    "no-telegram-yes": lambda house, work, who, tap: house.before_closing.mark(work, who, tap),
    "telegram-again": lambda house, work, who, tap: house.before_closing.unmark(work, who, tap),
}
