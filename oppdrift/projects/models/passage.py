"""Reports and agreements are written part by part, by several at once and saved as they type: nobody's text is lost."""

import datetime as dt
from functools import partial
from typing import TYPE_CHECKING, Any

from django.db import models, transaction

from oppdrift.history.models import Event
from oppdrift.people.models import Person
from oppdrift.toolbox import writing
from oppdrift.toolbox.answers import Answer, ensure
from oppdrift.toolbox.clock import now
from oppdrift.toolbox.writing import Beside, Saved, Written

if TYPE_CHECKING:
    from django.db.models.fields.related_descriptors import RelatedManager

SITTING = dt.timedelta(hours=1)  # what one person writes within it is one thing that happened


class Passage(Written):
    """One part as it was typed last, with its revision. What it says stands in the report or agreement too."""

    report = models.ForeignKey("projects.Report", models.CASCADE, null=True, related_name="passages")
    agreement = models.ForeignKey("projects.Agreement", models.CASCADE, null=True, related_name="passages")
    part = models.SlugField(max_length=20)

    class Meta:
        ordering = ["id"]
        constraints = [
            models.UniqueConstraint(fields=["report", "part"], name="one_passage_per_part_of_a_report"),
            models.UniqueConstraint(fields=["agreement", "part"], name="one_passage_per_part_of_an_agreement"),
            models.CheckConstraint(
                condition=models.Q(report__isnull=True, agreement__isnull=False)
                | models.Q(report__isnull=False, agreement__isnull=True),
                name="a_passage_is_of_one_thing",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.part}: {self.text[:40]}"


class SidePassage(Beside):
    """What somebody wrote in the same part at the same time."""

    passage = models.ForeignKey(Passage, models.CASCADE, related_name="side_texts")


class InParts(models.Model):
    """What is written part by part. It says what its parts hold, takes what was written, and who may write when."""

    WRITTEN = ""  # the kind of event that tells of it

    if TYPE_CHECKING:
        passages: RelatedManager[Passage]

    class Meta:
        abstract = True

    def kept(self) -> dict[str, str]:
        """What each part holds, as text."""
        raise NotImplementedError

    def take(self, part: str, text: str, by: Person) -> None:
        """Let a part hold this."""
        raise NotImplementedError

    def about_it(self) -> dict[str, Any]:
        """What an event says of it."""
        raise NotImplementedError

    def can_write(self) -> Answer:
        raise NotImplementedError

    def hold(self) -> None:
        """Read it anew, and let nobody else change it until the transaction ends."""
        raise NotImplementedError

    @transaction.atomic
    def write_part(self, part: str, text: str, *, by: Person, based_on: int | None = None, window: str = "") -> Saved:
        """Save one part; see `writing.save`. Raises NotNow if `can_write` says no, KeyError if it has no such part."""
        self.hold()
        ensure(self.can_write())
        is_new = not self.passages.filter(saved_by=by, saved_at__gt=now() - SITTING).exists()
        saved = self.put(part, text, by=by, based_on=based_on, window=window)
        if is_new:
            Event.record(self.WRITTEN, self, by=by, **self.about_it())
        return saved

    def put(self, part: str, text: str, *, by: Person, based_on: int | None = None, window: str = "") -> Saved:
        """The same, without asking and without a word in the history. Within a transaction that holds it."""
        kept, text = self.kept()[part], writing.clean(text)
        begin = partial(self.passages.create, part=part)
        passage = self.passages.filter(part=part).first()
        saved = writing.save(passage, begin, text, by=by, based_on=based_on, window=window)
        if not saved.beside and kept != text:
            self.take(part, text, by)
        return saved

    @transaction.atomic
    def settle(self, beside: SidePassage, text: str, *, based_on: int, by: Person) -> Saved:
        """Choose between two texts; see `writing.settle`."""
        self.hold()
        ensure(self.can_write())
        passage, text = self.passages.get(pk=beside.passage_id), writing.clean(text)
        saved = writing.settle(beside, passage, text, based_on=based_on, by=by)
        if not saved.beside:
            self.take(passage.part, text, by)
        return saved

    def in_two_texts(self) -> list[str]:
        """Parts in which two wrote at once, and nobody has chosen yet."""
        open_ones = SidePassage.objects.open().filter(passage__in=self.passages.all())
        return list(open_ones.order_by("passage").values_list("passage__part", flat=True).distinct())
