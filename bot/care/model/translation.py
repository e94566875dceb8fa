"""Which translations say what their source no longer says."""

from collections.abc import Callable, Sequence

from bot.care.model.revision import UNDO, Item, Revision

HEARD = "-words"
"""How the phrases end that are looked for in what patients write, in their language; nobody reads them."""


def stale(revisions: Sequence[Revision], source: str, language: str, variants: Callable[[str], int]) -> list[Item]:
    """Words in the language whose source is another than when they were translated, the oldest change first.

    `revisions` are the newest first; `variants`: how many the translation at a key has, of which the last stands for
    all that it lacks. A source that says again what was translated is none of them, nor one that was changed together
    with its translation. Whoever takes a translation back translates nothing.
    """
    current: dict[Item, str] = {}
    translated: dict[Item, Revision] = {}
    for revision in revisions:
        for one in revision.change.rewordings:
            if one.item.language == language:
                current.setdefault(one.item, one.new)
                if not revision.why.startswith(UNDO) and one.new == current[one.item]:
                    translated.setdefault(one.item, revision)
    now: dict[Item, str] = {}
    then: dict[Item, str] = {}
    for revision in revisions:
        for one in revision.change.rewordings:
            mine = _in(language, one.item, variants)
            if one.item.language == source and mine and _is_later(revision, translated.get(mine)):
                now.setdefault(one.item, one.new)
                then[one.item] = one.old
    changed = (_in(language, item, variants) for item in now if now[item] != then[item])
    return list(reversed(dict.fromkeys(item for item in changed if item is not None)))


def _in(language: str, item: Item, variants: Callable[[str], int]) -> Item | None:
    """What says it in this language."""
    count = variants(item.key)
    return Item(language, item.key, min(item.variant, count - 1)) if count else None


def _is_later(change: Revision, translation: Revision | None) -> bool:
    if translation is None:
        return True
    together = bool(change.version) and change.version == translation.version
    return change.id > translation.id and not together
