"""What was learned from the content, on disk: one file of plain numbers, with JSON beside them."""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt

from bot.care.model.triage import Level
from bot.understanding.arrays import Array
from bot.understanding.backstop import Backstop
from bot.understanding.checked import Checked
from bot.understanding.logistic import Logistic
from bot.understanding.sureness import Labels
from bot.understanding.terms import Vocabulary
from bot.understanding.topic_model import Meaning, TopicModel

Arrays = dict[str, npt.NDArray[Any]]
ABOUT = "about"


@dataclass(frozen=True)
class Learned:
    """`topics` knows the first lines of `danger`, so their vectors are stored once."""

    topics: TopicModel
    danger: Backstop
    checked: Checked


def save(learned: Learned, file: Path) -> None:
    topics, danger = learned.topics, learned.danger
    arrays: Arrays = {
        "topic.starts": topics.labels.starts,
        "topic.says": topics.says,
        "sure.centre": topics.sureness.centre,
        "sure.spread": topics.sureness.spread,
        "sure.weights": topics.sureness.weights,
        "danger.says": danger.says,
    }
    about: dict[str, Any] = {
        "labels": topics.labels.names,
        "topics": topics.labels.topics,
        "heat": topics.heat,
        "threshold": topics.threshold,
        "flags": [(name, level.value) for name, level in danger.flags],
        "certain": danger.certain,
        "asking": danger.asking,
        "paging": danger.paging,
        "checked": learned.checked.as_json(),
    }
    for name, vocabulary in (("topic", topics.vocabulary), ("danger", danger.vocabulary)):
        about[f"{name}.terms"], about[f"{name}.said"] = vocabulary.terms, vocabulary.says
        arrays |= {f"{name}.rarity.{kind}": rarity for kind, rarity in enumerate(vocabulary.rarity)}
    if topics.meaning is not None and danger.vectors is not None and danger.meaning is not None:
        arrays |= {"vectors": danger.vectors, "topic.meaning": topics.meaning.says, "danger.meaning": danger.meaning}
        about["meaning.heat"] = topics.meaning.heat
    arrays[ABOUT] = np.frombuffer(json.dumps(about).encode("utf-8"), np.uint8)
    with file.open("wb") as out:
        np.savez(out, **arrays)  # type: ignore[arg-type]


def load(file: Path) -> Learned:
    """Raises `OSError`, `ValueError`, `KeyError` or `BadZipFile` when it is not what `save` wrote."""
    with np.load(file, allow_pickle=False) as stored:
        arrays: Arrays = {name: stored[name] for name in stored.files}
    about = json.loads(bytes(arrays[ABOUT]).decode("utf-8"))
    vectors = arrays.get("vectors")
    checked = Checked.from_json(about["checked"])
    return Learned(_topics(arrays, about, vectors), _danger(arrays, about, vectors), checked)


def _topics(arrays: Arrays, about: Mapping[str, Any], vectors: Array | None) -> TopicModel:
    meaning = None
    if vectors is not None:
        says = arrays["topic.meaning"]
        meaning = Meaning(vectors[: len(says)], says, about["meaning.heat"])
    return TopicModel(
        Labels(tuple(about["labels"]), about["topics"], arrays["topic.starts"]),
        _vocabulary("topic", arrays, about),
        arrays["topic.says"],
        about["heat"],
        meaning,
        Logistic(arrays["sure.centre"], arrays["sure.spread"], arrays["sure.weights"]),
        about["threshold"],
    )


def _danger(arrays: Arrays, about: Mapping[str, Any], vectors: Array | None) -> Backstop:
    return Backstop(
        tuple((name, Level(level)) for name, level in about["flags"]),
        _vocabulary("danger", arrays, about),
        arrays["danger.says"],
        vectors,
        arrays.get("danger.meaning"),
        about["certain"],
        about["asking"],
        about["paging"],
    )


def _vocabulary(name: str, arrays: Arrays, about: Mapping[str, Any]) -> Vocabulary:
    terms = tuple(map(tuple, about[f"{name}.terms"]))
    rarity = tuple(arrays[f"{name}.rarity.{kind}"] for kind in range(len(terms)))
    return Vocabulary(terms, rarity, tuple(about[f"{name}.said"]))
