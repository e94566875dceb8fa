"""In which days something is off for a patient, over their whole course and from both anchors."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from enum import StrEnum

from bot.care.model.enrolment import Area, Enrolment, EnrolmentStatus, Surface
from bot.care.model.overrides import Override
from bot.care.model.protocol import COLUMN_OF, Protocol, Span, WindowRule
from bot.care.model.things import Thing
from bot.care.model.timing import as_kept

ASKED_FOR = frozenset({Thing.SPF_DAILY, Thing.HEAD_RAISED})
"""Their windows are the days on which they are to be done, not left."""

NEVER_OPEN = frozenset({Thing.SMOKING, Thing.TANNING})
"""Gaps exist on paper, but nobody is ever told that they may smoke or tan (facts 3.8)."""

Protocols = Mapping[str, Protocol]
Ruled = tuple[Enrolment, WindowRule | None]
"""A session, and the rule of one thing for it."""


class Gate(StrEnum):
    """What the patient last said of their skin: a day number is necessary, never sufficient."""

    CALM = "calm"
    NOT_CALM = "not-calm"
    UNANSWERED = "unanswered"


class Reach(StrEnum):
    """How far an override goes."""

    INSIDE = "inside"
    OUTSIDE = "outside"
    """Below least or above most: only a clinician, with a reason."""
    NOWHERE = "nowhere"
    """There are no such days to move."""


class State(StrEnum):
    OFF = "off"
    OPEN = "open"
    OFF_AGAIN = "off-again"
    NEVER = "never"


@dataclass(frozen=True)
class Stretch:
    """Days off: from the first one to the first day allowed again; `until=None` has no end by date."""

    start: date
    until: date | None
    before: bool = False
    """It leads up to a session; else it follows one."""

    def holds(self, on: date) -> bool:
        return self.start <= on and (self.until is None or on < self.until)


@dataclass(frozen=True)
class Standing:
    """What holds for a thing on a day, and when it changes next; `change=None`: no date decides it."""

    thing: Thing
    state: State
    change: date | None = None
    healed: bool = True
    """Open only for skin that is closed and calm."""
    gate: Gate = Gate.UNANSWERED


def column(protocols: Protocols, treatment: str, surface: Surface) -> Protocol:
    """The protocol whose steps, windows and thresholds count for a treatment with the ticked surface (C4)."""
    own = protocols[treatment]
    if own.surface is surface:
        return own
    return protocols.get(COLUMN_OF[surface], own)


def columns(protocols: Protocols, enrolment: Enrolment) -> tuple[Protocol, ...]:
    """The leading protocol first (deepest surface, then as named), then those of further treatments of the day."""
    main = column(protocols, enrolment.treatment, enrolment.surface)
    if not enrolment.also:
        return (main,)
    others = (protocols[treatment] for treatment in enrolment.also if treatment in protocols)
    ranked = sorted((main, *others), key=lambda protocol: -protocol.surface.depth)
    return tuple({protocol.id: protocol for protocol in ranked}.values())


def leading(protocols: Protocols, enrolment: Enrolment) -> Protocol:
    """The protocol whose steps this patient gets, each when it is due for them."""
    return as_kept(columns(protocols, enrolment)[0], enrolment)


def followed(protocols: Protocols, enrolment: Enrolment) -> Protocol | None:
    """The leading protocol; None for a treatment that is no longer offered."""
    return leading(protocols, enrolment) if enrolment.treatment in protocols else None


def stretches(course: Sequence[Enrolment], protocols: Protocols, thing: Thing) -> tuple[Stretch, ...]:
    """Every stretch of a thing over a course (oldest session first), merged to the stricter: later ends are kept."""
    return _stretches(_ruled(course, protocols, thing), protocols)


def _ruled(course: Sequence[Enrolment], protocols: Protocols, thing: Thing) -> list[Ruled]:
    return [(enrolment, in_force(protocols, enrolment, thing)) for enrolment in course]


def _stretches(ruled: Sequence[Ruled], protocols: Protocols) -> tuple[Stretch, ...]:
    kept = [each for each in ruled if each[0].status is not EnrolmentStatus.CANCELLED]
    found = [stretch for enrolment, rule in kept for stretch in _after(enrolment, rule, protocols)]
    found += _before(*kept[-1]) if kept else []
    return merged(found)


def merged(found: Iterable[Stretch]) -> tuple[Stretch, ...]:
    """Overlapping and adjoining stretches become one."""
    out: list[Stretch] = []
    for stretch in sorted(found, key=lambda each: each.start):
        last = out[-1] if out else None
        if last is not None and (last.until is None or stretch.start <= last.until):
            out[-1] = replace(last, until=_later(last.until, stretch.until))
        else:
            out.append(stretch)
    return tuple(out)


def standing(
    course: Sequence[Enrolment], protocols: Protocols, thing: Thing, on: date, *, gate: Gate = Gate.UNANSWERED
) -> Standing:
    """What holds on a day. Until the next session's day is known as done, moved or cancelled it counts as a day 0."""
    course = _as_if_done(course, on)
    ruled = _ruled(course, protocols, thing)
    healed = any(rule.healed for _, rule in ruled if rule is not None)
    found = _stretches(ruled, protocols)
    current = next((stretch for stretch in found if stretch.holds(on)), None)
    if thing in NEVER_OPEN:
        closed = _closed(current, course)[0] if current is not None else State.OFF
        return Standing(thing, closed, None, healed, gate)
    if current is not None:
        return Standing(thing, *_closed(current, course), healed, gate)
    if thing not in ASKED_FOR and healed and gate is Gate.NOT_CALM:
        return Standing(thing, State.OFF, None, healed, gate)
    coming = next((stretch.start for stretch in found if stretch.start > on), None)
    return Standing(thing, State.OPEN, coming, healed, gate)


