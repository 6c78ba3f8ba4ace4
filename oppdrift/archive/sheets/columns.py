"""Which column is what: headers in bokmål, nynorsk or English, one row or two, below a title or not.

What cannot be told by the headers is chosen by hand, and remembered for the same headers.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass, field

from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext_lazy

from oppdrift.toolbox.tables.reading import CannotRead, Row, Table, as_text, column_name
from oppdrift.toolbox.text import fold

from .remembering import fingerprint

# In the order in which a header is tried: "beskrivelse av prosjektet" describes, "søkt beløp" is no grant. Words
# further left are surer than those further right: "tildelt" before "beløp".
WORDS: dict[str, list[str]] = {
    "description": [
        "beskrivelse beskriving description omtale sammendrag samandrag skildring formal summary",
    ],
    "contact": [
        "kontakt kontaktperson contact prosjektleder prosjektleiar prosjektansvarlig soker sokjar applicant",
        "epost mail email telefon",
    ],
    "applied": ["sokt omsokt sokte soknadssum soknadsbelop applied requested"],
    "outcome": ["outcome status resultat utfall vedtak beslutning avgjerd result decision prosjektstatus"],
    "amount": [
        "tildelt tildelte tildeling innvilget innvilga bevilget bevilgning bevilga granted awarded grant tilsagn",
        "belop amount sum kroner stotte midler midlar kr",
    ],
    "unit": [
        "tjenestested tenestestad virksomhet verksemd enhet eining unit workplace",
        "avdeling seksjon etat skole barnehage arbeidssted department organisasjon",
        "tjenesteomrade tenesteomrade sektor sted stad area",
    ],
    "title": [
        "tittel title prosjekttittel prosjektnavn prosjektnamn",
        "prosjekt prosjektet project tiltak tiltaket ide ideen idea",
        "navn namn name",
    ],
}
YEARS = {"ar", "year", "soknadsar", "tildelingsar", "arstall", "budsjettar"}
NEEDED = ("unit", "title", "amount")
NAMES: dict[str, str | Promise] = {
    "unit": pgettext_lazy("column of a spreadsheet", "Unit"),
    "title": pgettext_lazy("column of a spreadsheet", "Title"),
    "amount": pgettext_lazy("column of a spreadsheet", "Granted"),
    "applied": pgettext_lazy("column of a spreadsheet", "Applied for"),
    "outcome": pgettext_lazy("column of a spreadsheet", "Outcome"),
    "contact": gettext_lazy("Contact"),
    "year": pgettext_lazy("column of a spreadsheet", "Year"),
    "description": gettext_lazy("Description"),
}
WITHIN = 20  # rows from the top


@dataclass
class Columns:
    """Where each field stands, counted from 0."""

    places: dict[str, int]
    headers: list[str]
    first_row: int  # index of the first row below the headers
    scales: dict[str, int] = field(default_factory=dict)  # kroner in one of "beløp (i 1000 kr)"

    def letter(self, name: str) -> str:
        return column_name(self.places[name]) if name in self.places else ""

    @property
    def unused(self) -> list[str]:
        """Headers of columns that nothing is taken from."""
        used = set(self.places.values())
        return [
            f"{column_name(n)} «{header}»" for n, header in enumerate(self.headers) if header.strip() and n not in used
        ]


class NotRecognised(CannotRead):
    """A table whose headers say too little, or two things; `best` is what comes nearest. It is chosen by hand."""

    def __init__(self, words: str, best: Columns | None = None) -> None:
        super().__init__(words)
        self.best, self.table = best, Table([])


Remembered = Mapping[str, dict[str, int]]  # where each field stands, by the fingerprint of a row of headers


def recognise(table: Table, year: int, remembered: Remembered) -> Columns:
    """The best row of headers near the top. Raises NotRecognised, naming what was found instead."""
    for index, row in enumerate(table.rows[:WITHIN]):
        if places := remembered.get(fingerprint(texts(row, table.width))):
            return by_hand(table, index + 1, places)
    try:
        return _recognise(table, year)
    except NotRecognised as error:
        error.table = table
        raise


def by_hand(table: Table, first_row: int, places: dict[str, int]) -> Columns:
    """As somebody chose them: the rows begin at this index, and above it stand the headers."""
    headers = texts(table.rows[first_row - 1], table.width) if first_row else [""] * table.width
    columns = Columns(dict(places), headers, first_row)
    columns.scales = {name: scale_of(headers[places[name]]) for name in ("amount", "applied") if name in places}
    return columns


def _recognise(table: Table, year: int) -> Columns:
    best: Columns | None = None
    for index, row in enumerate(table.rows[:WITHIN]):
        if has_numbers(row):
            continue
        candidates = [Columns({}, texts(row, table.width), index + 1)]
        following = table.rows[index + 1] if index + 1 < len(table.rows) else None
        if following and not has_numbers(following) and any(meaning(text) for text in texts(following, table.width)):
            candidates.append(Columns({}, both(row, following, table.width), index + 2))
        for candidate in candidates:
            try:
                candidate.places = places(candidate.headers, year)
            except NotRecognised as error:
                error.best = candidate
                raise
            if best is None or len(candidate.places) > len(best.places):
                best = candidate
    if best is None or any(name not in best.places for name in NEEDED):
        raise NotRecognised(not_recognised(best), best)
    for name in ("amount", "applied"):
        if name in best.places:
            best.scales[name] = scale_of(best.headers[best.places[name]])
    return best


def not_recognised(best: Columns | None) -> str:
    found = [name for name in NEEDED if best and name in best.places]
    missing = ", ".join(str(NAMES[name]).lower() for name in NEEDED if name not in found)
    headers = ", ".join(f"«{header}»" for header in best.headers if header.strip()) if best else ""
    words = _("No column for %(missing)s was found. Call the columns for instance Virksomhet, Prosjekt and Beløp.")
    if not headers:
        return words % {"missing": missing}
    read = _("These headers were read: %(headers)s.")
    return f"{words % {'missing': missing}} {read % {'headers': headers}}"


def texts(row: Row, width: int) -> list[str]:
    return [row.text(column) for column in range(width)]


def has_numbers(row: Row) -> bool:
    """Rows of data have numbers; a year in a header does not count."""
    cells = [as_text(cell) for cell in row.cells if cell != ""]
    return any(re.fullmatch(r"[\d .,]+(,-|kr)?", cell) and not re.fullmatch(r"(19|20)\d\d", cell) for cell in cells)


def both(upper: Row, lower: Row, width: int) -> list[str]:
    """Two rows of headers as one. A header over several columns counts for each, also where merging got lost."""
    joined, above = [], ""
    for column in range(width):
        top, bottom = upper.text(column), lower.text(column)
        if top:
            above = top
        elif bottom and column and lower.text(column - 1):
            top = above
        joined.append(top if top == bottom else f"{top} {bottom}".strip())
    return joined


def meaning(header: str) -> tuple[str, int] | None:
    """The field that a header names, and how surely (0 is surest)."""
    words = set(fold(header.replace("-post", "post")).split())
    if words and words <= YEARS:
        return "year", 0
    for name, levels in WORDS.items():
        for level, known in enumerate(levels):
            if words & set(known.split()):
                return name, level
    return None


def places(headers: list[str], year: int) -> dict[str, int]:
    """The surest column for each field; of several amounts the one that names the year, else the first of its kind."""
    found: dict[str, list[tuple[int, bool, int]]] = {}
    for column, header in enumerate(headers):
        if known := meaning(header):
            name, level = known
            found.setdefault(name, []).append((level, str(year) not in header, column))
    chosen = {}
    for name, candidates in found.items():
        candidates.sort()
        if name == "amount" and len(candidates) > 1 and candidates[0][:2] == candidates[1][:2]:
            refuse_two(headers, candidates[0][2], candidates[1][2])
        chosen[name] = candidates[0][2]
    return chosen


def refuse_two(headers: list[str], one: int, other: int) -> None:
    """Two amounts that cannot be told apart: nobody may guess which one was the grant."""
    if headers[one] == headers[other] and not set(fold(headers[one]).split()) & set(WORDS["amount"][0].split()):
        # One title over the whole row, merged: no header at all.
        return
    both_of = {"one": f"{column_name(one)} «{headers[one]}»", "other": f"{column_name(other)} «{headers[other]}»"}
    raise NotRecognised(
        _("Both %(one)s and %(other)s look like what was granted. Rename the one that is not.") % both_of
    )


def scale_of(header: str) -> int:
    """How many kroner one is: "Beløp (i 1 000 kr)"."""
    folded = fold(header)
    if re.search(r"\b(mill|mnok|million|millioner|millionar)\b", folded):
        return 1_000_000
    return 1_000 if re.search(r"\b(1 ?000|tusen|tkr)\b", folded) else 1
