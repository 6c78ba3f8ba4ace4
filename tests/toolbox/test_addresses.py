"""Addresses with a memory are Django's own."""

import pytest
from django import urls
from django.template import Context, Template
from django.urls import NoReverseMatch

from oppdrift.toolbox import addresses


@pytest.mark.parametrize("key", [1, "1", 17])
def test_an_address_is_what_django_says_each_time(key):
    for _ in range(2):
        assert addresses.reverse("rounds:call", args=[key]) == urls.reverse("rounds:call", args=[key])


def test_it_is_looked_for_once(monkeypatch):
    addresses.reverse("rounds:call", args=[4711])
    monkeypatch.setattr(urls, "reverse", None)

    assert addresses.reverse("rounds:call", args=[4711]) == "/rounds/4711/call/"


def test_yes_is_not_taken_for_one():
    addresses.reverse("rounds:call", args=[1])

    with pytest.raises(NoReverseMatch):
        addresses.reverse("rounds:call", args=[True])


def test_a_page_that_is_not_there_is_refused_each_time():
    for _ in range(2):
        with pytest.raises(NoReverseMatch):
            addresses.reverse("rounds:nowhere")


def test_links_in_templates_are_worked_out_and_escaped():
    written = Template(
        "{% url 'rounds:call' key %} {% url 'rounds:nowhere' as none %}[{{ none }}]{% static 'a&b.css' %}"
    )

    assert written.render(Context({"key": 3})) == f"{urls.reverse('rounds:call', args=[3])} []/static/a%26b.css"
