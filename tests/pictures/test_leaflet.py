"""A plan on paper: every word is there, on one page."""

import pytest

from bot.care.model.leaflet import Leaflet, Section
from bot.pictures.drawing import Drawings
from tests.pictures.test_links_sheet import NAMES, pages, words_on


def a_leaflet(name: str = "Anna", lines: int = 3) -> Leaflet:
    section = Section("Off for now", tuple(f"{number}. Makeup: off until 22 November" for number in range(lines)))
    return Leaflet("plan.pdf", f"{name}: your plan", "Northlight Skin Clinic", (section,), "Dates count for calm skin.")


@pytest.mark.parametrize("name", NAMES)
def test_a_name_is_there_whatever_its_script(name: str) -> None:
    assert name in words_on(Drawings().leaflet(a_leaflet(name)))


@pytest.mark.parametrize("lines", [3, 60, 85])
def test_it_is_one_page_in_smaller_letters_where_it_has_to_be(lines: int) -> None:
    pdf = Drawings().leaflet(a_leaflet(lines=lines))

    assert sum(1 for _ in pages(pdf)) == 1
    said = words_on(pdf)
    assert f"{lines - 1}. Makeup: off until 22 November" in said
    assert "Dates count for calm skin." in said
