"""What each kind of content file holds; the field names are the keys that admins write."""

from dataclasses import dataclass, field
from functools import cached_property
from typing import ClassVar

from bot.care.model.sign_off import Approval
from bot.care.model.triage import Level
from bot.library.wording import Words


@dataclass(frozen=True)
class AskWords:
    """A check-in question, and the label of each of its buttons."""

    question: Words | None = None
    answers: dict[str, Words] = field(default_factory=dict)


@dataclass(frozen=True)
class StepWords:
    """`safety`: the line that is kept when the message is folded into the next. `reply`: ask -> answer -> words."""

    text: Words
    sources: tuple[str, ...] = ()
    safety: Words | None = None
    ask: dict[str, AskWords] = field(default_factory=dict)
    reply: dict[str, dict[str, Words]] = field(default_factory=dict)


@dataclass(frozen=True)
class TopicWords:
    """An FAQ topic; phrasings are how patients may ask for it."""

    title: Words
    answer: Words
    phrasings: tuple[str, ...]
    also: tuple[str, ...] = ()
    symptom: bool = False
    sources: tuple[str, ...] = ()


@dataclass(frozen=True)
class FlagWords:
    """A red flag; its rules, in further keys, belong to understanding."""

    OPEN: ClassVar[bool] = True
    id: str
    level: Level
    name: Words
    advice: Words
    sources: tuple[str, ...] = ()


@dataclass(frozen=True)
class FlagsFile:
    OPEN: ClassVar[bool] = True
    flag: tuple[FlagWords, ...]


@dataclass(frozen=True)
class FamilyWords:
    """Something patients ask that is not ours to answer."""

    OPEN: ClassVar[bool] = True
    id: str
    say: Words
    examples: tuple[str, ...] = ()


@dataclass(frozen=True)
class FamiliesFile:
    OPEN: ClassVar[bool] = True
    family: tuple[FamilyWords, ...]


@dataclass(frozen=True)
class TreatmentWords:
    """What a treatment is called, and what staff may type for it."""

    name: Words
    aliases: tuple[str, ...] = ()


@dataclass(frozen=True)
class Allowed:
    """An exact phrase that may be said, and the source that lets it."""

    say: str
    sources: tuple[str, ...] = ()


@dataclass(frozen=True)
class Doses:
    """Words for how much of a medicine, before words for what it is counted in."""

    numbers: tuple[str, ...] = ()
    units: tuple[str, ...] = ()


@dataclass(frozen=True)
class Stopping:
    """A verb and a medicine in one sentence tell somebody to stop it.

    Not so with a word of `unless` just before the verb, or one of `own` between the two.
    """

    verbs: tuple[str, ...] = ()
    medicines: tuple[str, ...] = ()
    unless: tuple[str, ...] = ()
    own: tuple[str, ...] = ()


@dataclass(frozen=True)
class Claim:
    """A fact that is AVOID or TEMPER: its plain forms, and the tempered words that are said instead."""

    fact: str
    never: tuple[str, ...] = ()
    instead: str = ""


@dataclass(frozen=True)
class PromisesFile:
    """Words that promise too much, and the phrases in which they are harmless."""

    banned: tuple[str, ...]
    harmless: tuple[Allowed, ...] = ()
    doses: Doses = Doses()
    stopping: Stopping = Stopping()
    claim: tuple[Claim, ...] = ()

    @cached_property
    def never(self) -> tuple[str, ...]:
        """Every banned phrase and plain form of a claim."""
        return (*self.banned, *(phrase for claim in self.claim for phrase in claim.never))

    @cached_property
    def excused(self) -> tuple[str, ...]:
        return tuple(allowed.say for allowed in self.harmless)


@dataclass(frozen=True)
class FiguresFile:
    """How numbers and dates look in words; what may be written out because no placeholder stands for it."""

    numbers: tuple[str, ...] = ()
    units: tuple[str, ...] = ()
    months: tuple[str, ...] = ()
    weekdays: tuple[str, ...] = ()
    moments: tuple[str, ...] = ()
    """Words that are a time by themselves."""
    allowed: tuple[Allowed, ...] = ()

    @cached_property
    def excused(self) -> tuple[str, ...]:
        return tuple(allowed.say for allowed in self.allowed)


@dataclass(frozen=True)
class Only:
    """What must be said where these dimensions have one of these values."""

    when: dict[str, tuple[str, ...]]
    must: tuple[str, ...] = ()


@dataclass(frozen=True)
class Musts:
    """Phrases that words may not lose, in each variant or in one of them; `a | b`: one of them is enough."""

    must: tuple[str, ...] = ()
    somewhere: tuple[str, ...] = ()
    never: tuple[str, ...] = ()
    only: tuple[Only, ...] = ()
    sources: tuple[str, ...] = ()


@dataclass(frozen=True)
class StepMusts:
    """`of`: names of steps' words, in any treatment; `safety`: what their short safety line may not lose."""

    of: tuple[str, ...]
    must: tuple[str, ...] = ()
    safety: tuple[str, ...] = ()


@dataclass(frozen=True)
class PhraseMusts:
    """`of`: phrases as `group/name`."""

    of: tuple[str, ...]
    must: tuple[str, ...]


@dataclass(frozen=True)
class MustsFile:
    """`first`: the first message after a session; `faq`: topic -> what its answer must say; `answers`: id -> what the
    button of an answer that raises a danger sign must say."""

    first: Musts = field(default_factory=Musts)
    faq: dict[str, Musts] = field(default_factory=dict)
    steps: tuple[StepMusts, ...] = ()
    answers: dict[str, tuple[str, ...]] = field(default_factory=dict)
    phrase: tuple[PhraseMusts, ...] = ()

    def of_step(self, name: str) -> StepMusts:
        """All that is listed of it; empty where nothing is."""
        listed = [one for one in self.steps if name in one.of]
        must = tuple(wanted for one in listed for wanted in one.must)
        return StepMusts((name,), must, tuple(wanted for one in listed for wanted in one.safety))


@dataclass(frozen=True)
class Fact:
    """A statement of a source document; `use` says what it is for (MSG, FAQ, ENR, PRE, STAFF, TEMPER, AVOID).

    `reason`: why no words rest on it, where that is on purpose.
    """

    id: str
    use: tuple[str, ...]
    treatment: str
    say: str
    reason: str = ""


@dataclass(frozen=True)
class Source:
    """A resolved conflict (`C4`) or a public source (`E02`)."""

    id: str
    title: str


@dataclass(frozen=True)
class Ledger:
    """`facts.toml`."""

    fact: tuple[Fact, ...] = ()
    source: tuple[Source, ...] = ()

    def knows(self, source: str) -> bool:
        """Public sources have parts: `E24c` is a part of `E24`."""
        return source in self._ids or (source[:1] == "E" and source.rstrip("abcdefgh") in self._ids)

    @cached_property
    def only_claimed(self) -> frozenset[str]:
        """Facts that are claims and no more: nothing may rest on them."""
        return frozenset(fact.id for fact in self.fact if set(fact.use) == {"AVOID"})

    @cached_property
    def _ids(self) -> frozenset[str]:
        return frozenset({fact.id for fact in self.fact} | {known.id for known in self.source})


@dataclass(frozen=True)
class ApprovalsFile:
    """`approvals.toml`; of one treatment the one that fits counts."""

    approval: tuple[Approval, ...] = ()
