"""Mend what was recorded about a session, and tell the patient if something already sent was wrong."""

from dataclasses import dataclass, replace
from datetime import date, datetime, time

from bot.care.model.delivery import DeliveryState
from bot.care.model.enrolment import Area, Enrolment, Surface
from bot.care.model.enrolment_form import EnrolmentForm, Reading, read
from bot.care.model.inbound import Sender, Tap
from bot.care.model.looser import looser
from bot.care.model.people import Member, Patient
from bot.care.model.typed_line import Remark, read_options
from bot.care.model.words import Html
from bot.care.ports.records import Work
from bot.care.services.admitting import Admitting, here, noted
from bot.care.services.confirming import Confirming
from bot.care.services.continuing import Continuing
from bot.care.services.form_reading import known_now
from bot.care.services.going_live import GoingLive
from bot.care.services.posting import post, show
from bot.care.services.receipts import Receipts
from bot.care.services.speaking import Speaking

MAY_CHANGE = ("treatment", "surface", "area", "session", "ended", "reason")
SEP = "+"


@dataclass(frozen=True)
class Correcting:
    speaking: Speaking
    admitting: Admitting
    confirming: Confirming
    continuing: Continuing
    receipts: Receipts
    going_live: GoingLive

    def ask(self, work: Work, who: Sender, patient: Patient, enrolment: Enrolment, words: str, *, at: datetime) -> None:
        """Shows each change as old and new before anything happens."""
        known = known_now(self.speaking.shelf, at=at)
        options, problems = read_options(words, known)
        reading = read(options | {"name": patient.first_name}, known, problems=problems)
        foreign = [Remark("not-correctable", {"typed": key}) for key in options if key not in MAY_CHANGE]
        problems = (*reading.problems, *foreign)
        if problems or not options:
            listed = self.speaking.remarks("enrolling_faults", problems)
            text = self.speaking.staff("sessions/usage-correct", problems=listed)
            post(work, here(who), text, at=at)
            return
        changed, reason = self._changed(enrolment, reading, options), options.get("reason", "")
        refused = self._looser(enrolment, changed, work.team.member(who.account), reason)
        if refused:
            listed = self.speaking.remarks("enrolling_faults", refused)
            post(work, here(who), self.speaking.staff("sessions/usage-correct", problems=listed), at=at)
            return
        may_not = self.going_live.refusal_to_change(patient, enrolment, changed)
        if may_not is not None:
            post(work, here(who), may_not, at=at)
            return
        lines = self._differences(enrolment, changed, at=at) or self._confirmation(enrolment, changed)
        if not lines:
            post(work, here(who), self.speaking.about("sessions/nothing-changes", patient), at=at)
            return
        text = self.speaking.about("sessions/confirm-correct", patient, listed=Html("\n".join(lines)))
        args = (str(patient.id), str(enrolment.id), *_packed(changed), reason)
        self.confirming.ask(work, who, text, "correct", *args, at=at)

    def confirmed(self, work: Work, who: Sender, tap: Tap, *, at: datetime) -> None:
        member = self.admitting.admit(work, who, "correct", at=at)
        args = None if member is None else self.confirming.accept(work, who, tap, at=at)
        if member is None or args is None:
            return
        patient, enrolment = work.patients.get(int(args[0])), work.enrolments.get(int(args[1]))
        changed = _unpacked(enrolment, args[2:-1])
        may_not = self.going_live.refusal_to_change(patient, enrolment, changed)
        if may_not is not None:
            # approved no longer, since it was asked
            show(work, tap, may_not, at=at)
            return
        differences = self._differences(enrolment, changed, at=at)
        lines = differences or self._confirmation(enrolment, changed)
        was_told = _was_told(work, enrolment) and _changes_advice(enrolment, changed)
        if enrolment.provisional and changed.session_on != enrolment.session_on:
            # whoever corrects the day knows that there was a session
            self.continuing.confirm(work, patient, enrolment, at=at)
            changed = replace(changed, provisional=False)
        self.continuing.change(work, patient, changed, at=at)
        work.audit.add(noted(member, "correct", f"patient:{patient.code}", at=at, detail=args[-1]))
        show(work, tap, self.speaking.about("sessions/corrected", patient, listed=Html("\n".join(lines))), at=at)
        if was_told and patient.may_be_written_to:
            self._tell_patient(work, patient, enrolment, changed, at=at)

    def _tell_patient(self, work: Work, patient: Patient, old: Enrolment, changed: Enrolment, *, at: datetime) -> None:
        """One message that names what changed, at once: advice already followed may have been wrong."""
        lines = Html("\n".join(self._differences(old, changed, at=at, language=patient.language)))
        text = self.speaking.say("sessions/patient-correction", patient.language, listed=lines)
        self.receipts.correct(work, patient, text, at=at)

    def _changed(self, enrolment: Enrolment, reading: Reading, options: dict[str, str]) -> Enrolment:
        form = reading.form
        changed = _treated(enrolment, form, self._own_surface(form)) if "treatment" in options else enrolment
        if form.surface is not None:
            changed = replace(changed, surface=form.surface, surface_confirmed=True)
        if "area" in options:
            changed = replace(changed, area=form.area)
        if "session" in options and enrolment.session_on is not None:
            changed = replace(changed, session_on=form.session_on)
        return replace(changed, ended=form.ended) if "ended" in options else changed

    def _looser(self, old: Enrolment, new: Enrolment, member: Member | None, reason: str) -> tuple[Remark, ...]:
        if new.surface is old.surface and new.treatment == old.treatment:
            return ()
        return looser(self.speaking.shelf.protocols[new.treatment].surface, new.surface, member, reason)

    def _own_surface(self, form: EnrolmentForm) -> Surface:
        return self.speaking.shelf.protocols[form.treatments[0]].surface

    def _differences(self, old: Enrolment, new: Enrolment, *, at: datetime, language: str = "") -> list[Html]:
        spoken = language or self.speaking.staff_language
        pairs = {
            "treatment": (self.speaking.treatment(old, spoken), self.speaking.treatment(new, spoken)),
            "surface": (self._named("surface", old.surface, spoken), self._named("surface", new.surface, spoken)),
            "area": (self._named("area", old.area, spoken), self._named("area", new.area, spoken)),
            "session": (
                self.speaking.session(old, at=at, language=spoken),
                self.speaking.session(new, at=at, language=spoken),
            ),
            "ended": (f"{old.ended:%H:%M}", f"{new.ended:%H:%M}"),
        }
        return [
            self.speaking.say(f"sessions/change-{what}", spoken, old_value=before, new_value=after)
            for what, (before, after) in pairs.items()
            if before != after
        ]

    def _confirmation(self, old: Enrolment, new: Enrolment) -> list[Html]:
        """The surface we went by is right: nothing changes for the patient, but now somebody has said so."""
        if old.surface_confirmed or not new.surface_confirmed:
            return []
        name = self.speaking.staff(f"sessions/surface-{new.surface}")
        return [self.speaking.staff("sessions/change-confirmed", surface_name=name)]

    def _named(self, kind: str, value: str, language: str) -> str:
        return self.speaking.say(f"sessions/{kind}-{value}", language)


