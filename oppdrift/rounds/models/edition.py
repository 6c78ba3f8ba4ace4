"""What a round asks and by what it judges.

Texts may be corrected; a new weight, step or required question is a new edition.
"""

from typing import TYPE_CHECKING, Any

from django.conf import settings
from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models, transaction
from django.utils.translation import gettext, pgettext_lazy
from django.utils.translation import gettext_lazy as _

from oppdrift.history.models import Event
from oppdrift.rounds.differences import Difference, differences
from oppdrift.toolbox.answers import Answer, No, ensure
from oppdrift.toolbox.clock import MomentField, now
from oppdrift.toolbox.prepared import prepared
from oppdrift.toolbox.text import fold

if TYPE_CHECKING:
    from oppdrift.people.models import Person

STEPS = 5


class InForce(models.Manager["Edition"]):
    """Editions that count. What somebody is still preparing is not among a round's `editions`."""

    def get_queryset(self):
        return super().get_queryset().filter(number__isnull=False)


class Edition(models.Model):
    """A set of questions and criteria. Those who handed in under one keep it; the newest is for the rest.

    Without a number it is a *proposal*: changes being prepared after the call opened, one a round.
    """

    round = models.ForeignKey("rounds.Round", models.CASCADE, related_name="editions")
    number = models.PositiveSmallIntegerField(null=True, default=1)
    made_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+")
    made_at = MomentField()
    why = models.CharField(_("why it was changed"), max_length=300, blank=True)

    objects = InForce()
    and_proposals = models.Manager["Edition"]()

    class Meta:
        ordering = ["number"]
        constraints = [
            models.UniqueConstraint(fields=["round", "number"], name="editions_are_numbered"),
            models.UniqueConstraint(fields=["round"], condition=models.Q(number=None), name="one_proposal_per_round"),
        ]

    def __str__(self) -> str:
        return f"{self.round}, {self.number or '–'}"

    @property
    def record(self):
        return self.round

    @property
    def is_proposal(self) -> bool:
        return self.number is None

    def items(self, kind: "type[Item]") -> "models.QuerySet[Any]":
        """Its criteria or its questions, in order."""
        return kind.objects.filter(edition=self)  # type: ignore[attr-defined]

    # Editing

    def can_edit(self) -> Answer:
        """A proposal can be edited, and the edition of a call that has not opened."""
        if self.round.closed_at:
            return No(gettext("The round is closed."))
        if not self.is_proposal and self.round.has_opened:
            return No(gettext("The call is open. Prepare the change first, and see whom it concerns."))
        return True

    @transaction.atomic
    def put(self, kind: "type[Item]", key: str = "", /, *, by: "Person", **fields: Any) -> Any:
        """Change the criterion or question of this key; without a key, add one at the end."""
        ensure(self.can_edit())
        if key:
            item = self.items(kind).get(key=key)
        else:
            item = kind(key=self._free_key(kind, fields), order=self._end_of(kind))
            item.edition = self  # type: ignore[attr-defined]
        for name, value in fields.items():
            setattr(item, name, value)
        item.save()
        self._remember(by)
        return item

    @transaction.atomic
    def move(self, kind: "type[Item]", key: str, *, up: bool, by: "Person") -> None:
        """One place up or down; at the end of the list nothing happens."""
        ensure(self.can_edit())
        rows = list(self.items(kind).select_for_update())
        place = [row.key for row in rows].index(key)
        other = place + (-1 if up else 1)
        if 0 <= other < len(rows):
            rows[place], rows[other] = rows[other], rows[place]
        for order, row in enumerate(rows):
            row.order = order
        kind.objects.bulk_update(rows, ["order"])  # type: ignore[attr-defined]
        self._remember(by)

    @transaction.atomic
    def remove(self, kind: "type[Item]", key: str, *, by: "Person") -> None:
        ensure(self.can_edit())
        self.items(kind).filter(key=key).delete()
        self._remember(by)

    def _remember(self, by: "Person") -> None:
        # While it is a proposal nothing has happened yet; what came of it is remembered when it is put in force.
        if not self.is_proposal:
            Event.record("edition.edited", self, by=by)

    def _end_of(self, kind: "type[Item]") -> int:
        highest = self.items(kind).aggregate(highest=models.Max("order"))["highest"]
        return 0 if highest is None else highest + 1

    def _free_key(self, kind: "type[Item]", fields: dict[str, Any]) -> str:
        """A key no edition of the round has used, so that old answers never land under a new question."""
        words = fold(str(fields.get("label") or fields.get("name") or "")).replace(" ", "-")[:32].strip("-") or "item"
        used = set(kind.objects.filter(edition__round=self.round_id).values_list("key", flat=True))  # type: ignore[attr-defined]
        used.add("add")  # the address of the page that adds one
        return next(key for key in (words, *(f"{words}-{n}" for n in range(2, 1000))) if key not in used)

    def copy_to(self, other: "Edition") -> None:
        """Give `other` the same criteria and questions, with the same keys."""
        for kind in (Criterion, Question):
            rows = list(self.items(kind))
            for row in rows:
                row.pk, row.edition, row._state.adding = None, other, True
            kind.objects.bulk_create(rows)

    # A proposal and what comes of it

    def differences(self) -> list[Difference]:
        """What this proposal changes in the newest edition."""
        before = self.round.edition
        return [
            *differences("question", before.items(Question), self.items(Question)),
            *differences("criterion", before.items(Criterion), self.items(Criterion)),
        ]

    def can_put_in_force(self, why: str = "") -> Answer:
        if not self.is_proposal:
            return No(gettext("This edition is in force already."))
        if self.round.closed_at:
            return No(gettext("The round is closed."))
        found = self.differences()
        if not found:
            return No(gettext("Nothing is changed."))
        if any(each.weighty for each in found):
            if self.round.deadline_is_past:
                return No(
                    gettext("The deadline has passed: only texts can be corrected now, not what is asked and weighed.")
                )
            if not why.strip():
                return No(gettext("Say why it is changed. Those who have handed in will read it."))
        return True

    @transaction.atomic
    def put_in_force(self, *, by: "Person", why: str = "") -> "Edition":
        """A correction lands in the newest edition, a weightier change becomes the next. Returns the one in force."""
        self.round.take_lock()
        ensure(self.can_put_in_force(why))
        if not any(each.weighty for each in self.differences()):
            return self._correct(by)
        self.number = (self.round.edition.number or 0) + 1
        self.made_by, self.made_at, self.why = by, now(), why.strip()
        self.save()
        Event.record("edition.made", self, by=by, number=self.number)
        return self

    def _correct(self, by: "Person") -> "Edition":
        newest = self.round.edition
        for kind in (Criterion, Question):
            known = {row.key: row for row in newest.items(kind)}
            for row in self.items(kind):
                row.pk, row._state.adding = (known[row.key].pk, False) if row.key in known else (None, True)
                row.edition = newest
                row.save()
        self.delete()
        Event.record("edition.corrected", newest, by=by, number=newest.number)
        return newest

    @transaction.atomic
    def discard(self, *, by: "Person") -> None:
        """Drop a proposal. Nothing was in force, so nothing is remembered."""
        ensure(self.is_proposal or No(gettext("This edition is in force already.")))
        self.delete()


