"""Only HTML that Telegram accepts, measured as Telegram measures it."""

import pytest

from bot.library.telegram_html import faults, length, visible


@pytest.mark.parametrize(
    "text",
    [
        "plain",
        "<b>bold</b> and <i>thin</i>",
        "<b><i>both</i></b>",
        '<a href="https://example.org/?a=1&amp;b=2">here</a>',
        "1 &lt; 2 &amp; 3 &gt; 2 &#128512;",
    ],
)
def test_good_markup_has_no_fault(text: str) -> None:
    assert faults(text) == []


@pytest.mark.parametrize(
    ("text", "line", "reason"),
    [
        pytest.param("<u>a</u>", 0, "not allowed", id="unknown tag"),
        pytest.param("a\n<b>b", 1, "never closed", id="left open"),
        pytest.param("<b><i>a</b></i>", 0, "closes what is not open", id="crossed"),
        pytest.param("a</b>", 0, "closes what is not open", id="closed only"),
        pytest.param('<b class="x">a</b>', 0, "takes no attributes", id="attribute"),
        pytest.param("<a>a</a>", 0, "needs href", id="no link"),
        pytest.param('<a href="javascript:x">a</a>', 0, "needs href", id="bad link"),
        pytest.param("a < b", 0, "write &lt;", id="less than"),
        pytest.param("a\n\n& b", 2, "write &amp;", id="ampersand"),
        pytest.param("&nbsp;", 0, "write &amp;", id="entity that Telegram does not know"),
    ],
)
def test_bad_markup_is_told_with_its_line(text: str, line: int, reason: str) -> None:
    found = faults(text)

    assert found[0][0] == line
    assert reason in found[0][1]


def test_length_is_what_telegram_counts() -> None:
    assert length("<b>ab</b>&amp;") == 3
    assert length("😀") == 2
    assert visible('<a href="https://x.org">here</a> &lt;3') == "here <3"
