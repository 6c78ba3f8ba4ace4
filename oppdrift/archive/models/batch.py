"""An earlier round as it was brought in from a spreadsheet: read, looked over, confirmed, and perhaps taken back."""

import hashlib
from typing import Any, BinaryIO

from django.conf import settings
from django.core.files.base import File as Upload
from django.db import IntegrityError, models, transaction
from django.utils.translation import gettext as _

from oppdrift.archive.bringing_in import bring_in, make_round
from oppdrift.archive.plan import Plan
from oppdrift.archive.sheets.columns import NotRecognised
from oppdrift.archive.sheets.entries import read_round
from oppdrift.archive.taking_back import what_hangs_on, without_traces
from oppdrift.history.models import Event, File
from oppdrift.ideas.models import Decision
from oppdrift.people.models import Person
from oppdrift.rounds.models import Round
from oppdrift.toolbox.addresses import reverse
from oppdrift.toolbox.answers import Answer, No, NotNow, ensure
from oppdrift.toolbox.clock import MomentField, now
from oppdrift.toolbox.filekinds import clean_name
from oppdrift.toolbox.models import changed
from oppdrift.toolbox.tables.reading import Table, read_table

from .choice import ColumnChoice


class BatchQuerySet(models.QuerySet["Batch"]):
    def seen_by(self, person) -> "BatchQuerySet":
        """Earlier rounds are brought in by those who run the programme; whoever read a file sees it."""
        if not person.is_authenticated:
            return self.none()
        return self.all() if person.runs_programme else self.filter(read_by=person)


