"""`aftercare handbook` prints every message of a treatment with its cases, sources and decisions, to be signed."""

import re
from pathlib import Path

import pypdfium2 as pdfium
import pytest

from bot.care.model.texts import flat
from tests.cli.conftest import Aftercare
from tests.standing_library import the_shelf

NAMED = re.compile(r"\{\{")


MADE: dict[tuple[str, ...], tuple[str, list[str]]] = {}
"""Booklets by what was asked for, each made once: seconds of work, and these tests only read them."""


@pytest.fixture
def booklet(home: Path, aftercare: Aftercare) -> tuple[str, str]:
    """Its HTML, and the words of its PDF."""
    html, pages = _made(home, aftercare, "--treatment", "picosure")
    return html, "\n".join(pages)


@pytest.fixture
def whole(home: Path, aftercare: Aftercare) -> tuple[str, list[str]]:
    """The HTML of all treatments and answers, and the pages of its PDF."""
    return _made(home, aftercare)


def _made(home: Path, aftercare: Aftercare, *asked: str) -> tuple[str, list[str]]:
    if asked not in MADE:
        ended = aftercare("handbook", *asked, "--out", "paper")
        assert (ended.status, ended.err) == (0, "")
        MADE[asked] = (home / "paper" / "handbook.html").read_text(), _pages(home / "paper")
    return MADE[asked]


def _pages(folder: Path) -> list[str]:
    document = pdfium.PdfDocument(folder / "handbook.pdf")
    pages = [page.get_textpage().get_text_bounded() for page in document]
    document.close()
    return pages


def test_every_step_source_and_decision_stands_in_both(booklet: tuple[str, str]) -> None:
    html, pdf = booklet
    shelf = the_shelf()
    protocol = shelf.protocols["picosure"]

    wanted = {step.id for step in protocol.steps}
    wanted |= {source for step in protocol.steps for source in step.sources}
    wanted |= {one.raises for step in protocol.steps for ask in step.asks for one in ask.answers if one.raises}
    wanted |= {decision.id for decision in shelf.clinic.decisions}
    wanted |= {shelf.prints["picosure"], "Signature", "What the clinic has decided"}

    assert [name for name in wanted if name not in html] == []
    # the reader's own sign stands where a line was broken
    assert [name for name in wanted if name not in pdf.replace("\ufffe", "-").replace("\r\n", "")] == []


def test_words_stand_as_a_patient_reads_them_with_what_is_filled_in_underlined(booklet: tuple[str, str]) -> None:
    html, pdf = booklet

    assert "<u>Day 3</u>. Today I ask you to look closely." in html
    assert "Day 3. Today I ask you to look closely." in pdf
    assert not NAMED.search(html)
    assert not NAMED.search(pdf)


def test_every_variant_of_a_message_is_there(booklet: tuple[str, str]) -> None:
    html, _ = booklet

    said = flat(html)
    assert said.count("Today I ask you to look closely") == 2
    assert "Words when exercise: open, heat: off, swimming: off" in said
    assert "Swelling, larger than yesterday → danger sign RF-U6" in said


def test_what_another_treatment_adds_to_its_messages_is_in_it(booklet: tuple[str, str]) -> None:
    html, _ = booklet

    said = flat(html)
    assert "Acne laser in the same session, day 7" in said
    assert "Please do not squeeze" in said
    assert "Your clinic has recorded" in said


def test_all_treatments_are_in_it_if_none_is_named(whole: tuple[str, list[str]]) -> None:
    html, _ = whole

    chapters = re.findall("<h2>(.*?)</h2>", html)
    assert chapters[:5] == ["Acne laser", "Acne scar laser", "Pico laser", "PicoSure", "Laser resurfacing"]
    assert html.count("Signature") == 6


def test_a_signature_stands_on_the_page_that_says_what_is_signed(whole: tuple[str, list[str]]) -> None:
    _, pages = whole

    signed = [page for page in pages if "Signature" in page]

    assert len(signed) == 6
    assert [page for page in signed if "I have read" not in page] == []


def test_answers_and_danger_signs_are_a_chapter_with_a_signature_of_its_own(whole: tuple[str, list[str]]) -> None:
    html, _ = whole
    shelf = the_shelf()

    said = flat(html)
    wanted = {topic.title for topic in shelf.topics("en").values()}
    wanted |= {flag["id"] for flag in shelf.tables["en/red_flags.toml"]["flag"]} | {shelf.prints["answers"]}

    assert [one for one in wanted if one not in said] == []
    assert "RF-E1: Airway or severe allergy (emergency)" in said
    assert "Bring back one product at a time" in said
    assert not NAMED.search(html)


@pytest.mark.parametrize(
    ("arguments", "why"),
    [
        pytest.param(("--treatment", "moon"), "there is no treatment 'moon'", id="unknown treatment"),
        pytest.param(("--treatment", "pico", "--out", "taken"), "Name another folder", id="a file is in the way"),
    ],
)
def test_what_cannot_be_printed_is_said_in_a_line(
    arguments: tuple[str, ...], why: str, home: Path, aftercare: Aftercare
) -> None:
    (home / "taken").write_text("")

    ended = aftercare("handbook", *arguments)

    assert ended.status == 2
    assert why in ended.err
