"""Our keyboards in Telegram's shapes, and our words without markup."""

from datetime import UTC, datetime

import pytest
from telegram import Chat, ForceReply, InlineKeyboardMarkup, Message, MessageEntity, ReplyKeyboardMarkup

from bot.care.model.delivery import Act, ActKind, Button
from bot.care.model.people import Contact
from bot.chat.markup import as_html, markup, plain


def an_act(*buttons: Button, force_reply: bool = False) -> Act:
    keyboard = tuple((button,) for button in buttons)
    return Act(ActKind.SEND, Contact(1), "hello", keyboard=keyboard, force_reply=force_reply)


def test_a_button_carries_its_opaque_token_an_address_or_words_to_copy() -> None:
    made = markup(an_act(Button("a", "deed", token="t"), Button("b", url="https://x"), Button("c", copy="AB12")))

    assert isinstance(made, InlineKeyboardMarkup)
    data, link, copy = (row[0] for row in made.inline_keyboard)
    assert (data.callback_data, link.url, copy.copy_text and copy.copy_text.text) == ("t", "https://x", "AB12")


def test_sharing_a_number_needs_a_keyboard_of_its_own() -> None:
    made = markup(an_act(Button("my number", contact=True), Button("skip")))

    assert isinstance(made, ReplyKeyboardMarkup)
    assert [row[0].request_contact for row in made.keyboard] == [True, False]


def test_a_text_that_is_asked_for_in_a_group_opens_its_reply() -> None:
    assert isinstance(markup(an_act(force_reply=True)), ForceReply)
    assert markup(an_act()) is None


@pytest.mark.parametrize(
    ("html", "words"),
    [
        pytest.param("<b>bold</b> &amp; plain", "bold & plain", id="tags and entities"),
        pytest.param("1 &lt; 2", "1 < 2", id="a sign that is none"),
        pytest.param("no markup", "no markup", id="nothing"),
    ],
)
def test_the_words_stay_the_same_without_markup(html: str, words: str) -> None:
    assert plain(html) == words


def test_what_somebody_marks_in_telegram_becomes_our_markup_and_placeholders_stay() -> None:
    text = 'Bold, link: "{{ day }}" & <b>'
    marks = [MessageEntity("bold", 0, 4), MessageEntity("text_link", 6, 4, url="https://example.org/?a=1")]
    message = Message(1, datetime(2026, 11, 20, tzinfo=UTC), Chat(1, "private"), text=text, entities=marks)

    assert as_html(message) == ('<b>Bold</b>, <a href="https://example.org/?a=1">link</a>: "{{ day }}" &amp; &lt;b&gt;')
    assert as_html(Message(2, datetime(2026, 11, 20, tzinfo=UTC), Chat(1, "private"))) == ""
