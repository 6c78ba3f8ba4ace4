"""Where an application stands: counts and means, kept in the transaction of the write that changes them."""

from collections import Counter
from collections.abc import Iterable
from dataclasses import asdict, dataclass, field
from decimal import ROUND_HALF_UP, Decimal
from statistics import stdev

from django.db import models, transaction

from oppdrift.applications.models import Application, Version
from oppdrift.toolbox.models import number_of
from oppdrift.toolbox.prepared import prepared

THOUSANDTH = Decimal("0.001")
RANKED_FROM = 2  # counted totals


@dataclass
class Figures:
    """What the assessments of one version amount to."""

    handed_in: int = 0
    abstained: int = 0
    counted: int = 0
    mean: Decimal | None = None
    lowest: Decimal | None = None
    highest: Decimal | None = None
    spread: Decimal | None = None  # sample standard deviation, from two totals
    gates: dict[str, list[int]] = field(default_factory=dict)
    fits: dict[str, int] = field(default_factory=dict)
    unclear: int = 0
    discounted: int = 0
    assigned: int = 0
    answered: int = 0  # of those assigned: have handed in or abstained

    @classmethod
    def of(cls, version: Version) -> "Figures":
        """Counted anew from the assessments of this version and who is asked for one, in one statement."""
        rows = _given_to(version.pk)
        return cls.from_rows([row for row in rows if row["pk"]], assigned=rows[0]["asked"])

    @classmethod
    def from_rows(cls, rows: Iterable[dict], *, assigned: int) -> "Figures":
        """`rows`: one per score, each with its assessment's columns; an assessment without scores has one."""
        rows = list(rows)
        given = {row["pk"]: row for row in rows}
        standing = {key: row for key, row in given.items() if row["discounted_at"] is None}
        done = {key: row for key, row in standing.items() if row["state"] == "handed_in"}
        totals = [row["total"] for row in done.values() if row["total"] is not None]
        figures = cls(
            handed_in=len(done),
            abstained=sum(row["state"] == "abstained" for row in standing.values()),
            counted=len(totals),
            fits=dict(Counter(row["fit"] for row in done.values() if row["fit"])),
            unclear=len({row["pk"] for row in rows if row["is_unclear"] and row["pk"] in done}),
            discounted=len(given) - len(standing),
            assigned=assigned,
            answered=len({row["assessor"] for row in rows if row["is_asked"]}),
        )
        for row in rows:
            if row["pk"] in done and row["passed"] is not None:
                figures.gates.setdefault(row["key"], [0, 0])[0 if row["passed"] else 1] += 1
        if totals:
            figures.mean = thousandths(sum(totals) / len(totals))
            figures.lowest, figures.highest = min(totals), max(totals)
        if len(totals) > 1:
            figures.spread = thousandths(stdev(totals))
        return figures


@prepared
def _given_to(version: int) -> models.QuerySet:
    """A row per score of what is handed in or abstained from, and one without where there is nothing yet."""
    given = models.FilteredRelation(
        "assessments", condition=models.Q(assessments__state__in=["handed_in", "abstained"])
    )
    in_force = {"pk": models.OuterRef("application"), "assignments__isnull": False, "assignments__ended_at": None}
    asked = Application.objects.filter(**in_force)
    is_asked = Application.objects.filter(**in_force, assignments__assessor=models.OuterRef("given__assessor"))
    rows = Version.objects.filter(pk=version).annotate(given=given).order_by("given__scores__criterion__order")
    columns = {name: f"given__{name}" for name in ("pk", "assessor", "state", "total", "fit", "discounted_at")}
    scores = {"key": "criterion__key", "passed": "passed", "is_unclear": "is_unclear"}
    wanted = columns | {name: f"given__scores__{path}" for name, path in scores.items()}
    return rows.values(
        **{name: models.F(path) for name, path in wanted.items()},
        is_asked=models.Exists(is_asked),
        asked=number_of(asked),
    )


class StandingQuerySet(models.QuerySet["Standing"]):
    def current(self) -> "StandingQuerySet":
        """Of the newest version. After a revision a standing is an old one until somebody assesses the new version."""
        return self.filter(number=models.F("application__newest"))


class Standing(models.Model):
    """Of the newest version of an application. Fewer than two counted totals: not ranked."""

    application = models.OneToOneField("applications.Application", models.CASCADE, related_name="standing")
    version = models.ForeignKey("applications.Version", models.CASCADE, related_name="+")
    number = models.PositiveSmallIntegerField(default=1)  # of that version
    assigned = models.PositiveSmallIntegerField(default=0)
    answered = models.PositiveSmallIntegerField(default=0)  # of those assigned: have handed in or abstained
    handed_in = models.PositiveSmallIntegerField(default=0)
    abstained = models.PositiveSmallIntegerField(default=0)
    counted = models.PositiveSmallIntegerField(default=0)
    mean = models.DecimalField(max_digits=4, decimal_places=3, null=True)  # of counted totals
    lowest = models.DecimalField(max_digits=4, decimal_places=3, null=True)
    highest = models.DecimalField(max_digits=4, decimal_places=3, null=True)
    spread = models.DecimalField(max_digits=4, decimal_places=3, null=True)  # sample standard deviation
    gates = models.JSONField(default=dict)  # {criterion key: [yes, no]}
    fits = models.JSONField(default=dict)  # {"yes": n, "partly": n, "no": n}
    unclear = models.PositiveSmallIntegerField(default=0)  # assessors who find something unclear
    discounted = models.PositiveSmallIntegerField(default=0)

    objects = StandingQuerySet.as_manager()

    class Meta:
        ordering = [models.F("mean").desc(nulls_last=True)]
        indexes = [
            models.Index(fields=["application"], condition=models.Q(unclear__gt=0), name="standings_with_questions")
        ]

    def __str__(self) -> str:
        return f"{self.application}: {self.mean}"

    @property
    def is_ranked(self) -> bool:
        return self.counted >= RANKED_FROM

    @classmethod
    @transaction.atomic
    def refresh(cls, application: Application) -> "Standing | None":
        """Count the newest version anew; None while nothing is handed in."""
        lock(application)
        return cls.recount(application)

    @classmethod
    def recount(cls, application: Application) -> "Standing | None":
        """`refresh` for whoever holds the application already."""
        version = application.versions.last()
        return cls.store(version) if version else None

    @classmethod
    def store(cls, version: Version) -> "Standing":
        """Count this version, the newest, and keep it: two statements."""
        values = {"number": version.number, **asdict(Figures.of(version))}
        row = Standing(application_id=version.application_id, version=version, **values)
        fields = ["version", *values]
        Standing.objects.bulk_create([row], update_conflicts=True, unique_fields=["application"], update_fields=fields)
        return row


def lock(application: Application) -> None:
    """Let one judgement at a time change where it stands. Within a transaction."""
    _held(application.pk)


@prepared
def _held(application: int) -> models.QuerySet[Application]:
    return Application.objects.select_for_update().only("pk").filter(pk=application)


def newest_version(application: models.F) -> models.Subquery:
    """The key of the newest version, for use within a statement."""
    versions = Version.objects.filter(application=application).order_by("-number")
    return models.Subquery(versions.values("pk")[:1])


def thousandths(number: Decimal) -> Decimal:
    return Decimal(number).quantize(THOUSANDTH, ROUND_HALF_UP)
