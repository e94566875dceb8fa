"""The first and the newest picture of a course, for whoever looks at the patient's card."""

from dataclasses import replace
from datetime import timedelta

import pytest

from bot.care.model.escalation import Closing, Escalation
from bot.care.model.inbound import Entry, Heard
from bot.care.model.people import Patient
from bot.care.model.raising import SELF_HARM
from bot.care.model.sent_file import FileKind, SentFile
from bot.care.model.triage import Level
from tests.care.scene import CLARA, Scene, a_scene

PDF = "application/pdf"
LABEL = "Photos: first and newest"


def a_picture(name: str, mime: str = "image/jpeg") -> SentFile:
    return SentFile(name, FileKind.PHOTO if mime != PDF else FileKind.DOCUMENT, 9, mime)


def in_care(*, photos: bool = True) -> tuple[Scene, Patient]:
    scene = a_scene()
    scene.enrol("Anna picosure next=+6w")
    scene.join()
    anna = scene.people()[0]
    assert anna.consent is not None
    anna = replace(anna, consent=replace(anna.consent, photos=photos))
    scene.work.patients.save(anna)
    return scene, anna


def sends(scene: Scene, anna: Patient, *files: SentFile, days: int = 0) -> None:
    scene.clock.later(days=days)
    for file in files:
        at = scene.clock.now()
        scene.work.diary.add(Entry(anna.id, at, Heard.PASSED_ON, "", 1001, next(scene.ids), "media", file=file))


def test_the_first_and_the_newest_stand_beside_each_other_with_their_days() -> None:
    scene, anna = in_care()
    sends(scene, anna, a_picture("first"))
    sends(scene, anna, a_picture("second"), a_picture("leaflet", PDF), days=7)
    sends(scene, anna, a_picture("newest"), a_picture("another leaflet", PDF), days=7)

    scene.office.seeing.patient(scene.work, CLARA, "A-1")
    scene.tap(CLARA, LABEL)

    act = next(act for _, act in reversed(scene.arrived) if act.pair)
    assert [file.id for file in act.pair] == ["first", "newest"]
    assert act.album == anna.id
    assert "Left: day 0, 20 November. Right: day 14, 4 December." in act.text
    assert scene.audited()[-2:] == ["patient", "compare-photos"]


@pytest.mark.parametrize(
    ("files", "photos"),
    [
        pytest.param(("only",), True, id="one picture"),
        pytest.param((), True, id="none"),
        pytest.param(("one", "two"), False, id="no yes to photos"),
    ],
)
def test_without_two_pictures_or_a_yes_to_them_there_is_no_button(files: tuple[str, ...], *, photos: bool) -> None:
    scene, anna = in_care(photos=photos)
    sends(scene, anna, *map(a_picture, files))

    scene.office.seeing.patient(scene.work, CLARA, "A-1")

    assert LABEL not in scene.buttons(CLARA)


def test_pictures_from_before_this_session_are_not_compared() -> None:
    scene, anna = in_care()
    at = scene.clock.now() - timedelta(days=30)
    scene.work.diary.add(Entry(anna.id, at, Heard.PASSED_ON, "", 1001, 1, "media", file=a_picture("old")))
    sends(scene, anna, a_picture("new"))

    scene.office.seeing.patient(scene.work, CLARA, "A-1")

    assert LABEL not in scene.buttons(CLARA)


def test_a_picture_sent_beside_something_confided_is_never_shown_around() -> None:
    scene, anna = in_care()
    sends(scene, anna, a_picture("first"))
    scene.clock.later(days=1)
    told = Escalation(anna.id, scene.clock.now(), Level.EMERGENCY, SELF_HARM, "...", private_since=scene.clock.now())
    case = scene.work.escalations.add(told)
    sends(scene, anna, a_picture("private"))
    scene.work.escalations.save(case.close(CLARA.account, Closing.ADVICE, at=scene.clock.now()))
    scene.clock.later(days=7)

    scene.office.seeing.patient(scene.work, CLARA, "A-1")

    assert LABEL not in scene.buttons(CLARA)
