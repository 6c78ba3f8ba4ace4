"""What stands behind the doors of benefits in the built house, and one more of each."""

import datetime as dt
from decimal import Decimal
from typing import Any

from oppdrift.benefits.models import Adoption, Benefit, Measurement
from oppdrift.ideas.models import Idea
from oppdrift.people.models import Person
from oppdrift.toolbox.clock import today

DAY = dt.timedelta(days=1)
SAVED = {"main": 141_200, "barred": 353_535}  # kroner a year for one hour less, which is what they have won


def follow_up(case: Any, people: dict[str, Person]) -> None:
    """Benefits of the project, measured and not; who copies it."""
    idea, team, owner = case.project.idea, case.team[0], people["leader"]
    words = {
        name: case.text("promise") for name in ("method", "price_basis", "assumptions", "preconditions", "grew_from")
    }
    day = today()
    case.benefit = Benefit.begin(
        idea, by=team, title="Mindre kjøring", kind="saved_time", indicator="Timer til kjøring", measured_in="hours",
        per="year", better="down", target=100, realised="alternative", used_for="Oppfølging", owner=owner,
        claim="Kjøring", claim_unit=idea.unit, is_priced=True, price=SAVED[case.name], plan=[(day + 20 * DAY, 6)],
        **words,
    )  # fmt: skip
    Measurement.take(case.benefit, by=team, kind="baseline", value=Decimal(300), taken_on=day - 300 * DAY)
    case.measured = Measurement.take(
        case.benefit, by=owner, value=Decimal(299), taken_on=day - 30 * DAY, deviation=case.text("deviation")
    )
    case.planned = case.benefit.measurements.waiting().get()
    case.benefit.agree(by=owner)
    case.benefit.change(assumptions=case.text("promise"), target_on=day, by=team)
    case.given_up = Benefit.begin(idea, by=team, title="Gitt opp", kind="other", is_quantitative=False)
    case.given_up.drop("Ble ikke noe av.", by=team)
    case.adoption = Adoption.write_down(
        idea, by=team, organisation="Vestvær kommune", state="in_use", what="Hele løsningen",
        contact_name=case.text("contact"), contact_address="per@vestvaer.example",
    )  # fmt: skip


def ask_to_copy(case: Any) -> None:
    """By a stranger, of the project whose page anybody reads."""
    case.open.refresh_from_db()
    case.asked_to_copy = Adoption.ask(
        case.open, organisation=case.text("stranger"), kind="copy", name=case.mark("stranger"),
        address="kari@sorvaer.example", language="nb",
    )  # fmt: skip


def measure_more(idea: Idea, team: Person, newcomer: Person) -> None:
    """One more benefit with its owner, its measurements and a correction; two who take the solution up."""
    day = today()
    benefit = Benefit.begin(
        idea, by=team, title="Enda en gevinst", kind="saved_time", measured_in="hours", target=9, realised="budget",
        claim_unit=newcomer.unit, is_priced=True, price=100, owner=newcomer, plan=[(day - DAY, None), (day + DAY, 6)],
    )  # fmt: skip
    Measurement.take(benefit, by=team, kind="baseline", value=Decimal(3), taken_on=day - 90 * DAY)
    made = Measurement.take(benefit, by=newcomer, value=Decimal(4), taken_on=day - 10 * DAY)
    made.correct("Skrevet feil.", by=team, value=Decimal(5))
    benefit.agree(by=newcomer)
    Benefit.begin(idea, by=team, title="Gitt opp", kind="other").drop("Ble ikke noe av.", by=team)
    for state in ("interested", "in_use"):
        Adoption.write_down(idea, by=team, organisation=f"Kommune {newcomer}, {state}", state=state)
