"""Everything that only the clinic can decide is there, and a figure stays where it may be."""

from bot.care.model.decisions import DECISIONS, FIGURES, Decision
from bot.library.content import Content
from bot.library.faults import Notes
from bot.library.places import Path
from bot.library.source import SourceFile


def check_decisions(content: Content, notes: Notes) -> None:
    del notes
    if content.clinic is None:
        return
    file = content.files["clinic.toml"]
    written = file.places("decision", "id")
    for missing in (name for name in DECISIONS if name not in written):
        file.fault((), f"the decision {missing!r} is missing: write it down, unconfirmed if need be")
    places = {id(decision): place for place, decision in enumerate(content.clinic.decisions)}
    for decision in content.clinic.decisions:
        place = written.get(decision.id, places[id(decision)])
        _check(file, ("decision", place), decision)


def _check(file: SourceFile, at: Path, decision: Decision) -> None:
    figure = FIGURES.get(decision.id)
    if decision.id not in DECISIONS:
        file.fault((*at, "id"), f"there is no decision {decision.id!r}")
    elif figure is None and decision.setting is not None:
        file.fault((*at, "setting"), f"{decision.id} is no figure: its words stand in `value`")
    elif figure is not None and decision.setting is None:
        file.fault(at, f"{decision.id} needs `setting`; {figure.says()}")
    elif figure is not None and decision.setting not in figure.allowed:
        file.fault((*at, "setting"), f"{decision.id} cannot be {decision.setting}; {figure.says()}")
    if not decision.value.strip() or not decision.why.strip():
        file.fault(at, f"{decision.id} needs words in `value` and in `why`")
