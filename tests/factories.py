"""Plain functions that make things with valid defaults; a test says only what matters to it."""

import datetime as dt
from itertools import count

from django.db import models

from oppdrift.applications.models import Application, Version
from oppdrift.benefits.models import Adoption, Benefit, Measurement
from oppdrift.gatherings.models import Appointment, Gathering
from oppdrift.ideas.models import Clearance, Decision, Disqualification, Idea, Part
from oppdrift.people.models import Person, Unit
from oppdrift.rounds.models import Criterion, Edition, Question, Role, Round
from oppdrift.rounds.models.round import Stage
from oppdrift.toolbox.clock import OSLO, now

numbers = count(1)


def moment(value: str | dt.datetime | None) -> dt.datetime | None:
    """A moment from ISO text (Norwegian time unless it says otherwise)."""
    if not isinstance(value, str):
        return value
    parsed = dt.datetime.fromisoformat(value)
    return parsed if parsed.tzinfo else parsed.replace(tzinfo=OSLO)


def make_unit(name: str = "", **fields) -> Unit:
    return Unit.objects.create(name=name or f"Virksomhet {next(numbers)}", **fields)


def make_person(name: str = "", **fields) -> Person:
    n = next(numbers)
    return Person.objects.with_address(
        fields.pop("address", f"person{n}@fjordvik.example"), name=name or f"Person {n}", **fields
    )


def make_round(
    *, lead: Person | None = None, criteria: dict[str, int] | None = None, published: bool = True, **fields
) -> Round:
    """A published round with an open call, two quality criteria, a gate, fit, and two questions."""
    n = next(numbers)
    values = {
        "name": f"Runde {n}", "year": 2026, "stages": list(Stage.values), "budget": 2_000_000,
        "places_from": 4, "places_to": 5, "shortlist_places": 8, "guidance_hours": 240,
        "opens_at": now() - dt.timedelta(days=30), "deadline": now() + dt.timedelta(days=30),
        "published_at": now() - dt.timedelta(days=30) if published else None,
    }  # fmt: skip
    values.update(
        {k: moment(v) if k in {"opens_at", "deadline", "assess_by", "published_at"} else v for k, v in fields.items()}
    )
    if values["opens_at"] and values["deadline"] and values["opens_at"] >= values["deadline"]:
        values["opens_at"] = values["deadline"] - dt.timedelta(days=30)
    made = Round.objects.create(**values)
    edition = Edition.objects.create(round=made, number=1)
    steps = ["Nei", "Litt", "Noe", "Mye", "Helt"]
    for order, (key, weight) in enumerate((criteria or {"need": 60, "novelty": 40}).items()):
        Criterion.objects.create(edition=edition, key=key, name=key.title(), weight=weight, steps=steps, order=order)
    Criterion.objects.create(
        edition=edition, key="ordinary", kind="gate", used="assessing", name="Mer enn ordinær drift", order=90
    )
    Criterion.objects.create(edition=edition, key="fit", kind="fit", name="Passer i programmet", order=91)
    Question.objects.create(
        edition=edition, key="challenge", section="Utfordringen", label="Hva er problemet?", words=200
    )
    Question.objects.create(
        edition=edition,
        key="amount",
        section="Penger",
        kind="money",
        label="Hvor mye søker dere om?",
        asks_amount=True,
        order=1,
    )
    if lead:
        give_role(made, lead, "lead")
    return made


def give_role(round: Round, person: Person, kind: str, *, declared: bool = True, **fields) -> Role:
    """Whoever runs the round has no ties to what is handed in so far, unless a test says otherwise."""
    for idea in Idea.objects.filter(round=round, is_applying=True) if declared and kind in Role.RUNS else []:
        Clearance.give(idea, person)
    return Role.objects.create(round=round, person=person, kind=kind, **fields)


def make_idea(*, team: list[Person] | None = None, **fields) -> Idea:
    n = next(numbers)
    team = team if team is not None else [make_person()]
    fields.setdefault("title", f"Idé {n}")
    idea = Idea.objects.create(created_by=team[0] if team else None, **fields)
    for place, person in enumerate(team):
        give_part(idea, person, "team", leads=place == 0)
    return idea


def give_part(idea: Idea, person: Person, kind: str, **fields) -> Part:
    """Whoever is asked to judge has that role in the round."""
    if kind in Part.JUDGES and idea.round:
        Role.objects.get_or_create(round=idea.round, person=person, kind=kind, until=None)
    return Part.objects.create(idea=idea, person=person, kind=kind, **fields)


def disqualify(idea: Idea, person: Person, **fields) -> Disqualification:
    return Disqualification.objects.create(idea=idea, person=person, ground=fields.pop("ground", "other"), **fields)


