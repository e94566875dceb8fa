"""Nobody can be recognised by what is kept of a message."""

import pytest

from bot.care.model.deidentifying import Traces, deidentified, says_anything

PLAIN = (
    "can i use castor oil on my face is it normal that said the told me will scar dark mark a this my skin doctor call "
    "on day and wear makeup born was hi it's here does spf work asked to in for your after question"
)
COMMON = frozenset(PLAIN.split())
TRACES = Traces(
    own=("Anna", "Anna Berg", "A-1234", "777", "+44 20 7946 0143", "Maria"),
    names=frozenset({"sophie", "tom"}),
    both=frozenset({"mark", "rose", "will"}),
    before=("my name is", "dr", "nurse", "this is", "friend"),
)


def clean(text: str) -> str:
    return deidentified(text, TRACES, knows=lambda word: word in COMMON)


@pytest.mark.parametrize(
    ("written", "kept"),
    [
        pytest.param("hi its anna, can i use castor oil", "hi its …, can i use castor oil", id="own name"),
        pytest.param("Anna Berg here. is it normal", "… here. is it normal", id="own name in full"),
        pytest.param("anna's skin", "… skin", id="own name's"),
        pytest.param("sophie said it is normal", "… said it is normal", id="a given name"),
        pytest.param("my doctor told Brecht it is normal", "my doctor told … it is normal", id="an unknown name"),
        pytest.param("Brecht told me", "… told me", id="an unknown name at the start"),
        pytest.param("does it leave a dark mark", "does it leave a dark mark", id="a word that is a name too"),
        pytest.param("can Mark use it", "can … use it", id="a name that is a word too"),
        pytest.param("my name is jolanda krimsky and it's here", "my name is … and it's here", id="said by name"),
        pytest.param("dr lindqvist told me", "dr … told me", id="a title"),
        pytest.param("my friend jolanda told me", "my friend … told me", id="a friend's name"),
        pytest.param("this is normal", "this is normal", id="not everything after an introduction is a name"),
        pytest.param("call me on 07700 900 123", "call me on …", id="telephone"),
        pytest.param("call me on (020) 7946-0143.", "call me on ….", id="telephone in brackets"),
        pytest.param("call +442079460143", "call …", id="telephone in one piece"),
        pytest.param("my call is anna.b@example.org", "my call is …", id="address"),
        pytest.param("i was born 12/03/1987", "i was born …", id="date of birth"),
        pytest.param("born 3 march 1987 and", "born … and", id="date of birth in words"),
        pytest.param("born on 12.3.87", "born on …", id="short date of birth"),
        pytest.param("born March 3rd, 1987", "born …", id="month first"),
        pytest.param("record 00412345 / AB123456C", "record … / …", id="record numbers"),
        pytest.param("my A-17 and 777", "my … and …", id="our codes and the record's number"),
        pytest.param("i am at SW1A 1AA", "i am at …", id="postcode"),
        pytest.param("@anna_b told me", "… told me", id="user name"),
        pytest.param("is it normal https://x.example/me?id=1", "is it normal …", id="link"),
        pytest.param("can i use this skincare-shop.co.uk/oil", "can i use this …", id="bare link"),
        pytest.param("on day 3 does spf 50 work", "on day 3 does spf 50 work", id="days and factors stay"),
        pytest.param("does SPF work", "does SPF work", id="abbreviations stay"),
        pytest.param("on day 3 may i wear makeup", "on day 3 may i wear makeup", id="may is a word"),
        pytest.param("asked Tom\n and  Sophie", "asked … and …", id="lines become one"),
    ],
)
def test_what_names_somebody_is_taken_out_and_the_rest_stays(written: str, kept: str) -> None:
    assert clean(written) == kept


def test_a_message_that_was_nothing_but_names_says_nothing() -> None:
    assert not says_anything(clean("Anna Berg, 07700 900123"))
    assert says_anything(clean("castor oil"))
