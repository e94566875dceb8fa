"""Say what is on and off, until when and from when: the words behind every `..._state` and `..._from`."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from functools import cached_property

from bot.care.model.enrolment import Area, Enrolment, Retinol, Surface
from bot.care.model.things import Thing
from bot.care.model.windows import (
    NEVER_OPEN,
    Gate,
    Protocols,
    Standing,
    State,
    Stretch,
    days_before,
    first_allowed,
    leading,
    standing,
    stretches,
)
from bot.care.model.words import Facts
from bot.care.services.voice import Voice

STATES = {
    "makeup_state": Thing.MAKEUP,
    "shave_state": Thing.SHAVING,
    "retinol_state": Thing.RETINOL,
    "actives_state": Thing.ACTIVES,
    "exercise_state": Thing.EXERCISE,
    "heat_state": Thing.HEAT,
    "swim_state": Thing.SWIMMING,
    "wax_state": Thing.HAIR_REMOVAL,
    "procedures_state": Thing.OTHER_TREATMENTS,
    "nsaid_state": Thing.NSAID,
    "smoke_state": Thing.SMOKING,
    "alcohol_state": Thing.ALCOHOL,
    "sun_state": Thing.SUN,
}
FROM = {
    "makeup_from": Thing.MAKEUP,
    "shave_from": Thing.SHAVING,
    "spf_from": Thing.SUNSCREEN,
    "retinol_from": Thing.RETINOL,
    "actives_from": Thing.ACTIVES,
    "exercise_from": Thing.EXERCISE,
    "heat_from": Thing.HEAT,
    "swim_from": Thing.SWIMMING,
    "wax_from": Thing.HAIR_REMOVAL,
    "sun_until": Thing.SUN,
}
PLACEHOLDER_OF = {thing: name for name, thing in STATES.items()} | {
    Thing.SUNSCREEN: "spf_state",
    Thing.SPF_DAILY: "spf_state",
    Thing.HEAD_RAISED: "sleep_state",
}
"""Where it is said how a thing stands today."""
DIMENSION_THINGS = frozenset(STATES.values()) | {Thing.SUNSCREEN}
LISTED = tuple(thing for thing in Thing if thing not in (Thing.SPF_DAILY, Thing.HEAD_RAISED))
"""What /today and the list of day 0 name, in the order of the protocol files."""


@dataclass(frozen=True)
class WindowWords:
    """All windows of one course on one day, in words. `course` is oldest first and never empty."""

    voice: Voice
    course: Sequence[Enrolment]
    protocols: Protocols
    on: date
    gate: Gate

    def facts(self) -> Facts:
        said = {name: self.state(self.standing(thing)) for name, thing in STATES.items()}
        said |= {name: self.first_day(thing) for name, thing in FROM.items()}
        said |= {"spf_state": self._spf_state(), "spf_until": self._spf_until(), "sleep_state": self._sleep()}
        return said | {
            "restriction_ends": self.ends(),
            "retinol_stop": self._again(Thing.RETINOL),
            "sun_again": self._again(Thing.SUN),
        }

    def dimensions(self) -> Facts:
        states = {_dimension(thing): self.standing(thing).state.value for thing in DIMENSION_THINGS}
        return states | {"sleep": "raised" if self._asked_for(Thing.HEAD_RAISED) else "free"}

    @cached_property
    def _standings(self) -> Mapping[Thing, Standing]:
        # each is asked for by several names: worked out once
        return {thing: standing(self.course, self.protocols, thing, self.on, gate=self.gate) for thing in Thing}

    def standing(self, thing: Thing) -> Standing:
        return self._standings[thing]

    def state(self, found: Standing) -> str:
        if found.thing in NEVER_OPEN:
            return self.voice.phrase("window/never")
        if found.state is State.OPEN:
            return self._open(found)
        if self._is_forbidden(found.thing):
            return self.voice.phrase("window/off_ask")
        if found.change is None:
            return self.voice.phrase("window/never" if found.state is State.NEVER else "window/off_not_calm")
        name = "off" if found.state is State.OFF else "off_again"
        return self.voice.phrase(f"window/{name}", change_day=self.voice.day(found.change))

    def first_day(self, thing: Thing) -> str:
        """The first day allowed after the session, or that there is none before the next one, or for this patient."""
        if self._is_forbidden(thing):
            return self.voice.phrase("window/ask_first")
        if self.course[-1].session_on is None:
            return self.voice.phrase("window/after_session")
        found = first_allowed(self.course, self.protocols, thing)
        return self.voice.phrase("window/not_this_course") if found is None else self.voice.day(found)

    def ends(self) -> str:
        """What is off today, a line for each end, the things of one day together: `• 19 November: makeup`."""
        by_day: dict[tuple[date, str], list[str]] = {}
        for thing in self._listed():
            found = self.standing(thing)
            if found.state is not State.OPEN and thing is not Thing.SUNSCREEN:
                end = (date.max, "ends_ask") if self._is_forbidden(thing) else _end_of(found)
                by_day.setdefault(end, []).append(self._short(thing, dated=end[0] < date.max))
        return "\n".join(self._end(*end, by_day[end]) for end in sorted(by_day))

    def lines(self) -> tuple[list[str], list[str]]:
        """What is off and what is on today, a line a thing."""
        off: list[str] = []
        on: list[str] = []
        for thing in self._listed():
            found = self.standing(thing)
            name = self.voice.phrase(f"things/{thing.value}")
            line = self.voice.phrase("window/line", thing=name[:1].upper() + name[1:], state=self._said(found))
            (on if self._is_on(found) and not self._asks_first(thing) else off).append(line)
        return off, on

    def _again(self, thing: Thing) -> str:
        """The day from which a thing is off again before the next session (S000-28)."""
        next_on = self.course[-1].next_on
        days = days_before(self.protocols, self.course[-1], thing)
        if next_on is None:
            return self.voice.phrase("plan/days_before", days=str(days))
        return self.voice.day(next_on - timedelta(days=days))

    def _listed(self) -> Iterator[Thing]:
        """Makeup is no matter off the face (facts 3.0)."""
        off_face = self.course[-1].area is not Area.FACE
        return (thing for thing in LISTED if not (off_face and thing is Thing.MAKEUP))

    def _short(self, thing: Thing, *, dated: bool) -> str:
        """A date for retinol says whose yes it needs as well: after removed skin (RS-42), and with R3 (facts 3.0)."""
        removed = leading(self.protocols, self.course[-1]).surface is Surface.REMOVED
        asks = thing is Thing.RETINOL and dated and (removed or self._asks_first(thing))
        return self.voice.phrase("things_short/retinol_ask" if asks else f"things_short/{thing.value}")

    def _said(self, found: Standing) -> str:
        return self._spf_state() if found.thing is Thing.SUNSCREEN else self.state(found)

    def _end(self, day: date, how: str, things: Sequence[str]) -> str:
        listed = self.voice.several(things)
        return self.voice.phrase(f"window/{how}", things=listed, change_day=self.voice.day(day))

    def _open(self, found: Standing) -> str:
        if found.thing is Thing.SUN:
            return self.voice.phrase("window/sun_open")
        if self._asks_first(found.thing):
            return self._ask_first(found.change)
        gate = self.gate.value if found.healed else Gate.CALM.value
        if found.change is None:
            return self.voice.phrase("window/open", gate=gate)
        return self.voice.phrase("window/open_until", gate=gate, change_day=self.voice.day(found.change))

    def _ask_first(self, change: date | None) -> str:
        if change is None:
            return self.voice.phrase("window/ask_first")
        return self.voice.phrase("window/ask_first_until", change_day=self.voice.day(change))

    def _asks_first(self, thing: Thing) -> bool:
        """A date never allows what the patient's own health forbids or leaves open (facts 3.0 R3)."""
        is_open_question = thing is Thing.RETINOL and self.course[-1].health.retinol is Retinol.NO_START
        return is_open_question or self._is_forbidden(thing)

    def _is_forbidden(self, thing: Thing) -> bool:
        """Nor is a date told to whoever said that they are pregnant or take isotretinoin."""
        health = self.course[-1].health
        if thing is Thing.RETINOL and health.isotretinoin == "now":
            return True
        return health.pregnancy is True and thing in (Thing.RETINOL, Thing.NSAID, Thing.ALCOHOL)

    def _spf_state(self) -> str:
        sunscreen = self.standing(Thing.SUNSCREEN)
        if self._is_on(sunscreen):
            return self.voice.phrase("window/spf_daily", change_day=self._spf_until(), gate=self.gate.value)
        if sunscreen.change is None:
            return self.voice.phrase("window/spf_not_closed")
        return self.voice.phrase("window/spf_not_yet", change_day=self.voice.day(sunscreen.change))

    def _is_on(self, found: Standing) -> bool:
        """Skin that was never opened needs its sunscreen even while it is not calm (C15)."""
        if found.thing is not Thing.SUNSCREEN or found.state is not State.OFF or found.change is not None:
            return found.state is State.OPEN
        return leading(self.protocols, self.course[-1]).surface is Surface.INTACT

    def _spf_until(self) -> str:
        found = stretches(self.course, self.protocols, Thing.SPF_DAILY)
        until = found[-1].until if found else None
        return self.voice.day(until) if until is not None else self.voice.phrase("window/after_session")

    def _sleep(self) -> str:
        raised = self._asked_for(Thing.HEAD_RAISED)
        if raised is None or raised.until is None:
            return self.voice.phrase("window/sleep_free", area=self.course[-1].area.value)
        surface = leading(self.protocols, self.course[-1]).surface
        return self.voice.phrase("window/sleep_raised", surface=surface.value, change_day=self.voice.day(raised.until))

    def _asked_for(self, thing: Thing) -> Stretch | None:
        found = stretches(self.course, self.protocols, thing)
        return next((stretch for stretch in found if stretch.holds(self.on)), None)


def _end_of(found: Standing) -> tuple[date, str]:
    """When it ends, and the phrase that says so; what no date ends comes last."""
    if found.change is not None:
        ends = "ends_sun" if found.thing is Thing.SUN else "ends"
        return found.change, "ends_after" if found.state is State.OFF_AGAIN else ends
    endless = found.state is State.NEVER or found.thing in NEVER_OPEN or found.thing is Thing.PICKING
    return date.max, "no_end" if endless else "no_date"


def _dimension(thing: Thing) -> str:
    return thing.value.replace("-", "_")
