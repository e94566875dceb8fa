"""Enrol a patient from one typed line, or step by step with buttons."""

from dataclasses import dataclass, replace
from datetime import datetime
from typing import Protocol

from bot.care.model.delivery import Button, Keyboard
from bot.care.model.enrolment import Enrolment, EnrolmentStatus
from bot.care.model.enrolment_form import EnrolmentForm, Reading, read
from bot.care.model.inbound import Flow, Said, Sender, Tap
from bot.care.model.looser import looser
from bot.care.model.people import Contact, Member, Patient
from bot.care.model.typed_line import Remark, read_options
from bot.care.ports.outside import Clock
from bot.care.ports.records import Work
from bot.care.services.admitting import Admitting, here, noted
from bot.care.services.confirming import Confirming
from bot.care.services.continuing import Continuing, hears
from bot.care.services.form_asking import ASK, GIVE_UP, FormAsking, form_of, options_of
from bot.care.services.form_reading import closed_on, known_now
from bot.care.services.going_live import GoingLive
from bot.care.services.inviting import Inviting
from bot.care.services.noticing import alerts_arrive
from bot.care.services.overriding import Overriding
from bot.care.services.posting import post, show
from bot.care.services.speaking import Speaking
from bot.care.services.twins import twins_of


class HandOver(Protocol):
    """How a fresh link reaches whoever asked for it."""

    def __call__(self, work: Work, patient: Patient, enrolment: Enrolment, *, to: Contact, at: datetime) -> None: ...


