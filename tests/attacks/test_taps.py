"""Data of buttons that were made up, changed, or taken from elsewhere changes nothing."""

from random import Random

from tests.attacks.intruder import Intruder, group, private
from tests.stories.story import Story

TRIES = 300
SIGNS = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_"
ODD = ("", "'; drop table tap;--", "../../../etc", "\0", "😀" * 16, "A" * 64)


async def test_forged_taps_change_nothing(story: Story, intruder: Intruder) -> None:
    await story.agrees("Anna", await story.enrol("Anna picosure"))
    await story.staff_writes("/patient A-1")
    await story.staff_writes("/cancel A-1")
    await story.writes("Anna", "/pause")
    await story.writes("Anna", "STOP")
    await story.later(minutes=2)  # nothing falls due by itself while the taps come
    live = intruder.buttons((story.scene.desk, story.person("Anna")))
    before = await intruder.reads(lambda work: (work.patients.get(1), work.enrolments.course(1), work.audit.tail(999)))
    said = [*story.desk_heard(), *story.heard("Anna")]

    rng = Random(20261120)
    for number in range(TRIES):
        chat, message, data = rng.choice(live)
        stranger, place = 9_000_000 + number % 100, group(chat) if chat < 0 else private(chat)
        at = rng.randrange(len(data))
        intruder.taps(chat if chat > 0 else stranger, place, message, data[:at] + "~" + data[at + 1 :])
        intruder.taps(stranger, place, message, "".join(rng.choices(SIGNS, k=22)))
        intruder.taps(stranger, private(stranger), message, data)
        intruder.taps(stranger, place, message + 1_000, data)
        intruder.taps(stranger, place, message, rng.choice(ODD))
        if chat > 0:
            intruder.taps(stranger, place, message, data)
    await story.settled()

    assert before == await intruder.reads(
        lambda work: (work.patients.get(1), work.enrolments.course(1), work.audit.tail(999))
    )
    assert said == [*story.desk_heard(), *story.heard("Anna")]
