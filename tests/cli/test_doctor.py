"""`aftercare doctor` names what is not well and what to do, changes nothing and shows no secret."""

import asyncio
import json
import os
import sys
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from bot.settings import ROOT
from tests.faults.clinic import Clinic, clinic_in
from tests.faults.forge import forge
from tests.operations.far_side import a_hook, a_post_office
from tests.own_content import CONTENT

Found = dict[str, dict[str, str]]


async def examined(clinic: Clinic, *options: str, **more: str) -> tuple[int, Found, str]:
    """Exit status, findings by what was looked at, and all that was said."""
    given = {"CONTENT_DIR": str(CONTENT), **clinic.settings, **more}
    ended = await forge().run(["doctor", "--json", *options], cwd=clinic.folder, env=given)
    return ended.status, _found(ended.out), ended.out + ended.err


async def examined_afresh(clinic: Clinic) -> tuple[int, Found, str]:
    """With Python itself, and all its imports."""
    given = {"PYTHONPATH": str(ROOT), "CONTENT_DIR": str(CONTENT), **clinic.settings}
    process = await asyncio.create_subprocess_exec(
        sys.executable, "-m", "bot", "doctor", "--json", cwd=clinic.folder, env=given,
        stdout=asyncio.subprocess.PIPE, stderr=asyncio.subprocess.PIPE,
    )  # fmt: skip
    out, err = await process.communicate()
    return process.returncode or 0, _found(out.decode()), (out + err).decode()


def _found(out: str) -> Found:
    findings: list[dict[str, Any]] = json.loads(out) if out else []
    return {one["what"]: one for one in findings}


async def test_a_clinic_that_is_well_has_no_failure(tmp_path: Path) -> None:
    async with clinic_in(tmp_path) as clinic:
        status, found, said = await examined_afresh(clinic)

        levels = {what: one["level"] for what, one in found.items()}
        assert status == 0, said
        well = ("settings", "key file", "content", "database", "telegram", "way in", "clock", "privacy")
        assert [levels[what] for what in well] == ["ok"] * len(well)
        assert (levels["decisions"], levels["desk"]) == ("warn", "warn")
        assert "pin" in found["desk"]["says"]
        assert clinic.settings["TELEGRAM_BOT_TOKEN"] not in said


async def test_a_desk_that_has_become_public_is_a_failure(tmp_path: Path) -> None:
    async with clinic_in(tmp_path) as clinic:
        group = clinic.playground.telegram.conversations[clinic.desk]
        group.chat = replace(group.chat, username="our_desk")

        status, found, _ = await examined(clinic)

        assert (status, found["desk"]["level"]) == (1, "fail")
        assert "@our_desk" in found["desk"]["says"]


async def test_an_unknown_token_a_key_for_all_and_an_open_env_file_are_failures(tmp_path: Path) -> None:
    async with clinic_in(tmp_path) as clinic:
        (tmp_path / "var.key").chmod(0o644)
        (tmp_path / ".env").touch(0o644)

        status, found, said = await examined(clinic, TELEGRAM_BOT_TOKEN="123456789:" + "x" * 35)

        assert status == 1
        assert [found[what]["level"] for what in ("telegram", "key file", ".env")] == ["fail"] * 3
        assert "401" in found["telegram"]["says"]
        assert "x" * 35 not in said


@pytest.mark.parametrize(
    ("given", "what"),
    [
        pytest.param({"TELEGRAM_API_URL": "http://127.0.0.1:1"}, "telegram", id="no network"),
        pytest.param({"LOG_LEVEL": "loud"}, "settings", id="settings"),
        pytest.param({"CONTENT_DIR": "gone"}, "content", id="content"),
        pytest.param({"DATABASE_URL": "postgresql://me:s3cret@127.0.0.1:1/care"}, "database", id="database"),
    ],
)
async def test_each_trouble_is_named_with_what_to_do(tmp_path: Path, given: dict[str, str], what: str) -> None:
    async with clinic_in(tmp_path) as clinic:
        status, found, said = await examined(clinic, **given)

        assert status == 1
        assert found[what]["level"] == "fail", said
        assert found[what]["do"]
        assert "s3cret" not in said


@pytest.mark.skipif(os.geteuid() != 0, reason="only root can give a folder away")
async def test_a_copy_of_photos_that_the_bot_cannot_erase_in_is_a_failure(tmp_path: Path) -> None:
    async with clinic_in(tmp_path) as clinic:
        data = clinic.folder / clinic.settings["DATA_DIR"]
        (data / "photos").mkdir()
        (data / "backups" / "mine.photos").mkdir(parents=True)
        _, well, _ = await examined(clinic)
        os.chown(data / "photos", 65534, 65534)

        status, found, _ = await examined(clinic)

        assert "photos" not in well
        assert (status, found["photos"]["level"]) == (1, "fail")
        assert "mine.photos belongs to another user" in found["photos"]["says"]


async def test_looking_makes_nothing(tmp_path: Path) -> None:
    (tmp_path / "empty").mkdir()
    async with clinic_in(tmp_path) as clinic:
        status, found, _ = await examined(clinic, DATA_DIR="empty/var")

        assert (status, found["database"]["level"], found["key file"]["level"]) == (0, "warn", "warn")
        assert list((tmp_path / "empty").iterdir()) == []


async def test_the_second_alarm_channel_is_looked_at_and_tested_only_when_asked(tmp_path: Path) -> None:
    async with clinic_in(tmp_path) as clinic, a_hook() as hook, a_post_office() as office:
        alarms = {
            "ALARM_WEBHOOK_URL": hook.url,
            "ALARM_WEBHOOK_SECRET": "s3cret, and long enough",
            "ALARM_SMTP_URL": office.url,
            "ALARM_MAIL_FROM": "bot@clinic.example",
            "ALARM_MAIL_TO": "a@clinic.example, b@clinic.example",
        }
        _, found, said = await examined(clinic, **alarms)

        assert [found[what]["level"] for what in ("webhook", "mail")] == ["ok", "ok"], said
        assert ([method for method, _, _ in hook.taken], office.letters) == (["HEAD"], [])
        assert "hidden" not in said
        assert "s3cret" not in said

        _, found, _ = await examined(clinic, "--page", **alarms)

        assert b"TEST" in hook.taken[1][2]
        assert len(office.letters) == 1


async def test_a_second_alarm_channel_that_does_not_answer_is_a_failure(tmp_path: Path) -> None:
    async with clinic_in(tmp_path) as clinic:
        _, without, _ = await examined(clinic)
        hook = {"ALARM_WEBHOOK_URL": "http://127.0.0.1:1", "ALARM_WEBHOOK_SECRET": "s3cret, and long enough"}
        status, found, _ = await examined(clinic, **hook)

        assert without["alarms"]["level"] == "warn"
        assert (status, found["webhook"]["level"]) == (1, "fail")
        assert "ALARM_WEBHOOK_URL" in found["webhook"]["do"]
