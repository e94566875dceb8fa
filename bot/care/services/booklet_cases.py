"""The words at a key as a booklet shows them: every case of them, as somebody who is in it reads it."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from html import escape

from bot.care.model.document import Part
from bot.care.model.revision import Item, Written
from bot.care.model.words import PLACEHOLDERS, Html
from bot.care.ports.words import MissingWords
from bot.care.services.sampling import Sample, Sampling
from bot.care.services.speaking import Speaking


@dataclass(frozen=True)
class BookletCases:
    speaking: Speaking
    sampling: Sampling
    language: str
    at: datetime

    def of(self, key: str, name: str, sample: Sample | None = None) -> Iterator[Part]:
        """One part a variant, each for a patient who reads it: if not said, the first who does.

        `name`: what the words are, e.g. `safety`.
        """
        variants = self.sampling.shelf.written(key, self.language)
        for number, written in enumerate(variants):
            item = Item(self.language, key, number)
            text = self._filled(item, written, self._sample(item, written, sample))
            yield Part(self._case(name, written, alone=len(variants) == 1), text)

    def _sample(self, item: Item, written: Written, sample: Sample | None) -> Sample:
        """A day of this treatment on which this case is met, if there is one; else the message's own."""
        if sample is None:
            return self.sampling.first(item, written, at=self.at)
        reads = self.sampling.reads(sample, item, written, at=self.at)
        if reads or not item.key.startswith("red_flags/"):
            return sample
        others = (Sample(sample.treatment, day) for day in self.sampling.days(sample.treatment))
        return next((one for one in others if self.sampling.reads(one, item, written, at=self.at)), sample)

    def _case(self, name: str, written: Written, *, alone: bool) -> str:
        if name == "safety" or alone:
            return self._label(name)
        if not written.when:
            return self._label(f"{name}-otherwise")
        held = ", ".join(f"{one.replace('_', ' ')}: {'/'.join(values)}" for one, values in written.when.items())
        return self._label(f"{name}-when", what=held)

    def _filled(self, item: Item, written: Written, sample: Sample) -> Html:
        facts = self.sampling.facts(sample, item, written, at=self.at)
        marked = {name: _marked(value) if name in PLACEHOLDERS else value for name, value in facts.items()}
        try:
            return self.sampling.shelf.fill(item.key, written.text, marked)
        except MissingWords:
            return Html(escape(written.text))

    def _label(self, name: str, **facts: str) -> str:
        return self.speaking.label(f"handbook/{name}", **facts)


def _marked(value: str) -> Html:
    said = value if isinstance(value, Html) else Html(escape(value))
    return Html(f"<u>{said}</u>") if said else said
