"""A mistyped word is taken for the one that patients use most, and a word of the language for itself."""

import pytest

from bot.understanding.usual_words import UsualWords

SAID = {"being": 40, "want": 60, "went": 9, "neck": 30, "sleep": 25, "cold": 50, "point": 8, "picosure": 9, "botoks": 3}
ENGLISH = {"being", "want", "went", "neck", "sleep", "cold", "point", "pint", "code"}


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        pytest.param("beng", "being", id="a letter missed"),
        pytest.param("sleeep", "sleep", id="a letter doubled"),
        pytest.param("watn", "want", id="letters swapped"),
        pytest.param("nck", "neck", id="three letters"),
        pytest.param("codl", "cold", id="letters swapped at the end"),
        pytest.param("pjcosure", "picosure", id="a name that the content uses often"),
        pytest.param("pustuless", "pustules", id="a target however rare"),
    ],
)
def test_a_slip_is_put_right(typed: str, meant: str) -> None:
    usual = UsualWords(SAID, ["pustules"], ENGLISH)

    assert usual.nearest(typed) == meant


@pytest.mark.parametrize(
    "typed",
    [
        pytest.param("pint", id="a word of the language"),
        pytest.param("xqzvw", id="near to nothing"),
        pytest.param("be", id="too short"),
        pytest.param("botoqs", id="used too rarely to be meant"),
        pytest.param("wnt", id="two words are about as likely"),
    ],
)
def test_what_is_right_or_unclear_stays(typed: str) -> None:
    said = SAID | {"wont": 60, "want": 60}

    assert UsualWords(said, [], ENGLISH | {"wont"}).nearest(typed) is None
