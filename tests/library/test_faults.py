"""What is refused: every fault with its file, its line and a reason, all at once."""

import pytest

from bot.library.loading import inspect
from tests.library.shelves import CLINIC, FILES, PICO, Changes, a_snapshot, faults_of

MENU = "en/phrases/menu.toml"
MAKEUP = "en/faq/makeup.toml"
STEP = "en/steps/pico/PC-03.toml"


def _phrase(text: str) -> Changes:
    return {MENU: f"[menu]\nhelp = {text}\n"}


def _in(name: str, old: str, new: str) -> Changes:
    assert old in FILES[name]
    return {name: FILES[name].replace(old, new)}


@pytest.mark.parametrize(
    ("changes", "fault"),
    [
        pytest.param(_phrase('"never closed'), f"{MENU}:2: not valid TOML", id="syntax"),
        pytest.param({MENU: "[menu]\nhelp = 'a'\nhelp = 'b'\n"}, f"{MENU}:3: not valid TOML", id="duplicate key"),
        pytest.param({MENU: b"[menu]\nhelp = '\xff'\n"}, f"{MENU}:2: is not UTF-8", id="wrong encoding"),
        pytest.param({MENU: "x = " + "[" * 3000}, f"{MENU}:1: ", id="nested too deeply"),
        pytest.param({MENU: "help = 'a'\n"}, f"{MENU}:1: phrases stand in groups", id="phrase without a group"),
        pytest.param(_phrase("3"), f"{MENU}:2: `help` must be words", id="wrong type"),
        pytest.param(_phrase('"  "'), f"{MENU}:2: `help` has no words", id="blank"),
        pytest.param(_phrase('"Hello {{ nobody }}"'), f"{MENU}:2: unknown placeholder {{{{ nobody }}}}", id="name"),
        pytest.param(
            _phrase('"""\nHello.\nYou {{ nobody }}"""'), f"{MENU}:4: unknown placeholder", id="line inside a text"
        ),
        pytest.param(
            _phrase('"{{ first_name.upper() }}"'),
            f"{MENU}:2: a message cannot call anything: only {{{{ name }}}}",
            id="a call",
        ),
        pytest.param(_phrase('"{{ first_name"'), f"{MENU}:2: a placeholder is one name in", id="left open"),
        pytest.param(
            _phrase('[{ when = { moon = "full" }, say = "a" }, { say = "b" }]'), "unknown dimension", id="dim"
        ),
        pytest.param(_phrase('[{ when = { face = "no?" }, say = "a" }, { say = "b" }]'), "one of: yes, no", id="value"),
        pytest.param(_phrase('[{ say = "a" }, { say = "b" }]'), "this variant is never said", id="unreachable"),
        pytest.param(_phrase('[{ when = { face = "yes" }, say = "a" }]'), "must have no `when`", id="no last word"),
        pytest.param(_phrase('"<u>no</u>"'), f"{MENU}:2: <u> is not allowed", id="html tag"),
        pytest.param(_phrase('"<b>no"'), f"{MENU}:2: <b> is never closed", id="html left open"),
        pytest.param(_phrase('"1 < 2"'), f"{MENU}:2: write &lt; for <", id="html unescaped"),
        pytest.param({"en/phrases.toml": '[menu]\nhelp = "b"\n'}, "menu/help is already said in", id="phrase twice"),
        pytest.param(_in(MAKEUP, "also", "alos"), f"{MAKEUP}:2: unknown key 'alos'", id="unknown key"),
        pytest.param(_in(MAKEUP, '"redness"', '"nothing"'), f"{MAKEUP}:2: there is no other topic", id="also"),
        pytest.param(_in(MAKEUP, '["C14"]', "[]"), f"{MAKEUP}:1: makeup names no source", id="no source"),
        pytest.param(_in(MAKEUP, '"C14"', '"C99"'), f"{MAKEUP}:3: facts.toml knows no source 'C99'", id="bad source"),
        pytest.param(_in(MAKEUP, "Not yet", "A cure"), f"{MAKEUP}:8: promises too much: 'cure'", id="promise"),
        pytest.param(_in(MAKEUP, "Not yet", "a" * 700), f"{MAKEUP}:8: ", id="too long"),
        pytest.param({STEP: None}, f"{STEP}:1: step PC-03 has no words", id="step without words"),
        pytest.param({"en/steps/pico/PC-9.toml": FILES[STEP]}, "these words belong to no step", id="words alone"),
        pytest.param(_in(STEP, ', hot = "Hot"', ""), f"{STEP}:4: the answer skin/hot has no words", id="no answer"),
        pytest.param(_in(STEP, '"Hot"', '"Hot", wet = "Wet"'), "skin has no answer 'wet'", id="answer too many"),
        pytest.param(_in(STEP, "question", "# question"), "the question 'skin' has no words", id="no question"),
        pytest.param(_in(STEP, "reply.skin", "reply.hair"), "the step does not ask 'hair'", id="reply to nothing"),
        pytest.param(
            _in("en/steps/pico/PC-00.toml", "[[safety]]\nsay =", "# "), "needs its [[safety]] line", id="no safety line"
        ),
        pytest.param({"protocols/pico.toml": PICO.replace("RF-U1", "RF-X9")}, "no red flag 'RF-X9'", id="flag"),
        pytest.param({"protocols/pico.toml": PICO.replace('"morning"', '"noon"')}, "must be one of: ", id="choice"),
        pytest.param({"protocols/pico.toml": PICO.replace("least = 1", "least = 3")}, "must rise", id="span"),
        pytest.param({"protocols/pico.toml": PICO.replace('"PC-03"', '"PC-00"')}, "PC-00 is there twice", id="twice"),
        pytest.param(
            {"protocols/pico.toml": PICO.replace('sources = ["E02"]', "")}, "PC-03 names no source", id="step"
        ),
        pytest.param(
            {"protocols/pico.toml": PICO.replace("alarm = true", 'only_if = ["full-moon"]')},
            "unknown condition 'full-moon'",
            id="condition",
        ),
        pytest.param({"clinic.toml": None}, "clinic.toml:1: is missing", id="no clinic"),
        pytest.param({"clinic.toml": CLINIC.replace('"999"', '""')}, "emergency number must not be empty", id="999"),
        pytest.param({"clinic.toml": CLINIC.replace("+44 20 7946 0143", "")}, "`phone` must not be empty", id="phone"),
        pytest.param({"clinic.toml": CLINIC.replace("Europe/London", "Mars")}, "is no time zone", id="zone"),
        pytest.param({"clinic.toml": CLINIC.replace('"GB"\nlang', '"DE"\nlang')}, "has no emergency number", id="land"),
        pytest.param({"clinic.toml": CLINIC.replace('["en"]', '["en", "fr"]')}, "has no words in fr", id="language"),
        pytest.param({"bare_words.toml": 'dance = ["dance"]\n'}, "bare_words.toml:1: 'dance' is no deed", id="deed"),
        pytest.param(
            {"bare_words.toml": 'help = ["aid"]\nstop = ["AID"]\n'}, "bare_words.toml:2: 'AID' already means", id="word"
        ),
        pytest.param({"en/treatments.toml": ""}, "en/treatments.toml:1: pico has no name", id="nameless treatment"),
        pytest.param(
            {"en/treatments.toml": FILES["en/treatments.toml"] + '[co2]\nname = "CO2"\n'},
            "en/treatments.toml:4: there is no protocol co2",
            id="treatment without a protocol",
        ),
        pytest.param(
            _in("en/steps/pico/PC-00.toml", "Danger: {{ emergency_number }}. HELP", "HELP"),
            "en/steps/pico/PC-00.toml:5: pico/PC-00 is a first message must say '{{ emergency_number }}'",
            id="first message without a number",
        ),
        pytest.param(
            _in("en/red_flags.toml", "urgent_route", "clinic_phone"), "must hold {{ urgent_route }}", id="no route"
        ),
        pytest.param(
            _phrase("\"{% if face == 'no' %}<b>{% endif %}a\""), "under one of its conditions: <b> is never", id="if"
        ),
        pytest.param({"notes.toml": "a = 1\n"}, "notes.toml:1: no file of this name", id="unknown file"),
    ],
)
def test_a_fault_is_found_where_it_stands(changes: Changes, fault: str) -> None:
    found = faults_of(changes)

    assert any(fault in line for line in found), found


