"""Show what somebody agrees to, take their yes, and begin their care."""

from dataclasses import dataclass, replace
from datetime import datetime
from hashlib import sha256

from bot.care.model.delivery import Button, Keyboard
from bot.care.model.enrolment import Enrolment, EnrolmentStatus
from bot.care.model.inbound import AuditEvent, Sender, Tap
from bot.care.model.people import Consent, Contact, Patient
from bot.care.model.purpose import Purpose
from bot.care.model.words import Html
from bot.care.ports.outside import Clock
from bot.care.ports.records import Work
from bot.care.services.admitting import Admitting, here
from bot.care.services.doubles import Doubles
from bot.care.services.health_asking import HealthAsking
from bot.care.services.inviting import Inviting
from bot.care.services.noticing import tell_staff
from bot.care.services.placing import Placing
from bot.care.services.planning import Planning
from bot.care.services.posting import post, show
from bot.care.services.speaking import Speaking

SURE = "sure"
"""Last argument of the button that says under 18 for the second time."""


@dataclass(frozen=True)
class Consenting:
    clock: Clock
    speaking: Speaking
    admitting: Admitting
    inviting: Inviting
    planning: Planning
    health: HealthAsking
    placing: Placing
    doubles: Doubles

    def show_words(self, work: Work, who: Sender, patient: Patient, tap: Tap | None, *, at: datetime) -> None:
        """The whole text before any yes; in place of the first screen where there is one."""
        language = self.admitting.language_of(who)
        words = self.words(language)
        args = (str(patient.id), version(words))
        yes, minor, no = (
            Button(self.speaking.label(f"joining/consent-{choice}", language), f"consent-{choice}", args)
            for choice in ("yes", "minor", "no")
        )
        # two rows, as on the first screen: whoever taps "that is me" twice does not say to be under 18
        keyboard: Keyboard = ((yes,), (minor, no))
        if tap is not None:
            show(work, tap, words, at=at, keyboard=keyboard)
        else:
            post(work, here(who), words, at=at, keyboard=keyboard, purpose=Purpose.JOINING)

    def words(self, language: str) -> Html:
        clinic = self.speaking.shelf.clinic
        return self.speaking.say(
            "joining/consent",
            language,
            clinic_name=clinic.name,
            clinic_phone=clinic.phone,
            privacy_contact=clinic.privacy_contact or clinic.phone,
        )

    def agree(self, work: Work, who: Sender, tap: Tap) -> None:
        """From here on messages may be sent, beginning now."""
        now = self.clock.now()
        if self._agreed_already(work, who, tap):
            return  # tapped twice
        patient = self._asked(work, who, tap)
        enrolment = None if patient is None else work.enrolments.current(patient.id)
        language = self.admitting.language_of(who)
        if patient is None or enrolment is None or self.doubles.other(work, who, patient) is not None:
            show(work, tap, self.speaking.say("joining/no-link", language), at=now)
            return
        if tap.args[1] != version(self.words(language)):
            self.show_words(work, who, patient, tap, at=now)  # the words changed while they were being read
            return
        consent = Consent(now, tap.args[1], language)
        agreed = replace(patient.agree(Contact(who.chat), consent), language=language)
        work.patients.save(agreed)
        work.answers.give_back(patient.id, who.chat)
        work.audit.add(AuditEvent(now, f"patient:{patient.code}", "consent", f"patient:{patient.code}", tap.args[1]))
        thanks = self.speaking.say("joining/agreed", language, first_name=patient.first_name)
        show(work, tap, Html(f"{self.words(language)}\n\n{thanks}"), at=now)
        self.begin(work, agreed, enrolment, at=now)

    def begin(self, work: Work, patient: Patient, enrolment: Enrolment, *, at: datetime) -> None:
        """The plan, the first message with it, then the questions; staff see who is connected."""
        self.planning.replan(work, patient, enrolment, at=at)
        self.placing.show(work, patient, at=at)
        self.health.begin(work, patient, enrolment, at=at)
        connected = self.speaking.about(
            "enrolling/connected",
            patient,
            summary=self.inviting.summary(enrolment, at=at),
            connected_at=self.speaking.hour(at, self.speaking.shelf.clinic.zone),
        )
        self.inviting.mark(work, patient, connected, at=at)

    def refuse(self, work: Work, who: Sender, tap: Tap, *, minor: bool) -> None:
        """No, or under 18 once that is sure: nothing is sent, and staff are told."""
        now = self.clock.now()
        if self._agreed_already(work, who, tap):
            return  # the yes came first; /stop is the way out now
        if minor and SURE not in tap.args and self._asked(work, who, tap) is not None:
            self._ask_if_sure(work, who, tap, at=now)
            return
        name = "minor" if minor else "declined"
        show(work, tap, self.speaking.say(f"joining/{name}", self.admitting.language_of(who)), at=now)
        patient = self._asked(work, who, tap)
        if patient is None or not work.outbox.use_tap(tap.token, at=now):
            return
        work.audit.add(AuditEvent(now, f"patient:{patient.code}", name, f"patient:{patient.code}"))
        if minor:
            self._end(work, patient, at=now)
        tell_staff(work, self.speaking.about(f"joining/staff-{name}", patient), at=now, patient_id=patient.id)

    def _ask_if_sure(self, work: Work, who: Sender, tap: Tap, *, at: datetime) -> None:
        """The way back is where "I am under 18" was: tapped twice by mistake, nothing ends."""
        language = self.admitting.language_of(who)
        number = tap.args[0]
        # without a version the yes shows the words once more
        back = Button(self.speaking.label("joining/minor-back", language), "consent-yes", (number, ""))
        sure = Button(self.speaking.label("joining/minor-sure", language), "consent-minor", (*tap.args, SURE))
        show(work, tap, self.speaking.say("joining/ask-minor", language), at=at, keyboard=((sure,), (back,)))

    def _end(self, work: Work, patient: Patient, *, at: datetime) -> None:
        """Nobody is waited for any more: the enrolment and its link end."""
        enrolment = work.enrolments.current(patient.id)
        if enrolment is not None:
            work.enrolments.save(enrolment.close(EnrolmentStatus.CANCELLED, at=at))
        work.invitations.revoke_all(patient.id, at=at)
        self.inviting.mark(work, patient, self.speaking.about("joining/staff-minor", patient), at=at)

    def _agreed_already(self, work: Work, who: Sender, tap: Tap) -> bool:
        patient = work.patients.get(int(tap.args[0]))
        return patient.consent is not None and patient.contact is not None and patient.contact.chat == who.chat

    def _asked(self, work: Work, who: Sender, tap: Tap) -> Patient | None:
        """The patient whose link this account used, while they have not agreed yet."""
        patient = work.patients.get(int(tap.args[0]))
        latest = work.invitations.latest(patient.id)
        is_theirs = latest is not None and latest.used_by == who.account
        return patient if is_theirs and patient.consent is None else None


def version(words: str) -> str:
    """Names exactly these words, so that it can be shown later what was agreed to."""
    return sha256(words.encode()).hexdigest()[:16]
