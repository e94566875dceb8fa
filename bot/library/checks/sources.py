"""Nothing clinical stands without a source that the ledger knows."""

from bot.library.content import Content
from bot.library.faults import Notes
from bot.library.ledger import places_of
from bot.library.places import Path
from bot.library.source import SourceFile


def check_sources(content: Content, notes: Notes) -> None:
    del notes
    for treatment, protocol in content.protocols.items():
        file = content.files[f"protocols/{treatment}.toml"]
        for key in ("step", "window", "threshold"):
            for place, item in file.tables(key):
                named = item.get("id") or item.get("thing") or item.get("symptom") or key
                _check(content, file, (key, place), item.get("sources"), str(named))
        _check(content, file, (), list(protocol.sources), treatment)
    for language, tongue in content.tongues.items():
        for step, words in tongue.steps.items():
            _check(content, content.files[f"{language}/steps/{step}.toml"], (), list(words.sources), step)
        for topic, answer in tongue.topics.items():
            _check(content, content.files[f"{language}/faq/{topic}.toml"], (), list(answer.sources), topic)
        _check_tables(content, f"{language}/red_flags.toml", "flag", "id")
        for name, key in ((f"{language}/promises.toml", "harmless"), (f"{language}/figures.toml", "allowed")):
            _check_tables(content, name, key, "say")
        musts = content.files.get(f"{language}/musts.toml")
        if musts is not None:
            for topic, own in tongue.musts.faq.items():
                _check(content, musts, ("faq", topic), list(own.sources), topic)
    _check_reasons(content)


def _check_tables(content: Content, name: str, key: str, named: str) -> None:
    file = content.files.get(name)
    if file is not None:
        for place, item in file.tables(key):
            _check(content, file, (key, place), item.get("sources"), repr(item.get(named)))


def _check_reasons(content: Content) -> None:
    """A reason why nothing rests on a fact is a lie once something does."""
    places = places_of({name: file.table for name, file in content.files.items()})
    for place, fact in enumerate(content.ledger.fact):
        if fact.reason and fact.id in places:
            reason = f"{fact.id} has a reason not to be used, but {places[fact.id][0]} uses it"
            content.files["facts.toml"].fault(("fact", place, "reason"), reason)


def _check(content: Content, file: SourceFile, path: Path, sources: object, named: str) -> None:
    if not isinstance(sources, list) or not sources:
        file.fault(path, f"{named} names no source")
    else:
        _known(content, file, (*path, "sources"), sources)


def _known(content: Content, file: SourceFile, path: Path, sources: list[object]) -> None:
    if not content.ledger.source and not content.ledger.fact:
        # a ledger that could not be read is a fault of its own
        return
    for place, source in enumerate(sources):
        if not isinstance(source, str) or not content.ledger.knows(source):
            file.fault((*path, place), f"facts.toml knows no source {source!r}")
        elif source in content.ledger.only_claimed:
            file.fault((*path, place), f"{source} is a claim that is never repeated: nothing may rest on it")
