"""What staff read and may tap while a change of the content is on its way: a preview, a yes, a no, the way back."""

from dataclasses import dataclass
from datetime import datetime

from bot.care.model.delivery import Button, Keyboard
from bot.care.model.revision import KEEP, MOVE, Draft, DraftKind
from bot.care.model.words import Html
from bot.care.services.content_pages import ContentPages
from bot.care.services.sampling import Sample
from bot.care.services.speaking import Speaking


@dataclass(frozen=True)
class DraftPages:
    speaking: Speaking
    pages: ContentPages

    def previewed(self, draft: Draft, *, at: datetime) -> Html:
        """What came of its check, and below it how a patient would read it, where it is words."""
        written = self.pages.written(draft.item) if draft.sample else None
        if written is None:
            return Html(draft.told)
        preview = self.pages.preview(Sample.named(draft.sample), draft.item, draft.words, written, at=at)
        return Html(f"{draft.told}\n\n{preview}")

    def choices(self, draft: Draft, *, is_asked: bool = False) -> Keyboard:
        """Of a draft that was checked. `is_asked`: whoever is only asked writes no other words."""
        which = (str(draft.id),)
        is_approval = draft.kind is DraftKind.APPROVAL
        yes = Button(self.speaking.label("signing/yes" if is_approval else "content/publish"), "content-publish", which)
        no = Button(self.speaking.label("signing/no" if is_approval else "content/discard"), "content-discard", which)
        other = Button(self._label("other-day"), "content-days", ("draft", *which, draft.sample))
        again = Button(self._label("again"), "content-again", which)
        if draft.moves:
            keep = Button(self.speaking.label("timing/keep"), "content-publish", (*which, KEEP))
            move = Button(self.speaking.label("timing/move"), "content-publish", (*which, MOVE))
            return (keep,), (move,), (no,)
        may_reword = draft.is_written and not is_asked
        further = (*((other,) if draft.sample else ()), *((again,) if may_reword else ()))
        to_me = ((self.pages.to_me("draft", which[0], Sample.named(draft.sample)),),) if draft.sample else ()
        return (yes, no), *((further,) if further else ()), *to_me

    def cancel(self, draft: Draft) -> Keyboard:
        return ((Button(self._label("cancel"), "content-discard", (str(draft.id),)),),)

    def refused(self, draft: Draft) -> Keyboard:
        """While something else is asked for, its words are written once that is tapped."""
        return ((Button(self._label("again"), "content-again", (str(draft.id),)),), *self.cancel(draft))

    def back(self, draft: Draft) -> Keyboard:
        """To where it was begun; no button once that is not there any more."""
        match draft.kind:
            case DraftKind.APPROVAL:
                return ((Button(self._label("back"), "sign-list", ()),),)
            case DraftKind.TIMING:
                return ((Button(self._label("back"), "timing-open", (*draft.times, "")),),)
            case _:
                return ((self.pages.back_to(draft.item),),) if self.pages.written(draft.item) else ()

    def onward(self, draft: Draft) -> Keyboard:
        """Where an approval ended with it, the way to a new one: until then only test patients are enrolled."""
        if draft.kind is DraftKind.APPROVAL:
            return self.back(draft)
        retimed = draft.treatment if draft.kind is DraftKind.TIMING else None
        sign_offs = self.pages.shelf.sign_offs.values()
        stood_for = (one for one in sign_offs if one.covers(draft.item) or one.treatment == retimed)
        if all(one.approval is None for one in stood_for):
            return self.back(draft)
        return *self.back(draft), (Button(self.speaking.label("signing/open"), "sign-list", ()),)

    def _label(self, name: str) -> str:
        return self.speaking.label(f"content/{name}")
