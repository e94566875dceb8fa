"""`aftercare new treatment`, and a treatment added by hand: late signs are noticed without touching a rule."""

from pathlib import Path
from shutil import copytree

import pytest

from tests.cli.conftest import Aftercare, Ended
from tests.own_content import move_in

LATE = "my face is still red"


@pytest.fixture
def content(home: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("CONTENT_DIR", str(home / "content"))
    return move_in(home / "content")


def add_by_hand(content: Path, name: str, like: str, **keys: str) -> None:
    """As README says: a protocol file, its words, a name."""
    plan = (content / "protocols" / f"{like}.toml").read_text().replace(f'id = "{like}"', f'id = "{name}"', 1)
    for key, value in keys.items():
        lines = [line for line in plan.splitlines() if not line.startswith(f"{key} = ")]
        plan = "\n".join([f'{key} = "{value}"', *lines]) if value else "\n".join(lines)
    (content / "protocols" / f"{name}.toml").write_text(plan)
    copytree(content / "en/steps" / like, content / "en/steps" / name)
    with (content / "en/treatments.toml").open("a") as names:
        names.write(f'\n[{name}]\nname = "{name.capitalize()}"\naliases = ["{name}"]\n')


def asked(aftercare: Aftercare, treatment: str, day: int, text: str = LATE, *more: str) -> Ended:
    return aftercare("ask", text, "--treatment", treatment, "--day", str(day), *more, "--json")


def test_a_treatment_added_by_hand_has_its_late_signs_noticed(content: Path, aftercare: Aftercare) -> None:
    add_by_hand(content, "glow", "picosure")

    assert aftercare("check").status == 0
    assert asked(aftercare, "glow", 1).json["red_flag"] is None
    assert asked(aftercare, "glow", 3).json["red_flag"] == "RF-S1"


def test_one_that_says_nothing_of_days_goes_by_those_of_its_surface(content: Path, aftercare: Aftercare) -> None:
    add_by_hand(content, "needles", "picosure", column="", surface="micro-wounds")

    assert aftercare("check").status == 0
    assert asked(aftercare, "needles", 3).json["red_flag"] is None
    assert asked(aftercare, "needles", 3, "a wet spot on my chin").json["red_flag"] == "RF-S3"
    assert asked(aftercare, "needles", 8).json["red_flag"] == "RF-S1"


def test_days_of_another_surface_are_refused(content: Path, aftercare: Aftercare) -> None:
    add_by_hand(content, "needles", "picosure", surface="micro-wounds")

    ended = aftercare("check")

    assert ended.status == 1
    assert "protocols/needles.toml" in ended.out
    assert "picosure leaves the skin intact, needles micro-wounds" in ended.out


def test_days_that_no_rule_knows_are_refused(content: Path, aftercare: Aftercare) -> None:
    add_by_hand(content, "glow", "picosure", column="glow")

    ended = aftercare("check")

    assert ended.status == 1
    assert "a late sign would not be noticed" in ended.out


@pytest.mark.parametrize(
    ("surface", "day", "flag"),
    [("intact", 3, "RF-S1"), ("micro-wounds", 3, None), ("micro-wounds", 8, "RF-S1"), ("removed", 12, None)],
)
def test_the_ticked_surface_picks_the_days(
    content: Path, aftercare: Aftercare, surface: str, day: int, flag: str | None
) -> None:
    add_by_hand(content, "glow", "picosure")

    assert asked(aftercare, "glow", day, LATE, "--surface", surface).json["red_flag"] == flag


def test_what_a_treatment_leaves_out_it_takes_from_those_days(content: Path, aftercare: Aftercare) -> None:
    add_by_hand(content, "glow", "picosure")
    plan = content / "protocols/glow.toml"
    plan.write_text(plan.read_text().partition("[[window]]")[0])

    windows = [
        aftercare("plan", name, "--session", "2026-11-20", "--json").json["windows"] for name in ("glow", "picosure")
    ]
    answers = [asked(aftercare, name, 3, "when does the redness go away").json["text"] for name in ("glow", "picosure")]

    assert aftercare("check").status == 0
    assert windows[0] == windows[1]
    assert answers[0] == answers[1]


def test_a_start_is_written_that_passes_every_check(content: Path, aftercare: Aftercare) -> None:
    ended = aftercare("new", "treatment", "deep-pico", "--like", "picosure")

    assert ended.status == 0
    assert str(content / "protocols/deep-pico.toml") in ended.out
    assert aftercare("check").out.endswith("0 faults, 1 warnings\n")
    assert asked(aftercare, "deep-pico", 3).json["red_flag"] == "RF-S1"


@pytest.mark.parametrize("like", ["pico", "acne-scar-laser", "resurfacing", "acne-laser"])
def test_a_start_like_any_other_treatment_passes_too(content: Path, aftercare: Aftercare, like: str) -> None:
    assert aftercare("new", "treatment", "another", "--like", like).status == 0
    assert aftercare("check").status == 0


def test_comments_stay_and_undoing_it_is_deleting_it(content: Path, aftercare: Aftercare) -> None:
    names = content / "en/treatments.toml"
    before = {path: path.read_bytes() for path in content.rglob("*.toml")}

    aftercare("new", "treatment", "deep-pico", "--like", "picosure")

    assert names.read_bytes().startswith(before[names].rstrip())
    assert "PicoSure: 755 nm" in (content / "protocols/deep-pico.toml").read_text()
    assert {path: path.read_bytes() for path in before if path != names} == {
        path: data for path, data in before.items() if path != names
    }


@pytest.mark.parametrize(
    ("name", "said"),
    [
        pytest.param("picosure", "already means picosure", id="a treatment"),
        pytest.param("ps", "already means picosure", id="what staff type for one"),
        pytest.param("Deep Pico", "small letters", id="capitals and a blank"),
        pytest.param("../pico", "small letters", id="a way out of the folder"),
        pytest.param("a" * 31, "small letters", id="too long"),
    ],
)
def test_a_name_that_is_taken_or_no_name_is_refused(content: Path, aftercare: Aftercare, name: str, said: str) -> None:
    before = sorted(content.rglob("*"))

    ended = aftercare("new", "treatment", name, "--like", "pico")

    assert (ended.status, said in ended.err) == (2, True)
    assert sorted(content.rglob("*")) == before


def test_a_start_like_nothing_is_refused(content: Path, aftercare: Aftercare) -> None:
    ended = aftercare("new", "treatment", "glow", "--like", "glitter")

    assert (ended.status, "there is no treatment 'glitter'" in ended.err) == (2, True)
    assert not (content / "protocols/glow.toml").exists()
