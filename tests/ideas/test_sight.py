"""Who sees, leads and judges an idea: every role, shared or kept to the team."""

import pytest
from django.contrib.auth.models import AnonymousUser

from oppdrift.ideas.models import Idea
from tests.factories import disqualify, give_part, give_role, make_idea, make_person, make_round
from tests.scenes import starts_from


def make_cast():
    """One idea, and somebody in each relation to it."""
    people = {
        name: make_person(name)
        for name in ("team", "owner", "endorser", "coach", "lead", "lead beside", "substitute", "assessor", "panel",
                     "barred assessor", "barred panel", "judge in the team", "colleague", "lead elsewhere")
    }  # fmt: skip
    round = make_round(lead=people["lead"])
    give_role(round, people["substitute"], "substitute")
    make_round(lead=people["lead elsewhere"])
    idea = make_idea(team=[people["team"]], round=round)
    for kind in ("owner", "endorser", "coach", "assessor", "panel"):
        give_part(idea, people[kind], kind)
    give_part(idea, people["barred assessor"], "assessor")
    give_part(idea, people["barred panel"], "panel")
    give_part(idea, people["judge in the team"], "team")
    give_part(idea, people["judge in the team"], "assessor")
    disqualify(idea, people["barred assessor"])
    disqualify(idea, people["barred panel"])
    people["stranger"] = AnonymousUser()
    return idea, people


pytestmark = [pytest.mark.django_db, pytest.mark.db_rules, starts_from(make_cast)]


@pytest.fixture
def cast(scene):
    return scene


# who: (sees it when kept to the team, sees it when shared, reads the application, judges, leads)
WITH_A_FREE_LEAD = {
    "team": (1, 1, 1, 0, 0),
    "owner": (1, 1, 1, 0, 0),
    "endorser": (1, 1, 1, 0, 0),
    "coach": (1, 1, 1, 0, 0),
    "lead": (1, 1, 1, 1, 1),
    "substitute": (0, 1, 0, 0, 0),
    "assessor": (1, 1, 1, 1, 0),
    "panel": (1, 1, 1, 1, 0),
    "barred assessor": (0, 1, 0, 0, 0),
    "barred panel": (0, 1, 0, 0, 0),
    "judge in the team": (1, 1, 1, 0, 0),
    "colleague": (0, 1, 0, 0, 0),
    "lead elsewhere": (0, 1, 0, 0, 0),
    "stranger": (0, 0, None, None, None),
}
WITH_A_BARRED_LEAD = {**WITH_A_FREE_LEAD, "lead": (0, 1, 0, 0, 0), "substitute": (1, 1, 1, 1, 1)}
WITH_A_LEAD_IN_THE_TEAM = {**WITH_A_FREE_LEAD, "lead": (1, 1, 1, 0, 0), "substitute": (1, 1, 1, 1, 1)}


def stands(idea, person):
    """What `sight` says of this person, in the order of the tables above."""
    questions = [Idea.objects.close_to, Idea.objects.judged_by, Idea.objects.led_by]
    answers = []
    for shared in (False, True):
        Idea.objects.filter(pk=idea.pk).update(shared=shared)
        answers.append(Idea.objects.seen_by(person).filter(pk=idea.pk).exists())
    if not person.is_authenticated:
        return (*answers, None, None, None)
    return (*answers, *(ask(person).filter(pk=idea.pk).exists() for ask in questions))


@pytest.mark.parametrize("who", WITH_A_FREE_LEAD)
def test_with_a_free_lead(cast, who):
    idea, people = cast

    assert stands(idea, people[who]) == WITH_A_FREE_LEAD[who]


@pytest.mark.parametrize("who", WITH_A_BARRED_LEAD)
def test_with_a_disqualified_lead_the_substitute_has_the_case(cast, who):
    idea, people = cast
    disqualify(idea, people["lead"])

    assert stands(idea, people[who]) == WITH_A_BARRED_LEAD[who]


@pytest.mark.parametrize("who", WITH_A_LEAD_IN_THE_TEAM)
def test_with_a_lead_in_the_team_the_substitute_has_the_case(cast, who):
    idea, people = cast
    give_part(idea, people["lead"], "team")

    assert stands(idea, people[who]) == WITH_A_LEAD_IN_THE_TEAM[who]


def test_a_disqualified_substitute_does_not_get_the_case(cast):
    idea, people = cast
    disqualify(idea, people["lead"])
    disqualify(idea, people["substitute"])

    assert not Idea.objects.led_by(people["substitute"]).exists()
    assert idea.lead_in_charge() is None


def test_a_part_a_role_and_a_bar_end_when_they_are_ended(cast, time_machine):
    from oppdrift.toolbox.clock import now

    idea, people = cast
    Idea.objects.filter(pk=idea.pk).update(shared=False)
    idea.parts.filter(person=people["assessor"]).update(until=now())
    idea.round.roles.filter(person=people["lead"]).update(until=now())
    idea.disqualifications.filter(person=people["barred panel"]).update(until=now())

    assert not Idea.objects.seen_by(people["assessor"]).exists()
    assert not Idea.objects.seen_by(people["lead"]).exists()
    assert Idea.objects.judged_by(people["barred panel"]).filter(pk=idea.pk).exists()


@pytest.mark.parametrize("kind", ["assessor", "panel"])
def test_whoever_gives_up_the_role_reads_no_more_what_they_were_asked_to_judge(cast, kind):
    idea, people = cast
    Idea.objects.filter(pk=idea.pk).update(shared=False)

    idea.round.roles.get(person=people[kind], kind=kind).end(by=people["lead"])

    assert not Idea.objects.seen_by(people[kind]).exists()
    assert not Idea.objects.judged_by(people[kind]).exists()


def test_an_idea_without_a_round_is_led_by_those_who_run_the_programme():
    runner, other = make_person(runs_programme=True), make_person()
    idea = make_idea(shared=False)

    assert Idea.objects.led_by(runner).get() == idea
    assert not Idea.objects.seen_by(other).exists()


def test_hidden_ideas_are_those_one_is_disqualified_from(cast):
    idea, people = cast

    assert Idea.objects.hidden_from(people["barred assessor"]).get() == idea
    assert not Idea.objects.hidden_from(people["assessor"]).exists()


def test_sight_is_one_statement_however_many_ideas(cast, django_assert_num_queries):
    _, people = cast
    for _number in range(3):
        make_idea()

    for person in (people["lead"], people["substitute"], people["assessor"], people["colleague"]):
        with django_assert_num_queries(1):
            list(Idea.objects.seen_by(person))


def test_the_substitute_steps_in_where_no_lead_is_free():
    first, second, substitute = make_person(), make_person(), make_person()
    round = make_round(lead=first)
    give_role(round, second, "lead")
    give_role(round, substitute, "substitute")
    idea = make_idea(round=round, shared=False)

    disqualify(idea, first)
    assert not Idea.objects.led_by(substitute).exists()
    assert (Idea.objects.led_by(second).get(), idea.lead_in_charge()) == (idea, second)

    second.leave(by=make_person())
    assert (Idea.objects.led_by(substitute).get(), idea.lead_in_charge()) == (idea, substitute)
