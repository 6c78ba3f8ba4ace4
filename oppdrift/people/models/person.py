"""People: known by several addresses and outside identities, never by one address alone."""

from typing import Any, ClassVar

from allauth.account.models import EmailAddress
from django.conf import settings
from django.contrib.auth.base_user import AbstractBaseUser
from django.db import IntegrityError, models, transaction
from django.utils.translation import gettext_lazy as _

from oppdrift.toolbox.addresses import reverse
from oppdrift.toolbox.answers import Answer, No, ensure
from oppdrift.toolbox.clock import MomentField
from oppdrift.toolbox.models import changed
from oppdrift.toolbox.prepared import prepared
from oppdrift.toolbox.text import fold, sort_key

from .change import Change

MOST_ADDRESSES = 5


class PersonQuerySet(models.QuerySet["Person"]):
    def active(self) -> "PersonQuerySet":
        """Those who may sign in."""
        return self.filter(is_active=True)

    def found_by(self, words: str) -> "PersonQuerySet":
        """Whose name, mail address or unit holds every one of these words."""
        found = self
        for word in words.split():
            fits = models.Q(email__contains=word.lower())
            if key := fold(word):
                fits |= models.Q(name_fold__contains=key) | models.Q(unit__name_fold__contains=key)
            found = found.filter(fits)
        return found


@prepared
def _known_as(address: str) -> models.QuerySet[EmailAddress]:
    """Whoever has confirmed it comes first."""
    return EmailAddress.objects.filter(email=address).select_related("user").order_by("-verified")


class PersonManager(models.Manager.from_queryset(PersonQuerySet)):  # type: ignore[misc]
    def by_address(self, address: str) -> "Person | None":
        """Whoever has this mail address, first or further."""
        known = _known_as.first(address.strip().lower())
        return known.user if known else None

    def by_identity(self, issuer: str, subject: str) -> "Person | None":
        return self.filter(identities__issuer=issuer, identities__subject=subject).first()

    def with_address(self, address: str, *, name: str = "", **fields: Any) -> "Person":
        """The person of this address; made if nobody has it yet."""
        address = address.strip().lower()
        if person := self.by_address(address):
            return person
        name = " ".join(name.split()) or address.split("@")[0].replace(".", " ").title()
        try:
            with transaction.atomic():
                person = self.create(name=name, email=address, **fields)
                EmailAddress.objects.create(user=person, email=address, primary=True, verified=True)
        except IntegrityError:  # somebody else made the same person in this very moment
            if not (person := self.by_address(address)):
                raise
        return person

    def can_add(self, address: str) -> Answer:
        if known := self.by_address(address):
            return No(_("%(name)s has this mail address already.") % {"name": known.name})
        return True

    @transaction.atomic
    def add(self, address: str, *, name: str, by: "Person", **fields: Any) -> "Person":
        """Let somebody in before they ask. Raises NotNow if the address is taken."""
        ensure(self.can_add(address))
        person = self.with_address(address, name=name, **fields)
        Change.objects.create(verb="person.added", person=person, by=by)
        return person

    @transaction.atomic
    def make_lead(self, address: str, name: str, *, by: "Person | None" = None) -> "Person":
        """Whoever has this address runs the programme from now on; made if nobody has it. Used at the command line."""
        person = self.with_address(address, name=name)
        if not person.runs_programme or not person.is_active:
            changed(person, runs_programme=True, is_active=True)
            Change.objects.create(verb="person.entrusted", person=person, by=by)
        return person

    def get_by_natural_key(self, address: str) -> "Person":
        return self.get(email=address)


