"""One page of paper for somebody who gets no messages: headings and the lines below them."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Section:
    heading: str
    lines: tuple[str, ...]


@dataclass(frozen=True)
class Leaflet:
    """A page of A4, in words without markup; `about` stands below the title, `foot` at the end of the page."""

    file: str
    title: str
    about: str
    sections: tuple[Section, ...]
    foot: str
