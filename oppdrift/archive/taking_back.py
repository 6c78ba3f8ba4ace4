"""Taking back an import: only what nobody has built on."""

from typing import TYPE_CHECKING

from django.db import models
from django.utils.translation import gettext as _

from oppdrift.history.models import File, Message
from oppdrift.ideas.models import Decision, Idea
from oppdrift.rounds.models import Edition, Role, Round
from oppdrift.toolbox.answers import Answer, No
from oppdrift.toolbox.models import pointer_to

from .models.brought_in import BroughtIn

if TYPE_CHECKING:
    from .models.batch import Batch


def became(batch: "Batch") -> list[dict]:
    return [entry["became"] for entry in batch.rows if "became" in entry]


def what_hangs_on(batch: "Batch") -> Answer:
    """Yes, or a No that names the first thing in the way."""
    made = [each["idea"] for each in became(batch) if each["made"]]
    decided = [each["decision"] for each in became(batch) if each["decision"]]
    if BroughtIn.objects.filter(idea__in=made).exclude(batch=batch).exists():
        return No(_("A later file has been brought in on top of it. Take that one back first."))
    if Decision.objects.filter(replaces__in=decided).exists():
        return No(_("Some of its decisions have been replaced since."))
    own_decisions = Decision.objects.filter(idea__in=made).exclude(pk__in=decided)
    if own_decisions.exists() or is_pointed_at(Idea, made, apart_from=(Decision, BroughtIn)):
        return No(_("Somebody has gone on working with its ideas."))
    return True


def is_pointed_at(model: type[models.Model], keys: list[int], apart_from: tuple[type[models.Model], ...]) -> bool:
    """Does any row of any room, this one or a later one, point at these?"""
    for relation in model._meta.get_fields(include_hidden=True):
        if not (relation.auto_created and (relation.one_to_many or relation.one_to_one)):
            continue
        rows = relation.related_model
        if rows in apart_from or not isinstance(rows, type):
            continue
        if rows._base_manager.filter(**{f"{relation.field.name}__in": keys}).exists():  # type: ignore[union-attr]
            return True
    kind, _key = pointer_to(model(pk=0))
    return any(
        rows._base_manager.filter(**{kind_field: kind, f"{key_field}__in": keys}).exists()
        for rows, kind_field, key_field in generic_pointers()
    )


def generic_pointers() -> list[tuple[type[models.Model], str, str]]:
    """Tables that point at things of any kind. Events are no hindrance: they also tell of what is gone."""
    found: list[tuple[type[models.Model], str, str]] = []
    for rows in (File, Message):
        found += [(rows, field.ct_field, field.fk_field) for field in rows._meta.private_fields]
    return found


def without_traces(batch: "Batch") -> None:
    """Remove what `confirm` made."""
    steps = became(batch)
    BroughtIn.objects.filter(batch=batch).delete()
    Decision.objects.filter(pk__in=[each["decision"] for each in steps if each["decision"]]).delete()
    Idea.objects.filter(pk__in=[each["idea"] for each in steps if each["made"]]).delete()
    round = batch.round
    if batch.made_round and round and not is_used(batch, round):
        batch.round = None
        batch.save(update_fields=["round"])
        round.delete()


def is_used(batch: "Batch", round: Round) -> bool:
    return is_pointed_at(Round, [round.pk], apart_from=(Role, Edition, type(batch)))
