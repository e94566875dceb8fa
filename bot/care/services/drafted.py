"""Ask somebody for the words of a draft, and find the draft that is asked for, or that a button is about."""

from datetime import datetime, timedelta

from bot.care.model.inbound import Flow, Said
from bot.care.model.people import Contact
from bot.care.model.revision import Draft, DraftState
from bot.care.ports.records import NotRemembered, Work

FLOW = "words"
WAITS = timedelta(minutes=60)
"""For new words; what was checked waits as long as its file stays the same."""


def ask_for_words(work: Work, draft: Draft, to: Contact, *, at: datetime) -> None:
    """The next message of whoever writes the draft, in the chat `to`, is its words."""
    work.flows.put(Flow(to.chat, draft.by, FLOW, {"draft": str(draft.id)}, at + WAITS))


def stop_asking(work: Work, draft: Draft, *, at: datetime) -> None:
    """What is asked for another draft, or by another form, stays asked."""
    flow = work.flows.current(draft.chat, draft.by, at=at)
    if flow is not None and _is_for(flow, draft):
        work.flows.clear(draft.chat, draft.by)


def is_asked_else(work: Work, draft: Draft, *, at: datetime) -> bool:
    """Whether the next message of whoever writes the draft is meant for something else."""
    flow = work.flows.current(draft.chat, draft.by, at=at)
    return flow is not None and not _is_for(flow, draft)


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


def _is_for(flow: Flow, draft: Draft) -> bool:
    return flow.kind == FLOW and flow.data["draft"] == str(draft.id)
