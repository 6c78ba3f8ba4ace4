"""The rows that every program on the bench holds: applications with four texts, and three assessments of each."""

import hashlib
import random

WORDS = (
    "kommune idé barn skole omsorg digital velferd trygghet miljø klima sykkel vei park vann energi tjeneste "
    "innbygger prosess kvalitet team pilot test mål budsjett effekt nytte samvirke utvikling enkel rask åpen felles "
    "lokal ny klok grønn sosial kultur bibliotek eldre ungdom kart data språk møte plan kjøkken mat ombruk lager "
    "kjøretøy rute bestilling varsel"
).split()
FIRST = "Anne Bjørn Cecilie David Eva Frode Guro Hassan Inger Johan Kari Lars Maria Nils Olga Per Sara Tove".split()
LAST = "Andersen Berg Carlsen Dahl Ek Foss Gran Holm Iversen Johnsen Khalil Lind Moe Nyborg Øverland Strøm".split()
CRITERIA = ["need", "novelty", "benefit", "spread"]
UNITS = [f"Enhet {number}" for number in range(8)]
ASSESSORS = 50
ASSESSED_BY = 3
NEEDLE = "hjulet"  # in one title of 25: what the search looks for


def chance(*key: object) -> random.Random:
    return random.Random(hashlib.sha256(repr(key).encode()).digest())


def words(r: random.Random, number: int) -> str:
    return " ".join(r.choice(WORDS) for _ in range(number)).capitalize()


def application(number: int) -> dict:
    r = chance("application", number)
    title = words(r, 5) + (f" {NEEDLE}" if number % 25 == 3 else "")
    return {
        "title": f"{title} {number}",
        "pitch": words(r, 25) + ".",
        "description": "\n\n".join(words(r, 70) + "." for _ in range(3)),
        "notes": words(r, 12) + ".",
        "writer": f"{r.choice(FIRST)} {r.choice(LAST)}",
        "address": f"applicant{number}@example.org",
        "unit": number % len(UNITS),
        "amount": r.randrange(35, 500, 5) * 1000,
    }


def assessments(number: int) -> list[tuple[int, str, list[int]]]:
    """Who (by place), their words, points per criterion."""
    r = chance("assessment", number)
    return [
        ((number * 7 + k * 13) % ASSESSORS, words(r, 35) + ".", [r.randint(1, 5) for _ in CRITERIA])
        for k in range(ASSESSED_BY)
    ]


def waiting(assessor: int, size: int, most: int = 60) -> list[int]:
    """Applications assigned to this assessor that they have not assessed, in a fixed shuffled order."""
    among = range(min(size, 2000))
    pool = [number for number in among if (assessor - number * 7) % ASSESSORS not in (0, 13, 26)]
    chance("waiting", assessor).shuffle(pool)
    return pool[:most]
