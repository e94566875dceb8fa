"""Which translations say what their source no longer says."""

from collections.abc import Sequence

from bot.care.model.revision import Item, Revision

HEARD = "-words"
"""How the phrases end that are looked for in what patients write, in their language; nobody reads them."""


def stale(revisions: Sequence[Revision], source: str, language: str) -> list[str]:
    """Keys whose words in the source are others than when they were translated, the oldest change first.

    `revisions` are the newest first. A source that says again what was translated is none of them, nor one that was
    changed together with its translation.
    """
    translated: dict[str, Revision] = {}
    for revision in revisions:
        for one in revision.change.rewordings:
            if one.item.language == language:
                translated.setdefault(one.item.key, revision)
    now: dict[Item, str] = {}
    then: dict[Item, str] = {}
    for revision in revisions:
        for one in revision.change.rewordings:
            if one.item.language == source and _is_later(revision, translated.get(one.item.key)):
                now.setdefault(one.item, one.new)
                then[one.item] = one.old
    newest_first = dict.fromkeys(item.key for item in now if now[item] != then[item])
    return list(reversed(newest_first))


def _is_later(change: Revision, translation: Revision | None) -> bool:
    if translation is None:
        return True
    together = bool(change.version) and change.version == translation.version
    return change.id > translation.id and not together
