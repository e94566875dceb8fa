"""One JSON line per event, with allow-listed fields only: ids, never what a person wrote or is called."""

import json
import logging
import re
import sys
import time
import traceback

FIELDS = ("event", "update", "delivery", "attempt", "enrolment", "lane", "outcome", "why", "round", "file", "count")
OWN = ("bot", "scheduler")
"""Loggers whose messages are our own words; of all others only the level and the place are kept."""

ISO = "%Y-%m-%dT%H:%M:%S"
TOKEN = re.compile(r"\d{6,}:[A-Za-z0-9_-]{30,}")


class JsonLines(logging.Formatter):
    """Deny by default: a field that is not on the list is not written, and a foreign message is not repeated."""

    converter = staticmethod(time.gmtime)

    def format(self, record: logging.LogRecord) -> str:
        line: dict[str, object] = {
            "ts": f"{self.formatTime(record, ISO)}.{record.msecs:03.0f}Z",
            "level": record.levelname,
            "logger": record.name,
        }
        line |= {name: getattr(record, name) for name in FIELDS if hasattr(record, name)}
        if "event" not in line:
            line["event"] = record.getMessage() if record.name.split(".")[0] in OWN else "library"
        if record.exc_info and record.exc_info[1] is not None:
            line["error"] = _place(record.exc_info[1])
        return TOKEN.sub("<token>", json.dumps(line, default=str))


def to_stderr(level: str) -> None:
    """Write our log to the standard error stream; libraries speak only from WARNING on."""
    handler = logging.StreamHandler(sys.stderr)
    handler.setFormatter(JsonLines())
    logging.basicConfig(level=level, handlers=[handler], force=True)
    # at INFO these print addresses, and the address of a call holds the token
    for name in ("httpx", "httpcore", "telegram", "uvicorn", "apscheduler", "sqlalchemy", "alembic"):
        logging.getLogger(name).setLevel(logging.WARNING)


def _place(error: BaseException) -> str:
    """The kind of error and where it rose; never its words, which may hold a patient's."""
    frames = traceback.extract_tb(error.__traceback__)
    where = f" at {frames[-1].filename.rsplit('/', 2)[-1]}:{frames[-1].lineno}" if frames else ""
    return f"{type(error).__name__}{where}"
