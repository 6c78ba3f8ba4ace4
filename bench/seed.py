"""python bench/seed.py SIZE FOLDER: our database with SIZE applications, and who may go where.

Makes FOLDER/master/db.sqlite3, FOLDER/identities.json (sessions, so that nobody signs in while it is measured) and,
beside FOLDER, the static files that all sizes share.
"""

import datetime as dt
import json
import os
import sys
from pathlib import Path

HERE = Path(__file__).resolve().parent
sys.path.insert(0, str(HERE.parent))
CSRF = "a" * 32


def main(size: int, folder: Path) -> None:
    database = folder / "master" / "db.sqlite3"
    database.parent.mkdir(parents=True, exist_ok=True)
    for old in folder.glob("master/db.sqlite3*"):
        old.unlink()
    os.environ |= {
        "DJANGO_SETTINGS_MODULE": "oppdrift.settings",
        "OPPDRIFT_DATA": str(folder.parent / "data"),
        "DATABASE_URL": f"sqlite:///{database}",
    }
    import django

    django.setup()
    from django.db import connection, transaction

    from oppdrift.cli.serving import collect_static
    from oppdrift.toolbox.tables_at_once import make_tables

    make_tables()
    collect_static()
    with transaction.atomic():
        known = fill(size)
    with connection.cursor() as cursor:
        cursor.execute("analyze")
        cursor.execute("pragma wal_checkpoint(truncate)")
    (folder / "identities.json").write_text(json.dumps(known))
    print(f"{size} applications in {database}")


def fill(size: int) -> dict:
    import rows

    from oppdrift.assessing.models import Assignment
    from oppdrift.demo.inventing import Paper
    from oppdrift.demo.load import bring_in
    from oppdrift.people.models import Person, Unit
    from oppdrift.rounds.models import Criterion, Question, Role, Round
    from oppdrift.toolbox.clock import now

    lead = Person.objects.with_address("lead@example.org", name="Programleder", runs_programme=True)
    substitute = Person.objects.with_address("substitute@example.org", name="Settefagleder")
    assessors = [
        Person.objects.with_address(f"assessor{n}@example.org", name=f"Vurderer {n}") for n in range(rows.ASSESSORS)
    ]
    area = Unit.objects.create(name="Tjenesteområdet")
    units = [Unit.objects.create(name=name, parent=area) for name in rows.UNITS]

    round = Round.begin(
        name="Runde", year=2026, by=lead, budget=2_000_000, shortlist_places=8,
        opens_at=now() - dt.timedelta(days=60), deadline=now() + dt.timedelta(days=300),
        assess_by=now() + dt.timedelta(days=330),
    )  # fmt: skip
    edition = round.edition
    edition.questions.all().delete()
    edition.criteria.all().delete()
    for order, key in enumerate(["pitch", "description", "notes"]):
        Question.objects.create(
            edition=edition, key=key, section=key.title(), label=key.title(), words=300, order=order
        )
    Question.objects.create(
        edition=edition, key="amount", section="Penger", kind="money", label="Beløp", asks_amount=True, order=9
    )
    steps = ["Nei", "Litt", "Noe", "Mye", "Helt"]
    for order, key in enumerate(rows.CRITERIA):
        Criterion.objects.create(edition=edition, key=key, name=key.title(), weight=25, steps=steps, order=order)
    round.call_text = "Søk om penger til en idé som kan gi en bedre tjeneste."
    round.save()
    round.give_role(substitute, Role.Kind.SUBSTITUTE, by=lead)
    for assessor in assessors:
        round.give_role(assessor, Role.Kind.ASSESSOR, by=lead)
    round.publish(by=lead)

    queues = {place: rows.waiting(place, size) for place in range(rows.ASSESSORS)}
    unread: dict[int, list] = {}
    for place, numbers in queues.items():
        for number in numbers:
            unread.setdefault(number, []).append(assessors[place])
    bring_in(round, (paper(rows, Paper, number, units, assessors, unread.get(number, [])) for number in range(size)))

    # The driver asks by key: which application became which row.
    keys = dict(round.applications.order_by("number").values_list("number", "pk"))
    assert Assignment.objects.count() == size * rows.ASSESSED_BY + sum(map(len, queues.values()))
    teams = Person.objects.filter(email__startswith="applicant").order_by("pk")[:20]
    return {
        "organiser": enter(lead),
        "reviewers": [
            {**enter(assessor), "queue": [keys[number + 1] for number in queues[place]]}
            for place, assessor in enumerate(assessors)
        ],
        "applicants": [enter(person) for person in teams],
        "vars": {"app": keys[6], "needle": rows.NEEDLE, "round": round.pk},
    }


def paper(rows, Paper, number: int, units: list, assessors: list, unread: list):
    from oppdrift.assessing.models.judgement import Given, Judgement
    from oppdrift.toolbox.clock import now

    row = rows.application(number)
    at = now() - dt.timedelta(days=30) + dt.timedelta(seconds=number)
    read = []
    for place, said, points in rows.assessments(number):
        given = {
            key: Given(point, comment="Sett." if point in (1, 5) else "")
            for key, point in zip(rows.CRITERIA, points, strict=True)
        }
        read.append((assessors[place], Judgement(given, "", said), at + dt.timedelta(days=10)))
    return Paper(
        title=row["title"], writer=row["writer"], address=row["address"], unit=units[row["unit"]],
        answers={key: row[key] for key in ("pitch", "description", "notes")} | {"amount": str(row["amount"])},
        amount=row["amount"], handed_in=at, read=read, unread=unread, declared=assessors,
    )  # fmt: skip


def enter(person) -> dict:
    """A session and a token against forgery, as a browser has after signing in."""
    from django.test import Client

    client = Client()
    client.force_login(person)
    return {"cookies": {"sessionid": client.cookies["sessionid"].value, "csrftoken": CSRF}, "csrf": CSRF}


if __name__ == "__main__":
    main(int(sys.argv[1]), Path(sys.argv[2]).resolve())
