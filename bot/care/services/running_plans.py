"""Ask whether patients on their way follow a timing that was changed in its file; until somebody answers they stay."""

import json
from dataclasses import dataclass
from datetime import datetime
from pathlib import PurePosixPath

from bot.care.model.delivery import Button, Keyboard, MessageRef
from bot.care.model.inbound import Sender, Tap
from bot.care.model.purpose import Purpose
from bot.care.model.revision import FILE, KEEP, MOVE, Draft, DraftKind, DraftState, FileChange, Item, Retimed
from bot.care.model.timing import Place, following, placed, staying
from bot.care.model.words import Html
from bot.care.ports.outside import Clock
from bot.care.ports.records import Work
from bot.care.services.admitting import Admitting, here, noted
from bot.care.services.drafted import found
from bot.care.services.noticing import admins
from bot.care.services.plans_words import PlansWords
from bot.care.services.posting import edit, post, show
from bot.care.services.speaking import Speaking

DEED = "publish-words"
MOVING, READY, SAVED, ENDED = DraftState.MOVING, DraftState.READY, DraftState.SAVED, DraftState.ENDED


def hold_plans(work: Work, change: FileChange, *, at: datetime) -> None:
    """Running plans shall stay as they are, and then it is asked; with it whatever else is asked of this treatment."""
    if not change.retimed:
        return
    item = Item("", f"{DraftKind.PLANS}/{PurePosixPath(change.file).stem}")
    steps = {one.step: one for one in change.retimed}
    for older in work.drafts.in_state(MOVING, READY):
        if older.item == item and work.drafts.turn(older.turned(ENDED), was=older.state):
            steps = _together(older, steps)
    before = json.dumps(list(steps.values()))
    work.drafts.add(Draft(item, change.file, KEEP, before, MOVING, FILE, 0, at))


def _together(older: Draft, newer: dict[str, Retimed]) -> dict[str, Retimed]:
    """Where plans were made to stay already, whoever was enrolled since has the plan from then."""
    steps = {}
    for one in older.retimed:
        is_held = one.is_held or older.state is READY or older.words == MOVE
        if one.step not in newer:
            steps[one.step] = one._replace(is_held=True) if is_held else one
        elif not is_held:
            steps[one.step] = newer[one.step]._replace(old=one.old)
    return {**newer, **steps}


@dataclass(frozen=True)
class RunningPlans:
    clock: Clock
    speaking: Speaking
    admitting: Admitting
    words: PlansWords

    # --- an answer ---------------------------------------------------------------------------------------------------

    def settle(self, work: Work, who: Sender, tap: Tap) -> None:
        """Keep or move, by the first who taps; whoever comes later is told what was decided."""
        now, choice = self.clock.now(), tap.args[1]
        member, draft = self.admitting.admit(work, who, DEED, at=now), found(work, tap.args[0])
        if member is None:
            return
        if draft is None or draft.kind is not DraftKind.PLANS:
            show(work, tap, self.speaking.staff("content/over"), at=now)
            return
        if draft.state is not READY:
            show(work, tap, self.words.over(work, draft), at=now)
            return
        if not self.words.live(draft):
            # another replica may have it already: whether it was overtaken is not known from here
            post(work, here(who), self.words.said("not-here", draft), at=now, purpose=Purpose.CONTENT)
            return
        place = {"chat": tap.chat, "message_id": tap.message_id or 0, "published_by": member.account}
        state = MOVING if choice == MOVE else SAVED
        if work.drafts.turn(draft.turned(state, words=choice, at=now, **place), was=READY):
            work.audit.add(noted(member, DEED, f"draft:{draft.id}", at=now, detail=f"{draft.item} {choice}"))
            show(work, tap, self.words.said("moving" if choice == MOVE else "kept", draft), at=now)

    # --- what a round does with it -----------------------------------------------------------------------------------

    def is_live(self, draft: Draft) -> bool:
        """What was changed is in use here."""
        return bool(self.words.live(draft))

    def whose(self, work: Work, draft: Draft) -> list[int]:
        """Enrolments that go by the plan. To stay: those that were there, and to whom something was planned."""
        running = self.words.timing.following(work, draft.treatment)
        if draft.words == MOVE:
            return [one.id for one in running]
        people = work.survey.people()
        agreed = {one.id for one in people.values() if one.consent is not None}
        return [one.id for one in running if one.created_at <= draft.at and one.patient_id in agreed]

    def put(self, work: Work, draft: Draft, enrolment_id: int, *, at: datetime) -> None:
        """Only what has not left is planned anew: nobody gets a step twice."""
        if not _is_same(work, draft):
            return
        enrolment, protocol = work.enrolments.get(enrolment_id), self.speaking.shelf.protocols[draft.treatment]
        live = self.words.live(draft)
        if draft.words == MOVE:
            changed = following(enrolment, protocol, *(one.step for one in live))
        else:
            before = protocol
            for one in [each for each in live if not each.is_held]:
                before = placed(before, one.step, Place.named(one.old))
            changed = staying(enrolment, before, protocol)
        work.enrolments.save(changed)
        self.words.timing.planning.replan(work, work.patients.get(changed.patient_id), changed, at=at)

    def told(self, work: Work, draft: Draft, *, count: int, at: datetime) -> tuple[Html, bool]:
        """What is read, and whether there is something to decide; looks at everybody, so a reader works it out."""
        if draft.words == MOVE:
            return self.words.said("moved", draft, count=str(count)), False
        touched, had = self.words.touched(work, draft, at=at)
        return self.words.question(work, draft, touched, had, at=at), bool(touched)

    def settled(self, work: Work, draft: Draft, told: Html, *, is_open: bool, at: datetime) -> None:
        """Of several processes one asks."""
        if not _is_same(work, draft):
            now = found(work, str(draft.id))
            if draft.message_id and now is not None and now.state is ENDED:
                edit(work, MessageRef(draft.chat, draft.message_id), self.words.over(work, now), at=at)
            return
        if not work.drafts.turn(draft.turned(READY if is_open else SAVED), was=MOVING):
            return
        if draft.words == MOVE:
            edit(work, MessageRef(draft.chat, draft.message_id), told, at=at)
            return
        for admin in admins(work):
            keyboard = self._choices(draft) if is_open else ()
            post(work, admin.contact, told, at=at, keyboard=keyboard, purpose=Purpose.CONTENT)

    def given_up(self, work: Work, draft: Draft, *, at: datetime) -> None:
        """It was changed again before anybody's plan could be seen to."""
        if _is_same(work, draft) and work.drafts.turn(draft.turned(ENDED), was=MOVING) and draft.message_id:
            edit(work, MessageRef(draft.chat, draft.message_id), self.words.said("changed", draft), at=at)

    # --- inside ------------------------------------------------------------------------------------------------------

    def _choices(self, draft: Draft) -> Keyboard:
        """`keep` and `move`: what stands on a button is called as what it chooses."""
        labels = ((choice, self.speaking.label(f"timing/file-{choice}")) for choice in (KEEP, MOVE))
        return tuple((Button(label, "timing-plans", (str(draft.id), choice)),) for choice, label in labels)


def _is_same(work: Work, draft: Draft) -> bool:
    """Nobody was quicker, and no newer change has taken its place."""
    now = found(work, str(draft.id))
    return now is not None and (now.state, now.words) == (draft.state, draft.words)
