"""The clinic's own content, broken in one place: refused with the file, the line and the reason."""

import re
from functools import cache
from pathlib import Path

import pytest

from bot.library.folder import Snapshot, read
from bot.library.loading import inspect

CONTENT = Path(__file__).parents[2] / "content"
MAKEUP = "en/faq/makeup.toml"
PS_03 = "en/steps/picosure/PS-03.toml"
LISTENING = "en/phrases/listening.toml"
PS_14 = "en/steps/picosure/PS-14.toml"
FIRST = "en/steps/picosure/PS-00.toml"
PICOSURE = "protocols/picosure.toml"
PLAN = "en/phrases/plan.toml"
PROMISES = "en/promises.toml"
MUSTS = "en/musts.toml"


@cache
def real() -> Snapshot:
    return read(CONTENT)


def broken(name: str, old: str, new: str) -> list[str]:
    """Faults after the first `old` (a pattern) of a file was replaced."""
    text, found = re.subn(old, lambda _: new, real().files[name].decode(), count=1, flags=re.MULTILINE)
    assert found, f"{name} has no {old}"
    snapshot = Snapshot({**real().files, name: text.encode()})
    return [str(fault) for fault in inspect(snapshot).report.faults]


def line_of(name: str, pattern: str) -> int:
    text = real().files[name].decode()
    found = re.search(pattern, text, flags=re.MULTILINE)
    assert found, f"{name} has no {pattern}"
    return text.count("\n", 0, found.start()) + 1


WINDOW = line_of(PICOSURE, r"^\[\[window\]\]")
ANSWER = line_of(MAKEUP, r"^\[\[answer\]\]")
NEVER_BOTH = '[[answer]]\nwhen = { face = "yes", area = "back" }\nsay = "Nobody reads this."\n\n[[answer]]'
BRANCH = "{% if face == 'no' %}{% if area == 'face' %}Nobody reads this.{% endif %}{% endif %}"


@pytest.mark.parametrize(
    ("name", "old", "new", "fault"),
    [
        # what is clinical names its source
        pytest.param(PICOSURE, r"^sources = .*", "sources = []", f"{PICOSURE}:1: picosure names no source", id="plan"),
        pytest.param(PICOSURE, r"sources = .*(?=\n\n\[\[window)", "", f"{PICOSURE}:{WINDOW}: ", id="window"),
        pytest.param(MAKEUP, r"^sources = .*", "", f"{MAKEUP}:1: makeup names no source", id="topic without a source"),
        pytest.param(PS_14, r"^sources = .*", 'sources = ["C99"]', f"{PS_14}:1: facts.toml knows no source", id="C99"),
        pytest.param(
            PS_14, r"^sources = .*", 'sources = ["S002-19"]', f"{PS_14}:1: S002-19 is a claim", id="rests on a claim"
        ),
        pytest.param(
            PROMISES, r'say = "not a cure", sources = .*? \}', 'say = "not a cure" }', "names no source", id="harmless"
        ),
        pytest.param("en/figures.toml", r'sources = \["E50"\]', "sources = []", "names no source", id="figure"),
        # safety blocks
        pytest.param(
            PS_03, r"^Watch for redness.*", "Well.", "PS-03 must say '{{ urgent_any_hour }}'", id="whom to reach"
        ),
        pytest.param(
            PS_03, r"^Watch for redness.*", "{{ urgent_any_hour }}", "PS-03 must say 'redness'", id="a warning"
        ),
        pytest.param(
            PS_03,
            r'^say = "From now on.*',
            'say = "Well."',
            "safety line of picosure/PS-03 must say 'pus'",
            id="safety",
        ),
        pytest.param(PS_03, r'"Swelling, larger[^"]*"', '"None"', "raises RF-U6, must say 'larger'", id="a button"),
        pytest.param(
            MUSTS, r"^\[first\]\nsources.*\nmust = \[[^\]]*\]", "", "what a first message must say", id="first"
        ),
        pytest.param(MUSTS, r'"PS-28"', "", "picosure/PS-28 looks for danger signs and has no list", id="no list"),
        pytest.param(MUSTS, r'^safety = \["sun", .*', "", "PRE-28 has no list of what its safety", id="no safety list"),
        pytest.param(MUSTS, r"^swelling-larger = .*", "", "swelling-larger raises RF-", id="no list of a button"),
        pytest.param(MUSTS, r'"route/clinic"', '"route/nowhere"', "there is no phrase 'route/nowhere'", id="no phrase"),
        pytest.param(
            LISTENING,
            r"^stranger-self-harm = .*",
            'stranger-self-harm = "Call {{ emergency_number }}."',
            "listening/stranger-self-harm must say '{{ crisis_line }}'",
            id="a crisis",
        ),
        pytest.param(
            PLAN, r"^swelling_urgent = .*", 'swelling_urgent = "that is normal"', "must say 'show us", id="reassured"
        ),
        # words that are read by nobody, or that nobody has
        pytest.param(
            MAKEUP, r"^\[\[answer\]\]", NEVER_BOTH, f"{MAKEUP}:{ANSWER + 2}: this variant is never said", id="nobody"
        ),
        pytest.param(MAKEUP, r"Makeup: \{\{", f"{BRANCH}Makeup: {{{{", "this branch is never said", id="branch"),
        pytest.param(
            PLAN, r"^day_words = .*", "", f"{PLAN}:1: phrases/plan/day_words", id="a name that all messages use"
        ),
        pytest.param(
            "clinic.toml", r"^unanswered_days = .*", "unanswered_days = 0", "are kept 1 to 365 days", id="kept for ever"
        ),
        pytest.param(
            "clinic.toml", r"^contact_within = 30", "contact_within = 0", "rings again after 5 to 120", id="never rung"
        ),
        # safety blocks
        pytest.param(PS_14, r"^Reply HELP for a person\.", "", "shows no way to a person", id="no person"),
        pytest.param(
            FIRST, r"trouble breathing", "trouble", "is a first message must say 'breathing'", id="no warning sign"
        ),
        pytest.param(
            "en/phrases/plan.toml",
            r"phone \{\{ clinic_phone \}\}; if closed",
            "phone us; if closed",
            "route/any-hour must say '{{ clinic_phone }}'",
            id="no clinic's number",
        ),
        pytest.param(
            FIRST, r"\{\{ urgent_any_hour \}\}", "us", "must say '{{ urgent_any_hour }}'", id="no urgent route"
        ),
        pytest.param(
            "en/faq/cold-compress.toml", r"never on numb skin|numb skin", "skin", "cold-compress must say", id="numb"
        ),
        pytest.param(MUSTS, r"^\[faq\.makeup\]", "[faq.make-up]", f"{MUSTS}:1: makeup has no list", id="no list"),
    ],
)
def test_one_change_is_refused_where_it_stands(name: str, old: str, new: str, fault: str) -> None:
    found = broken(name, old, new)

    assert any(fault in line for line in found), found


