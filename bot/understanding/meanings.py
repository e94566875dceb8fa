"""The vectors of texts just heard, so that no text goes through the encoder twice."""

from collections import OrderedDict
from collections.abc import Iterable, Sequence

from bot.understanding.arrays import Array
from bot.understanding.encoder import Encoder

REMEMBERED = 256


class Meanings:
    """Texts that are needed together are best prepared together."""

    def __init__(self, encoder: Encoder) -> None:
        self._encoder = encoder
        self._known: OrderedDict[str, Array] = OrderedDict()

    def of(self, text: str) -> Array:
        known = self._known.get(text)
        return known if known is not None else self.prepare([text])[0]

    def passage(self, text: str, parts: Sequence[str]) -> tuple[Array, list[Array | None]]:
        """As the encoder's; parts are heard within their text, so they are nobody else's."""
        return self._encoder.passage(text, parts)

    def prepare(self, texts: Iterable[str]) -> list[Array]:
        wanted = list(texts)
        found = {text: known for text in wanted if (known := self._known.get(text)) is not None}
        missing = [text for text in dict.fromkeys(wanted) if text not in found]
        if missing:
            new = dict(zip(missing, self._encoder.encode(missing), strict=True))
            found |= new
            self._known.update(new)
        while len(self._known) > REMEMBERED:
            self._known.popitem(last=False)
        return [found[text] for text in wanted]
