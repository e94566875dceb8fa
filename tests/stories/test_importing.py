"""A spreadsheet is sent to the bot, looked at, enrolled with one tap, printed and opened by the patients."""

import pypdfium2 as pdfium
import pytest
import zxingcpp

from bot.care.model.inbound import RawUpdate
from bot.playground.world import Message
from tests.pictures.photos import a_photo
from tests.stories.story import Story, text_of

EXCEL = (
    "\ufeffFirst name;Treatment;Session date;Next session;Record number;;\r\n"
    "Anna;PicoSure;19/11/2026;18/12/2026;0077;;\r\n"
    'Zoë;"pico laser";20/11/2026;;;;\r\n'
    ";;;;;;\r\n"
)
"""As saved by a spreadsheet: byte order mark, semicolons, day first, blank cells at the ends."""


async def sends(story: Story, content: bytes | str, name: str = "patients.csv", *, desk: bool = False) -> str:
    """A file of Maria's; gives what the bot said to it."""
    scene = story.scene
    chat = scene.desk if desk else scene.staff
    already = len(story.said_in(chat))
    asked = None
    if desk:
        asked = (await story.staff_writes("/import")).message_id
        already = len(story.said_in(chat))
    raw = content.encode() if isinstance(content, str) else content
    scene.playground.people.send_file("document", scene.staff, chat, raw, name=name, reply_to=asked)
    await story.until(lambda: len(story.said_in(chat)) > already)
    await story.settled()
    return "\n".join(story.said_in(chat)[already:])


def sheets(story: Story, chat: int) -> list[Message]:
    return [message for message in story.messages(chat) if "Links to print" in text_of(message)]


def links_on(story: Story, message: Message) -> list[str]:
    """What a phone reads off the printed page."""
    file = story.scene.playground.telegram.files.find(message.content["document"]["file_id"])
    assert file is not None
    document = pdfium.PdfDocument(file.content)
    found = [one.text for page in document for one in zxingcpp.read_barcodes(page.render(scale=3).to_numpy())]
    document.close()
    return found


async def running(story: Story) -> int:
    return await story.scene.premises.database.read(lambda work: len(work.enrolments.running()))


@pytest.mark.parametrize("desk", [False, True], ids=["in private", "at the desk"])
async def test_a_spreadsheet_as_it_is_saved_just_works(story: Story, *, desk: bool) -> None:
    chat = story.scene.desk if desk else story.scene.staff

    said = await sends(story, EXCEL, desk=desk)
    assert "2 can be enrolled" in said
    assert "Anna: PicoSure, session Thursday 19 November, next Friday 18 December" in said
    assert await running(story) == 0
    await story.staff_taps("Enrol 2 patients", chat=chat)

    assert await running(story) == 2
    assert "Enrolled: 2, A-1 to A-2" in "\n".join(story.said_in(chat))
    (sheet,) = sheets(story, chat)
    assert sheet.content["document"]["file_name"] == "links-2026-11-20.pdf"
    assert len(links_on(story, sheet)) == 2
    assert story.scene.playground.refusals == []


async def test_a_printed_link_is_opened_and_the_plan_begins(story: Story) -> None:
    await sends(story, "Name,Treatment,Session date,Ref\nAnna,picosure,2026-11-20,77\n")
    await story.staff_taps("Enrol 1 patient", chat=story.scene.staff)
    (link,) = links_on(story, sheets(story, story.scene.staff)[0])

    await story.agrees("Anna", link.partition("start=")[2])
    await story.later(days=1)

    assert any("Day 1." in text for text in story.heard("Anna"))
    assert "77" in text_of(await story.staff_writes("/patient A-1"))


async def test_everything_wrong_is_said_at_once_and_nothing_is_saved(story: Story) -> None:
    said = await sends(story, "Name;Treatment;Session date\nAnna;pikk;20.11.2026\n=cmd|' /C calc'!A0;pico;32.11.2026\n")

    assert all(f"Row {number}" in said for number in (2, 3))
    assert all(wrong in said for wrong in ("pikk", "=cmd|", "32.11.2026"))
    assert "\nAnna;" in said
    assert story._buttons(story.scene.staff) == []
    assert await running(story) == 0


async def test_dates_that_can_be_read_in_two_ways_are_asked_about(story: Story) -> None:
    said = await sends(story, "Name,Treatment,Session date\nAnna,pico,11/05/2026\n")
    assert "11/05/2026" in said

    await story.staff_taps("The month first", chat=story.scene.staff)
    assert "session Thursday 5 November" in story.said_in(story.scene.staff)[-1]
    await story.staff_taps("Enrol 1 patient", chat=story.scene.staff)

    assert await running(story) == 1


async def test_the_same_file_again_adds_nothing(story: Story) -> None:
    await sends(story, EXCEL)
    await story.staff_taps("Enrol 2 patients", chat=story.scene.staff)

    said = await sends(story, EXCEL)

    assert "nobody in this file is new" in said
    assert "A-1" in said
    assert await running(story) == 2


