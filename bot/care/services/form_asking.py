"""Ask for what an enrolment form still lacks, and remember what was said so far."""

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from hashlib import sha256

from bot.care.model.delivery import Button, Keyboard
from bot.care.model.enrolment import newest
from bot.care.model.inbound import Flow, Sender
from bot.care.model.words import Html
from bot.care.ports.records import Work
from bot.care.services.admitting import here
from bot.care.services.inviting import Inviting
from bot.care.services.posting import post
from bot.care.services.speaking import Speaking
from bot.care.services.twins import Twin

FLOW = "enrol"
ASK = "ask"
"""In the flow's data, beside the options: what was asked last."""
WAITS = timedelta(minutes=30)
DAYS = ("today", "yesterday", "other")
GIVE_UP = "give-up"


@dataclass(frozen=True)
class FormAsking:
    speaking: Speaking
    inviting: Inviting

    def ask(self, work: Work, who: Sender, what: str, options: Mapping[str, str], *, at: datetime) -> None:
        """`what`: name, treatment or session. Typed answers are asked for with a forced reply, for groups."""
        self._remember(work, who, what, options, at=at)
        keyboard = self._choices(who, what, options)
        text = self.speaking.staff(f"enrolling/ask-{what}", first_name=options.get("name", ""))
        post(work, here(who), text, at=at, keyboard=keyboard, force_reply=not keyboard)

    def offer_test(self, work: Work, who: Sender, may_not: Html, options: Mapping[str, str], *, at: datetime) -> None:
        """Nobody else may be enrolled yet: the same form goes on for a test patient with one tap."""
        self._remember(work, who, "test", options, at=at)
        label = self.speaking.label("enrolling/test-instead")
        keyboard: Keyboard = ((Button(label, "enrol-choose", (str(who.account), "test", "yes", form_of(options))),),)
        post(work, here(who), may_not, at=at, keyboard=keyboard)

    def ask_for_day(self, work: Work, who: Sender, flow: Flow, *, at: datetime) -> None:
        self._remember(work, who, "session", options_of(flow), at=at)
        text = self.speaking.staff("enrolling/ask-day", first_name=flow.data.get("name", ""))
        post(work, here(who), text, at=at, force_reply=True)

    def ask_again(self, work: Work, who: Sender, flow: Flow, problems: Html, *, at: datetime) -> None:
        """Only what was asked last: what is wrong with the answer, then the same question; the rest is kept."""
        what = flow.data[ASK]
        self._remember(work, who, what, options_of(flow), at=at)
        name = "day" if what == "session" else what
        question = self.speaking.staff(f"enrolling/ask-{name}", first_name=flow.data.get("name", ""))
        keyboard = self._choices(who, what, options_of(flow)) if what == "treatment" else ()
        text = self.speaking.staff("enrolling/again", problems=problems, text=question)
        post(work, here(who), text, at=at, keyboard=keyboard, force_reply=not keyboard)

    def ask_which(
        self, work: Work, who: Sender, twins: Sequence[Twin], options: Mapping[str, str], *, at: datetime
    ) -> None:
        """Same enrolment, new session, or somebody else."""
        self._remember(work, who, "twin", options, at=at)
        listed = Html("\n".join(self._line(work, twin, at=at) for twin in twins))
        form = form_of(options)
        known = [self._button(who, choice, twin, form) for twin in twins for choice in ("same", "new")]
        label = self.speaking.label("enrolling/twin-other")
        other = Button(label, "enrol-decide", (str(who.account), "other", "0", form))
        keyboard = tuple((button,) for button in (*known, other))
        post(work, here(who), self.speaking.staff("enrolling/twins", listed=listed), at=at, keyboard=keyboard)

    def flow(self, work: Work, who: Sender, *, at: datetime) -> Flow | None:
        """The form this person has open in this chat."""
        flow = work.flows.current(who.chat, who.account, at=at)
        return flow if flow is not None and flow.kind == FLOW else None

    def _choices(self, who: Sender, what: str, options: Mapping[str, str]) -> Keyboard:
        account, form = str(who.account), form_of(options)
        give_up = (Button(self.speaking.label("enrolling/give-up"), "enrol-choose", (account, what, GIVE_UP, form)),)
        if what == "treatment":
            names = [(self.speaking.treatment_name(one), one) for one in self.speaking.shelf.protocols]
            return (*((Button(name, "enrol-choose", (account, what, one, form)),) for name, one in names), give_up)
        if what == "session":
            labels = [(self.speaking.label(f"enrolling/day-{day}"), day) for day in DAYS]
            return tuple(Button(label, "enrol-choose", (account, what, day, form)) for label, day in labels), give_up
        return ()

    def _line(self, work: Work, twin: Twin, *, at: datetime) -> Html:
        last = newest(work.enrolments.course(twin.patient.id))
        summary = self.inviting.summary(last, at=at) if last is not None else Html()
        return self.speaking.about(f"enrolling/twin-by-{twin.why}", twin.patient, summary=summary)

    def _button(self, who: Sender, choice: str, twin: Twin, form: str) -> Button:
        label = self.speaking.label(f"enrolling/twin-{choice}", patient_code=twin.patient.code)
        return Button(label, "enrol-decide", (str(who.account), choice, str(twin.patient.id), form))

    def _remember(self, work: Work, who: Sender, asked: str, options: Mapping[str, str], *, at: datetime) -> None:
        work.flows.put(Flow(who.chat, who.account, FLOW, {**options, ASK: asked}, at + WAITS))


def form_of(options: Mapping[str, str]) -> str:
    """A print of what is in the form: a button under an older question belongs to somebody else's."""
    return sha256(json.dumps(sorted(options.items())).encode("utf-8")).hexdigest()[:16]


def options_of(flow: Flow) -> dict[str, str]:
    return {option: value for option, value in flow.data.items() if option != ASK}
