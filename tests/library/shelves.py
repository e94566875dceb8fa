"""Small content folders: a clinic with one treatment, whole and without a fault until a test changes it."""

from collections.abc import Mapping
from pathlib import Path

from bot.care.model.decisions import DECISIONS, FIGURES
from bot.care.model.words import PLACEHOLDERS
from bot.care.ports.words import Shelf
from bot.library.folder import Snapshot
from bot.library.loading import inspect
from bot.library.shelf import ContentShelf

CLINIC_ALONE = """\
fictitious = true
name = "Northlight"
phone = "+44 20 7946 0143"
out_of_hours = "go to urgent care"
zone = "Europe/London"
country = "GB"
languages = ["en"]
holidays = [2026-12-25]

[hours]
monday = { opens = 09:00:00, closes = 18:00:00 }
friday = { opens = 10:00:00, closes = 14:00:00 }

[[countries]]
code = "GB"
emergency = "999"
crisis = "116 123"
"""

CONTENT = Path(__file__).parents[2] / "content"

DECISIONS_TAKEN = "".join(
    f'\n[[decision]]\nid = "{name}"\nvalue = "as a rule"\nconfirmed = true\nwhy = "somebody must"\n'
    + (f"setting = {FIGURES[name].default}\n" if name in FIGURES else "")
    for name in DECISIONS
)
CLINIC = CLINIC_ALONE + DECISIONS_TAKEN

PICO = """\
surface = "intact"
ends = 42
interval = 28
least_interval = 21
sources = ["S001-03"]

[[step]]
id = "PC-00"
anchor = "session"
day = 0
moment = "session-end"
until = { day = 1, at = 08:00:00 }
late = "fold"
sources = ["S001-18"]

[[step]]
id = "PC-03"
anchor = "session"
day = 3
moment = "morning"
until = { day = 4 }
late = "drop"
alarm = true
sources = ["E02"]

[[step.ask]]
id = "skin"
kind = "choice"
answers = [{ id = "calm" }, { id = "hot", raises = "RF-U1" }]

[[window]]
thing = "makeup"
after = { least = 1, default = 2, most = 7 }
extra_days = { neck = 3 }
sources = ["C14"]
"""

PROMISES = """\
banned = ["cure", "erase"]
harmless = [{ say = "not a cure", sources = ["E02"] }]
"""

MUSTS = """\
first.must = ["{{ urgent_route }}", "{{ emergency_number }}"]
answers.hot = ["hot"]

[[step]]
of = ["PC-00", "PC-03"]
must = ["HELP"]
safety = ["{{ urgent_route }}"]

[faq.makeup]
must = ["not yet | calm"]
sources = ["C14"]

[faq.redness]
must = ["{{ redness_normal }}"]
sources = ["S001-18"]
"""

FILES = {
    "clinic.toml": CLINIC,
    "bare_words.toml": 'help = ["help", "Hilfe"]\nstop = ["stop"]\n',
    "facts.toml": """\
[[fact]]
id = "S001-03"
use = ["STAFF"]
treatment = "pico"
say = "Pulses are very short"

[[fact]]
id = "S001-18"
use = ["MSG"]
treatment = "pico"
say = "Some redness at first"

[[source]]
id = "E02"
title = "A hospital's leaflet"

[[source]]
id = "C14"
title = "When makeup may return"
""",
    "protocols/pico.toml": PICO,
    "en/treatments.toml": '[pico]\nname = "Pico laser"\naliases = ["Pico", "picosecond"]\n',
    "en/promises.toml": PROMISES,
    "en/figures.toml": 'units = ["hour", "hours"]\nmonths = ["may"]\n',
    "en/musts.toml": MUSTS,
    # what Telling says of days, windows and hours: the clinic's own, so that words can be tried on patients
    "en/phrases/plan.toml": (CONTENT / "en/phrases/plan.toml").read_text(encoding="utf-8"),
    "en/phrases/publishing.toml": (CONTENT / "en/phrases/publishing.toml").read_text(encoding="utf-8"),
    "en/phrases/menu.toml": '[menu]\nhelp = "Write HELP, {{ first_name }}."\n',
    "en/red_flags.toml": """\
[[flag]]
id = "RF-U1"
level = "urgent"
name = "Infection"
advice = "This may be an infection: {{ urgent_route }}."
sources = ["E02"]
words = ["pus"]
""",
    "en/out_of_scope.toml": '[[family]]\nid = "price"\nsay = "The desk knows the prices."\nexamples = ["how much"]\n',
    "en/faq/makeup.toml": """\
title = "Makeup"
also = ["redness"]
sources = ["C14"]
phrasings = ["when may I wear makeup"]

[[answer]]
when = { makeup = "off" }
say = "Not yet: {{ makeup_state }}."

[[answer]]
say = "Yes, if your skin is calm."
""",
    "en/faq/redness.toml": """\
title = "Redness"
symptom = true
sources = ["S001-18"]
phrasings = ["why am I red"]
answer = "It fades: {{ redness_normal }}. If not: {{ urgent_route }}."
""",
    "en/steps/pico/PC-00.toml": """\
sources = ["S001-18"]

[[text]]
when = { face = "yes" }
say = \"\"\"
Today. Your face may be warm, {{ first_name }}.
Worse: {{ urgent_route }}. Danger: {{ emergency_number }}. HELP brings a person.\"\"\"

[[text]]
say = "Today. Worse: {{ urgent_route }}. Danger: {{ emergency_number }}. HELP brings a person."

[[safety]]
say = "Pus or fever: {{ urgent_route }}."
""",
    "en/steps/pico/PC-03.toml": """\
text = "Day 3. How is your skin? Write HELP for a person."
sources = ["E02"]

[ask.skin]
question = "Which fits best?"
answers = { calm = "Calm", hot = "Hot" }

[reply.skin.calm]
say = "Good."
""",
}
"""One clinic, one treatment, two steps, two topics: no fault, one warning (it is made up)."""

FACTS = PLACEHOLDERS | {"face": "yes", "makeup": "off"}

Changes = Mapping[str, str | bytes | None]
"""What a test writes instead; None takes the file away."""


def a_snapshot(changes: Changes | None = None) -> Snapshot:
    files = {**FILES, **(changes or {})}
    return Snapshot({name: _bytes(text) for name, text in files.items() if text is not None})


def a_shelf(changes: Changes | None = None) -> ContentShelf:
    shelf = inspect(a_snapshot(changes)).shelf
    assert shelf is not None
    return shelf


def a_folder(root: Path, changes: Changes | None = None) -> Path:
    for name, data in a_snapshot(changes).files.items():
        write(root, name, data)
    return root


def write(root: Path, name: str, text: str | bytes) -> None:
    file = root / name
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_bytes(_bytes(text))


def faults_of(changes: Changes | None = None) -> list[str]:
    return [str(fault) for fault in inspect(a_snapshot(changes)).report.faults]


def is_a_shelf(shelf: ContentShelf) -> Shelf:
    """Read by the type checker: the library fills care's port."""
    return shelf


def _bytes(text: str | bytes) -> bytes:
    return text.encode() if isinstance(text, str) else text
