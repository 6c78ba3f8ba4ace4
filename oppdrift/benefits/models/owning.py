"""Who takes the benefit out in the line, and whether they have agreed to it."""

from django.db import models, transaction
from django.utils.translation import gettext_lazy as _

from oppdrift.history.models import Event
from oppdrift.ideas.models import Decision, Idea, Part
from oppdrift.people.models import Person
from oppdrift.toolbox.answers import Answer, No, ensure
from oppdrift.toolbox.clock import now
from oppdrift.toolbox.models import changed
from oppdrift.toolbox.reading import is_as_read, mark_of

from .row import Row
from .version import BenefitVersion


class Owning(Row):
    """The verbs around the owner."""

    class Meta(Row.Meta):
        abstract = True

    @property
    def owner_has_left(self) -> bool:
        return bool(self.owner and not self.owner.is_active)

    @property
    def needs_owner(self) -> bool:
        """Nobody is named, or they have left and must be replaced by somebody who says so."""
        return not self.dropped_at and (self.owner is None or self.owner_has_left)

    def can_be_owned_by(self, person: Person) -> Answer:
        if self.dropped_at:
            return No(_("The benefit is dropped. Take it up again first."))
        if not person.is_active:
            return No(_("%(name)s has left and cannot own a benefit.") % {"name": person.name})
        if person.pk == self.owner_id:
            return No(_("%(name)s owns it already.") % {"name": person.name})
        return can_belong(person, self.idea)

    @transaction.atomic
    def name_owner(self, person: Person, *, by: Person) -> None:
        """This leader owns it from now on, instead of whoever did. They still have to agree."""
        self.lock()
        ensure(self.can_be_owned_by(person))
        before = self.owner
        changed(self, owner=person, agreed_at=None)
        Part.give(self.idea, person, Part.Kind.BENEFIT, by=by)
        if before:
            self._let_go(before, by=by)
        Event.record("benefit.owner_replaced" if before else "benefit.owner_named", self, by=by)

    def _let_go(self, person: Person, *, by: Person) -> None:
        """Whoever owns nothing here any more no longer belongs here by owning."""
        if type(self)._default_manager.filter(idea=self.idea, owner=person).exists():
            return
        for part in Part.objects.in_force().filter(idea=self.idea, person=person, kind=Part.Kind.BENEFIT):
            part.end(by=by)

    @property
    def mark(self) -> str:
        """What it says now: whoever agrees says what they have read."""
        return mark_of(frozen(self))

    def can_agree(self, read: str | None = None) -> Answer:
        if self.dropped_at:
            return No(_("The benefit is dropped. Take it up again first."))
        if self.owner is None:
            return No(_("Nobody owns it yet."))
        if self.agreed_at:
            return No(_("The owner has agreed to it already."))
        if not self.is_ready_to_agree:
            return No(_("It does not say yet what it should become, or how it is realised."))
        return is_as_read(self.mark, read)

    @property
    def is_ready_to_agree(self) -> bool:
        """A promise one can hold somebody to: a target, and what becomes of what is won."""
        aims = self.target is not None if self.is_quantitative else bool(self.target_words.strip())
        return self.is_negative or (aims and bool(self.realised))

    @transaction.atomic
    def agree(self, *, by: Person, read: str | None = None) -> BenefitVersion:
        """The owner stands for it as it is now. What was agreed is kept, whatever it says later."""
        self.lock()
        ensure(self.can_agree(read))
        at = now()
        changed(self, agreed_at=at)
        version = self.versions.create(number=self.versions.count() + 1, words=frozen(self), agreed_by=by, agreed_at=at)
        Event.record("benefit.agreed", self, by=by, version=version.number)
        return version


def can_belong(person: Person, idea: Idea) -> Answer:
    """Whoever belongs to an idea may no longer judge it, so owning must not be laid on those who still do."""
    if Idea.objects.led_by(person).filter(pk=idea.pk).exists():
        return No(_("%(name)s leads the programme here, and cannot own its benefits.") % {"name": person.name})
    is_decided = Decision.objects.known().at(Decision.Stage.FINAL).filter(idea=idea).exists()
    if not is_decided and Idea.objects.judged_by(person).filter(pk=idea.pk).exists():
        return No(
            _("%(name)s judges the application, and can own benefits when it is decided.") % {"name": person.name}
        )
    return True


def frozen(benefit: Row) -> dict[str, str | bool | None]:
    """Its words and numbers as plain values."""
    kept: dict[str, str | bool | None] = {}
    for name in ("kind", "for_whom", "assumptions", "preconditions", "price_basis", *benefit.AGREED_UPON):
        value = getattr(benefit, name)
        if isinstance(value, models.Model):
            value = str(value)
        kept[name] = value if value is None or isinstance(value, bool | str) else str(value)
    baseline = benefit.baseline
    kept["baseline"] = str(baseline.value) if baseline and baseline.value is not None else None
    return kept
