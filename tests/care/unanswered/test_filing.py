"""Nothing is filed before its effect was read, and whatever stands in the way is said plainly."""

from dataclasses import replace

import pytest

from bot.care.model.people import Role
from bot.care.model.unanswered import ELSE, End, FilingState, Outcome
from bot.care.services.filing_round import LEASE
from tests.care.scene import CLARA, MARIA, RITA, at_desk
from tests.care.unanswered.shelves import EFFECT, WORSE, BrokenOn, a_study

OIL = "can i use castor oil"


async def test_alike_messages_are_one_group_and_the_most_frequent_comes_first() -> None:
    study = a_study()
    study.hears("what about goat milk", OIL, OIL, "and clay", OIL)
    await study.works()

    study.office.unanswered.command(study.work, at_desk(MARIA))

    text = study.last(at_desk(MARIA))
    assert f"1.</b> “{OIL}” (3×, 20 November)" in text
    assert "2.</b> “and clay” (1×" in text
    assert study.buttons(at_desk(MARIA)) == ["1", "2", "3"]


async def test_a_long_list_is_turned_page_by_page() -> None:
    study = a_study()
    study.hears(*(f"message {letter}" for letter in "abcdefg"))
    await study.works()

    study.office.unanswered.command(study.work, MARIA)
    study.tap(MARIA, "▶")

    assert "page 2 of 2" in study.last(MARIA)
    assert study.buttons(MARIA) == ["6", "7", "◀"]


def test_an_empty_list_says_so() -> None:
    study = a_study()

    study.office.unanswered.command(study.work, CLARA)

    assert study.last(CLARA).startswith("Nothing waits")


async def test_a_group_shows_what_was_done_and_offers_first_what_patients_chose() -> None:
    study = a_study()
    study.hears(OIL, chosen="cleansing")
    study.hears(OIL, answered="makeup", chosen=ELSE)
    await study.works()

    study.opens(MARIA)

    text = study.last(MARIA)
    assert "I was not sure. I answered with <b>Makeup</b>." in text
    assert "(1×)" in text
    titles = study.library.shelf.topics("en")
    assert study.buttons(MARIA) == [
        *(titles[topic].title for topic in ("cleansing", "moisturiser", "itching")),
        "Another topic",
        "Not for us",
        "Drop",
        "Back to the list",
    ]


async def test_nothing_is_saved_before_its_effect_was_read() -> None:
    study = a_study()
    study.hears(OIL, OIL)
    await study.works()
    study.cabinet.weighs = Outcome(End.DONE, print="abc", effect=WORSE)
    moisturiser = study.library.shelf.topics("en")["moisturiser"].title

    study.opens(MARIA)
    study.tap(MARIA, moisturiser)
    first = study.last(MARIA)
    await study.works()
    effect = study.last(MARIA)
    unsaved = (list(study.cabinet.lines), study.waiting())
    study.tap(MARIA, "Save")
    await study.works()

    assert "Working on it" in first
    assert "Right topic first: 84.2% (1600 of 1900), then 84.2% (1601 of 1901)" in effect
    assert "Gets worse: 2" in effect
    assert "“fenty when” (Makeup) would be answered with Sunscreen" in effect
    assert "asked first whether it is a danger sign" in effect
    assert unsaved == ([], [OIL, OIL])
    assert "Messages filed with it: 2" in study.last(MARIA)
    assert [line.target for line in study.cabinet.lines] == ["moisturiser"]
    assert study.waiting() == []
    assert study.audited()[-1] == "file-phrasing"


async def test_what_was_saved_can_be_taken_out_and_waits_again() -> None:
    study = a_study()
    study.hears(OIL)
    await study.weighs(MARIA, study.library.shelf.topics("en")["moisturiser"].title)
    study.tap(MARIA, "Save")
    await study.works()

    study.tap(MARIA, "Take it out again")
    await study.works()

    assert study.cabinet.lines == []
    assert study.waiting() == [OIL]
    assert study.audited()[-1] == "take-out-phrasing"


async def test_what_is_discarded_stays_in_the_list() -> None:
    study = a_study()
    study.hears(OIL)
    await study.weighs(MARIA, "Itching")

    study.tap(MARIA, "Discard")
    study.tap(MARIA, "Save")
    await study.works()

    assert "decided already" in study.last(MARIA)
    assert study.cabinet.lines == []
    assert study.waiting() == [OIL]


