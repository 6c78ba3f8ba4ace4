"""What the lead owes unclear applications and the shortlist, and a team the offer it got."""

import datetime as dt
from collections.abc import Iterator
from typing import Any

from django.db.models import Exists, OuterRef, Q, QuerySet, Subquery
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from oppdrift.applications.models import Application
from oppdrift.gatherings.models import Gathering
from oppdrift.ideas import sight
from oppdrift.ideas.models import Decision, Idea, Part
from oppdrift.people.models import Person
from oppdrift.rounds.models import Milestone, Role
from oppdrift.rounds.models.round import Stage
from oppdrift.toolbox import dates
from oppdrift.toolbox.addresses import reverse
from oppdrift.toolbox.clock import is_past, now
from oppdrift.toolbox.models import counted_if, is_among, number_of
from oppdrift.toolbox.prepared import prepared
from oppdrift.toolbox.steps import Step

from .models import Improvement, OfferAnswer, Standing

SHORTLIST = Decision.Stage.SHORTLIST
NEWS = dt.timedelta(days=14)  # as long an answer is something to read


def asked_of_roles(person: Person, led: QuerySet[Application]) -> dict[str, Any]:
    """Annotations for roles of the lead: what waits in each round. `led`: its applications that they may read."""
    in_force = Decision.objects.in_force().at(SHORTLIST)
    mine = Idea.objects.cleared_for(person)
    pending = in_force.pending().filter(idea__round=OuterRef("round")).filter(is_among(mine, "idea"))
    workshops = Gathering.objects.filter(
        round=OuterRef("round"), kind=Gathering.Kind.IMPROVEMENT_WORKSHOP, appointment__cancelled_at=None,
        appointment__starts_at__gt=now(),
    ).order_by("appointment__starts_at")  # fmt: skip
    days = Milestone.objects.filter(round=OuterRef("round"), kind=Milestone.Kind.SHORTLIST).order_by("at")
    # Of few rows each: the application is looked at last.
    theirs = Application.objects.in_round(OuterRef(OuterRef("round"))).filter(is_among(mine, "idea"))
    prepared = Improvement.objects.being_prepared().filter(is_among(theirs, "application"))
    to_ask = is_among(theirs.handed_in().filter(improvement=None), "application")
    pitch_days = Milestone.objects.filter(round=OuterRef("round"), kind=Milestone.Kind.PITCH_DAY).order_by("at")
    picked = Decision.objects.known().at(SHORTLIST).filter(outcome=Decision.Outcome.ADMITTED)
    free = OfferAnswer.objects.turned_down(SHORTLIST).order_by("at")
    picked = picked.filter(idea__round=OuterRef("round")).filter(is_among(mine, "idea"))
    free = free.filter(decision__idea__round=OuterRef("round")).filter(is_among(mine, "decision__idea"))
    to_decide = led.filter(~Exists(in_force.filter(idea=OuterRef("idea"))))
    return {
        "turned_down": number_of(free),
        "turned_down_title": Subquery(free.values("decision__idea__title")[:1]),
        "coming": number_of(picked.exclude(offer__answer=OfferAnswer.Choice.NO)),
        "pitch_at": Subquery(pitch_days.values("at")[:1]),
        "found_unclear": number_of(Standing.objects.filter(to_ask, unclear__gt=0)),
        "prepared": number_of(prepared),
        "undecided": counted_if(Q(round__assess_by__lt=now()) | Q(Exists(pending)), to_decide),
        "pending": number_of(pending),
        "workshop_at": Subquery(workshops.values("appointment__starts_at")[:1]),
        "shortlist_at": Subquery(days.values("at")[:1]),
    }


def of_lead(role: Any) -> Iterator[Step]:
    """Of a role with those annotations; `role.over`: the shortlist is released."""
    round = role.round
    if round.uses(Stage.IMPROVING) and not role.over:
        yield from _improve(role)
    if not round.uses(Stage.SHORTLIST):
        return
    if role.turned_down and not is_past(role.pitch_at):
        yield _fill(role)
    if role.undecided and not role.over and (role.pending or is_past(round.assess_by)):
        title = ngettext("Decide about one application", "Decide about %(n)d applications", role.undecided)
        why = _("Each gets an outcome with a reason. Nobody is told before you release the shortlist.")
        url = reverse("assessing:shortlist", args=[round.pk])
        yield Step(title % {"n": role.undecided}, why, url, _("Pick"), due=role.shortlist_at, weight=3)
    if role.pending and not role.undecided and not role.uncleared and role.kind == Role.Kind.LEAD:
        title = _("Release the corrections") if role.over else _("Release the shortlist")
        why = ngettext(
            "One decision waits. Its letters leave the outbox at the release.",
            "%(n)d decisions wait. All letters leave the outbox at the same moment.",
            role.pending,
        )
        url = reverse("assessing:release", args=[round.pk])
        yield Step(title, why % {"n": role.pending}, url, _("See who is told what"), due=role.shortlist_at, weight=3)


