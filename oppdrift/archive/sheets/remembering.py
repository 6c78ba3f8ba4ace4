"""A row of headers is known again by its words, not by the file it stands in."""

import hashlib

from oppdrift.toolbox.text import fold


def fingerprint(headers: list[str]) -> str:
    """The same for headers that fold the same; "" where there are none."""
    folded = [fold(header) for header in headers]
    while folded and not folded[-1]:
        folded.pop()
    return hashlib.sha256("\n".join(folded).encode()).hexdigest() if any(folded) else ""