REFUSED = {
    "A permanent cure": "promises too much: 'permanent'",
    "Painless makeup": "promises too much: 'painless'",
    "Flawless skin": "promises too much: 'flawless'",
    "Guaranteed calm": "promises too much: 'guaranteed'",
    "Spots gone once and for all": "promises too much: 'once and for all'",
    "Erase your scars": "promises too much: 'erase'",
    "Per<b>man</b>ent calm": "promises too much: 'permanent'",
    "Take 200 mg": "gives a dose: '200 mg'",
    "Take two tablets": "gives a dose: 'two tablets'",
    "Stop your blood thinners": "tells somebody to stop a prescribed medicine",
    "Prescribed creams should be stopped": "tells somebody to stop a prescribed medicine",
    "From day 3": "a time is written out: 'day 3'",
    "After 48 hours": "a time is written out: '48 hours'",
    "After three weeks": "a time is written out: 'three weeks'",
    "In 24h": "a time is written out: '24h'",
    "For 2wks": "a time is written out: '2wks'",
    "After one week": "a time is written out: 'one week'",
    "For eleven days": "a time is written out: 'eleven days'",
    "From the third day": "a time is written out: 'third day'",
    "At 9 o'clock": 'a time is written out: "9 o\'clock"',
    "For a fortnight": "a time is written out: 'fortnight'",
    "At noon": "a time is written out: 'noon'",
    "On 3 May": "a date is written out: '3 may'",
    "On Monday": "a weekday is written out: 'monday'",
    "At 18:00": "an hour is written out: '18:00'",
    "Phone 020 7946 0143": "a number to call is written out",
    "Dial 999": "a number to call is written out: '999'",
    "Northlight Skin Clinic": "the clinic's name is written out",
    "For {{ nobody }}": "unknown placeholder",
}


def test_words_that_nobody_may_read_are_refused_with_their_line() -> None:
    topics = [name for name in sorted(real().files) if name.startswith("en/faq/")]
    titles = dict(zip(topics, REFUSED, strict=False))
    changed = {
        name: re.sub(r"^title = .*", f'title = "{words}"', real().files[name].decode(), count=1).encode()
        for name, words in titles.items()
    }

    found = [str(fault) for fault in inspect(Snapshot({**real().files, **changed})).report.faults]

    missed = [
        words
        for name, words in titles.items()
        if not any(line.startswith(f"{name}:1: {REFUSED[words]}") for line in found)
    ]
    assert len(titles) == len(REFUSED)
    assert missed == []


def test_a_text_too_long_only_with_a_patients_own_dates_is_refused() -> None:
    # with example values it fits
    longer = "{{ day_words }}. " + "{{ heat_state }}. " * 9

    (fault,) = broken(PS_14, r"\{\{ day_words \}\}\. ", longer)

    assert re.fullmatch(rf"{PS_14}:\d+: \d+ characters for \S+, \w+, day 14, .*; \d+ are allowed", fault)


def test_a_text_too_long_only_where_some_hours_have_nobody_on_call_is_refused() -> None:
    longer = "phone {{ phone }} now; another time phone {{ clinic_phone }} in the hours in which we are open; if closed"

    found = broken(
        "en/phrases/plan.toml", r"phone \{\{ phone \}\} now, later \{\{ clinic_phone \}\}; if closed", longer
    )

    assert any("characters for" in line for line in found), found


def test_a_step_without_words_is_refused() -> None:
    files = {name: data for name, data in real().files.items() if name != PS_14}

    found = [str(fault) for fault in inspect(Snapshot(files)).report.faults]

    assert any(re.fullmatch(rf"{PS_14}:1: step \w+-14 has no words", fault) for fault in found)
