"""What nothing could deal with is no silence: a person looks at a patient's, and whoever sent it hears so."""

from dataclasses import replace

import pytest

from bot.care.model.inbound import Sender
from bot.care.model.triage import Level
from tests.care.listening.ward import STRANGER, Ward, a_ward
from tests.care.scene import ANNA, CLARA, DESK, RITA


def give_up(ward: Ward, who: Sender, words: str, *, plainly: bool = False) -> None:
    unhandled = ward.office.unhandled
    (unhandled.plainly if plainly else unhandled.answer)(ward.work, who, words)


@pytest.mark.parametrize("has_agreed", [True, False])
def test_a_patient_s_is_an_urgent_alert_and_they_hear_whom_to_call(*, has_agreed: bool) -> None:
    """What they wrote, which nobody looked through, is for clinicians only."""
    ward = a_ward()
    if not has_agreed:
        ward.work.patients.save(replace(ward.anna(), consent=None))

    give_up(ward, ANNA, "my throat <is> closing")
    ward.deliver()

    assert [(case.level, case.reason) for case in ward.cases()] == [(Level.URGENT, "unhandled")]
    assert "The bot could not deal with this" in ward.alerts()[-1].text
    assert "throat" not in "".join(act.text for act in ward.alerts())
    assert any("my throat &lt;is&gt; closing" in text for text in ward.heard(CLARA))
    assert not any("throat" in text for text in ward.heard(RITA))
    assert "I have passed it on" in ward.last(ANNA)
    assert "999" in ward.last(ANNA)


def test_anybody_else_hears_that_nothing_was_changed() -> None:
    ward = a_ward()

    for who in (STRANGER, RITA):
        give_up(ward, who, "/patients")

    assert "nothing was changed" in ward.last(STRANGER)
    assert "nothing was changed" in ward.last(RITA)
    assert ward.cases() == []


def test_in_a_group_only_the_team_is_answered() -> None:
    ward = a_ward()

    give_up(ward, Sender(STRANGER.account, DESK, "Somebody", private=False), "hello")
    nobody = ward.heard(Sender(0, DESK, ""))
    give_up(ward, Sender(RITA.account, DESK, "Rita", private=False), "/patients")

    assert nobody == []
    assert "nothing was changed" in ward.heard(Sender(0, DESK, ""))[-1]


def test_where_the_words_are_what_is_broken_clinicians_read_it_plainly() -> None:
    ward = a_ward()

    give_up(ward, ANNA, "my throat <is> closing", plainly=True)

    assert "A-17 sent something" in ward.last(CLARA)
    assert "my throat &lt;is&gt; closing" in ward.last(CLARA)
    assert ward.heard(RITA) == []
