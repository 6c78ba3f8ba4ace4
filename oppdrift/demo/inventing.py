"""Believable applications by the thousand, with what was said about them: the same ones every time."""

import datetime as dt
import random
from collections.abc import Iterator
from dataclasses import dataclass, field

from oppdrift.assessing.models.judgement import Given, Judgement
from oppdrift.people.models import Person, Unit
from oppdrift.rounds.models import Criterion, Role, Round
from oppdrift.toolbox.clock import now
from oppdrift.toolbox.money import grouped
from oppdrift.toolbox.text import fold

from . import world

READERS = 3
SEED = 2019


@dataclass
class Paper:
    """One application with what was said about it, before it is rows."""

    title: str
    writer: str  # name of the project lead
    address: str
    unit: Unit
    answers: dict[str, str]  # by question key
    amount: int
    handed_in: dt.datetime
    read: list[tuple[Person, Judgement, dt.datetime]] = field(default_factory=list)
    unread: list[Person] = field(default_factory=list)  # assigned, nothing given yet
    declared: list[Person] = field(default_factory=list)  # without ties, among them all who were assigned


def invented(round: Round, size: int) -> Iterator[Paper]:
    """Believable ones, the same every time."""
    words = world.read("load")
    chance = random.Random(SEED)
    units = list(Unit.objects.current().exclude(parent=None))
    roles = Role.objects.in_force().filter(round=round, kind=Role.Kind.ASSESSOR).select_related("person")
    readers = [role.person for role in roles]
    criteria = list(round.edition.criteria.all())
    deadline = round.deadline or now()
    ends = min(deadline, now())
    begins = min(round.opens_at or ends, ends - dt.timedelta(days=1))
    assessing = now() > deadline + dt.timedelta(days=2) and len(readers) >= READERS
    for number in range(size):
        put = {
            "tool": chance.choice(words["tools"]), "group": chance.choice(words["groups"]),
            "unit": chance.choice(units), "few": chance.randint(3, 9), "many": chance.randint(40, 900),
        }  # fmt: skip
        unit, place = put["unit"], chance.choice(words["places"])
        name = f"{chance.choice(words['first'])} {chance.choice(words['last'])}"
        amount = chance.randrange(35, 500, 5) * 1000
        answers = {
            key: " ".join(chance.sample(texts, min(3, len(texts)))).format(**put)
            for key, texts in words["answers"].items() if key not in ("to_team", "comment")
        }  # fmt: skip
        paper = Paper(
            title=" ".join(filter(None, [put["tool"], "for", put["group"], place])), writer=name,
            address=f"{fold(name).replace(' ', '.')}.{number}@{world.DOMAIN}", unit=unit,
            answers={**answers, "amount": grouped(amount)}, amount=amount,
            handed_in=begins + (ends - begins) * chance.random() ** 0.4,  # most come late
        )  # fmt: skip
        paper.handed_in = min(paper.handed_in.replace(hour=chance.randint(7, 14)), ends)
        if assessing:
            paper.declared = readers
            for reader in chance.sample(readers, READERS):
                at = deadline + (now() - deadline) * chance.uniform(0.2, 1)
                if chance.random() < 0.85:
                    paper.read.append((reader, judged(chance, criteria, words["answers"]), at))
                else:
                    paper.unread.append(reader)
        yield paper


def judged(chance: random.Random, criteria: list[Criterion], words: dict[str, list[str]]) -> Judgement:
    """Around a quality of the application's own; a 1 or a 5 has its reason."""
    scores, quality = {}, chance.gauss(3.2, 0.6)
    for criterion in criteria:
        if criterion.kind == Criterion.Kind.QUALITY:
            points = min(5, max(1, round(chance.gauss(quality, 0.8))))
            scores[criterion.key] = Given(points, comment=chance.choice(words["comment"]) if points in (1, 5) else "")
        elif criterion.kind == Criterion.Kind.GATE:
            scores[criterion.key] = Given(passed=chance.random() < 0.9)
    fit = chance.choices(["yes", "partly", "no"], [6, 3, 1])[0]
    return Judgement(scores, fit, chance.choice(words["to_team"]))