class Batch(models.Model):
    """One file read into one round: previewed, then confirmed."""

    name = models.CharField(max_length=100)  # of the round
    year = models.PositiveSmallIntegerField()
    file_name = models.CharField(max_length=200)
    sha256 = models.CharField(max_length=64)
    rows = models.JSONField(default=list)  # as read, with answers; once confirmed, with what they became
    columns = models.JSONField(default=dict)  # what was understood of the file: columns, sheet, total
    stated_total = models.PositiveIntegerField(null=True)  # kroner, given by hand
    round = models.ForeignKey("rounds.Round", models.SET_NULL, null=True, related_name="+")
    made_round = models.BooleanField(default=False)
    read_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+")
    read_at = MomentField()
    confirmed_at = models.DateTimeField(null=True)
    taken_back_at = models.DateTimeField(null=True)

    objects = BatchQuerySet.as_manager()

    class Meta:
        ordering = ["-read_at", "-id"]

    def __str__(self) -> str:
        return f"{self.file_name} → {self.name}"

    def get_absolute_url(self) -> str:
        return reverse("archive:import", args=[self.pk])

    @property
    def called(self) -> str:
        """The round's name, with the year unless it is in it."""
        return self.name if str(self.year) in self.name else f"{self.name} ({self.year})"

    @property
    def record(self):
        return self.round or self

    @property
    def state(self) -> str:
        """read, confirmed or taken_back"""
        return "taken_back" if self.taken_back_at else "confirmed" if self.confirmed_at else "read"

    @property
    def source(self) -> File | None:
        return File.objects.of(self).first() if self.pk else None

    # Reading

    @classmethod
    def of(
        cls, content: BinaryIO, file_name: str, *, name: str, year: int, total: int | None = None, sheet: str = ""
    ) -> "Batch":
        """What stands in the file, not kept yet. Raises CannotRead with a sentence."""
        file_name = clean_name(file_name)
        rows, columns = read_round(content, file_name, year, sheet, remembered=ColumnChoice.known())
        return cls._of(content, file_name, name=name, year=year, total=total, rows=rows, columns=columns)

    @classmethod
    def unread(
        cls, content: BinaryIO, file_name: str, why: NotRecognised, *, name: str, year: int, total: int | None = None
    ) -> "Batch":
        """The same for a table whose columns somebody has to choose first."""
        columns = _unread(why)
        return cls._of(content, clean_name(file_name), name=name, year=year, total=total, rows=[], columns=columns)

    @classmethod
    def _of(cls, content: BinaryIO, file_name: str, *, name: str, total: int | None, **values: Any) -> "Batch":
        content.seek(0)
        digest = hashlib.file_digest(content, "sha256").hexdigest()  # type: ignore[arg-type]
        content.seek(0)
        return cls(name=" ".join(name.split()), file_name=file_name, sha256=digest, stated_total=total, **values)

    @transaction.atomic
    def keep(self, upload: Upload, *, by: Person | None) -> None:
        """Keep what was read, with the file, until somebody confirms or drops it."""
        self.read_by = by
        self.save()
        File.keep(upload, self, by=by)
        Event.record("import.read", self, by=by, rows=len(self.rows))

    def plan(self) -> Plan:
        """What confirming would do, as things stand now."""
        stated = {"hand": self.stated_total, "file": (self.columns.get("total") or {}).get("amount")}
        return Plan(self.name, self.year, self.rows, stated)

    def can_change(self) -> Answer:
        if self.confirmed_at:
            return No(_("This file has been brought in already."))
        return True

    @property
    def is_unread(self) -> bool:
        """Nobody has said yet which column is what."""
        return "unread" in self.columns

    @transaction.atomic
    def answer(self, answers: dict[int, str], *, by: Person | None) -> None:
        """Say of near matches, by row, whether they are "same" or "other"."""
        self.take_lock()
        ensure(self.can_change())
        for entry in self.rows:
            if answers.get(entry["row"]) in ("same", "other"):
                entry["answer"] = answers[entry["row"]]
        if self.pk:
            self.save(update_fields=["rows"])

    @transaction.atomic
    def choose_sheet(self, sheet: str, *, by: Person) -> None:
        """Read another sheet of the same workbook instead. Raises CannotRead."""
        self.take_lock()
        ensure(self.can_change())
        with self._opened() as content:
            try:
                rows, columns = read_round(content, self.file_name, self.year, sheet, remembered=ColumnChoice.known())
            except NotRecognised as error:
                rows, columns = [], _unread(error)
        changed(self, rows=rows, columns=columns)

    @transaction.atomic
    def choose_columns(self, begins: int, places: dict[str, int], *, by: Person) -> None:
        """Read the file with these columns, and remember them for its headers. Raises CannotRead."""
        self.take_lock()
        ensure(self.can_change())
        sheet = self.columns.get("sheet", "")
        with self._opened() as content:
            chosen = (begins, places)
            rows, columns = read_round(content, self.file_name, self.year, sheet, remembered={}, chosen=chosen)
        changed(self, rows=rows, columns=columns)
        ColumnChoice.remember(columns["headers"], places, by=by)
        Event.record("import.columns_chosen", self, by=by)

    def table(self) -> Table:
        """What stands in the file, to choose from. Raises CannotRead."""
        with self._opened() as content:
            return read_table(content, self.file_name, self.columns.get("sheet", ""))

    def _opened(self) -> Any:
        source = self.source
        ensure(source is not None or No(_("The file is no longer kept. Choose it again.")))
        return source.content.open("rb")  # type: ignore[union-attr]

    @transaction.atomic
    def drop(self, *, by: Person) -> None:
        """Forget a file that was read and not confirmed."""
        self.take_lock()
        ensure(self.can_change())
        for file in File.objects.of(self):
            file.erase(by=by)
        self.delete()

    # Confirming

    def can_confirm(self) -> Answer:
        return self.can_change() and self._is_read() and self.plan().can_be_done()

    def _is_read(self) -> Answer:
        return No(_("Choose the columns first.")) if self.is_unread else True

    def confirm(self, *, by: Person | None) -> Round:
        """Write all rows, or none. What is there already stays as it is; what differs gets a new decision."""
        try:
            with transaction.atomic():
                return self._confirm(by)
        except IntegrityError as error:  # two files of one round at the same moment
            raise NotNow(_("Somebody else is bringing in the same round just now. Look again.")) from error

    def _confirm(self, by: Person | None) -> Round:
        self.take_lock()
        ensure(self.can_change())
        ensure(self._is_read())
        plan = self.plan()
        ensure(plan.can_be_done())
        self.made_round = plan.round is None
        self.round = plan.round or make_round(self, by)
        made = [bring_in(self, row, by) for row in plan.rows]
        Decision.release([decision for decision in made if decision], by=by)  # type: ignore[arg-type]
        self.confirmed_at = now()
        self.save()
        counts = {status: len(plan.of(status)) for status in ("new", "changed", "same", "double")}
        Event.record("import.confirmed", self, by=by, **counts)
        return self.round

    # Taking back

    def can_take_back(self) -> Answer:
        """While nothing else hangs on what it made."""
        if self.taken_back_at:
            return No(_("It has been taken back already."))
        if not self.confirmed_at or not self.round:
            return No(_("It has not been brought in."))
        if not self.rows:
            return No(_("It was brought in so long ago that its rows are no longer kept."))
        return what_hangs_on(self)

    @transaction.atomic
    def take_back(self, *, by: Person) -> None:
        """Undo `confirm`: its ideas and decisions go, and the round if it made it and nothing else is there."""
        self.take_lock()
        ensure(self.can_take_back())
        without_traces(self)
        changed(self, taken_back_at=now())
        Event.record("import.taken_back", self, by=by)

    def take_lock(self) -> None:
        """One at a time. Within a transaction."""
        if self.pk:
            self.refresh_from_db(from_queryset=Batch.objects.select_for_update())


def _unread(why: NotRecognised) -> dict[str, Any]:
    """What is known of a table whose columns are not: what comes nearest is the guess."""
    guess = why.best
    return {
        "unread": str(why),
        "places": guess.places if guess else {},
        "begins": guess.first_row if guess else 1,
        "sheet": why.table.sheet,
        "sheets": why.table.sheets,
    }
