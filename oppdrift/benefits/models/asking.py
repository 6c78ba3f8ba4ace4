"""What can be asked about measurements as a whole."""

import datetime as dt
from typing import TYPE_CHECKING

from django.db import models

if TYPE_CHECKING:
    from .measurement import Measurement  # noqa: F401


class MeasurementQuerySet(models.QuerySet["Measurement"]):
    def in_force(self) -> "MeasurementQuerySet":
        """Not replaced by a correction."""
        return self.filter(replaced_by=None)

    def made(self) -> "MeasurementQuerySet":
        return self.exclude(made_at=None)

    def waiting(self) -> "MeasurementQuerySet":
        """Planned, and neither made nor left out."""
        return self.filter(made_at=None, skipped_at=None, replaced_by=None)

    def due_by(self, day: dt.date) -> "MeasurementQuerySet":
        return self.waiting().filter(due__lte=day)
