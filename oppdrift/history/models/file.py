"""Files that people put in. Private: each is fetched through a view that asks who is reading."""

import uuid

from django.conf import settings
from django.contrib.contenttypes.fields import GenericForeignKey
from django.contrib.contenttypes.models import ContentType
from django.db import models
from django.utils.translation import gettext_lazy as _

from oppdrift.toolbox.clock import MomentField


def where_it_lies(file: "File", name: str) -> str:
    """A path that says nothing about the contents."""
    return f"{uuid.uuid4().hex[:2]}/{uuid.uuid4().hex}"


class File(models.Model):
    """A file with its access status (Norwegian public records law), belonging to `thing`."""

    class Access(models.TextChoices):
        OPEN = "open", _("Open")
        PARTLY = "partly", _("Partly exempt")
        EXEMPT = "exempt", _("Exempt from public access")

    name = models.CharField(_("name"), max_length=200)
    content = models.FileField(upload_to=where_it_lies)
    media_type = models.CharField(max_length=100)
    size = models.PositiveBigIntegerField()  # bytes
    sha256 = models.CharField(max_length=64)
    access = models.CharField(_("access status"), max_length=10, choices=Access, default=Access.OPEN)
    legal_basis = models.CharField(_("legal basis"), max_length=200, blank=True)
    thing_type = models.ForeignKey(ContentType, models.PROTECT, related_name="+")
    thing_id = models.BigIntegerField()
    thing = GenericForeignKey("thing_type", "thing_id")
    added_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+")
    added_at = MomentField()

    class Meta:
        ordering = ["added_at", "id"]
        indexes = [models.Index(fields=["thing_type", "thing_id"], name="files_of_a_thing")]
        constraints = [
            models.CheckConstraint(
                condition=models.Q(access="open") | ~models.Q(legal_basis=""),
                name="exempt_files_name_their_legal_basis",
            )
        ]

    def __str__(self) -> str:
        return self.name
