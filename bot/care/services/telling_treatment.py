"""Say what is expected of a treatment, and on which day that ends: values of the patient's own protocol."""

from dataclasses import dataclass
from datetime import timedelta

from bot.care.model.enrolment import Enrolment, Surface
from bot.care.model.expected import expectation, same_day_from, threshold
from bot.care.model.protocol import Anchor, Moment, Protocol
from bot.care.model.things import Thing
from bot.care.model.words import Facts
from bot.care.services.voice import Voice

BRONZING_ENDS = "new-patch"
FIRST_LOOK, FAIR_LOOK = 10, 42
"""Days from which a result may be looked at, and from which it may be judged (C7)."""
PLAIN = (
    "redness_normal",
    "swelling_normal",
    "sting_normal",
    "peel_window",
    "flare_normal",
    "pillow_line",
    "sessions_plan",
    "visit_length",
    "downtime_text",
)
"""Placeholders that are one phrase each, chosen by protocol, surface and area."""


@dataclass(frozen=True)
class TreatmentWords:
    voice: Voice
    protocol: Protocol
    enrolment: Enrolment
    day: int
    """Days after the session; 0 before a first one."""
    dimensions: Facts

    def facts(self) -> Facts:
        said = {name: self.voice.phrase(f"expected/{name}", self.dimensions) for name in PLAIN}
        return said | {
            "redness_verdict": self._verdict("redness"),
            "swelling_verdict": self._verdict("swelling"),
            "pain_state": self._verdict("sting"),
            "peel_verdict": self._verdict("flaking"),
            "itch_verdict": self._verdict("itch"),
            "flare_verdict": self._verdict("flare"),
            "results_verdict": self._results(),
            "dark_verdict": self._dark(),
            "dark_limit": str(self._first("darkening-not-fading")),
            "flare_limit": self._on(self._first("flare") - 1),
            "redness_limit": self._on(self._first("redness") - 1),
            "swelling_limit": self._on(self._first("swelling") - 1),
            "swelling_rising_from": self._rising(),
            "itch_normal": self.voice.phrase("expected/itch_normal", change_day=self._on(self._first("itch") - 1)),
            "raw_limit": self._raw(),
            "first_wash": self._first_wash(),
            "area_note": self._area_note(),
            "schedule_days": self._schedule(),
        }

    def _first(self, symptom: str) -> int:
        """The first day on which a symptom is no longer expected."""
        return same_day_from(self.protocol, symptom, self.enrolment.area) or 0

    def _on(self, day: int) -> str:
        """A day after the session as its date; as `day 3` before there was one."""
        if self.enrolment.session_on is None:
            return self.voice.phrase("plan/day_words", day=str(day)).lower()
        return self.voice.day(self.enrolment.session_on + timedelta(days=day))

    def _verdict(self, symptom: str) -> str:
        found = expectation(self.protocol, symptom, self.day, self.enrolment.area)
        return self.voice.phrase(f"expected/{symptom}_{found.value}", self.dimensions)

    def _dark(self) -> str:
        if self.day < self._first(BRONZING_ENDS):
            return self.voice.phrase("expected/dark_bronzing")
        late = self.day >= self._first("darkening-not-fading")
        return self.voice.phrase("expected/dark_late" if late else "expected/dark_expected", self.dimensions)

    def _results(self) -> str:
        if self.day < FIRST_LOOK:
            return self.voice.phrase("expected/results_early")
        return self.voice.phrase("expected/results_changing" if self.day < FAIR_LOOK else "expected/results_fair")

    def _rising(self) -> str:
        found = threshold(self.protocol, "swelling-larger", self.enrolment.area)
        if found is None or found.urgent_from is None:
            return ""
        if self.day >= found.urgent_from:
            return self.voice.phrase("expected/rising_urgent")
        return self.voice.phrase("expected/rising", later_day=self._on(found.urgent_from))

    def _raw(self) -> str:
        return self.voice.phrase("expected/raw_limit", self.dimensions, change_day=self._on(self._first("not-closed")))

    def _first_wash(self) -> str:
        waits = self.dimensions["surface"] != Surface.INTACT or self.voice.shelf.clinic.setting("first-wash") > 0
        if self.enrolment.session_on is not None and self.day == 0:
            return self.voice.phrase(f"expected/first_wash_{'tomorrow' if waits else 'tonight'}")
        return self.voice.phrase(f"expected/first_wash_{'morning' if waits else 'evening'}")

    def _area_note(self) -> str:
        makeup, actives = self._extra(Thing.MAKEUP), self._extra(Thing.ACTIVES)
        return self.voice.phrase("expected/area_note", self.dimensions, days=str(makeup), last=str(actives))

    def _extra(self, thing: Thing) -> int:
        rules = (rule for rule in self.protocol.windows if rule.thing is thing)
        return max((dict(rule.extra_days).get(self.enrolment.area, 0) for rule in rules), default=0)

    def _schedule(self) -> str:
        days = {
            step.day
            for step in self.protocol.steps
            if step.anchor is Anchor.SESSION and step.moment is Moment.MORNING and not (step.repeats or step.daily)
        }
        return self.voice.several([str(day) for day in sorted(days)])
