"""The clinic's decisions in the place of the protocols' own figures, so that everything reads one table."""

from collections.abc import Mapping
from dataclasses import replace

from bot.care.model.clinic import Clinic
from bot.care.model.enrolment import Surface
from bot.care.model.protocol import Protocol, WindowRule
from bot.care.model.things import Thing


def decided(protocols: Mapping[str, Protocol], clinic: Clinic) -> dict[str, Protocol]:
    """A figure that may not be stays out: `checks.decisions` names it, and such content never goes live."""
    return {name: _decided(protocol, clinic) for name, protocol in protocols.items()}


def _decided(protocol: Protocol, clinic: Clinic) -> Protocol:
    least = protocol.least_interval
    if protocol.surface is Surface.REMOVED:
        least = max(least, clinic.setting("resurfacing-interval"))
    windows = tuple(_window(rule, clinic) for rule in protocol.windows)
    return replace(protocol, least_interval=least, windows=windows)


def _window(rule: WindowRule, clinic: Clinic) -> WindowRule:
    """Off the face a day is only ever moved later (E48)."""
    more = clinic.setting("area-modifiers")
    later = tuple((area, max(days, more)) for area, days in rule.extra_days)
    if rule.thing is Thing.NSAID and rule.before is not None:
        before = replace(rule.before, default=clinic.setting("nsaid-window"))
        return replace(rule, before=before, extra_days=later)
    return replace(rule, extra_days=later)
