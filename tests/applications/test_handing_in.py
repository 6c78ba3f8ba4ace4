"""Handing in: once, in time, complete; and again before the deadline or when asked."""

import datetime as dt
import threading

import pytest
from django.db import connection
from django.utils import translation

from oppdrift.applications.models import Application, TooLate, Version
from oppdrift.history.models import Event, Message
from oppdrift.rounds.models import Milestone
from oppdrift.toolbox.answers import NotNow
from tests.factories import make_application, make_person, make_round, moment

pytestmark = pytest.mark.django_db
NOON = "2026-02-13T12:00"


def make_full_draft(**fields) -> Application:
    draft = make_application(**fields)
    draft.write_all({"challenge": "Vi vekker folk om natten.", "amount": "310 000"}, by=draft.idea.created_by)
    return draft


def test_handing_in_freezes_what_is_written_as_version_one():
    draft = make_full_draft(title="Nattro")
    writer = draft.idea.created_by

    draft.submit(by=writer)
    draft.reopen(by=writer)
    draft.rename("Et annet navn", None, by=writer)

    version = Version.objects.get()
    assert (version.number, version.title, version.amount) == (1, "Nattro", 310_000)
    assert version.answers == {"challenge": "Vi vekker folk om natten.", "amount": "310 000"}
    stored = Application.objects.get()
    assert (stored.state, stored.number, stored.amount) == ("submitted", 1, 310_000)
    assert Event.objects.filter(verb="application.submitted").get().data == {"number": 1}


def test_applications_are_numbered_in_the_order_they_come_in():
    spring = make_round()
    first, second = make_full_draft(round=spring), make_full_draft(round=spring)

    second.submit(by=second.idea.created_by)
    first.submit(by=first.idea.created_by)

    assert (second.number, first.number) == (1, 2)


def test_the_whole_team_gets_a_receipt_at_once():
    team = [make_person(), make_person(language="nn")]
    spring = make_round(lead=make_person())
    Milestone.objects.create(round=spring, kind="shortlist", name="Utvalgt", at=moment("2026-03-20T00:00"))
    draft = make_full_draft(round=spring, team=team)

    draft.submit(by=team[0])

    letters = Message.objects.filter(kind="receipt")
    assert {letter.receiver for letter in letters} == set(team)
    assert {letter.state for letter in letters} == {"queued"}
    assert all("20.\u00a0mars" in letter.body for letter in letters)


def test_what_is_missing_is_named_and_nothing_is_handed_in():
    draft = make_application()
    draft.write("amount", "masse penger", by=draft.idea.created_by)

    problems = draft.problems()

    assert [problem.question.key for problem in problems] == ["challenge", "amount"]
    with pytest.raises(NotNow, match="missing"):
        draft.submit(by=draft.idea.created_by)
    assert Application.objects.get().is_draft


@pytest.mark.parametrize("second", ["12:00:00", "12:00:00.999999"])
def test_a_request_that_arrives_in_the_second_of_the_deadline_is_in_time(time_machine, second):
    time_machine.move_to(moment("2026-02-10T12:00"), tick=False)
    draft = make_full_draft(round=make_round(deadline=NOON))

    time_machine.move_to(moment("2026-02-13T12:00:03"), tick=False)
    draft.submit(by=draft.idea.created_by, at=moment(f"2026-02-13T{second}"))

    assert Application.objects.get().is_handed_in


def test_one_second_late_is_late_and_the_attempt_is_remembered(time_machine):
    time_machine.move_to(moment("2026-02-10T12:00"), tick=False)
    team = [make_person(), make_person()]
    draft = make_full_draft(round=make_round(deadline=NOON), team=team)

    time_machine.move_to(moment("2026-02-13T12:20:00"), tick=False)
    for _ in range(2):
        with pytest.raises(TooLate, match="deadline has passed"):
            draft.submit(by=team[0])

    stored = Application.objects.get()
    assert stored.is_draft
    assert stored.texts()["challenge"] == "Vi vekker folk om natten."
    events = Event.objects.filter(verb="application.refused_late")
    assert [event.data["minutes"] for event in events] == [20, 20]
    letters = Message.objects.filter(kind="late_refused")
    assert {letter.receiver for letter in letters} == set(team)
    assert {letter.state for letter in letters} == {"queued"}
    assert len(letters) == 2


def test_an_extension_lets_one_application_in_after_the_deadline(time_machine):
    time_machine.move_to(moment("2026-02-10T12:00"), tick=False)
    lead = make_person()
    spring = make_round(deadline=NOON, lead=lead)
    given, other = make_full_draft(round=spring), make_full_draft(round=spring)
    given.extend(moment("2026-02-16T12:00"), reason="Sykdom", by=lead)

    time_machine.move_to(moment("2026-02-16T11:59"), tick=False)
    given.submit(by=given.idea.created_by)

    with pytest.raises(TooLate):
        other.submit(by=other.idea.created_by)
    assert Application.objects.handed_in().get() == given


