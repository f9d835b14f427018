"""Files that people upload: good, odd and hostile ones, as bytes."""

import struct
import zlib
from io import BytesIO
from typing import Any

from PIL import Image


def encoded(image: Image.Image, kind: str, **options: Any) -> bytes:
    out = BytesIO()
    image.save(out, kind, **options)
    return out.getvalue()


def photo(width: int = 64, height: int = 48, mode: str = "RGB") -> Image.Image:
    """Left half red, right half blue."""
    picture = Image.new("RGB", (width, height), "red")
    picture.paste("blue", (width // 2, 0, width, height))
    return picture.convert(mode)


def jpeg(width: int = 64, height: int = 48, **options: Any) -> bytes:
    return encoded(photo(width, height), "JPEG", **options)


def png_chunk(name: bytes, data: bytes) -> bytes:
    return struct.pack(">I", len(data)) + name + data + struct.pack(">I", zlib.crc32(name + data))


def png_claiming(width: int, height: int, pixels: bytes = b"") -> bytes:
    """A tiny file whose header claims any size."""
    header = struct.pack(">IIBBBBB", width, height, 8, 0, 0, 0, 0)
    parts = [png_chunk(b"IHDR", header), png_chunk(b"IDAT", zlib.compress(pixels)), png_chunk(b"IEND", b"")]
    return b"\x89PNG\r\n\x1a\n" + b"".join(parts)


def animated_webp() -> bytes:
    return encoded(photo(), "WEBP", save_all=True, append_images=[Image.new("RGB", (64, 48), "green")], duration=100)


def sixteen_bit_png() -> bytes:
    """Grey at half strength."""
    return encoded(Image.new("I;16", (64, 48), 128 * 257), "PNG")


def palette_png() -> bytes:
    """Red, with one colour see-through."""
    palette = Image.new("P", (64, 48), 1)
    palette.putpalette([0, 0, 0, 255, 0, 0])
    palette.paste(0, (0, 0, 32, 48))
    return encoded(palette, "PNG", transparency=0)


def phone_jpeg() -> bytes:
    """As a phone held upright writes it: lying on its side, with place and camera."""
    notes = Image.Exif()
    notes[0x0112] = 6
    notes[0x010F] = "Camera of a parent"
    notes.get_ifd(0x8825)[2] = (51.0, 30.0, 0.0)
    return jpeg(exif=notes)


HTML = b"<!doctype html><script>alert(1)</script>"
SVG = b'<svg xmlns="http://www.w3.org/2000/svg"><script>alert(1)</script></svg>'
GIF = encoded(photo(), "GIF")
POLYGLOT = jpeg() + b"<script>alert(1)</script>" + b"PK\x05\x06" + b"\0" * 18

# Each is refused with a sentence that holds these words.
REFUSED = {
    "HTML called .jpg": ("a.jpg", HTML, "not a JPEG, PNG or WebP"),
    "HTML called .gif": ("evil.gif", HTML, "not a JPEG, PNG or WebP"),
    "SVG": ("a.svg", SVG, "not a JPEG, PNG or WebP"),
    "GIF": ("a.gif", GIF, "not a JPEG, PNG or WebP"),
    "HEIC": ("a.heic", b"\0\0\0\x18ftypheic\0\0\0\0mif1heic", "iPhone"),
    "JPEG cut off": ("a.jpg", jpeg(400, 300)[:1500], "damaged"),
    "PNG cut off": ("a.png", encoded(photo(400, 300), "PNG")[:-60], "damaged"),
    "decompression bomb": ("a.png", png_claiming(7000, 7500, b"\0" * 1_000_000), "7000 × 7500 pixels"),
    "huge size in the header": ("a.png", png_claiming(2**31 - 1, 2**31 - 1), "far too large"),
    "no pixels": ("a.png", png_claiming(0, 10), "not a JPEG, PNG or WebP"),
    "nothing": ("a.jpg", b"", "This file is empty"),
    "one pixel wide and endless": ("a.png", encoded(Image.new("L", (1, 20_000)), "PNG"), "too long"),
}
# Each is accepted, and nothing of the file itself is kept.
ACCEPTED = {
    "polyglot": ("a.jpg", POLYGLOT),
    "CMYK JPEG": ("a.jpg", encoded(photo(mode="CMYK"), "JPEG")),
    "animated WebP": ("a.webp", animated_webp()),
    "palette PNG with transparency": ("a.png", palette_png()),
    "16-bit PNG": ("a.png", sixteen_bit_png()),
    "progressive JPEG": ("a.jpg", jpeg(progressive=True)),
    "JPEG under a hostile name": ("../../<b>evil.html", jpeg()),
    "photo of a phone": ("a.jpg", phone_jpeg()),
    "one pixel": ("a.png", encoded(Image.new("L", (1, 1)), "PNG")),
}
