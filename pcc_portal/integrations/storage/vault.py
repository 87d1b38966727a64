"""Encrypted files on disk: each with a key of its own, which the master key wraps.

AES-256-GCM both times; the record's id is the associated data of both, so that neither the bytes nor the
key of one record can be put under another one. The place on disk comes from the id alone.
"""

from __future__ import annotations

import base64
import os
import secrets
from collections.abc import Iterable
from pathlib import Path
from uuid import UUID

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM

from pcc_portal.domain.errors import NotFound
from pcc_portal.settings import settings

NONCE = 12
KEY = 32
_FOLDER_MODE, _FILE_MODE = 0o700, 0o600


def lock_away(file_id: UUID, content: bytes) -> bytes:
    """Write the encrypted file; its wrapped key. On disk for good when this returns."""
    key = secrets.token_bytes(KEY)
    _write(path_of(file_id), _seal(key, content, file_id))
    return _seal(master_key(), key, file_id)


def take_out(file_id: UUID, wrapped_key: bytes) -> bytes:
    """The content again; NotFound when it is not there, or was changed."""
    try:
        key = _open(master_key(), wrapped_key, file_id)
        return _open(key, path_of(file_id).read_bytes(), file_id)
    except (OSError, InvalidTag, ValueError):
        raise NotFound from None


def throw_away(file_ids: Iterable[UUID]) -> None:
    """Delete the bytes of files that no row names any more."""
    for file_id in file_ids:
        path_of(file_id).unlink(missing_ok=True)


def path_of(file_id: UUID) -> Path:
    """Where a file lies, outside of every served folder."""
    name = file_id.hex
    return settings().data_dir / "files" / name[-2:] / name


def master_key() -> bytes:
    """The key that wraps all others: from the settings, else made once in the data folder."""
    given = settings().master_key.get_secret_value()
    if given:
        return _decoded(given)
    path = settings().data_dir / "master.key"
    if not path.exists():
        _make_key(path)
    return _decoded(path.read_text("ascii"))


def _make_key(path: Path) -> None:
    """Made under another name and linked into place, so that two processes end up with one key."""
    text = base64.b64encode(secrets.token_bytes(KEY))
    draft = path.with_name(f".{path.name}.{secrets.token_hex(8)}")
    _write(draft, text)
    try:
        os.link(draft, path)
    except FileExistsError:
        pass
    finally:
        draft.unlink()


def _decoded(text: str) -> bytes:
    key = base64.b64decode(text.strip(), validate=True)
    if len(key) != KEY:
        raise ValueError("the master key must be 32 bytes in base64")
    return key


def _seal(key: bytes, content: bytes, file_id: UUID) -> bytes:
    nonce = secrets.token_bytes(NONCE)
    return nonce + AESGCM(key).encrypt(nonce, content, file_id.bytes)


def _open(key: bytes, sealed: bytes, file_id: UUID) -> bytes:
    return AESGCM(key).decrypt(sealed[:NONCE], sealed[NONCE:], file_id.bytes)


def _write(path: Path, content: bytes) -> None:
    path.parent.mkdir(parents=True, exist_ok=True, mode=_FOLDER_MODE)
    draft = path.with_name(f".{path.name}.{secrets.token_hex(8)}")
    handle = os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_EXCL, _FILE_MODE)
    with os.fdopen(handle, "wb") as stream:
        stream.write(content)
        stream.flush()
        os.fsync(stream.fileno())
    draft.rename(path)
    folder = os.open(path.parent, os.O_RDONLY)
    try:
        os.fsync(folder)
    finally:
        os.close(folder)
