"""What the room's content files promise to patients."""

import re
from collections import Counter
from collections.abc import Iterator

from bot.care.model.words import DIMENSIONS, PLACEHOLDERS
from bot.understanding.shelf import WordShelf
from tests.understanding.conftest import Files

PLACEHOLDER = re.compile(r"\{\{ (\w+) \}\}")
LONGEST = 600
"""Characters of an FAQ answer as the patient reads it."""


def sayings(files: Files) -> Iterator[tuple[str, str]]:
    for path, table in files.items():
        yield from ((path, answer["say"]) for answer in table.get("answer", ()))
        yield from ((flag["id"], flag["advice"]) for flag in table.get("flag", ()))
        yield from ((family["id"], family["say"]) for family in table.get("family", ()))


def topics(files: Files) -> dict[str, dict[str, object]]:
    return {path[7:-5]: dict(table) for path, table in files.items() if path.startswith("en/faq/")}


def test_there_are_39_topics_with_enough_phrasings(files: Files) -> None:
    faq = {path: table for path, table in files.items() if "/faq/" in path}

    assert len(faq) == 39
    assert [path for path, table in faq.items() if len(table["phrasings"]) < 22] == []


def test_neighbours_of_a_topic_exist(files: Files) -> None:
    known = topics(files)

    assert [(name, also) for name, table in known.items() for also in table["also"] if also not in known] == []  # type: ignore[attr-defined]


def test_every_placeholder_is_known_and_no_saying_is_too_long(files: Files) -> None:
    filled = [(where, PLACEHOLDER.sub(lambda match: PLACEHOLDERS[match[1]], say)) for where, say in sayings(files)]

    assert [(where, len(said)) for where, said in filled if len(said) > LONGEST or "{" in said] == []


def test_nothing_shouts_and_dashes_are_rare(files: Files) -> None:
    assert [where for where, say in sayings(files) if "!" in say or len(re.findall("[–—]| - ", say)) > 1] == []


def test_variants_depend_only_on_what_is_known_and_the_last_holds_always(files: Files) -> None:
    for path, table in files.items():
        for answer in table.get("answer", ()):
            assert all(value in DIMENSIONS[key] for key, value in answer.get("when", {}).items()), path
        assert not table.get("answer") or "when" not in table["answer"][-1], path


def test_emergency_advice_holds_a_number_and_urgent_advice_a_route(files: Files) -> None:
    needed = {
        "emergency": ("emergency_number",),
        "urgent": ("urgent_route",),
        "same-day": ("reply_promise", "reply_time"),
    }

    flags = files["en/red_flags.toml"]["flag"]
    lacking = [flag["id"] for flag in flags if not any(name in flag["advice"] for name in needed[flag["level"]])]

    assert lacking == []


def test_every_symptom_topic_says_when_to_reach_us(files: Files) -> None:
    silent = [
        path
        for path, table in files.items()
        for answer in table.get("answer", ())
        if table["symptom"]
        and not {"reply_time", "reply_promise", "urgent_any_hour", "urgent_route"}
        & set(PLACEHOLDER.findall(answer["say"]))
    ]

    assert silent == []


def test_no_form_belongs_to_two_concepts(files: Files) -> None:
    forms = Counter(form for forms in files["en/concepts.toml"]["concepts"].values() for form in set(forms))

    assert [form for form, count in forms.items() if count > 1] == []


def test_there_are_families_with_examples(files: Files) -> None:
    families = files["en/out_of_scope.toml"]["family"]

    assert len(families) == 21
    assert [family["id"] for family in families if len(family["examples"]) < 9] == []


def test_training_lines_and_calm_ones_are_learned_from_and_never_both(files: Files) -> None:
    shelf, red = WordShelf.of("en", files), files["en/red_flags.toml"]
    calm = {line for lines in red["calm"].values() for line in lines}
    dangerous = set(shelf.dangerous())

    assert {line for flag in red["flag"] for line in flag.get("training", ())} <= dangerous
    assert calm <= set(shelf.ordinary())
    assert calm & dangerous == set()


def test_every_flag_is_told_in_enough_ways(files: Files) -> None:
    ways = {"emergency": 25, "urgent": 25, "same-day": 15}
    told = {
        flag["id"]: sum(len(flag.get(key, ())) for key in ("examples", "dated_examples", "ask_examples", "training"))
        for flag in files["en/red_flags.toml"]["flag"]
    }

    assert [flag["id"] for flag in files["en/red_flags.toml"]["flag"] if told[flag["id"]] < ways[flag["level"]]] == []


def test_there_are_enough_calm_messages_of_every_kind(files: Files) -> None:
    red = files["en/red_flags.toml"]

    assert {kind: len(lines) for kind, lines in red["calm"].items() if len(lines) < 20} == {}
    assert sum(map(len, red["calm"].values())) >= 450
