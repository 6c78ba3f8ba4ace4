"""What is asked once while a page is read, and asked anew where something is written."""

import pytest

from oppdrift.ideas.models import Disqualification, Idea
from oppdrift.toolbox.once import OnceARequest, is_remembered, once, remembering
from tests.factories import disqualify, make_application, make_person, make_round

pytestmark = pytest.mark.django_db


def test_a_question_is_asked_once_while_a_page_is_read(rf):
    asked = []
    question = once(lambda person: asked.append(person) or len(asked))
    person = make_person()

    def view(request):
        return [question(person), question(person)]

    assert OnceARequest(view)(rf.get("/")) == [1, 1]
    assert OnceARequest(view)(rf.get("/")) == [2, 2]
    assert OnceARequest(view)(rf.post("/")) == [3, 4]
    assert not is_remembered()


def test_whoever_may_see_an_idea_is_the_same_with_and_without_memory():
    lead, member, stranger, barred = (make_person() for _ in range(4))
    round = make_round(lead=lead)
    shown = make_application(round=round, team=[member], submitted=True).idea
    hidden = make_application(round=round, submitted=True, shared=False).idea
    disqualify(hidden, lead)

    def seen() -> list:
        questions = ("seen_by", "led_by", "judged_by", "of", "close_to", "hidden_from")
        people = (lead, member, stranger, barred)
        return [[set(getattr(Idea.objects, each)(person)) for each in questions] for person in people]

    anew = seen()
    with remembering():
        remembered = seen()

    assert anew == remembered
    assert anew[0][1] == {shown}
    assert anew[0][5] == {hidden}


def test_a_tie_declared_by_a_post_counts_in_the_same_request(rf):
    lead = make_person()
    idea = make_application(round=make_round(lead=lead), submitted=True).idea

    def view(request):
        before = Idea.objects.led_by(lead).exists()
        Disqualification.declare(idea, lead, ground="family", by=lead)
        return before, Idea.objects.led_by(lead).exists()

    assert OnceARequest(view)(rf.post("/")) == (True, False)