async def test_what_is_about_symptoms_is_saved_by_a_clinician_only() -> None:
    study = a_study()
    study.hears(OIL)
    await study.weighs(MARIA, "Itching")

    study.tap(MARIA, "Save")
    await study.works()
    asked = (study.last(MARIA), study.last(CLARA), list(study.cabinet.lines))
    study.tap(CLARA, "Save")
    await study.works()

    assert "I asked Clara" in asked[0]
    assert "Maria asks you" in asked[1]
    assert asked[2] == []
    assert [line.target for line in study.cabinet.lines] == ["itching"]
    assert "Saved under" in study.last(CLARA)


async def test_only_a_clinician_says_that_words_close_to_a_symptom_topic_are_not_for_us() -> None:
    study = a_study()
    study.hears("my cheek weeps", near=("moisturiser", "itching"))
    study.opens(MARIA)
    study.tap(MARIA, "Not for us")
    study.tap(MARIA, "pets")
    await study.works()
    effect = study.last(MARIA)

    study.tap(MARIA, "Save")
    await study.works()
    before = list(study.cabinet.lines)
    study.tap(CLARA, "Save")
    await study.works()

    assert "a clinician saves it" in effect
    assert before == []
    assert [line.target for line in study.cabinet.lines] == ["~pets"]


async def test_what_a_clinician_had_to_save_only_a_clinician_takes_out() -> None:
    study = a_study()
    study.hears(OIL)
    await study.weighs(at_desk(CLARA), "Itching")
    study.tap(at_desk(CLARA), "Save")
    await study.works()

    study.tap(at_desk(MARIA), "Take it out again")
    await study.works()
    asked = (study.last(at_desk(MARIA)), study.last(CLARA), list(study.cabinet.lines))
    study.tap(CLARA, "Take it out again")
    await study.works()

    assert "I asked Clara" in asked[0]
    assert "Maria asks you, as a clinician, whether this may be taken out again" in asked[1]
    assert len(asked[2]) == 1
    assert study.cabinet.lines == []
    assert "Taken out" in study.last(CLARA)


async def test_without_a_clinician_nothing_about_symptoms_is_taken_out() -> None:
    study = a_study()
    study.hears(OIL)
    await study.weighs(at_desk(CLARA), "Itching")
    study.tap(at_desk(CLARA), "Save")
    await study.works()
    clara = study.work.team.member(CLARA.account)
    assert clara is not None
    study.work.team.save(replace(clara, role=Role.RECEPTION))

    study.tap(at_desk(MARIA), "Take it out again")
    await study.works()

    assert "Not taken out" in study.last(at_desk(MARIA))
    assert study.buttons(at_desk(MARIA)) == ["Take it out again"]
    assert len(study.cabinet.lines) == 1


async def test_without_a_clinician_it_is_said_that_one_is_missing() -> None:
    study = a_study()
    clara = study.work.team.member(CLARA.account)
    assert clara is not None
    study.work.team.save(replace(clara, role=Role.RECEPTION))
    study.hears(OIL)
    await study.weighs(MARIA, "Itching")

    study.tap(MARIA, "Save")
    await study.works()

    assert "no clinician on the team" in study.last(MARIA)
    assert study.cabinet.lines == []


async def test_reception_changes_nothing_with_a_button_at_the_desk() -> None:
    study = a_study()
    study.hears(OIL)
    await study.works()
    study.opens(at_desk(MARIA))

    study.tap(at_desk(RITA), "Drop")

    assert study.waiting() == [OIL]


async def test_a_family_of_what_is_not_ours_takes_it_as_well() -> None:
    study = a_study()
    study.hears("my cat ate the tube", near=("moisturiser",))
    study.opens(MARIA)

    study.tap(MARIA, "Not for us")
    study.tap(MARIA, "pets")
    await study.works()
    study.tap(MARIA, "Save")
    await study.works()

    assert [line.target for line in study.cabinet.lines] == ["~pets"]


async def test_what_is_dropped_is_gone_and_the_list_says_so_to_whoever_comes_late() -> None:
    study = a_study()
    study.hears(OIL)
    study.opens(MARIA)
    study.opens(CLARA)

    study.tap(CLARA, "Drop")
    study.tap(MARIA, "Itching")

    assert study.records.memory.unanswered == {}
    assert "no longer here" in study.last(MARIA)
    assert study.audited()[-1] == "drop-unanswered"


