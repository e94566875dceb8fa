"""Words are previewed as a made-up patient of any area and surface reads them, or as a patient in progress does."""

from dataclasses import replace

import pytest

from bot.care.model.enrolment import Area, Surface
from bot.care.model.inbound import Sender, Tap
from bot.care.model.revision import Draft, DraftState, Item
from bot.care.services.sampling import Sample
from tests.care.content.newsroom import Newsroom, a_newsroom
from tests.care.scene import ANNA, BERT, CLARA, MARIA, RITA

DAY_3 = ("Treatments, day by day", "PicoSure", "Day 3 (PS-03)", "Short safety line")
SAFETY = Item("en", "steps/picosure/PS-03/safety")
OTHER = "Another day or patient"
NEW = "Dear {{ first_name }}, {{ day_words }}: {{ urgent_route }}."


@pytest.fixture
def room() -> Newsroom:
    room = a_newsroom()
    room.enrol("Anna picosure area=neck")
    room.join(ANNA)
    room.enrol("Bert resurfacing")
    room.join(BERT)
    return room


def the_draft(room: Newsroom) -> Draft:
    return list(room.records.memory.drafts.values())[-1]


@pytest.mark.parametrize(
    "sample",
    [
        Sample("picosure", 3),
        Sample("picosure", -7, area=Area.NECK),
        Sample("picosure", 3, surface=Surface.REMOVED),
        Sample("picosure", 3, Area.BACK, Surface.MICRO_WOUNDS),
    ],
)
def test_a_made_up_patient_is_read_as_written(sample: Sample) -> None:
    assert Sample.named(str(sample)) == sample


def test_the_area_and_surface_chosen_decide_what_is_read(room: Newsroom) -> None:
    pages, at = room.office.browsing.pages, room.clock.now()
    written = pages.written(SAFETY)
    assert written is not None
    on_face = replace(written, when={"face": ("yes",)})

    facts = pages.sampling.facts(Sample("picosure", 3, Area.NECK, Surface.REMOVED), SAFETY, on_face, at=at)

    assert (facts["area"], facts["face"]) == ("neck", "no")
    assert (facts["surface"], facts["protocol"]) == ("removed", "resurfacing")


async def test_a_draft_is_previewed_for_another_area_and_keeps_it_on_another_day(room: Newsroom) -> None:
    await room.drafts(MARIA, NEW, *DAY_3)
    for label in (OTHER, "neck", OTHER, "micro-wounds", OTHER, "Day 7"):
        room.tap(MARIA, label)

    assert "As Anna (PicoSure, Day 7, neck, micro-wounds)" in room.last(MARIA)
    assert the_draft(room).sample == "picosure 7 neck micro-wounds"


async def test_a_draft_is_read_as_a_patient_in_progress_on_the_day_of_their_message(room: Newsroom) -> None:
    await room.drafts(MARIA, NEW, *DAY_3)
    before = the_draft(room)
    room.tap(MARIA, OTHER)
    offered = [label for label in room.buttons(MARIA) if label.startswith("As ")]
    room.tap(MARIA, "As A-1")
    seen = room.last(MARIA)

    assert offered == ["As A-1"]
    assert "As Anna (A-1) would read it, 23 November, 09:30" in seen
    assert "Dear Anna, Day 3: " in seen
    assert "Publish" in room.buttons(MARIA)
    assert room.audited()[-1] == "patient"
    # nothing of them is kept with what may go live
    assert the_draft(room) == before


async def test_what_goes_live_after_it_was_read_as_a_patient_is_what_was_written(room: Newsroom) -> None:
    await room.drafts(MARIA, NEW, *DAY_3)
    room.tap(MARIA, OTHER)
    room.tap(MARIA, "As A-1")
    room.tap(MARIA, "Publish")
    asked = room.last(CLARA)
    room.tap(CLARA, "Publish")
    await room.works()

    assert "As Anna (PicoSure, Day 3)" in asked
    assert "A-1" not in asked
    assert room.press.says == {SAFETY: NEW}


async def test_a_draft_that_is_gone_says_so_and_nobody_was_looked_at(room: Newsroom) -> None:
    await room.drafts(MARIA, NEW, *DAY_3)
    room.tap(MARIA, OTHER)
    room.records.memory.drafts.clear()

    room.tap(MARIA, "As A-1")

    assert "decided already" in room.last(MARIA)
    assert "patient" not in room.audited()


async def test_a_draft_that_was_decided_says_so_and_nobody_was_looked_at(room: Newsroom) -> None:
    await room.drafts(MARIA, NEW, *DAY_3)
    room.tap(MARIA, OTHER)
    draft = the_draft(room)
    room.work.drafts.turn(draft.turned(DraftState.ENDED), was=draft.state)

    room.tap(MARIA, "As A-1")

    assert "decided already" in room.last(MARIA)
    assert "patient" not in room.audited()


def test_words_in_use_are_read_as_a_patient_too(room: Newsroom) -> None:
    room.opens(CLARA, *DAY_3, OTHER, "As A-1")

    assert "As Anna (A-1) would read it" in room.last(CLARA)
    assert "{{" not in room.last(CLARA)


def test_another_treatment_offers_its_own_patients(room: Newsroom) -> None:
    room.opens(MARIA, "Answers to questions", "▶", "Makeup", "Answer, makeup: open")
    for label in (OTHER, "Laser resurfacing", "Day 3", OTHER):
        room.tap(MARIA, label)

    assert [label for label in room.buttons(MARIA) if label.startswith("As ")] == ["As A-2"]


@pytest.mark.parametrize("who", [RITA, BERT])
def test_whoever_may_not_look_through_the_words_sees_no_patient_by_them(room: Newsroom, who: Sender) -> None:
    tap = Tap("token", "content-patient", ("item", str(SAFETY), "A-1"), who.chat, 0, "As A-1", message_id=1)

    room.office.browsing.patient(room.work, who, tap)

    assert "would read it" not in "".join(room.heard(who))
