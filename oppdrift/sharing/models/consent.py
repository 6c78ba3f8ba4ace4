"""A yes to being shown in a picture. Taken back, the picture is gone from every page, feed and file at once."""

import datetime as dt
import secrets
from typing import Any

from django.conf import settings
from django.db import models, transaction
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from oppdrift.history import letters
from oppdrift.history.models import Event, File
from oppdrift.people.models import Person
from oppdrift.toolbox.addresses import reverse
from oppdrift.toolbox.answers import Answer, No, ensure
from oppdrift.toolbox.clock import MomentField, now, today
from oppdrift.toolbox.models import changed


def new_token() -> str:
    return secrets.token_urlsafe(24)


class ConsentQuerySet(models.QuerySet["Consent"]):
    def in_force(self) -> "ConsentQuerySet":
        return self.filter(withdrawn_at=None)


class Consent(models.Model):
    """One person's yes to one picture. Whoever holds the link may take it back without signing in."""

    class How(models.TextChoices):
        WRITTEN = "written", pgettext_lazy("how somebody said yes", "In writing")
        MAIL = "mail", pgettext_lazy("how somebody said yes", "By mail")
        SPOKEN = "spoken", pgettext_lazy("how somebody said yes", "By word of mouth")

    file = models.ForeignKey("history.File", models.SET_NULL, null=True, related_name="+")
    person = models.ForeignKey(settings.AUTH_USER_MODEL, models.SET_NULL, null=True, blank=True, related_name="+")
    name = models.CharField(_("name"), max_length=200)
    address = models.EmailField(_("mail address"), blank=True)
    how = models.CharField(_("how they said yes"), max_length=8, choices=How)
    given_on = models.DateField(_("when they said yes"))
    token = models.CharField(max_length=64, unique=True, default=new_token, editable=False)
    recorded_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+")
    recorded_at = MomentField()
    withdrawn_at = models.DateTimeField(null=True, editable=False)

    objects = ConsentQuerySet.as_manager()

    class Meta:
        ordering = ["recorded_at", "id"]

    def __str__(self) -> str:
        return self.name

    def get_absolute_url(self) -> str:
        """The page of whoever is in the picture, open to who holds the link."""
        return reverse("sharing:consent", args=[self.token])

    @classmethod
    def can_record(cls, given_on: dt.date) -> Answer:
        return No(_("The day must have been.")) if given_on > today() else True

    @classmethod
    @transaction.atomic
    def record_yes(
        cls, file: File, *, name: str, how: str, given_on: dt.date, by: Person, address: str = ""
    ) -> "Consent":
        """Write down that somebody has said yes. With an address, they get the link by which it is taken back."""
        ensure(cls.can_record(given_on))
        person = Person.objects.by_address(address) if address else None
        made = cls.objects.create(
            file=file, person=person, name=name.strip(), address=address.strip(), how=how, given_on=given_on,
            recorded_by=by,
        )  # fmt: skip
        Event.record("consent.recorded", file.record, by=by)
        if made.address:
            letters.write(
                "consent_recorded", to=person or (made.name, made.address), key=f"consent_recorded:{made.pk}",
                **told_about(file), by=by, state="queued", title=str(file.thing), when=given_on,
                link=made.get_absolute_url(), lead=by,
            )  # fmt: skip
        return made

    def can_withdraw(self) -> Answer:
        return No(_("It is taken back already.")) if self.withdrawn_at else True

    @transaction.atomic
    def withdraw(self, *, by: Person | None) -> None:
        """Taken back by whoever holds the link (nobody signed in), or by somebody for them. The picture is erased, and
        whoever wrote the yes down hears of it: it may stand on paper too."""
        type(self).objects.select_for_update().only("pk").get(pk=self.pk)
        self.refresh_from_db(fields=["withdrawn_at", "file"])
        ensure(self.can_withdraw())
        file = self.file
        thing: Any = file and file.thing
        changed(self, withdrawn_at=now())
        if file is None or thing is None:
            return
        Event.record("consent.withdrawn", file.record, by=by)
        if self.recorded_by:
            letters.write(
                "consent_withdrawn", to=self.recorded_by, key=f"consent_withdrawn:{self.pk}", **told_about(file), by=by,
                state="queued", title=str(thing), who=self.name, link=thing.get_absolute_url(),
            )  # fmt: skip
        thing.take_picture_off(by=by)


def told_about(file: File) -> dict[str, Any]:
    """Whose outbox the letters lie in, and what they are about: of an idea's picture its round, and the idea."""
    round = getattr(file.record, "round", None)
    return {"root": round, "thing": file.record} if round else {"root": file.record, "thing": None}
