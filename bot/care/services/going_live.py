"""Until the clinic has decided and a clinician approved, only test patients are enrolled on Telegram itself."""

from collections.abc import Iterable
from dataclasses import dataclass

from bot.care.model.enrolment import Enrolment
from bot.care.model.enrolment_form import EnrolmentForm
from bot.care.model.people import Patient
from bot.care.model.sign_off import ANSWERS
from bot.care.model.windows import column, columns
from bot.care.model.words import Html
from bot.care.services.speaking import Speaking


@dataclass(frozen=True)
class GoingLive:
    """`on_telegram`: connected to Telegram itself; in play and trials everybody may be enrolled."""

    speaking: Speaking
    on_telegram: bool

    @property
    def is_for_tests(self) -> bool:
        """A real patient of the first treatment, as in an example, would be refused."""
        return self.refusal(EnrolmentForm(treatments=tuple(self.speaking.shelf.protocols)[:1])) is not None

    def refusal(self, *forms: EnrolmentForm) -> Html | None:
        """Why these patients may not be enrolled yet, all at once; None for test patients and where nothing is open."""
        real = [form for form in forms if not form.test]
        if not self.on_telegram or not real:
            return None
        shelf = self.speaking.shelf
        undecided = [decision.id for decision in shelf.clinic.decisions if not decision.confirmed]
        named = {treatment for form in real for treatment in self._followed(form)}
        unapproved = sorted((named or set(shelf.protocols)) - shelf.approved)
        # while nobody has said which treatment, one that is approved is enough to go on asking
        barred = bool(unapproved) and (bool(named) or len(unapproved) == len(shelf.protocols))
        # whatever the treatment, they may ask anything
        answers = {ANSWERS} - shelf.approved
        if not undecided and not barred and not answers:
            return None
        return self._not_live(undecided, (*unapproved, *answers))

    def refusal_to_change(self, patient: Patient, old: Enrolment, new: Enrolment) -> Html | None:
        """Why this patient, who is enrolled already, may not be given another plan; None where it stays the same one,
        or a clinician stands for it. What else is open concerned them before, and bars no correction."""
        protocols = self.speaking.shelf.protocols
        given, before = ({one.id for one in columns(protocols, enrolment)} for enrolment in (new, old))
        unapproved = sorted(given - before - self.speaking.shelf.approved)
        if not self.on_telegram or patient.test or not unapproved:
            return None
        return self._not_live([], unapproved)

    def refusal_as_real(self, patient: Patient, tested: Enrolment) -> Html | None:
        """Why what was enrolled for a test patient may not become this one's; None where it may."""
        treatments = (tested.treatment, *tested.also)
        return self.refusal(EnrolmentForm(treatments=treatments, surface=tested.surface, test=patient.test))

    def _followed(self, form: EnrolmentForm) -> set[str]:
        """Whose plan and words this patient would get: the ticked surface may pick another treatment's."""
        protocols = self.speaking.shelf.protocols
        return {column(protocols, name, form.surface or protocols[name].surface).id for name in form.treatments}

    def _not_live(self, undecided: Iterable[str], unapproved: Iterable[str]) -> Html:
        listed = map(self.speaking.stood_for, unapproved)
        parts = (self._part("decisions", undecided), self._part("approvals", listed))
        return self.speaking.staff("enrolling/not-live", remarks=Html("\n\n".join(part for part in parts if part)))

    def _part(self, name: str, items: Iterable[str]) -> Html:
        listed = list(items)
        if not listed:
            return Html()
        return self.speaking.staff(f"enrolling/not-live-{name}", count=str(len(listed)), listed=", ".join(listed))
