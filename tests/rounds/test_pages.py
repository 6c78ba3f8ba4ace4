"""Pages of rounds: who gets in, what they say, what they do."""

import datetime as dt

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from oppdrift.history.models import Event, Message
from oppdrift.people.models import Person
from oppdrift.rounds.events import SENTENCES
from oppdrift.rounds.models import Criterion, Role, Round
from oppdrift.toolbox.clock import OSLO, local, now
from tests.factories import give_role, make_application, make_person, make_round

pytestmark = pytest.mark.django_db
DAY = dt.timedelta(days=1)

LEAD_PAGES = [
    "rounds:edit",
    "rounds:text",
    "rounds:plan",
    "rounds:dates",
    "rounds:deadline",
    "rounds:add_milestone",
    "rounds:roles",
]


@pytest.fixture
def lead() -> Person:
    return make_person("Ingrid Solhaug", language="en", runs_programme=True)


@pytest.fixture
def spring(lead) -> Round:
    return make_round(lead=lead, name="Oppdrift 2026")


@pytest.fixture
def as_lead(client, lead):
    client.force_login(lead)
    return client


def page_of(client, name: str, *args) -> str:
    answer = client.get(reverse(name, args=args))
    assert answer.status_code == 200, answer.status_code
    return answer.content.decode()


def statements(client, url: str) -> int:
    client.get(url)
    with CaptureQueriesContext(
        connection,
    ) as caught:
        assert client.get(url).status_code == 200
    return len(caught)


# Everybody


def test_a_stranger_reads_the_call_and_not_a_draft(client, spring):
    draft = make_round(published=False)

    page = client.get(reverse("rounds:call", args=[spring.pk]), headers={"accept-language": "en"}).content.decode()

    assert "Apply by" in page
    assert "Hva er problemet?" in page
    assert "weight 60 of 100" in page
    assert client.get(reverse("rounds:call", args=[draft.pk])).status_code == 404
    assert client.get(reverse("rounds:round", args=[draft.pk])).status_code == 404


def test_after_the_deadline_the_list_says_what_comes_next(as_lead, spring, time_machine):
    time_machine.move_to(local(2026, 3, 23, 10), tick=False)
    Round.objects.update(opens_at=local(2026, 1, 5), published_at=local(2026, 1, 5), deadline=local(2026, 2, 23, 12))
    for name, kind, at in (
        ("Verksted", "workshop", local(2026, 1, 12, 9)),
        ("Pitchdag", "pitch_day", local(2026, 4, 24, 9)),
        ("Konferanse", "conference", local(2027, 1, 20, 9)),
    ):
        spring.milestones.create(name=name, kind=kind, at=at, whole_day=False)

    listed, shown = page_of(as_lead, "rounds:rounds"), page_of(as_lead, "rounds:round", spring.pk)

    assert "Under way" in listed
    assert "Next: Pitchdag, Friday 24\u00a0April at\u00a009:00" in listed.replace("&nbsp;", "\u00a0")
    assert "23\u00a0February" not in listed
    assert "Konferanse" not in listed
    assert "The deadline was" in shown


def test_before_the_deadline_the_list_says_when_it_is(as_lead, spring):
    spring.milestones.create(name="Pitchdag", kind="pitch_day", at=now() + DAY)

    listed = page_of(as_lead, "rounds:rounds")

    assert "Open until" in listed
    assert "Next:" not in listed


def test_a_date_of_a_stage_that_is_not_used_does_not_come_next(as_lead, spring):
    Round.objects.update(deadline=now() - DAY, stages=["call"])
    spring.milestones.create(name="Pitchdag", kind="pitch_day", at=now() + DAY)

    assert "Pitchdag" not in page_of(as_lead, "rounds:rounds")


def test_a_stranger_does_not_get_the_mail_address_of_the_lead(client, spring, lead):
    page = page_of(client, "rounds:call", spring.pk)

    assert lead.name in page
    assert lead.email not in page


