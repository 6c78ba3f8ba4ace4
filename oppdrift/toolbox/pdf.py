"""Documents as PDF: one file that is both tagged for screen readers (PDF/UA-1) and fit for an archive (PDF/A-2a).

    document(HERE / "protocol.typ", {"title": "Protokoll", "rows": rows}, language="nb")

The template is Typst, and `pdf.typ` beside this file gives it its page, headings and tables. What people wrote goes in
as data and comes out as text: nothing in it is read as markup.
"""

import ast
import datetime as dt
import json
import re
import tempfile
import unicodedata
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

from .clock import now

BASE = Path(__file__).with_suffix(".typ")
STANDARDS: Any = ["ua-1", "a-2a"]
NOT_IN_THE_FONT = "\u25a1"  # an open square
REFUSED_TEXT = re.compile(r'(?:the text|codepoint) `("(?:[^"\\]|\\.)*")`')
NEVER = {"Cc", "Cs", "Co", "Cn"}  # controls, half pairs, private and unassigned signs
JOIN = "\ufeff\u200d\ufe0e\ufe0f"
TRIES = 20  # signs that the font lacks, looked for one by one
KEPT: tuple[Callable[[str], bool], ...] = (  # and where there are more: which alphabets are not replaced as a whole
    lambda sign: True,
    lambda sign: sign < "\u2300",  # all of Europe's, dashes, arrows
    lambda sign: sign < "\u0250" or "\u2000" <= sign < "\u2070",  # Latin and its punctuation, which every font has
)


class NotMade(Exception):
    """The document could not be made, or not without a warning. Its text is for whoever keeps the template."""


def document(
    template: Path, data: Mapping[str, Any], *, language: str, files: Mapping[str, bytes] | None = None
) -> bytes:
    """The PDF of a Typst template with this data, which must have a `title`.

    `files`: pictures and the like, by the name under which the template reads them. Signs that the font lacks (emoji)
    become an open square. Raises NotMade.
    """
    given = _cleaned({**data, "language": language})
    with tempfile.TemporaryDirectory(prefix="oppdrift-pdf-") as folder:
        root = Path(folder)
        own = {BASE.name: BASE.read_bytes(), "document.typ": template.read_bytes()}
        for name, content in {**(files or {}), **own}.items():
            (root / name).write_bytes(content)
        for is_kept in KEPT:
            given = _only(is_kept, given)
            for _try in range(TRIES):
                made = _compiled(root, given)
                if isinstance(made, bytes):
                    return made
                given = _without(made, given)
    raise NotMade("Too many signs that the font does not have.")


def _compiled(root: Path, data: Any) -> bytes | str:
    """The document, or the signs that stand in its way."""
    import typst  # heavy, and seldom needed

    try:
        made, warnings = typst.compile_with_warnings(
            root / "document.typ", root=root, format="pdf", pdf_standards=STANDARDS,
            timestamp=now().astimezone(dt.UTC).replace(microsecond=0),
            font_paths=typst.Fonts(include_system_fonts=False, include_embedded_fonts=True),
            sys_inputs={"data": json.dumps(data, ensure_ascii=False)},
        )  # fmt: skip
    except typst.TypstError as error:
        refused = REFUSED_TEXT.search(error.message)
        if refused is None:
            raise NotMade(error.diagnostic) from error
        return _unquoted(refused[1])
    if warnings:
        raise NotMade("; ".join(warning.message for warning in warnings))
    return made


def _unquoted(quoted: str) -> str:
    r"""Typst's "\u{7}" in Python's spelling, read."""
    return ast.literal_eval(re.sub(r"\\u\{([0-9a-f]+)\}", lambda match: rf"\U{int(match[1], 16):08x}", quoted))


def _without(signs: str, data: Any) -> Any:
    """The data with an open square for each of these signs."""
    if isinstance(data, str):
        return data.translate({ord(sign): NOT_IN_THE_FONT for sign in signs if not sign.isspace()})
    return _in_each(data, lambda part: _without(signs, part))


def _only(is_kept: Callable[[str], bool], data: Any) -> Any:
    """The data with an open square for each sign that is not kept."""
    if isinstance(data, str):
        return "".join(sign if is_kept(sign) or sign == NOT_IN_THE_FONT else NOT_IN_THE_FONT for sign in data)
    return _in_each(data, lambda part: _only(is_kept, part))


def _cleaned(data: Any) -> Any:
    """Without signs that no document may hold, and those that only join pictures into one."""
    if isinstance(data, str):
        kept = data.replace("\r\n", "\n").replace("\t", " ")
        return "".join(
            sign for sign in kept if sign == "\n" or not (sign in JOIN or unicodedata.category(sign) in NEVER)
        )
    return _in_each(data, _cleaned)


def _in_each(data: Any, change: Callable[[Any], Any]) -> Any:
    """The same list or object with each part changed; a number is itself."""
    if isinstance(data, Mapping):
        return {name: change(value) for name, value in data.items()}
    if isinstance(data, list | tuple):
        return [change(value) for value in data]
    return data
