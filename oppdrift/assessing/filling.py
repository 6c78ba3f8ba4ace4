"""A proposal of who reads what: so many readers each, spread evenly. Nothing is saved by it."""

from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence

from oppdrift.applications.models import Application
from oppdrift.ideas.models import Disqualification, Idea, Part
from oppdrift.people.models import Person
from oppdrift.rounds.models import Role, Round

from .models import Assignment, Declaration
from .queue import held

Pair = tuple[int, int]  # key of the application, key of the assessor


def spread(
    readers: int, applications: Sequence[int], assessors: Sequence[int], given: Iterable[Pair], free: Iterable[Pair]
) -> list[Pair]:
    """New pairs, so that each application has this many readers as far as there are free ones. What is given stays.

    The application with fewest to choose from is served first; each time by who has least to read, and of these by who
    has read least together with the others of that application.
    """
    reads: dict[int, set[int]] = defaultdict(set)
    for application, assessor in given:
        reads[application].add(assessor)
    may: dict[int, list[int]] = {application: [] for application in applications}
    allowed = set(free)
    for application in applications:
        may[application] = [each for each in assessors if (application, each) in allowed]
    load = Counter(assessor for of_one in reads.values() for assessor in of_one)
    together = Counter(pair for of_one in reads.values() for pair in _pairs(of_one))
    place = {assessor: order for order, assessor in enumerate(assessors)}
    made = []
    for application in sorted(applications, key=lambda each: len(may[each])):
        has = reads[application]
        for _turn in range(readers - len(has)):
            left = [each for each in may[application] if each not in has]
            if not left:
                break
            chosen = min(
                left, key=lambda each: (load[each], sum(together[_pair(each, other)] for other in has), place[each])
            )
            together.update(_pair(chosen, other) for other in has)
            load[chosen] += 1
            has.add(chosen)
            made.append((application, chosen))
    return made


def _pair(one: int, other: int) -> Pair:
    return (min(one, other), max(one, other))


def _pairs(people: set[int]) -> list[Pair]:
    listed = sorted(people)
    return [(one, other) for place, one in enumerate(listed) for other in listed[place + 1 :]]


def proposal(round: Round, lead: Person, readers: int) -> set[Pair]:
    """For all that the lead handles in the round. Five statements, however many there are."""
    led = Application.objects.in_round(round).handed_in().filter(idea__in=Idea.objects.led_by(lead))
    of_idea = dict(led.order_by("number").values_list("idea", "pk"))
    roles = Role.objects.in_force().filter(round=round, kind=Role.Kind.ASSESSOR)
    assessors = list(roles.order_by("person__name_key", "person").values_list("person", flat=True))
    of_round = {"idea__round": round, "person__in": assessors}
    by_law = Disqualification.objects.in_force().filter(**of_round).values_list("idea", "person")
    as_member = Part.objects.in_force().filter(**of_round, kind__in=Part.BELONGS).values_list("idea", "person")
    barred = set(by_law.order_by().union(as_member.order_by()))
    said = set(Declaration.objects.free().filter(**of_round).order_by().values_list("idea", "person")) - barred
    free = {(of_idea[idea], person) for idea, person in said if idea in of_idea}
    given = held(Assignment.objects.filter(application__round=round)).order_by().values_list("application", "assessor")
    return set(spread(readers, list(of_idea.values()), assessors, given, free))
