"""Make the one-time link and code with which a patient joins, and show them to staff."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from bot.care.model.codes import has_digit, shown
from bot.care.model.delivery import Act, ActKind, Button, Delivery, Keyboard
from bot.care.model.enrolment import Enrolment
from bot.care.model.inbound import Invitation
from bot.care.model.people import Contact, Patient
from bot.care.model.purpose import Purpose
from bot.care.model.sheet import Card, Sheet
from bot.care.model.texts import flat
from bot.care.model.typed_line import Remark
from bot.care.model.words import Html
from bot.care.ports.outside import Keys
from bot.care.ports.records import Work
from bot.care.services.form_reading import weekday_and_day
from bot.care.services.posting import put
from bot.care.services.speaking import Speaking

LIVES = timedelta(hours=72)


@dataclass(frozen=True)
class Inviting:
    speaking: Speaking
    keys: Keys
    bot_name: str
    """The bot's user name, without the at sign."""

    def invite(
        self,
        work: Work,
        patient: Patient,
        enrolment: Enrolment,
        *,
        to: Contact,
        at: datetime,
        remarks: Iterable[Remark] = (),
    ) -> None:
        """A fresh link; every earlier one of this patient dies."""
        work.invitations.revoke_all(patient.id, at=at)
        invitation, link, code = self.link(patient_id=patient.id, until=at + LIVES)
        work.invitations.add(invitation)
        text = self.with_link(
            "enrolling/invitation",
            patient,
            link,
            code,
            until=self.speaking.moment(at + LIVES, at=at),
            summary=self.summary(enrolment, at=at),
            remarks=self.speaking.remarks("enrolling_notes", remarks),
        )
        act = Act(ActKind.SEND, to, text=text, qr=link, keyboard=self._keyboard(patient, enrolment, link))
        put(work, act, at=at, purpose=Purpose.INVITATION, patient_id=patient.id)

    def on_paper(self, work: Work, patient: Patient, enrolment: Enrolment, *, to: Contact, at: datetime) -> None:
        """A fresh link as a card to print and hand over; every earlier one of this patient dies."""
        work.invitations.revoke_all(patient.id, at=at)
        invitation, link, code = self.link(patient_id=patient.id, until=at + LIVES)
        work.invitations.add(invitation)
        until, say = self.speaking.moment(at + LIVES, at=at), self.speaking.label
        name = flat(self.speaking.marked(patient.first_name, patient))
        about = f"{patient.code}: {flat(self.summary(enrolment, at=at))}"
        sheet = Sheet(
            f"link-{patient.code}.pdf",
            say("importing/sheet", clinic_name=self.speaking.shelf.clinic.name, until=until),
            say("importing/sheet-hint", bot_name=self.bot_name),
            (Card(name, about, link, shown(code)),),
        )
        caption = self.speaking.staff("importing/links", count="1", until=until)
        put(work, Act(ActKind.SEND, to, caption, sheet=sheet), at=at, purpose=Purpose.LINKS, patient_id=patient.id)

    def with_link(self, name: str, patient: Patient, link: str, code: str, **facts: str) -> Html:
        """To staff: what they hand over."""
        return self.speaking.about(name, patient, link=link, typed_code=shown(code), bot_name=self.bot_name, **facts)

    def link(self, *, patient_id: int, until: datetime) -> tuple[Invitation, str, str]:
        """An invitation to be kept, its one-time link, and the code that may be typed in its place."""
        token, code = self.keys.token(), self._code()
        invitation = Invitation(patient_id, self.keys.hash(token), self.keys.hash(code), until)
        return invitation, self.url(token), code

    def url(self, token: str) -> str:
        """Opens the bot with this token."""
        return f"https://t.me/{self.bot_name}?start={token}"

    def mark(self, work: Work, patient: Patient, text: Html, *, at: datetime) -> None:
        """The newest message that showed a link of this patient now says what became of it."""
        shown_in = max(_invitations(work, patient), key=lambda row: row.id, default=None)
        if shown_in is not None:
            act = Act(ActKind.EDIT, shown_in.contact, text=text, qr=_qr(shown_in))
            put(work, act, at=at, purpose=Purpose.EDIT, after=shown_in.id)

    def summary(self, enrolment: Enrolment, *, at: datetime) -> Html:
        """Treatment, session and next session in one line, for staff."""
        names = {
            "treatment_name": self.speaking.treatment(enrolment),
            "session_date": self._day(enrolment.session_on or enrolment.next_on, at=at),
        }
        if enrolment.session_on is None:
            return self.speaking.staff("enrolling/summary-booked", **names)
        if enrolment.next_on is None:
            return self.speaking.staff("enrolling/summary-open", **names)
        return self.speaking.staff("enrolling/summary", next_session=self._day(enrolment.next_on, at=at), **names)

    def _day(self, day: date | None, *, at: datetime) -> str:
        return "" if day is None else weekday_and_day(self.speaking, day, at=at)

    def _keyboard(self, patient: Patient, enrolment: Enrolment, link: str) -> Keyboard:
        say = self.speaking.label
        return (
            (Button(say("enrolling/copy-link"), copy=link),),
            (
                Button(say("enrolling/new-link"), "new-link", (str(patient.id),)),
                Button(say("enrolling/cancel-button"), "cancel-enrolment", (str(patient.id), str(enrolment.id))),
            ),
        )

    def _code(self) -> str:
        code = self.keys.code()
        while not has_digit(code):  # a code of letters alone could be a word somebody writes
            code = self.keys.code()
        return code


def _invitations(work: Work, patient: Patient) -> list[Delivery]:
    return [row for row in work.outbox.of_patient(patient.id) if row.purpose is Purpose.INVITATION]


def _qr(delivery: Delivery) -> str:
    # tells the channel that the message is a picture whose caption changes
    return delivery.act.qr if delivery.act is not None else ""
