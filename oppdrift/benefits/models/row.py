"""The row of a benefit: its fields, and its measurements in their order."""

from decimal import Decimal
from typing import TYPE_CHECKING

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _

from oppdrift.toolbox.addresses import reverse
from oppdrift.toolbox.clock import MomentField
from oppdrift.toolbox.text import fold

from .measurement import Measurement
from .words import A_YEAR, Better, Kind, MeasuredIn, Per, Realised

if TYPE_CHECKING:
    from django.db.models.fields.related_descriptors import RelatedManager

    from .version import BenefitVersion


class Row(models.Model):
    """What is kept of a benefit, and what can be read off it. `Benefit` adds what is done with it.

    The baseline is a `Measurement` like the later ones, since it is made by the same method. A number is for `per`, or
    a level. `price` is what one unit of change is worth in kroner a year; `price_basis` says how that was reckoned.
    """

    idea = models.ForeignKey("ideas.Idea", models.PROTECT, related_name="+")
    title = models.CharField(_("what becomes better"), max_length=120)
    kind = models.CharField(_("kind"), max_length=15, choices=Kind)
    for_whom = models.CharField(_("for whom"), max_length=150, blank=True)
    is_foreseen = models.BooleanField(default=True)  # promised, not found on the way
    is_negative = models.BooleanField(default=False)  # an effect that somebody is worse off by
    grew_from = models.TextField(_("the sentence of the application"), blank=True)

    is_quantitative = models.BooleanField(default=True)
    indicator = models.CharField(_("indicator"), max_length=150, blank=True)
    in_a_sentence = models.CharField(max_length=80, blank=True)  # "ventetiden"
    measured_in = models.CharField(max_length=10, choices=MeasuredIn, blank=True)
    counted_what = models.CharField(max_length=60, blank=True)  # of COUNT: "bomturer"
    per = models.CharField(max_length=6, choices=Per, blank=True)
    better = models.CharField(max_length=5, choices=Better, default=Better.UP)
    method = models.TextField(_("how it is measured"), blank=True)
    source = models.CharField(_("where the numbers come from"), max_length=200, blank=True)
    target = models.DecimalField(_("target value"), max_digits=16, decimal_places=4, null=True, blank=True)
    target_on = models.DateField(_("to be reached by"), null=True, blank=True)
    target_words = models.TextField(_("what it should be like"), blank=True)

    realised = models.CharField(max_length=12, choices=Realised, blank=True)  # blank: not decided
    used_for = models.CharField(_("used for"), max_length=200, blank=True)
    claim = models.CharField(_("which hours or budget line"), max_length=150, blank=True)
    claim_unit = models.ForeignKey("people.Unit", models.SET_NULL, null=True, blank=True, related_name="+")
    claim_key = models.CharField(max_length=150, editable=False, blank=True)  # folded, for finding two of the same
    is_priced = models.BooleanField(default=False)
    price = models.DecimalField(max_digits=12, decimal_places=2, null=True, blank=True)
    price_basis = models.TextField(blank=True)

    assumptions = models.TextField(_("assumptions"), blank=True)
    preconditions = models.TextField(_("preconditions"), blank=True)
    owner = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+")
    agreed_at = models.DateTimeField(null=True, editable=False)  # by the owner
    dropped_at = models.DateTimeField(null=True, editable=False)
    dropped_why = models.TextField(blank=True)
    created_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+")
    created_at = MomentField()

    # What a change of these makes of an agreement: nothing, until the owner has agreed again.
    AGREED_UPON = (
        "title", "is_quantitative", "indicator", "measured_in", "counted_what", "per", "better", "method", "target",
        "target_on", "target_words", "realised", "used_for", "claim", "claim_unit", "is_priced", "price",
    )  # fmt: skip

    # Filled by `with_measurements()`.
    counting: list[Measurement]

    if TYPE_CHECKING:
        measurements: RelatedManager[Measurement]
        versions: RelatedManager[BenefitVersion]

    class Meta:
        abstract = True
        ordering = ["id"]
        indexes = [models.Index(fields=["claim_key"], name="benefits_by_claim")]
        constraints = [
            models.CheckConstraint(
                condition=Q(dropped_at=None) | ~Q(dropped_why=""), name="a_dropped_benefit_says_why"
            ),
            models.CheckConstraint(condition=Q(price=None) | Q(is_priced=True), name="only_what_is_priced_has_a_price"),
            models.CheckConstraint(condition=Q(agreed_at=None) | Q(owner__isnull=False), name="an_owner_agrees"),
            models.CheckConstraint(
                condition=Q(is_quantitative=True) | Q(target=None), name="a_target_value_is_of_something_counted"
            ),
        ]

    def __str__(self) -> str:
        return self.title

    def save(self, *args, **kwargs):
        self.claim_key = fold(self.claim)[:150]
        if (fields := kwargs.get("update_fields")) is not None:
            kwargs["update_fields"] = {*fields, "claim_key"}
        super().save(*args, **kwargs)

    def get_absolute_url(self) -> str:
        return reverse("benefits:benefit", args=[self.pk])

    @property
    def record(self):
        return self.idea

    @property
    def is_dropped(self) -> bool:
        return self.dropped_at is not None

    # What is measured

    @cached_property
    def in_force(self) -> list[Measurement]:
        """Its measurements but those replaced, in the order of their dates; asked once, or read along."""
        if hasattr(self, "counting"):
            return sorted(self.counting, key=Measurement.order_of)
        return sorted(
            Measurement.objects.in_force().filter(benefit=self.pk).select_related("made_by"), key=Measurement.order_of
        )

    @property
    def baseline(self) -> Measurement | None:
        """None: not known."""
        return next((one for one in self.in_force if one.is_baseline and one.is_made), None)

    @property
    def follow_ups(self) -> list[Measurement]:
        """Planned, made and left out, in order."""
        return [one for one in self.in_force if not one.is_baseline]

    @property
    def made(self) -> list[Measurement]:
        return [one for one in self.follow_ups if one.is_made]

    @property
    def latest(self) -> Measurement | None:
        return self.made[-1] if self.made else None

    @property
    def waiting(self) -> list[Measurement]:
        return [one for one in self.in_force if one.is_waiting]

    @property
    def kroner_a_unit(self) -> Decimal | None:
        """What one unit of change is worth in kroner a year; None: not priced, or the price is not known."""
        if not self.is_priced or not self.is_quantitative:
            return None
        if self.price is not None:
            return self.price
        if self.measured_in == MeasuredIn.KRONER and self.per:
            return Decimal(A_YEAR[Per(self.per)])
        return None

    def lock(self) -> None:
        """One at a time changes it and its measurements. Within a transaction."""
        self.refresh_from_db(from_queryset=type(self)._default_manager.select_for_update(of=("self",)))
        self.__dict__.pop("in_force", None)