def test_all_faults_are_told_at_once() -> None:
    found = faults_of(
        {MENU: "[menu]\nhelp = 3\n", MAKEUP: "title = 4\n", STEP: None, "clinic.toml": CLINIC.replace('"999"', '""')}
    )

    assert len({line.partition(":")[0] for line in found}) == 4


def test_a_broken_file_is_not_missing_as_well() -> None:
    assert faults_of({STEP: "text = \n"}) == [f"{STEP}:1: not valid TOML: Invalid value"]
    assert faults_of({"protocols/pico.toml": "id = \n"}) == ["protocols/pico.toml:1: not valid TOML: Invalid value"]


def test_what_a_harmless_phrase_says_is_no_promise() -> None:
    assert faults_of(_in(MAKEUP, "Not yet", "Not yet: it is\\nnot a cure")) == []


def test_a_clinic_that_is_made_up_is_a_warning() -> None:
    (warning,) = inspect(a_snapshot()).report.warnings

    assert str(warning) == "clinic.toml:1: the clinic is made up: it runs in the playground only"


def test_a_report_can_be_read_by_a_machine() -> None:
    report = inspect(a_snapshot({"notes.toml": "a = 1\n"})).report

    assert report.as_json()["faults"] == [
        {"file": "notes.toml", "line": 1, "reason": "no file of this name belongs here"}
    ]


