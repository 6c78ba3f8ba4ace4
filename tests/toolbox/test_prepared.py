"""Questions that are put into words once: the same answers as plain querysets, from the database each time."""

import datetime as dt

import pytest
from django.db import connection
from django.db.models import Exists, OuterRef

from oppdrift.ideas.models import Disqualification, Idea, Part
from oppdrift.people.models import Person
from oppdrift.rounds.models import Role, Round
from oppdrift.toolbox import clock
from oppdrift.toolbox.clock import now
from oppdrift.toolbox.once import remembering
from oppdrift.toolbox.prepared import Fixed, prepared
from tests.factories import disqualify, make_idea, make_person, make_round

pytestmark = [pytest.mark.django_db, pytest.mark.db_rules]


@prepared
def seen(person, title):
    return Idea.objects.seen_by(person).filter(title=title).select_related("round").order_by("pk")


def test_it_gives_what_the_queryset_gives_for_whoever_asks():
    lead, member, colleague = make_person(), make_person(), make_person()
    kept = make_idea(round=make_round(lead=lead), team=[member], title="Båt", shared=False)
    make_idea(title="Bil", shared=False)

    answers = {person: seen(person, "Båt") for person in (lead, member, colleague)}

    assert answers == {lead: [kept], member: [kept], colleague: []}
    assert seen(lead, "Bil") == []


def test_things_come_whole_with_what_belongs_to_them(django_assert_num_queries):
    person = make_person()
    idea = make_idea(round=make_round(), team=[person], title="Båt")
    seen(person, "Båt")

    with django_assert_num_queries(1):
        found = seen.first(person, "Båt")
        assert found.round == idea.round

    assert found.created_at == idea.created_at
    assert found._state.db == "default"


def test_nothing_that_was_answered_is_remembered():
    lead = make_person()
    idea = make_idea(round=make_round(lead=lead), title="Båt", shared=False)

    with remembering():
        before = seen(lead, "Båt")
        disqualify(idea, lead)
        after = seen(lead, "Båt")

    assert (before, after) == ([idea], [])


@prepared
def places_ahead(person, within):
    return (
        Round.objects.filter(deadline__gt=now(), deadline__lte=now() + dt.timedelta(days=30))
        .filter(Exists(Role.objects.in_force().filter(round=OuterRef("pk"), person=person)))
        .filter(published_at__lte=within)
        .values_list("pk", flat=True)
    )


def test_the_present_moment_is_the_one_of_each_asking():
    lead = make_person()
    round = make_round(lead=lead)
    published, deadline = round.published_at, round.deadline

    for moment, found in [(deadline - dt.timedelta(days=31), []), (deadline - dt.timedelta(days=29), [round.pk])]:
        with clock.at(moment):
            assert places_ahead(lead, published) == found
    with clock.at(deadline):
        assert places_ahead(lead, published) == []
    with clock.at(deadline - dt.timedelta(days=1)):
        assert places_ahead(lead, published - dt.timedelta(seconds=1)) == []


@prepared
def led(person):
    return Idea.objects.led_by(person)


def test_yes_and_no_of_a_thing_are_part_of_the_question():
    somebody, manager = make_person(), make_person(runs_programme=True)
    loose = make_idea()

    assert (led(somebody), led(manager)) == ([], [loose] if loose.round is None else [])


def test_what_is_left_out_is_part_of_the_question_by_its_name():
    @prepared
    def people(*, name=None, title=None):
        wanted = {key: value for key, value in {"name": name, "title": title}.items() if value is not None}
        return Person.objects.filter(**wanted).order_by("pk")

    kari, coach = make_person(name="Kari"), make_person(title="Kari")

    assert people(name="Kari", title=None) == [kari]
    assert people(name=None, title="Kari") == [coach]


@prepared
def called_so(person):
    return Idea.objects.filter(created_by=person, title="100 % «båt's»", round=None, pk__gt=-1).values_list(
        "title", "shared"
    )


def test_what_is_part_of_the_question_stands_in_its_words():
    person = make_person()
    make_idea(team=[person], title="100 % «båt's»", shared=True)
    make_idea(team=[person], title="100 x «båt's»")

    assert called_so(person) == [("100 % «båt's»", True)]

    [worded] = called_so.worded.values()
    if connection.vendor == "sqlite":  # it plans anew each time such a value is given to it
        assert "'100 %% «båt''s»'" in worded.sql
        assert worded.fixed == {}
    assert list(worded.places.values()) == ["place0"]


def test_any_number_of_keys_may_be_asked_for():
    some, others = [make_person() for _ in range(2)], [make_person() for _ in range(3)]
    question = prepared(lambda keys: Person.objects.filter(pk__in=keys).order_by("pk"))

    assert question([person.pk for person in some]) == some
    assert question([person.pk for person in others]) == others
    assert question([]) == []
    assert len(question.worded) == 1


def test_rows_are_cut_into_parts_and_read_one_after_the_other():
    everybody = [make_person() for _ in range(3)]
    question = prepared(lambda key: Person.objects.filter(pk__gte=key).order_by("pk"))

    assert question.part(slice(1, 3), everybody[0].pk) == everybody[1:]
    assert next(question.each(everybody[1].pk)) == everybody[1]


def test_rows_come_in_every_shape():
    person = make_person()
    idea = make_idea(team=[person], title="Båt")
    parts = Part.objects.in_force

    shapes = [
        prepared(lambda who: parts().filter(person=who).values_list("idea", "kind")),
        prepared(lambda who: parts().filter(person=who).values("idea")),
        prepared(lambda who: parts().filter(person=who).values_list("idea", named=True)),
        prepared(lambda who: parts().filter(person=who).select_related(None).prefetch_related("idea")),
        prepared(lambda who: Part.objects.none()),
    ]
    as_tuple, as_dict, named, things, nothing = [shape(person) for shape in shapes]

    assert as_tuple == [(idea.pk, "team")]
    assert as_dict == [{"idea": idea.pk}]
    assert named[0].idea == idea.pk
    assert [part.idea for part in things] == [idea]
    assert nothing == []


def test_it_is_worded_once():
    person, worded = make_person(), []
    question = prepared(lambda who: worded.append(who) or Person.objects.filter(pk=who.pk))

    assert [question(person), question(make_person()), question(person)][0] == [person]
    assert len(worded) == 1


@pytest.mark.parametrize(
    "ask",
    [
        lambda who: Disqualification.objects.filter(since__lt=dt.datetime(2026, 1, 1, tzinfo=dt.UTC)),
        lambda who: Person.objects.filter(pk=1) if who else Person.objects.all(),
        lambda who: Person.objects.filter(pk=1) if who == 1 else Person.objects.all(),
        lambda who: Person.objects.filter(name=who.name),
        lambda who: Person.objects.all() if now() > dt.datetime(2026, 1, 1, tzinfo=dt.UTC) else Person.objects.none(),
    ],
)
def test_what_holds_for_one_asking_only_is_refused(ask):
    with pytest.raises((Fixed, TypeError, AttributeError)):
        prepared(ask)(make_person())


def test_a_key_too_large_for_the_database_is_nobodys():
    assert seen(make_person(), "Båt") == []
    assert prepared(lambda key: Person.objects.filter(pk=key))(2**80) == []
