"""Settle a window for one patient: what it changes is said first, and beyond least and most a clinician says why."""

from dataclasses import dataclass, replace
from datetime import datetime

from bot.care.model.delivery import Button, Keyboard
from bot.care.model.enrolment import Enrolment
from bot.care.model.inbound import Sender, Tap
from bot.care.model.moves import BY_ITSELF
from bot.care.model.overrides import Override
from bot.care.model.people import Member, Patient, Role
from bot.care.model.protocol import Span
from bot.care.model.things import Thing
from bot.care.model.window_words import Wish, read_wish
from bot.care.model.windows import Protocols, Reach, in_force, reach, tabled
from bot.care.model.words import Html
from bot.care.ports.outside import Clock
from bot.care.ports.records import Work
from bot.care.services.admitting import Admitting, here, noted
from bot.care.services.confirming import Confirming
from bot.care.services.continuing import Continuing
from bot.care.services.finding import Finding
from bot.care.services.knowing import Knowing
from bot.care.services.noticing import tell_staff
from bot.care.services.posting import post, show
from bot.care.services.receipts import Receipts
from bot.care.services.session_asking import unsent
from bot.care.services.telling_windows import PLACEHOLDER_OF


@dataclass(frozen=True)
class Overriding:
    clock: Clock
    knowing: Knowing
    admitting: Admitting
    finding: Finding
    confirming: Confirming
    continuing: Continuing
    receipts: Receipts

    @property
    def _protocols(self) -> Protocols:
        return self.knowing.shelf.protocols

    def command(self, work: Work, who: Sender, words: str) -> None:
        """`/window CODE`, `/window CODE retinol after=10 before=14 reason=...`, `/window CODE retinol table`."""
        now = self.clock.now()
        member = self.admitting.admit(work, who, "window", at=now)
        if member is None:
            return
        code, _, rest = words.strip().partition(" ")
        patient = self.finding.patient(work, who, code, at=now) if code else None
        if not code:
            post(work, here(who), self._usage(), at=now)
        if patient is None:
            return
        enrolment = work.enrolments.current(patient.id)
        wish = read_wish(rest, by=who.account)
        if enrolment is None or enrolment.treatment not in self._protocols:
            post(work, here(who), self._about("enrolling/no-course", patient), at=now)
        elif not rest.strip():
            text = self._about("windows/now", patient, listed=self.days(enrolment), text=self._usage())
            post(work, here(who), text, at=now)
        elif wish is None:
            post(work, here(who), self._usage(), at=now)
        elif (refused := self._refusal(member, enrolment, wish)) is not None:
            post(work, here(who), refused, at=now)
        else:
            self._ask(work, who, (patient, enrolment), wish, at=now)

    def confirmed(self, work: Work, who: Sender, tap: Tap) -> None:
        """Args: patient, enrolment, and what was typed."""
        now = self.clock.now()
        member = self.admitting.admit(work, who, "window", at=now)
        args = None if member is None else self.confirming.accept(work, who, tap, at=now)
        if member is None or args is None:
            return
        patient, wish = work.patients.get(int(args[0])), read_wish(args[2], by=who.account)
        enrolment = work.enrolments.current(patient.id)
        if wish is None or enrolment is None or str(enrolment.id) != args[1]:
            show(work, tap, self.knowing.speaking.about("sessions/settled-since", patient), at=now)
            return
        if self._refusal(member, enrolment, wish) is not None:
            return
        changed = _with(enrolment, wish)
        self._settle(work, member, patient, changed, wish.thing, at=now)
        self._tell_patient(work, patient, changed, wish.thing, at=now)
        line = self.line(changed, wish.thing)
        show(work, tap, self._about("windows/settled", patient, listed=line), at=now)

    def ask_again(self, work: Work, patient: Patient, enrolment: Enrolment, *, at: datetime) -> None:
        """A new session: what was settled for the last one may only make things stricter until somebody confirms it."""
        for own in enrolment.overrides:
            if not own.confirmed:
                args = (str(patient.id), str(enrolment.id), own.thing.value)
                keyboard: Keyboard = tuple(
                    (Button(self.knowing.speaking.label(f"windows/button-{one}"), "window-again", (*args, one)),)
                    for one in ("keep", "table")
                )
                text = self._about("windows/again", patient, listed=self.line(enrolment, own.thing))
                tell_staff(work, text, at=at, patient_id=patient.id, keyboard=keyboard)

    def again(self, work: Work, who: Sender, tap: Tap) -> None:
        """Args: patient, enrolment, thing, `keep` or `table`."""
        now = self.clock.now()
        member = self.admitting.admit(work, who, "window", at=now)
        if member is None:
            return
        patient, enrolment = work.patients.get(int(tap.args[0])), work.enrolments.get(int(tap.args[1]))
        thing, current = Thing(tap.args[2]), work.enrolments.current(patient.id)
        own = enrolment.override(thing)
        if current is None or current.id != enrolment.id or own is None or own.confirmed:
            show(work, tap, self.knowing.speaking.about("sessions/settled-since", patient), at=now)
            return
        kept = replace(own, confirmed=True, by=who.account) if tap.args[3] == "keep" else None
        wish = Wish(thing, kept)
        refused = self._refusal(member, enrolment, wish)
        if refused is not None:
            post(work, here(who), refused, at=now)
            return
        changed = _with(enrolment, wish)
        self._settle(work, member, patient, changed, thing, at=now)
        show(work, tap, self._about("windows/settled", patient, listed=self.line(changed, thing)), at=now)

    def days(self, enrolment: Enrolment) -> Html:
        """Every thing of the treatment with the days that hold, and how far they may be moved."""
        return Html("\n".join(line for thing in Thing if (line := self.line(enrolment, thing))))

    def settled(self, work: Work, enrolment: Enrolment) -> list[Html]:
        """For the card: what is not as the table says, by whom and why."""
        return [self._own(work, enrolment, own) for own in enrolment.overrides]

    def line(self, enrolment: Enrolment, thing: Thing) -> Html:
        """`retinol: 10 days after (7 to 14), 14 before (7 to 14)`; empty for what has no days."""
        rule, table = in_force(self._protocols, enrolment, thing), tabled(self._protocols, enrolment, thing)
        if rule is None or table is None:
            return Html()
        parts = [self._part("after", rule.after, table.after), self._part("before", rule.before, table.before)]
        listed = [part for part in parts if part]
        name = self.knowing.speaking.staff(f"things/{thing.value}")
        return self.knowing.speaking.staff("windows/line", thing=name, items=", ".join(listed)) if listed else Html()

    # --- inside ------------------------------------------------------------------------------------------------------

    def _ask(self, work: Work, who: Sender, case: tuple[Patient, Enrolment], wish: Wish, *, at: datetime) -> None:
        patient, enrolment = case
        before, after = self.line(enrolment, wish.thing), self.line(_with(enrolment, wish), wish.thing)
        count = str(unsent(work, enrolment))
        text = self._about("windows/confirm", patient, old_value=before, new_value=after, unsent=count)
        self.confirming.ask(work, who, text, "window-set", str(patient.id), str(enrolment.id), _typed(wish), at=at)

    def _refusal(self, member: Member, enrolment: Enrolment, wish: Wish) -> Html | None:
        """Reception and clinicians inside least and most; beyond them a clinician who says why (facts 3.6)."""
        if wish.own is None:
            return None
        reached = reach(self._protocols, enrolment, wish.own)
        if reached is Reach.INSIDE:
            return None
        line = self.line(enrolment.unsettle(wish.thing), wish.thing)
        if reached is Reach.NOWHERE:
            return self.knowing.speaking.staff("windows/nowhere", listed=line, text=self._usage())
        if member.role is not Role.CLINICIAN:
            return self.knowing.speaking.staff("windows/only-clinician", listed=line)
        return None if wish.own.reason else self.knowing.speaking.staff("windows/no-reason", listed=line)

    def _settle(
        self, work: Work, member: Member, patient: Patient, changed: Enrolment, thing: Thing, *, at: datetime
    ) -> None:
        self.continuing.change(work, patient, changed, at=at)
        own = changed.override(thing)
        detail = f"{thing.value} table" if own is None else f"{thing.value} after={own.after} before={own.before}"
        work.audit.add(noted(member, "window", f"patient:{patient.code}", at=at, detail=detail))

    def _tell_patient(self, work: Work, patient: Patient, enrolment: Enrolment, thing: Thing, *, at: datetime) -> None:
        """Other days were said before: at once, in the words every answer uses from now on."""
        placeholder = PLACEHOLDER_OF.get(thing)
        if not patient.may_be_written_to or placeholder is None or enrolment.session_on is None:
            return
        speaking = self.knowing.speaking
        state = Html(self.knowing.facts(work, patient, at=at)[placeholder])
        name = speaking.say(f"things/{thing.value}", patient.language)
        text = speaking.phrase("windows/patient-settled", patient, thing=name, state=state)
        self.receipts.correct(work, patient, text, at=at)

    def _own(self, work: Work, enrolment: Enrolment, own: Override) -> Html:
        if own.by == BY_ITSELF:
            return self.knowing.speaking.staff("windows/own-by-itself", listed=self.line(enrolment, own.thing))
        by = work.team.member(own.by)
        return self.knowing.speaking.staff(
            "windows/own" if own.confirmed else "windows/own-unconfirmed",
            listed=self.line(enrolment, own.thing),
            member_name=by.name if by is not None else self.knowing.speaking.staff("windows/somebody"),
            remarks=self.knowing.speaking.staff("windows/why", said=own.reason) if own.reason else "",
        )

    def _part(self, side: str, span: Span | None, table: Span | None) -> str:
        if span is None or table is None or table.most is None:
            return ""
        named = {"days": str(span.default), "first": str(table.least), "last": str(table.most)}
        return self.knowing.speaking.staff(f"windows/{side}", **named)

    def _about(self, name: str, patient: Patient, **facts: str) -> Html:
        return self.knowing.speaking.about(name, patient, **facts)

    def _usage(self) -> Html:
        return self.knowing.speaking.staff("windows/usage", known=", ".join(Thing))


def _with(enrolment: Enrolment, wish: Wish) -> Enrolment:
    return enrolment.unsettle(wish.thing) if wish.own is None else enrolment.settle(wish.own)


def _typed(wish: Wish) -> str:
    """The same wish as it would be typed again: a button's argument."""
    if wish.own is None:
        return f"{wish.thing.value} table"
    days = {"after": wish.own.after, "before": wish.own.before}
    parts = [f"{side}={number}" for side, number in days.items() if number is not None]
    return " ".join((wish.thing.value, *parts, *((f"reason={wish.own.reason}",) if wish.own.reason else ())))
