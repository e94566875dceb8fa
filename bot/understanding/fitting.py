"""Learn from the content's lines: topics, danger, and how sure to be. Runs as a process of its own."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from bot.care.model.triage import Level
from bot.understanding.arrays import Array, Truths, Whole, log_shares
from bot.understanding.backstop import MEANING_SAYS, Backstop
from bot.understanding.checked import Seen, check_danger, check_topics
from bot.understanding.corpus import Line, everything, folds, labelled
from bot.understanding.ear import SIGN_SAYS, TOPIC_SAYS, ear_of
from bot.understanding.learned import LearnedDanger, LearnedTopics
from bot.understanding.logistic import Logistic, learn_sureness
from bot.understanding.ridge import Fitted, fit
from bot.understanding.shelf import WordShelf
from bot.understanding.sureness import Labels, Opinions, speaks
from bot.understanding.terms import Kinds, Row, Vocabulary, learn_terms, overlap, weigh
from bot.understanding.topic_model import Meaning, TopicModel, resemblance

WORDS_RIDGE, MEANING_RIDGE, DANGER_RIDGE = 0.3, 0.1, 0.3
"""How much is not believed of each line (cross-validated; twice or half as much changes nothing)."""

USUAL, STRICT = (0.94, 0.06), (0.95, 0.06)
"""Share of answers that must be right on unseen lines, and of out-of-scope lines that may get one; on words alone
we are strict. Messages of real people do better than lines picked to differ from each other."""
OUT_OF_SCOPE = 0.2
"""How much of what patients write is none of our business."""

FALSE_RED, FALSE_AMBER = 0.018, 0.06
"""Shares of ordinary questions that the backstop may take for danger, or ask about."""
FALSE_AMBER_BY_WORDS = 0.1


Vectors = Mapping[str, Array] | None
"""Text -> its vector, for every line; None where there is no encoder."""


@dataclass(frozen=True)
class Table:
    """Lines as terms, with everything that a fit needs of them."""

    lines: Sequence[Line]
    vocabulary: Vocabulary
    rows: Sequence[Row]
    folds: Whole

    @property
    def common(self) -> Array:
        return overlap(self.rows, self.vocabulary.size)

    def weigh(self, says: Array) -> Array:
        return weigh(self.rows, says, self.vocabulary.size)


def _table(lines: Sequence[Line], kinds: Sequence[Kinds], says: Sequence[float]) -> Table:
    vocabulary = learn_terms(kinds, says)
    return Table(lines, vocabulary, [vocabulary.row(one) for one in kinds], folds(lines))


def _stack(lines: Iterable[Line], vectors: Mapping[str, Array]) -> Array:
    return np.array([vectors[line.text] for line in lines], np.float32)


# --- topics ----------------------------------------------------------------------------------------------------------


def learn_topics(shelf: WordShelf, vectors: Vectors) -> LearnedTopics:
    """Which topic a text is about, and how sure to be of it. Deterministic."""
    ear = ear_of(shelf)
    lines = labelled(shelf)
    words = [ear.read(line.text) for line in lines]
    table = _table(lines, [ear.topic_terms(one) for one in words], TOPIC_SAYS)
    labels = _labels(lines, topics=len(shelf.topics))
    owners = np.array([labels.names.index(str(line.label)) for line in lines])
    targets = np.eye(len(labels.names), dtype=np.float32)[owners]
    by_words = fit(table.common, targets, table.folds, ridge=WORDS_RIDGE)
    heat = _heat(by_words.unseen, owners)
    members, nearest, meaning = [log_shares(by_words.unseen / np.float32(heat))], None, None
    if vectors is not None:
        stacked = _stack(lines, vectors)
        alike = stacked @ stacked.T
        by_meaning = fit(resemblance(alike), targets, table.folds, ridge=MEANING_RIDGE)
        meaning = Meaning(stacked, by_meaning.says, _heat(by_meaning.unseen, owners))
        members.append(log_shares(by_meaning.unseen / np.float32(meaning.heat)))
        nearest = np.maximum.reduceat(_apart(alike, table.folds), labels.starts, axis=1)
    unknown = _unknown([ear.telling(one) for one in words], table.folds)
    length = np.array([len(one) for one in words], np.float32)
    opinions = Opinions(members, nearest, unknown, length)
    right = _right(opinions.together, owners, labels, shelf.also)
    sureness = _sureness(opinions, right, owners, labels)
    inside = opinions.together.argmax(axis=1) < labels.topics
    seen = Seen(lines, owners, opinions.together, right, np.where(inside, sureness.sure(speaks(opinions, labels)), 0))
    threshold = _threshold(seen, labels, *(STRICT if vectors is None else USUAL))
    model = TopicModel(labels, table.vocabulary, table.weigh(by_words.says), heat, meaning, sureness, threshold)
    return LearnedTopics(model, check_topics(seen, labels, threshold))


def _labels(lines: Sequence[Line], *, topics: int) -> Labels:
    names = tuple(dict.fromkeys(str(line.label) for line in lines))
    owned = [str(line.label) for line in lines]
    return Labels(names, topics, np.array([owned.index(name) for name in names], np.int64))


def _heat(scores: Array, owners: Whole) -> float:
    """What scores are divided by so that their shares say how likely each label is."""
    rows = np.arange(len(owners))
    heats = np.geomspace(0.01, 1, 60)
    return float(min(heats, key=lambda heat: -log_shares(scores / np.float32(heat))[rows, owners].mean()))


def _apart(alike: Array, folds: Whole) -> Array:
    """Lines of one fold do not know each other."""
    return np.where(folds[:, None] == folds[None, :], np.float32(-1), alike)


def _unknown(texts: Sequence[Sequence[str]], folds: Whole) -> Array:
    """Share of telling words that no line of another fold holds."""
    homes: dict[str, set[int]] = {}
    for terms, fold in zip(texts, folds.tolist(), strict=True):
        for term in terms:
            homes.setdefault(term, set()).add(fold)
    shares = [
        sum(homes[term] == {fold} for term in terms) / len(terms) if terms else 1.0
        for terms, fold in zip(texts, folds.tolist(), strict=True)
    ]
    return np.array(shares, np.float32)


def _right(together: Array, owners: Whole, labels: Labels, also: Mapping[str, Iterable[str]]) -> Truths:
    """Whether the best topic is the line's own or one that answers it as well."""
    best = together[:, : labels.topics].argmax(axis=1)
    accepted = {name: {name, *also.get(name, ())} for name in labels.names[: labels.topics]}
    pairs = zip(best.tolist(), owners.tolist(), strict=True)
    return np.array([labels.names[top] in accepted.get(labels.names[own], ()) for top, own in pairs])


