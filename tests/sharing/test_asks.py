"""Asks and offers between projects, answered with one click."""

import pytest
from django.urls import reverse

from oppdrift.history.models import Message
from oppdrift.sharing.models import Ask, Reply
from oppdrift.sharing.policies.mutual import may_close_ask, may_put, may_reply
from oppdrift.sharing.steps.mutual import steps_of_asks
from oppdrift.toolbox.answers import NotNow
from tests.factories import disqualify, give_part, make_person, make_round
from tests.sharing.making import make_project

pytestmark = pytest.mark.django_db


def make_ask(**fields):
    idea = fields.pop("idea", None) or make_project()
    fields.setdefault("by", idea.created_by)
    return Ask.put(fields.pop("kind", "ask"), idea.round, title="Noen som kan sensorer", idea=idea, **fields)


def test_an_answer_reaches_whoever_asked_in_a_letter_that_can_be_answered():
    ask, colleague = make_ask(), make_person("Pia Nes")

    ask.reply("Jeg kan komme på torsdag.", by=colleague)

    letter = Message.objects.get(kind="ask_answered")
    assert (letter.receiver, letter.state, letter.reply_to) == (ask.by, "queued", colleague.email)
    assert "Jeg kan komme på torsdag." in letter.body


def test_two_presses_are_one_answer_and_one_letter():
    ask, colleague = make_ask(), make_person()

    for words in ("Jeg kan.", "Jeg kan. ", "Og jeg har en sensor."):
        ask.reply(words, by=colleague)

    assert ask.replies.count() == Message.objects.filter(kind="ask_answered").count() == 2


def test_answers_are_read_by_the_project_its_lead_and_whoever_gave_them():
    lead = make_person()
    idea = make_project(round=make_round(lead=lead))
    mate, colleague, other = give_part(idea, make_person(), "team").person, make_person(), make_person()
    make_ask(idea=idea).reply("Ja", by=colleague)

    assert [bool(Reply.objects.seen_by(who)) for who in (mate, lead, colleague, other)] == [True, True, True, False]
    disqualify(idea, lead)
    assert not Reply.objects.seen_by(lead).exists()


def test_only_projects_coaches_and_the_lead_write_and_everybody_answers():
    lead = make_person()
    idea = make_project(round=make_round(lead=lead))
    coach, colleague = give_part(idea, make_person(), "coach").person, make_person()

    assert [bool(may_put(who, idea.round)) for who in (idea.created_by, coach, lead, colleague)] == [1, 1, 1, 0]
    ask = make_ask(idea=idea)
    assert may_reply(colleague, ask)
    assert not may_reply(ask.by, ask)


def test_a_round_without_projects_or_one_that_is_closed_takes_none():
    lead = make_person()
    without = make_round(lead=lead, stages=["call"])
    closed = make_round(lead=lead, deadline="2020-01-01T12:00")
    closed.close(by=lead)

    for round in (without, closed):
        with pytest.raises(NotNow):
            Ask.put("offer", round, title="Avtalemal", by=lead)


def test_a_closed_ask_says_what_came_of_it_and_takes_no_more_answers():
    ask = make_ask()

    ask.close("De fikk en time med vannverket.", by=ask.by)

    assert ask.came_of_it == "De fikk en time med vannverket."
    for deed in (lambda: ask.reply("Ja", by=make_person()), lambda: ask.close("", by=ask.by)):
        with pytest.raises(NotNow, match="closed"):
            deed()
    with pytest.raises(NotNow, match="closed"):
        ask.change(by=ask.by, title="Noe annet")


def test_what_is_open_ends_with_its_round():
    lead = make_person()
    idea = make_project(round=make_round(lead=lead, deadline="2020-01-01T12:00"))
    ask = make_ask(idea=idea)

    idea.round.close(by=lead)

    ask = Ask.objects.get(pk=ask.pk)
    assert not Ask.objects.open().exists()
    assert set(Ask.objects.closed()) == {ask}
    with pytest.raises(NotNow, match="closed"):
        ask.reply("Ja", by=make_person())


def test_an_empty_answer_is_asked_for_a_sentence():
    with pytest.raises(NotNow, match="Write a sentence"):
        make_ask().reply("  ", by=make_person())


def test_the_step_is_there_while_an_answer_waits():
    ask = make_ask()
    assert steps_of_asks(ask.by) == []

    ask.reply("Ja", by=make_person())
    (step,) = steps_of_asks(ask.by)
    assert "Noen som kan sensorer" in step.title

    ask.close("", by=ask.by)
    assert steps_of_asks(ask.by) == []


def test_one_of_the_team_closes_what_another_wrote():
    idea = make_project()
    mate = give_part(idea, make_person(), "team").person

    assert may_close_ask(mate, make_ask(idea=idea))
    assert not may_close_ask(make_person(), make_ask(idea=idea))


def test_the_whole_way_on_the_pages(client):
    idea = make_project()
    asker, colleague = idea.created_by, make_person(language="en")
    client.force_login(asker)
    client.post(
        reverse("sharing:new_ask", args=[idea.round_id]),
        {"kind": "offer", "title": "En ferdig avtalemal", "text": "", "idea": idea.pk},
    )
    ask = Ask.objects.get()

    client.force_login(colleague)
    assert "En ferdig avtalemal" in client.get(reverse("sharing:asks")).content.decode()
    assert "Fill this in" in client.post(reverse("sharing:reply", args=[ask.pk]), {"text": ""}).content.decode()
    client.post(reverse("sharing:reply", args=[ask.pk]), {"text": "Ja takk"})
    client.force_login(asker)
    assert "Ja takk" in client.get(ask.get_absolute_url()).content.decode()
    client.post(reverse("sharing:change_ask", args=[ask.pk]), {"title": "En avtalemal", "text": "Gjennomgått"})
    client.post(reverse("sharing:close_ask", args=[ask.pk]), {"came_of_it": "Tre tok den."})

    ask.refresh_from_db()
    assert (ask.title, ask.came_of_it, ask.is_closed) == ("En avtalemal", "Tre tok den.", True)
