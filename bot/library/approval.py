"""Which treatments a clinician stands for: the hash of a treatment's plan and words, and who approved which."""

import json
from collections.abc import Iterable, Mapping
from hashlib import sha256
from typing import Any

from bot.care.model.protocol import Protocol
from bot.library.content_files import Approval


def fingerprint(protocol: Protocol, tables: Mapping[str, Mapping[str, Any]]) -> str:
    """16 characters that change with the plan, its days or any word of its steps, in whatever language.

    `tables`: the files by name. Comments and the order of keys do not count.
    """
    keys = {step.words or f"{protocol.id}/{step.id}" for step in protocol.steps}
    words = {name: table for name, table in tables.items() if _step_of(name) in keys}
    said = json.dumps(words, sort_keys=True, default=str)
    return sha256(f"{protocol!r}\0{said}".encode()).hexdigest()[:16]


def _step_of(file: str) -> str | None:
    """`picosure/PS-01` of `en/steps/picosure/PS-01.toml`."""
    _, is_step, key = file.partition("/steps/")
    return key.removesuffix(".toml") if is_step and key.endswith(".toml") else None


def approved(approvals: Iterable[Approval], prints: Mapping[str, str]) -> frozenset[str]:
    """Treatments whose plan and words, as they are now, somebody stands for."""
    return frozenset(each.treatment for each in approvals if prints.get(each.treatment) == each.hash)
