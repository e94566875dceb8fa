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

CONCEPT_WEIGHT = 3
"""A concept counts as much as three words (cross-validated: two to three; one lets chatter win)."""

OFFERED = 5
"""Candidates handed on; three of them become buttons."""


class Member(Protocol):
    """One opinion in the fusion: a log-share for every label."""

    def shares(self, features: Sequence[str]) -> Mapping[str, float]: ...


@dataclass(frozen=True)
class Strictness:
    """What it takes to answer at all: a wrong confident answer is worse than three buttons."""

    margin: float = 5.0
    """Between the first and the second of all members together, in logarithms."""
    doubt: float = 1.2
    """The same for each member alone: one that hesitates is enough to ask."""
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
    """Words that say nothing about the topic."""

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
        return seat.member.shares(grams(words) if seat.letters else topic_features(words, self.concepts, self.silent))

    def _sure(
        self, ranked: Sequence[tuple[str, float]], opinions: Sequence[Mapping[str, float]], words: Sequence[Word]
    ) -> tuple[bool, str]:
        (first, share), (_, second) = ranked[0], ranked[1]
        margin, doubt, unknown = (
            share - second,
            min(_lead(opinion, first) for opinion in opinions),
            self._unknown(words),
        )
        limits = self.strictness
        sure = margin >= limits.margin and doubt >= limits.doubt and unknown <= limits.unknown
        return sure, f"{first}: margin {margin:.1f}, weakest member {doubt:.1f}, unknown words {unknown:.0%}"

    def _unknown(self, words: Sequence[Word]) -> float:
        telling = [word for word in words if word.surface not in self.silent and not word.surface.isdigit()]
        strange = [word for word in telling if not self.speller.knows(word.surface)]
        return len(strange) / len(telling) if telling else 1.0


def _lead(opinion: Mapping[str, float], label: str) -> float:
    """How far a member puts a label before all others; negative if it prefers another."""
    return opinion[label] - max(share for other, share in opinion.items() if other != label)


def topic_features(words: Sequence[Word], concepts: Phrasebook, silent: frozenset[str]) -> list[str]:
    return features(words, [hit.concept for hit in concepts.find(words)], silent=silent, weight=CONCEPT_WEIGHT)


def family_label(family: str) -> str:
    return f"~{family}"


def is_family(label: str) -> bool:
    return label.startswith("~")