def make_application(
    *,
    round: Round | None = None,
    team: list[Person] | None = None,
    submitted: bool = False,
    declared: bool = True,
    **fields,
) -> Application:
    """A draft; with `submitted` one that was handed in with version 1, and those who run the round have no ties."""
    round = round or make_round()
    idea = fields.pop("idea", None) or make_idea(
        team=team, round=round, **{k: fields.pop(k) for k in ("title", "unit", "shared") if k in fields}
    )
    edition = round.editions.last()
    application = Application.objects.create(idea=idea, round=round, edition=edition, **fields)
    if submitted:
        highest = Application.objects.filter(round=round).aggregate(n=models.Max("number"))["n"] or 0
        application.state, application.submitted_at = Application.State.SUBMITTED, now()
        application.number, application.amount = highest + 1, application.amount or 100_000
        application.save()
        idea.apply(True)
        make_version(application)
        for role in round.roles.in_force().filter(kind__in=Role.RUNS) if declared else []:
            Clearance.give(idea, role.person)
    return application


def make_version(application: Application, **fields) -> Version:
    number = application.newest = application.versions.count() + 1
    application.save(update_fields=["newest"])
    answers = fields.pop(
        "answers", {"challenge": "Vi bruker mye tid på det.", "amount": str(application.amount or 100_000)}
    )
    return Version.objects.create(
        application=application, number=number, edition=application.edition, title=application.idea.title,
        unit=application.idea.unit, unit_name=application.idea.unit_name, answers=answers,
        amount=application.amount or 100_000, **fields,
    )  # fmt: skip


def alike(row: models.Model, **changes) -> models.Model:
    """Another one with the same in every field but these, not saved: for `bulk_create`, where a test needs many."""
    made = type(row)(**{field.attname: getattr(row, field.attname) for field in row._meta.concrete_fields})
    made.pk = None
    for name, value in changes.items():
        setattr(made, name, value)
    return made


def make_gathering(
    *, round: Round | None = None, starts_at=None, hours: int = 2, place: str = "Rådhuset", **fields
) -> Gathering:
    starts = moment(starts_at) or now() + dt.timedelta(days=14)
    appointment = Appointment.objects.create(starts_at=starts, ends_at=starts + dt.timedelta(hours=hours), place=place)
    fields.setdefault("title", "Søkerverksted")
    return Gathering.objects.create(round=round or make_round(), appointment=appointment, **fields)


def make_project_idea(*, outcome: str = "admitted", **fields) -> Idea:
    """An idea that it is decided to go on with; a round that follows projects up."""
    fields.setdefault("round", make_round())
    idea = make_idea(**fields)
    amount = 100_000 if outcome == "admitted" else None
    Decision.objects.create(
        idea=idea, stage="final", outcome=outcome, reason="Klar nytte.", amount=amount, released_at=now()
    )
    return idea


def make_benefit(
    *, idea: Idea | None = None, baseline=None, measured: list | None = None, planned: list[str] | None = None, **fields
) -> Benefit:
    """A share in per cent that should rise to 85. `baseline` is a value; `measured` are values or (day, value), from
    half a year after the baseline on; `planned` are dates."""
    values = {
        "title": "Flere oppdrag løst på første besøk", "kind": "quality_users", "indicator": "Løst på første besøk",
        "measured_in": "percent", "better": "up", "target": 85, "realised": "neither",
    }  # fmt: skip
    values.update(fields)
    benefit = Benefit.objects.create(idea=idea or make_project_idea(), **values)
    if benefit.owner and not benefit.idea.parts.in_force().filter(person=benefit.owner, kind="benefit").exists():
        give_part(benefit.idea, benefit.owner, "benefit")
    start = dt.date(2024, 10, 1)
    if baseline is not None:
        make_measurement(benefit, baseline, on=start, kind="baseline")
    for number, one in enumerate(measured or [], 1):
        day, value = one if isinstance(one, tuple) else (start + dt.timedelta(days=183 * number), one)
        make_measurement(benefit, value, on=day)
    for day in planned or []:
        Measurement.objects.create(benefit=benefit, due=dt.date.fromisoformat(day))
    return benefit


def make_measurement(benefit: Benefit, value, *, on: str | dt.date, **fields) -> Measurement:
    """One that was made: of a number, or, when `value` is text, of words."""
    said = {"words": value} if isinstance(value, str) else {"value": value}
    day = dt.date.fromisoformat(on) if isinstance(on, str) else on
    return Measurement.objects.create(benefit=benefit, taken_on=day, due=day, made_at=now(), **said, **fields)


def make_adoption(idea: Idea, **fields) -> Adoption:
    if "unit" not in fields:
        fields.setdefault("organisation", f"Kommune {next(numbers)}")
    fields.setdefault("confirmed_at", now())
    return Adoption.objects.create(idea=idea, **fields)
