"""Pictures lose what cameras note in them, and nothing else."""

import struct
import zlib

import pytest

from oppdrift.toolbox.filekinds import JPEG, PNG, WEBP
from oppdrift.toolbox.pictures import Damaged, without_whereabouts

SECRET = b"GPSLatitude 60.39 N"


def segment(marker: int, body: bytes) -> bytes:
    return bytes([0xFF, marker]) + struct.pack(">H", len(body) + 2) + body


def exif(side: int) -> bytes:
    return b"Exif\0\0II*\0\x08\0\0\0" + struct.pack("<HHHIHHI", 1, 0x0112, 3, 1, side, 0, 0) + SECRET


def jpeg(side: int) -> bytes:
    head = b"\xff\xd8" + segment(0xE0, b"JFIF\0") + segment(0xE1, exif(side)) + segment(0xFE, SECRET)
    return head + segment(0xDB, b"\1" * 8) + segment(0xDA, b"\0" * 6) + b"\x12\x34\xff\xd9" + SECRET


def chunk(name: bytes, body: bytes) -> bytes:
    return struct.pack(">I", len(body)) + name + body + struct.pack(">I", zlib.crc32(name + body))


def test_a_photograph_keeps_its_picture_and_which_side_is_up():
    clean = without_whereabouts(jpeg(side=6), JPEG)

    assert SECRET not in clean
    assert segment(0xDB, b"\1" * 8) + segment(0xDA, b"\0" * 6) + b"\x12\x34\xff\xd9" in clean
    assert struct.pack(">HHIHH", 0x0112, 3, 1, 6, 0) in clean
    assert b"Exif" not in without_whereabouts(jpeg(side=1), JPEG)


def test_a_png_keeps_its_picture_alone():
    parts = chunk(b"IHDR", b"\0" * 13), chunk(b"IDAT", b"bilde"), chunk(b"IEND", b"")
    noted = parts[0] + chunk(b"eXIf", SECRET) + chunk(b"tEXt", SECRET) + parts[1] + parts[2] + SECRET

    assert without_whereabouts(b"\x89PNG\r\n\x1a\n" + noted, PNG) == b"\x89PNG\r\n\x1a\n" + b"".join(parts)


def test_a_webp_keeps_its_picture_and_says_so():
    def part(name: bytes, body: bytes) -> bytes:
        return name + struct.pack("<I", len(body)) + body + b"\0" * (len(body) % 2)

    inside = (
        part(b"VP8X", b"\x0c" + b"\0" * 9) + part(b"VP8 ", b"bilde") + part(b"EXIF", SECRET) + part(b"XMP ", SECRET)
    )
    clean = without_whereabouts(b"RIFF" + struct.pack("<I", len(inside) + 4) + b"WEBP" + inside, WEBP)

    kept = part(b"VP8X", b"\0" * 10) + part(b"VP8 ", b"bilde")
    assert clean == b"RIFF" + struct.pack("<I", len(kept) + 4) + b"WEBP" + kept


@pytest.mark.parametrize("content", [jpeg(1)[:20], b"\xff\xd8\xff\xe0", b"\xff\xd8\xff\xe0\0\4abcd"])
def test_a_photograph_that_breaks_off_is_damaged(content):
    with pytest.raises(Damaged):
        without_whereabouts(content, JPEG)
