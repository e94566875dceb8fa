"""An act is kept whole, whatever is in it."""

from dataclasses import fields
from typing import Any, get_type_hints

from hypothesis import given, settings
from hypothesis import strategies as st

from bot.care.model.chart import Bar, Chart, Panel, Series
from bot.care.model.delivery import Act, ActKind, Button, MessageRef
from bot.care.model.leaflet import Leaflet, Section
from bot.care.model.page import Page
from bot.care.model.people import Contact
from bot.care.model.sent_file import SentFile
from bot.care.model.sheet import Card, Sheet
from bot.care.model.words import Html
from bot.records import codec

words = st.text(st.characters())
numbers = st.integers(-(2**62), 2**62)
contacts = st.builds(Contact, chat=numbers, thread=st.none() | numbers, channel=words)
buttons = st.builds(
    Button,
    label=words,
    deed=words,
    args=st.lists(words).map(tuple),
    url=words,
    copy=words,
    contact=st.booleans(),
    token=words,
)
messages = st.none() | st.builds(MessageRef, chat=numbers, message=numbers)
bars = st.lists(st.builds(Bar, height=st.floats(allow_nan=False, allow_infinity=False), said=words)).map(tuple)
series = st.lists(st.builds(Series, name=words, bars=bars)).map(tuple)
panels = st.lists(st.builds(Panel, title=words, series=series, full=st.floats(0, 99))).map(tuple)
charts = st.builds(Chart, title=words, subtitle=words, columns=st.lists(words).map(tuple), panels=panels)
sheets = st.builds(Sheet, cards=st.lists(st.builds(Card), max_size=3).map(tuple))
leaflets = st.builds(Leaflet, sections=st.lists(st.builds(Section, lines=st.lists(words).map(tuple))).map(tuple))
known: dict[str, st.SearchStrategy[Any]] = {
    "kind": st.sampled_from(ActKind),
    "to": contacts,
    "keyboard": st.lists(st.lists(buttons).map(tuple)).map(tuple),
    "chart": st.none() | charts,
    "document": st.none() | st.tuples(words, words),
    "sheet": st.none() | sheets,
    "leaflet": st.none() | leaflets,
    "page": st.none() | st.builds(Page, level=words, code=words),
    "source": messages,
    "file": st.none() | st.builds(SentFile, size=numbers),
    "pair": st.lists(st.builds(SentFile, size=numbers), max_size=2).map(tuple),
    "target": messages,
}
plain = {str: words, bool: st.booleans(), int: numbers, int | None: st.none() | numbers}


def _strategy(name: str) -> st.SearchStrategy[Any]:
    """A field added to `Act` later is tested too, or fails here until the codec knows it."""
    return known[name] if name in known else plain[get_type_hints(Act)[name]]


acts = st.fixed_dictionaries({field.name: _strategy(field.name) for field in fields(Act)}).map(lambda all_: Act(**all_))


@settings(max_examples=40)  # each is made of all that an act may hold
@given(acts)
def test_an_act_comes_back_exactly_as_it_was(act: Act) -> None:
    assert codec.load(codec.dump(act)) == act


def test_words_that_are_html_come_back_as_the_same_words() -> None:
    act = Act(ActKind.SEND, Contact(1), Html("<b>now</b>"))

    assert codec.load(codec.dump(act)) == act


def test_an_act_from_before_a_field_was_added_still_loads() -> None:
    old = '{"kind":"send","to":{"chat":1},"text":"hi"}'

    assert codec.load(old) == Act(ActKind.SEND, Contact(1), "hi")
