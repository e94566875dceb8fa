"""Read what staff type to settle a window for one patient."""

import re
from dataclasses import dataclass

from bot.care.model.overrides import Override
from bot.care.model.things import Thing

BACK = frozenset({"table", "default", "usual"})
"""Typed instead of days: what the treatment's file says holds again."""
DAYS = re.compile(r"(after|before)=(\d{1,3})")
REASON = re.compile(r"(?:^|\s)reason=(.*)$", re.IGNORECASE | re.DOTALL)
QUOTES = "\"'“”„ "


@dataclass(frozen=True)
class Wish:
    """What shall hold for a thing; `own=None`: the table again."""

    thing: Thing
    own: Override | None


def read_wish(words: str, *, by: int) -> Wish | None:
    """`retinol after=10 before=14 reason=...`, or `retinol table`; None for everything else."""
    found = REASON.search(words)
    reason = found[1].strip(QUOTES) if found else ""
    name, *rest = (words[: found.start()] if found else words).lower().split() or [""]
    thing = next((thing for thing in Thing if thing == name), None)
    if thing is None or not rest:
        return None
    if set(rest) <= BACK:
        return Wish(thing, None)
    read = [DAYS.fullmatch(one) for one in rest]
    days = {one[1]: int(one[2]) for one in read if one is not None}
    if len(days) != len(rest):
        return None
    return Wish(thing, Override(thing, days.get("after"), days.get("before"), by=by, reason=reason))
