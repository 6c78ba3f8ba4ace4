"""Pieces of a page that look the same to all, kept as they were drawn once."""

from dataclasses import dataclass, field
from typing import Any

from django.template.loader import render_to_string
from django.utils.safestring import SafeString


@dataclass(frozen=True)
class Drawing:
    """What `{% drawing %}` puts on a whole page: the markup, and the icons that it points to."""

    markup: SafeString
    icons: frozenset[str]


@dataclass
class _Paper:
    """Stands where a request stands on a page, and is told of icons as one is."""

    icons_used: set[str] = field(default_factory=set)
    htmx: bool = False


def draw(template: str, **context: Any) -> Drawing:
    paper = _Paper()
    return Drawing(render_to_string(template, {**context, "request": paper}), frozenset(paper.icons_used))
