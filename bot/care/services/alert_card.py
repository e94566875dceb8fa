"""What an alert tells staff: a first line that a locked screen may show, then all they need to act."""

import re
from dataclasses import dataclass
from datetime import datetime

from bot.care.model.delivery import Act, ActKind, Button, Delivery, Keyboard, Lane
from bot.care.model.enrolment import Enrolment
from bot.care.model.escalation import Closing, Escalation, EscalationState
from bot.care.model.people import Contact, Patient
from bot.care.model.purpose import Purpose
from bot.care.model.raising import is_flag
from bot.care.model.texts import cut, flat, units
from bot.care.model.words import Facts, Html
from bot.care.ports.records import Work
from bot.care.services.knowing import Knowing
from bot.care.services.posting import post, put
from bot.care.services.ringing import for_clinicians_only, is_silent, is_talk, may_read, rows_of
from bot.care.services.shown_before import ShownBefore
from bot.care.services.together import named_with

MOST_WORDS = 1_500
"""UTF-16 units of a patient's words shown; longer messages are copied beside the alert in full."""
MOST_TOLD = 600
MOST_CARD = 3_900
"""UTF-16 units of all that stands on it, with some to spare for what Telegram counts."""
MOST_ALSO, LEAST_ALSO = 300, 40
"""UTF-16 units of the patient's words with each further sign."""
NOTHING = Html("")
MOST_REF = 60
SCORES_SHOWN = 6
NAMED_DATE = re.compile(r"\((\d{4}-\d{2}-\d{2})\)$")
"""How a date stands at the end of what was passed on."""


