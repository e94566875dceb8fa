"""Have a clinician stand for a treatment, or for all answers, exactly as they are; show what changed since one did."""

from collections.abc import Iterator
from dataclasses import dataclass

from bot.care.model.delivery import Button
from bot.care.model.inbound import Sender, Tap
from bot.care.model.people import Member
from bot.care.model.permissions import may
from bot.care.model.revision import Draft, DraftKind, DraftState, Item
from bot.care.model.sign_off import ANSWERS, FILE, Approval, SignOff
from bot.care.model.words import Html
from bot.care.ports.outside import Clock
from bot.care.ports.records import Work
from bot.care.services.admitting import Admitting
from bot.care.services.content_pages import Page
from bot.care.services.posting import show
from bot.care.services.since_approval import SinceApproval
from bot.care.services.speaking import Speaking
from scheduler.localtime import local_day


@dataclass(frozen=True)
class Signing:
    clock: Clock
    speaking: Speaking
    admitting: Admitting
    since: SinceApproval

    def list(self, work: Work, who: Sender, tap: Tap) -> None:
        """Every treatment and all answers, and how each stands."""
        if self._member(work, who, "content") is None:
            return
        found = self.since.pages.shelf.sign_offs
        lines = Html("\n".join(self._line(one) for one in found.values()))
        opening = [(Button(self._name(name), "sign-open", (name,)),) for name in found]
        back = Button(self._label("back"), "content-open", (self.speaking.staff_language, "", "0"))
        self._show(work, tap, (self.speaking.staff("signing/list", listed=lines), (*opening, (back,))))

    def open(self, work: Work, who: Sender, tap: Tap) -> None:
        """One of them: what changed since its approval, where to read it, and the way to approve it."""
        member = self._member(work, who, "content")
        sign_off = self.since.pages.shelf.sign_offs.get(tap.args[0])
        if member is None:
            return
        if sign_off is None:
            self._show(work, tap, self.since.pages.gone())
            return
        name = sign_off.treatment
        ask = Button(self._label("approve"), "sign-ask", (name, sign_off.print))
        back = Button(self._label("back"), "sign-list", ())
        may_ask = may(member, "publish-words") and not sign_off.is_approved
        row = (ask, *self._to_read(name)) if may_ask else self._to_read(name)
        self._show(work, tap, (self._page(work, sign_off), (row, (back,))))

    def ask(self, work: Work, who: Sender, tap: Tap) -> None:
        """The first of two taps: tried like any other change of the files."""
        now, (treatment, print_) = self.clock.now(), tap.args
        member = self._member(work, who, "publish-words")
        sign_off = self.since.pages.shelf.sign_offs.get(treatment)
        if member is None or tap.message_id is None:
            return
        if sign_off is None or sign_off.print != print_ or sign_off.is_approved:
            # it is another one by now than was read
            self.open(work, who, tap)
            return
        on = local_day(now, self.speaking.shelf.clinic.zone)
        words = str(Approval(treatment, print_, member.name, on))
        item = Item("", f"{DraftKind.APPROVAL}/{treatment}")
        work.drafts.add(
            Draft(item, FILE, words, "", DraftState.CHECKING, who.account, tap.chat, now, tap.message_id, clinical=True)
        )
        self._show(work, tap, (self.speaking.staff("signing/checking", what=self._name(treatment)), ()))

    # --- inside ------------------------------------------------------------------------------------------------------

    def _page(self, work: Work, sign_off: SignOff) -> Html:
        facts = {
            "what": self._line(sign_off),
            "value": sign_off.print,
            "listed": Html("\n\n".join(self._changed(work, sign_off))),
        }
        if sign_off.treatment == ANSWERS:
            return self.speaking.staff("signing/answers-page", **facts)
        steps = self.speaking.shelf.protocols[sign_off.treatment].steps
        return self.speaking.staff("signing/treatment", count=str(len(steps)), **facts)

    def _to_read(self, name: str) -> tuple[Button, ...]:
        where = {"read-answers": "faq", "read-advice": "red_flags"} if name == ANSWERS else {"read": f"steps/{name}"}
        language = self.speaking.staff_language
        return tuple(Button(self._label(label), "content-open", (language, node, "0")) for label, node in where.items())

    def _changed(self, work: Work, sign_off: SignOff) -> Iterator[Html]:
        if sign_off.approval is not None and not sign_off.is_approved:
            yield self.speaking.staff("signing/since")
            yield from self.since.said(work, sign_off)

    def _line(self, sign_off: SignOff) -> Html:
        approval = sign_off.approval
        name = "approved" if sign_off.is_approved else "changed" if approval is not None else "never"
        by, when = ("", "") if approval is None else (approval.by, self.speaking.day(approval.on, at=self.clock.now()))
        facts = {"what": self._name(sign_off.treatment), "member_name": by, "when": when}
        return self.speaking.staff(f"signing/line-{name}", **facts)

    def _name(self, name: str) -> str:
        return self.speaking.stood_for(name)

    def _label(self, name: str) -> str:
        return self.speaking.label(f"signing/{name}")

    def _member(self, work: Work, who: Sender, deed: str) -> Member | None:
        return self.admitting.admit(work, who, deed, at=self.clock.now())

    def _show(self, work: Work, tap: Tap, page: Page) -> None:
        text, keyboard = page
        show(work, tap, text, at=self.clock.now(), keyboard=keyboard)
