"""Images are decoded and written anew: what is no picture (EXIF, an appended script) is left behind."""

from __future__ import annotations

import io
import warnings

from PIL import Image, ImageFile, ImageOps, UnidentifiedImageError
from pillow_heif import register_heif_opener

from pcc_portal.integrations.storage.refused import Refused
from pcc_portal.language import N_

MOST_PIXELS = 50_000_000
LONGEST_EDGE = 4096
BROKEN = N_("This picture cannot be read. Please take it again.")
TOO_LARGE = N_("This picture has too many pixels. Please take a smaller one.")

register_heif_opener()
ImageFile.LOAD_TRUNCATED_IMAGES = False


def as_jpeg(content: bytes) -> bytes:
    """A JPEG of the picture, the right way up."""
    return _written(_read(content).convert("RGB"), "JPEG", quality=88)


def as_png(content: bytes) -> bytes:
    """A PNG of the picture."""
    picture = _read(content)
    wanted = picture.mode if picture.mode in ("RGB", "RGBA", "L") else "RGBA"
    return _written(picture.convert(wanted), "PNG", optimize=False)


def _read(content: bytes) -> Image.Image:
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("error", Image.DecompressionBombWarning)
            picture = Image.open(io.BytesIO(content), formats=("JPEG", "PNG", "HEIF"))
            if picture.width * picture.height > MOST_PIXELS:
                raise Refused(TOO_LARGE)
            picture.load()
            upright = ImageOps.exif_transpose(picture)
    except (Image.DecompressionBombError, Image.DecompressionBombWarning):
        raise Refused(TOO_LARGE) from None
    except (UnidentifiedImageError, OSError, SyntaxError, ValueError, MemoryError, EOFError):
        raise Refused(BROKEN) from None
    upright.thumbnail((LONGEST_EDGE, LONGEST_EDGE))
    return upright


def _written(picture: Image.Image, form: str, **options: object) -> bytes:
    bare = Image.new(picture.mode, picture.size)
    bare.paste(picture)
    buffer = io.BytesIO()
    bare.save(buffer, form, **options)
    return buffer.getvalue()
