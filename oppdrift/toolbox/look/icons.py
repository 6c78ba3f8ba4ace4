"""Icons of aksel (MIT), inlined once a page and pointed at from then on."""

import re
from functools import cache
from pathlib import Path

from django.utils.safestring import SafeString, mark_safe

FOLDER = Path(__file__).resolve().parents[2] / "static" / "vendor" / "icons"


class NoSuchIcon(KeyError):
    """The name is not in tools/icons.txt, or the icons have not been fetched."""


@cache
def drawing(name: str) -> str:
    """The paths of an icon, its decimals cut to what a screen can show."""
    path = FOLDER / f"{name}.svg"
    if not name.isalnum() or not path.exists():
        raise NoSuchIcon(f"{name}: write the name into tools/icons.txt and run the set-up again")
    inside = re.sub(r"^.*?<svg[^>]*>|</svg>\s*$", "", path.read_text(), flags=re.DOTALL).strip()
    inside = inside.replace(' clip-rule="evenodd"', "")  # says something only within a clip path
    return re.sub(r"\d+\.\d{3,}", lambda number: f"{float(number[0]):.2f}".rstrip("0").rstrip("."), inside)


def inline(name: str) -> SafeString:
    """The whole icon, for mail-like places and pieces that are swapped in alone."""
    return mark_safe(
        f'<svg class="icon" viewBox="0 0 24 24" fill="none" aria-hidden="true" focusable="false">{drawing(name)}</svg>'
    )


@cache
def pointer(name: str) -> SafeString:
    """A small reference to the sheet at the foot of the page. (Without quotes: a list has a hundred of them.)"""
    drawing(name)
    return mark_safe(f'<svg class=icon aria-hidden=true><use href="#i-{name}"/></svg>')


def sheet(names: set[str]) -> SafeString:
    """The drawings that the page's pointers point at."""
    if not names:
        return SafeString("")
    symbols = "".join(
        f'<symbol id="i-{name}" viewBox="0 0 24 24" fill="none">{drawing(name)}</symbol>' for name in sorted(names)
    )
    return mark_safe(f'<svg width="0" height="0" class="visually-hidden" aria-hidden="true">{symbols}</svg>')
