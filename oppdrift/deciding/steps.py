"""What is owed about the decision: by who leads it, by who confirms it, and by the teams it is about.

One statement for all rounds, one for the teams.
"""

import datetime as dt
from collections.abc import Iterator
from typing import Any

from django.db.models import Exists, OuterRef, Q, QuerySet, Subquery
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from oppdrift.assessing.models import OfferAnswer
from oppdrift.ideas import sight
from oppdrift.ideas.models import Decision, Idea, Part
from oppdrift.people.models import Person
from oppdrift.pitching.models import PitchDay
from oppdrift.rounds.models import Milestone, Role, Round, Stage
from oppdrift.rounds.models.role import roles_held_by, rounds_held_by
from oppdrift.toolbox import dates
from oppdrift.toolbox.addresses import reverse
from oppdrift.toolbox.clock import is_past, now
from oppdrift.toolbox.models import counted_if, is_among, number_of
from oppdrift.toolbox.prepared import prepared
from oppdrift.toolbox.steps import Step

from .candidates import FINAL, is_handed_in, is_picked
from .final import behind_what_waits
from .models import Confirmation, Protocol, Sitting
from .models.sitting import had_a_part, no_lead_reads_whole

NEWS = dt.timedelta(days=14)  # as long an answer is something to read
KINDS = (Role.Kind.LEAD, Role.Kind.SUBSTITUTE, Role.Kind.PANEL)


def steps_for(person: Person) -> list[Step]:
    steps: list[Step] = []
    for round in _rounds(person):
        if round.uses(Stage.DECIDING):
            steps += _of_round(round, person)
    return steps + _of_teams(person)


# Those who decide and confirm


@prepared
def _rounds(person: Person) -> QuerySet:
    """Alive, in which the person leads, sits in the panel or may confirm, with what waits in each. One statement."""
    asked = Q(pk__in=rounds_held_by(person, [*KINDS])) | Q(
        pk__in=Sitting.objects.filter(counter_signer=person).values("round")
    )
    rounds = Round.objects.alive() if person.runs_programme else Round.objects.alive().filter(asked)
    in_force = Decision.objects.in_force().at(FINAL)
    here = in_force.filter(idea__round=OuterRef("pk"))
    open_ideas = Idea.objects.filter(round=OuterRef("pk")).exclude(pk__in=in_force.values("idea"))
    own = open_ideas.filter(sight.cleared(person))
    sittings = Sitting.objects.filter(round=OuterRef("pk"))
    decided = behind_what_waits().filter(idea__round=OuterRef("pk"), made_by=person)
    free = OfferAnswer.objects.turned_down(FINAL).filter(decision__idea__round=OuterRef("pk"))
    free = free.filter(is_among(Idea.objects.cleared_for(person), "decision__idea")).order_by("at")
    without_shortlist = ~Q(stages__icontains=f'"{Stage.SHORTLIST}"')
    barred = Idea.objects.filter(sight.barred(person), pk__in=in_force.values("idea"), round=OuterRef("pk"))
    days = Milestone.objects.filter(round=OuterRef("pk"), kind=Milestone.Kind.DECISION).order_by("at")
    return rounds.annotate(
        picked=number_of(open_ideas.filter(is_picked())),
        handed_in=counted_if(without_shortlist, open_ideas.filter(is_handed_in())),
        own_picked=number_of(own.filter(is_picked())),
        own_handed_in=counted_if(without_shortlist, own.filter(is_handed_in())),
        pending=number_of(here.pending()),
        told=Exists(here.released()),
        mine=Exists(decided) | Exists(sittings.filter(reason_by=person)),
        is_barred=Exists(barred),
        confirmed=Exists(Confirmation.objects.in_force().filter(sitting__round=OuterRef("pk"))),
        signer=Subquery(sittings.values("counter_signer")[:1]),
        kept=Exists(Protocol.objects.filter(sitting__round=OuterRef("pk"))),
        leadless=no_lead_reads_whole(OuterRef("pk")),
        had_a_part=Q(pk__in=had_a_part(person)),
        turned_down=number_of(free),
        turned_down_title=Subquery(free.values("decision__idea__title")[:1]),
        locked_at=Subquery(PitchDay.objects.filter(round=OuterRef("pk")).values("locked_at")[:1]),
        decision_at=Subquery(days.values("at")[:1]),
    )


