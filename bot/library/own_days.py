"""The clinic's own days in the place of a treatment's defaults, so that everything reads one table."""

from collections.abc import Iterable, Mapping
from dataclasses import replace

from bot.care.model.clinic import OwnDays
from bot.care.model.protocol import Protocol, Span, WindowRule


def with_own_days(protocols: Mapping[str, Protocol], own: Iterable[OwnDays]) -> dict[str, Protocol]:
    """What lies outside least and most changes nothing: a check names it, and such content never goes live."""
    moved = dict(protocols)
    for days in own:
        protocol = moved.get(days.treatment)
        if protocol is not None:
            windows = tuple(_moved(rule, days) for rule in protocol.windows)
            moved[protocol.id] = replace(protocol, windows=windows)
    return moved


def may_move(span: Span | None, days: int) -> bool:
    """A window without an end by date has no day to move."""
    return span is not None and span.most is not None and span.holds(days)


def _moved(rule: WindowRule, own: OwnDays) -> WindowRule:
    if rule.thing is not own.thing:
        return rule
    return replace(rule, after=_default(rule.after, own.after), before=_default(rule.before, own.before))


def _default(span: Span | None, days: int | None) -> Span | None:
    return replace(span, default=days) if span is not None and days is not None and may_move(span, days) else span
