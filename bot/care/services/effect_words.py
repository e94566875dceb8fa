"""What filing a phrasing would do, in words."""

from collections.abc import Iterator
from dataclasses import dataclass
from html import escape

from bot.care.model.texts import cut
from bot.care.model.unanswered import Change, Count, Effect, End, Outcome, Phrasing, Worse
from bot.care.model.words import Html
from bot.care.services.speaking import Speaking
from bot.care.services.unanswered_pages import UnansweredPages

MOST_WORSE = 6
MOST_FAULTS = 5
LONGEST = 120


@dataclass(frozen=True)
class EffectWords:
    speaking: Speaking
    pages: UnansweredPages

    def phrasing(self, name: str, phrasing: Phrasing, **facts: str) -> Html:
        """A sentence about the words and where they go."""
        what = self.pages.name_of(phrasing)
        return self.speaking.staff(f"unanswered/{name}", said=phrasing.words, what=what, **facts)

    def effect(self, phrasing: Phrasing, effect: Effect) -> Html:
        remarks = [*self._worse(phrasing, effect)]
        if effect.asked_about:
            remarks.append(self.speaking.staff("unanswered/asked-about", sign=self._sign(effect.asked_about)))
        changes = Html("\n".join(self._change(one) for one in effect.changes))
        return self.phrasing("effect", phrasing, listed=changes, remarks=Html("\n".join(remarks)))

    def end(self, phrasing: Phrasing, outcome: Outcome) -> Html:
        """Why it was not done."""
        if outcome.end is End.THERE:
            homes = [self.pages.name_of(Phrasing(phrasing.language, home, "")) for home in outcome.reasons]
            return self.phrasing("end-there", phrasing, listed=", ".join(homes))
        if outcome.end is End.DANGER:
            return self.phrasing("end-danger", phrasing, sign=self._sign(*outcome.reasons))
        faults = Html("\n".join(escape(cut(reason, most=300)) for reason in outcome.reasons[:MOST_FAULTS]))
        return self.phrasing(f"end-{outcome.end}", phrasing, faults=faults)

    def _change(self, change: Change) -> Html:
        facts = {"old_value": self._of(change.before), "new_value": self._of(change.after)}
        return self.speaking.staff(f"unanswered/change-{change.name.replace('_', '-')}", **facts)

    def _of(self, count: Count) -> Html:
        part, whole = count
        share = f"{part / whole:.1%}" if whole else "-"
        return self.speaking.staff("unanswered/share", value=share, count=str(part), most=str(whole))

    def _worse(self, phrasing: Phrasing, effect: Effect) -> Iterator[Html]:
        if not effect.worse:
            yield self.speaking.staff("unanswered/worse-none")
            return
        yield self.speaking.staff("unanswered/worse", count=str(len(effect.worse)))
        for one in effect.worse[:MOST_WORSE]:
            yield self._worse_line(one, phrasing.language)

    def _worse_line(self, one: Worse, language: str) -> Html:
        what = self.pages.name_of(Phrasing(language, one.topic, ""))
        if not one.line:
            facts = {"what": what, "old_value": self._of(one.before), "new_value": self._of(one.after)}
            return self.speaking.staff("unanswered/worse-topic", **facts)
        known = self.pages.name_of(Phrasing(language, one.other, ""))
        return self.speaking.staff("unanswered/worse-line", said=cut(one.line, most=LONGEST), what=what, known=known)

    def _sign(self, flag: str) -> str:
        key = f"red_flags/{flag}/name"
        language = self.speaking.staff_language
        return self.speaking.shelf.say(key, language, {}) if self.speaking.shelf.has(key, language) else flag
