"""What pages show of an idea's benefits and spread to one reader. The record of an idea asks here too."""

from typing import Any

from django.db.models import Q

from oppdrift.applications.models import Application
from oppdrift.ideas.models import Idea
from oppdrift.people.models import Person

from . import figures
from .claims import Clash, clashes_among
from .figures import Figures
from .models import Adoption, Benefit
from .policies import may_begin, works_on
from .spread import Spread

QUESTION = "benefits"  # of the application: what the team expects, in its own words


def about(idea: Idea, person: Person) -> dict[str, Any]:
    """For `benefits/_section.html`: in short, how it stands. Few statements, none for whom it does not concern."""
    benefits = list(Benefit.objects.seen_by(person).of(idea).select_related("idea").with_measurements())
    return {
        "idea": idea,
        "benefits_in_short": figures.among(benefits) if benefits else None,
        "may_write_benefits": not benefits and may_begin(person, idea),
        "copied_by": Adoption.objects.of(idea).in_use().count(),
    }


def project(idea: Idea, person: Person) -> dict[str, Any]:
    """All of one project: what its benefits say, and who else has taken the solution up."""
    found = figures.among(Benefit.objects.seen_by(person).of(idea))
    works = works_on(person, idea)
    return {
        "idea": idea,
        "figures": found,
        "spread": Spread(Adoption.objects.seen_by(person).of(idea)),
        "clashes": clashes_of(idea, person, found),
        "may_work": bool(works),
        "may_begin": works and Benefit.can_begin(idea),
        "may_record": bool(works and Adoption.can_record(idea, None)),
    }


def clashes_of(idea: Idea, person: Person, found: Figures) -> list[Clash]:
    """Other projects that claim the same. A reader learns the name of another project only if they see its benefits."""
    own = [each.benefit for each in found.in_force]
    keys = {each.claim_key for each in own} - {""}
    units = {each.claim_unit_id for each in own} - {None}
    if not (keys or units):
        return []
    claiming = Benefit.objects.seen_by(person).in_force().filter(Q(claim_key__in=keys) | Q(claim_unit__in=units))
    others = claiming.exclude(idea=idea).select_related("idea", "claim_unit")
    clashes = clashes_among([*own, *others])
    return [clash for clash in clashes if any(each.idea_id == idea.pk for each in clash.benefits)]


def words_of_application(idea: Idea) -> str:
    """What the application said of its benefits: the version handed in last, else the draft."""
    application = Application.objects.filter(idea=idea).first()
    if application is None:
        return ""
    if version := application.versions.last():
        return version.answers.get(QUESTION, "")
    answer = application.answers.filter(question=QUESTION).first()
    return answer.text if answer else ""
