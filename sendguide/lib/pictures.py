"""Uploaded pictures, made safe: decoded, turned upright, and encoded again as WebP without any of the original bytes."""

import struct
import zlib
from dataclasses import dataclass
from io import BytesIO
from typing import BinaryIO

from PIL import Image, ImageOps, UnidentifiedImageError

WIDTHS = (480, 960, 1600)
FORMATS = ("JPEG", "PNG", "WEBP")
QUALITY = 80
# What Pillow raises for files that are cut off, forged or hostile.
DECODING_ERRORS = (OSError, SyntaxError, ValueError, EOFError, struct.error, zlib.error, Image.DecompressionBombError)


class BadPicture(ValueError):
    """The file cannot be used; the message says why, in words for staff."""


@dataclass(frozen=True, slots=True)
class EncodedPicture:
    """WebP files by width in pixels, smallest first, and the height of the widest."""

    files: dict[int, bytes]
    height: int


def encode_picture(upload: BinaryIO, *, max_pixels: int) -> EncodedPicture:
    """``upload`` in up to three widths, never wider than it is. No metadata (place, camera) is kept.

    Raises BadPicture for anything but a whole JPEG, PNG or WebP of at most ``max_pixels``.
    """
    try:
        with Image.open(upload, formats=FORMATS) as picture:
            if picture.width * picture.height > max_pixels:
                raise BadPicture(
                    f"This picture has {picture.width} × {picture.height} pixels. "
                    f"Make it smaller: at most {max_pixels // 1_000_000} million pixels."
                )
            upright = ImageOps.exif_transpose(picture)
            plain = upright.convert("RGBA" if upright.has_transparency_data else "RGB")
    except UnidentifiedImageError as unknown:
        raise BadPicture("This file is not a JPEG, PNG or WebP picture.") from unknown
    except BadPicture:
        raise
    except DECODING_ERRORS as damaged:
        raise BadPicture("This picture is damaged and cannot be read.") from damaged
    widest = min(plain.width, WIDTHS[-1])
    widths = [*(width for width in WIDTHS if width < widest), widest]
    files = {width: _webp(plain, width) for width in widths}
    return EncodedPicture(files, height=_height(plain, widths[-1]))


def _height(picture: Image.Image, width: int) -> int:
    return max(1, round(picture.height * width / picture.width))


def _webp(picture: Image.Image, width: int) -> bytes:
    size = (width, _height(picture, width))
    scaled = picture if size == picture.size else picture.resize(size, Image.Resampling.LANCZOS)
    out = BytesIO()
    scaled.save(out, "WEBP", quality=QUALITY)
    return out.getvalue()
