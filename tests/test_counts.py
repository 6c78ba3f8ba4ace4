"""Pages cost the same number of statements however much there is, and no more than the design allows.

The built house grows by one of everything, and later by two more: no page of anybody may notice.
"""

import logging
from collections.abc import Iterator

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from oppdrift.applications.models import Application
from oppdrift.assessing import shortlist
from oppdrift.assessing.models import Assessment, Assignment, Declaration
from oppdrift.deciding import final
from oppdrift.gatherings.models import Note
from oppdrift.history.models import File
from oppdrift.ideas.models import Idea, Part
from oppdrift.rounds.models import Milestone, Role
from oppdrift.sharing.models import Release
from tests.benefits.in_the_house import measure_more
from tests.doors import DOORS
from tests.factories import make_application, make_gathering, make_person, make_unit
from tests.house import (  # noqa: F401
    DAY,
    EVERYWHERE,
    House,
    Walker,
    bring_in,
    house,
    judgement,
    now,
    present,
    standing_house,
    write,
)
from tests.leadership.in_the_house import one_more_learns
from tests.pitching.in_the_house import one_more
from tests.projects.in_the_house import grow_projects
from tests.sharing.in_the_house import share_more

pytestmark = [pytest.mark.django_db, pytest.mark.walk]

READERS = ["lead", "assessor", "panel", "team", "coach", "colleague", "stranger"]
# What the design allows each page (docs/performance.md tells what they take): door, reader, statements at most.
LIMITS = [
    ("front:home", "stranger", 6),  # two more than asked for: projects stand there with what they measured
    ("front:about", "stranger", 4),
    ("rounds:rounds", "stranger", 4),
    ("rounds:round", "stranger", 4),
    ("rounds:call", "stranger", 4),
    ("sharing:projects", "stranger", 10),
    ("sharing:project", "stranger", 4),
    ("sharing:programme", "stranger", 4),
    ("sharing:put_together", "lead", 14),
    ("sharing:readiness", "lead", 14),
    ("applications:list", "lead", 10),
    ("ideas:ideas", "colleague", 10),
    ("gatherings:gatherings", "colleague", 10),
    ("leadership:mine", "leader", 16),
    ("leadership:round", "lead", 12),
    ("leadership:everybody", "lead", 10),
    ("sharing:stories", "stranger", 5),
    ("sharing:lessons", "stranger", 4),
    ("sharing:prizes", "stranger", 4),
    ("sharing:feed", "stranger", 2),
    ("sharing:asks", "colleague", 10),
    ("sharing:links", "team", 10),
    ("front:outbox", "lead", 10),
    ("people:people", "lead", 10),
    ("assessing:ranking", "lead", 10),
    ("assessing:assessments", "lead", 12),
    ("assessing:assessments", "assessor", 12),
    ("assessing:queue", "assessor", 10),
    ("assessing:assess", "new_assessor", 10),
    ("benefits:copy", "stranger", 4),
    ("benefits:benefits", "lead", 12),
    ("benefits:round", "lead", 12),
    ("benefits:of", "team", 14),
    ("benefits:benefit", "team", 12),
    ("benefits:measure", "leader", 12),
    ("front:home", "team", 25),
    ("front:home", "assessor", 25),
    ("front:year_of", "lead", 25),
    ("projects:projects", "lead", 10),
    ("projects:money", "lead", 12),
    ("front:years", "stranger", 8),
    ("projects:mine", "coach", 10),
    ("projects:project", "team", 25),
    ("projects:agreement", "team", 16),
    ("projects:export", "lead", 6),
    ("applications:export", "lead", 6),
    ("assessing:ranking_export", "lead", 6),
    ("applications:application", "lead", 12),
    ("pitching:room", "stranger", 4),
    ("pitching:waiting", "stranger", 4),
    ("pitching:phone", "stranger", 6),
    ("pitching:ballot", "stranger", 6),
    ("pitching:host", "lead", 14),
    ("pitching:day", "lead", 20),
    ("deciding:room", "lead", 20),
    ("deciding:numbers", "lead", 20),
    ("deciding:outcome", "team", 14),
]


