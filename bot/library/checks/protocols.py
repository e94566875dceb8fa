"""A protocol on its own: ids, order, spans, and what its answers raise."""

from collections.abc import Iterator

from bot.care.model.conditions import CONDITIONS
from bot.care.model.people import Patient
from bot.care.model.protocol import Anchor, Ask, AskKind, Moment, Protocol, Span, Step
from bot.library.content import Content
from bot.library.faults import Fault, Notes
from bot.library.places import Path
from bot.library.source import SourceFile


def check_protocols(content: Content, notes: Notes) -> None:
    if not any(name.startswith("protocols/") for name in content.present):
        notes.faults.append(Fault("protocols", 1, "there is no protocol"))
    for treatment, protocol in content.protocols.items():
        file = content.files[f"protocols/{treatment}.toml"]
        _check_spans(file, protocol)
        _check_column(content, file, protocol)
        for place, step in _placed(file, protocol):
            at: Path = ("step", place)
            if step.id in {earlier.id for earlier in protocol.steps if earlier is not step}:
                file.fault((*at, "id"), f"{step.id} is there twice")
            for key in ("follows", "late_of"):
                other = getattr(step, key)
                if other is not None and other not in file.places("step", "id"):
                    file.fault((*at, key), f"there is no step {other!r}")
            _check_conditions(file, step.only_if, at)
            _check_asks(content, file, step, at)
            if _is_over_before(step):
                file.fault((*at, "until"), f"{step.id} would never be sent: it is over before its own day and hour")


def _check_column(content: Content, file: SourceFile, protocol: Protocol) -> None:
    """Its days are those of a treatment that leaves the skin alike and goes by its own days."""
    name = protocol.column
    column = content.protocols.get(name)
    if name == protocol.id and not protocol.windows:
        file.fault(("id",), "others may go by its days, so it needs its own windows: give each a [[window]]")
    if f"protocols/{name}.toml" not in content.present:
        file.fault(("column",), f"its days are those of {name}, and there is no such treatment: say which in `column`")
    elif column is not None and column.surface is not protocol.surface:
        file.fault(("column",), f"{name} leaves the skin {column.surface}, {protocol.id} {protocol.surface}")
    elif column is not None and column.column != name:
        file.fault(("column",), f"{name} goes by the days of {column.column} itself: name that one")


def _placed(file: SourceFile, protocol: Protocol) -> Iterator[tuple[int, Step]]:
    """Steps with their place in the file, where some may not have been readable."""
    places = file.places("step", "id")
    return ((places[step.id], step) for step in protocol.steps)


def _is_over_before(step: Step) -> bool:
    """Days before the next session are counted back."""
    days = step.until.day - step.day
    left = days if step.anchor is Anchor.SESSION else -days
    hour = step.at or (Patient.evening if step.moment is Moment.EVENING else Patient.morning)
    return left < 0 or (left == 0 and step.moment is not Moment.SESSION_END and step.until.at <= hour)


def _check_asks(content: Content, file: SourceFile, step: Step, at: Path) -> None:
    for place, ask in enumerate(step.asks):
        where: Path = (*at, "ask", place)
        if ask.id in {earlier.id for earlier in step.asks[:place]}:
            file.fault((*where, "id"), f"{step.id} asks {ask.id} twice")
        if ask.kind is AskKind.CHOICE and not ask.answers:
            file.fault(where, f"{ask.id} has no answers to choose from")
        _check_conditions(file, ask.only_if, where)
        _check_answers(content, file, step, ask, where)


def _check_conditions(file: SourceFile, names: tuple[str, ...], at: Path) -> None:
    for place, name in enumerate(names):
        if name not in CONDITIONS:
            file.fault((*at, "only_if", place), f"unknown condition {name!r}; known are {', '.join(CONDITIONS)}")


def _check_answers(content: Content, file: SourceFile, step: Step, ask: Ask, at: Path) -> None:
    followed = {other.id for other in step.asks if other.follow_up}
    flags = known_flags(content)
    for place, answer in enumerate(ask.answers):
        where: Path = (*at, "answers", place)
        if answer.id in {earlier.id for earlier in ask.answers[:place]}:
            file.fault(where, f"{ask.id} has the answer {answer.id} twice")
        if answer.raises is not None and flags is not None and answer.raises not in flags:
            file.fault((*where, "raises"), f"there is no red flag {answer.raises!r}")
        if answer.then is not None and answer.then not in followed:
            file.fault((*where, "then"), f"{step.id} has no follow-up question {answer.then!r}")


def known_flags(content: Content) -> set[str] | None:
    """Ids in the first language's file, readable or not; None when the file itself is no TOML."""
    name = f"{content.languages[0]}/red_flags.toml" if content.languages else ""
    file = content.files.get(name)
    if file is None:
        return None if name in content.present else set()
    return set(file.places("flag", "id"))


def _check_spans(file: SourceFile, protocol: Protocol) -> None:
    # by its thing: a window that could not be read shifts the places of the others
    places = file.places("window", "thing")
    for window in (window for window in protocol.windows if window.thing.value in places):
        for key in ("after", "before"):
            span = getattr(window, key)
            if span is not None and not _in_order(span):
                at: Path = ("window", places[window.thing.value], key)
                file.fault(at, f"{window.thing}: least, default and most must rise")


def _in_order(span: Span) -> bool:
    return 0 <= span.least <= span.default and (span.most is None or span.default <= span.most)
