"""A project from the lead's one press to a next step that the team ticks off, at a desk and on a phone."""

from django.conf import settings
from django.test import Client
from django.urls import reverse

from oppdrift.projects.models import GuidanceSession, Project
from oppdrift.toolbox.clock import now
from tests.browsing import looked_over
from tests.factories import give_role, make_person
from tests.projects.making import DAY, make_decision, make_project, make_session, write_agreement

DESK, PHONE = {"width": 1280, "height": 800}, {"width": 390, "height": 844}


def open_as(page, server, person, address, size=DESK):
    client = Client()
    client.force_login(person)
    value = client.cookies[settings.SESSION_COOKIE_NAME].value
    page.context.add_cookies([{"name": settings.SESSION_COOKIE_NAME, "value": value, "url": server}])
    page.set_viewport_size(size)
    page.goto(address)


def test_started_with_one_press_agreed_by_three_guided_and_carried_on(page, server, transactional_db):
    decision = make_decision(title="Nattro")
    round, lead, team = decision.idea.round, decision.idea.lead_in_charge(), decision.idea.team().get().person
    leader, coach = make_person("Grete Hoel"), make_person("Kari Moen")
    give_role(round, coach, "coach", hours=30)

    open_as(page, server, lead, reverse("projects:projects", args=[round.pk]))
    page.get_by_role("link", name="Se hvem som er klare").click()
    page.get_by_label("E-postadressen til eieren").fill(leader.email)
    page.get_by_role("button", name="Start dem som er krysset av").click()
    page.get_by_role("link", name="Koble på en veileder").click()
    page.get_by_role("combobox", name="Veileder").select_option(label="Kari Moen")
    page.get_by_role("button", name="Koble på").click()
    project = Project.objects.get()
    write_agreement(project, by=team)

    open_as(page, server, team, reverse("projects:newest_agreement", args=[project.pk]), PHONE)
    page.get_by_role("button", name="Be alle om å si ja").click()
    for person in (team, leader, lead):
        open_as(page, server, person, reverse("projects:newest_agreement", args=[project.pk]), PHONE)
        page.get_by_role("button", name="Ja, jeg er enig").click()
    assert "Alle sa ja" in page.get_by_role("heading", level=1).inner_text()

    open_as(page, server, team, reverse("projects:book", args=[project.pk]), PHONE)
    page.get_by_label("Begynner").fill((now() + 3 * DAY).strftime("%Y-%m-%dT12:00"))
    page.get_by_role("button", name="Avtal timen").click()
    session = GuidanceSession.objects.get()
    session.appointment.move(starts_at=now() - DAY, ends_at=now() - DAY + DAY / 24)

    open_as(page, server, coach, reverse("projects:mine"))
    page.get_by_role("link", name="Nattro", exact=True).click()
    page.get_by_role("link", name="Skriv hva som kom ut av den").click()
    page.get_by_label("Hva er neste steg?").fill("Ring naboen")
    page.get_by_label("Hvem gjør det?").select_option(label=team.name)
    page.get_by_role("button", name="Lagre").click()

    open_as(page, server, team, "/", PHONE)
    page.get_by_role("link", name="Ring naboen").or_(page.get_by_role("link", name="Se prosjektet")).first.click()
    page.get_by_role("button", name="Steget er gjort").click()
    session.refresh_from_db()
    assert session.next_step_done_at


def test_pages_of_a_project_are_clean_and_fit_a_narrow_screen(page, server, transactional_db, axe):
    coach = make_person("Kari Moen")
    project = make_project(coach=coach, title="Nattro")
    lead = project.lead_in_charge()
    write_agreement(project).propose(by=project.lead)
    make_session(project, starts_at=now() - DAY).hold(by=coach, next_step="Ring naboen", owner=project.lead)
    project.grant.plan(20_000, by=lead, due=now().date()).make(by=lead)
    visits = [
        (lead, reverse("projects:projects", args=[project.round.pk])),
        (lead, reverse("projects:money", args=[project.round.pk])),
        (lead, reverse("projects:coaches", args=[project.round.pk])),
        (lead, reverse("projects:money_of", args=[project.pk])),
        (project.lead, project.get_absolute_url()),
        (project.lead, reverse("projects:agreement", args=[project.pk, 1])),
        (project.lead, reverse("projects:write_report", args=[project.pk, "final"])),
        (coach, reverse("projects:mine")),
    ]

    for person, address in visits:
        open_as(page, server, person, address, PHONE)

        assert looked_over(page, axe) == [], address