def _sureness(opinions: Opinions, right: Truths, owners: Whole, labels: Labels) -> Logistic:
    inside = owners < labels.topics
    traffic = OUT_OF_SCOPE / (1 - OUT_OF_SCOPE) * inside.sum() / max(1, (~inside).sum())
    weight = np.where(inside, 1.0, traffic).astype(np.float32)
    return learn_sureness(speaks(opinions, labels), right.astype(np.float32), weight)


def _threshold(seen: Seen, labels: Labels, precise: float, astray: float) -> float:
    """The lowest sureness from which on answers are right, and none of our business is left alone, often enough."""
    inside = seen.owners < labels.topics
    best = 1.0
    for threshold in np.unique(seen.sure[seen.sure > 0])[::-1]:
        answered = seen.sure >= threshold
        if (~inside).any() and answered[~inside].mean() > astray:
            break
        if (answered & inside).any() and seen.right[answered & inside].mean() >= precise:
            best = float(threshold)
    return best


# --- danger ----------------------------------------------------------------------------------------------------------


def learn_danger(shelf: WordShelf, vectors: Vectors) -> LearnedDanger:
    """What sounds like a danger sign, and like which. Deterministic."""
    ear = ear_of(shelf)
    lines = everything(shelf)
    signs = [ear.signs_in(line.text, ear.read(line.text)) for line in lines]
    table = _table(lines, [ear.sign_terms(one) for one in signs], SIGN_SAYS)
    flags = tuple((str(flag["id"]), Level(flag["level"])) for flag in shelf.flags)
    likeness, stacked = table.common, None
    if vectors is not None:
        stacked = _stack(lines, vectors)
        likeness += np.float32(MEANING_SAYS) * resemblance(stacked @ stacked.T)
    fitted = fit(likeness, _targets(lines, [name for name, _ in flags]), table.folds, ridge=DANGER_RIDGE)
    ordinary = fitted.unseen[[line.label is not None for line in lines], 0]
    asking = FALSE_AMBER if vectors is not None else FALSE_AMBER_BY_WORDS
    backstop = Backstop(
        flags,
        table.vocabulary,
        table.weigh(fitted.says),
        stacked,
        None if stacked is None else fitted.says,
        certain=float(np.quantile(ordinary, 1 - FALSE_RED)),
        asking=float(np.quantile(ordinary, 1 - asking)),
        paging=_paging(fitted, lines, flags),
    )
    certain, asked = backstop.certain, backstop.asking
    return LearnedDanger(backstop, check_danger(lines, fitted.unseen[:, 0], certain=certain, asking=asked))


def _targets(lines: Sequence[Line], flags: Sequence[str]) -> Array:
    targets = np.zeros((len(lines), 1 + len(flags)), np.float32)
    for row, line in enumerate(lines):
        targets[row, 0] = 1 if line.flag else -1
        if line.flag:
            targets[row, 1 + flags.index(line.flag)] = 1
    return targets


def _paging(fitted: Fitted, lines: Sequence[Line], flags: Sequence[tuple[str, Level]]) -> float:
    """The lowest score from which nine in ten danger signs that resemble emergencies are one."""
    emergency = [at for at, (_, level) in enumerate(flags, start=1) if level is Level.EMERGENCY]
    if not emergency:
        return 1.0
    names = {name for name, level in flags if level is Level.EMERGENCY}
    dangerous = [line.flag is not None for line in lines]
    scores = fitted.unseen[dangerous][:, emergency].sum(axis=1)
    true = np.array([line.flag in names for line in lines if line.flag])
    best = 1.0
    for threshold in np.arange(0.6, 0.1, -0.02):
        named = scores >= threshold
        if named.any() and true[named].mean() >= 0.9:
            best = float(threshold)
    return best
