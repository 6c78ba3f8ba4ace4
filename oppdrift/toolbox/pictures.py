"""Pictures without what cameras write into them: where and when, by whose device. The picture itself is not touched."""

import struct
from collections.abc import Iterator

from .filekinds import JPEG, PNG, WEBP, Kind

NOT_KEPT_OF_PNG = {b"eXIf", b"tEXt", b"iTXt", b"zTXt", b"tIME"}
NOT_KEPT_OF_WEBP = {b"EXIF", b"XMP "}
KEPT_OF_JPEG = {0xE0, 0xE2, 0xEE}  # of the segments that programs write: size, colours, and how they were packed
ORIENTATION = 0x0112


class Damaged(ValueError):
    """The picture does not hold together."""


def without_whereabouts(content: bytes, kind: Kind) -> bytes:
    """The same picture without its notes; which side is up stays. Raises Damaged."""
    try:
        if kind is JPEG:
            return b"".join(_of_jpeg(content))
        if kind is PNG:
            return b"".join(_of_png(content))
        if kind is WEBP:
            return _of_webp(content)
    except (IndexError, struct.error) as error:
        raise Damaged from error
    return content


def _of_jpeg(content: bytes) -> Iterator[bytes]:
    yield content[:2]
    place = 2
    while content[place + 1] != 0xDA:  # from there on it is the picture
        if content[place + 1] == 0xFF:  # filling
            place += 1
            continue
        if content[place] != 0xFF:
            raise Damaged
        marker, length = content[place + 1], struct.unpack_from(">H", content, place + 2)[0]
        segment = content[place : place + 2 + length]
        if marker == 0xE1 and segment[4:10] == b"Exif\0\0" and (side := _side_up(segment[10:])) > 1:
            tag = struct.pack(">HHHIHHI", 1, ORIENTATION, 3, 1, side, 0, 0)
            exif = b"Exif\0\0MM\0*\0\0\0\x08" + tag
            yield b"\xff\xe1" + struct.pack(">H", len(exif) + 2) + exif
        elif marker in KEPT_OF_JPEG or not (0xE0 <= marker <= 0xEF or marker == 0xFE):
            yield segment
        place += 2 + length
    yield content[place : _end_of_jpeg(content, place)]


def _end_of_jpeg(content: bytes, place: int) -> int:
    """Phones hang a second picture, with notes of its own, behind the first one."""
    end = content.find(b"\xff\xd9", place)
    return end + 2 if end > 0 else len(content)


def _side_up(tiff: bytes) -> int:
    """1 to 8 as cameras count; 1 where nothing is said."""
    order = {b"II": "<", b"MM": ">"}.get(tiff[:2])
    if not order:
        return 1
    try:
        first = struct.unpack_from(order + "I", tiff, 4)[0]
        for entry in range(struct.unpack_from(order + "H", tiff, first)[0]):
            tag, _kind, _count, value = struct.unpack_from(order + "HHIH", tiff, first + 2 + 12 * entry)
            if tag == ORIENTATION:
                return value if 1 <= value <= 8 else 1
    except struct.error:
        pass
    return 1


def _of_png(content: bytes) -> Iterator[bytes]:
    yield content[:8]
    place = 8
    while place < len(content):
        length = struct.unpack_from(">I", content, place)[0]
        name = content[place + 4 : place + 8]
        if name not in NOT_KEPT_OF_PNG:
            yield content[place : place + 12 + length]
        if name == b"IEND":
            return
        place += 12 + length


def _of_webp(content: bytes) -> bytes:
    kept, place = b"", 12
    while place + 8 <= len(content):
        length = struct.unpack_from("<I", content, place + 4)[0]
        chunk = content[place : place + 8 + length + length % 2]
        if chunk[:4] == b"VP8X":
            chunk = chunk[:8] + bytes([chunk[8] & ~0b1100]) + chunk[9:]  # it says which notes there are
        if chunk[:4] not in NOT_KEPT_OF_WEBP:
            kept += chunk
        place += 8 + length + length % 2
    return b"RIFF" + struct.pack("<I", len(kept) + 4) + b"WEBP" + kept