@pytest.mark.parametrize(
    ("fields", "words"),
    [
        ({"opens_at": local(2099, 1, 5, 8), "deadline": local(2099, 2, 15, 12)}, "The call opens on Monday 5 January"),
        ({"deadline": local(2099, 2, 13, 12)}, "Apply by Friday 13 February"),
        ({"opens_at": local(2020, 1, 1), "deadline": local(2020, 2, 14, 12)}, "The deadline was Friday 14 February"),
    ],
)
def test_the_call_says_what_is_the_case(as_lead, fields, words):
    spring = make_round(**fields)

    page = page_of(as_lead, "rounds:call", spring.pk).replace("\u00a0", " ")

    assert words in page
    assert ("Write an application" in page) == spring.is_open


def test_a_colleague_reads_but_does_not_edit(client, spring):
    client.force_login(make_person(language="en"))

    assert "Edit the round" not in page_of(client, "rounds:round", spring.pk)
    for name in LEAD_PAGES:
        assert client.get(reverse(name, args=[spring.pk])).status_code == 403, name
    assert client.get(reverse("rounds:items", args=[spring.pk, "questions"])).status_code == 403
    assert client.get(reverse("rounds:begin")).status_code == 403
    assert client.get(reverse("rounds:copy", args=[spring.pk])).status_code == 403


def test_a_substitute_sees_the_draft_but_does_not_edit_it(client, lead):
    draft, substitute = make_round(lead=lead, published=False), make_person()
    give_role(draft, substitute, "substitute")
    client.force_login(substitute)

    assert client.get(reverse("rounds:round", args=[draft.pk])).status_code == 200
    assert client.get(reverse("rounds:edit", args=[draft.pk])).status_code == 403


def test_reading_changes_nothing(as_lead, spring):
    for name in ("publish", "close", "reopen", "drop", "give_proposed"):
        assert as_lead.get(reverse(f"rounds:{name}", args=[spring.pk])).status_code == 405
    for name in LEAD_PAGES:
        page_of(as_lead, name, spring.pk)

    assert not Event.objects.exists()
    assert spring.proposal is None


# Making, filling in, publishing


def test_a_round_is_made_and_published_on_its_pages(as_lead, lead):
    as_lead.post(reverse("rounds:begin"), {"name": "Oppdrift 2099", "year": 2099})
    made = Round.objects.get(name="Oppdrift 2099")
    assert "The application deadline is not set." in page_of(as_lead, "rounds:edit", made.pk)

    as_lead.post(reverse("rounds:dates", args=[made.pk]), {"deadline": "2099-02-13T12:00", "opens_at": ""})
    page = page_of(as_lead, "rounds:edit", made.pk)
    answer = as_lead.post(reverse("rounds:publish", args=[made.pk]))

    made.refresh_from_db()
    assert "Publish the round" in page
    assert answer.status_code == 302
    assert made.is_open
    assert made.deadline == local(2099, 2, 13, 12)


def test_a_name_is_used_once_a_year(as_lead, spring):
    answer = as_lead.post(reverse("rounds:begin"), {"name": spring.name, "year": spring.year})

    assert "Choose another name." in answer.content.decode()
    assert Round.objects.count() == 1


def test_the_preview_of_the_call_saves_nothing(as_lead, spring):
    text = "## Kom på verksted\n\n<script>alert(1)</script>"
    page = as_lead.post(
        reverse("rounds:text", args=[spring.pk]),
        {"name": spring.name, "year": spring.year, "summary": "", "call_text": text, "preview": "1"},
    ).content.decode()

    assert "<h2>Kom på verksted</h2>" in page
    assert "<script>alert" not in page
    assert Round.objects.get().call_text == ""


def test_the_plan_is_saved_with_kroner_as_people_write_them(as_lead, spring):
    as_lead.post(
        reverse("rounds:plan", args=[spring.pk]),
        {"stages": ["assessing", "call"], "budget": "2,4 mill", "places_from": 3, "places_to": 6, "silent_after": 6,
         "quorum": 60},
    )  # fmt: skip

    spring.refresh_from_db()
    assert spring.quorum == 60
    assert (spring.budget, spring.places_from, spring.places_to) == (2_400_000, 3, 6)
    assert spring.silent_weeks == 6
    assert spring.stages == ["call", "assessing"]


def test_places_in_the_wrong_order_are_a_sentence_not_a_crash(as_lead, spring):
    page = as_lead.post(
        reverse("rounds:plan", args=[spring.pk]), {"stages": ["call"], "places_from": 6, "places_to": 3}
    ).content.decode()

    assert "not below the first" in page
    assert Round.objects.get().places_to == 5


