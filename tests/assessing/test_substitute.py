"""A case that the lead is barred from: what the substitute sees of it, and what the lead is told of its letters."""

import pytest
from django.urls import reverse

from oppdrift.assessing import shortlist
from oppdrift.history.models import Message
from tests.factories import disqualify, give_role, make_application, make_person
from tests.scenes import starts_from

from .making import hand_in, make_assessor, make_assigned, make_led_round


def make_barred():
    """A round of two applications; the lead is barred from the first, which two assessors have judged."""
    round, lead = make_led_round()
    lead.language = "en"
    lead.save()
    assessors = [make_assessor(round), make_assessor(round)]
    hidden = make_assigned(round, lead, *assessors, title="Skjult")
    hand_in(hidden, assessors[0], 4, 3)
    hand_in(hidden, assessors[1], 4, 2)
    other = make_application(round=round, submitted=True, title="Synlig")
    substitute = make_person("Amir Khan", language="en")
    give_role(round, substitute, "substitute")
    disqualify(hidden.idea, lead)
    return round, lead, substitute, hidden, other


pytestmark = [pytest.mark.django_db, pytest.mark.db_rules, starts_from(make_barred)]


@pytest.fixture
def barred(scene):
    return scene


def page_of(client, person, name, thing):
    client.force_login(person)
    answer = client.get(reverse(f"assessing:{name}", args=[thing.pk]))
    assert answer.status_code == 200
    return answer.content.decode()


@pytest.mark.parametrize("is_decided", [False, True])
def test_the_substitute_reads_steps_of_the_scale_and_no_place_among_others(client, barred, is_decided):
    round, _lead, substitute, hidden, _other = barred
    if is_decided:
        shortlist.decide(hidden, "admitted", reason="Stort behov.", by=substitute)

    overview = page_of(client, substitute, "shortlist", round)
    case = page_of(client, substitute, "decide", hidden)

    for page in (overview, case):
        assert "<strong>4</strong> Mye" in page
        assert "from 2 assessors" in page
        assert "<strong>3</strong> Noe" in page
        assert "<strong>2</strong> Litt" in page
        assert "planned" not in page
        assert "Picked so far" not in page
        assert "picked for the pitch" not in page
    assert f"{int(is_decided)} of one case is decided" in overview


def test_the_lead_reads_ranks_and_no_steps(client, barred):
    _round, lead, _substitute, _hidden, other = barred

    page = page_of(client, lead, "decide", other)

    assert "Steps it got on the scale" not in page
    assert "Picked so far" in page


def test_letters_of_a_hidden_case_are_in_no_number_of_the_lead(client, barred):
    round, lead, substitute, hidden, other = barred
    shortlist.decide(hidden, "declined", reason="Nei.", by=substitute)
    shortlist.decide(other, "declined", reason="Nei.", by=lead)
    seen = Message.objects.about(other.idea).filter(state="draft").count()

    release, overview = page_of(client, lead, "release", round), page_of(client, lead, "shortlist", round)

    assert seen < Message.objects.filter(state="draft").count()
    assert f'<dt>Letters that leave</dt><dd><span class="number">{seen}</span>' in release
    assert reverse("front:outbox") + "?state=bound" in release
    assert "The letters of that case leave too, and are not in the numbers here." in release
    assert "With them leave those of the case that the substitute lead has." in overview


def test_the_lead_sees_that_a_correction_of_the_substitute_waits(client, barred):
    round, lead, substitute, hidden, other = barred
    shortlist.decide(hidden, "declined", reason="Nei.", by=substitute)
    shortlist.decide(other, "declined", reason="Nei.", by=lead)
    shortlist.release(round, by=lead)
    before = page_of(client, lead, "shortlist", round)

    shortlist.decide(hidden, "guidance_only", reason="Vi tok feil.", by=substitute)
    after = page_of(client, lead, "shortlist", round)

    assert "waits for release" not in before
    assert "A correction by the substitute lead waits for release" in after
    assert reverse("assessing:release", args=[round.pk]) in after
