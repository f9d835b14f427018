"""Uploaded pictures, made safe: decoded, turned upright, encoded again as WebP without any of the original bytes."""

import struct
import zlib
from dataclasses import dataclass
from io import BytesIO
from typing import BinaryIO

from PIL import Image, ImageCms, ImageOps, UnidentifiedImageError

WIDTHS = (480, 960, 1600)
FORMATS = ("JPEG", "PNG", "WEBP")
QUALITY = 80
MAX_HEIGHT = 16_383  # WebP's own limit
# What Pillow raises for files that are cut off, forged or hostile. Its warning about large pictures counts as an error
# only where warnings do; our own limit is lower.
DECODING_ERRORS = (
    *(OSError, SyntaxError, ValueError, EOFError, struct.error, zlib.error, TypeError, KeyError, IndexError),
    *(Image.DecompressionBombError, Image.DecompressionBombWarning),
)


class BadPicture(ValueError):
    """The file cannot be used; the message says why, in words for staff."""


@dataclass(frozen=True, slots=True)
class EncodedPicture:
    """WebP files by width in pixels, smallest first, and the height of the widest."""

    files: dict[int, bytes]
    height: int


def encode_picture(upload: BinaryIO, *, max_pixels: int) -> EncodedPicture:
    """``upload`` in up to three widths, never wider than it is. No metadata (place, camera) is kept.

    Raises BadPicture for anything but a whole JPEG, PNG or WebP of at most ``max_pixels``. Of an animation only the
    first picture is taken.
    """
    try:
        picture = _decoded(upload, max_pixels)
    except BadPicture:
        raise
    except UnidentifiedImageError as unknown:
        raise BadPicture(
            "This file is not a JPEG, PNG or WebP picture. Photos from iPhones are often HEIC: save them as JPEG first."
        ) from unknown
    except Image.DecompressionBombError as bomb:
        raise BadPicture(f"This picture is far too large. {_at_most(max_pixels)}") from bomb
    except DECODING_ERRORS as damaged:
        raise BadPicture("This picture is damaged and cannot be read.") from damaged
    widest = min(picture.width, WIDTHS[-1])
    if _height(picture, widest) > MAX_HEIGHT:
        raise BadPicture(f"This picture is too long for its width: {picture.width} × {picture.height} pixels. Cut it.")
    picture = _scaled(picture, widest)
    widths = [*(width for width in WIDTHS if width < widest), widest]
    return EncodedPicture({width: _webp(_scaled(picture, width)) for width in widths}, height=picture.height)


def _decoded(upload: BinaryIO, max_pixels: int) -> Image.Image:
    """Upright, as RGB or RGBA."""
    with Image.open(upload, formats=FORMATS) as picture:
        width, height = picture.size
        if width * height > max_pixels:
            raise BadPicture(f"This picture has {width} × {height} pixels. Make it smaller. {_at_most(max_pixels)}")
        # A large photo is decoded at a fraction of its size: a fifth of the memory and of the time.
        picture.draft(None, (WIDTHS[-1], WIDTHS[-1]))
        picture.load()
        ImageOps.exif_transpose(picture, in_place=True)
        if picture.mode.startswith("I;16"):
            # Pillow would cut values off instead of scaling them: all white.
            return picture.convert("I").point(lambda value: value / 256).convert("L").convert("RGB")
        return _in_plain_colours(picture).convert("RGBA" if picture.has_transparency_data else "RGB")


def _in_plain_colours(picture: Image.Image) -> Image.Image:
    """In the colours of the web: phones use a wider range and say so in a profile, which is not kept."""
    profile = picture.info.get("icc_profile")
    if not profile or picture.mode not in {"RGB", "CMYK"}:
        return picture
    try:
        plain = ImageCms.createProfile("sRGB")
        return ImageCms.profileToProfile(picture, BytesIO(profile), plain, outputMode="RGB") or picture
    except ImageCms.PyCMSError:
        return picture  # a broken profile is worth nothing; the picture is


def _at_most(max_pixels: int) -> str:
    return f"A picture may have at most {max_pixels // 1_000_000} million pixels."


def _height(picture: Image.Image, width: int) -> int:
    return max(1, round(picture.height * width / picture.width))


def _scaled(picture: Image.Image, width: int) -> Image.Image:
    size = (width, _height(picture, width))
    return picture if size == picture.size else picture.resize(size, Image.Resampling.LANCZOS)


def _webp(picture: Image.Image) -> bytes:
    out = BytesIO()
    # Pillow would take profile and notes over from the upload.
    picture.save(out, "WEBP", quality=QUALITY, icc_profile=b"", exif=b"", xmp=b"")
    return out.getvalue()
