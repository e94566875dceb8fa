"""What was learned from the content, on disk: a file of plain numbers for each part, with JSON beside them."""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np

from bot.care.model.triage import Level
from bot.understanding.backstop import Backstop
from bot.understanding.checked import Checked, Count
from bot.understanding.logistic import Logistic
from bot.understanding.mapped import Arrays, load, save
from bot.understanding.sureness import Labels
from bot.understanding.terms import Vocabulary
from bot.understanding.topic_model import Meaning, TopicModel

ABOUT = "about"
OF_KINDS = ("keys", "places", "rarity")
"""What a vocabulary has of each kind of term."""

Unready = tuple[Arrays, dict[str, Any]]


@dataclass(frozen=True)
class LearnedTopics:
    model: TopicModel
    checked: Checked


@dataclass(frozen=True)
class LearnedDanger:
    backstop: Backstop
    counts: dict[str, Count]


def save_topics(learned: LearnedTopics, file: Path) -> None:
    model = learned.model
    arrays: Arrays = {
        "starts": model.labels.starts,
        "says": model.says,
        "sure.centre": model.sureness.centre,
        "sure.spread": model.sureness.spread,
        "sure.weights": model.sureness.weights,
    }
    about: dict[str, Any] = {
        "labels": model.labels.names,
        "topics": model.labels.topics,
        "heat": model.heat,
        "threshold": model.threshold,
        "checked": learned.checked.as_json(),
    }
    if model.meaning is not None:
        arrays |= {"vectors": model.meaning.vectors, "meaning": model.meaning.says}
        about["meaning.heat"] = model.meaning.heat
    _save(arrays, about, model.vocabulary, file)


def load_topics(file: Path) -> LearnedTopics:
    """Raises `OSError`, `ValueError`, `KeyError` or `BadZipFile` when it is not what `save_topics` wrote."""
    arrays, about = _load(file)
    meaning = None
    if "vectors" in arrays:
        meaning = Meaning(arrays["vectors"], arrays["meaning"], about["meaning.heat"])
    model = TopicModel(
        Labels(tuple(about["labels"]), about["topics"], arrays["starts"]),
        _vocabulary(arrays, about),
        arrays["says"],
        about["heat"],
        meaning,
        Logistic(arrays["sure.centre"], arrays["sure.spread"], arrays["sure.weights"]),
        about["threshold"],
    )
    return LearnedTopics(model, Checked.from_json(about["checked"]))


def save_danger(learned: LearnedDanger, file: Path) -> None:
    backstop = learned.backstop
    arrays: Arrays = {"says": backstop.says}
    about: dict[str, Any] = {
        "flags": [(name, level.value) for name, level in backstop.flags],
        "certain": backstop.certain,
        "asking": backstop.asking,
        "paging": backstop.paging,
        "counts": learned.counts,
    }
    if backstop.vectors is not None and backstop.meaning is not None:
        arrays |= {"vectors": backstop.vectors, "meaning": backstop.meaning}
    _save(arrays, about, backstop.vocabulary, file)


def load_danger(file: Path) -> LearnedDanger:
    """Raises as `load_topics` does."""
    arrays, about = _load(file)
    backstop = Backstop(
        tuple((name, Level(level)) for name, level in about["flags"]),
        _vocabulary(arrays, about),
        arrays["says"],
        arrays.get("vectors"),
        arrays.get("meaning"),
        about["certain"],
        about["asking"],
        about["paging"],
    )
    return LearnedDanger(backstop, {name: (part, whole) for name, (part, whole) in about["counts"].items()})


def _save(arrays: Arrays, about: dict[str, Any], vocabulary: Vocabulary, file: Path) -> None:
    kinds = zip(*(getattr(vocabulary, name) for name in OF_KINDS), strict=True)
    for kind, parts in enumerate(kinds):
        arrays |= {f"{name}.{kind}": part for name, part in zip(OF_KINDS, parts, strict=True)}
    about = {**about, "said": vocabulary.says}
    save({**arrays, ABOUT: np.frombuffer(json.dumps(about).encode("utf-8"), np.uint8)}, file)


def _load(file: Path) -> Unready:
    arrays = load(file)
    return arrays, json.loads(bytes(arrays[ABOUT]).decode("utf-8"))


def _vocabulary(arrays: Arrays, about: Mapping[str, Any]) -> Vocabulary:
    says = tuple(about["said"])
    keys, places, rarity = (tuple(arrays[f"{name}.{kind}"] for kind in range(len(says))) for name in OF_KINDS)
    return Vocabulary(keys, places, rarity, says)
