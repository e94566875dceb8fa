"""Understand texts with the words of the content: the room's answer to care's `Understanding` port."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import lru_cache

from bot.care.model.triage import Assessment
from bot.care.ports.hearing import Match, Situation
from bot.understanding.checked import Checked, Count
from bot.understanding.ear import Ear
from bot.understanding.encoder import Encoder
from bot.understanding.kinship import nearest
from bot.understanding.learned import LearnedDanger, LearnedTopics
from bot.understanding.matching import Matcher
from bot.understanding.meanings import Meanings
from bot.understanding.normalise import plain
from bot.understanding.taking_in import Taken
from bot.understanding.triage import Listener

BARE = 8
"""Up to so many words a message may lean on what was said before it ("is this normal?")."""

REMEMBERED = 64
"""Texts that stay taken in: a message is triaged first and matched right after."""

TWO_QUESTIONS = 60
"""Words up to which a message may be two questions; a longer one is a story."""


class Tongue:
    """Everything that belongs to one language; nothing is matched before `match_with`."""

    _matching: tuple[Matcher, Checked]

    def __init__(self, ear: Ear, listener: Listener, symptoms: frozenset[str], encoder: Encoder | None) -> None:
        self._ear, self._meanings = ear, None if encoder is None else Meanings(encoder)
        # compared beside the running clinic: what is remembered for patients who write stays theirs
        self._compared = None if encoder is None else Meanings(encoder)
        self._symptoms = symptoms
        self._counts: dict[str, Count] = {}
        self.listener = listener
        self.take = lru_cache(maxsize=REMEMBERED)(self._take)

    def match_with(self, learned: LearnedTopics) -> None:
        """From now on; who is matching meanwhile does so with what was there before."""
        self._matching = (Matcher(learned.model, self._symptoms), learned.checked)

    @property
    def matcher(self) -> Matcher:
        return self._matching[0]

    @property
    def checked(self) -> Checked:
        """How well all lines did when they were learned."""
        _, checked = self._matching
        return replace(checked, counts={**checked.counts, **self._counts})

    def hear_with(self, learned: LearnedDanger) -> None:
        """As `match_with`."""
        self._counts = learned.counts
        self.listener = replace(self.listener, backstop=learned.backstop)

    @property
    def has_encoder(self) -> bool:
        return self._meanings is not None

    def knows(self, word: str) -> bool:
        return self._ear.speller.knows(plain(word).replace("'", ""))

    def kin(self, text: str, others: Sequence[str]) -> int | None:
        one, *rest = [Taken(each, self._ear, self._compared) for each in (text, *others)]
        return nearest(one, rest)

    def _take(self, text: str) -> Taken:
        return Taken(text, self._ear, self._meanings)


@dataclass(frozen=True)
class Understander:
    """Fills `bot.care.ports.hearing.Hearing`; an unknown language is read as the first one."""

    tongues: Mapping[str, Tongue] = field(repr=False)

    @property
    def has_encoder(self) -> bool:
        """Whether what sentences mean takes part, in any language."""
        return any(tongue.has_encoder for tongue in self.tongues.values())

    def checked(self, language: str) -> Checked:
        """How well its own lines did when they were learned."""
        return self._tongue(language).checked

    def triage(self, text: str, situation: Situation) -> Assessment:
        """Never raises, whatever the text."""
        tongue = self._tongue(situation.language)
        return tongue.listener.listen(tongue.take(text), situation)

    def match(self, text: str, situation: Situation) -> Match:
        """Topics best first; what was said `before` joins in where the message only asks more about it."""
        tongue = self._tongue(situation.language)
        whole = tongue.take(text)
        alone = tongue.matcher.match(whole, whole.parts if len(whole.words) <= TWO_QUESTIONS else ())
        if alone.confident or alone.family is not None or not situation.before:
            return alone
        if len(whole.words) > BARE or not whole.leans_on(tongue.take(situation.before)):
            return alone
        return tongue.matcher.match(tongue.take(f"{situation.before}. {text}"))

    def knows(self, word: str, language: str) -> bool:
        """The content's own lines use this word, in any form."""
        return self._tongue(language).knows(word)

    def kin(self, words: str, others: Sequence[str], language: str) -> int | None:
        """The place of the one that asks the same."""
        return self._tongue(language).kin(words, others)

    def _tongue(self, language: str) -> Tongue:
        return self.tongues.get(language) or next(iter(self.tongues.values()))
