"""What a change of the content does to its own lines, each judged without having been seen: before and after."""

from collections.abc import Iterator

from bot.care.model.unanswered import Change, Effect, Worse
from bot.understanding.checked import Checked

NAMED = ("top1", "coverage", "out_of_scope_answered", "questions_asked", "questions_certain", "red_flags_asked")
STEADY = 25
"""Lines astray that are compared, of those that are named: who stands at the end of such a list changes by chance."""


def effect(before: Checked, after: Checked, *, asked_about: str = "") -> Effect:
    changes = [Change(name, before.counts[name], after.counts[name]) for name in NAMED if name in before.counts]
    return Effect(changes, [*_topics(before, after), *_astray(before, after)], asked_about)


def _topics(before: Checked, after: Checked) -> Iterator[Worse]:
    """Topics of which fewer lines lead to them than before."""
    for topic, (lines, first, _) in before.by_topic.items():
        now = after.by_topic.get(topic, (0, 0, 0))
        if now[1] < first:
            yield Worse(topic, (first, lines), (now[1], now[0]))


def _astray(before: Checked, after: Checked) -> Iterator[Worse]:
    known = {line for _, line, _ in before.astray}
    for topic, line, other in after.astray[:STEADY]:
        if line not in known:
            yield Worse(topic, line=line, other=other)
