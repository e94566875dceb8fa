"""An alert raised by words says that there are pictures, and how to see them."""

from dataclasses import replace

from bot.care.model.delivery import ActKind
from bot.care.model.inbound import Said
from bot.care.model.people import Contact
from bot.care.model.sent_file import MOST_BYTES, FileKind, SentFile
from tests.care.listening.ward import Ward, a_desk, a_ward
from tests.care.scene import ANNA, CLARA, DESK

PHOTO = SentFile("photo-1", FileKind.PHOTO, 90_000, "image/jpeg")
PUS = "pus is coming out and I have fever"
FOUND = "📷 Pictures from them"
GROUP = -1001234567890


def shows(ward: Ward, file: SentFile = PHOTO, words: str = "") -> None:
    said = Said(ANNA, words, next(ward.ids), media=file.kind.value, file=file)
    if not ward.listening.raises(ward.work, said, at=ward.clock.now()):
        ward.listening.media(ward.work, said)
    ward.deliver()


def alert(ward: Ward, chat: int = DESK) -> str:
    return next(act.text for act in reversed(ward.alerts(chat)) if act.keyboard)


def test_an_alert_names_the_pictures_of_the_hours_before_it_and_where_they_stand() -> None:
    ward = a_ward()
    shows(ward)
    ward.clock.later(minutes=20)
    shows(ward, replace(PHOTO, id="photo-2"))
    ward.clock.later(hours=1)

    ward.says(ANNA, PUS)

    assert f"{FOUND}: 2, the newest on " in alert(ward)
    assert ", 10:20. It stands among the messages of that hour." in alert(ward)


def test_in_a_supergroup_a_tap_leads_to_the_picture() -> None:
    ward = a_ward()
    ward.work.team.set_desk(replace(a_desk(), contact=Contact(GROUP)))
    shows(ward)

    ward.says(ANNA, PUS)

    copies = [row for row in ward.records.memory.deliveries.values() if row.act and row.act.kind is ActKind.COPY]
    assert f'<a href="https://t.me/c/1234567890/{copies[0].message_id}">Look at it' in alert(ward, GROUP)


def test_where_patients_have_topics_it_leads_to_the_picture_there() -> None:
    ward = a_ward()
    ward.work.team.set_desk(replace(a_desk(is_forum=True), contact=Contact(GROUP)))
    for _ in range(3):
        ward.forum.follow(ward.work, at=ward.clock.now())
        ward.deliver()
        for row in ward.records.memory.deliveries.values():
            if row.act is not None and row.act.kind is ActKind.TOPIC_OPEN:
                ward.forum.ended(ward.work, row, at=ward.clock.now())
    shows(ward)
    ward.forum.follow(ward.work, at=ward.clock.now())
    ward.deliver()

    ward.says(ANNA, PUS)

    thread = ward.work.threads.of(ward.anna().id)
    assert thread is not None
    assert f"https://t.me/c/1234567890/{thread.thread}/" in alert(ward, GROUP)


def test_without_a_picture_and_long_after_one_nothing_is_said() -> None:
    ward = a_ward()
    ward.says(ANNA, PUS)
    assert FOUND not in alert(ward)

    ward = a_ward()
    shows(ward)
    ward.clock.later(hours=25)
    ward.says(ANNA, PUS)

    assert FOUND not in alert(ward)


def test_what_was_not_passed_on_and_what_lies_beside_the_alert_is_not_named() -> None:
    ward = a_ward()
    shows(ward, replace(PHOTO, size=MOST_BYTES + 1))
    ward.says(ANNA, PUS)
    assert FOUND not in alert(ward)

    ward = a_ward()
    shows(ward, words=PUS)
    assert FOUND not in alert(ward)

    ward = a_ward()
    shows(ward)
    ward.clock.later(hours=1)
    shows(ward, replace(PHOTO, id="photo-2"))
    assert FOUND not in alert(ward)


def test_a_picture_sent_beside_something_confided_is_named_to_clinicians_only() -> None:
    ward = a_ward()
    ward.says(ANNA, "I want to kill myself")
    shows(ward)

    ward.says(ANNA, PUS)

    assert FOUND in alert(ward, CLARA.chat)
    assert not any(FOUND in act.text for act in ward.alerts(DESK))
