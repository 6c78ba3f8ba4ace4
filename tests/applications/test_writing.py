"""Writing together: nobody's text is lost."""

import pytest

from oppdrift.applications.models import Answer, SideText
from oppdrift.toolbox.answers import NotNow
from tests.factories import make_application, make_person

pytestmark = pytest.mark.django_db


@pytest.fixture
def team():
    return [make_person("Sunniva"), make_person("Yusuf")]


@pytest.fixture
def draft(team):
    return make_application(team=team)


def test_each_save_raises_the_revision(draft, team):
    draft.write("challenge", "En", by=team[0], based_on=0)
    saved = draft.write("challenge", "To", by=team[1], based_on=1)

    assert (saved.written.text, saved.written.revision, saved.written.saved_by) == ("To", 2, team[1])
    assert saved.beside is None


def test_saving_the_same_text_again_changes_nothing(draft, team):
    draft.write("challenge", "En", by=team[0])

    saved = draft.write("challenge", "En", by=team[1], based_on=0)

    assert (saved.written.revision, saved.written.saved_by, saved.beside) == (1, team[0], None)


def test_two_who_write_in_one_field_at_once_both_keep_their_text(draft, team):
    draft.write("challenge", "Yusufs", by=team[1], based_on=0)

    draft.write("challenge", "Sunniv", by=team[0], based_on=0)
    saved = draft.write("challenge", "Sunnivas", by=team[0], based_on=0)

    assert saved.written.text == "Yusufs"
    assert SideText.objects.get().text == "Sunnivas"


def test_the_same_window_goes_on_though_the_answer_to_its_save_was_lost(draft, team):
    draft.write("challenge", "En", by=team[0], based_on=0, window="a1")

    saved = draft.write("challenge", "En lengre", by=team[0], based_on=0, window="a1")

    assert saved.beside is None
    assert saved.written.text == "En lengre"


def test_another_window_of_the_same_person_is_held_beside(draft, team):
    draft.write("challenge", "En", by=team[0], based_on=0, window="a1")

    saved = draft.write("challenge", "To", by=team[0], based_on=0, window="b2")

    assert saved.beside.text == "To"


@pytest.mark.parametrize("chosen", ["Yusufs", "Sunnivas", "Sunnivas og Yusufs"])
def test_one_of_two_texts_is_chosen_and_the_other_is_set_aside(draft, team, chosen):
    draft.write("challenge", "Yusufs", by=team[1], based_on=0)
    beside = draft.write("challenge", "Sunnivas", by=team[0], based_on=0).beside

    saved = draft.settle(beside, chosen, based_on=1, by=team[0])

    assert saved.written.text == chosen
    assert not SideText.objects.open().exists()
    kept = {chosen, *SideText.objects.values_list("text", flat=True)}
    assert {"Yusufs", "Sunnivas"} <= kept


def test_a_choice_between_texts_that_changed_again_is_shown_anew(draft, team):
    draft.write("challenge", "Yusufs", by=team[1], based_on=0)
    beside = draft.write("challenge", "Sunnivas", by=team[0], based_on=0).beside
    draft.write("challenge", "Yusufs lengre", by=team[1], based_on=1)

    saved = draft.settle(beside, "Slått sammen", based_on=1, by=team[0])

    assert saved.written.text == "Yusufs lengre"
    assert SideText.objects.open().get().text == "Slått sammen"


def test_only_what_is_asked_is_answered(draft, team):
    with pytest.raises(KeyError):
        draft.write("secret", "Hei", by=team[0])

    assert not Answer.objects.exists()


def test_what_browsers_add_and_databases_refuse_is_taken_away(draft, team):
    draft.write("challenge", "a\r\nb\0c", by=team[0])

    assert Answer.objects.get().text == "a\nbc"


def test_a_text_without_end_is_refused_and_the_answer_stands(draft, team):
    draft.write("challenge", "Kort", by=team[0])

    with pytest.raises(NotNow, match="too long"):
        draft.write("challenge", "x" * 60_000, by=team[0])

    assert Answer.objects.get().text == "Kort"


def test_a_withdrawn_application_is_not_written_in(draft, team):
    draft.withdraw(by=team[0])

    with pytest.raises(NotNow, match="withdrawn"):
        draft.write("challenge", "Hei", by=team[0])