def test_an_opened_call_is_refused_a_form_without_the_application_stage(as_lead, spring):
    answer = as_lead.post(reverse("rounds:plan", args=[spring.pk]), {"stages": ["ideas"], "silent_after": 4})

    assert answer.status_code == 409
    assert "keeps the application stage" in answer.content.decode()


def test_the_deadline_moves_only_later(as_lead, spring):
    url = reverse("rounds:deadline", args=[spring.pk])
    later = (spring.deadline + 7 * DAY).astimezone(OSLO)

    refused = as_lead.post(url, {"deadline": (spring.deadline - DAY).astimezone(OSLO).strftime("%Y-%m-%dT%H:%M")})
    as_lead.post(url, {"deadline": later.strftime("%Y-%m-%dT%H:%M")})

    spring.refresh_from_db()
    assert "can only become later" in refused.content.decode()
    assert spring.deadline == later.replace(second=0, microsecond=0)


def test_a_date_is_added_changed_and_removed(as_lead, spring):
    values = {"kind": "pitch_day", "name": "Pitchedag", "day": "2026-04-15", "starts": "09:00", "ends": "12:30"}
    as_lead.post(reverse("rounds:add_milestone", args=[spring.pk]), values)
    milestone = spring.milestones.get()
    assert (milestone.at, milestone.until, milestone.whole_day) == (
        local(2026, 4, 15, 9),
        local(2026, 4, 15, 12, 30),
        False,
    )

    url = reverse("rounds:milestone", args=[spring.pk, milestone.pk])
    assert 'value="09:00"' in as_lead.get(url).content.decode()
    as_lead.post(url, {**values, "starts": "", "ends": "", "last_day": "2026-04-16"})
    milestone.refresh_from_db()
    assert (milestone.at, milestone.until, milestone.whole_day) == (local(2026, 4, 15), local(2026, 4, 16), True)

    as_lead.post(reverse("rounds:remove_milestone", args=[spring.pk, milestone.pk]))
    assert not spring.milestones.exists()
    assert list(Event.objects.order_by("id").values_list("verb", flat=True)) == [
        "milestone.added", "milestone.changed", "milestone.removed",
    ]  # fmt: skip


def test_dates_of_another_round_are_not_found(as_lead, spring):
    other = make_round().milestones.create(kind="other", name="Noe", at=now())

    assert as_lead.get(reverse("rounds:milestone", args=[spring.pk, other.pk])).status_code == 404


# Questions and criteria


CRITERION = {
    "name": "Behov", "help": "Se etter tall.", "kind": "quality", "used": "both", "weight": "70",
    "step_1": "Nei", "step_2": "Litt", "step_3": "Noe", "step_4": "Mye", "step_5": "Helt",
}  # fmt: skip


def test_before_the_opening_a_criterion_is_changed_at_once(as_lead, lead):
    spring = make_round(lead=lead, opens_at=now() + DAY)

    as_lead.post(reverse("rounds:item", args=[spring.pk, "criteria", "need"]), CRITERION)

    need = spring.edition.criteria.get(key="need")
    assert (need.weight, need.name, need.steps) == (70, "Behov", ["Nei", "Litt", "Noe", "Mye", "Helt"])


def test_a_quality_criterion_without_weight_or_steps_says_what_is_missing(as_lead, spring):
    page = as_lead.post(
        reverse("rounds:add_item", args=[spring.pk, "criteria"]), {**CRITERION, "weight": "", "step_3": ""}
    ).content.decode()

    assert "2 things must be put right" in page
    assert Criterion.objects.filter(edition__round=spring).count() == 4


def test_a_gate_needs_neither(as_lead, lead):
    spring = make_round(lead=lead, opens_at=now() + DAY)
    as_lead.post(
        reverse("rounds:add_item", args=[spring.pk, "criteria"]),
        {"name": "Mer enn drift", "kind": "gate", "used": "both"},
    )

    added = spring.edition.criteria.get(name="Mer enn drift")
    assert (added.weight, added.steps) == (0, [])


def test_only_one_question_asks_for_the_amount(as_lead, spring):
    page = as_lead.post(
        reverse("rounds:add_item", args=[spring.pk, "questions"]),
        {"label": "Hvor mye?", "section": "Penger", "kind": "money", "asks_amount": "on"},
    ).content.decode()

    assert "Another question asks for the amount already." in page


