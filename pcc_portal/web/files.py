"""GET ``/files/{id}``: an uploaded file, to whoever may see it, never as something that runs."""

from __future__ import annotations

from urllib.parse import quote

from starlette.requests import Request
from starlette.responses import Response

from pcc_portal.domain.ids import as_uuid
from pcc_portal.services.file import OpenFile, open_file
from pcc_portal.web.visitor import visitor

SHOWN_INLINE = frozenset({"image/jpeg", "image/png"})


async def download(request: Request) -> Response:
    """The file as an attachment; ``?inline=1`` shows a photo where it is on the page."""
    actor = await visitor(request)
    file = await open_file(actor, as_uuid(request.path_params["file_id"]))
    inline = request.query_params.get("inline") == "1" and file.media_type in SHOWN_INLINE
    return Response(file.content, media_type=_type(file), headers=_headers(file, inline))


def _type(file: OpenFile) -> str:
    return "text/plain; charset=utf-8" if file.media_type == "text/plain" else file.media_type


def _headers(file: OpenFile, inline: bool) -> dict[str, str]:
    plain = "".join(c if c.isascii() and (c.isalnum() or c in "._- ") else "_" for c in file.name)
    way = "inline" if inline else "attachment"
    return {
        "content-disposition": f"{way}; filename=\"{plain}\"; filename*=UTF-8''{quote(file.name, safe='')}",
        "content-security-policy": "default-src 'none'; sandbox; frame-ancestors 'none'",
        "x-content-type-options": "nosniff",
        "cache-control": "no-store, private",
    }
