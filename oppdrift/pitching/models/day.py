"""The pitch day of a round: made from the shortlist, its running order drawn, its clock and screens led by one host."""

import datetime as dt
import secrets
from collections.abc import Iterable
from typing import Any

from django.conf import settings
from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models, transaction
from django.utils.translation import gettext_lazy as _

from oppdrift.gatherings.models import Appointment
from oppdrift.history.models import Event
from oppdrift.people.models import Person
from oppdrift.pitching import drawing, shortlisted, telling
from oppdrift.rounds.models import Criterion, Edition, Round, Stage
from oppdrift.toolbox.addresses import reverse
from oppdrift.toolbox.answers import Answer, No, ensure
from oppdrift.toolbox.clock import MomentField, now
from oppdrift.toolbox.models import changed

from .hosting import Hosted

MOST_CRITERIA = 4  # of quality: what fits one thumb and three minutes


def new_token() -> str:
    return secrets.token_urlsafe(24)


class PitchDayQuerySet(models.QuerySet["PitchDay"]):
    def seen_by(self, person) -> "PitchDayQuerySet":
        """By those who run the round: the panel and the screens have links of their own."""
        if not person.is_authenticated:
            return self.none()
        return self.filter(round__in=Round.objects.run_by(person))


class PitchDay(Hosted):
    """One of a round."""

    round = models.OneToOneField("rounds.Round", models.CASCADE, related_name="+")
    edition = models.ForeignKey("rounds.Edition", models.PROTECT, related_name="+")  # whose criteria are asked
    appointment = models.OneToOneField("gatherings.Appointment", models.PROTECT, related_name="+")
    pitch_seconds = models.PositiveSmallIntegerField(
        _("seconds for a pitch"), default=180, validators=[MinValueValidator(30), MaxValueValidator(3600)]
    )
    question_seconds = models.PositiveSmallIntegerField(
        _("seconds for questions"), default=300, validators=[MinValueValidator(0), MaxValueValidator(3600)]
    )
    break_after = models.PositiveSmallIntegerField(_("break after team number"), null=True, blank=True)
    break_minutes = models.PositiveSmallIntegerField(_("minutes of break"), default=10)
    seed = models.CharField(max_length=20, default=drawing.new_seed, editable=False)
    order_reason = models.CharField(_("why the order was changed"), max_length=300, blank=True)
    token = models.CharField(max_length=64, unique=True, default=new_token, editable=False)  # opens the screens
    made_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+")
    made_at = MomentField()

    objects = PitchDayQuerySet.as_manager()

    class Meta:
        ordering = ["-made_at"]

    def __str__(self) -> str:
        return str(self.round)

    @property
    def record(self) -> Round:
        return self.round

    def get_absolute_url(self) -> str:
        return reverse("pitching:day", args=[self.round_id])

    @property
    def slot(self) -> dt.timedelta:
        """From one team's entrance to the next."""
        return dt.timedelta(seconds=self.pitch_seconds + self.question_seconds)

    def criteria(self) -> list[Criterion]:
        """What the panel is asked."""
        return self.criteria_of(self.edition_id)

    @classmethod
    def criteria_of(cls, edition: int) -> list[Criterion]:
        """Of those an edition uses in the pitch, in its order: the heaviest four of quality, and fit."""
        return cls.heaviest(cls.criteria_used(edition))

    @staticmethod
    def criteria_used(edition: int) -> models.QuerySet[Criterion]:
        used = [Criterion.Used.PITCHING, Criterion.Used.BOTH]
        return Criterion.objects.filter(edition=edition, used__in=used)

    @staticmethod
    def heaviest(criteria: Iterable[Criterion]) -> list[Criterion]:
        """Those that a ballot has room for."""
        asked = list(criteria)
        quality = [each for each in asked if each.kind == Criterion.Kind.QUALITY]
        kept = sorted(quality, key=lambda each: (-each.weight, each.order))[:MOST_CRITERIA]
        return [each for each in asked if each in kept or each.kind == Criterion.Kind.FIT]

    # Making it

    @classmethod
    def can_make(cls, round: Round) -> Answer:
        if not round.uses(Stage.PITCHING):
            return No(_("This round has no pitch."))
        if round.closed_at:
            return No(_("The round is closed."))
        if cls.objects.filter(round=round).exists():
            return No(_("The pitch day is made already."))
        if not shortlisted.ideas_of(round):
            return No(_("No team is picked for the pitch yet. Release the shortlist first."))
        return True

    @classmethod
    @transaction.atomic
    def make(
        cls, round: Round, *, starts_at: dt.datetime, ends_at: dt.datetime, by: Person, place: str = "", **fields: Any
    ) -> "PitchDay":
        """The teams of the shortlist, in an order drawn by lot."""
        round.take_lock()
        ensure(cls.can_make(round))
        appointment = Appointment.objects.create(starts_at=starts_at, ends_at=ends_at, place=place)
        edition = Edition.objects.filter(round=round).latest("number")
        day = cls.objects.create(round=round, edition=edition, appointment=appointment, made_by=by, **fields)
        Event.record("pitch_day.made", day, by=by)
        day.bring_up_to_date(by=by)
        return day

    @transaction.atomic
    def change(self, *, by: Person, starts_at: dt.datetime, ends_at: dt.datetime, place: str, **fields: Any) -> bool:
        """Another time, place, length or break. True when letters about another time or place wait to be read."""
        self.hold()
        ensure(self.can_change())
        moved = self.appointment.move(starts_at=starts_at, ends_at=ends_at, place=place)
        different = {name: value for name, value in fields.items() if getattr(self, name) != value}
        if moved or different:
            self.show(**different)
            Event.record("pitch_day.moved" if moved else "pitch_day.changed", self, by=by)
        if moved:
            telling.of_move(self, by=by)
        return moved

    def can_change(self) -> Answer:
        if self.round.closed_at:
            return No(_("The round is closed."))
        if self.ended_at:
            return No(_("The pitch day is over."))
        return True

    def can_renew(self) -> Answer:
        """Links are lost and fall into wrong hands as long as they open something: also after the last team."""
        return No(_("The round is closed.")) if self.round.closed_at else True

    # Who pitches, and in which order

    def can_draw(self) -> Answer:
        if not (answer := self.can_change()):
            return answer
        return No(_("It has begun, and the order is no longer drawn.")) if self.has_begun else True

    @transaction.atomic
    def draw(self, *, by: Person) -> None:
        """Cast lots anew, with a new seed. The old one stays in the history."""
        self.hold()
        ensure(self.can_draw())
        self._put_in_order(self._lots(drawing.new_seed()))
        self.show(order_reason="")
        Event.record("pitch_day.drawn", self, by=by, seed=self.seed)

    def _lots(self, seed: str) -> list[int]:
        self.seed = seed
        changed(self, seed=seed)
        rows = self.pitches.on_stage().select_related("idea")
        teams = {row.idea_id: drawing.Team(row.idea_id, row.idea.unit_id or row.idea.unit_name or None) for row in rows}
        order = drawing.drawn(list(teams.values()), seed)
        keys = {row.idea_id: row.pk for row in rows}
        return [keys[idea] for idea in order]

    def _put_in_order(self, keys: list[int]) -> None:
        """These pitches from number 1 on."""
        rows = {row.pk: row for row in self.pitches.all()}
        for number, key in enumerate(keys, start=1):
            rows[key].order = number
        self.pitches.bulk_update([rows[key] for key in keys], ["order"])

    def can_reorder(self, keys: list[int], reason: str) -> Answer:
        if not (answer := self.can_change()):
            return answer
        rows = list(self.pitches.on_stage())
        if sorted(keys) != sorted(row.pk for row in rows):
            return No(_("The teams have changed meanwhile. Load the page again."))
        heard = [row.pk for row in rows if row.called_at]
        if keys[: len(heard)] != heard:
            return No(_("Those who have been on stage keep their places."))
        return True if reason.strip() else No(_("Write why the order is changed."))

    @transaction.atomic
    def reorder(self, keys: list[int], *, reason: str, by: Person) -> None:
        """Another order, by hand. The reason stands beside the seed."""
        self.hold()
        ensure(self.can_reorder(keys, reason))
        self._put_in_order(keys)
        self.show(order_reason=reason.strip())
        Event.record("pitch_day.reordered", self, by=by)

    @transaction.atomic
    def bring_up_to_date(self, *, by: Person) -> bool:
        """Teams that were picked since come in last, those who will not pitch go out. False when nothing is new.

        As long as nobody has seen an order (it is being made), lots decide.
        """
        self.hold()
        ensure(self.can_change())
        wanted = {idea.pk for idea in shortlisted.ideas_of(self.round)}
        known = {row.idea_id: row for row in self.pitches.all()}
        on_stage = [row for row in known.values() if row.dropped_at is None]
        gone = [row for row in on_stage if row.idea_id not in wanted and not row.called_at]
        come = [key for key in sorted(wanted) if key not in known or known[key].dropped_at]
        if not gone and not come:
            return False
        for row in gone:
            changed(row, dropped_at=now(), order=0)
            Event.record("pitch.dropped", row, by=by)
        stay = [row.pk for row in sorted(on_stage, key=lambda row: row.order) if row not in gone]
        for key in come:
            row, _is_new = self.pitches.update_or_create(idea_id=key, defaults={"dropped_at": None, "order": 0})
            stay.append(row.pk)
            Event.record("pitch.placed", row, by=by)
        self._put_in_order(self._lots(self.seed) if not on_stage else stay)
        self.show()
        return True
