"""Another day or hour is written where it stands, with whatever leans on the step, and nothing else is touched."""

from dataclasses import replace
from datetime import time

import pytest
import tomli

from bot.care.model.protocol import Late, Protocol
from bot.care.model.timing import Timing, retimed
from bot.library.folder import read
from bot.library.loading import inspect
from bot.library.retiming import step_of, with_timing
from bot.library.rewording import NoSuchWords
from tests.own_content import CONTENT
from tests.standing_library import the_shelf

PICOSURE = "protocols/picosure.toml"


def picosure() -> Protocol:
    return the_shelf().protocols["picosure"]


def asking(step: str, *asks: str) -> Timing:
    found = picosure().step(step)
    assert found is not None
    return replace(Timing.of(found), asks=asks)


def test_a_step_moves_with_how_long_it_is_useful_and_with_the_repetition_of_its_question() -> None:
    before = picosure()

    after = retimed(before, "PS-03", Timing(5, time(10), Late.FOLD))

    moved = {old.id: (new.day - old.day, new.until.day - old.until.day)
             for old, new in zip(before.steps, after.steps, strict=True) if old != new}  # fmt: skip
    assert moved == {"PS-03": (2, 2), "PS-03-again": (2, 2)}
    step = after.step("PS-03")
    assert step is not None
    assert step.at == time(10)


def test_a_late_variant_waits_for_the_new_day_and_is_useful_as_long_as_before() -> None:
    before = picosure().step("PRE-14-late")

    after = retimed(picosure(), "PRE-14", Timing(16, None, Late.DROP)).step("PRE-14-late")

    assert before is not None
    assert after is not None
    assert (after.day, after.until) == (before.day + 2, before.until)


def test_the_file_says_the_new_timing_and_every_other_line_stands() -> None:
    folder = read(CONTENT)

    found = with_timing(folder, "picosure", "PS-03", Timing(4, time(10), Late.DROP))

    old, new = folder.files[PICOSURE].decode().splitlines(), found.text.splitlines()
    assert len(old) == len(new)
    changed = {line for was, line in zip(old, new, strict=True) if was != line}
    assert changed == {"day = 4", "day = 5", "at = 10:00:00", 'late = "drop"', "until = { day = 5, at = 18:00:00 }",
                       "until = { day = 5 }"}  # fmt: skip
    assert inspect(found.snapshot).report.clean


def test_put_back_it_is_the_file_as_it_was() -> None:
    folder = read(CONTENT)
    step = picosure().step("PS-07")
    assert step is not None

    moved = with_timing(folder, "picosure", "PS-07", Timing(9, time(11), Late.SEND))
    back = with_timing(moved.snapshot, "picosure", "PS-07", Timing.of(step))

    assert moved.text != back.text
    assert back.text == folder.files[PICOSURE].decode()


def test_a_step_that_would_be_over_before_its_hour_is_refused_with_its_place() -> None:
    folder = read(CONTENT)
    text = folder.files[PICOSURE].decode().replace("until = { day = 4, at = 18:00:00 }", "until = { day = 2 }")
    folder.files[PICOSURE] = text.encode()

    faults = [str(fault) for fault in inspect(folder).report.faults]

    assert len(faults) == 1
    assert "PS-03 would never be sent" in faults[0]


def test_questions_are_written_in_their_new_order_with_what_stands_above_them_and_nothing_else_is_touched() -> None:
    folder = read(CONTENT)
    text = folder.files[PICOSURE].decode()
    pain = '[[step.ask]]\nid = "pain"\nkind = "pain10"\n'
    redness = '[[step.ask]]\nid = "redness"\nkind = "r4"\n'
    folder.files[PICOSURE] = text.replace(
        f"{pain}\n{redness}", f"{pain}\n# Patients like this one.\n{redness}", 1
    ).encode()

    found = with_timing(folder, "picosure", "PS-01", asking("PS-01", "redness:r4", "pain:pain10"))

    said = f"# Patients like this one.\n{redness}\n{pain}"
    once_more = text.index(pain, text.index(pain) + 1)
    again = f"{redness}\n{pain}"
    rest = text[once_more:].replace(f"{pain}\n{redness}", again, 1)
    assert found.text == f"{text[:once_more].replace(f'{pain}{chr(10)}{redness}', said, 1)}{rest}"
    assert inspect(found.snapshot).report.clean


def test_a_question_put_on_and_taken_off_again_leaves_the_file_as_it_was() -> None:
    folder = read(CONTENT)

    asked = with_timing(folder, "picosure", "PS-07", asking("PS-07", "skin:choice", "pain:pain10", "photo:photo"))
    back = with_timing(asked.snapshot, "picosure", "PS-07", asking("PS-07", "skin:choice"))

    step = step_of(asked.snapshot, "picosure", "PS-07")
    assert [(ask.id, ask.only_if) for ask in step.asks if not ask.follow_up] == [
        ("skin", ()), ("pain", ()), ("photo", ("bad-answer", "photos-agreed")),
    ]  # fmt: skip
    # it is asked in the general words
    assert inspect(asked.snapshot).report.clean
    assert back.text == folder.files[PICOSURE].decode()


def test_a_question_taken_off_leaves_its_words_behind_and_is_not_repeated_either() -> None:
    found = with_timing(read(CONTENT), "picosure", "PS-03", asking("PS-03", "pain:pain10"))
    report = inspect(found.snapshot).report

    asks = [step["ask"] for step in tomli.loads(found.text)["step"] if step["id"] in ("PS-03", "PS-03-again")]
    assert asks == [[{"id": "pain", "kind": "pain10"}]] * 2
    assert report.clean
    assert "the step does not ask 'signs': these words wait until it does" in "\n".join(map(str, report.warnings))


def test_a_question_taken_off_takes_along_what_only_its_answers_led_to() -> None:
    found = with_timing(read(CONTENT), "picosure", "PRE-14", asking("PRE-14"))

    left = [step_of(found.snapshot, "picosure", name).asks for name in ("PRE-14", "PRE-14-late")]
    assert left == [(), ()]
    assert inspect(found.snapshot).report.clean


@pytest.mark.parametrize("asks", [("pain:pain10",), ("skin:choice", "itch:choice"), ("skin:choice", "pain:r4"), ()])
def test_the_healed_gate_is_not_taken_off_and_what_has_no_words_is_not_put_on(asks: tuple[str, ...]) -> None:
    with pytest.raises(NoSuchWords):
        with_timing(read(CONTENT), "picosure", "PS-07", asking("PS-07", *asks))


@pytest.mark.parametrize("step", ["PS-99", ""])
def test_there_is_no_timing_of_what_is_not_there(step: str) -> None:
    with pytest.raises(NoSuchWords):
        with_timing(read(CONTENT), "picosure", step, Timing(1, None, Late.DROP))


def test_a_timing_is_read_as_it_is_written() -> None:
    for step in picosure().steps:
        assert Timing.named(str(Timing.of(step))) == Timing.of(step)
    assert tomli.loads("at = 09:30:00")["at"] == time(9, 30)
