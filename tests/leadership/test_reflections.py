"""Reflections: the unit's own, and the lead's when their writer says so."""

import pytest
from django.urls import reverse

from oppdrift.leadership.models import Reflection
from oppdrift.leadership.policies import may_keep
from oppdrift.toolbox.answers import NotNow
from tests.factories import disqualify, make_idea, make_person
from tests.leadership.test_participation import take_part

pytestmark = pytest.mark.django_db

WORDS = {"tried": "Fem spørsmål.", "saw": "Tre problemer.", "differently": "Begynne med problemet."}


def reflect(row, **fields) -> Reflection:
    return Reflection.write(row, "problem", by=row.person, **{**WORDS, **fields})


def test_it_is_read_by_the_unit_and_by_the_lead_only_when_it_is_shared():
    row = take_part()
    mate = take_part(row.round, row.unit, kind="enthusiast").person
    other, lead = take_part(row.round).person, row.round.lead_in_charge()
    reflection = reflect(row)

    def readers():
        who = {"own": row.person, "mate": mate, "other": other, "lead": lead}
        return {name for name, person in who.items() if reflection in Reflection.objects.seen_by(person)}

    assert readers() == {"own", "mate"}
    reflection.share(by=row.person)
    assert readers() == {"own", "mate", "lead"}
    reflection.keep(by=row.person)
    assert readers() == {"own", "mate"}


def test_a_disqualified_lead_does_not_read_what_is_shared_about_the_idea():
    row = take_part()
    lead = row.round.lead_in_charge()
    reflection = reflect(row, idea=make_idea(round=row.round, team=[row.person]))
    reflection.share(by=row.person)
    assert reflection in Reflection.objects.seen_by(lead)

    disqualify(reflection.idea, lead)

    assert reflection not in Reflection.objects.seen_by(lead)


def test_whoever_has_left_reads_what_is_their_own_and_writes_no_more():
    row = take_part()
    mate = take_part(row.round, row.unit, kind="enthusiast")
    own, others = reflect(row), reflect(mate)

    row.end(by=row.person)

    assert set(Reflection.objects.seen_by(row.person)) == {own}
    assert others not in Reflection.objects.seen_by(row.person)
    with pytest.raises(NotNow, match="no longer"):
        reflect(row)


def test_only_its_writer_decides_about_it():
    row = take_part()
    mate = take_part(row.round, row.unit, kind="enthusiast").person

    assert may_keep(row.person, reflect(row))
    assert not may_keep(mate, reflect(row))


def test_one_tries_a_card_and_writes_changes_shares_and_erases(client):
    row = take_part()
    idea = make_idea(round=row.round, team=[row.person])
    client.force_login(row.person)

    client.post(reverse("leadership:reflect", args=["problem"]), {**WORDS, "idea": idea.pk})
    reflection = Reflection.objects.get()
    client.post(reverse("leadership:change_reflection", args=[reflection.pk]), {**WORDS, "saw": "Fire.", "idea": ""})
    client.post(reverse("leadership:share", args=[reflection.pk]))

    reflection.refresh_from_db()
    assert (reflection.saw, reflection.idea) == ("Fire.", None)
    assert reflection.shared_at
    assert "Fire." in client.get(reverse("leadership:mine")).content.decode()
    client.post(reverse("leadership:keep", args=[reflection.pk]))
    client.post(reverse("leadership:erase_reflection", args=[reflection.pk]))
    assert not Reflection.objects.exists()


def test_who_does_not_take_part_writes_nothing(client):
    client.force_login(make_person())

    assert client.post(reverse("leadership:reflect", args=["problem"]), WORDS).status_code == 403
