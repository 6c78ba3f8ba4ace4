"""Links between projects: suggested with reasons, decided by people, seen by those they concern."""

import pytest
from django.db import IntegrityError, transaction
from django.urls import reverse

from oppdrift.history.models import Event, Message
from oppdrift.sharing import suggesting
from oppdrift.sharing.models import ConceptList, Link
from oppdrift.sharing.models.concepts import Concept, Unreadable, read, usual
from oppdrift.sharing.network import drawn
from oppdrift.sharing.policies.mutual import may_call
from oppdrift.sharing.reasons import in_sentences
from oppdrift.toolbox.answers import NotNow
from oppdrift.toolbox.clock import now
from tests.factories import (
    disqualify,
    give_part,
    make_application,
    make_idea,
    make_person,
    make_round,
    make_unit,
    make_version,
)
from tests.scenes import starts_from
from tests.sharing.making import make_project

pytestmark = pytest.mark.django_db

NIGHT = "Nattevaktene går for å se om alle sover, og de pårørende vet ikke om nattevaktene har sett noe på sykehjemmet."
KEYS = "Nattevaktene leter etter nøkkelen, og de pårørende venter mens nattevaktene går tilbake til sykehjemmet."
WATER = "Lekkasjen hørtes på ledningen i flere uker, og abonnentene fikk ikke vite om lekkasjen før vannet ble borte."


def make_three(lead, **fields):
    round = make_round(lead=lead)
    projects = [
        make_project(round=round, title=title, problem=problem, **fields)
        for title, problem in [("Nattro", NIGHT), ("Felles nøkkel", KEYS), ("Vannvakta", WATER)]
    ]
    return round, projects


def make_looked_at():
    """Three projects of one round, and what was found between them."""
    lead = make_person()
    round, projects = make_three(lead)
    suggesting.look(round, by=lead)
    return round, lead, projects


looked_at = starts_from(make_looked_at)


def between(one, other):
    return Link.objects.filter(**Link.pair(one, other)).first()


@looked_at
def test_a_suggestion_says_what_two_projects_have_in_common(scene):
    _round, _lead, (night, keys, water) = scene
    link = between(night, keys)
    assert link.state == "suggested"
    assert in_sentences(link.reasons)[0] == "Both are there for eldre, pårørende and nattevakter."
    assert not between(night, water)


@looked_at
def test_what_people_have_decided_stays_and_is_not_suggested_anew(scene):
    round, lead, (night, keys, _water) = scene
    between(night, keys).dismiss(by=lead)

    suggesting.look(round, by=lead)

    assert between(night, keys).state == "dismissed"


def test_a_shared_idea_and_an_earlier_project_are_among_those_compared():
    lead = make_person()
    round = make_round(lead=lead)
    night, _water = (make_project(round=round, problem=problem) for problem in (NIGHT, WATER))
    idea = make_idea(title="Delt", problem=KEYS)
    earlier = make_project(title="Fra i fjor", problem=KEYS)
    kept = make_idea(title="Holdt", problem=KEYS, shared=False)

    suggesting.look(round, by=lead)

    assert between(night, idea)
    assert between(night, earlier)
    assert not between(night, kept)


def test_what_rests_on_an_application_is_for_those_who_may_read_both():
    lead, colleague = make_person(), make_person()
    round = make_round(lead=lead)
    night, keys, water = (make_project(round=round, title=title) for title in ("Nattro", "Felles nøkkel", "Vannvakta"))
    for idea, text in ((night, NIGHT), (keys, KEYS), (water, WATER)):
        make_version(make_application(round=round, idea=idea), answers={"challenge": text * 2})

    suggesting.look(round, by=lead)

    link = between(night, keys)
    assert not link.rests_on_open
    assert link in Link.objects.seen_by(lead)
    assert link not in Link.objects.seen_by(colleague)
    assert link not in Link.objects.seen_by(night.created_by), "the team may not read the other's application"