@pytest.mark.parametrize(
    ("outcome", "said"),
    [
        (Outcome(End.THERE, reasons=("makeup",)), "already, under <b>Makeup</b>"),
        (Outcome(End.DANGER, reasons=("RF-U1",)), "raise a danger sign"),
        (Outcome(End.REFUSED, reasons=("en/faq/itching.toml:3: <broken>",)), "itching.toml:3: &lt;broken&gt;"),
        (Outcome(End.READ_ONLY, reasons=("content/en: Read-only file system",)), "Read-only file system"),
        (Outcome(End.NO_TOPIC, reasons=("fr/faq/x.toml",)), "fr/faq/x.toml"),
    ],
    ids=lambda value: value.end if isinstance(value, Outcome) else "",
)
async def test_what_cannot_be_filed_says_why(outcome: Outcome, said: str) -> None:
    study = a_study()
    study.hears(OIL)
    study.cabinet.weighs = outcome

    await study.weighs(MARIA, "Itching")

    assert said in study.last(MARIA)
    assert study.buttons(MARIA) == ["Back to the list"]


async def test_a_file_that_changed_meanwhile_is_weighed_anew_before_anything_is_written() -> None:
    study = a_study()
    study.hears(OIL)
    await study.weighs(CLARA, "Itching")
    study.cabinet.files = Outcome(End.CHANGED)

    study.tap(CLARA, "Save")
    await study.works()
    changed = study.last(CLARA)
    study.cabinet.files = Outcome(End.DONE)
    await study.works()
    anew = study.last(CLARA)
    study.tap(CLARA, "Save")
    await study.works()

    assert "changed this topic's file meanwhile" in changed
    assert "before and after" in anew
    assert "Saved under" in study.last(CLARA)


async def test_a_folder_that_cannot_be_written_can_be_tried_again() -> None:
    study = a_study()
    study.hears(OIL)
    await study.weighs(CLARA, "Itching")
    study.cabinet.files = Outcome(End.READ_ONLY, reasons=("content: Permission denied",))

    study.tap(CLARA, "Save")
    await study.works()
    refused = study.last(CLARA)
    study.cabinet.files = Outcome(End.DONE)
    study.tap(CLARA, "Save")
    await study.works()

    assert "Permission denied" in refused
    assert "Saved under" in study.last(CLARA)


async def test_what_was_written_before_a_restart_counts_as_saved() -> None:
    study = a_study()
    study.hears(OIL)
    await study.weighs(CLARA, "Itching")
    study.cabinet.files = Outcome(End.THERE, reasons=("itching",))

    study.tap(CLARA, "Save")
    await study.works()

    assert "Saved under" in study.last(CLARA)


async def test_two_processes_that_worked_on_the_same_tell_of_it_once() -> None:
    study = a_study()
    study.hears(OIL)
    await study.weighs(CLARA, "Itching")
    study.tap(CLARA, "Save")
    (under_way,) = study.work.filings.in_state(FilingState.SAVING)

    for _ in range(2):
        study.office.unanswered.filing.came_out(study.work, under_way, Outcome(End.DONE), at=study.clock.now())

    assert study.audited().count("file-phrasing") == 1
    assert sum("Saved under" in said for said in study.heard(CLARA)) == 1


async def test_a_mistake_of_ours_is_told_and_not_tried_for_ever() -> None:
    study = a_study()
    study.hears(OIL)
    study.cabinet.broken = True

    await study.weighs(MARIA, "Itching")
    told = study.last(MARIA)
    await study.works()

    assert "something went wrong on my side (ValueError)" in told
    assert OIL not in told.partition("Not saved")[2]
    assert study.last(MARIA) == told
    assert EFFECT.worse == ()


async def test_what_another_process_works_on_is_left_to_it_until_its_lease_is_over() -> None:
    study = a_study()
    study.hears(OIL)
    study.opens(MARIA)
    study.tap(MARIA, "Itching")
    (under_way,) = study.work.filings.in_state(FilingState.WEIGHING)
    study.work.filings.claim(under_way, lease=LEASE)

    await study.works()
    left = study.work.filings.get(under_way.id).state
    study.records.machine.advance(LEASE)
    await study.works()

    assert left is FilingState.WEIGHING
    assert study.work.filings.get(under_way.id).state is FilingState.READY


async def test_a_message_that_cannot_be_compared_is_a_group_of_its_own_and_holds_nothing_up(
    caplog: pytest.LogCaptureFixture,
) -> None:
    study = a_study()
    study.hears(OIL, "broken", OIL)
    study.round = replace(study.round, likeness=BrokenOn("broken"))

    await study.weighs(MARIA, "Itching")

    assert "before and after" in study.last(MARIA)
    assert len({row.group for row in study.work.unanswered.waiting()}) == 2
    assert [record.event for record in caplog.records if hasattr(record, "event")] == ["comparing_failed"]
    assert "broken" not in caplog.text