class Item(models.Model):
    """A criterion or a question: one row of an edition."""

    key = models.SlugField(max_length=40)
    order = models.PositiveSmallIntegerField(default=0)

    class Meta:
        abstract = True


class Criterion(Item):
    """By what an application or a pitch is judged. The same `key` in two editions is the same criterion."""

    class Kind(models.TextChoices):
        QUALITY = "quality", _("Quality, 1 to 5")
        GATE = "gate", _("Gate, yes or no")
        FIT = "fit", _("Fit with the programme")

    class Used(models.TextChoices):
        ASSESSING = "assessing", _("In assessing")
        PITCHING = "pitching", _("In pitching")
        BOTH = "both", _("In both")

    edition = models.ForeignKey(Edition, models.CASCADE, related_name="criteria")
    kind = models.CharField(_("kind"), max_length=10, choices=Kind, default=Kind.QUALITY)
    used = models.CharField(_("used"), max_length=10, choices=Used, default=Used.BOTH)
    weight = models.PositiveSmallIntegerField(_("weight"), default=0)  # parts of the sum of weights; 0 unless quality
    name = models.CharField(pgettext_lazy("of a criterion", "name"), max_length=100)
    help = models.CharField(_("help"), max_length=300, blank=True)
    steps = models.JSONField(_("steps"), default=list, blank=True)  # five texts, for 1 to 5

    class Meta:
        ordering = ["order", "id"]
        constraints = [
            models.UniqueConstraint(fields=["edition", "key"], name="one_criterion_per_key_and_edition"),
            models.CheckConstraint(
                condition=~models.Q(kind="quality") | models.Q(weight__gt=0), name="a_quality_criterion_has_weight"
            ),
        ]

    def __str__(self) -> str:
        return self.name

    @property
    def numbered_steps(self) -> list[tuple[int, str]]:
        return list(enumerate(self.steps, start=1))


class Question(Item):
    """What the application form asks. The same `key` in two editions is the same question."""

    class Kind(models.TextChoices):
        LONG = "long", _("Long text")
        SHORT = "short", _("Short text")
        MONEY = "money", _("Amount in kroner")

    edition = models.ForeignKey(Edition, models.CASCADE, related_name="questions")
    section = models.CharField(_("section"), max_length=60)
    kind = models.CharField(_("kind"), max_length=10, choices=Kind, default=Kind.LONG)
    words = models.PositiveSmallIntegerField(
        _("words at most"), null=True, blank=True, validators=[MinValueValidator(5), MaxValueValidator(2000)]
    )
    required = models.BooleanField(_("required"), default=True)
    asks_amount = models.BooleanField(_("this is the amount applied for"), default=False)
    label = models.CharField(_("question"), max_length=200)
    help = models.CharField(_("help"), max_length=400, blank=True)
    example = models.TextField(_("a good answer"), blank=True)

    class Meta:
        ordering = ["order", "id"]
        constraints = [
            models.UniqueConstraint(fields=["edition", "key"], name="one_question_per_key_and_edition"),
            models.UniqueConstraint(
                fields=["edition"], condition=models.Q(asks_amount=True), name="one_amount_applied_for"
            ),
        ]

    def __str__(self) -> str:
        return self.label


@prepared
def questions_of(edition: int) -> models.QuerySet[Question]:
    return Question.objects.filter(edition=edition)
