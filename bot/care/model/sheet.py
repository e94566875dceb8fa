"""One-time links on paper: a card for each patient, to be cut out and handed over."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Card:
    name: str
    about: str
    """Code, treatment and day: whose card it is when two share a name."""
    link: str
    code: str
    """To type where nothing can be scanned."""


@dataclass(frozen=True)
class Sheet:
    """Pages of A4. `hint` stands on every card above its code, `heading` on every page."""

    file: str
    heading: str
    hint: str
    cards: tuple[Card, ...]
