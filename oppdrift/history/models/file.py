"""Files that people put in. Private: each is fetched through a view that asks who is reading."""

import hashlib
import uuid
from pathlib import PurePath

from django.conf import settings
from django.contrib.contenttypes.fields import GenericForeignKey
from django.contrib.contenttypes.models import ContentType
from django.core.exceptions import ValidationError
from django.core.files.base import ContentFile
from django.core.files.base import File as Upload
from django.db import models, transaction
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from oppdrift.toolbox.addresses import reverse
from oppdrift.toolbox.answers import Answer, No, ensure
from oppdrift.toolbox.clock import MomentField
from oppdrift.toolbox.filekinds import PICTURES, Kind, clean_name, kind_of
from oppdrift.toolbox.models import changed, pointer_to
from oppdrift.toolbox.pictures import Damaged, without_whereabouts

from .event import Event

LARGEST = 20 * 1024 * 1024  # bytes


class FileQuerySet(models.QuerySet["File"]):
    def of(self, thing: models.Model) -> "FileQuerySet":
        kind, key = pointer_to(thing)
        return self.filter(thing_type=kind, thing_id=key)


def where_it_lies(file: "File", name: str) -> str:
    """A path that says nothing about the contents."""
    return f"{uuid.uuid4().hex[:2]}/{uuid.uuid4().hex}"


class File(models.Model):
    """A file with its access status (Norwegian public records law), belonging to `thing`."""

    class Access(models.TextChoices):
        OPEN = "open", pgettext_lazy("access status", "Open")
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

    objects = FileQuerySet.as_manager()

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

    def get_absolute_url(self) -> str:
        return reverse("file", args=[self.pk])

    @property
    def record(self):
        return getattr(self.thing, "record", self.thing)

    @property
    def is_picture(self) -> bool:
        return self.media_type in {kind.media_type for kind in PICTURES}

    @classmethod
    def keep(cls, upload: Upload, thing: models.Model, *, by, access: str = "open", legal_basis: str = "") -> "File":
        """Keep an uploaded file with `thing`. Raises ValidationError, with a sentence, for one that may not be kept."""
        kind = checked(upload)
        if kind in PICTURES:
            upload = without_notes(upload, kind)
        if access != cls.Access.OPEN and not legal_basis.strip():
            raise ValidationError(_("Write the legal basis for keeping the file from public access."))
        thing_type, thing_id = pointer_to(thing)
        file = cls(
            name=clean_name(upload.name or ""), media_type=kind.media_type, size=upload.size, sha256=sha256_of(upload),
            access=access, legal_basis=legal_basis.strip(), thing_type=thing_type, thing_id=thing_id, added_by=by,
        )  # fmt: skip
        file.content.save(file.name, upload, save=False)
        try:
            with transaction.atomic():
                file.save()
                Event.record("file.added", file, by=by)
        except Exception:
            file.content.delete(save=False)
            raise
        return file

    def can_classify(self, access: str, legal_basis: str) -> Answer:
        if access not in self.Access.values:
            return No(_("Choose one of these."))
        if access != self.Access.OPEN and not legal_basis.strip():
            return No(_("Write the legal basis for keeping the file from public access."))
        return True

    @transaction.atomic
    def classify(self, access: str, legal_basis: str = "", *, by) -> None:
        """Another access status; what is not open names its legal basis. The same again changes nothing."""
        ensure(self.can_classify(access, legal_basis))
        basis = "" if access == self.Access.OPEN else " ".join(legal_basis.split())
        if (self.access, self.legal_basis) != (access, basis):
            changed(self, access=access, legal_basis=basis)
            Event.record("file.classified", self, by=by, access=access)

    @transaction.atomic
    def erase(self, *, by) -> None:
        """Take the file away, contents and all, once the transaction is through."""
        Event.record("file.erased", self, by=by)
        storage, name = self.content.storage, str(self.content.name)
        self.delete()
        transaction.on_commit(lambda: storage.delete(name))


def checked(upload: Upload) -> Kind:
    """The kind of an upload that may be kept. Raises ValidationError otherwise."""
    if not upload.size:
        raise ValidationError(_("The file is empty."))
    if upload.size > LARGEST:
        raise ValidationError(_("The file is larger than 20 MB."))
    kind = kind_of(upload)  # type: ignore[arg-type]
    if kind is None:
        raise ValidationError(
            _("Files of this kind are not kept here. Use PDF, a picture, plain text or an office file without macros.")
        )
    ending = PurePath(upload.name or "").suffix.lower()
    if not ending:
        raise ValidationError(
            _("The name of the file lacks its ending. It should be %(usual)s."), params={"usual": kind.endings[0]}
        )
    if ending not in kind.endings:
        raise ValidationError(
            _("The file is called %(ending)s, but its contents are %(usual)s. Save it again under the right kind."),
            params={"ending": ending, "usual": kind.endings[0]},
        )
    return kind


def without_notes(upload: Upload, kind: Kind) -> Upload:
    """The picture without where and when it was taken."""
    upload.seek(0)
    try:
        return ContentFile(without_whereabouts(upload.read(), kind), name=upload.name)
    except Damaged as error:
        raise ValidationError(_("The picture is damaged, and cannot be kept.")) from error


def sha256_of(upload: Upload) -> str:
    digest = hashlib.sha256()
    upload.seek(0)
    for chunk in upload.chunks():
        digest.update(chunk)
    upload.seek(0)
    return digest.hexdigest()
