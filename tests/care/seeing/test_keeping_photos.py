"""Photos are kept while their patient's yes holds, and until the clinic's days after the course are over."""

from dataclasses import replace

import pytest

from bot.care.model.enrolment import EnrolmentStatus
from bot.care.model.people import Patient
from bot.care.services.keeping_photos import KeepingPhotos
from tests.care.scene import Scene, a_scene
from tests.fakes.album import FakeAlbum
from tests.standing_library import a_library

PLAN, AFTER = 42, 30
"""Days of a plan of PicoSure, and of the clinic's own decision after it."""


def kept_for_anna() -> tuple[Scene, Patient, FakeAlbum]:
    scene = a_scene()
    scene.enrol("Anna picosure")
    scene.join()
    anna = scene.people()[0]
    assert anna.consent is not None
    anna = replace(anna, consent=replace(anna.consent, photos=True))
    scene.work.patients.save(anna)
    album = FakeAlbum()
    album.keep(anna.id, "photo", b"cheek")
    return scene, anna, album


async def swept(scene: Scene, album: FakeAlbum) -> bool:
    """True while the photo is still there."""
    await KeepingPhotos(scene.records, scene.clock, a_library(), album).look()
    return bool(album.kept)


async def test_they_stay_for_the_course_and_thirty_days_and_not_one_day_more() -> None:
    scene, _, album = kept_for_anna()

    scene.clock.later(days=PLAN + AFTER)
    assert await swept(scene, album)
    scene.clock.later(days=1)

    assert not await swept(scene, album)


async def test_a_session_still_to_come_keeps_them() -> None:
    scene, anna, album = kept_for_anna()
    current = scene.work.enrolments.current(anna.id)
    assert current is not None
    next_on = scene.clock.now().date().replace(year=2027)
    scene.work.enrolments.save(replace(current, next_on=next_on))

    scene.clock.later(days=PLAN + AFTER + 60)

    assert await swept(scene, album)


@pytest.mark.parametrize("how", ["stopped by the patient", "ended by staff", "ended before the first session"])
async def test_a_course_that_ends_early_keeps_them_for_thirty_days_from_that_end(how: str) -> None:
    scene, anna, album = kept_for_anna()
    current = scene.work.enrolments.current(anna.id)
    assert current is not None
    scene.clock.later(days=3)
    if how == "stopped by the patient":
        scene.work.patients.save(anna.stop(at=scene.clock.now()))
    elif how == "ended by staff":
        scene.work.enrolments.save(current.close(at=scene.clock.now()))
    else:
        booked = replace(current, session_on=None)
        scene.work.enrolments.save(booked.close(EnrolmentStatus.CANCELLED, at=scene.clock.now()))

    scene.clock.later(days=AFTER)
    assert await swept(scene, album)
    scene.clock.later(days=1)

    assert not await swept(scene, album)


async def test_who_goes_on_after_stopping_keeps_them_to_the_planned_end() -> None:
    scene, anna, album = kept_for_anna()
    scene.clock.later(days=3)
    scene.work.patients.save(anna.stop(at=scene.clock.now()).resume())

    scene.clock.later(days=PLAN + AFTER - 3)

    assert await swept(scene, album)


@pytest.mark.parametrize("why", ["no yes", "unlinked", "wants to be deleted"])
async def test_without_the_patients_yes_they_go_at_once(why: str) -> None:
    scene, anna, album = kept_for_anna()
    assert anna.consent is not None
    without = {
        "no yes": replace(anna, consent=replace(anna.consent, photos=False)),
        "unlinked": replace(anna, consent=None, contact=None),
        "wants to be deleted": replace(anna, deletion_asked_at=scene.clock.now()),
    }
    scene.work.patients.save(without[why])

    assert not await swept(scene, album)


async def test_of_somebody_who_is_no_longer_there_nothing_stays() -> None:
    scene, _, album = kept_for_anna()
    album.keep(999, "photo", b"whose?")

    await swept(scene, album)

    assert album.owners() == [1]
