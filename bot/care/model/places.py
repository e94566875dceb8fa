"""Find a time zone by the name of a city, as a person would type it."""

from functools import cache
from zoneinfo import available_timezones

REGIONS = frozenset(
    {"Africa", "America", "Antarctica", "Arctic", "Asia", "Atlantic", "Australia", "Europe", "Indian", "Pacific"}
)
MOST = 5


def zones_named(typed: str) -> tuple[str, ...]:
    """Zones whose city is, or begins with, what was typed; the exact one alone when there is one."""
    wanted = " ".join(typed.replace("_", " ").split()).casefold()
    if not wanted:
        return ()
    exact = [zone for city, zone in _cities() if wanted in (city, zone.casefold())]
    near = [zone for city, zone in _cities() if city.startswith(wanted)]
    return tuple((exact or near)[:MOST])


@cache
def _cities() -> tuple[tuple[str, str], ...]:
    zones = sorted(zone for zone in available_timezones() if zone.partition("/")[0] in REGIONS)
    return tuple((zone.rpartition("/")[2].replace("_", " ").casefold(), zone) for zone in zones)
