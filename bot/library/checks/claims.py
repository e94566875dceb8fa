"""Each claim that the bot never makes, or makes only with care, is known in each language."""

from collections.abc import Iterator
from functools import lru_cache

from bot.library.checks.promises import promised
from bot.library.content import Content, Tongue
from bot.library.content_files import Claim
from bot.library.faults import Fault, Notes
from bot.library.places import Path
from bot.library.shelf import keyed
from bot.library.source import SourceFile
from bot.library.telegram_html import visible

CAREFUL = frozenset({"AVOID", "TEMPER"})


def check_claims(content: Content, notes: Notes) -> None:
    uses = {fact.id: fact.use for fact in content.ledger.fact if not CAREFUL.isdisjoint(fact.use)}
    for language, tongue in content.tongues.items():
        name = f"{language}/promises.toml"
        file = content.files.get(name)
        if file is None:
            if name not in content.present:
                notes.faults.append(Fault(name, 1, "is missing: nothing would be refused"))
            continue
        claimed = {claim.fact for claim in tongue.promises.claim}
        for fact in sorted(uses.keys() - claimed):
            file.fault(("claim",), f"{fact} is {' and '.join(uses[fact])} but no [[claim]] says its plain forms")
        said = _said(tongue)
        for place, claim in enumerate(tongue.promises.claim):
            for key, reason in _wrong(claim, uses, tongue, said):
                _fault(file, place, key, reason)


def _wrong(claim: Claim, uses: dict[str, tuple[str, ...]], tongue: Tongue, said: str) -> Iterator[tuple[str, str]]:
    use = uses.get(claim.fact)
    if use is None:
        yield "fact", f"facts.toml has no {claim.fact} that is AVOID or TEMPER"
        return
    if not claim.never:
        yield "fact", f"{claim.fact} needs its plain forms in `never`"
    if "TEMPER" in use and not claim.instead:
        yield "fact", f"{claim.fact} is TEMPER and needs its tempered words in `instead`"
    if claim.instead and any(promised(claim.instead, tongue.promises)):
        yield "instead", f"{claim.fact}: the tempered words promise too much themselves"
    elif claim.instead and _flat(claim.instead) not in said:
        yield "instead", f"{claim.fact}: its tempered words are said nowhere: {claim.instead!r}"


def _said(tongue: Tongue) -> str:
    return "\n".join(_flat(visible(variant.compiled.text)) for _, words in keyed(tongue) for variant in words.variants)


@lru_cache(maxsize=4096)
def _flat(text: str) -> str:
    return " ".join(text.lower().split())


def _fault(file: SourceFile, place: int, key: str, reason: str) -> None:
    at: Path = ("claim", place, key)
    file.fault(at, reason)
