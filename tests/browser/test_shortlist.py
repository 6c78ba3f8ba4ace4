"""The lead picks and releases at a desk; a team reads its answer on a phone and says yes."""

import datetime as dt
import re

import pytest
from django.conf import settings
from django.test import Client
from django.urls import reverse

from oppdrift.assessing.models import OfferAnswer
from oppdrift.history.models import Message
from oppdrift.ideas.models import Decision
from oppdrift.toolbox.clock import now
from tests.assessing.making import hand_in, make_assessor, make_assigned, make_led_round
from tests.factories import make_person

DESK, PHONE = {"width": 1280, "height": 800}, {"width": 390, "height": 844}


def open_as(page, server, person, address, size):
    client = Client()
    client.force_login(person)
    value = client.cookies[settings.SESSION_COOKIE_NAME].value
    page.context.add_cookies([{"name": settings.SESSION_COOKIE_NAME, "value": value, "url": server}])
    page.set_viewport_size(size)
    page.goto(address)


def url(name, thing):
    return reverse(f"assessing:{name}", args=[thing.pk])


@pytest.fixture
def spring(transactional_db):
    round, lead = make_led_round(deadline=now() - dt.timedelta(days=20), shortlist_places=1)
    assessors = [make_assessor(round) for _ in range(2)]
    best = make_assigned(round, lead, *assessors, title="Nattro", team=[make_person("Kari Berg")])
    other = make_assigned(round, lead, *assessors, title="Bok på hjul", team=[make_person("Ola Vik")])
    for assessor in assessors:
        hand_in(best, assessor, 4, 4)
        hand_in(other, assessor, 2, 3)
    round.lead, round.best, round.other = lead, best, other
    return round


def test_from_ranking_to_release_to_the_answer_of_a_team(page, server, spring):
    open_as(page, server, spring.lead, url("ranking", spring), DESK)
    page.get_by_role("row", name="Nattro").get_by_role("link", name="Avgjør").click()
    page.get_by_label("Videre til pitch").check()
    page.get_by_label("Begrunnelse").fill("Behovet er vist med tall.")
    page.get_by_role("button", name="Lagre og gå til neste").click()

    assert "Bok på hjul" in page.get_by_role("heading", level=1).inner_text()
    page.get_by_label("Ikke med videre").check()
    page.get_by_label("Begrunnelse").fill("Gevinsten er uklar.")
    page.get_by_role("button", name="Lagre og gå til neste").click()
    page.get_by_role("link", name="Se hvem som får hvilket svar").click()
    assert page.get_by_text("Kari Berg").is_visible()
    page.get_by_role("button", name="Frigi nå").click()

    page.get_by_text(re.compile("2 beslutninger")).wait_for()
    assert Decision.objects.released().count() == 2
    assert set(Message.objects.filter(key__startswith="shortlist:").values_list("state", flat=True)) <= {
        "queued",
        "sent",
    }

    member = spring.best.idea.team()[0].person
    open_as(page, server, member, url("outcome", spring.best), PHONE)
    page.get_by_role("button", name="Ja, det vil vi").click()

    page.get_by_role("heading", name="Dere har sagt ja til å pitche").wait_for()
    assert OfferAnswer.objects.get().answer == "yes"
    assert page.evaluate("document.documentElement.scrollWidth") <= PHONE["width"]
