"""Change by buttons when a step leaves and what it asks; tried and read like new words before it goes live."""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta

from bot.care.model.asked import asking, is_simple, may_be_given, named, opens_gate, taken_off
from bot.care.model.delivery import Button, Keyboard
from bot.care.model.inbound import Sender, Tap
from bot.care.model.people import Member, Patient
from bot.care.model.permissions import may
from bot.care.model.protocol import Anchor, Late, Moment, Protocol, Step
from bot.care.model.revision import MOVE, Draft, DraftKind, DraftState, Item
from bot.care.model.timing import Timing, following, retimed, staying
from bot.care.model.words import Html
from bot.care.ports.outside import Clock
from bot.care.ports.records import Work
from bot.care.services.admitting import Admitting
from bot.care.services.posting import show
from bot.care.services.speaking import Speaking
from bot.care.services.timing_words import TimingWords, has_an_hour
from scheduler.localtime import SENDING_HOURS

STRIDE = timedelta(minutes=30)
MOST_BEFORE = 60
"""Days before a session on which a reminder may leave."""


@dataclass(frozen=True)
class Retiming:
    clock: Clock
    speaking: Speaking
    admitting: Admitting
    words: TimingWords

    def open(self, work: Work, who: Sender, tap: Tap) -> None:
        """The step's timing as it is, or as it would be (the third arg), on a calendar."""
        now, (treatment, step_id, wish) = self.clock.now(), tap.args
        member = self.admitting.admit(work, who, "content", at=now)
        found = self.words.step(treatment, step_id)
        if member is None:
            return
        if found is None:
            self._show(work, tap, self.speaking.staff("content/gone"), ())
            return
        protocol, step = found
        timing = Timing.named(wish) if wish else Timing.of(step)
        text = self.speaking.staff(
            "timing/page" if timing == Timing.of(step) else "timing/page-changed",
            what=self.words.name(treatment, step_id),
            old_value=self.words.timing(step, Timing.of(step)),
            new_value=self.words.timing(step, timing),
            listed=self.words.calendar(protocol, step, timing, at=now),
            remarks=Html("\n".join(self.words.warnings(step, timing))),
        )
        editing = self._choices(member, protocol, step, timing)
        back = Button(self._label("back"), "content-open", (self.speaking.staff_language, f"steps/{treatment}", "0"))
        self._show(work, tap, text, (*editing, (back,)))

    def check(self, work: Work, who: Sender, tap: Tap) -> None:
        """Tried on the whole content, and on everybody's plan."""
        now, (treatment, step_id, wish) = self.clock.now(), tap.args
        found = self.words.step(treatment, step_id)
        deed = "edit-words" if found is None else _deed(found[1], Timing.named(wish))
        if self.admitting.admit(work, who, deed, at=now) is None or found is None or tap.message_id is None:
            return
        item, before = Item("", f"{DraftKind.TIMING}/{treatment}/{step_id}"), str(Timing.of(found[1]))
        file, state = f"protocols/{treatment}.toml", DraftState.CHECKING
        draft = Draft(item, file, wish, before, state, who.account, tap.chat, now, tap.message_id, clinical=True)
        work.drafts.add(draft)
        text = self.speaking.staff("timing/checking", what=self.words.name(treatment, step_id))
        self._show(work, tap, text, ())

    def is_live(self, draft: Draft) -> bool:
        """The words in use have this timing."""
        found = self.words.step(*draft.times)
        return found is not None and Timing.named(draft.words).is_of(found[1])

    def to_move(self, work: Work, draft: Draft) -> list[tuple[Patient, int]]:
        """Whoever goes by the plan: patient and enrolment."""
        people = work.survey.people()
        running = self.words.following(work, draft.treatment)
        return [(people[one.patient_id], one.id) for one in running if one.patient_id in people]

    def move(self, work: Work, draft: Draft, patient: Patient, enrolment_id: int, *, at: datetime) -> None:
        """Or keep, as was chosen. Only what has not left is planned anew: nobody gets a step twice."""
        enrolment, (treatment, step_id) = work.enrolments.get(enrolment_id), draft.times
        protocol = self.words.speaking.shelf.protocols[treatment]
        if draft.for_plans == MOVE:
            enrolment = following(enrolment, protocol, step_id)
        else:
            before = retimed(protocol, step_id, Timing.named(draft.before).alone)
            enrolment = staying(enrolment, before, protocol)
        work.enrolments.save(enrolment)
        self.words.planning.replan(work, work.patients.get(patient.id), enrolment, at=at)

    # --- inside ------------------------------------------------------------------------------------------------------

    def _choices(self, member: Member, protocol: Protocol, step: Step, timing: Timing) -> Keyboard:
        rows = list(self._times(protocol, step, timing)) if may(member, "edit-words") else []
        rows += self._asks(member, protocol, step, timing)
        if timing != Timing.of(step) and may(member, _deed(step, timing)):
            rows.append((Button(self._label("check"), "timing-check", (protocol.id, step.id, str(timing))),))
        return tuple(rows)

    def _times(self, protocol: Protocol, step: Step, timing: Timing) -> Iterator[tuple[Button, ...]]:
        if has_an_hour(step):
            yield tuple(self._days(protocol, step, timing))
            yield tuple(self._hours(protocol, step, timing))
        yield tuple(
            self._to(f"• {self._label(late)}" if late is timing.late else self._label(late), protocol, step,
                     replace(timing, late=late))
            for late in Late
        )  # fmt: skip

    def _asks(self, member: Member, protocol: Protocol, step: Step, timing: Timing) -> Iterator[tuple[Button, ...]]:
        """To take each question off or put it before the one above it, and those that there could be."""
        names = asking(step) if timing.asks is None else timing.asks
        for place, name in enumerate(names):
            row = []
            if self._may_take_off(member, step, name):
                left = replace(timing, asks=(*names[:place], *names[place + 1 :]))
                row.append(self._to(self._label("take-off", what=self.words.ask(step, name)), protocol, step, left))
            if place and may(member, "edit-words"):
                moved = (*names[: place - 1], name, names[place - 1], *names[place + 1 :])
                label = self._label("ask-earlier", what=self.words.ask(step, name))
                row.append(self._to(label, protocol, step, replace(timing, asks=moved)))
            if row:
                yield tuple(row)
        if not may(member, "edit-words"):
            return
        for name in (*map(named, taken_off(step, names)), *may_be_given(step, names)):
            more = replace(timing, asks=(*names, name))
            yield (self._to(self._label("put-on", what=self.words.ask(step, name)), protocol, step, more),)

    def _may_take_off(self, member: Member, step: Step, name: str) -> bool:
        ask = next((one for one in step.asks if named(one) == name), None)
        if ask is not None and opens_gate(step, ask):
            return False
        return may(member, "edit-words" if ask is None or is_simple(ask) else "publish-clinical-words")

    def _days(self, protocol: Protocol, step: Step, timing: Timing) -> Iterator[Button]:
        most = MOST_BEFORE if step.anchor is Anchor.NEXT_SESSION else protocol.ends
        # before a session days are counted back
        one = -1 if step.anchor is Anchor.NEXT_SESSION else 1
        for name, day in (("earlier", timing.day - one), ("later", timing.day + one)):
            if 1 <= day <= most:
                yield self._to(self._label(f"day-{name}"), protocol, step, replace(timing, day=day))

    def _hours(self, protocol: Protocol, step: Step, timing: Timing) -> Iterator[Button]:
        usual = Patient.evening if step.moment is Moment.EVENING else Patient.morning
        hour = timing.at or usual
        for name, by in (("earlier", -STRIDE), ("later", STRIDE)):
            other = (datetime.combine(date(2000, 1, 1), hour) + by).time()
            if SENDING_HOURS.hold(other):
                yield self._to(self._label(f"hour-{name}"), protocol, step, replace(timing, at=other))

    def _to(self, label: str, protocol: Protocol, step: Step, timing: Timing) -> Button:
        return Button(label, "timing-open", (protocol.id, step.id, str(timing)))

    def _label(self, name: str, **facts: str) -> str:
        return self.speaking.label(f"timing/{name}", **facts)

    def _show(self, work: Work, tap: Tap, text: str, keyboard: Keyboard) -> None:
        show(work, tap, text, at=self.clock.now(), keyboard=keyboard)


def _deed(step: Step, timing: Timing) -> str:
    """Who may not only let it go live, but ask for it: to take off what looks for signs is for clinicians."""
    off = () if timing.asks is None else taken_off(step, timing.asks)
    return "edit-words" if all(map(is_simple, off)) else "publish-clinical-words"
