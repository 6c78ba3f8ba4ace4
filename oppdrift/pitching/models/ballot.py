"""What one panel member gives one team, tap by tap."""

from collections.abc import Mapping
from typing import Any

from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models, transaction
from django.db.models import F
from django.utils.translation import gettext_lazy as _

from oppdrift.assessing.models import Assessment
from oppdrift.history.models import Event
from oppdrift.pitching.clock import ms
from oppdrift.rounds.models import Criterion
from oppdrift.toolbox import live
from oppdrift.toolbox.answers import Answer, No, NotNow, ensure
from oppdrift.toolbox.clock import MomentField, now

from .day import PitchDay
from .pitch import Pitch
from .seat import Seat

POINTS = "points:"  # before the key of a criterion
FIELDS = ("fit", "opens_door", "to_team", "note", "why")  # what is given beside points
FORM = "form"  # the client of those without script
AHEAD = 1000  # milliseconds that a phone may be before the server; one far ahead would else win for ever


class Ballot(models.Model):
    """Each tap is saved by itself, and the newest of a field wins.

    `taps` says of each field by which tap it stands: its revision (the server's clock when it was tapped, in
    milliseconds, as far as the phone knows; rising on one phone) and the phone. So a tap may arrive twice, late or out
    of order, and from two phones, and the end is the same. `why`: the member abstains.
    """

    pitch = models.ForeignKey(Pitch, models.PROTECT, related_name="ballots")
    seat = models.ForeignKey(Seat, models.PROTECT, related_name="ballots")
    fit = models.CharField(_("fit with the programme"), max_length=8, choices=Assessment.Fit, blank=True)
    opens_door = models.BooleanField(_("can open this door"), default=False)
    to_team = models.CharField(_("one thing to the team"), max_length=500, blank=True)
    note = models.TextField(_("private note"), blank=True)
    why = models.CharField(_("why you abstain"), max_length=300, blank=True)
    taps = models.JSONField(default=dict, editable=False)  # {field: [revision, client]}
    begun_at = MomentField()
    saved_at = MomentField()

    class Meta:
        ordering = ["id"]
        constraints = [models.UniqueConstraint(fields=["pitch", "seat"], name="one_ballot_per_member_and_pitch")]

    def __str__(self) -> str:
        return f"{self.seat}: {self.pitch}"

    @property
    def record(self):
        return self.pitch.idea

    @property
    def abstained(self) -> bool:
        return bool(self.why)

    def received(self, criteria: list[Criterion]) -> int:
        """How many of what is asked have come in: criteria of quality, and fit."""
        asked = {POINTS + each.key if each.kind == Criterion.Kind.QUALITY else "fit" for each in criteria}
        return len(asked & self.taps.keys())

    @classmethod
    def can_receive(cls, pitch: Any) -> Answer:
        """`pitch` is one of `Seat.pitches()`, which knows how the member stands to it."""
        if pitch.is_barred:
            return No(_("You are disqualified here, and do not vote."))
        if pitch.is_in_doubt:
            return No(_("You are unsure about your impartiality. You can vote once the programme lead has settled it."))
        if not pitch.is_declared:
            return No(_("Say first that you have no ties to this team."))
        if not pitch.called_at:
            return No(_("This team has not pitched yet."))
        return True

    @classmethod
    @transaction.atomic
    def receive(
        cls, seat: Seat, pitch: Pitch, taps: Mapping[str, Any], *, criteria: list[Criterion],
        revisions: Mapping[str, int] | None = None, client: str = FORM,
    ) -> "Ballot":  # fmt: skip
        """Keep these taps, unless newer ones of the same fields are here already. `taps`: {field: value}.

        `revisions` says when each was tapped; without it, now.
        Raises NotNow when the voting is closed, or the member may not vote here.
        """
        ensure(cls.can_receive(pitch))
        # One statement asks whether the voting is open, tells that something has come, and holds the day until we are
        # through: whoever closes the voting waits for us, or we for them.
        if not PitchDay.objects.filter(pk=seat.day_id, locked_at=None).update(votes=F("votes") + 1):
            raise NotNow(_("The voting is closed."))
        ballot = cls.objects.filter(pitch=pitch, seat=seat).first() or cls(pitch=pitch, seat=seat)
        is_new, abstained = ballot.pk is None, ballot.abstained
        newest = ballot._newer(taps, revisions or {}, client)
        if newest or is_new:
            ballot.saved_at = now()
            ballot.save()
            ballot._keep_points(newest, criteria)
            live.tell(seat.day.host_topic)
        if is_new:
            Event.record("ballot.given", ballot, by=seat.person)
        if abstained != ballot.abstained:
            Event.record("ballot.abstained" if ballot.abstained else "ballot.taken_up", ballot, by=seat.person)
        return ballot

    def _newer(self, taps: Mapping[str, Any], revisions: Mapping[str, int], client: str) -> dict[str, Any]:
        """Those of the taps that are newer than what stands, set on this row."""
        present, newer = ms(now()), {}
        for field, value in taps.items():
            tap = [min(revisions.get(field, present), present + AHEAD), client[:40]]
            if tap > self.taps.get(field, [0, ""]):
                newer[field] = value
                self.taps[field] = tap
                if field in FIELDS:
                    setattr(self, field, value)
        return newer

    def _keep_points(self, taps: Mapping[str, Any], criteria: list[Criterion]) -> None:
        """All that are new in one statement."""
        asked = {POINTS + criterion.key: criterion for criterion in criteria}
        rows = [
            BallotScore(ballot=self, criterion=asked[field], points=value)
            for field, value in taps.items()
            if field in asked
        ]
        if rows:
            unique, fields = ["ballot", "criterion"], ["points"]
            BallotScore.objects.bulk_create(rows, update_conflicts=True, unique_fields=unique, update_fields=fields)


class BallotScore(models.Model):
    """Points for one criterion."""

    ballot = models.ForeignKey(Ballot, models.CASCADE, related_name="scores")
    criterion = models.ForeignKey("rounds.Criterion", models.PROTECT, related_name="+")
    points = models.PositiveSmallIntegerField(validators=[MinValueValidator(1), MaxValueValidator(5)])

    class Meta:
        ordering = ["criterion__order"]
        constraints = [
            models.UniqueConstraint(fields=["ballot", "criterion"], name="one_score_per_ballot_and_criterion"),
            models.CheckConstraint(
                condition=models.Q(points__gte=1, points__lte=5), name="points_of_a_ballot_are_from_1_to_5"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.criterion}: {self.points}"
