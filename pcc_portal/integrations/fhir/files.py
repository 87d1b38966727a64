"""Files of FHIR JSON: which there are, in what order, and what is in them. Untrusted throughout."""

from __future__ import annotations

import gzip
import io
import re
import zlib
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import IO, Any

import orjson

from pcc_portal.integrations.fhir.bundle import Refused
from pcc_portal.integrations.fhir.resources import RANK

MIB = 1024 * 1024
READ_AHEAD = 128 * 1024
DOCUMENT_LIMIT = 512 * MIB
LINE_LIMIT = 64 * MIB
_JSON = (".json", ".json.gz")
_LINES = (".ndjson", ".ndjson.gz")
_FIRST_TYPE = re.compile(rb'"resourceType"\s*:\s*"([A-Za-z]+)"')
_FHIR_XML = b"http://hl7.org/fhir"


@dataclass(frozen=True)
class Source:
    """One file to import."""

    path: Path
    name: str

    @property
    def is_lines(self) -> bool:
        """Whether it is NDJSON (one resource a line)."""
        return self.path.name.lower().endswith(_LINES)


@dataclass(frozen=True)
class Found:
    """The files to import, in order of dependency, and those of a folder that are no FHIR JSON."""

    sources: tuple[Source, ...]
    left_out: tuple[Source, ...]


def find(paths: Sequence[Path]) -> Found:
    """Every file named, and every FHIR file in the folders named (each once).

    A link in a folder that leads out of it is left out: what was sent to us names no file of ours.
    """
    sources: dict[Path, Source] = {}
    left_out: dict[Path, Source] = {}
    for path in paths:
        if not path.is_dir():
            sources.setdefault(path.resolve(), Source(path, printable(path)))
            continue
        for inner in sorted(path.rglob("*")):
            if inner.is_file() and not inner.name.startswith("."):
                inside = inner.resolve().is_relative_to(path.resolve())
                into = sources if inside and _wanted(inner) else left_out
                into.setdefault(inner.resolve(), Source(inner, printable(inner)))
    ordered = sorted(sources.values(), key=lambda source: _rank(source.path))
    return Found(tuple(ordered), tuple(left_out.values()))


def printable(path: Path) -> str:
    """A path that cannot drive a terminal."""
    return "".join(c if c.isprintable() else "?" for c in str(path))


def _wanted(path: Path) -> bool:
    """FHIR JSON by its name. FHIR as XML too: it is refused aloud, and not passed over."""
    name = path.name.lower()
    if name.endswith(".xml"):
        return _FHIR_XML in _peek(path)
    return name.endswith(_JSON + _LINES)


def _rank(path: Path) -> int:
    """The place of the first resource's type in the order of import."""
    types = _FIRST_TYPE.findall(_peek(path))
    ranks = [RANK[each.decode()] for each in types if each.decode() in RANK]
    return ranks[0] if ranks else len(RANK)


def _peek(path: Path) -> bytes:
    try:
        with _open(path) as file:
            return file.read(32 * 1024)
    except (OSError, EOFError, zlib.error):
        return b""


def _open(path: Path) -> IO[bytes]:
    file = path.open("rb")
    if file.peek(2)[:2] != b"\x1f\x8b":
        return file
    file.close()
    return io.BufferedReader(gzip.GzipFile(path), READ_AHEAD)  # type: ignore[arg-type]


def read_document(path: Path) -> tuple[Any, int]:
    """The JSON in a file, and its size in bytes (unpacked). Refused when it cannot be read."""
    with _told(path), _open(path) as file:
        data = file.read(DOCUMENT_LIMIT + 1)
    if len(data) > DOCUMENT_LIMIT:
        raise Refused("", f"is larger than {DOCUMENT_LIMIT // MIB} MiB")
    return parse(data), len(data)


def read_lines(path: Path) -> Iterator[tuple[int, Any, int]]:
    """Each line that is not blank: its number, its JSON, its size. Refused at the first bad one."""
    some = False
    with _told(path), _open(path) as file:
        place = 0
        while line := file.readline(LINE_LIMIT + 1):
            place += 1
            if len(line) > LINE_LIMIT:
                raise Refused("", f"line {place} is longer than {LINE_LIMIT // MIB} MiB")
            if line.strip():
                some = True
                yield place, parse(line, place), len(line)
    if not some:
        raise Refused("", "the file is empty")


def parse(data: bytes, line: int = 0) -> Any:
    """JSON; Refused with the place of the fault (never with what stands there)."""
    data = data.removeprefix(b"\xef\xbb\xbf")
    try:
        return orjson.loads(data)
    except orjson.JSONDecodeError as fault:
        start = data.lstrip()[:1]
        if not start:
            raise Refused("", "the file is empty") from None
        if start == b"<":
            raise Refused("", "is XML; only FHIR JSON is imported") from None
        at = f"line {line or fault.lineno}, column {fault.colno}, byte {_byte(data, fault.pos)}"
        raise Refused("", f"is not JSON ({at})") from None


def _byte(data: bytes, characters: int) -> int:
    """The byte at which a character stands."""
    try:
        return len(data.decode()[:characters].encode())
    except UnicodeDecodeError as fault:
        return fault.start


class _told:
    """Says in words why a file could not be opened or unpacked."""

    def __init__(self, path: Path) -> None:
        self.path = path

    def __enter__(self) -> None:
        return None

    def __exit__(self, kind: Any, fault: BaseException | None, _trace: Any) -> None:
        match fault:
            case EOFError():
                raise Refused("", "the gzip file is cut short") from None
            case gzip.BadGzipFile() | zlib.error():
                raise Refused("", "is not a sound gzip file") from None
            case FileNotFoundError():
                raise Refused("", "there is no such file") from None
            case OSError():
                raise Refused("", f"cannot be read ({fault.strerror or 'input error'})") from None
