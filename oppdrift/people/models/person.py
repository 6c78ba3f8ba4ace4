"""People: known by several addresses and outside identities, never by one address alone."""

from typing import Any

from allauth.account.models import EmailAddress
from django.conf import settings
from django.contrib.auth.base_user import AbstractBaseUser
from django.db import models, transaction
from django.utils.translation import gettext_lazy as _

from oppdrift.toolbox.clock import MomentField
from oppdrift.toolbox.text import sort_key


class PersonManager(models.Manager["Person"]):
    def by_address(self, address: str) -> "Person | None":
        """Whoever has this mail address, first or further."""
        known = EmailAddress.objects.filter(email__iexact=address.strip()).select_related("user").first()
        return known.user if known else None

    def by_identity(self, issuer: str, subject: str) -> "Person | None":
        return self.filter(identities__issuer=issuer, identities__subject=subject).first()

    @transaction.atomic
    def with_address(self, address: str, *, name: str = "", **fields: Any) -> "Person":
        """The person of this address; made if nobody has it yet."""
        address = address.strip().lower()
        if person := self.by_address(address):
            return person
        name = name.strip() or address.split("@")[0].replace(".", " ").title()
        person = self.create(name=name, email=address, **fields)
        EmailAddress.objects.create(user=person, email=address, primary=True, verified=True)
        return person

    def get_by_natural_key(self, address: str) -> "Person":
        return self.get(email=address)


class Person(AbstractBaseUser):
    """Somebody who takes part: employee, leader, assessor, coach. `email` mirrors the primary of their addresses."""

    name = models.CharField(_("name"), max_length=200)
    name_key = models.CharField(max_length=250, editable=False, db_index=True)
    email = models.EmailField(_("mail address"), blank=True)
    title = models.CharField(_("job title"), max_length=200, blank=True)
    unit = models.ForeignKey("people.Unit", models.SET_NULL, null=True, blank=True, related_name="people")
    language = models.CharField(_("language"), max_length=2, choices=settings.LANGUAGES, default="nb")
    runs_programme = models.BooleanField(
        _("runs the programme"), default=False, help_text=_("May open new rounds and becomes their programme lead.")
    )
    is_active = models.BooleanField(default=True)
    joined_at = MomentField()
    password = None  # nobody has one

    objects = PersonManager()
    USERNAME_FIELD = "id"
    REQUIRED_FIELDS: list[str] = []

    class Meta:
        ordering = ["name_key"]

    def __str__(self) -> str:
        return self.name

    def save(self, *args, **kwargs):
        self.name_key = sort_key(self.name)
        super().save(*args, **kwargs)

    @property
    def first_name(self) -> str:
        return self.name.split()[0] if self.name else ""


class Identity(models.Model):
    """Who an outside sign-in service says this is. (issuer, subject) stays the same when names and domains change."""

    person = models.ForeignKey(Person, models.CASCADE, related_name="identities")
    issuer = models.CharField(max_length=200)
    subject = models.CharField(max_length=200)
    added_at = MomentField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["issuer", "subject"], name="one_person_per_identity")]

    def __str__(self) -> str:
        return f"{self.subject} @ {self.issuer}"
