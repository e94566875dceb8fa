"""What can be configured is written down, and what is written down can be configured."""

import re

from bot.settings import SECRETS, Settings
from tests.architecture.sources import ROOT

WRITTEN = re.findall(r"^#?([A-Z_]+)=", (ROOT / ".env.example").read_text(encoding="utf-8"), re.MULTILINE)


def test_the_example_names_every_setting_once_and_no_other() -> None:
    settings = {name.upper() for name in Settings.model_fields}

    assert sorted(WRITTEN) == sorted(settings | {f"{secret}_FILE" for secret in SECRETS})


def test_every_line_of_the_example_is_explained() -> None:
    lines = (ROOT / ".env.example").read_text(encoding="utf-8").splitlines()

    bare = [
        line
        for before, line in zip(["", *lines], lines, strict=False)
        if re.match(r"#?[A-Z_]+=", line) and not re.match(r"# \S", before)
    ]
    assert bare == []
