"""Documents: PDFs lose what acts by itself, Word files with macros are refused, text becomes UTF-8."""

from __future__ import annotations

import io
import re
import zipfile
from typing import Any

import pikepdf

from pcc_portal.integrations.storage.refused import Refused
from pcc_portal.language import N_

LOCKED = N_("This PDF is protected by a password. Please send it without one.")
BROKEN_PDF = N_("This PDF cannot be read. Please save it again, or send a photo of it.")
MACROS = N_("This Word document contains macros. Please save it as a PDF.")
BROKEN_DOCX = N_("This Word document cannot be read. Please save it as a PDF.")

MOST_UNPACKED = 60 * 1024 * 1024
MOST_ENTRIES = 2000
MOST_PAGES = 500
MOST_OBJECTS = 100_000
# A thousand bytes can unpack to gigabytes; these hold for the whole process, so they are set once, here.
pikepdf.settings.set_qpdf_limits(
    parser_max_nesting=100,
    parser_max_container_size=200_000,
    max_stream_filters=4,
    flate_max_memory=32 * 1024 * 1024,
    run_length_max_memory=32 * 1024 * 1024,
    png_max_memory=32 * 1024 * 1024,
    tiff_max_memory=32 * 1024 * 1024,
    doc_max_warnings=100,
)

#: Keys that make a viewer do something, or that carry another file.
_ACTIVE = (
    "/JavaScript", "/JS", "/OpenAction", "/AA", "/Launch", "/EmbeddedFiles", "/EmbeddedFile", "/EF",
    "/AF", "/RichMedia", "/XFA", "/SubmitForm", "/ImportData",
)  # fmt: skip
_HARMLESS_ACTIONS = ("/URI", "/GoTo", "/Named")
_FORBIDDEN_ANNOTATIONS = ("/FileAttachment", "/RichMedia", "/Screen", "/Movie", "/Sound", "/3D")


def without_actions(content: bytes) -> bytes:
    """The PDF with JavaScript, automatic actions, launchers and embedded files taken out."""
    try:
        with pikepdf.open(io.BytesIO(content)) as pdf:
            if pdf.is_encrypted:
                raise Refused(LOCKED)
            if len(pdf.pages) == 0 or len(pdf.pages) > MOST_PAGES:
                raise Refused(BROKEN_PDF)
            if len(pdf.objects) > MOST_OBJECTS:
                raise Refused(BROKEN_PDF)
            _drop(pdf.Root, ("/Names", "/Collection", *_ACTIVE))
            for item in pdf.objects:
                _disarm(item)
            buffer = io.BytesIO()
            pdf.remove_unreferenced_resources()
            pdf.save(buffer)
    except pikepdf.PasswordError:
        raise Refused(LOCKED) from None
    except (pikepdf.PdfError, ValueError, RuntimeError, TypeError, RecursionError):
        raise Refused(BROKEN_PDF) from None
    return buffer.getvalue()


def _disarm(item: Any, depth: int = 0) -> None:
    """Take active keys out of one object and of what lies directly in it."""
    if depth > 50:
        raise ValueError
    if isinstance(item, pikepdf.Array):
        for child in list(item):
            if not getattr(child, "is_indirect", False):
                _disarm(child, depth + 1)
        _drop_annotations(item)
        return
    if not isinstance(item, pikepdf.Dictionary | pikepdf.Stream):
        return
    _drop(item, _ACTIVE)
    action = item.get("/A")
    if isinstance(action, pikepdf.Dictionary) and str(action.get("/S", "")) not in _HARMLESS_ACTIONS:
        _drop(item, ("/A",))
    if "/S" in item and str(item.get("/S")) in ("/JavaScript", "/Launch", "/SubmitForm", "/ImportData"):
        _drop(item, ("/S", "/F", "/Win", "/Unix", "/Mac"))
    for key in list(item.keys()):
        child = item[key]
        if not getattr(child, "is_indirect", False):
            _disarm(child, depth + 1)


def _drop_annotations(items: Any) -> None:
    for index in range(len(items) - 1, -1, -1):
        item = items[index]
        if isinstance(item, pikepdf.Dictionary) and str(item.get("/Subtype", "")) in _FORBIDDEN_ANNOTATIONS:
            del items[index]


def _drop(item: Any, keys: tuple[str, ...]) -> None:
    for key in keys:
        if key in item:
            del item[key]


def is_docx(content: bytes) -> bool:
    """Whether a ZIP file is a Word document."""
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            names = set(archive.namelist())
    except (zipfile.BadZipFile, OSError, ValueError, NotImplementedError):
        return False
    return "[Content_Types].xml" in names and any(name.startswith("word/") for name in names)


#: A part that is fetched from elsewhere when the document is opened; a link that is clicked is none.
_ELSEWHERE = re.compile(rb"<[^>]*\bTargetMode\s*=\s*[\"']External[^>]*>", re.IGNORECASE)


def _fetches(archive: zipfile.ZipFile, names: list[str]) -> bool:
    """Whether opening the document loads something from elsewhere (a template with macros, a picture)."""
    return any(
        b"/hyperlink" not in found.group().lower()
        for name in names
        if name.lower().endswith(".rels")
        for found in _ELSEWHERE.finditer(archive.read(name))
    )


def docx_without_macros(content: bytes) -> bytes:
    """The Word document as it is, if it holds no macro and no program, fetches nothing and is no bomb."""
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        entries = archive.infolist()
        if len(entries) > MOST_ENTRIES or sum(entry.file_size for entry in entries) > MOST_UNPACKED:
            raise Refused(BROKEN_DOCX)
        names = [entry.filename.lower() for entry in entries]
        if any(name.endswith((".bin", ".exe", ".dll", ".js", ".vbs")) or "activex" in name for name in names):
            raise Refused(MACROS)
        try:
            types = archive.read("[Content_Types].xml").lower()
            fetches = _fetches(archive, [entry.filename for entry in entries])
        except (zipfile.BadZipFile, OSError, RuntimeError, NotImplementedError):
            raise Refused(BROKEN_DOCX) from None
    if fetches or b"macroenabled" in types or b"vbaproject" in types:
        raise Refused(MACROS)
    return content


def is_text(content: bytes) -> bool:
    """Whether it is plain text: readable, and no control characters but line ends and tabs."""
    try:
        text = content.decode("utf-8-sig")
    except UnicodeDecodeError:
        return False
    return not any((ord(c) < 32 and c not in "\t\n\r\x0c") or ord(c) == 127 for c in text)


def as_utf8(content: bytes) -> bytes:
    """The text, without a byte order mark."""
    return content.decode("utf-8-sig").encode()


__all__ = ["Refused", "as_utf8", "docx_without_macros", "is_docx", "is_text", "without_actions"]
