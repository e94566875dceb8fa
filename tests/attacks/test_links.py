"""A link belongs to whoever used it first, and staff hear of everybody else."""

from tests.attacks.intruder import Intruder, private
from tests.stories.story import Story

YES, AGREE = "Yes, that is me", "I agree"


async def test_of_many_who_hold_one_link_one_gets_in_and_staff_are_told(story: Story, intruder: Intruder) -> None:
    payload = await story.enrol("Anna picosure")
    crowd = intruder.crowd(30)

    for account in crowd:
        intruder.writes(account, f"/start {payload}")
    await story.settled()
    for chat, message, data in intruder.buttons(crowd, YES):
        intruder.taps(chat, private(chat), message, data)
    await story.settled()

    assert len(intruder.buttons(crowd, AGREE)) == 1
    assert any("another account" in text for text in story.desk_heard())
    assert (await intruder.reads(lambda work: work.patients.get(1))).consent is None


async def test_a_payload_in_a_group_opens_nothing(story: Story, intruder: Intruder) -> None:
    payload = await story.enrol("Anna picosure")

    intruder.writes(4242, f"/start {payload}", chat=intruder.desk)
    await story.settled()

    held = await intruder.reads(lambda work: work.invitations.latest(1))
    assert held is not None
    assert held.used_at is None
