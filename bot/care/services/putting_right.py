"""Put right what patients were sent: a clinician's correction to everybody who got the words of a revision."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from html import escape

from bot.care.model.inbound import Flow, Said, Sender, Tap
from bot.care.model.people import Contact
from bot.care.model.purpose import Purpose
from bot.care.model.texts import units
from bot.care.model.words import Html
from bot.care.ports.outside import Clock
from bot.care.ports.records import NotRemembered, Work
from bot.care.services.admitting import Admitting, here, noted
from bot.care.services.confirming import Confirming
from bot.care.services.content_readers import ContentReaders
from bot.care.services.posting import post, show
from bot.care.services.receipts import Receipts

DEED = "publish-clinical-words"
FLOW = "correction"
WAITS = timedelta(minutes=60)
LONGEST = 1_500
"""UTF-16 units: shown with what is said around it, and signed at the patients'."""
MOST = 100
"""Patients of one correction: more than one transaction may take on."""


def correction_asked(work: Work, said: Said, *, at: datetime) -> Flow | None:
    """The question for a correction that this person's next words in this chat answer."""
    flow = work.flows.current(said.sender.chat, said.sender.account, at=at)
    return flow if flow is not None and flow.kind == FLOW and not said.edited and not said.media else None


@dataclass(frozen=True)
class PuttingRight:
    clock: Clock
    admitting: Admitting
    confirming: Confirming
    readers: ContentReaders
    receipts: Receipts

    def ask(self, work: Work, who: Sender, tap: Tap) -> None:
        """For the words, in the clinician's own chat."""
        now, (number,) = self.clock.now(), tap.args
        if self.admitting.admit(work, who, DEED, at=now) is None:
            return
        count = len(self._found(work, number, at=now))
        name = "ask" if 0 < count <= MOST else "too-many" if count else "nobody"
        if name == "ask":
            work.flows.put(Flow(who.account, who.account, FLOW, {"revision": number}, now + WAITS))
        post(work, Contact(who.account), self._say(name, count=str(count)), at=now, purpose=Purpose.CONTENT)

    def typed(self, work: Work, said: Said) -> bool:
        """True when these words were asked for; they are shown once more before anybody gets them."""
        now, who = self.clock.now(), said.sender
        flow = correction_asked(work, said, at=now)
        if flow is None:
            return False
        words = said.text.strip()
        if self.admitting.admit(work, who, DEED, at=now) is None:
            return True
        if not words or units(words) > LONGEST:
            post(work, here(who), self._say("too-long"), at=now, purpose=Purpose.CONTENT)
            return True
        work.flows.clear(who.chat, who.account)
        count = len(self._found(work, flow.data["revision"], at=now))
        text = self._say("ready", count=str(count), text=self._signed(words, said.sender.name))
        self.confirming.ask(work, who, text, "put-right-yes", flow.data["revision"], words, at=now)
        return True

    def send(self, work: Work, who: Sender, tap: Tap) -> None:
        """At once, at any hour, with a button that says that it was read."""
        now = self.clock.now()
        member = self.admitting.admit(work, who, DEED, at=now)
        args = None if member is None else self.confirming.accept(work, who, tap, at=now)
        if member is None or args is None:
            return
        number, words = args
        found = self._found(work, number, at=now)
        for patient_id in found:
            self.receipts.correct(work, work.patients.get(patient_id), self._signed(words, member.name), at=now)
        work.audit.add(noted(member, "put-right", f"revision:{number}", at=now, detail=str(len(found))))
        show(work, tap, self._say("sent", count=str(len(found))), at=now)

    # --- inside ------------------------------------------------------------------------------------------------------

    def _found(self, work: Work, number: str, *, at: datetime) -> list[int]:
        """Whoever got the words and may still be written to, each once."""
        try:
            revision = work.revisions.get(int(number))
        except NotRemembered:
            return []
        got = dict.fromkeys(one for one, _ in self.readers.found(work, revision, at=at))
        return [one for one in got if work.patients.get(one).may_be_written_to]

    def _signed(self, words: str, name: str) -> Html:
        clinic = self.readers.speaking.shelf.clinic.name
        return Html(f"<b>{escape(name)}, {escape(clinic)}:</b>\n{escape(words)}")

    def _say(self, name: str, /, **facts: str) -> Html:
        return self.readers.speaking.staff(f"putting_right/{name}", **facts)
