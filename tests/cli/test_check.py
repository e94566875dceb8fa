"""`aftercare check`: every fault at once, by file and line, and what is open before real patients are enrolled."""

import resource
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path

import pytest

from bot.library.folder import read
from bot.library.loading import inspect
from tests.cli.conftest import Aftercare
from tests.measuring import is_within
from tests.own_content import move_in

FLAGS = "en/red_flags.toml"
ROOT = Path(__file__).parents[2]


@pytest.fixture
def content(home: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("CONTENT_DIR", str(home / "content"))
    return move_in(home / "content")


def edit(file: Path, change: Callable[[str], str]) -> None:
    before = file.read_text("utf-8")
    after = change(before)
    assert after != before
    file.write_text(after, "utf-8")


def line_of(file: Path, part: str) -> int:
    return next(n for n, line in enumerate(file.read_text("utf-8").splitlines(), 1) if part in line)


def test_the_content_as_shipped_has_no_fault(aftercare: Aftercare) -> None:
    ended = aftercare("check")

    assert (ended.status, ended.out.splitlines()[-1]) == (0, "0 faults, 1 warnings")


def test_what_was_found_clean_before_is_said_again_with_its_warnings(aftercare: Aftercare) -> None:
    first = aftercare("check", "--json")

    assert aftercare("check", "--json") == first
    assert first.json["warnings"]


@pytest.mark.measured
def test_a_check_of_what_was_proved_before_takes_less_than_three_seconds(aftercare: Aftercare) -> None:
    aftercare("check")

    assert any(_seconds_of_a_check() < 3 for _ in range(3))


@pytest.mark.measured
def test_a_check_of_everything_after_an_answer_was_edited_takes_a_few_seconds(
    content: Path, aftercare: Aftercare
) -> None:
    """Where the danger signs were proved before. It is two to three seconds: the bound is against growth."""
    aftercare("check")

    def after_an_edit() -> float:
        edit(content / "en/faq/makeup.toml", lambda text: text.replace('say = "', 'say = "Again: ', 1))
        return _seconds_of_a_check()

    assert is_within(4, after_an_edit, time.process_time)


def _seconds_of_a_check() -> float:
    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    subprocess.run([sys.executable, "-m", "bot", "check"], cwd=ROOT, check=True, capture_output=True)
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    return after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime


def test_a_rule_that_understanding_cannot_read_is_refused_with_its_place(content: Path, aftercare: Aftercare) -> None:
    edit(content / FLAGS, lambda text: text.replace("\nrules = [", '\nrules = [\n    "puss-typo & hot",', 1))

    ended = aftercare("check")

    line = line_of(content / FLAGS, "puss-typo")
    assert ended.status == 1
    assert f"{FLAGS}:{line}: RF-E1: the rule 'puss-typo & hot' cannot be read: no concept is called" in ended.out


def test_faults_of_words_rules_and_treatments_are_said_together(content: Path, aftercare: Aftercare) -> None:
    edit(content / FLAGS, lambda text: text.replace("\nrules = [", '\nrules = [\n    "puss-typo",', 1))
    edit(content / "en/faq/makeup.toml", lambda text: text.replace('say = "', 'say = "{{ nobody }} ', 1))
    edit(
        content / "protocols/pico.toml", lambda text: text.replace("\nsurface", '\ncolumn = "resurfacing"\nsurface', 1)
    )

    faults = aftercare("check", "--json").json["faults"]

    assert {fault["file"] for fault in faults} >= {FLAGS, "en/faq/makeup.toml", "protocols/pico.toml"}


def test_an_example_that_is_no_longer_heard_is_a_fault(content: Path, aftercare: Aftercare) -> None:
    edit(content / FLAGS, lambda text: text.replace('"cant breathe", ', ""))
    edit(content / FLAGS, lambda text: text.replace("\nbreath = [", '\nbreath = ["zzz"]\nbreath-gone = [', 1))

    ended = aftercare("check")

    assert ended.status == 1
    assert "RF-E1: no rule raises it for" in ended.out


def test_a_phrase_that_patients_are_told_and_is_gone_is_a_fault(content: Path, aftercare: Aftercare) -> None:
    edit(content / "en/phrases/plan.toml", lambda text: text.replace("\nsting_expected = ", "\nsting_foreseen = "))

    faults = aftercare("check", "--json").json["faults"]

    assert any("[expected] sting_expected is missing" in fault["reason"] for fault in faults)


def test_what_is_open_before_real_patients_is_listed(aftercare: Aftercare) -> None:
    ended = aftercare("check", "--go-live", "--json")

    said = " ".join(point["reason"] for point in ended.json["go_live"])
    assert ended.status == 1
    assert "the decision 'numbers' is not confirmed" in said
    assert {point["file"] for point in ended.json["go_live"]} >= {
        "approvals.toml", "clinic.toml", "protocols/picosure.toml",
    }  # fmt: skip


def test_a_plain_check_names_what_is_not_approved_and_no_more_of_going_live(aftercare: Aftercare) -> None:
    assert (
        "not approved by a clinician as they are now: acne-laser, acne-scar-laser, answers, " in aftercare("check").out
    )
    assert set(aftercare("check", "--json").json) == {"faults", "warnings"}


def approve(content: Path) -> None:
    # whether it is sound is for the check itself: here it is only read
    shelf = inspect(read(content), tried=True).shelf
    assert shelf is not None
    (content / "approvals.toml").write_text(
        "\n".join(
            f'[[approval]]\ntreatment = "{treatment}"\nhash = "{known}"\nby = "Dr Lind"\non = 2026-11-20\n'
            for treatment, known in shelf.prints.items()
        )
    )


def ready(content: Path) -> None:
    edit(content / "clinic.toml", lambda text: text.replace("confirmed = false", "confirmed = true"))
    edit(content / "clinic.toml", lambda text: text.replace("fictitious = true", "fictitious = false"))
    approve(content)


def test_a_clinic_that_decided_and_approved_all_is_ready(content: Path, aftercare: Aftercare) -> None:
    ready(content)

    ended = aftercare("check", "--go-live")

    assert (ended.status, ended.out.splitlines()[-1]) == (0, "ready to go live")


@pytest.mark.parametrize(
    ("file", "old", "new"),
    [
        pytest.param("en/steps/picosure/PS-03.toml", 'say = "', 'say = "Hello. ', id="a word of a step"),
        pytest.param("protocols/picosure.toml", "ends = 42", "ends = 43", id="a day of the plan"),
    ],
)
def test_an_approval_ends_with_any_change(content: Path, aftercare: Aftercare, file: str, old: str, new: str) -> None:
    ready(content)
    edit(content / file, lambda text: text.replace(old, new, 1))

    points = aftercare("check", "--go-live", "--json").json["go_live"]

    assert [point["file"] for point in points] == ["protocols/picosure.toml"]


def test_an_approval_of_the_answers_ends_with_a_changed_answer(content: Path, aftercare: Aftercare) -> None:
    ready(content)
    edit(content / "en/faq/actives.toml", lambda text: text.replace("Spot gels", "All spot gels", 1))

    (point,) = aftercare("check", "--go-live", "--json").json["go_live"]

    assert point["file"] == "approvals.toml"
    assert "no clinician has approved the answers and danger signs as they are now: answers " in point["reason"]


def test_a_comment_ends_no_approval(content: Path, aftercare: Aftercare) -> None:
    ready(content)
    edit(content / "protocols/picosure.toml", lambda text: f"# Read by Dr Lind.\n{text}")

    assert aftercare("check", "--go-live").status == 0


def test_an_approval_of_nothing_is_a_fault(content: Path, aftercare: Aftercare) -> None:
    (content / "approvals.toml").write_text(
        '[[approval]]\ntreatment = "pica"\nhash = "abc"\nby = " "\non = 2026-11-20\n'
    )

    said = " ".join(fault["reason"] for fault in aftercare("check", "--json").json["faults"])

    for part in ("no treatment 'pica'", "name of the clinician", "16 signs"):
        assert part in said
