"""A log line holds ids and events, never a person's words."""

import json
import logging

from bot.operations.logs import JsonLines


def a_record(name: str, message: str, **extra: object) -> logging.LogRecord:
    record = logging.LogRecord(name, logging.ERROR, "somewhere.py", 7, message, (), None)
    record.__dict__.update(extra)
    return record


def said(record: logging.LogRecord) -> dict[str, object]:
    line: dict[str, object] = json.loads(JsonLines().format(record))
    return line


def test_an_event_and_its_ids_are_written() -> None:
    line = said(a_record("bot.chat.intake", "update_failed", event="update_failed", update=7))

    assert (line["event"], line["update"]) == ("update_failed", 7)


def test_a_field_that_nobody_allowed_is_left_out() -> None:
    line = said(a_record("bot.chat.intake", "update_failed", event="update_failed", text="my cheek is leaking"))

    assert "leaking" not in json.dumps(line)


def test_a_library_s_message_is_not_repeated() -> None:
    line = said(a_record("telegram.ext", "Got update with text my cheek is leaking"))

    assert line["event"] == "library"


def test_a_token_never_reaches_the_log() -> None:
    written = JsonLines().format(a_record("bot.chat", "/bot123456789:AAAAbbbbCCCCddddEEEEffffGGGGhhhhIII/getMe"))

    assert "AAAA" not in written


def test_an_error_s_words_stay_out_of_the_log() -> None:
    try:
        raise ValueError("Anna wrote: it burns")
    except ValueError as error:
        record = logging.LogRecord("bot.care", logging.ERROR, "x.py", 1, "failed", (), (type(error), error, None))

    assert "Anna" not in JsonLines().format(record)