def first_allowed(course: Sequence[Enrolment], protocols: Protocols, thing: Thing) -> date | None:
    """The first day allowed after the newest session; None when there is none before the next, or no session yet."""
    session_on = course[-1].session_on if course else None
    if session_on is None:
        return None
    found = stretches(course, protocols, thing)
    holding = next((stretch for stretch in found if stretch.holds(session_on)), None)
    if holding is None:
        return session_on
    next_on = course[-1].next_on
    return None if holding.until is None or (next_on is not None and holding.until >= next_on) else holding.until


def in_force(protocols: Protocols, enrolment: Enrolment, thing: Thing) -> WindowRule | None:
    """The one rule of a thing for this patient: what was settled for them beats the table."""
    rule, own = tabled(protocols, enrolment, thing), enrolment.override(thing)
    if rule is None or own is None:
        return rule
    after = _with_default(rule.after, own.days_after)
    return replace(rule, after=after, before=_with_default(rule.before, own.days_before))


def tabled(protocols: Protocols, enrolment: Enrolment, thing: Thing) -> WindowRule | None:
    """What the treatments of the day say of a thing, the latest of each figure, moved by the area (facts 3.6)."""
    if thing is Thing.HEAD_RAISED and enrolment.area is not Area.FACE:
        return None
    found = columns(protocols, enrolment)
    rules = [rule for protocol in found for rule in protocol.rules[enrolment.area].get(thing, ())]
    if len(rules) < 2:
        return rules[0] if rules else None
    after = [rule.after for rule in rules if rule.after]
    before = [rule.before for rule in rules if rule.before]
    return WindowRule(thing, _latest(after), _latest(before), healed=any(rule.healed for rule in rules))


def reach(protocols: Protocols, enrolment: Enrolment, own: Override) -> Reach:
    """Whether an override stays where staff may move a day, for whom it is meant."""
    rule = tabled(protocols, enrolment, own.thing)
    spans = (rule.after, rule.before) if rule is not None else (None, None)
    moved = [(days, span) for days, span in zip((own.after, own.before), spans, strict=True) if days is not None]
    if not moved or any(days < 0 or span is None or span.most is None for days, span in moved):
        return Reach.NOWHERE
    return Reach.INSIDE if all(span is not None and span.holds(days) for days, span in moved) else Reach.OUTSIDE


def days_before(protocols: Protocols, enrolment: Enrolment, thing: Thing) -> int:
    """For how many days before the next session a thing is off; 0 when it is not."""
    return _lead(in_force(protocols, enrolment, thing))


def _lead(rule: WindowRule | None) -> int:
    return rule.before.default if rule is not None and rule.before is not None else 0


def _after(enrolment: Enrolment, rule: WindowRule | None, protocols: Protocols) -> list[Stretch]:
    if enrolment.session_on is None or rule is None or rule.after is None:
        return []
    start = enrolment.session_on + timedelta(days=_starts(protocols, enrolment, rule.thing))
    if rule.after.most is None:
        return [Stretch(start, None)]
    until = enrolment.session_on + timedelta(days=rule.after.default)
    return [Stretch(start, until)] if until > start else []


def _starts(protocols: Protocols, enrolment: Enrolment, thing: Thing) -> int:
    """Sunscreen is asked for daily from the day on which it is allowed at all."""
    sunscreen = in_force(protocols, enrolment, Thing.SUNSCREEN) if thing is Thing.SPF_DAILY else None
    return sunscreen.after.default if sunscreen is not None and sunscreen.after is not None else 0


def _before(newest: Enrolment, rule: WindowRule | None) -> list[Stretch]:
    days = _lead(rule)
    if newest.next_on is None or not days:
        return []
    return [Stretch(newest.next_on - timedelta(days=days), newest.next_on, before=True)]


def _latest(spans: Sequence[Span]) -> Span | None:
    if len(spans) < 2:
        return spans[0] if spans else None
    ends = [span.most for span in spans if span.most is not None]
    most = max(ends) if len(ends) == len(spans) else None
    return Span(max(span.least for span in spans), max(span.default for span in spans), most)


def _with_default(span: Span | None, days: Callable[[int], int]) -> Span | None:
    return span if span is None or span.most is None else replace(span, default=days(span.default))


def _as_if_done(course: Sequence[Enrolment], on: date) -> Sequence[Enrolment]:
    newest = course[-1] if course else None
    if newest is None or not (newest.provisional or newest.is_due(on)):
        return course
    return [*course, replace(newest, session_on=on, next_on=None, overrides=newest.carried())]


def _closed(current: Stretch, course: Sequence[Enrolment]) -> tuple[State, date | None]:
    next_on = course[-1].next_on
    reaches_next = next_on is not None and (current.until is None or current.until >= next_on)
    if not reaches_next:
        return State.OFF, current.until
    return (State.OFF_AGAIN, next_on) if current.before else (State.NEVER, None)


def _later(one: date | None, other: date | None) -> date | None:
    return None if one is None or other is None else max(one, other)
