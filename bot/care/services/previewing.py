"""Show staff a message as a patient would read it."""

from dataclasses import dataclass
from datetime import datetime

from bot.care.model.inbound import Sender
from bot.care.model.people import Patient
from bot.care.model.protocol import Protocol, Step
from bot.care.model.words import PLACEHOLDERS, Facts, Html
from bot.care.ports.records import Work
from bot.care.ports.words import MissingWords
from bot.care.services.admitting import here
from bot.care.services.finding import Finding
from bot.care.services.knowing import Knowing
from bot.care.services.posting import post
from bot.care.services.questions import words_of
from bot.care.services.speaking import Speaking

EARLY: Facts = {
    "face": "yes", "area": "face", "phase": "early", "gate": "unanswered", "next": "known", "near_next": "no",
    "retinol_variant": "R1", "clinic_open": "yes", "makeup": "off", "shaving": "off", "sunscreen": "off", "sun": "off",
    "retinol": "off", "actives": "off", "exercise": "off", "heat": "off", "swimming": "off", "hair_removal": "off",
    "other_treatments": "off", "nsaid": "off", "smoking": "off", "alcohol": "off", "sleep": "raised",
}  # fmt: skip
"""A made-up patient in the first days, for a preview without a real one."""


@dataclass(frozen=True)
class Previewing:
    speaking: Speaking
    knowing: Knowing
    finding: Finding

    def answer(self, work: Work, who: Sender, words: str, *, at: datetime) -> None:
        """`/templates`, `/templates pico`, `/templates pico PC-03`, `/templates pico PC-03 A-17`."""
        named, step_id, whom = [*words.split(), "", "", ""][:3]
        shelf = self.speaking.shelf
        protocol = shelf.protocols.get(shelf.aliases.get(named.lower(), named.lower()))
        if protocol is None:
            self._say(work, who, "templates", self._treatments(), at=at)
            return
        step = next((step for step in protocol.steps if step.id.lower() == step_id.lower()), None)
        if step is None:
            self._say(work, who, "templates-steps", self._steps(protocol), at=at)
            return
        patient = self.finding.patient(work, who, whom, at=at) if whom else None
        if not whom or patient is not None:
            self._preview(work, who, protocol, step, patient, at=at)

    def _preview(
        self, work: Work, who: Sender, protocol: Protocol, step: Step, patient: Patient | None, *, at: datetime
    ) -> None:
        facts = self._facts(work, protocol, patient, at=at)
        language = patient.language if patient else self.speaking.staff_language
        key = f"steps/{words_of(protocol, step)}"
        try:
            text = self.speaking.shelf.say(key, language, facts)
        except MissingWords:
            text = self.speaking.staff("seeing/template-missing")
        asks = [self._ask(key, ask.id, language, facts) for ask in step.asks]
        whole = Html("\n\n".join([text, *(ask for ask in asks if ask)]))
        name = patient.code if patient else self.speaking.staff("seeing/example-patient")
        shown = self.speaking.staff("seeing/template", what=f"{protocol.id} {step.id}", value=name, text=whole)
        post(work, here(who), shown, at=at)

    def _ask(self, key: str, ask: str, language: str, facts: Facts) -> Html:
        shelf, words = self.speaking.shelf, f"{key}/ask/{ask}"
        return shelf.say(words, language, facts) if shelf.has(words, language) else Html()

    def _facts(self, work: Work, protocol: Protocol, patient: Patient | None, *, at: datetime) -> Facts:
        if patient is None or not self.knowing.course(work, patient):
            return {**PLACEHOLDERS, **EARLY, "protocol": protocol.column, "surface": protocol.surface.value}
        return self.knowing.facts(work, patient, at=at)

    def _treatments(self) -> list[str]:
        return list(self.speaking.shelf.protocols)

    def _steps(self, protocol: Protocol) -> list[str]:
        return [step.id for step in protocol.steps]

    def _say(self, work: Work, who: Sender, name: str, items: list[str], *, at: datetime) -> None:
        post(work, here(who), self.speaking.staff(f"seeing/{name}", listed=", ".join(items)), at=at)
