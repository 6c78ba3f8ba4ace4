"""The public page of a project: drafted, edited, agreed on by both sides, taken off at once."""

import pytest
from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import SimpleUploadedFile

from oppdrift.history.models import Event, File
from oppdrift.ideas.models import Decision
from oppdrift.projects.models import Agreement, Project, Report
from oppdrift.sharing.models import Showcase
from oppdrift.sharing.policies.showcase import may_agree_as_lead, may_agree_as_team, may_begin, may_edit, may_take_off
from oppdrift.toolbox.answers import NotNow
from oppdrift.toolbox.clock import now
from tests.factories import disqualify, give_role, make_application, make_idea, make_person, make_round, make_version
from tests.scenes import starts_from
from tests.sharing.making import TEXTS, make_project, make_showcase, picture

pytestmark = pytest.mark.django_db


one_page = starts_from(make_showcase)
published_page = starts_from(make_showcase, published=True)


def people_of(showcase):
    return showcase.idea.team().first().person, showcase.idea.round.lead_in_charge()


def test_the_first_draft_is_in_the_words_of_the_newest_version():
    application = make_application(submitted=True, title="Ett besøk holder")
    make_version(application, answers={"challenge": "Vi reiser to ganger.", "solution": "Fire spørsmål. Ett bilde."})
    idea = application.idea
    make_decision(idea, "admitted", amount=145_000)

    made = Showcase.begin(idea, by=idea.team().first().person)

    assert (made.title, made.challenge, made.cost) == ("Ett besøk holder", "Vi reiser to ganger.", 145_000)
    assert made.core == "Fire spørsmål. Ett bilde."
    assert made.summary == "Fire spørsmål."


def make_decision(idea, outcome, **fields):
    by = make_person()
    decision = Decision.make(idea, "final", outcome, reason="Fordi.", by=by, **fields)
    Decision.release([decision], by=by)


def test_what_was_agreed_and_reported_since_goes_before_the_application():
    idea = make_project(problem="Fra idéen.", amount=145_000)
    lead = idea.round.lead_in_charge()
    project = Project.start(Decision.objects.get(idea=idea), by=lead, owner=make_person())
    Agreement.objects.create(project=project, number=9, state="agreed", spread="Fra avtalen.", agreed_at=now())
    texts = {"problem": "Fra beskrivelsen.", "doing": ""}
    Report.objects.filter(project=project, kind="description").delete()
    Report.objects.create(project=project, kind="description", state="submitted", submitted_at=now(), texts=texts)

    made = Showcase.begin(idea, by=idea.team().first().person)

    assert (made.challenge, made.adapting, made.cost) == ("Fra beskrivelsen.", "Fra avtalen.", 145_000)


def test_an_idea_of_an_earlier_round_begins_with_its_own_words():
    idea = make_idea(round=make_round(), problem="Folk venter.", wish="Ingen venter.")
    make_decision(idea, "admitted")

    made = Showcase.begin(idea, by=idea.team().first().person)

    assert (made.challenge, made.core, made.cost) == ("Folk venter.", "Ingen venter.", None)


@pytest.mark.parametrize("outcome", ["declined", "reserve"])
def test_only_a_project_has_a_page(outcome):
    idea = make_idea(round=make_round())
    make_decision(idea, outcome)

    with pytest.raises(NotNow, match="Only a project"):
        Showcase.begin(idea, by=make_person())


def test_guidance_without_funding_is_a_project_too():
    idea = make_idea(round=make_round())
    make_decision(idea, "guidance_only")

    assert Showcase.can_begin(idea)


@one_page
def test_it_is_published_when_both_sides_have_said_yes(scene):
    showcase = scene
    team, lead = people_of(showcase)

    assert showcase.agree(as_lead=False, by=team) is False
    assert not Showcase.objects.published().exists()
    assert showcase.agree(as_lead=True, by=lead) is True

    assert Showcase.objects.published().get() == showcase
    assert Event.objects.filter(verb="idea.published").count() == 1


