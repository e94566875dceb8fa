"""An album in memory, with a lid that can be closed."""

from collections.abc import Sequence
from dataclasses import dataclass, field


@dataclass
class FakeAlbum:
    kept: dict[tuple[int, str], bytes] = field(default_factory=dict)
    full: bool = False

    def keep(self, patient_id: int, file_id: str, content: bytes) -> bool:
        if not self.full:
            self.kept.setdefault((patient_id, file_id), content)
        return (patient_id, file_id) in self.kept

    def find(self, patient_id: int, file_id: str) -> bytes | None:
        return self.kept.get((patient_id, file_id))

    def owners(self) -> Sequence[int]:
        return sorted({owner for owner, _ in self.kept})

    def erase(self, patient_id: int) -> None:
        self.kept = {key: content for key, content in self.kept.items() if key[0] != patient_id}
