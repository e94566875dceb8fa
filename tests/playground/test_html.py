"""HTML becomes text and entities in UTF-16 units, or is refused in Telegram's words."""

import pytest

from bot.playground.html import parse
from bot.playground.refusal import Refusal

Entity = tuple[str, int, int]


@pytest.mark.parametrize(
    ("html", "text", "entities"),
    [
        pytest.param("plain &amp; &lt;b&gt; &quot;q&quot;", 'plain & <b> "q"', [], id="named characters"),
        pytest.param("&#39;&#x1F31E;&nbsp;& &unknown;", "'🌞&nbsp;& &unknown;", [], id="numbers, unknown names stay"),
        pytest.param("🌞<b>x</b>", "🌞x", [("bold", 2, 1)], id="a sun is two units"),
        pytest.param("<b>a<i>b</i></b>", "ab", [("bold", 0, 2), ("italic", 1, 1)], id="nested"),
        pytest.param("<B>a</B>", "a", [("bold", 0, 1)], id="any case"),
        pytest.param("<b></b>x", "x", [], id="empty ones vanish"),
        pytest.param("<strong>a</strong><em>b</em>", "ab", [("bold", 0, 1), ("italic", 1, 1)], id="long names"),
        pytest.param("<u>a</u><ins>b</ins>", "ab", [("underline", 0, 1), ("underline", 1, 1)], id="underline"),
        pytest.param("<s>a</s><del>b</del>", "ab", [("strikethrough", 0, 1), ("strikethrough", 1, 1)], id="struck"),
        pytest.param('<span class="tg-spoiler">a</span>', "a", [("spoiler", 0, 1)], id="spoiler span"),
        pytest.param("<tg-spoiler>a</tg-spoiler>", "a", [("spoiler", 0, 1)], id="spoiler tag"),
        pytest.param("<blockquote>a</blockquote>", "a", [("blockquote", 0, 1)], id="quote"),
        pytest.param(
            "<blockquote expandable>a</blockquote>", "a", [("expandable_blockquote", 0, 1)], id="folded quote"
        ),
        pytest.param("<code>a</code><pre>b</pre>", "ab", [("code", 0, 1), ("pre", 1, 1)], id="code"),
        pytest.param("<a href='nowhere'>a</a>", "a", [], id="a link that leads nowhere is dropped"),
    ],
)
def test_html_is_read_as_telegram_reads_it(html: str, text: str, entities: list[Entity]) -> None:
    read, found = parse(html)

    assert read == text
    assert [(entity["type"], entity["offset"], entity["length"]) for entity in found] == entities


def test_details_of_links_code_and_times_are_kept() -> None:
    html = (
        '<a href="example.org">a</a><pre><code class="language-python">b</code></pre>'
        '<tg-emoji emoji-id="53">👍</tg-emoji><tg-time unix="1763629200" format="wDT">soon</tg-time>'
    )

    link, code, emoji, moment = parse(html)[1]

    assert link["url"] == "http://example.org/"
    assert (code["type"], code["language"]) == ("pre", "python")
    assert emoji["custom_emoji_id"] == "53"
    assert (moment["unix_time"], moment["date_time_format"]) == (1763629200, "wDT")


@pytest.mark.parametrize(
    ("html", "why"),
    [
        ("<b>a", 'Can\'t find end tag corresponding to start tag "b"'),
        ("a</b>", "Unexpected end tag at byte offset 1"),
        ("<b>a</i>", 'Unmatched end tag at byte offset 4, expected "</b>", found "</i>"'),
        ("é<p>a</p>", 'Unsupported start tag "p" at byte offset 2'),
        ("a < b", 'Unsupported start tag "" at byte offset 2'),
        ("a <b", "Unclosed start tag at byte offset 2"),
        ("<b>a</b", "Unclosed end tag at byte offset 4"),
        ("<a href=http://x.org/>a</a>", "Unexpected end of name token at byte offset 8"),
        ('<a ="x">a</a>', 'Empty attribute name in the tag "a" at byte offset 0'),
        ('<a href="x>a</a>', "Unclosed start tag at byte offset 0"),
        ('<a href="x"', "Unclosed start tag at byte offset 0"),
        ('<a href="x" ', 'Empty attribute name in the tag "a" at byte offset 0'),
        ("<a href", 'Unclosed start tag "a" at byte offset 0'),
        ("<a href=", 'Unclosed start tag "a" at byte offset 0'),
        ("<span>a</span>", 'Tag "span" must have class "tg-spoiler" at byte offset 0'),
    ],
)
def test_broken_html_is_refused_with_its_place(html: str, why: str) -> None:
    with pytest.raises(Refusal) as refused:
        parse(html)

    assert refused.value.description == f"Bad Request: can't parse entities: {why}"
