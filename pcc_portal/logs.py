"""Logging for a server that holds health data: what a library says about data is not written down.

Reflex logs event arguments, SQLAlchemy logs parameters, validation errors quote their input. So a
record of a library keeps its place (module, line, level) and loses its words, and a traceback keeps
its frames and the class of the error and loses the error's text. Our own loggers, ``pcc_portal.*``,
keep their words: they are ours to keep clean. The few libraries in ``_PLAIN`` speak of themselves only.
"""

from __future__ import annotations

import logging
import sys
import traceback
from types import TracebackType

#: Loggers whose words are kept: ours, the server's life cycle, and migration names.
_PLAIN = ("pcc_portal", "_granian", "alembic")

WITHHELD = "(words withheld)"

ExcInfo = tuple[type[BaseException], BaseException, TracebackType | None] | tuple[None, None, None]

_original_factory = logging.getLogRecordFactory()


def configure(level: int = logging.INFO) -> None:
    """Send this process's records to standard error, without personal data; ``level`` is for our own."""
    logging.setLogRecordFactory(_discreet)
    handler = logging.StreamHandler(sys.stderr)
    handler.setFormatter(logging.Formatter("%(asctime)s %(levelname)s %(name)s: %(message)s"))
    logging.basicConfig(level=logging.WARNING, handlers=[handler], force=True)
    logging.getLogger("pcc_portal").setLevel(level)
    for talkative in ("reflex", "socketio", "engineio", "sqlalchemy"):
        logging.getLogger(talkative).setLevel(logging.WARNING)
    logging.getLogger("granian.access").setLevel(logging.CRITICAL)


def granian_dictconfig() -> dict[str, object]:
    """Granian's own logging, sent the same way as the rest; the access log goes nowhere."""
    return {
        "loggers": {
            "_granian": {"handlers": [], "level": "WARNING", "propagate": True},
            "granian.access": {"handlers": [], "level": "CRITICAL", "propagate": False},
        },
        "handlers": {},
        "formatters": {},
    }


def where(error: BaseException) -> str:
    """The frames and class of an error and of its causes, without any of their text."""
    lines: list[str] = []
    current: BaseException | None = error
    while current is not None:
        for frame in traceback.extract_tb(current.__traceback__):
            lines.append(f'  File "{frame.filename}", line {frame.lineno}, in {frame.name}')
        lines.append(f"{type(current).__module__}.{type(current).__qualname__} {WITHHELD}")
        current = current.__cause__ or current.__context__
    return "\n".join(lines)


def _discreet(*args: object, **kwargs: object) -> logging.LogRecord:
    """Make a record; take out of it what could be somebody's data."""
    record = _original_factory(*args, **kwargs)  # type: ignore[arg-type]
    if isinstance(record.exc_info, tuple) and record.exc_info[1] is not None:
        record.exc_text = where(record.exc_info[1])
        record.exc_info = None
    if record.name.split(".", 1)[0] not in _PLAIN:
        record.msg = f"{record.module}:{record.lineno} {WITHHELD}"
        record.args = ()
        record.stack_info = None
    return record
