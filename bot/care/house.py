"""All deeds of the clinic, built once and handed to the front door."""

from dataclasses import dataclass

from bot.care.ports.outside import Clock
from bot.care.ports.words import Library
from bot.care.services.answering import Answering
from bot.care.services.before_closing import BeforeClosing
from bot.care.services.browsing import Browsing
from bot.care.services.desk import DeskWork
from bot.care.services.digesting import Digesting
from bot.care.services.drilling import Drilling
from bot.care.services.enrolling import Enrolling
from bot.care.services.escalating import Escalating
from bot.care.services.guarding import Guarding
from bot.care.services.health_noting import HealthNoting
from bot.care.services.holding import Holding
from bot.care.services.importing_by_chat import ImportingByChat
from bot.care.services.joining import Joining
from bot.care.services.leaving import Leaving
from bot.care.services.listening import Listening
from bot.care.services.on_calling import OnCalling
from bot.care.services.overriding import Overriding
from bot.care.services.patient_hours import PatientHours
from bot.care.services.publishing import Publishing
from bot.care.services.reception import Reception
from bot.care.services.seeing import Seeing
from bot.care.services.selfcare import SelfCare
from bot.care.services.sessions import Sessions
from bot.care.services.staffing import Staffing
from bot.care.services.teaming import Teaming
from bot.care.services.unanswered import Unanswered
from bot.care.services.unclear import Unclear
from bot.care.services.unhandled import Unhandled


@dataclass(frozen=True)
class House:
    """One field a service; each shows its own needs."""

    clock: Clock
    library: Library
    reception: Reception
    # patients
    listening: Listening
    """Free text: triage, bare words, open questions, FAQ."""
    answering: Answering
    """Check-in buttons and what they raise."""
    selfcare: SelfCare
    """/today /plan /faq /settings /help and their buttons."""
    joining: Joining
    """Link or code, "is that you?", consent, health questions, day 0."""
    leaving: Leaving
    """Pause, resume, stop, privacy."""
    # staff
    enrolling: Enrolling
    """/enroll, forms and links."""
    before_closing: BeforeClosing
    """Who of today is not connected, and who has no Telegram."""
    importing: ImportingByChat
    """/import, and files of patients."""
    sessions: Sessions
    """/session /reschedule /cancel /correct, and what became of a session of today."""
    health_noting: HealthNoting
    """/health CODE: facts that change advice."""
    overriding: Overriding
    """/window: days of their own for one patient."""
    seeing: Seeing
    """/patients /patient /templates."""
    patient_hours: PatientHours
    """The hours of a patient's messages, changed by staff."""
    escalating: Escalating
    """Alerts: raise, acknowledge, close, reply."""
    desk: DeskWork
    """What staff write in the desk's chat; failing desk."""
    guarding: Guarding
    """Who is in the desk's group and not on the team."""
    teaming: Teaming
    """/claim, /desk, test alerts."""
    on_calling: OnCalling
    """/oncall: whose turn it is."""
    holding: Holding
    """/hold: planned messages wait."""
    drilling: Drilling
    """/drill: practice alerts."""
    staffing: Staffing
    """/staff: who is on the team."""
    unclear: Unclear
    """Messages that may not have arrived."""
    unhandled: Unhandled
    """What nothing here could deal with."""
    unanswered: Unanswered
    """/unanswered: messages that no answer met, and how they are filed."""
    browsing: Browsing
    """/content: what the clinic says, and how it is changed."""
    digesting: Digesting
    """/digest, and the one that comes each morning."""
    publishing: Publishing
    """Which words are live, and why others are not."""
