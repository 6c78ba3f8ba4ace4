"""The two reports that every project owes: its description, and the final report."""

import datetime as dt
from typing import TYPE_CHECKING

from django.conf import settings
from django.db import models, transaction
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from oppdrift.history.models import Event
from oppdrift.ideas.models import Idea
from oppdrift.people.models import Person
from oppdrift.projects.parts import PARTS, Part
from oppdrift.toolbox.addresses import reverse
from oppdrift.toolbox.answers import Answer, No, ensure
from oppdrift.toolbox.clock import MomentField, now
from oppdrift.toolbox.models import changed
from oppdrift.toolbox.reading import is_as_read

from .passage import InParts

if TYPE_CHECKING:
    from django.db.models.fields.related_descriptors import RelatedManager


class ReportQuerySet(models.QuerySet["Report"]):
    def owed(self) -> "ReportQuerySet":
        """Not handed in, or returned."""
        return self.filter(state__in=[Report.State.DRAFT, Report.State.RETURNED])

    def to_read(self) -> "ReportQuerySet":
        return self.filter(state=Report.State.SUBMITTED)


class Report(InParts):
    """What is written stands in `texts`, by part; what was handed in stands in numbered versions."""

    class Kind(models.TextChoices):
        DESCRIPTION = "description", _("Project description")
        FINAL = "final", _("Final report")

    class State(models.TextChoices):
        DRAFT = "draft", pgettext_lazy("a report", "Draft")
        SUBMITTED = "submitted", pgettext_lazy("a report", "Handed in")
        RETURNED = "returned", pgettext_lazy("a report", "Returned with comments")
        ACCEPTED = "accepted", pgettext_lazy("a report", "Accepted")

    WRITTEN = "report.written"
    BEGINS = (State.DRAFT,)
    MOVES = {  # verb: states before, states after
        "hand_in": ((State.DRAFT, State.RETURNED), (State.SUBMITTED,)),
        "send_back": ((State.SUBMITTED, State.ACCEPTED), (State.RETURNED,)),
        "accept": ((State.SUBMITTED,), (State.ACCEPTED,)),
    }

    project = models.ForeignKey("projects.Project", models.CASCADE, related_name="reports")
    kind = models.CharField(max_length=12, choices=Kind)
    state = models.CharField(max_length=10, choices=State, default=State.DRAFT)
    texts = models.JSONField(default=dict)  # by the key of its part
    saved_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+")
    saved_at = models.DateTimeField(null=True, editable=False)
    submitted_at = models.DateTimeField(null=True, editable=False)  # the last time
    accepted_at = models.DateTimeField(null=True, editable=False)

    objects = ReportQuerySet.as_manager()

    # Read along by `reporting.with_due`.
    due: dt.datetime | None
    is_late: bool

    if TYPE_CHECKING:
        versions: RelatedManager["ReportVersion"]

    class Meta:
        ordering = ["kind"]
        constraints = [
            models.UniqueConstraint(fields=["project", "kind"], name="one_report_of_a_kind_per_project"),
            models.CheckConstraint(
                condition=~models.Q(state="accepted") | models.Q(accepted_at__isnull=False),
                name="an_accepted_report_says_when",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.get_kind_display()}: {self.project}"

    @property
    def record(self) -> Idea:
        return self.project.idea

    def get_absolute_url(self) -> str:
        return reverse("projects:report", args=[self.project_id, self.kind])

    @property
    def status_name(self) -> str:
        return {"draft": "draft", "submitted": "submitted", "returned": "missing", "accepted": "done"}[self.state]

    @property
    def parts(self) -> list[Part]:
        """What it is made of, in order."""
        return PARTS[self.kind]

    @property
    def is_owed(self) -> bool:
        return self.state in (self.State.DRAFT, self.State.RETURNED)

    @property
    def is_submitted(self) -> bool:
        return self.state == self.State.SUBMITTED

    @property
    def is_accepted(self) -> bool:
        return self.state == self.State.ACCEPTED

    def latest(self) -> "ReportVersion | None":
        return self.versions.order_by("-number").select_related("by", "answered_by").first()

    # Writing

    def can_write(self) -> Answer:
        if self.is_owed:
            return True
        if self.is_accepted:
            return No(_("The report is accepted."))
        return No(_("The report is handed in. The programme lead reads it."))

    @transaction.atomic
    def write(self, texts: dict[str, str], *, by: Person) -> None:
        """Save these parts over what is there; the others stay."""
        self.hold()
        ensure(self.can_write())
        different = {key: text.strip() for key, text in texts.items() if text.strip() != self.kept()[key]}
        for key, text in different.items():
            self.put(key, text, by=by)
        if different:
            Event.record(self.WRITTEN, self, by=by, **self.about_it())

    def kept(self) -> dict[str, str]:
        return {part.key: self.texts.get(part.key, "") for part in self.parts}

    def take(self, part: str, text: str, by: Person) -> None:
        changed(self, texts={**self.texts, part: text.strip()}, saved_by=by, saved_at=now())

    def about_it(self) -> dict[str, str]:
        return {"kind": self.kind}

    def missing(self) -> list[Part]:
        """Parts with nothing in them."""
        return [part for part in self.parts if not self.texts.get(part.key, "").strip()]

    def can_hand_in(self) -> Answer:
        if answer := self.can_write():
            if missing := self.missing():
                names = ", ".join(str(part.label) for part in missing)
                return No(_("Something is not written yet: %(names)s.") % {"names": names})
            if two := set(self.in_two_texts()):
                names = ", ".join(str(part.label) for part in self.parts if part.key in two)
                return No(_("Two wrote at the same time. Choose the text first: %(names)s.") % {"names": names})
            return True
        else:
            return answer

    @transaction.atomic
    def hand_in(self, *, by: Person) -> "ReportVersion":
        """Let the programme lead read it as it stands now."""
        self.hold()
        ensure(self.can_hand_in())
        number = self.versions.count() + 1
        version = ReportVersion.objects.create(report=self, number=number, texts=self.texts, by=by)
        changed(self, state=self.State.SUBMITTED.value, submitted_at=version.handed_in_at)
        Event.record("report.handed_in", self, by=by, kind=self.kind, number=number)
        return version

    # Reading

    @property
    def mark(self) -> str:
        """How often it was handed in: whoever answers it says which one they have read."""
        return str(self.versions.count())

    def can_send_back(self, comment: str = "-", read: str | None = None) -> Answer:
        if self.is_owed:
            return No(_("The report is not handed in."))
        if not (answer := is_as_read(self.mark, read)):
            return answer
        return True if comment.strip() else No(_("Write what is missing. The team will read it."))

    @transaction.atomic
    def send_back(self, comment: str, *, by: Person, read: str | None = None) -> None:
        """To be written on, with what is missing."""
        self.hold()
        ensure(self.can_send_back(comment, read))
        self._answer(comment, by)
        changed(self, state=self.State.RETURNED.value, accepted_at=None)
        Event.record("report.returned", self, by=by, kind=self.kind)

    def can_accept(self, read: str | None = None) -> Answer:
        if self.is_submitted:
            return is_as_read(self.mark, read)
        return No(_("The report is accepted.") if self.is_accepted else _("The report is not handed in."))

    @transaction.atomic
    def accept(self, *, by: Person, comment: str = "", read: str | None = None) -> None:
        """It says what it should."""
        self.hold()
        ensure(self.can_accept(read))
        self._answer(comment, by)
        changed(self, state=self.State.ACCEPTED.value, accepted_at=now())
        Event.record("report.accepted", self, by=by, kind=self.kind)

    def _answer(self, comment: str, by: Person) -> None:
        version = self.versions.latest("number")
        changed(version, comment=comment.strip(), answered_by=by, answered_at=now())

    def hold(self) -> None:
        row = type(self).objects.select_for_update().get(pk=self.pk)
        self.state, self.texts, self.accepted_at = row.state, row.texts, row.accepted_at


class ReportVersion(models.Model):
    """A report as it was handed in, and what was said to it."""

    report = models.ForeignKey(Report, models.CASCADE, related_name="versions")
    number = models.PositiveSmallIntegerField()
    texts = models.JSONField(default=dict)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+")
    handed_in_at = MomentField()
    comment = models.TextField(blank=True)
    answered_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+")
    answered_at = models.DateTimeField(null=True, editable=False)

    class Meta:
        ordering = ["number"]
        constraints = [models.UniqueConstraint(fields=["report", "number"], name="report_versions_are_numbered")]

    def __str__(self) -> str:
        return f"{self.report}, {self.number}"

    @property
    def record(self) -> Idea:
        return self.report.record
