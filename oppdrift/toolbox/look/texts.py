"""Text that people wrote, made into safe markup."""

from functools import cache
from html import escape

import nh3
from django.utils.safestring import SafeString, mark_safe
from markdown_it import MarkdownIt

TAGS = {"p", "br", "strong", "em", "ul", "ol", "li", "h2", "h3", "h4", "blockquote", "a", "hr", "code"}


@cache
def _reader() -> MarkdownIt:
    reader = MarkdownIt("commonmark", {"html": False, "breaks": True})
    reader.disable("image")
    return reader


def markdown(text: str | None) -> SafeString:
    """Markdown as headings from h2 down, lists, links and emphasis; anything else falls away."""
    if not text:
        return SafeString("")
    made = _reader().render(text).replace("<h1>", "<h2>").replace("</h1>", "</h2>")
    clean = nh3.clean(made, tags=TAGS, attributes={"a": {"href"}}, url_schemes={"http", "https", "mailto", "tel"})
    return mark_safe(clean)


def paragraphs(text: str | None) -> SafeString:
    """Plain text as paragraphs, single line breaks kept."""
    blocks = [block.strip("\n") for block in (text or "").replace("\r\n", "\n").split("\n\n") if block.strip()]
    return mark_safe("".join(f"<p>{escape(block).replace(chr(10), '<br>')}</p>" for block in blocks))


def initials(name: str | None) -> str:
    """Tor Erik Nygård: TN. Two letters at most."""
    words = [word for word in (name or "").split() if word[:1].isalpha()]
    if not words:
        return "?"
    return (words[0][0] + (words[-1][0] if len(words) > 1 else "")).upper()
