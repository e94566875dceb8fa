"""What only the clinic can decide, by name, and those decisions that are a figure which the bot itself obeys."""

from collections.abc import Mapping
from dataclasses import dataclass

DECISIONS = (
    "systems",
    "resurfacing-interval",
    "nsaid-window",
    "isotretinoin-hold",
    "cold-sore-policy",
    "retinoid-dates",
    "numbers",
    "products",
    "first-wash",
    "area-modifiers",
    "who-may-join",
    "photos",
    "closing-cases",
    "advertising",
    "device-status",
    "privacy-assessment",
    "insurer",
    "retention",
    "on-call",
    "without-telegram",
    "closing-the-service",
)
"""Every one of them is an entry of `clinic.toml`."""


@dataclass(frozen=True)
class Figure:
    """What a decision's `setting` may be; `default` is the cautious one and holds where the file gives none."""

    default: int
    allowed: range | tuple[int, ...]
    means: str

    def says(self) -> str:
        """For whoever wrote another value."""
        values = self.allowed
        span = f"{values[0]} to {values[-1]}" if isinstance(values, range) else ", ".join(map(str, values))
        return f"{self.means}: {span}"


@dataclass(frozen=True)
class Decision:
    """Something only the clinic can decide; `value` is the cautious default until `confirmed`."""

    id: str
    value: str
    confirmed: bool
    why: str
    setting: int | None = None
    """The figure that the bot obeys, where the decision is one (`FIGURES`)."""


FIGURES: Mapping[str, Figure] = {
    "resurfacing-interval": Figure(42, range(42, 366), "days between two sessions below which staff are warned"),
    "nsaid-window": Figure(14, (0, 7, 14), "days before a session without painkillers of one's own choice"),
    "isotretinoin-hold": Figure(6, range(6, 13), "calendar months from the last dose to a session"),
    "first-wash": Figure(0, range(2), "first wash: 0 that evening if the surface is unbroken, 1 next morning"),
    "area-modifiers": Figure(3, range(3, 15), "more days off the face, at least"),
    "photos": Figure(30, range(1, 366), "days after the course until photos are deleted"),
}
"""Sources: C8, C10, S003-20 with C9, C17, E48; for photos the default of the clinic's data protection."""
