"""What patients look up and set by themselves, and their way to a person."""

from dataclasses import dataclass, replace
from datetime import datetime, time

from bot.care.model.delivery import Button, Keyboard, MessageRef
from bot.care.model.inbound import AuditEvent, Entry, Heard, Sender, Tap
from bot.care.model.people import Patient
from bot.care.model.triage import Level
from bot.care.model.words import Html
from bot.care.ports import Clock, Work
from bot.care.services.admitting import here
from bot.care.services.asking import person_button
from bot.care.services.escalating import Escalating
from bot.care.services.knowing import Knowing
from bot.care.services.planning import Planning
from bot.care.services.posting import post
from bot.care.services.posting import replace as show_instead
from bot.care.services.topics import Topics

MORNINGS = (time(9), time(9, 30), time(10), time(10, 30), time(11), time(12))
EVENINGS = (time(17), time(18), time(19), time(20), time(20, 30))
HOURS = {"morning": MORNINGS, "evening": EVENINGS}
"""Hours offered; all inside the sending hours, 09:00-20:30."""
IN_A_ROW = 3


@dataclass(frozen=True)
class SelfCare:
    clock: Clock
    knowing: Knowing
    escalating: Escalating
    planning: Planning

    @property
    def topics(self) -> Topics:
        return Topics(self.knowing)

    # --- looking up --------------------------------------------------------------------------------------------------

    def today(self, work: Work, who: Sender) -> None:
        """What is on and off today, with dates."""
        now = self.clock.now()
        patient = self._patient(work, who, at=now)
        if patient is None:
            return
        course = self.knowing.course(work, patient)
        if not course:
            self._say(work, patient, "selfcare/no-session", at=now)
            return
        answers = work.answers.of_enrolment(course[-1].id)
        flag_open = self.knowing.flag_open(work, patient)
        text = self.knowing.telling.today(
            patient, course, self.knowing.shelf, at=now, answers=answers, flag_open=flag_open
        )
        self._send(work, patient, Html(text), at=now, keyboard=self.topics.menu(patient))

    def plan(self, work: Work, who: Sender) -> None:
        """What is still coming."""
        now = self.clock.now()
        patient = self._patient(work, who, at=now)
        enrolment = work.enrolments.current(patient.id) if patient is not None else None
        if patient is None:
            return
        if enrolment is None:
            self._say(work, patient, "selfcare/no-session", at=now)
            return
        planned = self.planning.timetable(work, patient, enrolment, at=now)
        text = self.knowing.telling.plan_overview(patient, enrolment, planned, self.knowing.shelf, at=now)
        self._send(work, patient, Html(text), at=now, keyboard=self.topics.menu(patient))

    def faq(self, work: Work, who: Sender) -> None:
        """All topics, a page at a time."""
        now = self.clock.now()
        patient = self._patient(work, who, at=now)
        if patient is not None:
            text, keyboard = self.topics.page(patient, 0)
            self._send(work, patient, text, at=now, keyboard=keyboard)

    def turn_page(self, work: Work, who: Sender, tap: Tap) -> None:
        """A list turns in its place; under an answer it is opened anew, so that the answer stays."""
        now = self.clock.now()
        patient = self._patient(work, who, at=now)
        if patient is None:
            return
        text, keyboard = self.topics.page(patient, int(tap.args[0]))
        if tap.label in ("◀", "▶") and tap.message_id is not None:
            show_instead(work, MessageRef(tap.chat, tap.message_id), text, at=now, keyboard=keyboard)
        else:
            self._send(work, patient, text, at=now, keyboard=keyboard)

    def topic(self, work: Work, who: Sender, tap: Tap) -> None:
        now = self.clock.now()
        patient = self._patient(work, who, at=now)
        if patient is None:
            return
        self._note(work, patient, Heard.ANSWERED, tap.label, at=now, topic=tap.args[0])
        if not self.topics.tell(work, patient, tap.args[0], at=now):
            self.topics.offer(work, patient, (), at=now)

    def help(self, work: Work, who: Sender) -> None:
        """The menu, a person on top."""
        now = self.clock.now()
        patient = self._patient(work, who, at=now)
        if patient is not None:
            menu = (person_button(self.knowing, patient),), *self.topics.menu(patient)[:1]
            text = self.knowing.say(work, patient, "phrases/selfcare/help", at=now)
            self._send(work, patient, text, at=now, keyboard=menu)

    # --- a person ----------------------------------------------------------------------------------------------------

    def person(self, work: Work, who: Sender, words: str = "") -> None:
        """HELP, or the button: asks whether it can wait. No answer in ten minutes counts as one."""
        now = self.clock.now()
        patient = self._patient(work, who, at=now)
        if patient is None:
            return
        text = self.knowing.say(work, patient, "phrases/selfcare/person", at=now)
        said = words or self.knowing.plain("phrases/asks/person", self.knowing.staff_language)
        self.escalating.alerting.suspect(work, patient, level=None, reason="help", words=said, told=text, at=now)
        buttons = [Button(self._label(patient, f"selfcare/person-{one}"), f"person-{one}") for one in ("now", "wait")]
        self._send(work, patient, text, at=now, keyboard=tuple((button,) for button in buttons))

    def person_now(self, work: Work, who: Sender, tap: Tap) -> None:
        now = self.clock.now()
        patient = self._patient(work, who, at=now)
        if patient is None or not work.outbox.use_tap(tap.token, at=now):
            return
        text = self.knowing.say(work, patient, "phrases/selfcare/help-now", at=now)
        self._show(work, tap, text, at=now)
        for case in work.escalations.of_patient(patient.id):
            if case.reason == "help":
                self.escalating.alerting.dismiss(work, case, at=now)
        self._hand_over(work, patient, tap, Level.URGENT, "help-now", told=text, at=now)

    def person_wait(self, work: Work, who: Sender, tap: Tap) -> None:
        now = self.clock.now()
        patient = self._patient(work, who, at=now)
        if patient is None or not work.outbox.use_tap(tap.token, at=now):
            return
        text = self.knowing.say(work, patient, "phrases/selfcare/help-wait", at=now)
        self._show(work, tap, text, at=now)
        self._hand_over(work, patient, tap, None, "help", told=text, at=now)

    # --- settings ----------------------------------------------------------------------------------------------------

    def settings(self, work: Work, who: Sender) -> None:
        now = self.clock.now()
        patient = self._patient(work, who, at=now)
        if patient is not None:
            self._send(work, patient, self._settings(work, patient, at=now), at=now, keyboard=self._choices(patient))

    def choose_hour(self, work: Work, who: Sender, tap: Tap) -> None:
        """Args: `morning` or `evening`. Offers the hours."""
        now = self.clock.now()
        patient = self._patient(work, who, at=now)
        if patient is None or tap.args[0] not in HOURS:
            return
        part = tap.args[0]
        buttons = [Button(f"{hour:%H:%M}", "set-hour", (part, hour.isoformat("minutes"))) for hour in HOURS[part]]
        rows: Keyboard = tuple(tuple(buttons[n : n + IN_A_ROW]) for n in range(0, len(buttons), IN_A_ROW))
        self._show(work, tap, self.knowing.phrase(f"selfcare/ask-{part}", patient), at=now, keyboard=rows)

    def set_hour(self, work: Work, who: Sender, tap: Tap) -> None:
        part, wanted = tap.args
        hour = time.fromisoformat(wanted)
        if hour in HOURS.get(part, ()):
            self._change(work, who, tap, **{part: hour})

    def choose_language(self, work: Work, who: Sender, tap: Tap) -> None:
        now = self.clock.now()
        patient = self._patient(work, who, at=now)
        if patient is None:
            return
        languages = self.knowing.shelf.clinic.languages
        rows = tuple(
            (Button(self.knowing.plain("phrases/selfcare/own-name", language), "set-language", (language,)),)
            for language in languages
        )
        self._show(work, tap, self.knowing.phrase("selfcare/ask-language", patient), at=now, keyboard=rows)

    def set_language(self, work: Work, who: Sender, tap: Tap) -> None:
        if tap.args[0] in self.knowing.shelf.clinic.languages:
            self._change(work, who, tap, language=tap.args[0])

    # --- inside ------------------------------------------------------------------------------------------------------

    def _change(self, work: Work, who: Sender, tap: Tap, **changes: str | time) -> None:
        """Saved, and everything that has not left yet is planned anew."""
        now = self.clock.now()
        patient = self._patient(work, who, at=now)
        if patient is None:
            return
        changed: Patient = replace(patient, **changes)  # type: ignore[arg-type]
        work.patients.save(changed)
        what = ", ".join(changes)
        work.audit.add(AuditEvent(now, f"patient:{patient.code}", "settings", f"patient:{patient.code}", what))
        enrolment = work.enrolments.current(patient.id)
        if enrolment is not None:
            self.planning.replan(work, changed, enrolment, at=now)
        self._show(work, tap, self._settings(work, changed, at=now), at=now, keyboard=self._choices(changed))

    def _settings(self, work: Work, patient: Patient, *, at: datetime) -> Html:
        hours = {"morning": f"{patient.morning:%H:%M}", "evening": f"{patient.evening:%H:%M}"}
        city = patient.zone.key.rpartition("/")[2].replace("_", " ")
        language = self.knowing.plain("phrases/selfcare/own-name", patient.language)
        return self.knowing.say(
            work, patient, "phrases/selfcare/settings", at=at, city=city, own_language=language, **hours
        )

    def _choices(self, patient: Patient) -> Keyboard:
        hours = [Button(self._label(patient, f"selfcare/change-{part}"), "choose-hour", (part,)) for part in HOURS]
        place = Button(self._label(patient, "selfcare/change-place"), "place")
        language = Button(self._label(patient, "selfcare/change-language"), "choose-language")
        several = len(self.knowing.shelf.clinic.languages) > 1
        return (tuple(hours), (place, language) if several else (place,))

    def _patient(self, work: Work, who: Sender, *, at: datetime) -> Patient | None:
        """Everything here is for patients in their own chat; others get what a stranger gets."""
        if not who.private:
            return None
        patient = work.patients.by_chat(who.chat)
        if patient is not None and patient.consent is not None:
            return patient
        text = self.escalating.admitting.stranger(who)
        post(work, here(who), text, at=at, purpose="stranger")
        return None

    def _hand_over(
        self, work: Work, patient: Patient, tap: Tap, level: Level | None, reason: str, *, told: Html, at: datetime
    ) -> None:
        # what they wrote just before says what it is about
        words = " / ".join(filter(None, (self.knowing.said_before(work, patient, at=at), tap.label)))
        self.escalating.alerting.raise_alert(work, patient, level=level, reason=reason, words=words, told=told, at=at)
        self._note(work, patient, Heard.ESCALATED, tap.label, at=at, topic=reason)

    def _note(self, work: Work, patient: Patient, heard: Heard, words: str, *, at: datetime, topic: str) -> None:
        chat = patient.contact.chat if patient.contact else 0
        work.diary.add(Entry(patient.id, at, heard, words, chat, 0, topic))

    def _show(self, work: Work, tap: Tap, text: Html, *, at: datetime, keyboard: Keyboard = ()) -> None:
        if tap.message_id is not None:
            show_instead(work, MessageRef(tap.chat, tap.message_id), text, at=at, keyboard=keyboard)

    def _say(self, work: Work, patient: Patient, name: str, *, at: datetime) -> None:
        text = self.knowing.say(work, patient, f"phrases/{name}", at=at)
        self._send(work, patient, text, at=at, keyboard=((person_button(self.knowing, patient),),))

    def _send(self, work: Work, patient: Patient, text: Html, *, at: datetime, keyboard: Keyboard) -> None:
        if patient.contact is not None:
            post(work, patient.contact, text, at=at, keyboard=keyboard, purpose="answer", patient_id=patient.id)

    def _label(self, patient: Patient, name: str) -> str:
        return self.knowing.plain(f"phrases/{name}", patient.language)
