"""Which topic a message asks about, and whether we are sure enough to answer."""

import math
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from bot.care.ports.hearing import Candidate, Match
from bot.understanding.corpus import FAMILY
from bot.understanding.taking_in import Taken
from bot.understanding.topic_model import TopicModel, Verdict

OFFERED = 5
"""Candidates handed on; three of them become buttons."""

CLEARLY_OUTSIDE = 0.5
"""Share of all out-of-scope families together from which a message is none of our business."""

PROMISING = 0.5
"""Share that a part's topic must have by the words alone before its meaning is looked at."""

OTHERWISE = 0.3
"""Share that another topic must have, by the words alone, once what is denied is left out."""

PLAUSIBLE = 0.05
"""Share that a topic of one part must have in the whole message: half a sentence alone says anything."""


@dataclass(frozen=True)
class Matcher:
    model: TopicModel
    symptoms: frozenset[str]

    def match(self, whole: Taken, parts: Sequence[Taken] = ()) -> Match:
        """`parts`: the message in pieces, where it has several; two clear topics are both answered."""
        verdict = self._judge(whole)
        both = self._both(verdict, parts) if len(parts) > 1 else ()
        candidates = self._candidates(verdict, both)
        family = self._family(verdict)
        sure = family is None and verdict.sure >= self.model.threshold and not self._only_denied(whole, verdict)
        return Match(candidates, sure or bool(both), None if both else family, self._reason(verdict, both), both[1:])

    def _judge(self, taken: Taken) -> Verdict:
        return self.model.judge(taken.topic_terms, taken.telling, len(taken.words), taken.vector)

    def _both(self, whole: Verdict, parts: Sequence[Taken]) -> tuple[str, ...]:
        """Topics that parts of the message ask for clearly, what is felt or seen first; none unless there are two."""
        promising = self._promising(parts)
        found: dict[str, None] = {}
        for part in promising:
            verdict = self._judge(part)
            best = self._best(verdict)
            plausible = math.exp(whole.shares[self.model.labels.names.index(best)]) >= PLAUSIBLE
            if plausible and verdict.sure >= self.model.threshold and self._family(verdict) is None:
                found[best] = None
        safer = sorted(found, key=lambda topic: topic not in self.symptoms)
        return tuple(safer[:2]) if len(safer) > 1 else ()

    def _promising(self, parts: Sequence[Taken]) -> list[Taken]:
        """Parts that may each ask for a topic of their own, by the words alone; none unless there are two topics."""
        looks = [self.model.by_words(part.topic_terms) for part in parts]
        if len({label for label, share in looks if share >= PROMISING}) < 2:
            return []
        return [part for part, (_, share) in zip(parts, looks, strict=True) if share >= PROMISING]

    def _only_denied(self, taken: Taken, verdict: Verdict) -> bool:
        """ "No pain, no pus, when may I use my cream?": the rest of the words speaks for something else."""
        if taken.undenied_terms is None:
            return False
        label, share = self.model.by_words(taken.undenied_terms)
        return share >= OTHERWISE and self.model.labels.names[label] != self._best(verdict)

    def _best(self, verdict: Verdict) -> str:
        labels = self.model.labels
        return labels.names[int(verdict.shares[: labels.topics].argmax())]

    def _candidates(self, verdict: Verdict, first: Sequence[str]) -> tuple[Candidate, ...]:
        labels = self.model.labels
        order = np.argsort(-verdict.shares[: labels.topics], kind="stable")
        shares = {labels.names[at]: round(math.exp(verdict.shares[at]), 4) for at in order}
        best = [*first, *(name for name in shares if name not in first)]
        return tuple(Candidate(name, shares[name]) for name in best[:OFFERED])

    def _family(self, verdict: Verdict) -> str | None:
        labels = self.model.labels
        best = labels.names[int(verdict.shares.argmax())]
        outside = float(np.exp(verdict.shares[labels.topics :]).sum())
        return best.removeprefix(FAMILY) if best.startswith(FAMILY) and outside >= CLEARLY_OUTSIDE else None

    def _reason(self, verdict: Verdict, both: Sequence[str]) -> str:
        best = self.model.labels.names[int(verdict.shares.argmax())]
        needs = f"sure {verdict.sure:.2f} of {self.model.threshold:.2f} needed"
        two = f", two questions: {' and '.join(both)}" if both else ""
        return f"{best}: {needs}, unknown words {verdict.unknown:.0%}{two}"
