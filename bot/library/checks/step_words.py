"""Every step, question and answer has words, and no words are left without one."""

from collections import defaultdict
from collections.abc import Iterable, Iterator

from bot.care.model.protocol import Ask, AskKind, Late, Step
from bot.care.services.questions import GENERIC
from bot.library.content import Content
from bot.library.content_files import AskWords, StepWords
from bot.library.faults import Fault, Notes
from bot.library.source import SourceFile

SINGLE_ANSWER = {AskKind.ACK, AskKind.PHOTO, AskKind.DATE}
"""Asks whose one answer is no words of the step."""

Users = dict[str, list[Step]]
"""Words key -> the steps that say it; two treatments may share words."""


def check_step_words(content: Content, notes: Notes) -> None:
    users = users_of(content)
    for language, tongue in content.tongues.items():
        for key, steps in users.items():
            name = f"{language}/steps/{key}.toml"
            if key in tongue.steps:
                _check_file(content.files[name], tongue.steps[key], steps)
            elif name not in content.present:
                notes.faults.append(Fault(name, 1, f"step {steps[0].id} has no words"))
        for key in tongue.steps.keys() - users.keys() - _unreadable(content):
            content.files[f"{language}/steps/{key}.toml"].fault((), "these words belong to no step")


def users_of(content: Content) -> Users:
    users: Users = defaultdict(list)
    for treatment, protocol in content.protocols.items():
        for step in protocol.steps:
            users[step.words or f"{treatment}/{step.id}"].append(step)
    return users


def _unreadable(content: Content) -> set[str]:
    """Words of steps whose protocol could not be read: they are not left over."""
    keys: set[str] = set()
    for name in content.present:
        folder, _, file = name.partition("/")
        treatment = file.removesuffix(".toml")
        if folder == "protocols" and _is_partial(content, name, treatment):
            keys |= {key.partition("/steps/")[2].removesuffix(".toml") for key in content.present
                     if f"/steps/{treatment}/" in key}  # fmt: skip
    return keys


def _is_partial(content: Content, name: str, treatment: str) -> bool:
    if name not in content.files or treatment not in content.protocols:
        return True
    return len(content.protocols[treatment].steps) < len(content.files[name].tables("step"))


def _check_file(file: SourceFile, words: StepWords, steps: list[Step]) -> None:
    asks = {ask.id: ask for step in steps for ask in step.asks}
    for ask in asks.values():
        for reason in _missing(ask, words.ask.get(ask.id)):
            file.fault(("ask", ask.id), reason)
    for name, asked in words.ask.items():
        if name not in asks:
            # taken off, it may be put on again
            file.warn(("ask", name), f"the step does not ask {name!r}: these words wait until it does")
        else:
            _check_extra(file, ("ask", name, "answers"), asks[name], asked.answers.keys())
    for name, replies in words.reply.items():
        if name not in asks:
            if name not in words.ask:
                file.fault(("reply", name), f"the step does not ask {name!r}")
        elif asks[name].kind is AskKind.CHOICE:
            _check_extra(file, ("reply", name), asks[name], replies.keys())
    if words.safety is None and any(step.late is Late.FOLD for step in steps):
        file.fault((), "folds into the next message when late, so it needs its [[safety]] line")


def _missing(ask: Ask, words: AskWords | None) -> Iterator[str]:
    if words is None or words.question is None:
        # the bot has general words for the others, when a step has none of its own
        if ask.kind not in (*GENERIC, AskKind.ACK):
            yield f"the question {ask.id!r} has no words"
        if words is None and ask.kind is not AskKind.CHOICE:
            return
    said = words.answers if words is not None else {}
    for answer in ask.answers:
        if answer.id not in said:
            yield f"the answer {ask.id}/{answer.id} has no words"


def _check_extra(file: SourceFile, path: tuple[str, ...], ask: Ask, said: Iterable[str]) -> None:
    known = {answer.id for answer in ask.answers} | ({ask.id, "ok"} if ask.kind in SINGLE_ANSWER else set())
    for answer in said:
        if answer not in known:
            file.fault((*path, answer), f"{ask.id} has no answer {answer!r}")