def test_what_is_handed_in_counts_while_it_is_corrected(time_machine):
    time_machine.move_to(moment("2026-02-10T12:00"), tick=False)
    done = make_full_draft(round=make_round(deadline=NOON))
    writer = done.idea.created_by
    done.submit(by=writer)

    with pytest.raises(NotNow, match="Open it for correction"):
        done.write("challenge", "Nytt", by=writer)
    done.reopen(by=writer)
    done.write("challenge", "Nytt", by=writer)

    time_machine.move_to(moment("2026-02-13T12:00:01"), tick=False)
    stored = Application.objects.get()
    assert stored.is_handed_in
    assert stored.latest().answers["challenge"] == "Vi vekker folk om natten."
    with pytest.raises(NotNow, match="deadline has passed"):
        stored.submit(by=writer)


def test_a_correction_becomes_the_next_version_with_the_same_number():
    done = make_full_draft()
    writer = done.idea.created_by
    done.submit(by=writer)
    done.reopen(by=writer)
    with pytest.raises(NotNow, match="Nothing has changed"):
        done.submit(by=writer)

    done.write("amount", "280 000", by=writer)
    done.submit(by=writer)

    assert [version.amount for version in done.versions.all()] == [310_000, 280_000]
    assert (done.number, done.amount, done.is_correcting) == (1, 280_000, False)


def test_an_application_handed_in_after_the_deadline_passed_is_only_called_already_handed_in(time_machine):
    time_machine.move_to(moment("2026-02-10T12:00"), tick=False)
    done = make_full_draft(round=make_round(deadline=NOON))
    done.submit(by=done.idea.created_by)

    time_machine.move_to(moment("2026-02-13T12:20"), tick=False)
    with pytest.raises(NotNow, match="already handed in"):
        done.submit(by=done.idea.created_by)

    assert not Event.objects.filter(verb="application.refused_late").exists()


def test_an_invited_team_hands_in_a_revised_version_and_says_what_changed(time_machine):
    time_machine.move_to(moment("2026-02-10T12:00"), tick=False)
    lead = make_person()
    done = make_full_draft(round=make_round(deadline=NOON, lead=lead))
    writer = done.idea.created_by
    done.submit(by=writer)
    time_machine.move_to(moment("2026-03-05T12:00"), tick=False)

    assert not done.can_revise()
    done.open_for_improvement(moment("2026-03-12T12:00"), by=lead)
    assert "Nothing has changed" in done.can_revise()
    done.write("challenge", "Vi vekker 14 av 24 hver natt.", by=writer)
    version = done.revise(by=writer, changed="Vi har talt.")

    assert (version.number, version.changed) == (2, "Vi har talt.")
    assert done.versions.first().answers["challenge"] == "Vi vekker folk om natten."
    assert Message.objects.filter(kind="receipt").count() == 2
    time_machine.move_to(moment("2026-03-12T12:00:01"), tick=False)
    done.improve_until = Application.objects.get().improve_until
    assert "deadline" in done.can_revise()
    assert not done.can_write()


def test_a_draft_is_not_opened_for_improvement():
    draft = make_application()

    with pytest.raises(NotNow, match="handed in"):
        draft.open_for_improvement(moment("2099-01-01T12:00"), by=make_person())


@pytest.mark.db_rules
@pytest.mark.django_db(transaction=True)
def test_two_tabs_that_hand_in_at_once_make_one_version():
    draft = make_full_draft(team=[make_person(), make_person()])
    people = [part.person for part in draft.idea.team()]

    answers = all_at_once([lambda who=who: Application.objects.get(pk=draft.pk).submit(by=who) for who in people])

    assert sorted(type(answer).__name__ for answer in answers) == ["NotNow", "Version"]
    assert "already handed in" in str(next(answer for answer in answers if isinstance(answer, NotNow)))
    assert Version.objects.count() == 1
    assert Message.objects.filter(kind="receipt").count() == 2


@pytest.mark.db_rules
@pytest.mark.django_db(transaction=True)
def test_teams_that_hand_in_at_once_get_a_number_each():
    spring = make_round()
    drafts = [make_full_draft(round=spring) for _ in range(4)]

    answers = all_at_once([lambda d=d: Application.objects.get(pk=d.pk).submit(by=d.idea.created_by) for d in drafts])

    assert all(isinstance(answer, Version) for answer in answers), answers
    assert sorted(Application.objects.values_list("number", flat=True)) == [1, 2, 3, 4]


def all_at_once(deeds) -> list:
    """What each deed gave or raised, done in threads that start together."""
    gate, answers = threading.Barrier(len(deeds)), []

    def run(deed) -> None:
        gate.wait(dt.timedelta(seconds=10).total_seconds())
        try:
            with translation.override("en"):  # a thread of its own has the language of the settings
                answers.append(deed())
        except Exception as error:  # whatever it is, the test wants to see it
            answers.append(error)
        finally:
            connection.close()

    threads = [threading.Thread(target=run, args=[deed]) for deed in deeds]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(30)
    return answers


def test_an_idea_whose_application_is_handed_in_is_not_withdrawn_beside_it():
    application = make_application()
    writer = application.idea.team().get().person
    application.write_all({"challenge": "Vi bruker for mye tid.", "amount": "100 000"}, by=writer)
    application.submit(by=writer)
    application.idea.refresh_from_db()

    with pytest.raises(NotNow, match="handed in"):
        application.idea.withdraw(by=writer)

    application.withdraw(by=writer)
    application.idea.withdraw(by=writer)
    assert application.idea.withdrawn_at