def test_questions_are_moved_and_removed_without_dragging(as_lead, lead):
    spring = make_round(lead=lead, opens_at=now() + DAY)

    as_lead.post(reverse("rounds:move_item", args=[spring.pk, "questions", "amount"]), {"up": "1"})
    assert list(spring.edition.questions.values_list("key", flat=True)) == ["amount", "challenge"]

    as_lead.post(reverse("rounds:remove_item", args=[spring.pk, "questions", "amount"]))
    assert list(spring.edition.questions.values_list("key", flat=True)) == ["challenge"]


def test_after_the_opening_a_new_weight_is_looked_over_and_those_who_handed_in_are_told(as_lead, lead, spring):
    team = [make_person("Sunniva Hauge"), make_person("Yusuf Karimi")]
    handed_in = make_application(round=spring, team=team, submitted=True)
    make_application(round=spring)

    as_lead.post(reverse("rounds:item", args=[spring.pk, "criteria", "need"]), CRITERION)
    url = reverse("front:revise", args=[spring.pk])
    page = as_lead.get(url).content.decode()
    assert "This makes a new edition" in page
    assert "1 application that is handed in keeps" in page
    assert spring.edition.number == 1

    assert "Say why it is changed" in as_lead.post(url, {"why": " "}).content.decode()
    as_lead.post(url, {"why": "Behovet skal telle mer."})

    assert spring.edition.number == 2
    letters = Message.objects.filter(kind="form_changed")
    assert {letter.receiver for letter in letters} == set(team)
    assert {letter.state for letter in letters} == {"draft"}
    assert "Behovet skal telle mer." in letters[0].body
    handed_in.refresh_from_db()
    assert handed_in.edition.number == 1


def test_a_correction_is_called_one_and_nobody_is_told(as_lead, spring):
    make_application(round=spring, submitted=True)
    as_lead.post(
        reverse("rounds:item", args=[spring.pk, "questions", "challenge"]),
        {
            "label": "Hva er problemet i dag?",
            "section": "Utfordringen",
            "kind": "long",
            "words": "200",
            "required": "on",
        },
    )

    url = reverse("front:revise", args=[spring.pk])
    assert "This is a correction" in as_lead.get(url).content.decode()
    as_lead.post(url)

    assert spring.edition.number == 1
    assert spring.edition.questions.get(key="challenge").label == "Hva er problemet i dag?"
    assert not Message.objects.exists()


def test_changes_can_be_dropped(as_lead, spring):
    as_lead.post(reverse("rounds:item", args=[spring.pk, "criteria", "need"]), CRITERION)
    for page in (page_of(as_lead, "rounds:edit", spring.pk), page_of(as_lead, "rounds:items", spring.pk, "questions")):
        assert "not in force yet" in page
        assert f'href="{reverse("front:revise", args=[spring.pk])}"' in page

    as_lead.post(reverse("rounds:drop", args=[spring.pk]))

    assert spring.proposal is None
    assert spring.edition.criteria.get(key="need").weight == 60


def test_only_the_lead_looks_over_changes(client, spring):
    client.force_login(make_person())

    assert client.get(reverse("front:revise", args=[spring.pk])).status_code == 403


def test_a_closed_round_is_read_and_not_changed(as_lead, lead):
    past = make_round(lead=lead, deadline=now() - DAY)
    past.close(by=lead)

    assert "Open the round again" in page_of(as_lead, "rounds:edit", past.pk)
    assert "Hva er problemet?" in page_of(as_lead, "rounds:items", past.pk, "questions")
    for name in ("text", "plan", "dates", "deadline", "add_milestone"):
        assert as_lead.get(reverse(f"rounds:{name}", args=[past.pk])).status_code == 409, name
    assert as_lead.get(reverse("rounds:item", args=[past.pk, "criteria", "need"])).status_code == 409


# People


def test_a_role_is_given_by_name_and_by_address(as_lead, spring):
    berit = make_person("Berit Lund")
    url = reverse("rounds:roles", args=[spring.pk])

    as_lead.post(url, {"kind": "assessor", "who": "berit lund", "hours": "20"})
    as_lead.post(url, {"kind": "substitute", "who": "emil@fjordvik.example", "name": "Emil Vang"})

    assert spring.roles.get(kind="assessor").person == berit
    assert spring.roles.get(kind="substitute").person.name == "Emil Vang"


