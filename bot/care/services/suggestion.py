"""What staff who talk with a patient are shown of a question the bot could answer."""

from datetime import datetime

from bot.care.model.delivery import Button, Keyboard
from bot.care.model.inbound import Entry
from bot.care.model.people import Patient
from bot.care.model.texts import cut
from bot.care.model.words import Html
from bot.care.ports.records import Work
from bot.care.ports.words import MissingWords
from bot.care.services.knowing import Knowing

MOST = 1_500
"""UTF-16 units of a patient's words that are shown; more of them stand in the patient's card."""


def suggestion(
    knowing: Knowing, work: Work, patient: Patient, entry: Entry, *, at: datetime
) -> tuple[Html, Keyboard] | None:
    """The question, the answer it would get, and a button that sends it; None when there are no words for it."""
    speaking = knowing.speaking
    try:
        answers = [knowing.say(work, patient, f"faq/{topic}", at=at) for topic in entry.topic.split()]
    except MissingWords:
        return None
    text = speaking.about(
        "talking/suggested", patient, said=cut(entry.words, most=MOST), value=Html("\n\n".join(answers))
    )
    send = Button(speaking.label("talking/send"), "suggestion-send", (str(entry.id),))
    back = Button(speaking.label("talking/hand-back"), "hand-back", (str(patient.id),))
    return text, ((send,), (back,))
