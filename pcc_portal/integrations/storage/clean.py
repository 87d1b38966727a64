"""What comes in is not what is kept: the kind is told by content, images are made anew, PDFs disarmed."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from dataclasses import dataclass
from functools import partial

import puremagic

from pcc_portal.domain.errors import Invalid
from pcc_portal.integrations.storage import documents, images
from pcc_portal.integrations.storage.names import clean_name
from pcc_portal.language import N_

FILE_LIMIT = 6 * 1024 * 1024
MESSAGE_LIMIT = 10 * 1024 * 1024
MOST_FILES = 4
AT_ONCE = 2

TOO_BIG = N_("This file is too big. One file can have up to 6 MB.")
EMPTY = N_("This file is empty.")
WRONG_KIND = N_("This kind of file cannot be taken. Send a photo, a PDF, a Word document or a text file.")
TOGETHER = N_("Send up to four files, 10 MB together.")


@dataclass(frozen=True)
class CleanFile:
    """A file that may be kept: its shown name, its media type, its bytes."""

    name: str
    media_type: str
    content: bytes


_turns: dict[asyncio.AbstractEventLoop, asyncio.Semaphore] = {}


async def prepare(upload: bytes, name: str, *, field: str = "file", image_only: bool = False) -> CleanFile:
    """The clean file, or Invalid with a sentence for ``field``. Slow; call it before a transaction."""
    loop = asyncio.get_running_loop()
    if loop not in _turns:
        _turns.clear()
        _turns[loop] = asyncio.Semaphore(AT_ONCE)
    async with _turns[loop]:
        return await asyncio.to_thread(partial(clean, upload, name, field=field, image_only=image_only))


async def prepare_all(uploads: list[tuple[bytes, str]], *, field: str = "files") -> list[CleanFile]:
    """Several files of one message, within what one message may carry."""
    if len(uploads) > MOST_FILES or sum(len(content) for content, _ in uploads) > MESSAGE_LIMIT:
        raise Invalid({field: TOGETHER})
    return [await prepare(content, name, field=field) for content, name in uploads]


def clean(upload: bytes, name: str, *, field: str = "file", image_only: bool = False) -> CleanFile:
    """As :func:`prepare`, here and now."""
    if not upload:
        raise Invalid({field: EMPTY})
    if len(upload) > FILE_LIMIT:
        raise Invalid({field: TOO_BIG})
    kind = kind_of(upload)
    if kind is None or (image_only and kind not in ("jpeg", "png", "heic")):
        raise Invalid({field: WRONG_KIND})
    media_type, suffix, disarm = KINDS[kind]
    try:
        content = disarm(upload)
    except documents.Refused as refused:
        raise Invalid({field: refused.say}) from None
    if len(content) > MESSAGE_LIMIT:
        raise Invalid({field: TOO_BIG})
    return CleanFile(clean_name(name, suffix), media_type, content)


def kind_of(content: bytes) -> str | None:
    """The kind by content alone; the name and the declared type are the sender's word."""
    head = content[:16]
    if head.startswith(b"\xff\xd8\xff"):
        return "jpeg"
    if head.startswith(b"\x89PNG\r\n\x1a\n"):
        return "png"
    if head[4:8] == b"ftyp" and head[8:12] in (b"heic", b"heix", b"mif1", b"msf1", b"heim", b"heis"):
        return "heic"
    if head.startswith(b"%PDF-"):
        return "pdf"
    if head.startswith(b"PK\x03\x04"):
        return "docx" if documents.is_docx(content) else None
    return "text" if not _known_binary(content) and documents.is_text(content) else None


def _known_binary(content: bytes) -> bool:
    """Whether a signature of something else is there (an archive, a program, a media file)."""
    try:
        matches = puremagic.magic_string(content[:4096])
    except (puremagic.PureError, ValueError):
        return False
    return any(match.confidence >= 0.8 for match in matches)


KINDS: dict[str, tuple[str, str, Callable[[bytes], bytes]]] = {
    "jpeg": ("image/jpeg", ".jpg", images.as_jpeg),
    "png": ("image/png", ".png", images.as_png),
    "heic": ("image/jpeg", ".jpg", images.as_jpeg),
    "pdf": ("application/pdf", ".pdf", documents.without_actions),
    "docx": (
        "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
        ".docx",
        documents.docx_without_macros,
    ),
    "text": ("text/plain", ".txt", documents.as_utf8),
}
