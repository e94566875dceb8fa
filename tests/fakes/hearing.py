"""An understanding without models, for tests of what is done and not of what is meant."""

from bot.care.model.triage import CLEAR, Assessment
from bot.care.ports.hearing import Match, Situation
from tests.fakes.likeness import PlainLikeness


class Calm(PlainLikeness):
    """Hears no danger and knows no answer. Fills `bot.care.ports.hearing.Hearing`."""

    def triage(self, text: str, situation: Situation) -> Assessment:
        return CLEAR

    def match(self, text: str, situation: Situation) -> Match:
        return Match((), confident=False)