@pytest.mark.parametrize(
    ("values", "words"),
    [
        ({"who": "Nora"}, "More than one person has this name."),
        ({"who": "Ukjent Person"}, "Nobody here has this name."),
        ({"who": "ny@fjordvik.example"}, "Write the name, too."),
        ({"who": "ny@", "name": "Ny Person"}, "Write a whole mail address"),
        ({"who": "Ingrid Solhaug"}, "somebody else than the lead"),
    ],
)
def test_a_role_that_cannot_be_given_says_why_and_makes_nobody(as_lead, spring, values, words):
    make_person("Nora Berg"), make_person("Nora Dahl")
    before = Person.objects.count()

    page = as_lead.post(reverse("rounds:roles", args=[spring.pk]), {"kind": "substitute", **values}).content.decode()

    assert words in page
    assert (spring.roles.count(), Person.objects.count()) == (1, before)


def test_hours_are_changed_and_a_role_is_ended(as_lead, spring):
    role = give_role(spring, make_person(), "coach")

    as_lead.post(reverse("rounds:role", args=[spring.pk, role.pk]), {"hours": "30"})
    role.refresh_from_db()
    assert role.hours == 30
    as_lead.post(reverse("rounds:end_role", args=[spring.pk, role.pk]))

    role.refresh_from_db()
    assert role.until is not None


def test_what_was_done_is_told_in_sentences(as_lead, spring, lead):
    spring.move_deadline(spring.deadline + DAY, by=lead)
    spring.give_role(make_person("Berit Lund"), "coach", by=lead)
    spring.revise({"criteria": {"need": {"weight": 70}}}, by=lead, why="Behovet teller mer.")

    page = page_of(as_lead, "rounds:edit", spring.pk)

    assert "Ingrid Solhaug gave everybody a later application deadline." in page
    assert "Ingrid Solhaug named a coach." in page
    assert "Ingrid Solhaug put edition 2 of the questions and criteria in force." in page


def test_every_event_of_the_room_has_a_sentence_that_can_be_filled(lead):
    verbs = {f"role.{kind}_{deed}" for kind in Role.Kind.values for deed in ("given", "ended")}
    data = {"by": "Ingrid", "year": 2026, "number": 2}

    assert verbs <= set(SENTENCES)
    assert all("%" not in str(sentence) % data for sentence in SENTENCES.values())


def test_the_only_lead_is_told_why_they_cannot_end(as_lead, spring):
    role = spring.roles.get()

    assert "Name another programme lead first." in page_of(as_lead, "rounds:role", spring.pk, role.pk)
    assert as_lead.post(reverse("rounds:end_role", args=[spring.pk, role.pk])).status_code == 409


def test_a_round_without_a_substitute_warns(as_lead, spring):
    assert "needs a substitute lead" in page_of(as_lead, "rounds:roles", spring.pk)
    give_role(spring, make_person(), "substitute")

    assert "needs a substitute lead" not in page_of(as_lead, "rounds:roles", spring.pk)


# Copying


def test_a_copy_is_looked_at_and_then_made(as_lead, spring, lead):
    spring.milestones.create(kind="pitch_day", name="Pitchedag", at=local(2026, 4, 8, 9), whole_day=False)
    give_role(spring, make_person("Berit Lund"), "assessor", hours=20)
    url = reverse("rounds:copy", args=[spring.pk])

    page = as_lead.get(url).content.decode()
    assert "Oppdrift 2027" in page
    assert Round.objects.count() == 1
    pitch_day = spring.milestones.get()
    values = {
        "name": "Oppdrift 2027", "year": "2027", f"at_m{pitch_day.pk}": "2027-04-01T09:00",
        "at_opens_at": "2027-01-04T08:00", "at_deadline": "2027-02-12T12:00",
    }  # fmt: skip
    as_lead.post(url, {**values, "look": "1"})
    assert Round.objects.count() == 1
    as_lead.post(url, {**values, "make": "1"})

    made = Round.objects.get(name="Oppdrift 2027")
    assert (made.copied_from, made.deadline) == (spring, local(2027, 2, 12, 12))
    assert made.milestones.get().at == local(2027, 4, 1, 9)
    proposed = page_of(as_lead, "rounds:roles", made.pk)
    assert "Berit Lund" in proposed
    as_lead.post(reverse("rounds:give_proposed", args=[made.pk]), {"role": [spring.roles.get(kind="assessor").pk]})
    assert made.roles.get(kind="assessor").hours == 20