def _fill(role: Any) -> Step:
    """A team has said no to the pitch."""
    title = ngettext(
        "Fill the place after “%(title)s”, or go on without",
        "Fill the places of %(n)d teams, or go on without",
        role.turned_down,
    )
    if role.kind == Role.Kind.LEAD:
        why = ngettext(
            "Who said no will not pitch. Pick another one, or go on with one.",
            "Who said no will not pitch. Pick another one, or go on with %(n)d.",
            role.coming,
        ) % {"n": role.coming}
    else:
        why = _("Who said no will not pitch. The programme lead sees the others: tell them that a place is free.")
    url = reverse("assessing:shortlist", args=[role.round.pk])
    words = {"n": role.turned_down, "title": role.turned_down_title}
    return Step(title % words, why, url, _("To the shortlist"), due=role.pitch_at, weight=4)


def _improve(role: Any) -> Iterator[Step]:
    url = reverse("assessing:unclear", args=[role.round.pk])
    when = {"day": dates.day(role.workshop_at)}
    if role.found_unclear and role.workshop_at:
        title = ngettext("Look at one unclear application", "Look at %(n)d unclear applications", role.found_unclear)
        why = _("The assessors ask questions. The improvement workshop is %(day)s.") % when
        yield Step(
            title % {"n": role.found_unclear}, why, url, _("See what is unclear"), due=role.workshop_at, weight=2
        )
    if role.prepared:
        title = ngettext("Invite one team to make it clearer", "Invite %(n)d teams to make it clearer", role.prepared)
        why = _("The improvement workshop is %(day)s.") % when if role.workshop_at else _("No workshop is planned yet.")
        yield Step(title % {"n": role.prepared}, why, url, _("See who is ready"), due=role.workshop_at, weight=3)


def of_team(person: Person) -> list[Step]:
    """Answers to read, offers to answer, and the pitch to get ready for. One statement at most."""
    if not sight.ties(person).team:
        return []
    return [step for decision in _told_to_teams_of(person) if (step := _of_told(decision))]


@prepared
def _told_to_teams_of(person: Person) -> QuerySet[Decision]:
    teams = Part.objects.in_force().filter(person=person, kind=Part.Kind.TEAM).values("idea")
    days = Milestone.objects.filter(round=OuterRef("idea__round"), kind=Milestone.Kind.PITCH_DAY)
    return (
        Decision.objects.known()
        .at(SHORTLIST)
        .filter(idea__in=teams, idea__round__closed_at=None, idea__application__state=Application.State.SUBMITTED)
        .annotate(pitch_at=Subquery(days.order_by("at").values("at")[:1]))
        .select_related("idea__application", "offer")
        .order_by("pk")
    )


def _of_told(decision: Any) -> Step | None:
    offer = getattr(decision, "offer", None)
    if offer and not offer.answer and not offer.is_over:
        return _answer(decision, offer)
    if offer and offer.answer:
        goes_on = offer.answer == OfferAnswer.Choice.YES and decision.outcome == Decision.Outcome.ADMITTED
        return _get_ready(decision) if goes_on else None
    return _read(decision) if decision.released_at > now() - NEWS else None


def _read(decision: Any) -> Step:
    """Nothing is asked of the team any more: it is told where the answer stands."""
    title = _("Read the answer to “%(title)s”") % {"title": decision.idea.title}
    why = _("It came on %(day)s, with the reason and what those who read it say to you.")
    url = reverse("assessing:outcome", args=[decision.idea.application.pk])
    return Step(title, why % {"day": dates.day(decision.released_at)}, url, _("Read the answer"), weight=-1)


def _answer(decision: Any, offer: OfferAnswer) -> Step:
    idea = decision.idea
    if decision.outcome == Decision.Outcome.ADMITTED:
        title = _("Say whether you will pitch “%(title)s”")
    else:
        title = _("Answer the offer of guidance for “%(title)s”")
    why = _("One of you answers for the whole team, by %(moment)s.") % {"moment": dates.moment(offer.until)}
    url = reverse("assessing:outcome", args=[idea.application.pk])
    return Step(title % {"title": idea.title}, why, url, _("Read and answer"), due=offer.until, weight=6)


def _get_ready(decision: Any) -> Step | None:
    if not decision.pitch_at or decision.pitch_at < now():
        return None
    idea = decision.idea
    day = dates.day(decision.pitch_at)
    why = _("You pitch on %(day)s. The same page has the dates of the training.") % {"day": day}
    url = reverse("assessing:outcome", args=[idea.application.pk])
    title = _("Get ready to pitch “%(title)s”") % {"title": idea.title}
    return Step(title, why, url, _("See the dates"), due=decision.pitch_at)
