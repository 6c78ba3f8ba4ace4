"""Reminders go to who is late, or soon will be, and to nobody who is on time."""

import datetime as dt

import pytest
from django.urls import reverse

from oppdrift.assessing.queue import workloads
from oppdrift.assessing.reminders import named, remind
from oppdrift.history.models import Message
from oppdrift.toolbox.clock import now

from .making import hand_in, make_assessor, make_assigned, make_led_round

pytestmark = pytest.mark.django_db

DAY = dt.timedelta(days=1)


def make_case(days):
    """So many days are left; Emil has something to do, Berit has nothing."""
    round, lead = make_led_round(assess_by=(now() + days * DAY).isoformat())
    emil, berit = make_assessor(round, "Emil Fjeldstad"), make_assessor(round, "Berit Haugland")
    hand_in(make_assigned(round, lead, emil, berit), berit)
    lead.language = "en"
    lead.save()
    return round, lead, emil


@pytest.mark.parametrize(("days", "reminded"), [(6, []), (4, ["Emil Fjeldstad"]), (-1, ["Emil Fjeldstad"])])
def test_who_has_something_left_is_reminded_from_five_days_before(days, reminded):
    round, lead, _emil = make_case(days)

    assert [letter.receiver.name for letter in remind(round, by=lead)] == reminded


def test_while_all_are_on_time_there_is_no_button_and_no_letter(client):
    round, lead, _emil = make_case(20)
    client.force_login(lead)

    page = client.get(reverse("assessing:progress", args=[round.pk])).content.decode()
    client.post(reverse("assessing:remind", args=[round.pk]))

    assert "Write a reminder" not in page
    assert "Everybody is on time." in page
    assert "In time" in page
    assert not Message.objects.exists()


@pytest.mark.parametrize("days", [4, -1])
def test_the_button_names_them_and_none_of_them_is_called_on_time(client, days):
    round, lead, _emil = make_case(days)
    client.force_login(lead)

    page = client.get(reverse("assessing:progress", args=[round.pk])).content.decode()

    assert "Write a reminder to Emil Fjeldstad" in page
    assert "In time" not in page


def test_many_are_named_by_the_first_ones_and_how_many_more():
    round, lead, _emil = make_case(1)
    for name in ("Anne", "Bo", "Carl"):
        make_assigned(round, lead, make_assessor(round, name))
    owing = [each for each in workloads(round, lead) if each.missing]

    assert named(owing[:1]) == "Anne"
    assert named(owing[:3]) == "Anne, Bo and Carl"
    assert named(owing) == "Anne, Bo and 2 more"
