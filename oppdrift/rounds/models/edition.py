"""What a round asks and by what it judges. Texts may be corrected; a new weight, step or required question is a new edition."""

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from oppdrift.toolbox.clock import MomentField


class Edition(models.Model):
    """A set of questions and criteria. Those who handed in under one keep it; the newest is for the rest."""

    round = models.ForeignKey("rounds.Round", models.CASCADE, related_name="editions")
    number = models.PositiveSmallIntegerField(default=1)
    made_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+")
    made_at = MomentField()
    why = models.CharField(_("why it was changed"), max_length=300, blank=True)

    class Meta:
        ordering = ["number"]
        constraints = [models.UniqueConstraint(fields=["round", "number"], name="editions_are_numbered")]

    def __str__(self) -> str:
        return f"{self.round}, {self.number}"

    @property
    def record(self):
        return self.round


class Criterion(models.Model):
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
    key = models.SlugField(max_length=40)
    kind = models.CharField(_("kind"), max_length=10, choices=Kind, default=Kind.QUALITY)
    used = models.CharField(_("used"), max_length=10, choices=Used, default=Used.BOTH)
    weight = models.PositiveSmallIntegerField(_("weight"), default=0)  # parts of the sum of weights; 0 unless quality
    name = models.CharField(_("name"), max_length=100)
    help = models.CharField(_("help"), max_length=300, blank=True)
    steps = models.JSONField(_("steps"), default=list, blank=True)  # five texts, for 1 to 5
    order = models.PositiveSmallIntegerField(default=0)

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


class Question(models.Model):
    """What the application form asks. The same `key` in two editions is the same question."""

    class Kind(models.TextChoices):
        LONG = "long", _("Long text")
        SHORT = "short", _("Short text")
        MONEY = "money", _("Amount in kroner")

    edition = models.ForeignKey(Edition, models.CASCADE, related_name="questions")
    key = models.SlugField(max_length=40)
    section = models.CharField(_("section"), max_length=60)
    kind = models.CharField(_("kind"), max_length=10, choices=Kind, default=Kind.LONG)
    words = models.PositiveSmallIntegerField(_("words at most"), null=True, blank=True)
    required = models.BooleanField(_("required"), default=True)
    asks_amount = models.BooleanField(_("this is the amount applied for"), default=False)
    label = models.CharField(_("question"), max_length=200)
    help = models.CharField(_("help"), max_length=400, blank=True)
    example = models.TextField(_("a good answer"), blank=True)
    order = models.PositiveSmallIntegerField(default=0)

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