@one_page
def test_a_yes_to_other_words_is_no_yes(scene):
    showcase = scene
    team, lead = people_of(showcase)
    showcase.agree(as_lead=True, by=lead)

    showcase.change(by=team, core="Noe ganske annet.")

    assert showcase.lead_agreed_at is None
    assert showcase.agree(as_lead=False, by=team) is False


@one_page
def test_saving_without_a_change_keeps_the_answers(scene):
    showcase = scene
    team, lead = people_of(showcase)
    showcase.agree(as_lead=True, by=lead)

    showcase.change(by=team, **TEXTS)

    assert showcase.lead_agreed_at


@published_page
def test_a_correction_of_a_published_page_shows_at_once_and_the_lead_is_to_look_it_over(scene):
    showcase = scene
    team, lead = people_of(showcase)

    showcase.change(by=team, setback="Bildene ble for mørke.")

    assert Showcase.objects.published().get().setback == "Bildene ble for mørke."
    assert showcase.is_changed_since_lead_agreed
    showcase.look_over(by=lead)
    assert not showcase.is_changed_since_lead_agreed


def test_nobody_says_yes_to_a_page_without_its_core():
    showcase = make_showcase(core="")

    with pytest.raises(NotNow, match="the core of the solution"):
        showcase.agree(as_lead=False, by=people_of(showcase)[0])


@pytest.mark.parametrize("side", [0, 1])
@published_page
def test_either_side_takes_it_off_at_once_and_both_must_say_yes_again(side, scene):
    showcase = scene
    by = people_of(showcase)[side]

    showcase.take_off(by=by)

    assert not Showcase.objects.published().exists()
    assert (showcase.team_agreed_at, showcase.lead_agreed_at) == (None, None)


def test_a_page_is_found_by_words_in_any_spelling():
    make_showcase(published=True, core="Ærlig talt: to ganger på Ås.")

    assert Showcase.objects.published().search("AERLIG ås").exists()
    assert not Showcase.objects.published().search("ærlig bodø").exists()


# The picture


@one_page
def test_a_picture_comes_with_its_words_and_goes_with_its_file(scene):
    showcase = scene
    team, _lead = people_of(showcase)

    showcase.put_picture(picture(), alt="En tekniker ved en bil", people="nobody", by=team)
    showcase.put_picture(picture("nytt.png"), alt="En annen bil", people="nobody", by=team)
    assert File.objects.get() == showcase.picture
    showcase.take_picture_off(by=team)

    assert not File.objects.exists()
    assert (showcase.picture, showcase.picture_alt) == (None, "")


@one_page
def test_a_document_is_no_picture(scene):
    showcase = scene
    with pytest.raises(ValidationError, match="not a picture"):
        showcase.put_picture(SimpleUploadedFile("a.txt", b"ord"), alt="Ord", people="nobody", by=people_of(showcase)[0])


# Who may


@one_page
def test_team_and_lead_make_the_page_and_each_says_yes_for_their_side(scene):
    showcase = scene
    team, lead = people_of(showcase)
    stranger = make_person()

    assert may_edit(team, showcase)
    assert may_edit(lead, showcase)
    assert not may_edit(stranger, showcase)
    assert may_agree_as_team(team, showcase)
    assert not may_agree_as_lead(team, showcase)
    assert may_agree_as_lead(lead, showcase)
    assert not may_agree_as_team(lead, showcase)
    assert not may_begin(stranger, make_project())


@one_page
def test_a_lead_who_is_disqualified_neither_sees_nor_agrees(scene):
    showcase = scene
    lead = showcase.idea.round.lead_in_charge()
    substitute = make_person()
    give_role(showcase.idea.round, substitute, "substitute")

    disqualify(showcase.idea, lead)

    assert not Showcase.objects.seen_by(lead).exists()
    assert not may_agree_as_lead(lead, showcase)
    assert Showcase.objects.seen_by(substitute).exists()
    assert may_agree_as_lead(substitute, showcase)


@one_page
def test_what_is_not_published_cannot_be_taken_off(scene):
    showcase = scene
    assert str(may_take_off(people_of(showcase)[0], showcase)) == "It is not published."