@pytest.fixture
def copied(lead, spring) -> Round:
    """A round made from one with an assessor, a coach, a substitute and somebody who has left."""
    for name, kind in (("Berit Lund", "assessor"), ("Ole Moe", "coach"), ("Eva Vik", "substitute")):
        give_role(spring, make_person(name), kind, hours=20)
    give_role(spring, make_person("Per Gran", is_active=False), "assessor")
    made = make_round(lead=lead, copied_from=spring, stages=["call", "assessing"])
    give_role(made, Person.objects.get(name="Eva Vik"), "lead")  # so she cannot be the substitute
    return made


def test_those_who_can_go_on_are_ticked(as_lead, copied):
    form = as_lead.get(reverse("rounds:roles", args=[copied.pk])).context["go_on"]

    assert [role.person.name for role in form.proposed.values()] == ["Berit Lund"]
    assert [option.data["selected"] for option in form["role"].subwidgets] == [True]
    assert "Berit Lund, assessor (20 hours)" in str(form)


def test_with_no_tick_nobody_gets_a_role_and_the_page_says_so(as_lead, copied):
    answer = as_lead.post(reverse("rounds:give_proposed", args=[copied.pk]), {})

    page = answer.content.decode()
    assert "Tick those who go on." in page
    assert 'href="#id_role_0"' in page
    assert "0 roles" not in page
    assert not copied.roles.filter(kind="assessor").exists()


def test_a_copy_of_a_name_and_year_that_exist_is_refused(as_lead, spring, lead):
    make_round(name="Oppdrift 2027", year=2027)
    values = {
        "name": "Oppdrift 2027",
        "year": "2027",
        "at_opens_at": "2027-01-04T08:00",
        "at_deadline": "2027-02-12T12:00",
    }

    page = as_lead.post(reverse("rounds:copy", args=[spring.pk]), {**values, "make": "1"}).content.decode()

    assert "Choose another name." in page


# Constant SQL


def test_the_list_of_rounds_costs_the_same_for_one_and_three(as_lead, spring, lead):
    one = statements(as_lead, reverse("rounds:rounds"))
    make_round(lead=lead, published=False)
    make_round(deadline=now() - DAY).milestones.create(name="Pitchdag", kind="pitch_day", at=now() + DAY)

    assert statements(as_lead, reverse("rounds:rounds")) == one <= 10


def test_a_call_costs_the_same_for_few_and_many_questions(client, spring):
    url = reverse("rounds:call", args=[spring.pk])
    few = statements(client, url)
    for n in range(3):
        spring.edition.questions.create(key=f"q{n}", section="Mer", label=f"Spørsmål {n}")
        spring.edition.criteria.create(key=f"c{n}", name=f"Kriterium {n}", weight=5)
        spring.milestones.create(kind="gathering", name=f"Samling {n}", at=now() + n * DAY)

    assert statements(client, url) == few <= 6


def test_pages_of_the_lead_cost_the_same_for_one_and_three(as_lead, spring, lead):
    pages = [reverse(name, args=[spring.pk]) for name in ("rounds:edit", "rounds:dates", "rounds:roles")]
    pages += [reverse("rounds:items", args=[spring.pk, what]) for what in ("questions", "criteria")]
    give_role(spring, make_person(), "assessor")
    spring.milestones.create(kind="gathering", name="Samling", at=now())
    before = [statements(as_lead, page) for page in pages]

    for n in range(3):
        give_role(spring, make_person(), "assessor")
        spring.milestones.create(kind="gathering", name=f"Samling {n}", at=now() + n * DAY)
        spring.edition.questions.create(key=f"q{n}", section="Mer", label=f"Spørsmål {n}")
        spring.edition.criteria.create(key=f"c{n}", name=f"Kriterium {n}", weight=5)

    assert [statements(as_lead, page) for page in pages] == before