def _treated(enrolment: Enrolment, form: EnrolmentForm, surface: Surface) -> Enrolment:
    return replace(
        enrolment, treatment=form.treatments[0], also=form.treatments[1:], surface=surface, surface_confirmed=False
    )


def _packed(changed: Enrolment) -> tuple[str, ...]:
    """The corrected values as a button's arguments."""
    day = changed.session_on.isoformat() if changed.session_on else ""
    treatments = SEP.join((changed.treatment, *changed.also))
    confirmed = "yes" if changed.surface_confirmed else "no"
    return treatments, changed.surface, confirmed, changed.area, day, changed.ended.isoformat()


def _unpacked(enrolment: Enrolment, args: tuple[str, ...]) -> Enrolment:
    treatments, surface, confirmed, area, day, ended = args
    first, *also = treatments.split(SEP)
    return replace(
        enrolment,
        treatment=first,
        also=tuple(also),
        surface=Surface(surface),
        surface_confirmed=confirmed == "yes",
        area=Area(area),
        session_on=date.fromisoformat(day) if day else None,
        ended=time.fromisoformat(ended),
    )


def _changes_advice(old: Enrolment, new: Enrolment) -> bool:
    """Nothing a patient reads depends on the hour at which a session ended."""
    return replace(new, ended=old.ended, surface_confirmed=old.surface_confirmed) != old


def _was_told(work: Work, enrolment: Enrolment) -> bool:
    told = (DeliveryState.SENT, DeliveryState.UNCERTAIN)
    return any(row.state in told for row in work.outbox.of_enrolment(enrolment.id))
