"""Links in letters that are their receiver's alone: whoever has one acts as the receiver, without signing in. So those
who handle a letter read it without them."""

import re

from django.conf import settings

OWN_LINK = re.compile(f"({'|'.join(map(re.escape, settings.OWN_LINKS))})[\\w-]+/")


def has_own_link(text: str) -> bool:
    return OWN_LINK.search(text) is not None


def without_own_links(text: str) -> str:
    """The same with three dots for what makes each link its receiver's. To be shown, not to be saved."""
    return OWN_LINK.sub(r"\1…", text)
