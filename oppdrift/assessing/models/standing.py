"""Where an application stands: counts and means, kept in the transaction of the write that changes them."""

from django.db import models


class Standing(models.Model):
    """Of the newest version of an application. Fewer than two counted totals: not ranked."""

    application = models.OneToOneField("applications.Application", models.CASCADE, related_name="standing")
    version = models.ForeignKey("applications.Version", models.CASCADE, related_name="+")
    assigned = models.PositiveSmallIntegerField(default=0)
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

    class Meta:
        ordering = [models.F("mean").desc(nulls_last=True)]

    def __str__(self) -> str:
        return f"{self.application}: {self.mean}"
