"""What the doctor says of a portal's address."""

from __future__ import annotations

import pytest

from pcc_portal.doctor import Finding, examine


def _address() -> Finding:
    return next(finding for finding in examine() if finding.name == "address")


def test_a_demo_under_a_public_address_is_pointed_at(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("PCC_ENVIRONMENT", raising=False)
    monkeypatch.delenv("PCC_PUBLIC_URL", raising=False)
    assert _address().state == "ok"
    monkeypatch.setenv("PCC_PUBLIC_URL", "https://portal.example.org")
    assert _address().state == "note" and "demo mode" in _address().detail
