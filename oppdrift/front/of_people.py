"""What the pages about people show of later rooms: somebody's roles, and whom a visitor of the demo may be."""

from django.db.models import Exists, OuterRef
from django.utils.translation import gettext as _

from oppdrift.assessing.models import Assessment, Improvement
from oppdrift.benefits.models import Benefit
from oppdrift.ideas.models import Decision, Disqualification, Part
from oppdrift.people.models import Person, Unit
from oppdrift.rounds.models import Role, Round


def roles_of(person: Person) -> list[Role]:
    """Tasks in rounds, the newest first; those that have ended too."""
    return list(Role.objects.filter(person=person).select_related("round").order_by("-round__year", "kind"))


def shown_round() -> Round | None:
    """The newest that has come so far that it is assessed, else the newest with applications."""
    assessed = Assessment.objects.filter(application__round=OuterRef("pk"))
    applied = Round.objects.filter(applications__isnull=False).order_by("-year")
    return applied.filter(Exists(assessed)).first() or applied.first() or Round.objects.first()


def demo_people() -> list[dict]:
    """One person of each kind in one round: {role, person, about}."""
    round = shown_round()
    if not round:
        return []
    found: list[dict] = []
    taken: set[int] = set()

    def put(role, person: Person | None, about: str = "") -> None:
        if person and person.pk not in taken:
            taken.add(person.pk)
            found.append({"role": role, "person": person, "about": about})

    roles: dict[str, list[Person]] = {}
    for each in Role.objects.in_force().filter(round=round, person__is_active=True).select_related("person"):
        roles.setdefault(each.kind, []).append(each.person)

    def put_from(kind: str, number: int = 1) -> None:
        for person in [person for person in roles.get(kind, []) if person.pk not in taken][:number]:
            put(Role.Kind(kind).label, person, person.title)

    put_from(Role.Kind.LEAD)
    put_from(Role.Kind.SUBSTITUTE)
    put_from(Role.Kind.ASSESSOR, 3)
    for role, part in [(_("Project lead, unclear application"), unclear(round)), (_("Project lead"), chosen(round))]:
        if part:
            put(role, part.person, part.idea.title)
    if leader := owner(round):
        put(_("Unit leader"), leader, leader.title)
    if benefit := Benefit.objects.in_round(round).filter(owner__is_active=True).select_related("owner").first():
        put(_("Benefit owner"), benefit.owner, benefit.title)
    put_from(Role.Kind.COACH)
    put_from(Role.Kind.PANEL)
    if tied := tied_panel_member(round):
        put(_("Panel member, disqualified from one project"), tied.person, tied.idea.title)
    if colleague := without_role():
        put(_("Colleague without a role"), colleague, colleague.title)
    return found


def _team_leads(round: Round):
    in_round = Part.objects.in_force().filter(
        idea__round=round, kind=Part.Kind.TEAM, leads=True, person__is_active=True
    )
    return in_round.filter(idea__application__isnull=False).select_related("person", "idea").order_by("idea")


def unclear(round: Round) -> Part | None:
    return _team_leads(round).filter(Exists(Improvement.objects.filter(application__idea=OuterRef("idea")))).first()


def chosen(round: Round) -> Part | None:
    """A project lead on the shortlist that is told; before that, one whose application nothing is unclear about."""
    told = Decision.objects.released().filter(
        idea=OuterRef("idea"), stage=Decision.Stage.SHORTLIST, outcome=Decision.Outcome.ADMITTED
    )
    asked = Improvement.objects.filter(application__idea=OuterRef("idea"))
    leads = _team_leads(round).filter(~Exists(asked))
    return leads.filter(Exists(told)).first() or leads.first()


def owner(round: Round) -> Person | None:
    """A leader who was asked to back an application, or else one who leads a unit."""
    kinds = [Part.Kind.ENDORSER, Part.Kind.OWNER]
    parts = Part.objects.in_force().filter(idea__round=round, kind__in=kinds, person__is_active=True)
    if part := parts.select_related("person").order_by("idea").first():
        return part.person
    unit = Unit.objects.filter(leader__is_active=True).select_related("leader").first()
    return unit.leader if unit else None


def tied_panel_member(round: Round) -> Disqualification | None:
    """Somebody who hears all teams but one."""
    panel = Role.objects.in_force().filter(round=round, kind=Role.Kind.PANEL)
    ties = Disqualification.objects.in_force().filter(idea__round=round, person__in=panel.values("person"))
    return ties.select_related("person", "idea").first()


def without_role() -> Person | None:
    own = {"person": OuterRef("pk")}
    people = Person.objects.active().filter(~Exists(Role.objects.filter(**own)), ~Exists(Part.objects.filter(**own)))
    return (
        people.exclude(runs_programme=True).exclude(pk__in=Unit.objects.exclude(leader=None).values("leader")).first()
    )
