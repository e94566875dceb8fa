"""What a step asks, as somebody may change it: which questions, and in which order."""

from collections.abc import Iterator, Mapping, Sequence

from bot.care.model.protocol import Ask, AskKind, Step

NAMES: Mapping[AskKind, str] = {
    AskKind.ACK: "ok",
    AskKind.PAIN: "pain",
    AskKind.REDNESS: "redness",
    AskKind.PHOTO: "photo",
}
"""Questions that a step can be given by a tap, and what they are called there: the bot has words for them."""
PHOTO_ONLY_IF = ("bad-answer", "photos-agreed")
SCORES = (AskKind.PAIN, AskKind.REDNESS)


def named(ask: Ask) -> str:
    """What stands for it in a change: `pain:pain10`."""
    return f"{ask.id}:{ask.kind}"


def asking(step: Step) -> tuple[str, ...]:
    """Its questions by name; follow-ups belong to the one whose answer leads to them."""
    return tuple(named(ask) for ask in step.asks if not ask.follow_up)


def asked(step: Step, names: Sequence[str]) -> tuple[Ask, ...]:
    """Its questions, were it to ask these. Raises `ValueError` for one that it has not and cannot be given by a tap."""
    if tuple(names) == asking(step):
        return step.asks
    found = {named(ask): ask for ask in step.asks}
    chosen: dict[str, Ask] = {}
    for name in names:
        ask = found.get(name) or _given(name)
        chosen |= {one.id: one for one in (ask, *_led_to(step, ask)) if one.id not in chosen}
    return tuple(chosen.values())


def taken_off(step: Step, names: Sequence[str]) -> list[Ask]:
    return [ask for ask in step.asks if not ask.follow_up and named(ask) not in names]


def may_be_given(step: Step, names: Sequence[str]) -> list[str]:
    """Beside these: "Got it" alone, as it is no answer to anything; the others where danger signs are looked for."""
    taken = {name.partition(":")[0] for name in names} | {ask.id for ask in step.asks}
    kinds = {AskKind(name.partition(":")[2]) for name in names} | {ask.kind for ask in step.asks}
    fitting = {kind: name for kind, name in NAMES.items() if (not names if kind is AskKind.ACK else step.alarm)}
    return [f"{name}:{kind}" for kind, name in fitting.items() if kind not in kinds and name not in taken]


def is_simple(ask: Ask) -> bool:
    return ask.kind in NAMES and ask.unanswered is None


def opens_gate(step: Step, ask: Ask) -> bool:
    """One of its answers, or of what follows it, says that the skin is closed and calm: it is never taken off."""
    return any(answer.gate is True for one in (ask, *_led_to(step, ask)) for answer in one.answers)


def raises(step: Step, ask: Ask) -> bool:
    """An answer to it, or to what follows it, or none at all, raises an alert."""
    return any(
        one.kind in SCORES or one.unanswered is not None or any(answer.raises for answer in one.answers)
        for one in (ask, *_led_to(step, ask))
    )


def _given(name: str) -> Ask:
    own, _, said = name.partition(":")
    kind = AskKind(said)
    if NAMES.get(kind) != own:
        raise ValueError(name)
    return Ask(own, kind, only_if=PHOTO_ONLY_IF if kind is AskKind.PHOTO else ())


def _led_to(step: Step, ask: Ask) -> Iterator[Ask]:
    """Follow-ups of its answers, and theirs."""
    wanted = {answer.then for answer in ask.answers}
    seen: set[str] = set()
    while more := [one for one in step.asks if one.follow_up and one.id in wanted - seen]:
        for one in more:
            seen.add(one.id)
            wanted |= {answer.then for answer in one.answers}
            yield one