def _in_french() -> dict[str, str]:
    return {name.replace("en/", "fr/", 1): text for name, text in FILES.items() if name.startswith("en/")}


TWO = {"clinic.toml": CLINIC.replace('["en"]', '["en", "fr"]')}


def test_a_second_language_must_say_everything() -> None:
    french = _in_french()
    del french["fr/faq/redness.toml"]

    assert faults_of(TWO | _in_french()) == []
    assert faults_of(TWO | french) == [
        "fr/faq/makeup.toml:2: there is no other topic 'redness'",
        "fr/faq/redness.toml:1: faq/redness has no words in fr",
        "fr/faq/redness.toml:1: faq/redness/title has no words in fr",
    ]


def test_a_language_that_is_not_offered_yet_is_a_warning() -> None:
    report = inspect(a_snapshot(_in_french())).report

    assert report.clean
    assert any("fr is not among the languages" in warning.reason for warning in report.warnings)


def test_a_language_on_its_way_names_what_it_still_lacks() -> None:
    french = _in_french()
    whole = [warning.reason for warning in inspect(a_snapshot(french)).report.warnings]
    del french["fr/faq/redness.toml"]
    without = [warning.reason for warning in inspect(a_snapshot(french)).report.warnings]

    assert any("not offered; every word is there: add it to `languages`" in reason for reason in whole)
    assert any("words are missing: faq/redness, faq/redness/title" in reason for reason in without)


def test_a_label_too_long_for_a_button_is_a_warning() -> None:
    report = inspect(a_snapshot(_in(STEP, '"Hot"', f'"{"hot " * 10}"'))).report

    assert report.clean
    assert any("do not fit on a button" in warning.reason for warning in report.warnings)


def test_what_cannot_be_read_comes_before_what_may_come_of_it() -> None:
    first, second = faults_of({MENU: "[menu]\nhelp = \n", **_in(MAKEUP, "{{ makeup_state }}", "{{ nobody }}")})

    assert first.startswith(f"{MENU}:2: not valid TOML")
    assert second.startswith(f"{MAKEUP}:")
