"""A document for paper: chapters of paragraphs, tables and messages, whoever prints it and how."""

from dataclasses import dataclass
from typing import TypeAlias

from bot.care.model.words import Html


@dataclass(frozen=True)
class Paragraph:
    text: Html


@dataclass(frozen=True)
class Heading:
    text: str


@dataclass(frozen=True)
class Table:
    """`widths`: shares of the page's width."""

    head: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]
    widths: tuple[int, ...]


@dataclass(frozen=True)
class Part:
    """What is said in one case; `choices` are the buttons below it."""

    label: str
    text: Html
    choices: tuple[str, ...] = ()


@dataclass(frozen=True)
class Message:
    """One message of a plan. `about`: when it comes, to whom, and what becomes of it when it is late."""

    title: str
    about: str
    parts: tuple[Part, ...]
    foot: str = ""


@dataclass(frozen=True)
class Signature:
    """What is signed, and below it empty lines to write on, each with what belongs there: together on one page."""

    title: str
    texts: tuple[Html, ...]
    labels: tuple[str, ...]


Block: TypeAlias = Paragraph | Heading | Table | Message | Signature


@dataclass(frozen=True)
class Chapter:
    title: str
    blocks: tuple[Block, ...]


@dataclass(frozen=True)
class Document:
    """`foot` stands on every page; in words that patients read, what is filled in for each of them is underlined."""

    language: str
    title: str
    subtitle: str
    about: tuple[Html, ...]
    contents: str
    """The heading of the table of contents."""
    chapters: tuple[Chapter, ...]
    foot: str
