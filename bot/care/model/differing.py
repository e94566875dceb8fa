"""Show what differs between two texts."""

from difflib import SequenceMatcher, unified_diff
from html import escape

from bot.care.model.texts import cut
from bot.care.model.words import Html


def marked(words: str, other: str, *, most: int) -> Html:
    """These words as they are written, what the other text has not in bold; at most so many UTF-16 units."""
    if len(words.encode("utf-16-le")) // 2 > most:
        return Html(escape(cut(words, most=most)))
    own, theirs = words.split(" "), other.split(" ")
    blocks = SequenceMatcher(None, theirs, own, autojunk=False).get_opcodes()
    parts = ((tag, escape(" ".join(own[begin:end]))) for tag, _, _, begin, end in blocks if begin < end)
    return Html(" ".join(said if tag == "equal" or not said.strip() else f"<b>{said}</b>" for tag, said in parts))


def lines_changed(old: str, new: str, *, most: int) -> str:
    """The lines that differ, with - and + before them."""
    found = unified_diff(old.splitlines(), new.splitlines(), lineterm="", n=0)
    return cut("\n".join(line for line in found if not line.startswith(("---", "+++", "@@"))), most=most)
