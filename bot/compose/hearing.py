"""Understanding that belongs to the words in use: the very one that was proved together with them."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field

from bot.care.model.triage import Assessment
from bot.care.ports.hearing import Hearing as Hears
from bot.care.ports.hearing import Match, Situation
from bot.care.ports.words import Library
from bot.library.shelf import ContentShelf
from bot.understanding.shelf import Files, read_of


@dataclass
class Hearing:
    """Fills `bot.care.ports.hearing.Hearing`: words and danger signs change in the same instant."""

    build: Callable[[ContentShelf], Hears]
    _library: Library | None = field(init=False, default=None)
    _built: dict[str, Hears] = field(init=False, default_factory=dict)
    _newest: tuple[Files, Hears] | None = field(init=False, default=None)

    def prepare(self, shelf: ContentShelf) -> None:
        """Takes as long as building does, which another answer to a topic does not need.

        Until these words are live the old understanding answers.
        """
        read = read_of(shelf.tables)
        if self._newest is None or self._newest[0] != read:
            self._newest = (read, self.build(shelf))
        built = self._newest[1]
        kept = {version: old for version, old in self._built.items() if version == self._live()}
        self._built = {**kept, shelf.version: built}

    def follow(self, library: Library) -> None:
        """From now on its words are those in use: they were prepared for before they went live."""
        self._library = library

    def triage(self, text: str, situation: Situation) -> Assessment:
        return self._now().triage(text, situation)

    def match(self, text: str, situation: Situation) -> Match:
        return self._now().match(text, situation)

    def knows(self, word: str, language: str) -> bool:
        return self._now().knows(word, language)

    def kin(self, words: str, others: Sequence[str], language: str) -> int | None:
        return self._now().kin(words, others, language)

    def _now(self) -> Hears:
        # first the version: what is live stays built while the next one is prepared in another thread
        version = self._live()
        return self._built[version]

    def _live(self) -> str:
        return "" if self._library is None else self._library.shelf.version
