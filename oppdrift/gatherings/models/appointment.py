"""Whatever has a time owns an Appointment."""

import uuid
from typing import Any

from django.db import models
from django.utils.functional import lazy
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from oppdrift.toolbox import dates
from oppdrift.toolbox.clock import now
from oppdrift.toolbox.models import changed


def new_uid() -> str:
    return f"{uuid.uuid4()}@oppdrift"


class Appointment(models.Model):
    """A time and a place. `uid` never changes and `sequence` rises, so that calendars update the same entry."""

    uid = models.CharField(max_length=100, unique=True, default=new_uid, editable=False)
    sequence = models.PositiveIntegerField(default=0, editable=False)
    starts_at = models.DateTimeField(_("starts"), db_index=True)
    ends_at = models.DateTimeField(_("ends"))
    place = models.CharField(pgettext_lazy("where", "place"), max_length=200, blank=True)
    cancelled_at = models.DateTimeField(null=True, editable=False)

    class Meta:
        ordering = ["starts_at"]
        constraints = [
            models.CheckConstraint(
                condition=models.Q(ends_at__gt=models.F("starts_at")), name="an_appointment_ends_after_it_starts"
            )
        ]

    def __str__(self) -> str:
        return f"{self.starts_at:%Y-%m-%d %H:%M} {self.place}"

    @property
    def has_begun(self) -> bool:
        return self.starts_at <= now()

    @property
    def is_over(self) -> bool:
        return self.ends_at <= now()

    @property
    def hours(self) -> str:
        """kl. 09.00–12.00; with the last day when it is another one."""
        if dates.date_of(self.starts_at) == dates.date_of(self.ends_at):
            return dates.hours(self.starts_at, self.ends_at)
        return f"{dates.clock_time(self.starts_at)} – {dates.moment(self.ends_at)}"

    @property
    def when(self) -> Any:
        """fredag 13. februar kl. 09.00–12.00, in the language it is read in: a letter's may differ from the page's."""
        return lazy(lambda: f"{dates.day(self.starts_at)} {self.hours}", str)()

    @property
    def where(self) -> Any:
        return self.place or _("The place is not decided yet")

    def move(self, **fields: Any) -> bool:
        """Another time or place; calendars take it as news of the same entry. False when nothing is different."""
        different = {name: value for name, value in fields.items() if getattr(self, name) != value}
        if different:
            changed(self, **different, sequence=self.sequence + 1)
        return bool(different)

    def cancel(self) -> None:
        changed(self, cancelled_at=now(), sequence=self.sequence + 1)
