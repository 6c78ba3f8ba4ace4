"""Who has to do with an idea, as what, from when, by whose act; and who may not judge it."""

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from oppdrift.toolbox.clock import MomentField, now


class InForce(models.QuerySet):
    def in_force(self):
        return self.filter(models.Q(until=None) | models.Q(until__gt=now()))


class Part(models.Model):
    """A person's relation to an idea. Later rooms write these; who may see what is asked of them alone."""

    class Kind(models.TextChoices):
        TEAM = "team", _("Team")
        OWNER = "owner", _("Project owner")
        ENDORSER = "endorser", _("Endorsing leader")
        ASSESSOR = "assessor", _("Assessor")
        PANEL = "panel", _("Panel member")
        COACH = "coach", _("Coach")

    BELONGS = (Kind.TEAM, Kind.OWNER, Kind.ENDORSER, Kind.COACH)
    JUDGES = (Kind.ASSESSOR, Kind.PANEL)

    idea = models.ForeignKey("ideas.Idea", models.CASCADE, related_name="parts")
    person = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="parts")
    kind = models.CharField(max_length=10, choices=Kind)
    leads = models.BooleanField(default=False)  # the team's project lead
    given_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+")
    since = MomentField()
    until = models.DateTimeField(null=True, blank=True)

    objects = InForce.as_manager()

    class Meta:
        ordering = ["-leads", "since", "id"]
        indexes = [models.Index(fields=["person", "kind"], name="parts_of_a_person")]
        constraints = [
            models.UniqueConstraint(
                fields=["idea", "person", "kind"], condition=models.Q(until=None), name="a_part_is_given_once"
            )
        ]

    def __str__(self) -> str:
        return f"{self.person}: {self.get_kind_display()}"

    @property
    def record(self):
        return self.idea


class Disqualification(models.Model):
    """Somebody may not judge an idea. What they would see as a judge is hidden; what they see as belonging stays.

    `ground` is general words of law; `relation` is read by the person and whoever settled it, nobody else.
    """

    class Ground(models.TextChoices):
        PARTY = "party", _("is part of the matter themselves")
        FAMILY = "family", _("is close family of somebody in the team")
        ROLE = "role", _("leads or represents the unit that applies")
        OTHER = "other", _("has another special tie to it")

    idea = models.ForeignKey("ideas.Idea", models.CASCADE, related_name="disqualifications")
    person = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="disqualifications")
    ground = models.CharField(_("ground"), max_length=10, choices=Ground)
    relation = models.CharField(_("relation"), max_length=300, blank=True)
    settled_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+")
    since = MomentField()
    until = models.DateTimeField(null=True, blank=True)  # found to be wrong: ended, not erased

    objects = InForce.as_manager()

    class Meta:
        ordering = ["since"]
        constraints = [
            models.UniqueConstraint(
                fields=["idea", "person"], condition=models.Q(until=None), name="disqualified_once_per_idea"
            )
        ]

    def __str__(self) -> str:
        return f"{self.person}, {self.idea}"

    @property
    def record(self):
        return self.idea
