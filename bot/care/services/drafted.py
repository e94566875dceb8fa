"""Find the draft that somebody is asked to write, or that a button is about."""

from datetime import datetime

from bot.care.model.inbound import Said
from bot.care.model.revision import Draft, DraftState
from bot.care.ports.records import NotRemembered, Work

FLOW = "words"


def words_asked_for(work: Work, said: Said, *, at: datetime) -> Draft | None:
    """The draft that waits for what this person writes in this chat."""
    flow = work.flows.current(said.sender.chat, said.sender.account, at=at)
    if flow is None or flow.kind != FLOW or said.edited or said.media:
        return None
    draft = found(work, flow.data["draft"])
    return draft if draft is not None and draft.state is DraftState.WRITING else None


def found(work: Work, draft_id: str) -> Draft | None:
    try:
        return work.drafts.get(int(draft_id))
    except NotRemembered:
        return None
