"""Bringing an import in: of each row an idea and a decision, in a round that is over."""

from typing import TYPE_CHECKING, Any

from django.conf import settings
from django.utils import translation
from django.utils.translation import gettext as _

from oppdrift.history.models import Event
from oppdrift.ideas.models import Decision, Idea
from oppdrift.people.models import Person
from oppdrift.rounds.models import Edition, Role, Round, Stage
from oppdrift.toolbox.clock import now
from oppdrift.toolbox.models import changed
from oppdrift.toolbox.money import kroner

from .models.brought_in import BroughtIn
from .plan import Planned
from .sheets.entries import WITHDRAWN

if TYPE_CHECKING:
    from .models.batch import Batch


def make_round(batch: "Batch", by: Person | None) -> Round:
    """A round that is over. Nothing is known of its dates, budget or criteria, so nothing is said of them."""
    made = Round.objects.create(name=batch.name, year=batch.year, stages=[Stage.DECIDING.value], published_at=now())
    Edition.objects.create(round=made, made_by=by)
    Event.record("round.brought_in", made, by=by)
    # Somebody must be able to look after its ideas: those who run the programme now.
    keepers = [by] if by else []
    keepers += [each for each in Person.objects.active().filter(runs_programme=True) if each != by]
    for person in keepers:
        made.give_role(person, Role.Kind.LEAD, by=by)
    changed(made, closed_at=now())
    return made


def bring_in(batch: "Batch", row: Planned, by: Person | None) -> Decision | None:
    entry = row.entry
    if row.status == "double":
        entry["became"] = {"idea": _idea_of_double(row), "made": False, "decision": None}
        _note_key(batch, row, entry["became"]["idea"])
        return None
    decision = None
    idea = row.idea if row.status in ("same", "changed") else _make_idea(batch, row, by)
    assert idea is not None
    if row.status in ("new", "changed") and entry["outcome"] not in ("", WITHDRAWN):
        decision = Decision.make(
            idea, Decision.Stage.FINAL, entry["outcome"], reason=_reason(batch, entry), by=by, amount=entry["amount"]
        )
    entry["became"] = {"idea": idea.pk, "made": row.status == "new", "decision": decision and decision.pk}
    _note_key(batch, row, idea.pk)
    return decision


def _idea_of_double(row: Planned) -> int:
    return row.idea.pk if row.idea else row.other.entry["became"]["idea"]  # type: ignore[union-attr]


def _note_key(batch: "Batch", row: Planned, idea: int) -> None:
    if not row.is_known_key:
        entry = row.entry
        assert batch.round is not None
        BroughtIn.objects.create(
            batch=batch, round=batch.round, idea_id=idea, key=entry["key"], row=entry["row"], raw=entry["raw"]
        )


def _make_idea(batch: "Batch", row: Planned, by: Person | None) -> Idea:
    entry = row.entry
    idea = Idea.objects.create(
        round=batch.round, title=entry["title"], problem=entry["description"], unit=row.unit,
        unit_name=entry["unit"], shared=True, source=Idea.Source.IMPORTED, created_by=None,
        withdrawn_at=now() if entry["outcome"] == WITHDRAWN else None,
    )  # fmt: skip
    Event.record("idea.brought_in", idea, by=by, row=entry["row"])
    return idea


def _reason(batch: "Batch", entry: dict[str, Any]) -> str:
    """In the municipality's language: everybody reads the same words."""
    with translation.override(settings.LANGUAGE_CODE):
        words = _("Brought in from %(file)s, row %(row)s. No other reason is known.")
        words %= {"file": batch.file_name, "row": entry["row"]}
        if entry["applied"] is not None:
            words += " " + _("%(amount)s was applied for.") % {"amount": kroner(entry["applied"])}
        return words
