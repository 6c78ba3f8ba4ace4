"""What a file is by its contents, whatever it is called."""

import codecs
import zipfile
from dataclasses import dataclass
from pathlib import PurePath
from typing import BinaryIO

OOXML = "application/vnd.openxmlformats-officedocument."
ODF = "application/vnd.oasis.opendocument."


@dataclass(frozen=True)
class Kind:
    """A kind of file that may be kept; the first ending is the usual one."""

    media_type: str
    endings: tuple[str, ...]


PDF = Kind("application/pdf", (".pdf",))
PNG = Kind("image/png", (".png",))
JPEG = Kind("image/jpeg", (".jpg", ".jpeg"))
WEBP = Kind("image/webp", (".webp",))
GIF = Kind("image/gif", (".gif",))
TEXT = Kind("text/plain", (".txt", ".csv", ".md", ".ics"))
OFFICE = {
    "word/": Kind(f"{OOXML}wordprocessingml.document", (".docx",)),
    "xl/": Kind(f"{OOXML}spreadsheetml.sheet", (".xlsx",)),
    "ppt/": Kind(f"{OOXML}presentationml.presentation", (".pptx",)),
}
OPEN_DOCUMENT = {
    f"{ODF}text": Kind(f"{ODF}text", (".odt",)),
    f"{ODF}spreadsheet": Kind(f"{ODF}spreadsheet", (".ods",)),
    f"{ODF}presentation": Kind(f"{ODF}presentation", (".odp",)),
}
PICTURES = (PNG, JPEG, WEBP, GIF)
EVERY = (PDF, *PICTURES, *OFFICE.values(), *OPEN_DOCUMENT.values(), TEXT)


def kind_of(content: BinaryIO) -> Kind | None:
    """The kind by its first bytes and, for packed office files, by what lies inside; None when it may not be kept."""
    content.seek(0)
    start = content.read(4096)
    content.seek(0)
    if start.startswith(b"%PDF-"):
        return PDF
    if start.startswith(b"\x89PNG\r\n\x1a\n"):
        return PNG
    if start.startswith(b"\xff\xd8\xff"):
        return JPEG
    if start[:4] == b"RIFF" and start[8:12] == b"WEBP":
        return WEBP
    if start[:6] in (b"GIF87a", b"GIF89a"):
        return GIF
    if start.startswith(b"PK\x03\x04"):
        return _packed(content)
    return TEXT if _is_text(content, start) else None


def _packed(content: BinaryIO) -> Kind | None:
    """Office files without macros. Only names and one short member are read, so a bomb does not go off."""
    try:
        with zipfile.ZipFile(content) as archive:
            names = archive.namelist()
            if any(name.lower().endswith("vbaproject.bin") for name in names):
                return None
            if "mimetype" in names and archive.getinfo("mimetype").file_size < 200:
                return OPEN_DOCUMENT.get(archive.read("mimetype").decode("ascii", "replace").strip())
            if "[Content_Types].xml" in names:
                return next((kind for folder, kind in OFFICE.items() if any(n.startswith(folder) for n in names)), None)
    except (zipfile.BadZipFile, OSError, NotImplementedError, RuntimeError):
        return None
    finally:
        content.seek(0)
    return None


def _is_text(content: BinaryIO, start: bytes) -> bool:
    """Readable text that no browser takes for a page."""
    if start.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):  # Excel's "Unicode text"
        try:
            text = content.read().decode("utf-16")
        except UnicodeDecodeError:
            return False
        finally:
            content.seek(0)
        return "\0" not in text and not text.lstrip().startswith("<")
    if b"\0" in start or start.lstrip()[:1] == b"<":
        return False
    try:
        content.read().decode("utf-8-sig")
    except UnicodeDecodeError:
        try:
            start.decode("cp1252")
        except UnicodeDecodeError:
            return False
        return not any(byte < 9 or 13 < byte < 32 for byte in start)
    finally:
        content.seek(0)
    return True


def clean_name(name: str, longest: int = 200) -> str:
    """The last part of a name without signs that file systems and headers stumble over."""
    last = PurePath(name.replace("\\", "/")).name
    kept = "".join(c for c in last if c.isprintable() and c not in '<>:"/|?*').strip(" .") or "fil"
    stem, ending = PurePath(kept).stem, PurePath(kept).suffix
    return stem[: longest - len(ending)] + ending
