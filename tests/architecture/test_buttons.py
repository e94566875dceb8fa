"""Every button that care puts under a message sets something off."""

import ast
from collections.abc import Iterator
from pathlib import Path

import bot.care.services
from bot.chat.handlers import deeds

SERVICES = Path(next(iter(bot.care.services.__path__)))


def _deeds_named() -> Iterator[tuple[str, ast.expr]]:
    """File and line, and what stands for the deed in each `Button(...)` that has one."""
    for file in sorted(SERVICES.glob("*.py")):
        for node in ast.walk(ast.parse(file.read_text())):
            if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id == "Button":
                named = [word.value for word in node.keywords if word.arg == "deed"]
                for deed in (*node.args[1:2], *named):
                    yield f"{file.name}:{node.lineno}", deed


def _beginning(deed: ast.JoinedStr) -> str:
    first = deed.values[0]
    return str(first.value) if isinstance(first, ast.Constant) else ""


def test_every_deed_written_on_a_button_is_somebody_s() -> None:
    known = deeds()

    lost = [where for where, deed in _deeds_named() if isinstance(deed, ast.Constant) and deed.value not in known]

    assert lost == []


def test_every_deed_that_is_put_together_begins_like_one_that_exists() -> None:
    known = deeds()
    put_together = [(where, deed) for where, deed in _deeds_named() if isinstance(deed, ast.JoinedStr)]

    lost = [where for where, deed in put_together if not any(name.startswith(_beginning(deed)) for name in known)]

    assert lost == []


def test_every_deed_that_comes_in_a_variable_is_looked_at_by_hand() -> None:
    """A new one belongs on this list once its values were found among the deeds."""
    in_variables = {where.split(":")[0] for where, deed in _deeds_named() if isinstance(deed, ast.Name)}

    assert in_variables <= {"alert_list.py", "confirming.py", "leafing.py", "triaging.py"}


def test_the_deeds_that_come_in_variables_exist() -> None:
    confirmed = {"correct", "session-done", "session-move", "team-remove", "leave-it", "window-set"}
    confirmed |= {"wrong-person-yes", "pause-patient-yes", "resume-patient-yes", "end-course-yes"}
    confirmed |= {"cancel-enrolment-yes", "guest-out-yes"}
    confirmed |= {"oncall-take", "oncall-decline", "oncall-clear", "drill-start", "no-telegram-yes"}
    confirmed |= {"unanswered-page", "unanswered-topics", "unanswered-families", "content-open", "content-history"}

    assert confirmed | {"acknowledge", "close", "amber-yes", "amber-no"} <= set(deeds())
