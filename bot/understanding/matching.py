"""Which topic a message asks about, and whether we are sure enough to answer."""

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Protocol

from bot.care.ports import Candidate, Match
from bot.understanding.bm25 import log_shares
from bot.understanding.features import features, grams
from bot.understanding.phrasebook import Phrasebook
from bot.understanding.spelling import Speller
from bot.understanding.words import Word

OFFERED = 5
"""Candidates handed on; three of them become buttons."""


class Member(Protocol):
    """One opinion in the fusion: a log-share for every label."""

    def shares(self, features: Sequence[str]) -> Mapping[str, float]: ...


@dataclass(frozen=True)
class Strictness:
    """What it takes to answer at all: a wrong confident answer is worse than three buttons."""

    share: float = 0.60
    margin: float = 1.1
    unknown: float = 0.4
    """Most of the words that carry meaning must be words of the content."""


@dataclass(frozen=True)
class Seat:
    """A member, what of a message it is shown, and how much its voice weighs."""

    name: str
    member: Member
    letters: bool
    weight: float


@dataclass(frozen=True)
class Matcher:
    """Sums the members' opinions over topics and out-of-scope families (`~` before a family's id)."""

    seats: tuple[Seat, ...]
    concepts: Phrasebook
    speller: Speller
    strictness: Strictness
    silent: frozenset[str]
    """Words so common that not knowing them says nothing."""

    def match(self, words: Sequence[Word]) -> Match:
        opinions = [self._opinion(seat, words) for seat in self.seats]
        summed = {
            label: sum(seat.weight * opinion[label] for seat, opinion in zip(self.seats, opinions, strict=True))
            for label in opinions[0]
        }
        ranked = sorted(log_shares(summed).items(), key=lambda item: -item[1])
        topics = [(label, share) for label, share in ranked if not is_family(label)]
        candidates = tuple(Candidate(label, round(math.exp(share), 4)) for label, share in topics[:OFFERED])
        family = ranked[0][0][1:] if is_family(ranked[0][0]) else None
        sure, reason = self._sure(ranked, opinions, words)
        return Match(candidates, sure and family is None, family, reason)

    def _opinion(self, seat: Seat, words: Sequence[Word]) -> Mapping[str, float]:
        return seat.member.shares(grams(words) if seat.letters else self.shown(words))

    def shown(self, words: Sequence[Word]) -> list[str]:
        return features(words, [hit.concept for hit in self.concepts.find(words)])

    def _sure(
        self, ranked: Sequence[tuple[str, float]], opinions: Sequence[Mapping[str, float]], words: Sequence[Word]
    ) -> tuple[bool, str]:
        (first, share), (_, second) = ranked[0], ranked[1]
        agreed = all(max(opinion, key=lambda label: opinion[label]) == first for opinion in opinions)
        unknown = self._unknown(words)
        limits = self.strictness
        sure = agreed and math.exp(share) >= limits.share and share - second >= limits.margin and unknown <= limits.unknown
        said = f"{first} {math.exp(share):.2f}, margin {share - second:.1f}, unknown {unknown:.2f}"
        return sure, said + ("" if agreed else ", members differ")

    def _unknown(self, words: Sequence[Word]) -> float:
        telling = [word for word in words if word.surface not in self.silent and not word.surface.isdigit()]
        strange = [word for word in telling if not self.speller.knows(word.surface)]
        return len(strange) / len(telling) if telling else 1.0


def family_label(family: str) -> str:
    return f"~{family}"


def is_family(label: str) -> bool:
    return label.startswith("~")
