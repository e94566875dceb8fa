"""Seeing: /patients, /patient, /templates and the buttons of a card."""

from bot.chat.deeds import Deed
from bot.chat.handlers.commands import command, looked_up

HANDLERS = (
    looked_up(
        "patients",
        lambda house, work, who, words: house.seeing.look(work, who, words),
        lambda house, work, who, words, page: house.seeing.patients(work, who, words, page),
    ),
    command("patient", lambda house, work, who, words: house.seeing.patient(work, who, words)),
    command("templates", lambda house, work, who, words: house.seeing.templates(work, who, words)),
)

DEEDS: dict[str, Deed] = {
    "patients-page": lambda house, work, who, tap: house.seeing.turn(work, who, tap),
    "track": lambda house, work, who, tap: house.seeing.tracking.show(work, who, tap),
    "compare-photos": lambda house, work, who, tap: house.seeing.comparing.show(work, who, tap),
    "wrong-person": lambda house, work, who, tap: house.seeing.ask(work, who, tap),
    "patient-hours": lambda house, work, who, tap: house.patient_hours.ask(work, who, tap),
    "patient-hours-yes": lambda house, work, who, tap: house.patient_hours.change(work, who, tap),
    "pause-patient": lambda house, work, who, tap: house.seeing.ask(work, who, tap),
    "resume-patient": lambda house, work, who, tap: house.seeing.ask(work, who, tap),
    "end-course": lambda house, work, who, tap: house.seeing.ask(work, who, tap),
    "wrong-person-yes": lambda house, work, who, tap: house.seeing.wrong_person(work, who, tap),
    "pause-patient-yes": lambda house, work, who, tap: house.seeing.pause(work, who, tap),
    "resume-patient-yes": lambda house, work, who, tap: house.seeing.resume(work, who, tap),
    "end-course-yes": lambda house, work, who, tap: house.seeing.end(work, who, tap),
}