@dataclass(frozen=True)
class Enrolling:
    clock: Clock
    speaking: Speaking
    admitting: Admitting
    inviting: Inviting
    continuing: Continuing
    overriding: Overriding
    going_live: GoingLive
    confirming: Confirming

    @property
    def asking(self) -> FormAsking:
        return FormAsking(self.speaking, self.inviting)

    def enrol(self, work: Work, who: Sender, words: str) -> None:
        """`/enroll` and what follows it."""
        now = self.clock.now()
        if self.admitting.admit(work, who, "enroll", at=now) is None:
            return
        if not alerts_arrive(work):
            post(work, here(who), self.speaking.staff("enrolling/no-alarm-yet"), at=now)
            return
        options, problems = read_options(words, known_now(self.speaking.shelf, at=now))
        self._go_on(work, who, options, problems, at=now)

    def typed(self, work: Work, said: Said) -> bool:
        """True when these words answered a question of the form."""
        now = self.clock.now()
        flow = self.asking.flow(work, said.sender, at=now)
        if flow is None or flow.data[ASK] not in ("name", "treatment", "session"):
            return False
        if said.text.strip().casefold() == self.speaking.label("enrolling/give-up").casefold():
            work.flows.clear(said.sender.chat, said.sender.account)
            post(work, here(said.sender), self.speaking.staff("enrolling/given-up"), at=now)
            return True
        self._answered(work, said.sender, flow, {flow.data[ASK]: said.text.strip()}, at=now)
        return True

    def choose(self, work: Work, who: Sender, tap: Tap) -> None:
        """A treatment or a day was tapped: args are the account asked, the option and its value, and the form."""
        now = self.clock.now()
        account, option, value, *form = tap.args
        if account != str(who.account) or self.admitting.admit(work, who, "enroll", at=now) is None:
            return
        flow = self.asking.flow(work, who, at=now)
        if flow is None or flow.data[ASK] != option or form != [form_of(options_of(flow))]:
            show(work, tap, self.speaking.staff("enrolling/timed-out"), at=now)
            return
        if value == GIVE_UP:
            work.flows.clear(who.chat, who.account)
            show(work, tap, self.speaking.staff("enrolling/given-up"), at=now)
            return
        self._show_choice(work, tap, flow, at=now)
        if value == "other":
            self.asking.ask_for_day(work, who, flow, at=now)
            return
        self._answered(work, who, flow, {option: value}, at=now)

    def decide(self, work: Work, who: Sender, tap: Tap) -> None:
        """Same enrolment, new session of a known person, or somebody else."""
        now = self.clock.now()
        account, choice, patient_id, *form = tap.args
        member = self.admitting.admit(work, who, "enroll", at=now) if account == str(who.account) else None
        if member is None:
            return
        flow = self.asking.flow(work, who, at=now)
        if flow is None or flow.data[ASK] != "twin" or form != [form_of(options_of(flow))]:
            show(work, tap, self.speaking.staff("enrolling/timed-out"), at=now)
            return
        work.flows.clear(who.chat, who.account)
        self._show_choice(work, tap, flow, at=now)
        reading = self._with_closed_days(read(options_of(flow), known_now(self.speaking.shelf, at=now)), at=now)
        if choice == "other":
            self._enrol(work, who, member, _without_ref(work, reading), at=now)
            return
        patient = work.patients.get(int(patient_id))
        may_not = self.going_live.refusal(replace(reading.form, test=patient.test))
        if choice == "same":
            self._same(work, who, patient, at=now)
        elif may_not is not None:
            post(work, here(who), may_not, at=now)
        else:
            self._new_session(work, who, member, patient, reading, at=now)

    def ask_cancel(self, work: Work, who: Sender, tap: Tap) -> None:
        """*Cancel this enrolment*: says first what it undoes."""
        now = self.clock.now()
        if self.admitting.admit(work, who, "enroll", at=now) is not None:
            text = self.speaking.about("enrolling/confirm-cancel", work.patients.get(int(tap.args[0])))
            self.confirming.ask(work, who, text, "cancel-enrolment-yes", *tap.args, at=now)

    def cancel(self, work: Work, who: Sender, tap: Tap) -> None:
        """Undo an enrolment that nobody has joined yet."""
        now = self.clock.now()
        member = self.admitting.admit(work, who, "enroll", at=now)
        args = None if member is None else self.confirming.accept(work, who, tap, at=now)
        if member is None or args is None:
            return
        patient, enrolment = work.patients.get(int(args[0])), work.enrolments.get(int(args[1]))
        if patient.consent is not None or enrolment.status not in (EnrolmentStatus.ACTIVE, EnrolmentStatus.BOOKED):
            show(work, tap, self.speaking.about("enrolling/connected-already", patient), at=now)
            return
        work.enrolments.save(enrolment.close(EnrolmentStatus.CANCELLED, at=now))
        work.invitations.revoke_all(patient.id, at=now)
        work.audit.add(noted(member, "cancel-enrolment", f"patient:{patient.code}", at=now))
        cancelled = self.speaking.about("enrolling/cancelled", patient)
        show(work, tap, cancelled, at=now)
        self.inviting.mark(work, patient, cancelled, at=now)

    def new_link(self, work: Work, who: Sender, tap: Tap) -> None:
        self._link_again(work, who, tap, self.inviting.invite)

    def print_link(self, work: Work, who: Sender, tap: Tap) -> None:
        self._link_again(work, who, tap, self.inviting.on_paper)

    def _link_again(self, work: Work, who: Sender, tap: Tap, hand_over: HandOver) -> None:
        now = self.clock.now()
        member = self.admitting.admit(work, who, "enroll", at=now)
        if member is None:
            return
        patient = work.patients.get(int(tap.args[0]))
        enrolment = work.enrolments.current(patient.id)
        if patient.consent is not None or enrolment is None:
            name = "connected-already" if enrolment else "no-course"
            post(work, here(who), self.speaking.about(f"enrolling/{name}", patient), at=now)
            return
        self.inviting.mark(work, patient, self.speaking.about("enrolling/replaced", patient), at=now)
        hand_over(work, patient, enrolment, to=here(who), at=now)
        work.audit.add(noted(member, "new-link", f"patient:{patient.code}", at=now))

    def _show_choice(self, work: Work, tap: Tap, flow: Flow, *, at: datetime) -> None:
        """Of whom it was chosen stays to be read."""
        text = self.speaking.staff("enrolling/chosen", first_name=flow.data.get("name", ""), chosen=tap.label)
        show(work, tap, text, at=at)

    def _answered(self, work: Work, who: Sender, flow: Flow, answer: dict[str, str], *, at: datetime) -> None:
        """A wrong answer is asked for again; what was said before stays."""
        options = options_of(flow) | answer
        reading = read(options, known_now(self.speaking.shelf, at=at))
        if reading.problems:
            problems = self.speaking.remarks("enrolling_faults", reading.problems)
            self.asking.ask_again(work, who, flow, problems, at=at)
            return
        self._go_on(work, who, options, (), at=at, guided=True)

    def _go_on(
        self,
        work: Work,
        who: Sender,
        options: dict[str, str],
        problems: tuple[Remark, ...],
        *,
        at: datetime,
        guided: bool = False,
    ) -> None:
        member = work.team.member(who.account)
        reading = read(options, known_now(self.speaking.shelf, at=at), problems=problems)
        reading = self._with_closed_days(self._with_reason(reading, member), at=at)
        twins = twins_of(work, reading.form, at=at)
        may_not = self.going_live.refusal(reading.form)
        if reading.problems or member is None:
            self._refuse(work, who, reading, at=at)
        elif may_not is not None:
            self.asking.offer_test(work, who, may_not, options, at=at)
        elif reading.missing:
            self.asking.ask(work, who, reading.missing[0], options, at=at)
        elif guided and not {"session", "booked"} & set(options):
            self.asking.ask(work, who, "session", options, at=at)
        elif twins:
            self.asking.ask_which(work, who, twins, options, at=at)
        else:
            work.flows.clear(who.chat, who.account)
            self._enrol(work, who, member, reading, at=at)

    def _refuse(self, work: Work, who: Sender, reading: Reading, *, at: datetime) -> None:
        """Every problem at once, with an example."""
        problems = self.speaking.remarks("enrolling_faults", reading.problems)
        post(work, here(who), self.speaking.staff("enrolling/refused", problems=problems), at=at)

    def _with_closed_days(self, reading: Reading, *, at: datetime) -> Reading:
        """A next session on a day without anybody there is probably mistyped."""
        closed = closed_on(self.speaking, reading.form.booked_on or reading.form.next_on, at=at)
        return replace(reading, warnings=(*reading.warnings, *closed))

    def _with_reason(self, reading: Reading, member: Member | None) -> Reading:
        form, protocols = reading.form, self.speaking.shelf.protocols
        if not form.treatments:
            return reading
        own = protocols[form.treatments[0]].surface
        refused = looser(own, form.surface, member, form.reason)
        return replace(reading, problems=(*reading.problems, *refused))

    def _same(self, work: Work, who: Sender, patient: Patient, *, at: datetime) -> None:
        button = Button(self.speaking.label("enrolling/new-link"), "new-link", (str(patient.id),))
        keyboard: Keyboard = ((button,),) if patient.consent is None else ()
        post(work, here(who), self.speaking.about("enrolling/same", patient), at=at, keyboard=keyboard)

    def _new_session(
        self, work: Work, who: Sender, member: Member, patient: Patient, reading: Reading, *, at: datetime
    ) -> None:
        enrolment = self._enrolment(reading.form, patient, who, at=at)
        begun = self.continuing.begin(work, patient, enrolment, at=at)
        self.overriding.ask_again(work, patient, begun, at=at)
        work.audit.add(noted(member, "enroll", f"patient:{patient.code}", at=at, detail="new session"))
        if patient.consent is None:
            self.inviting.invite(work, patient, begun, to=here(who), at=at, remarks=_about(patient, reading.warnings))
            return
        summary = self.inviting.summary(begun, at=at)
        remarks = self.speaking.remarks("enrolling_notes", _about(patient, reading.warnings))
        name = "new-session" if hears(patient) else "new-session-unheard"
        text = self.speaking.about(f"enrolling/{name}", patient, summary=summary, remarks=remarks)
        post(work, here(who), text, at=at, patient_id=patient.id)

    def _enrol(self, work: Work, who: Sender, member: Member, reading: Reading, *, at: datetime) -> None:
        patient = work.patients.add(reading.form.patient(self.speaking.shelf.clinic, at=at))
        enrolment = work.enrolments.add(self._enrolment(reading.form, patient, who, at=at))
        detail = " ".join(filter(None, (enrolment.treatment, reading.form.reason)))
        work.audit.add(noted(member, "enroll", f"patient:{patient.code}", at=at, detail=detail))
        remarks = _about(patient, reading.warnings)
        self.inviting.invite(work, patient, enrolment, to=here(who), at=at, remarks=remarks)

    def _enrolment(self, form: EnrolmentForm, patient: Patient, who: Sender, *, at: datetime) -> Enrolment:
        leading = self.speaking.shelf.protocols[form.treatments[0]]
        return form.enrolment(patient.id, surface=leading.surface, by=who.account, at=at)


def _about(patient: Patient, remarks: tuple[Remark, ...]) -> tuple[Remark, ...]:
    """With the patient's code, so that each can name the command that mends it."""
    return tuple(Remark(remark.name, {"patient_code": patient.code, **remark.facts}) for remark in remarks)


def _without_ref(work: Work, reading: Reading) -> Reading:
    """Somebody else cannot have the same record number: it is left out, and said so."""
    form = reading.form
    if not form.ref or work.patients.by_ref(form.ref) is None:
        return reading
    left_out = Remark("ref-left-out", {"typed": form.ref})
    return replace(reading, form=replace(form, ref=""), warnings=(*reading.warnings, left_out))
