"""Whatever people are called and write, messages arrive, whole and as words."""

from bot.care.model.delivery import DeliveryState
from tests.attacks.intruder import Intruder
from tests.stories.story import Story, text_of


async def test_names_that_would_break_or_turn_words_are_refused(story: Story) -> None:
    for name in ("<3", "<b>", "{{ clinic_phone }}", "{% if x %}", "\u202egnp", "\u200b\u200b", "A" * 41):
        answer = text_of(await story.staff_writes(f'/enroll name="{name}" treatment=picosure'))

        assert answer.startswith("Nothing was saved"), name


async def test_an_alert_arrives_however_long_the_record_number_is(story: Story) -> None:
    await story.agrees("Anna", await story.enrol(f"Anna picosure ref={'R' * 3_000}"))

    await story.writes("Anna", "my cheek is leaking yellow stuff " + "<&>" * 600)

    assert any("URGENT" in text and "leaking yellow stuff" in text for text in story.desk_heard())
    assert story.scene.playground.refusals == []


async def test_answers_to_very_long_lines_arrive_shortened(story: Story, intruder: Intruder) -> None:
    for line in (
        "/patient ",
        "/enroll ",
        "/templates ",
        "/staff add 5 admin ",
        f"/staff add {'9' * 900} admin ",
        "/cancel ",
    ):
        answered = await story.staff_writes(line + "<&" * 1_500)
        assert text_of(answered)

    assert await intruder.reads(lambda work: work.outbox.in_state(DeliveryState.FAILED)) == []
    assert await intruder.reads(lambda work: work.inbox.quarantined()) == []


async def test_odd_words_of_a_patient_are_answered(story: Story) -> None:
    await story.agrees("Anna", await story.enrol("Anna picosure"))

    for words in ("<b>&amp;{{x}}" * 300, "😀" * 2_048, "\u202e" * 4_000 + "x", "\u200b" * 4_000 + "x", "a\0b"):
        assert text_of(await story.writes("Anna", words))

    assert story.scene.playground.refusals == []