async def test_a_second_tap_adds_nothing_and_a_discarded_file_is_gone(story: Story) -> None:
    scene, people = story.scene, story.scene.playground.people
    await sends(story, EXCEL)
    message, button = next((m, b) for m, b in story._buttons(scene.staff) if "Enrol 2" in b["text"])
    for _ in range(2):
        people.tap(scene.staff, scene.staff, message.message_id, button["callback_data"])
    await story.settled()
    assert await running(story) == 2
    assert len(sheets(story, scene.staff)) == 1

    await sends(story, "Name;Treatment;Session date\nBen;pico;20.11.2026\n")
    await story.staff_taps("Discard", chat=scene.staff)

    assert "Discarded" in story.said_in(scene.staff)[-1]
    assert await running(story) == 2


async def test_a_long_list_of_faults_goes_along_as_a_file(story: Story) -> None:
    rows = "".join(f"P{number};pikk{number};20.11.2026\n" for number in range(300))

    said = await sends(story, f"Name;Treatment;Session date\n{rows}")

    assert "All that is wrong, row by row." in said
    documents = [m.content["document"] for m in story.messages(story.scene.staff) if "document" in m.content]
    file = story.scene.playground.telegram.files.find(documents[-1]["file_id"])
    assert file is not None
    assert file.content.decode().count("Row ") == 300


@pytest.mark.parametrize(
    ("name", "content", "why"),
    [
        ("patients.xlsx", b"PK\x03\x04 and more", "This is a workbook"),
        ("patients.csv", b"x" * (5 * 1024 * 1024 + 1), "too big"),
        ("patients.csv", b" \r\n", "empty"),
    ],
)
async def test_what_is_no_table_is_refused_with_the_way_to_make_it_one(
    story: Story, name: str, content: bytes, why: str
) -> None:
    assert why in await sends(story, content, name)


async def test_how_it_goes_is_explained_with_a_file_that_works(story: Story) -> None:
    scene = story.scene
    scene.playground.people.write(scene.staff, scene.staff, "/import")
    await story.until(lambda: "An example" in "".join(story.said_in(scene.staff)[-1:]))
    await story.settled()

    document = story.messages(scene.staff)[-1].content["document"]
    example = scene.playground.telegram.files.find(document["file_id"])
    assert example is not None
    assert "2 can be enrolled" in await sends(story, example.content, document["file_name"])


async def test_a_patients_file_is_passed_on_as_it_always_was(story: Story) -> None:
    await story.agrees("Anna", await story.enrol("Anna picosure"))
    anna = story.person("Anna")

    story.scene.playground.people.send_file("document", anna, anna, EXCEL.encode(), name="patients.csv")
    await story.until(lambda: any("document" in said for said in story.desk_heard()[-2:]))
    await story.settled()

    assert await running(story) == 1


async def test_while_another_replica_enrols_a_file_it_is_said_and_the_other_is_left_to_finish(story: Story) -> None:
    scene, database = story.scene, story.scene.premises.database
    other, raw = scene.premises.house.importing.importing, EXCEL.encode()
    await sends(story, EXCEL)
    roster = await other.look(database, raw)
    staged = await other.stage(database, raw, roster, by=scene.staff)

    await story.staff_taps("Enrol 2 patients", chat=scene.staff)
    assert "being enrolled already" in story.said_in(scene.staff)[-1]
    assert len(await waiting(story)) == 1
    assert await database.write(lambda work: other.go_live(work, staged, "other", at=scene.premises.clock.now()))
    assert await running(story) == 2

    await resumed(story)
    assert "nobody in this file is new" in story.said_in(scene.staff)[-1]
    assert (await running(story), await waiting(story)) == (2, [])


async def test_what_another_replica_gave_up_is_enrolled_by_the_tap_that_waited(story: Story) -> None:
    scene, database = story.scene, story.scene.premises.database
    other, raw = scene.premises.house.importing.importing, EXCEL.encode()
    await sends(story, EXCEL)
    staged = await other.stage(database, raw, await other.look(database, raw), by=scene.staff)
    await story.staff_taps("Enrol 2 patients", chat=scene.staff)

    await resumed(story)
    assert (await running(story), len(await waiting(story))) == (0, 1)
    await database.write(lambda work: work.batches.give_up(staged.batch))
    await resumed(story)

    assert (await running(story), await waiting(story)) == (2, [])
    assert len(sheets(story, scene.staff)) == 1


async def waiting(story: Story) -> list[RawUpdate]:
    return await story.scene.premises.database.read(lambda work: list(work.inbox.waiting()))


async def resumed(story: Story) -> None:
    """As the round does it."""
    await story.scene.premises.intake.resume()
    await story.scene.premises.intake.settled()
    await story.settled()


async def test_a_table_that_answers_a_patient_is_not_passed_on_and_enrols_nobody(story: Story) -> None:
    scene, anna = story.scene, story.person("Anna")
    await story.agrees("Anna", await story.enrol("Anna picosure"))
    scene.playground.people.send_file("photo", anna, anna, a_photo(), caption="is this right?")
    await story.until(lambda: "photo" in story.messages(scene.desk)[-1].content)
    await story.settled()
    relayed, already = story.messages(scene.desk)[-1], len(story.messages(anna))

    scene.playground.people.send_file(
        "document", scene.staff, scene.desk, EXCEL.encode(), name="your-plan.csv", reply_to=relayed.message_id
    )
    await story.settled()

    assert story.desk_heard()[-1].startswith("Not sent: I pass on")
    assert len(story.messages(anna)) == already
    assert not any("can be enrolled" in said for said in story.desk_heard())
