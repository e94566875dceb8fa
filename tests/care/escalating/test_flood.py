"""However much one patient writes, an alert about another waits behind none of it, and no word of it is lost."""

from bot.care.model.delivery import ActKind, Delivery, DeliveryState, Lane
from bot.care.model.inbound import Said, Sender
from bot.care.model.purpose import Purpose
from tests.care.listening.ward import Ward, a_ward
from tests.care.scene import ANNA, BERT, DESK, LEASE, RITA

PUS = "my cheek is leaking yellow stuff"
THROAT = "i cannot breathe and my throat is closing"


def writes(ward: Ward, who: Sender, words: str, *, media: str = "") -> None:
    """Nothing leaves meanwhile."""
    said = Said(who, words, next(ward.ids), media=media)
    if not ward.listening.raises(ward.work, said, at=ward.clock.now()):
        (ward.listening.media if media else ward.listening.hear)(ward.work, said)


def to_desk(ward: Ward) -> list[Delivery]:
    rows = [row for row in ward.records.memory.deliveries.values() if row.contact.chat == DESK]
    return [row for row in rows if not row.state.final]


def test_an_alert_waits_behind_no_words_of_another_patient() -> None:
    ward = a_ward()
    ward.enrol("Bert picosure today", by=RITA)
    ward.join(BERT)
    writes(ward, ANNA, PUS)
    ward.deliver()
    for number in range(10):
        writes(ward, ANNA, f"{PUS} {number}")
        writes(ward, ANNA, "", media="photo")

    writes(ward, BERT, THROAT)

    due = ward.work.outbox.due(at=ward.clock.now(), limit=100)
    first = next(row for row in due if row.contact.chat == DESK)
    assert first.act is not None
    assert THROAT in first.act.text
    assert {row.lane for row in to_desk(ward)} == {Lane.URGENT, Lane.BESIDE}


def test_climbing_waits_behind_nothing_either() -> None:
    ward = a_ward()
    writes(ward, ANNA, THROAT)
    ward.clock.later(minutes=4)

    ward.escalating.overdue(ward.work, at=ward.clock.now())

    rows = [row for row in ward.records.memory.deliveries.values() if row.purpose is Purpose.CLIMB]
    assert rows
    assert {row.lane for row in rows} == {Lane.URGENT}


def test_words_that_wait_to_leave_leave_together_and_in_their_order() -> None:
    ward = a_ward()
    writes(ward, ANNA, PUS)
    ward.deliver()
    before = len(ward.arrived)

    for number in range(200):
        writes(ward, ANNA, f"{PUS} <{number}>")
    assert len(to_desk(ward)) < 10
    ward.deliver()

    notes = [act.text for chat, act in ward.arrived[before:] if chat == DESK and act.kind is ActKind.SEND]
    lines = "\n".join(notes).splitlines()
    assert lines == [f"A-17 again, same alert: “{PUS} &lt;{number}&gt;”" for number in range(200)]


def test_words_are_not_drawn_before_a_picture_that_was_sent_between_them() -> None:
    ward = a_ward()
    writes(ward, ANNA, PUS)
    ward.deliver()
    before = len(ward.arrived)

    writes(ward, ANNA, f"{PUS} one")
    writes(ward, ANNA, "", media="photo")
    writes(ward, ANNA, f"{PUS} two")
    writes(ward, ANNA, f"{PUS} three")
    ward.deliver()

    acts = [act for chat, act in ward.arrived[before:] if chat == DESK]
    assert [act.kind for act in acts] == [ActKind.SEND, ActKind.COPY, ActKind.SEND]
    assert acts[2].text.count(PUS) == 2


def test_what_has_begun_to_leave_is_not_said_again_with_the_next_words() -> None:
    ward = a_ward()
    writes(ward, ANNA, PUS)
    ward.deliver()
    writes(ward, ANNA, f"{PUS} one")
    [note] = to_desk(ward)
    assert note.act is not None
    ward.work.outbox.begin(note, note.act, attempt_id="a", lease=LEASE, alert=False)

    writes(ward, ANNA, f"{PUS} two")

    assert ward.work.outbox.get(note.id).state is DeliveryState.SENDING
    [further] = [row.act.text for row in to_desk(ward) if row.act is not None and row.id != note.id]
    assert f"{PUS} one" not in further


def test_what_is_only_shown_to_a_person_keeps_its_place_and_a_sign_goes_before_it() -> None:
    ward = a_ward()
    ward.enrol("Bert picosure today", by=RITA)
    ward.join(BERT)
    writes(ward, ANNA, "", media="photo")
    ward.clock.later(seconds=1)
    writes(ward, ANNA, "second", media="photo")
    ward.clock.later(seconds=1)
    writes(ward, BERT, "look", media="photo")
    writes(ward, ANNA, PUS)

    due = [row for row in ward.work.outbox.due(at=ward.clock.now(), limit=100) if row.contact.chat == DESK]

    alerts = [(row.lane, PUS in row.act.text) for row in to_desk(ward) if row.purpose is Purpose.ALERT and row.act]
    assert alerts == [(Lane.BESIDE, False), (Lane.BESIDE, False), (Lane.URGENT, True)]
    assert due[0].act is not None
    assert PUS in due[0].act.text