def test_a_confirmed_link_is_seen_by_both_projects_though_neither_sees_the_other():
    lead, stranger = make_person(), make_person()
    round = make_round(lead=lead)
    one, other = (make_project(round=round, shared=False) for _ in range(2))

    Link.join(one, other, "reuse", words="Del opplæringen", by=lead)

    link = between(one, other)
    assert all(link in Link.objects.seen_by(idea.created_by) for idea in (one, other))
    assert link not in Link.objects.seen_by(stranger)
    assert {event.root_id for event in Event.objects.filter(verb="link.confirmed")} == {one.pk, other.pk}


def test_a_disqualified_lead_sees_no_link_of_the_project():
    lead = make_person()
    round = make_round(lead=lead)
    one, other = (make_project(round=round, shared=False) for _ in range(2))
    Link.join(one, other, "meet", by=one.created_by)

    disqualify(other, lead)

    assert not Link.objects.seen_by(lead).exists()


def test_reasons_are_shown_to_those_it_concerns_only_when_they_come_from_applications():
    lead, colleague = make_person(), make_person()
    round = make_round(lead=lead)
    one, other = (make_project(round=round, shared=True) for _ in range(2))
    link = Link.objects.create(**Link.pair(one, other), rests_on_open=False, reasons={"words": ["nattevakter"]})
    link.confirm("meet", by=lead)

    shown = {who: Link.objects.seen_by(who).with_reasons_for(who).get().shows_reasons for who in (lead, colleague)}

    assert shown == {lead: True, colleague: False}


def test_a_link_is_decided_once_and_can_be_taken_up_after_all():
    lead = make_person()
    one, other = (make_project(round=make_round(lead=lead)) for _ in range(2))
    Link.join(one, other, "same_data", by=lead)
    link = between(one, other)

    with pytest.raises(NotNow, match="confirmed already"):
        link.confirm("meet", by=lead)
    with pytest.raises(NotNow, match="another project"):
        Link.join(one, one, "meet", by=lead)
    link.dismiss(by=lead)
    link.confirm("meet", by=lead)

    assert (link.state, link.kind) == ("confirmed", "meet")


@pytest.mark.db_rules
def test_two_ideas_are_linked_once_and_in_order():
    one, other = make_idea(), make_idea()
    Link.objects.create(idea_a=one, idea_b=other)

    for pair in ({"idea_a": one, "idea_b": other}, {"idea_a": other, "idea_b": one}):
        with pytest.raises(IntegrityError), transaction.atomic():
            Link.objects.create(**pair)


def test_the_usual_concepts_are_understood_and_a_list_can_be_replaced():
    assert {concept.group for concept in read(usual())} == {"users", "goals", "topics"}

    ConceptList.write("[users]\n# merknad\nnattevakter: nattevakt, natt\n", by=make_person())

    assert read(ConceptList.in_force()) == [Concept("users", "nattevakter", ("nattevakter", "nattevakt", "natt"))]


@pytest.mark.parametrize("text", ["uten gruppe: ord", "[users]\n: bare ord", "[ukjent]\nord"])
def test_a_line_that_is_not_understood_is_named(text):
    with pytest.raises(Unreadable):
        read(text)
    with pytest.raises(NotNow, match="not understood"):
        ConceptList.write(text, by=make_person())


def test_units_of_the_same_area_are_near():
    area = make_unit("Helse")
    one, other = make_unit(parent=area), make_unit(parent=area)

    assert suggesting.shared_unit(one, one) == (one.name, "")
    assert suggesting.shared_unit(one, other) == ("", "Helse")
    assert suggesting.shared_unit(one, None) == ("", "")
    assert suggesting.shared_unit(area, make_unit()) == ("", "")


def test_the_drawing_has_a_dot_for_each_project_and_its_lines_cross_the_middle():
    lead = make_person()
    ideas = [make_project(round=make_round(lead=lead), title=f"Prosjekt {n} " + "x" * 40) for n in range(5)]
    pairs = [(0, 1), (0, 2), (3, 4)]

    network = drawn([Link(**Link.pair(ideas[one], ideas[other])) for one, other in pairs])

    assert (len(network.dots), len(network.lines)) == (5, 3)
    assert all(len(dot.name) <= 30 for dot in network.dots)
    assert all(one.x != other.x for one, other in network.lines)
    assert len({(dot.x, dot.y) for dot in network.dots}) == 5
    assert drawn([]) is None


