"""One text taken in: its words, its signs, its terms and its meaning, each worked out once."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cached_property
from typing import Self

from bot.understanding.arrays import Array
from bot.understanding.ear import Ear
from bot.understanding.meanings import Meanings
from bot.understanding.parts import parts, without_courtesy
from bot.understanding.signs import Signs
from bot.understanding.terms import Kinds
from bot.understanding.timing import Timing
from bot.understanding.words import Word

LEAST = 3
"""Words that can ask for something by themselves."""


@dataclass(frozen=True)
class Taken:
    """`meanings` is None where there is no encoder; `whole` is what a part is a part of."""

    text: str
    ear: Ear
    meanings: Meanings | None
    whole: Self | None = None

    @cached_property
    def parts(self) -> tuple[Self, ...]:
        """None where it would be the only one."""
        found = parts(self.text) if self.whole is None else ()
        return tuple(replace(self, text=text, whole=self) for text in found) if len(found) > 1 else ()

    @cached_property
    def bare(self) -> Self | None:
        """Without the courtesies it opens with; None where it opens with none, or says nothing else."""
        left = without_courtesy(self.text) if self.whole is None else ""
        return replace(self, text=left, whole=self) if left else None

    @cached_property
    def words(self) -> tuple[Word, ...]:
        return self.ear.read(self.text)

    @cached_property
    def as_written(self) -> str:
        """Its words with no slip put right: it may have been another word."""
        return self.ear.as_written(self.text)

    @cached_property
    def signs(self) -> Signs:
        return self.ear.signs_in(self.text, self.words)

    @cached_property
    def timing(self) -> Timing:
        return self.ear.timing(self.words)

    @cached_property
    def put_right(self) -> str:
        """The text without its slips: what words mean is lost where their letters are not theirs."""
        return self.ear.put_right(self.text)

    @cached_property
    def vector(self) -> Array | None:
        if self.meanings is None:
            return None
        heard = (self.whole or self).meant.get(self.put_right)
        return self.meanings.of(self.put_right) if heard is None else heard

    @cached_property
    def meant(self) -> Mapping[str, Array]:
        """What it means, and what its parts mean in it, from one pass; empty where it has none."""
        if self.meanings is None or not self.parts:
            return {}
        texts = [part.put_right for part in self.parts]
        whole, own = self.meanings.passage(self.put_right, texts)
        return {text: vector for text, vector in zip(texts, own, strict=True) if vector is not None} | {
            self.put_right: whole
        }

    @cached_property
    def topic_terms(self) -> Kinds:
        return self.ear.topic_terms(self.words)

    @cached_property
    def undenied_terms(self) -> Kinds | None:
        """`topic_terms` without what is denied; None where nothing is, or next to nothing is left."""
        left = self.signs.scopes.left_undenied()
        return None if len(left) < LEAST or len(left) == len(self.words) else self.ear.topic_terms(left)

    @cached_property
    def sign_terms(self) -> Kinds:
        return self.ear.sign_terms(self.signs)

    @property
    def telling(self) -> Sequence[str]:
        return self.ear.telling(self.words)

    def leans_on(self, before: Self) -> bool:
        return self.ear.leans(self.words, before.words)


def mean_together(texts: Sequence[Taken]) -> None:
    """What all of them mean is looked up at once, much quicker than one by one; those with parts have theirs."""
    if texts and texts[0].meanings is not None:
        texts[0].meanings.prepare([taken.put_right for taken in texts if not taken.parts])
