"""python bench/seed_year.py STAGE FOLDER: the demo's year in a database of its own, and how its pages are asked for.

FOLDER gets the database and `pages.json`: of each page its label, its address, the session of whoever asks, and what
stands beside it on limit and floor.
"""

import json
import os
import shutil
import sys
from pathlib import Path

HERE = Path(__file__).resolve().parent
sys.path[:0] = [str(HERE), str(HERE.parent)]


def main(stage: str, folder: Path) -> None:
    shutil.rmtree(folder, ignore_errors=True)
    folder.mkdir(parents=True)
    os.environ.update(settings_of(folder))
    import django

    django.setup()
    from oppdrift.cli.serving import collect_static
    from oppdrift.demo.build import build
    from oppdrift.toolbox.tables_at_once import make_tables

    make_tables()
    build(stage)
    collect_static()
    (folder / "pages.json").write_text(json.dumps(list(PAGES[stage]())))


def settings_of(folder: Path) -> dict[str, str]:
    """The environment in which this database is made and served."""
    return {
        "OPPDRIFT_DATA": str(folder),
        "DATABASE_URL": f"sqlite:///{folder / 'db.sqlite3'}",
        "DJANGO_SETTINGS_MODULE": "oppdrift.settings",
    }


def asked(label: str, name: str, person=None, beside: str = "/list", **where) -> dict:
    from django.urls import reverse
    from seed import enter

    cookies = enter(person)["cookies"] if person else {}
    return {"label": label, "path": reverse(name, kwargs=where), "cookies": cookies, "beside": beside}


def somebody(name: str):
    from oppdrift.people.models import Person

    return Person.objects.get(name=name)


def pages_of_the_decision():
    from oppdrift.pitching.models import PitchDay, Seat

    day, lead = PitchDay.objects.get(), somebody("Ingrid Solhaug")
    seat = Seat.objects.filter(day=day).order_by("pk").first()
    pitch = day.pitches.order_by("pk").first()
    yield asked("pitch day", "pitching:day", lead, pk=day.round_id)
    yield asked("host", "pitching:host", lead, pk=day.round_id)
    yield asked("room screen", "pitching:room", token=day.token)
    yield asked("phone", "pitching:phone", token=seat.token)
    yield asked("ballot", "pitching:ballot", beside="/a/6", token=seat.token, pitch=pitch.pk)
    yield asked("decision", "deciding:sitting", lead, pk=day.round_id)
    yield asked("decision room", "deciding:room", lead, pk=day.round_id)
    yield asked("numbers", "deciding:numbers", lead, pk=day.round_id)


def pages_of_projects():
    from oppdrift.pitching.models import PitchDay
    from oppdrift.projects.models import GuidanceSession, Project

    round, lead = PitchDay.objects.get().round, somebody("Ingrid Solhaug")
    project = Project.objects.funded().order_by("pk").first()
    member, coach = project.idea.parts.in_force().first().person, project.coaches().first().person
    yield asked("home of a team", "front:home", member)
    yield asked("home of a coach", "front:home", coach)
    yield asked("the year", "front:year", lead)
    yield asked("projects", "projects:projects", lead, pk=round.pk)
    yield asked("project", "projects:project", member, "/a/6", pk=project.pk)
    agreement = {"pk": project.pk, "number": project.agreements.last().number}
    yield asked("agreement", "projects:agreement", member, "/a/6", **agreement)
    yield asked("money", "projects:money", lead, pk=round.pk)
    yield asked("coaches", "projects:coaches", lead, pk=round.pk)
    yield asked("gatherings", "projects:gatherings", lead, pk=round.pk)
    session = GuidanceSession.objects.held().filter(project=project).first()
    yield asked("session", "projects:session", coach, "/a/6", pk=session.pk)
    yield asked("leadership programme", "leadership:round", lead, pk=round.pk)
    yield asked("links", "sharing:links", lead, pk=round.pk)
    yield asked("protocol", "deciding:protocols", somebody("Anne Grete Holmberg"), pk=round.pk)
    yield asked("outcome", "deciding:outcome", lead, "/a/6", pk=project.idea_id)


def pages_of_effects():
    from oppdrift.benefits.models import Benefit
    from oppdrift.pitching.models import PitchDay
    from oppdrift.sharing.models import Conference, Story

    round, lead = PitchDay.objects.get().round, somebody("Ingrid Solhaug")
    benefit = Benefit.objects.in_round(round).order_by("pk").first()
    member = benefit.idea.parts.in_force().first().person
    conference = Conference.objects.get(gathering__round=round)
    story = Story.objects.published().order_by("pk").first()
    yield asked("front page, stranger", "front:home")
    yield asked("the years", "front:years", lead)
    yield asked("benefits", "benefits:round", lead, pk=round.pk)
    yield asked("benefits of a project", "benefits:of", member, idea=benefit.idea_id)
    yield asked("benefit", "benefits:benefit", member, "/a/6", pk=benefit.pk)
    yield asked("public projects", "sharing:projects")
    yield asked("public project", "sharing:project", beside="/a/6", idea=benefit.idea_id)
    yield asked("conference programme", "sharing:programme", pk=conference.pk)
    yield asked("readiness", "sharing:readiness", lead, pk=conference.pk)
    yield asked("stories", "sharing:stories")
    yield asked("story", "sharing:story", beside="/a/6", pk=story.pk)
    yield asked("feed", "sharing:feed")
    yield asked("lessons", "sharing:lessons", lead)
    yield asked("prizes", "sharing:prizes")


PAGES = {"decision": pages_of_the_decision, "autumn": pages_of_projects, "afterwards": pages_of_effects}

if __name__ == "__main__":
    main(sys.argv[1], Path(sys.argv[2]).resolve())
