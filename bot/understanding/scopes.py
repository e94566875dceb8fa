"""What takes a sign back: denied, over, long ago, somebody else's, only asked about, felt while the laser ran."""

from collections import defaultdict
from collections.abc import Mapping, Sequence, Set
from dataclasses import dataclass

from bot.understanding.phrasebook import Hit
from bot.understanding.words import Word

DENIAL_REACH = 4
"""Words a "no" carries on, counted anew at every sign it denies."""

BACK_WITHIN = 6
"""Words between "it went away" and "now it is back"."""

SCOPES = ("supposed", "hypothetical", "other", "past", "during")
"""Concepts that hold for the sentence in which they stand."""

AROUND = frozenset(SCOPES) | {
    "denial", "not-a-denial", "denial-ends", "verb", "over", "not-over", "returned", "mine", "present", "afresh",
}  # fmt: skip
"""Concepts that say how signs are meant, and are none."""


@dataclass(frozen=True)
class Scopes:
    """The scope concepts found in one message, in word positions."""

    words: Sequence[Word]
    hits: Mapping[str, Sequence[Hit]]

    def denied(self, signs: Sequence[Hit]) -> frozenset[Hit]:
        """Signs that stand under a "no" or "not"; a sign whose own words hold the "no" is never denied by it."""
        not_denials = {at for hit in self.hits.get("not-a-denial", ()) for at in range(hit.start, hit.end)}
        starting: defaultdict[int, list[Hit]] = defaultdict(list)
        for sign in signs:
            starting[sign.start].append(sign)
        breaks = {hit.start for hit in self.hits.get("denial-ends", ())}
        verbs = breaks | {hit.start for hit in self.hits.get("verb", ())}
        denied: set[Hit] = set()
        for hit in self.hits.get("denial", ()):
            if hit.start not in not_denials:
                denied.update(self._under(hit, starting, breaks, verbs))
        return frozenset(denied)

    def left_undenied(self) -> tuple[Word, ...]:
        """The words without what is denied, from the "no" to the sign; all of them where nothing is."""
        denied = self.denied([hit for name, hits in self.hits.items() if name not in AROUND for hit in hits])
        starts = sorted(hit.start for hit in self.hits.get("denial", ()))
        out: set[int] = set()
        for hit in denied:
            out.update(range(max(start for start in starts if start <= hit.start), hit.end))
        return tuple(word for at, word in enumerate(self.words) if at not in out)

    def _under(
        self, denial: Hit, starting: Mapping[int, Sequence[Hit]], breaks: Set[int], verbs: Set[int]
    ) -> list[Hit]:
        sentence, clause = self.words[denial.start].sentence, self.words[denial.start].clause
        taken: list[Hit] = []
        reach, at = denial.end + DENIAL_REACH, denial.end
        while at < min(reach, len(self.words)) and self.words[at].sentence == sentence and at not in breaks:
            here = starting.get(at, ())
            # a verb after the comma makes a new statement ("no fever, swelling is huge")
            if here and self.words[at].clause != clause and max(sign.end for sign in here) in verbs:
                break
            taken.extend(here)
            at, reach = at + 1, max(reach, at + 1 + DENIAL_REACH) if here else reach
        return taken

    def over(self, sign: Hit) -> bool:
        """Followed, in its own clause, by words that say it has gone."""
        clause = self.words[sign.start].clause
        return any(
            0 <= hit.start - sign.end <= 4
            and self.words[hit.start].clause == clause
            and not self._not_over(sign, hit)
            and not self._returned(hit)
            for hit in self.hits.get("over", ())
        )

    def _not_over(self, sign: Hit, over: Hit) -> bool:
        return any(sign.end <= hit.start <= over.start for hit in self.hits.get("not-over", ()))

    def _returned(self, over: Hit) -> bool:
        """Gone for a while only: what follows says that it is back."""
        return any(0 <= hit.start - over.end <= BACK_WITHIN for hit in self.hits.get("returned", ()))

    def around(self, group: Sequence[Hit]) -> str | None:
        """The scope that the group stands in, if any."""
        for name in SCOPES:
            for scope in self.hits.get(name, ()):
                if self._covers(name, scope, group):
                    return name
        return None

    def _covers(self, name: str, scope: Hit, group: Sequence[Hit]) -> bool:
        first, last = min(hit.start for hit in group), max(hit.end for hit in group)
        sentence = self.words[scope.start].sentence
        if all(self.words[hit.start].sentence != sentence for hit in group) or self._within(scope, group):
            return False
        if self._broken(scope, first, last):
            return False
        if name == "other":
            return scope.start <= first and not self._mine(scope.end, last)
        if name == "supposed":
            return scope.start <= last
        if name == "hypothetical":
            return scope.start <= last and not self._present(scope, first, last)
        return not self._present(scope, first, last)

    @staticmethod
    def _within(scope: Hit, group: Sequence[Hit]) -> bool:
        """A scope made of the sign's own words ("used to be able to open it") takes nothing back."""
        return any(hit.start <= scope.start and scope.end <= hit.end for hit in group)

    def _broken(self, scope: Hit, first: int, last: int) -> bool:
        """A "but" or "now" between the scope and the sign starts afresh."""
        low, high = min(scope.end, last), max(scope.start, first)
        return any(low <= hit.start <= high for hit in self.hits.get("afresh", ()))

    def _mine(self, start: int, end: int) -> bool:
        return any(start <= hit.start <= end for hit in self.hits.get("mine", ()))

    def _present(self, scope: Hit, first: int, last: int) -> bool:
        low, high = min(scope.start, first) - 2, max(scope.end, last) + 3
        return any(low <= hit.start <= high for hit in self.hits.get("present", ()))
