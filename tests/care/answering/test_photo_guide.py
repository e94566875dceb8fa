"""How to take a photo is said once, and a photo is kept only with its patient's yes."""

from dataclasses import replace

from bot.care.model.delivery import Act
from bot.care.model.inbound import Said
from bot.care.model.sent_file import FileKind, SentFile
from tests.care.listening.ward import Ward, a_ward
from tests.care.scene import ANNA

GUIDE = "How to take a photo that helps"


def on_day_28(*, photos: bool = True) -> Ward:
    ward = a_ward(day=28)
    anna = ward.anna()
    assert anna.consent is not None
    ward.work.patients.save(replace(anna, consent=replace(anna.consent, photos=photos)))
    return ward


def sends_a_photo(ward: Ward) -> Act:
    """The copy that staff get."""
    file = SentFile("photo-1", FileKind.PHOTO, 9, "image/jpeg")
    ward.listening.media(ward.work, Said(ANNA, "", next(ward.ids), media="photo", file=file))
    return next(act for act in reversed(ward.alerts()) if act.file is not None)


def test_the_first_question_for_a_photo_says_how_and_the_next_does_not() -> None:
    ward = on_day_28()
    ward.check_in("PS-28")
    ward.tap(ANNA, ward.buttons(ANNA)[0])
    first = ward.last(ANNA)

    ward.clock.later(days=14)
    ward.check_in("PS-42")
    ward.tap(ANNA, "10")

    assert GUIDE in first
    assert "window" in first
    assert "photo" in ward.last(ANNA)
    assert GUIDE not in ward.last(ANNA)


def test_with_a_yes_the_copy_for_staff_is_kept_in_the_patients_album() -> None:
    ward = on_day_28()

    assert sends_a_photo(ward).album == ward.anna().id


def test_without_a_yes_it_is_passed_on_and_kept_nowhere() -> None:
    ward = on_day_28(photos=False)

    assert sends_a_photo(ward).album is None