@dataclass(frozen=True)
class AlertCard:
    knowing: Knowing

    def text(self, work: Work, escalation: Escalation, patient: Patient, *, at: datetime) -> Html:
        """Level and code only, then day, treatment, surface, area, words, told, scores, pictures, risks, phone."""
        facts = self.knowing.facts(work, patient, at=at, language=self.knowing.speaking.staff_language)
        enrolment = self._enrolment(work, escalation)
        lines = [
            self.first_line(escalation, patient),
            self._sign(escalation),
            self._about(patient, enrolment, facts, at=at),
            self._line("words", said=cut(escalation.words, most=MOST_WORDS)),
            self._line("told", said=cut(flat(escalation.told), most=MOST_TOLD)),
            self._scores(work, enrolment),
            ShownBefore(self.knowing.speaking).line(work, escalation, patient, at=at),
            self._risks(enrolment),
            self._line("phone", phone=patient.phone or self.knowing.speaking.staff("alerts/no-phone")),
            self._line("ref", ref=cut(patient.ref, most=MOST_REF)),
            self.knowing.speaking.staff("alerts/reply-hint"),
        ]
        return Html("\n".join(line for line in lines if line))

    def send(
        self,
        work: Work,
        escalation: Escalation,
        contact: Contact,
        *,
        at: datetime,
        purpose: Purpose,
        note: Html | None = None,
        aloud: bool = False,
    ) -> Delivery:
        """One alert to one chat; `note` says why it comes here, below the line that a locked screen shows.

        `aloud`: it rings whatever the hour.
        """
        if escalation.patient_id is None:
            raise ValueError("an alert is about a patient")
        patient = work.patients.get(escalation.patient_id)
        first, _, rest = self.text(work, escalation, patient, at=at).partition("\n")
        text = self._with_signs(work, escalation, Html("\n".join((first, *((note,) if note else ()), rest))))
        return post(
            work,
            contact,
            text,
            at=at,
            lane=Lane.BESIDE if purpose is Purpose.ALERT and is_talk(escalation) else Lane.URGENT,
            keyboard=self.keyboard(escalation),
            purpose=purpose,
            patient_id=escalation.patient_id,
            escalation_id=escalation.id,
            silent=not aloud and is_silent(escalation, self.knowing.shelf.clinic, at=at),
        )

    def renew(self, work: Work, escalation: Escalation, standing: Html, *, at: datetime) -> None:
        """Every message of this alert now says how it stands, with the buttons that are left.

        Not where it may not be read any more: colleagues write of the patient there.
        """
        for row in rows_of(work, escalation):
            if row.act is None or row.act.kind is not ActKind.SEND or not row.act.keyboard:
                continue
            if not may_read(work, escalation, row.contact):
                continue
            said = Html(row.act.text)
            if escalation.state is EscalationState.CLOSED:
                said = Html(said.replace(f"\n{self.knowing.speaking.staff('alerts/reply-hint')}", ""))
            named = self._with_signs(work, escalation, said, standing)
            text = Html("\n\n".join(part for part in (named, standing) if part))
            act = Act(ActKind.EDIT, row.contact, text=text, keyboard=self.keyboard(escalation))
            put(work, act, at=at, lane=Lane.URGENT, purpose=Purpose.EDIT, after=row.id)

    def first_line(self, escalation: Escalation, patient: Patient) -> Html:
        """What a lock screen may show: neither a name nor a sign."""
        level = self.knowing.speaking.staff(f"alerts/level-{escalation.level.value if escalation.level else 'none'}")
        name = "first-line" if escalation.confirmed else "first-line-unconfirmed"
        code = self.knowing.speaking.marked(patient.code, patient)
        return self.knowing.speaking.staff(f"alerts/{name}", level=level, patient_code=code)

    def sign(self, escalation: Escalation) -> Html:
        """What it is about, in staff's words."""
        if is_flag(escalation.reason):
            shelf = self.knowing.shelf
            return shelf.say(f"red_flags/{escalation.reason}/name", self.knowing.speaking.staff_language, {})
        own = f"phrases/alerts/reason-{escalation.reason}"
        is_named = self.knowing.shelf.has(own, self.knowing.speaking.staff_language)
        return self.knowing.speaking.staff(f"alerts/reason-{escalation.reason if is_named else 'other'}")

    def keyboard(self, escalation: Escalation) -> Keyboard:
        """What may be done with it now."""
        take = Button(self.knowing.speaking.label("alerts/take"), "acknowledge", (str(escalation.id),))
        close = Button(self.knowing.speaking.label("alerts/close"), "close", (str(escalation.id),))
        if escalation.state is EscalationState.OPEN:
            return (*self._date(escalation), (take, close))
        if escalation.state is EscalationState.CLOSED:
            return ()
        called = Button(self.knowing.speaking.label("alerts/called"), "called", (str(escalation.id),))
        return (*self._date(escalation), (close,) if escalation.called_at else (called, close))

    def _date(self, escalation: Escalation) -> Keyboard:
        """A date the patient named counts once staff tap it."""
        named = NAMED_DATE.search(escalation.words) if escalation.reason == "date" else None
        if named is None:
            return ()
        label = self.knowing.speaking.label("alerts/confirm-date", said=named[1])
        return ((Button(label, "confirm-date", (str(escalation.id), named[1])),),)

    def outcomes(self, escalation: Escalation) -> Keyboard:
        """How it ended: a button each."""
        rows = tuple(
            (
                Button(
                    self.knowing.speaking.label(f"alerts/closing-{one.name.lower()}"),
                    "closed",
                    (str(escalation.id), one.name),
                ),
            )
            for one in Closing
        )
        return (*rows, (Button(self.knowing.speaking.label("alerts/not-yet"), "close-not", (str(escalation.id),)),))

    def standing(self, escalation: Escalation, name: str) -> Html:
        """Who has it, or how it was closed; nothing while it is open."""
        if escalation.state is EscalationState.CLOSED and escalation.closing is not None:
            how = self.knowing.speaking.staff(f"alerts/closing-{escalation.closing.name.lower()}")
            closed = self.knowing.speaking.staff("alerts/is-closed", member_name=name, how=how)
            return Html("\n".join(part for part in (closed, self._line("noted", said=escalation.note)) if part))
        if escalation.state is EscalationState.ACKNOWLEDGED and escalation.called_at is not None:
            since = self.knowing.speaking.hour(escalation.called_at, self.knowing.shelf.clinic.zone)
            return self.knowing.speaking.staff("alerts/is-called", member_name=name, since=since)
        if escalation.state is EscalationState.ACKNOWLEDGED:
            return self.knowing.speaking.staff("alerts/is-taken", member_name=name)
        return Html("")

    def named(self, escalation: Escalation, said: str) -> Html:
        """A sign on another's card or under it: when it came, its level, and the patient's words."""
        level = self.knowing.speaking.staff(f"alerts/level-{escalation.level.value if escalation.level else 'none'}")
        since = self.knowing.speaking.hour(escalation.opened_at, self.knowing.shelf.clinic.zone)
        sign = self._sign(escalation)
        return self.knowing.speaking.staff("alerts/also-sign", since=since, level=level, sign=sign, said=said)

    def _with_signs(self, work: Work, escalation: Escalation, text: Html, standing: Html = NOTHING) -> Html:
        """All that the patient told within the hour, in order; nothing confided on a card that others read."""
        all_told = named_with(work, escalation)
        is_private = for_clinicians_only(escalation)
        others = [one for one in all_told if is_private or not for_clinicians_only(one)]
        others = [one for one in others if one.id != escalation.id]
        if not others:
            return text
        # words too long for all to fit stand in full under the card, or on their own
        room = (MOST_CARD - units(text) - units(standing)) // len(others) - units(self.named(others[0], ""))
        most = min(MOST_ALSO, max(room, LEAST_ALSO))
        lines = (self.named(one, cut(one.words, most=most)) for one in others)
        above = self.knowing.speaking.staff("alerts/also-told")
        return Html("\n".join((text.partition(f"\n{above}")[0], above, *lines)))

    def _sign(self, escalation: Escalation) -> Html:
        code = escalation.reason if is_flag(escalation.reason) else ""
        name = "sign-flag" if code else "sign"
        return self.knowing.speaking.staff(f"alerts/{name}", sign=self.sign(escalation), flag=code)

    def _about(self, patient: Patient, enrolment: Enrolment | None, facts: Facts, *, at: datetime) -> Html:
        if enrolment is None or "treatment_name" not in facts:
            return self.knowing.speaking.staff("alerts/about-nobody", first_name=facts["first_name"])
        confirmed = "" if enrolment.surface_confirmed else "-unconfirmed"
        about = {
            "day_words": self.knowing.speaking.course_day(patient, enrolment, at=at),
            "surface_name": self.knowing.speaking.staff(f"alerts/surface-{enrolment.surface.value}{confirmed}"),
            "area_name": self.knowing.speaking.staff(f"alerts/area-{enrolment.area.value}"),
        }
        return self.knowing.speaking.staff("alerts/about", **(facts | about))

    def _line(self, name: str, **values: str) -> Html:
        return self.knowing.speaking.staff(f"alerts/{name}", **values) if all(values.values()) else Html("")

    def _scores(self, work: Work, enrolment: Enrolment | None) -> Html:
        given = work.answers.of_enrolment(enrolment.id)[-SCORES_SHOWN:] if enrolment else ()
        return self._line("scores", items="; ".join(f"D+{one.day} {one.ask}: {one.value}" for one in given))

    def _risks(self, enrolment: Enrolment | None) -> Html:
        health = enrolment.health if enrolment else None
        if health is None:
            return Html("")
        known = {
            "pregnancy": health.pregnancy,
            "cold-sores": health.cold_sores,
            "isotretinoin": health.isotretinoin not in (None, "never"),
            "dark-marks": health.dark_marks,
        }
        named = [self.knowing.speaking.staff(f"alerts/risk-{name}") for name, holds in known.items() if holds]
        return self._line("risks", items=Html(", ".join(named)))

    def _enrolment(self, work: Work, escalation: Escalation) -> Enrolment | None:
        return work.enrolments.get(escalation.enrolment_id) if escalation.enrolment_id is not None else None