def grow(house: House, times: int) -> None:  # noqa: F811
    """One more of everything, in every list that somebody may see."""
    people, lead, case = house.people, house.people["lead"], house.main
    team, assessor = people["team"], people["assessor"]
    for _ in range(times):
        newcomer = make_person(unit=make_unit())
        house.round.give_role(newcomer, Role.Kind.COACH, by=lead)
        Milestone(round=house.round).change(
            by=lead, kind=Milestone.Kind.OTHER, name="Dag", at=now() + 30 * DAY, until=None, whole_day=True
        )
        idea = Idea.begin(title=f"Ny idé {newcomer}", by=team, round=house.round, problem=EVERYWHERE)
        Part.give(idea, newcomer, Part.Kind.TEAM, by=team)
        for noted in (idea, case.handed_in.idea):
            Note.write(noted, EVERYWHERE, by=newcomer)
        Part.give(case.handed_in.idea, newcomer, Part.Kind.TEAM, by=team)

        application = Application.begin(house.round, by=team, idea=idea)
        write(case, application, "version1")
        application.submit(by=team)
        for person in (assessor, people["new_assessor"]):
            Declaration.declare(application.idea, "none", by=person)
            Assignment.give(application, person, by=lead)
        Assessment.hand_in(application, judgement(case, "grown"), by=assessor)
        shortlist.decide(application, "declined", reason=EVERYWHERE, by=lead)

        weighed = make_application(round=house.short, team=[team, newcomer], submitted=True)
        for person in (assessor, people["new_assessor"]):
            Declaration.declare(weighed.idea, "none", by=person)
            Assignment.give(weighed, person, by=lead)
            Assessment.hand_in(weighed, judgement(case, "grown"), by=person)
        final.decide(weighed.idea, "reserve", reason=EVERYWHERE, by=lead)

        gathering = make_gathering(round=house.round, title="Enda et verksted")
        for person in (newcomer, assessor, people["colleague"], team):
            gathering.add(person, by=lead)
        house.gathering.add(newcomer, by=lead)
        File.keep(SimpleUploadedFile("enda.txt", b"sommerfugl"), house.gathering, by=lead)
        bring_in(f"Runde {newcomer.pk}", 2015, lead)
        present(case, house.conference, people, lead, one_more=True)
        Release.make(house.conference, by=lead)
        one_more(house, newcomer)
        share_more(house, idea, newcomer)
        one_more_learns(house, newcomer)
        measure_more(case.project.idea, team, newcomer)
        grow_projects(house, newcomer)


def walked(house: House, reader: str) -> Iterator[tuple[str, int]]:  # noqa: F811
    walker = Walker(house.who(reader))
    for door in DOORS:
        if reader in door.may_look():
            visit = walker.visit(door.address(house, house.main))
            yield door.name, len(visit.statements)


@pytest.mark.parametrize("reader", READERS)
def test_no_page_costs_more_when_there_is_more(house: House, reader: str):  # noqa: F811
    logging.disable(logging.WARNING)
    grow(house, 1)
    few = dict(walked(house, reader))
    grow(house, 2)
    many = dict(walked(house, reader))
    logging.disable(logging.NOTSET)

    assert {name: (few[name], many[name]) for name in few if few[name] < many[name]} == {}


@pytest.mark.parametrize(("name", "reader", "most"), LIMITS)
def test_pages_keep_within_what_the_design_allows(house: House, name: str, reader: str, most: int):  # noqa: F811
    door, walker = next(door for door in DOORS if door.name == name), Walker(house.who(reader))
    walker.visit(door.address(house, house.main))  # content types are remembered from the first time on

    visit = walker.visit(door.address(house, house.main))

    assert visit.let_in
    assert len(visit.statements) <= most, "\n".join(sql[:150] for sql in visit.statements)
