"""Figures as they are drawn: words, values and what each value is called; whoever draws knows nothing else."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Bar:
    """`height` counts against the others of its panel; `said` stands above it."""

    height: float
    said: str


@dataclass(frozen=True)
class Series:
    """One colour: a name, and a bar for each column."""

    name: str
    bars: tuple[Bar, ...]


@dataclass(frozen=True)
class Panel:
    """`full`: the height that fills it; without one the highest bar does."""

    title: str
    series: tuple[Series, ...]
    full: float = 0.0


@dataclass(frozen=True)
class Chart:
    """`columns` are named below each panel; a series has as many bars."""

    title: str
    subtitle: str
    columns: tuple[str, ...]
    panels: tuple[Panel, ...]