def call_two(client, link, **fields):
    given = {
        "title": "Sammen om natten", "starts_at": "2099-03-12T09:00", "ends_at": "2099-03-12T11:00", "place": "Salen",
        "description": "", "parts": ["team", "coach"], **fields,
    }  # fmt: skip
    return client.post(reverse("sharing:call_together", args=[link.pk]), given, follow=True).content.decode()


def test_two_linked_projects_are_called_together_with_a_letter_to_each_of_their_teams_and_coaches(client):
    lead, both = make_person(language="en"), make_person("Ola Begge")
    round = make_round(lead=lead)
    one, other = (make_project(round=round, team=[make_person(), both], shared=True) for _ in range(2))
    coach, owner = give_part(one, make_person(), "coach").person, give_part(other, make_person(), "owner").person
    Link.join(one, other, "meet", by=lead)
    client.force_login(lead)

    text = call_two(client, between(one, other))
    again = call_two(client, between(one, other))

    session = between(one, other).session
    asked = {one.created_by, other.created_by, both, coach}
    assert "4 people are asked. The letters wait in the outbox." in text
    assert "They are called together" in text
    assert "They are called together already." in again
    assert {row.person for row in session.invitations.all()} == asked
    letters = Message.objects.filter(kind="gathering_invitation")
    assert sorted(letter.receiver.pk for letter in letters) == sorted(person.pk for person in asked)
    assert {letter.state for letter in letters} == {"draft"}
    assert not session.invitations.filter(person=owner).exists()
    assert {event.root_id for event in Event.objects.filter(verb="link.called_together")} == {one.pk, other.pk}


def test_when_the_two_meet_is_read_by_those_who_are_asked_and_they_can_be_called_again_after_a_cancelled_one(client):
    lead, colleague = make_person(language="en"), make_person(language="en")
    round = make_round(lead=lead)
    one, other = (make_project(round=round, shared=True) for _ in range(2))
    Link.join(one, other, "meet", by=lead)
    client.force_login(lead)
    call_two(client, between(one, other))

    shown = {
        who: Link.objects.seen_by(who).with_session_for(who).get().shows_session
        for who in (lead, one.created_by, other.created_by, colleague)
    }
    between(one, other).session.cancel(by=lead, reason="Sykdom")
    call_two(client, between(one, other))

    assert list(shown.values()) == [True, True, True, False]
    assert not between(one, other).session.is_cancelled
    assert Message.objects.filter(kind="gathering_invitation").count() == 4


def test_only_a_confirmed_link_in_an_open_round_is_called_together():
    lead = make_person()
    round = make_round(lead=lead)
    one, other = (make_project(round=round) for _ in range(2))
    link = Link.objects.create(**Link.pair(one, other))
    assert "Confirm the link first" in link.can_call()

    link.confirm("meet", by=lead)
    assert may_call(lead, link)
    assert not may_call(one.created_by, link)
    round.closed_at = now()
    round.save()

    assert "closed" in Link.objects.get().can_call()


def test_the_lead_looks_confirms_and_both_projects_read_it(client):
    lead = make_person(language="en")
    round, (night, keys, _water) = make_three(lead)
    client.force_login(lead)
    address = reverse("sharing:links", args=[round.pk])
    assert "Nobody has looked yet" in client.get(address).content.decode()

    client.post(reverse("sharing:look", args=[round.pk]))
    link = between(night, keys)
    assert "Both are there for" in client.get(address).content.decode()
    client.post(reverse("sharing:confirm", args=[link.pk]), {"kind": "reuse", "words": "Del opplæringen."})

    member = give_part(keys, make_person(language="en"), "team").person
    client.force_login(member)
    text = client.get(keys.get_absolute_url()).content.decode()
    assert "Nattro" in text
    assert "Del opplæringen." in text
