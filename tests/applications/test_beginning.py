"""An application begins as a draft of an idea, and may be withdrawn and brought back."""

import pytest

from oppdrift.applications.models import Application
from oppdrift.history.models import Event, Message
from oppdrift.ideas.models import Decision, Idea
from oppdrift.rounds.models import Edition, Question
from oppdrift.toolbox.answers import NotNow
from tests.factories import make_application, make_idea, make_person, make_round, moment

pytestmark = pytest.mark.django_db


def test_an_application_begun_directly_has_an_idea_of_its_own_kept_to_the_team():
    writer, spring = make_person(), make_round()

    draft = Application.begin(spring, by=writer, title="Nattro")

    assert draft.is_draft
    assert (draft.idea.title, draft.idea.source, draft.idea.round) == ("Nattro", Idea.Source.APPLICATION, spring)
    assert not draft.idea.shared
    assert [part.person for part in draft.idea.team()] == [writer]
    assert Event.objects.filter(verb="application.begun", by=writer).count() == 1


def test_the_texts_of_an_idea_come_along_to_the_questions_they_fit():
    writer, spring = make_person(), make_round()
    Question.objects.create(edition=spring.editions.last(), key="solution", section="Løsning", label="Hva vil dere?")
    idea = make_idea(team=[writer], problem="Vi vekker folk.", wish="La dem sove.", round=None)

    draft = Application.begin(spring, by=writer, idea=idea)

    assert draft.texts() == {"challenge": "Vi vekker folk.", "solution": "La dem sove."}
    assert draft.idea.round == spring


def test_an_idea_applies_once():
    spring = make_round()
    idea = make_application(round=spring).idea

    with pytest.raises(NotNow, match="already"):
        Application.begin(spring, by=idea.created_by, idea=idea)


def test_nothing_begins_before_the_call_opens_or_after_the_deadline(time_machine):
    spring = make_round(opens_at="2026-01-10T08:00", deadline="2026-02-13T12:00", published_at="2026-01-01T08:00")

    time_machine.move_to(moment("2026-01-09T08:00"))
    early = Application.can_begin(spring)
    time_machine.move_to(moment("2026-02-13T12:00:01"))
    late = Application.can_begin(spring)

    assert not early
    assert not late


def test_a_draft_follows_the_newest_edition_and_one_handed_in_keeps_its_own():
    spring = make_round()
    draft, done = make_application(round=spring), make_application(round=spring, submitted=True)

    newer = Edition.objects.create(round=spring, number=2)

    assert draft.current_edition == newer
    assert done.current_edition.number == 1


def test_a_withdrawn_application_can_be_brought_back_until_the_deadline(time_machine):
    time_machine.move_to(moment("2026-02-10T12:00"))
    spring = make_round(deadline="2026-02-13T12:00")
    done = make_application(round=spring, submitted=True)
    writer = done.idea.created_by

    done.withdraw(by=writer)
    done.bring_back(by=writer)
    assert done.is_handed_in
    done.withdraw(by=writer)
    time_machine.move_to(moment("2026-02-13T12:00:01"))

    with pytest.raises(NotNow, match="deadline has passed"):
        done.bring_back(by=writer)
    assert Application.objects.get().is_withdrawn


def test_a_withdrawn_draft_comes_back_as_a_draft():
    draft = make_application()

    draft.withdraw(by=draft.idea.created_by)
    draft.bring_back(by=draft.idea.created_by)

    assert draft.is_draft


def test_what_has_been_decided_is_not_withdrawn():
    done = make_application(submitted=True)
    lead = make_person()
    decision = Decision.make(done.idea, "shortlist", "declined", reason="Ikke nå", by=lead)
    Decision.release([decision], by=lead)

    with pytest.raises(NotNow, match="decision"):
        done.withdraw(by=done.idea.created_by)


def test_an_extension_needs_a_reason_and_a_later_moment_and_its_letters_wait_in_the_outbox(time_machine):
    time_machine.move_to(moment("2026-02-10T12:00"))
    lead = make_person()
    spring = make_round(lead=lead, deadline="2026-02-13T12:00")
    draft = make_application(round=spring, team=[make_person(), make_person()])

    with pytest.raises(NotNow, match="reason"):
        draft.extend(moment("2026-02-16T12:00"), reason=" ", by=lead)
    with pytest.raises(NotNow, match="later"):
        draft.extend(moment("2026-02-13T11:00"), reason="Sykdom", by=lead)
    draft.extend(moment("2026-02-16T12:00"), reason="Sykdom i teamet", by=lead)

    assert Application.objects.get().deadline == moment("2026-02-16T12:00")
    letters = Message.objects.filter(kind="extension")
    assert [letter.state for letter in letters] == ["draft", "draft"]
    assert "Sykdom i teamet" in letters[0].body
    assert "16.\u00a0februar kl.\u00a012.00" in letters[0].body
