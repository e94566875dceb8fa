"""What is remembered of words that were tried before never hides what became of them since."""

from tests.library.shelves import FILES, faults_of

PLAN = "en/phrases/plan.toml"
MAKEUP = "en/faq/makeup.toml"
DAY_3 = 'day = 3\nmoment = "morning"\nuntil = { day = 4 }'
OFF = "{{ makeup_state }}"


def _in(name: str, old: str, new: str) -> dict[str, str]:
    assert old in FILES[name]
    return {name: FILES[name].replace(old, new, 1)}


def test_words_that_became_too_long_are_refused_once_and_accepted_again_as_they_were() -> None:
    longer = _in(MAKEUP, OFF, f"{OFF} " * 26)

    said = [faults_of(changes) for changes in ({}, longer, {}, longer)]

    assert [len(faults) for faults in said] == [0, 1, 0, 1]
    assert "characters for pico" in said[1][0]
    assert said[1] == said[3]


def test_words_are_tried_anew_when_what_stands_in_their_placeholders_becomes_longer() -> None:
    assert faults_of({}) == []

    longer = _in(PLAN, 'off = "', 'off = "' + "not yet, not yet " * 40)

    assert any(fault.startswith(MAKEUP) for fault in faults_of(longer))
    assert faults_of({}) == []


def test_words_are_tried_anew_when_the_plan_says_them_on_another_day() -> None:
    text = _in("en/steps/pico/PC-03.toml", "Day 3. ", "well " * 130)
    later = _in("protocols/pico.toml", DAY_3, DAY_3.replace("day = 3", "day = 13").replace("day = 4", "day = 14"))

    (on_day_3,), (on_day_13,) = faults_of(text), faults_of(text | later)

    assert "day 3," in on_day_3
    assert "day 13," in on_day_13
