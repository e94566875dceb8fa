"""The clinic moves a day only inside least and most; beyond them it takes a clinician, for one patient."""

from bot.care.model.clinic import OwnDays
from bot.care.model.protocol import Span, WindowRule
from bot.library.content import Content
from bot.library.faults import Notes
from bot.library.own_days import may_move
from bot.library.places import Path
from bot.library.source import SourceFile


def check_own_days(content: Content, notes: Notes) -> None:  # noqa: ARG001 - a rule like the others
    if content.clinic is None:
        return
    file = content.files["clinic.toml"]
    seen = set()
    for place, own in enumerate(content.clinic.windows):
        at: Path = ("window", place)
        protocol = content.protocols.get(own.treatment)
        rules = () if protocol is None else (rule for rule in protocol.windows if rule.thing is own.thing)
        rule = next(iter(rules), None)
        if (own.treatment, own.thing) in seen:
            file.fault(at, f"{own.treatment} has {own.thing} twice")
        seen.add((own.treatment, own.thing))
        if protocol is None:
            file.fault((*at, "treatment"), f"there is no treatment {own.treatment!r}")
        elif rule is None:
            file.fault((*at, "thing"), f"{own.treatment} has no days for {own.thing}")
        else:
            _check_days(file, at, own, rule)


def _check_days(file: SourceFile, at: Path, own: OwnDays, rule: WindowRule) -> None:
    if own.after is None and own.before is None:
        file.fault(at, f"{own.treatment} {own.thing}: `after`, `before` or both are needed")
    for key, days, span in (("after", own.after, rule.after), ("before", own.before, rule.before)):
        if days is not None and not may_move(span, days):
            file.fault((*at, key), f"{own.treatment} {own.thing}: {_why(key, span)}")


def _why(key: str, span: Span | None) -> str:
    if span is None or span.most is None:
        return f"there is no `{key}` that could be moved"
    return f"`{key}` must be {span.least} to {span.most} days; beyond that a clinician settles it for one patient"