class Person(AbstractBaseUser):
    """Somebody who takes part: employee, leader, assessor, coach. `email` mirrors the primary of their addresses."""

    name = models.CharField(_("name"), max_length=200)
    name_key = models.CharField(max_length=250, editable=False, db_index=True)
    name_fold = models.CharField(max_length=250, editable=False)
    email = models.EmailField(_("mail address"), blank=True)
    title = models.CharField(_("job title"), max_length=200, blank=True)
    unit = models.ForeignKey(
        "people.Unit", models.SET_NULL, null=True, blank=True, related_name="people", verbose_name=_("unit")
    )
    language = models.CharField(_("language"), max_length=2, choices=settings.LANGUAGES, default="nb")
    runs_programme = models.BooleanField(
        _("runs the programme"), default=False, help_text=_("May open new rounds and becomes their programme lead.")
    )
    has_taken_part = models.BooleanField(
        default=False, editable=False
    )  # in a leadership programme; others are not asked
    is_active = models.BooleanField(default=True)
    joined_at = MomentField()
    password = None  # type: ignore[assignment]  # nobody has one

    objects = PersonManager()
    USERNAME_FIELD = "id"
    REQUIRED_FIELDS: ClassVar[list[str]] = []

    class Meta:
        ordering = ["name_key"]

    def __str__(self) -> str:
        return self.name

    def save(self, *args, **kwargs):
        self.name_key, self.name_fold = sort_key(self.name), fold(self.name)[:250]
        if "name" in (fields := kwargs.get("update_fields") or ()):
            kwargs["update_fields"] = {*fields, "name_key", "name_fold"}
        super().save(*args, **kwargs)

    def get_absolute_url(self) -> str:
        return reverse("people:person", args=[self.pk])

    @property
    def first_name(self) -> str:
        return self.name.split()[0] if self.name else ""

    @property
    def addresses(self) -> list[EmailAddress]:
        """Confirmed addresses, the one for letters first."""
        return list(EmailAddress.objects.filter(user=self, verified=True).order_by("-primary", "email"))

    # What is known about them

    @transaction.atomic
    def correct(self, *, by: "Person", **fields: Any) -> None:
        """Change name, title, unit or language. What a person does to their own row is not kept in history."""
        changed(self, **fields)
        if by != self:
            Change.objects.create(verb="person.corrected", person=self, by=by)

    def choose_language(self, language: str, *, by: "Person") -> None:
        if language in dict(settings.LANGUAGES) and language != self.language:
            self.correct(language=language, by=by)

    @transaction.atomic
    def entrust(self, runs_programme: bool, *, by: "Person") -> None:
        """Give or take back the right to run the programme."""
        if runs_programme == self.runs_programme:
            return
        if not runs_programme:
            self._lock_those_who_run()
            ensure(self.can_be_relieved())
        changed(self, runs_programme=runs_programme)
        Change.objects.create(verb="person.entrusted" if runs_programme else "person.relieved", person=self, by=by)

    def can_be_relieved(self) -> Answer:
        others = Person.objects.active().filter(runs_programme=True).exclude(pk=self.pk)
        if self.runs_programme and not others.exists():
            return No(_("Nobody else runs the programme. Give somebody else the right first."))
        return True

    def can_leave(self) -> Answer:
        return self.can_be_relieved() if self.is_active else No(_("The access is closed already."))

    @transaction.atomic
    def leave(self, *, by: "Person") -> None:
        """Close their access. What they wrote and did stays."""
        self._lock_those_who_run()
        ensure(self.can_leave())
        changed(self, is_active=False, runs_programme=False)
        Change.objects.create(verb="person.left", person=self, by=by)

    @transaction.atomic
    def come_back(self, *, by: "Person") -> None:
        changed(self, is_active=True)
        Change.objects.create(verb="person.returned", person=self, by=by)

    def _lock_those_who_run(self) -> None:
        """So that two who relieve each other at once do not leave nobody."""
        list(Person.objects.select_for_update().filter(runs_programme=True).order_by("pk").values_list("pk"))

    # Their mail addresses

    def can_add_address(self, address: str) -> Answer:
        known = Person.objects.by_address(address)
        if known == self:
            return No(_("This is your address already."))
        if known:
            return No(_("The address belongs to somebody else here. Ask those who run the programme to sort it out."))
        if EmailAddress.objects.filter(user=self).count() >= MOST_ADDRESSES:
            return No(_("You have %(most)s addresses already. Remove one first.") % {"most": MOST_ADDRESSES})
        return True

    @transaction.atomic
    def add_address(self, address: str, *, by: "Person") -> None:
        """Sign-in and letters by one more address, which they have shown is theirs."""
        address = address.strip().lower()
        ensure(self.can_add_address(address))
        EmailAddress.objects.create(user=self, email=address, verified=True, primary=not self.email)
        if not self.email:
            changed(self, email=address)
        Change.objects.create(verb="person.address_added", person=self, by=by)

    @transaction.atomic
    def put_address_first(self, address: EmailAddress, *, by: "Person") -> None:
        """Letters go here from now on."""
        if address.user_id != self.pk or not address.verified:
            ensure(No(_("Only an address of your own that you have confirmed.")))
        EmailAddress.objects.filter(user=self, primary=True).update(primary=False)
        EmailAddress.objects.filter(pk=address.pk).update(primary=True)
        changed(self, email=address.email)
        Change.objects.create(verb="person.address_first", person=self, by=by)

    @transaction.atomic
    def remove_address(self, address: EmailAddress, *, by: "Person") -> None:
        """No sign-in and no letters by this address any more. Raises NotNow for the one that letters go to."""
        held = EmailAddress.objects.select_for_update().get(pk=address.pk, user=self)
        if held.primary:
            ensure(No(_("Letters go to this address. Choose another one for letters first.")))
        held.delete()
        Change.objects.create(verb="person.address_removed", person=self, by=by)


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
