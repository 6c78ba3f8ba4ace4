"""What happened: who did what to which thing, when. Append-only, without names or free text."""

from django.conf import settings
from django.contrib.contenttypes.fields import GenericForeignKey
from django.contrib.contenttypes.models import ContentType
from django.db import models

from oppdrift.toolbox.clock import MomentField
from oppdrift.toolbox.models import pointer_to

SmallValue = str | int | float | bool | None


class AppendOnly(Exception):
    """History is added to, never changed."""


def points_at(kind: ContentType, key: int) -> models.Q:
    """Of events: they happened to the thing of this kind and key, or to what belongs to it."""
    return models.Q(root_type=kind, root_id=key) | models.Q(thing_type=kind, thing_id=key)


class EventQuerySet(models.QuerySet["Event"]):
    def about(self, *things: models.Model) -> "EventQuerySet":
        """Events of these records: whatever happened to them or to things that belong to them."""
        wanted = models.Q(pk__in=[])
        for thing in things:
            wanted |= points_at(*pointer_to(thing))
        return self.filter(wanted)

    def update(self, **kwargs):
        raise AppendOnly

    def delete(self):
        raise AppendOnly


class Event(models.Model):
    """One change of state. `root` is the record it belongs to: an idea, or else a round.

    `data` holds keys and small values only; the sentence is made when read, from `events.py` of the room whose verb
    it is, in the reader's language. So people can be erased and events kept.
    """

    verb = models.CharField(max_length=60)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+")
    at = MomentField(db_index=True)
    thing_type = models.ForeignKey(ContentType, models.PROTECT, related_name="+")
    thing_id = models.BigIntegerField()
    thing = GenericForeignKey("thing_type", "thing_id")
    root_type = models.ForeignKey(ContentType, models.PROTECT, related_name="+")
    root_id = models.BigIntegerField()
    root = GenericForeignKey("root_type", "root_id")
    data = models.JSONField(default=dict)

    objects = EventQuerySet.as_manager()

    class Meta:
        ordering = ["-at", "-id"]
        indexes = [
            models.Index(fields=["root_type", "root_id"], name="events_of_a_record"),
            models.Index(fields=["thing_type", "thing_id"], name="events_of_a_thing"),
        ]

    def __str__(self) -> str:
        return f"{self.at:%Y-%m-%d %H:%M} {self.verb}"

    @classmethod
    def record(cls, verb: str, thing: models.Model, *, by: models.Model | None, **data: SmallValue) -> "Event":
        """Remember that `by` (nobody: the program itself) did `verb` to `thing`.

        A thing that belongs to a larger record says so by a property `record` (an application's is its idea).
        """
        kind, key = pointer_to(thing)
        root_kind, root_key = pointer_to(getattr(thing, "record", thing))
        return cls.objects.create(
            verb=verb, by=by, thing_type=kind, thing_id=key, root_type=root_kind, root_id=root_key, data=data
        )

    def save(self, *args, **kwargs):
        if self.pk:
            raise AppendOnly
        super().save(*args, **kwargs)

    def delete(self, *args, **kwargs):
        raise AppendOnly
