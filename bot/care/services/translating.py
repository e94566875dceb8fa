"""List translations whose source was changed since, so that nobody reads yesterday's words in another language."""

from dataclasses import dataclass

from bot.care.model.delivery import Button
from bot.care.model.inbound import Sender, Tap
from bot.care.model.words import Html
from bot.care.ports.outside import Clock
from bot.care.ports.records import Work
from bot.care.services.admitting import Admitting
from bot.care.services.content_pages import ContentPages
from bot.care.services.leafing import page_of, turns
from bot.care.services.posting import show
from bot.care.services.speaking import Speaking
from bot.care.services.stale_translations import StaleTranslations

ON_A_PAGE = 6


@dataclass(frozen=True)
class Translating:
    clock: Clock
    speaking: Speaking
    admitting: Admitting
    pages: ContentPages

    def open(self, work: Work, who: Sender, tap: Tap) -> None:
        """One language's; the others by button. A language that is offered has every word, or nothing goes live."""
        now, (language, number) = self.clock.now(), tap.args
        if self.admitting.admit(work, who, "content", at=now) is None:
            return
        source, *others = self.speaking.shelf.clinic.languages
        if not others:
            show(work, tap, self.speaking.staff("translating/alone", value=source.upper()), at=now)
            return
        chosen = language if language in others else others[0]
        stale = StaleTranslations(self.pages.sampling.library).of(work, chosen)
        here_, pages, shown = page_of(stale, int(number), ON_A_PAGE)
        lines = Html("\n".join(f"• {self.pages.path(item)}" for item in shown))
        facts = {"value": chosen.upper(), "known": source.upper(), "count": str(len(stale)), "listed": lines}
        text = self.speaking.staff(f"translating/{'stale' if stale else 'fresh'}", **facts)
        opening = tuple((Button(self.pages.path(item), "content-item", (str(item),)),) for item in shown)
        languages = tuple(Button(one.upper(), "translations", (one, "0")) for one in others if one != chosen)
        back = Button(self.speaking.label("content/back"), "content-open", (source, "", "0"))
        keyboard = (*opening, *turns("translations", (chosen,), here_, pages), (*languages, back))
        show(work, tap, text, at=now, keyboard=keyboard)
