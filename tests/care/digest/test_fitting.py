"""However much there is to tell, it is one message, and what is left out is named."""

from hypothesis import given
from hypothesis import strategies as st

from bot.care.model.digest import MOST_LINES, Section, fitted
from bot.care.model.texts import units
from bot.care.model.words import Html


def a_section(name: str, *, lines: int, wide: int = 40, count: int | None = None) -> Section:
    said = [Html(f"{n} " + "x" * wide) for n in range(lines)]
    return Section(Html(name), said, lines if count is None else count, lambda left: Html(f"and {left} more: /{name}"))


def text_of(sections: list[Section], most: int = 3600) -> str:
    return "\n\n".join(section.shown(shown) for section, shown in fitted(sections, most=most))


def test_what_fits_is_shown_whole() -> None:
    text = text_of([a_section("silent", lines=3)])

    assert text.count("x" * 40) == 3
    assert "more" not in text


def test_what_is_left_out_is_counted_with_its_command() -> None:
    text = text_of([a_section("silent", lines=MOST_LINES, count=26)])

    assert text.endswith("and 14 more: /silent")


def test_the_longest_section_gives_way_first() -> None:
    shown = fitted([a_section("alerts", lines=4), a_section("today", lines=12)], most=500)

    assert [most for _, most in shown] == [4, 6]


@given(st.lists(st.tuples(st.integers(0, MOST_LINES), st.integers(0, 600)), max_size=8))
def test_it_never_grows_beyond_one_message(shapes: list[tuple[int, int]]) -> None:
    sections = [a_section(f"s{n}", lines=lines, wide=wide, count=lines + 900) for n, (lines, wide) in enumerate(shapes)]

    text = text_of(sections)

    assert units(text) <= 4096
    assert all(f"/s{n}" in text for n in range(len(sections)))