def _of_round(round: Any, person: Person) -> Iterator[Step]:
    kinds = {role.kind for role in roles_held_by(person) if role.round_id == round.pk}
    undecided, own = (
        (round.picked, round.own_picked) if round.uses(Stage.SHORTLIST) else (round.handed_in, round.own_handed_in)
    )
    if kinds & {*Role.RUNS}:
        yield from _lead(round, own, is_lead=Role.Kind.LEAD in kinds)
    waits = round.pending and not undecided
    if Role.Kind.LEAD in kinds and waits:
        yield _release(round)
    may_confirm = person.runs_programme or kinds & {Role.Kind.LEAD, Role.Kind.PANEL}
    is_asked = round.signer == person.pk or (round.signer is None and may_confirm)
    if waits and is_asked and not (round.confirmed or round.mine or round.is_barred):
        yield _confirm(round)
    keeps = Role.Kind.LEAD in kinds or (round.leadless and round.had_a_part)
    if round.told and not round.pending and not round.kept and not round.is_barred and keeps:
        yield _keep(round)


def _lead(round: Any, undecided: int, *, is_lead: bool) -> Iterator[Step]:
    is_counted = round.locked_at if round.uses(Stage.PITCHING) else is_past(round.assess_by)
    if undecided and is_counted:
        title = ngettext("Decide on one project", "Decide on %(n)d projects", undecided) % {"n": undecided}
        why = _("Each gets an outcome with a reason. Nobody is told before the decision is released.")
        name = "deciding:room" if is_lead else "deciding:sitting"
        url = reverse(name, args=[round.pk])
        yield Step(title, why, url, _("To the decision"), due=round.decision_at, weight=3)
    if round.turned_down:
        title = ngettext(
            "Settle what follows when “%(title)s” says no",
            "Settle what follows when %(n)d teams say no",
            round.turned_down,
        ) % {"n": round.turned_down, "title": round.turned_down_title}
        why = _("Money and hours are free. Admit one from the reserve list, or go on without.")
        yield Step(title, why, reverse("deciding:sitting", args=[round.pk]), _("To the decision"), weight=4)


def _release(round: Any) -> Step:
    if round.confirmed:
        why = ngettext(
            "One decision waits. Its letters leave the outbox at the release.",
            "%(n)d decisions wait. All letters leave the outbox at the same moment.",
            round.pending,
        ) % {"n": round.pending}
        url = reverse("deciding:release", args=[round.pk])
        return Step(_("Release the decision"), why, url, _("See who is told what"), due=round.decision_at, weight=4)
    why = _("Somebody who has not decided reads it and confirms it. Then you can release it.")
    url = reverse("deciding:sitting", args=[round.pk])
    title = _("Get the decision confirmed")
    return Step(title, why, url, _("See who can"), due=round.decision_at, weight=2)


def _confirm(round: Any) -> Step:
    why = ngettext(
        "One decision in %(round)s waits for a second person. Read it, and confirm that this is what was decided.",
        "%(n)d decisions in %(round)s wait for a second person. Read them, and confirm that this is what was decided.",
        round.pending,
    ) % {"n": round.pending, "round": round.name}
    url = reverse("deciding:confirm", args=[round.pk])
    return Step(_("Confirm the decision"), why, url, _("Read it"), due=round.decision_at, weight=5)


def _keep(round: Any) -> Step:
    why = _("The decision in %(round)s is told. The protocol says how it came about.") % {"round": round.name}
    url = reverse("deciding:protocols", args=[round.pk])
    return Step(_("Make the protocol"), why, url, _("To the protocol"), weight=1)


# Teams


def _of_teams(person: Person) -> list[Step]:
    """Offers to answer, and answers to read. One statement at most."""
    return [step for decision in _told_to(person) if (step := _of_told(decision))] if sight.ties(person).team else []


@prepared
def _told_to(person: Person) -> QuerySet:
    teams = Part.objects.in_force().filter(person=person, kind=Part.Kind.TEAM).values("idea")
    told = Decision.objects.known().at(FINAL).filter(idea__in=teams, idea__round__closed_at=None)
    return told.select_related("idea", "offer").order_by("pk")


def _of_told(decision: Any) -> Step | None:
    offer = getattr(decision, "offer", None)
    url = reverse("deciding:outcome", args=[decision.idea_id])
    if offer and not offer.answer and not offer.is_over:
        if decision.outcome == Decision.Outcome.ADMITTED:
            title = _("Say whether you will go on with “%(title)s”")
        else:
            title = _("Answer the offer of guidance for “%(title)s”")
        why = _("One of you answers for the whole team, by %(moment)s.") % {"moment": dates.moment(offer.until)}
        title %= {"title": decision.idea.title}
        return Step(title, why, url, _("Read and answer"), due=offer.until, weight=6)
    if (offer and offer.answer) or decision.released_at < now() - NEWS:
        return None
    title = _("Read the answer to “%(title)s”") % {"title": decision.idea.title}
    why = _("It came on %(day)s, with the reason and what happens now.") % {"day": dates.day(decision.released_at)}
    return Step(title, why, url, _("Read the answer"), weight=-1)
