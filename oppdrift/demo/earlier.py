"""The three rounds before this one, brought in from the spreadsheets that are left of them."""

import io
from importlib import resources

from django.core.files.base import ContentFile

from oppdrift.archive.models import Batch

from .story import Story

# As the municipality called the round, and the sum that the books say, where anybody remembers it.
ROUNDS: dict[int, tuple[str, int | None]] = {
    2016: ("Innovasjonsmidlene {year}", 1_710_000),
    2017: ("Innovasjonsmidlene {year}", 2_400_000),
    2018: ("Oppdrift {year}", None),
}


def bring_in_earlier_rounds(story: Story) -> None:
    """Each by the verbs of the page: read, kept, looked over, confirmed. What a file does not say stays unknown."""
    for place, year in enumerate(ROUNDS):
        story.at(f"2018-09-03T10:{10 * place:02}", bring_in, story, year)


def bring_in(story: Story, year: int) -> None:
    name, total = ROUNDS[year]
    moved = story.calendar.year(year)
    content = resources.files("oppdrift.demo").joinpath("data", "earlier", f"{year}.csv").read_bytes()
    file_name, lead = f"innovasjonsmidler-{moved}.csv", story.person("ingrid")
    batch = Batch.of(io.BytesIO(content), file_name, name=name.format(year=moved), year=moved, total=total)
    batch.keep(ContentFile(content, name=file_name), by=lead)
    batch.confirm(by=lead)
