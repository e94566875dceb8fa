"""Write what a patient reads into `transcripts/*.txt`, and which phrases the program says into its own list.

`make transcripts` renews them, a test keeps them.
"""

from collections.abc import Iterator
from datetime import time, timedelta
from itertools import groupby
from pathlib import Path
from textwrap import wrap

from bot.care.model.texts import flat
from bot.library.filled_in import PHRASES
from scheduler.localtime import instant
from tests.content.diary import INTERVALS, SESSION, Diary, Read

FOLDER = Path(__file__).parent / "transcripts"
WIDTH = 100
RULE = "=" * WIDTH
ANSWERED = "picosure"
DAYS = (0, 2, 6, 17, 24)
"""When every topic is asked: day 0, makeup open, first week, no self-chosen painkillers, close to the next session."""
ADVISED = 3
NOON = time(12)


NAMES = (*(f"{treatment}.txt" for treatment in INTERVALS), "answers.txt", "advice.txt")


def page(name: str) -> str:
    """What the file of this name should hold."""
    stem = name.removesuffix(".txt")
    of_all = {"answers": _answers, "advice": _advice}
    return "\n".join(of_all[stem]() if stem in of_all else _course(stem)) + "\n"


def _diary(treatment: str) -> Diary:
    return Diary(treatment, SESSION + timedelta(days=INTERVALS[treatment]))


def _course(treatment: str) -> Iterator[str]:
    yield f"{treatment}: what Anna reads when she heals well. Session {SESSION}, next in {INTERVALS[treatment]} days."
    diary, alone = _diary(treatment), Diary(treatment)
    said = list(diary.read())
    for read in said:
        yield from _message(read, diary)
    yield f"\n{RULE}\nWithout a next session: what differs."
    for read in alone.read():
        if read.text not in {one.text for one in said}:
            yield from _message(read, alone)
    yield f"\n{RULE}\nOnly when needed: a late start, a question left open, skin that is not calm yet."
    for read in diary.read_when_needed({step for one in (diary, alone) for step in one.steps()}):
        yield from _message(read, diary)


def _message(read: Read, diary: Diary) -> Iterator[str]:
    if read.steps:
        at = read.at.astimezone(diary.patient.zone)
        yield f"\n{RULE}\n{at:%a %Y-%m-%d %H:%M}   {read.steps}   {len(read.text)} characters"
    yield ""
    yield from _wrapped(read.text)
    if read.buttons:
        yield ""
        yield "  " + "  ".join(f"[{label}]" for label in read.buttons)
    if read.tapped:
        yield f"\n        > {read.tapped}"


def _answers() -> Iterator[str]:
    diary = _diary(ANSWERED)
    moments = {day: instant(SESSION + timedelta(days=day), NOON, diary.patient.zone) for day in DAYS}
    facts = {day: diary.facts(at, diary.answered_by(at)) for day, at in moments.items()}
    yield f"Every topic as Anna reads it after {ANSWERED}. Session {SESSION}, next in {INTERVALS[ANSWERED]} days."
    for topic, shown in sorted(diary.shelf.topics("en").items()):
        yield f"\n{RULE}\n{topic}: {shown.title}"
        said = [(flat(diary.shelf.say(f"faq/{topic}", "en", facts[day])), day) for day in DAYS]
        for text, days in groupby(said, key=lambda each: each[0]):
            yield f"\n  day {', '.join(str(day) for _, day in days)}   {len(text)} characters\n"
            yield from _wrapped(text)


def _advice() -> Iterator[str]:
    diary = _diary(ANSWERED)
    facts = diary.facts(instant(SESSION + timedelta(days=ADVISED), NOON, diary.patient.zone))
    yield f"What Anna reads first for each danger sign, on day {ADVISED} at noon."
    for flag in diary.shelf.raw("en/red_flags.toml")["flag"]:
        text = flat(diary.shelf.say(f"red_flags/{flag['id']}", "en", facts))
        yield f"\n{RULE}\n{flag['id']}  {flag['level']}: {flag['name']}   {len(text)} characters\n"
        yield from _wrapped(text)


def _wrapped(text: str) -> Iterator[str]:
    for line in text.splitlines():
        yield from wrap(line, WIDTH, initial_indent="  ", subsequent_indent="  ", break_on_hyphens=False) or [""]


def phrases() -> str:
    """Every phrase of the program with the placeholders that it fills in there: those that our own words use."""
    words = _diary(ANSWERED).shelf.words["en"]
    lines = ["# What the program says besides steps, answers and advice -> the placeholders that it fills in there."]
    keys = sorted(key.split("/")[1:] for key in words if key.startswith("phrases/"))
    for group, names in groupby(keys, key=lambda each: each[0]):
        lines += ["", f"[{group}]"]
        for name in (each[1] for each in names):
            of = (
                variant.compiled.names | variant.compiled.dimensions
                for variant in words[f"phrases/{group}/{name}"].variants
            )
            lines.append(f'{name} = "{" ".join(sorted(set[str]().union(*of)))}"')
    return "\n".join(lines) + "\n"


def main() -> None:
    PHRASES.write_text(phrases(), "utf-8")
    for name in NAMES:
        (FOLDER / name).write_text(page(name), "utf-8")


if __name__ == "__main__":
    main()
