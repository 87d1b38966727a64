"""``pcc-portal import-fhir``: one JSON object on standard output, everything else beside it."""

from __future__ import annotations

import asyncio
import json
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from pcc_portal.commands.import_fhir import command
from pcc_portal.db.engine import close_all
from pcc_portal.db.migrate import upgrade
from pcc_portal.settings import settings
from tests.factories import a_clinic

PATIENT = '{"resourceType": "Patient", "id": "ana"}'
CLAIM = '{"resourceType": "Claim", "id": "c"}'


@pytest.fixture(autouse=True)
def data(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("PCC_DATA_DIR", str(tmp_path / "var"))
    monkeypatch.setenv("PCC_DATABASE_URL", "")
    settings.cache_clear()
    return tmp_path


def clinics(*slugs: str) -> None:
    """A migrated database with these clinics."""

    async def fill() -> None:
        for slug in slugs:
            await a_clinic(slug)
        await close_all()

    upgrade(settings().database)
    asyncio.run(fill())


def run(*arguments: object) -> Result:
    return CliRunner().invoke(command, [str(argument) for argument in arguments])


def test_one_object_with_every_count(data: Path) -> None:
    clinics("harbor")
    (data / "ok.ndjson").write_text(f"{PATIENT}\n{CLAIM}")
    (data / "bad.json").write_text("{")
    result = run(data / "ok.ndjson", data / "bad.json", "--json")
    assert result.exit_code == 1
    told = json.loads(result.stdout)
    assert told["created"] == told["not_understood"] == told["files"]["refused"] == 1
    assert told["resources"]["Patient"]["created"] == 1
    assert told["resources"]["Claim"]["not_understood"] == 1
    assert set(told["references"]) >= {"resolved", "unresolved"}
    assert "bad.json: is not JSON (line 1" in result.stderr
    assert f"2/2 {data / 'bad.json'}" in result.stderr


def test_words_for_a_person(data: Path) -> None:
    clinics("harbor")
    (data / "ok.json").write_text(PATIENT)
    result = run(data / "ok.json")
    assert (result.exit_code, "Patient: 1 created" in result.stdout) == (0, True)


def test_which_clinic(data: Path) -> None:
    (data / "ok.json").write_text(PATIENT)
    assert "pcc-portal migrate" in run(data / "ok.json").stderr
    clinics("harbor", "hill")
    assert "--clinic" in run(data / "ok.json").stderr
    assert "no clinic 'moon'" in run(data / "ok.json", "--clinic", "moon").stderr


def test_the_portal_is_no_source(data: Path) -> None:
    clinics("harbor")
    (data / "ok.json").write_text(PATIENT)
    assert run(data / "ok.json", "--source", "portal").exit_code == 2
