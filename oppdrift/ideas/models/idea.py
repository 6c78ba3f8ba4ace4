"""The one record: everything later has a foreign key to an idea."""

from django.conf import settings
from django.db import models
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from oppdrift.ideas import sight
from oppdrift.rounds.models import Role
from oppdrift.toolbox.clock import MomentField
from oppdrift.toolbox.text import fold, sort_key

from .part import Part


class IdeaQuerySet(models.QuerySet["Idea"]):
    def led_by(self, person) -> "IdeaQuerySet":
        """Handled by the person as programme lead, or as substitute where the lead is barred."""
        return self.filter(sight.leading(person))

    def judged_by(self, person) -> "IdeaQuerySet":
        """Assessed, heard or decided upon by the person, who is not barred from it."""
        return self.filter(sight.judging(person))

    def of(self, person) -> "IdeaQuerySet":
        """The person's own: they belong to it."""
        return self.filter(pk__in=sight.belonging(person))

    def close_to(self, person) -> "IdeaQuerySet":
        """Those whose application the person may read."""
        return self.filter(sight.close(person))

    def seen_by(self, person) -> "IdeaQuerySet":
        """Shared with colleagues, or close to the person."""
        if not person.is_authenticated:
            return self.none()
        return self.filter(models.Q(shared=True) | sight.close(person))

    def hidden_from(self, person) -> "IdeaQuerySet":
        """In rounds the person runs or judges in, but not for them: "hidden: impartiality"."""
        return self.filter(pk__in=sight.disqualified(person))


class Idea(models.Model):
    """A thought about a better service, in two fields. It becomes application, project and benefit, and stays one row."""

    class Source(models.TextChoices):
        WRITTEN = "written", _("Written here")
        APPLICATION = "application", _("Began as an application")
        IMPORTED = "imported", _("Brought in from an earlier round")

    round = models.ForeignKey("rounds.Round", models.PROTECT, null=True, blank=True, related_name="ideas")
    title = models.CharField(_("title"), max_length=150)
    title_key = models.CharField(max_length=250, editable=False, db_index=True)
    search_key = models.TextField(editable=False)  # folded title, texts and unit
    problem = models.TextField(_("What is the problem?"), blank=True)
    wish = models.TextField(_("What could be better?"), blank=True)
    unit = models.ForeignKey("people.Unit", models.SET_NULL, null=True, blank=True, related_name="+")
    unit_name = models.CharField(_("unit"), max_length=200, blank=True)  # as it was called then
    shared = models.BooleanField(_("shown to colleagues"), default=True)
    source = models.CharField(max_length=12, choices=Source, default=Source.WRITTEN)
    created_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+")
    created_at = MomentField()
    withdrawn_at = models.DateTimeField(null=True, editable=False)

    objects = IdeaQuerySet.as_manager()

    class Meta:
        ordering = ["-created_at", "-id"]

    def __str__(self) -> str:
        return self.title

    def save(self, *args, **kwargs):
        if self.unit and not self.unit_name:
            self.unit_name = self.unit.name
        self.title_key = sort_key(self.title)
        self.search_key = fold(" ".join([self.title, self.problem, self.wish, self.unit_name]))
        if (fields := kwargs.get("update_fields")) is not None:
            kwargs["update_fields"] = {*fields, "title_key", "search_key", "unit_name"}
        super().save(*args, **kwargs)

    def get_absolute_url(self) -> str:
        return reverse("ideas:idea", args=[self.pk])

    def lead_in_charge(self):
        """The lead of its round, or the substitute where every lead is barred; None while nobody is."""
        if not self.round_id:
            return None
        barred = models.Q(person__in=self.disqualifications.in_force().values("person")) | models.Q(
            person__in=self.parts.in_force().filter(kind__in=Part.BELONGS).values("person")
        )
        runs = Role.objects.in_force().filter(round=self.round_id, kind__in=[Role.Kind.LEAD, Role.Kind.SUBSTITUTE])
        role = runs.exclude(barred).select_related("person").order_by("kind", "since").first()  # "lead" comes first
        return role and role.person

    def team(self) -> models.QuerySet:
        """Parts of those who carry the idea, project lead first."""
        return self.parts.in_force().filter(kind="team").select_related("person")
