"""What takes a sign back, and what must not."""

import pytest

from bot.care.ports.hearing import Situation
from bot.understanding.understander import Understander

ANYONE = Situation("en")


def certain(understanding: Understander, text: str) -> bool:
    heard = understanding.triage(text, ANYONE)
    return heard.raised and heard.certain


@pytest.mark.parametrize(
    "text",
    [
        pytest.param("no fever, no pus, not painful", id="denied one by one"),
        pytest.param("no pus or fever or swelling", id="denied in a list"),
        pytest.param("i dont have any blisters", id="denied with a verb"),
        pytest.param("without any pain or heat", id="without"),
        pytest.param("the swelling has gone down", id="over"),
        pytest.param("my fever is gone now", id="over now"),
        pytest.param("my sister got a bad infection after hers", id="somebody else"),
        pytest.param("had an infection years ago", id="long ago"),
        pytest.param("what does pus look like", id="only asked about"),
        pytest.param("what if i get blisters", id="supposed"),
        pytest.param("it was 9/10 pain during the session", id="while the laser ran"),
        pytest.param("im dying for a coffee", id="figure of speech"),
        pytest.param("cabin fever is real", id="another fever"),
    ],
)
def test_it_is_taken_back(understanding: Understander, text: str) -> None:
    assert not certain(understanding, text)


@pytest.mark.parametrize(
    "text",
    [
        pytest.param("no fever but there is pus", id="one denied, one real"),
        pytest.param("no pus, swelling is getting worse every day", id="new statement after the comma"),
        pytest.param("it isnt getting better, it is infected and hot", id="a no that is no denial"),
        pytest.param("the pain had gone and came back", id="gone and back"),
        pytest.param("my husband says my cheek looks infected", id="somebody else's eyes, my cheek"),
        pytest.param("last year was fine but now my cheek oozes yellow pus", id="long ago, but now"),
        pytest.param("dont know what to do, pus everywhere", id="dont know"),
        pytest.param("the bleeding doesnt stop", id="does not stop"),
        pytest.param("not only swollen but also hot and spreading redness", id="not only"),
        pytest.param("it stopped hurting during the night but now i have a fever of 38.6", id="during the night"),
    ],
)
def test_it_stands(understanding: Understander, text: str) -> None:
    assert certain(understanding, text)
