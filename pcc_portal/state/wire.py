"""What goes to browsers, as JSON: Reflex's own words for it, made by orjson (in a fraction of the time)."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import is_dataclass
from functools import cache
from types import SimpleNamespace
from typing import Any

import orjson
import reflex as rx
from reflex_base.utils import serializers

_OPTIONS = orjson.OPT_NON_STR_KEYS | orjson.OPT_PASSTHROUGH_DATETIME
_FOREIGN = _OPTIONS | orjson.OPT_PASSTHROUGH_DATACLASS


def quicken(app: rx.App) -> None:
    """Send an app's updates through orjson; what that cannot say, Reflex says itself."""
    packet: Any = app.sio.packet_class  # type: ignore[union-attr]
    slow, loads = packet.json.dumps, packet.json.loads
    packet.json = SimpleNamespace(dumps=lambda value, **options: dumps(value, slow, **options), loads=loads)


def dumps(value: Any, slow: Callable[..., str], **options: Any) -> str:
    """A message as compact JSON."""
    try:
        return orjson.dumps(value, default=_plain, option=_FOREIGN).decode()
    except orjson.JSONEncodeError:
        return slow(value, **options)


def _plain(value: Any) -> Any:
    """What JSON has no word for: our cards as they are, everything else as Reflex would."""
    if _is_card(value.__class__):
        return orjson.Fragment(orjson.dumps(value, default=serializers.serialize, option=_OPTIONS))
    return serializers.serialize(value)


@cache
def _is_card(kind: Any) -> bool:
    return is_dataclass(kind) and kind.__module__.startswith("pcc_portal.")
