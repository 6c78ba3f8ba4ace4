"""What became better, measured after 6, 12 and 24 months, and who copied it."""

import datetime as dt
from decimal import Decimal
from typing import Any

from oppdrift.benefits.models import Adoption, Benefit, Measurement
from oppdrift.ideas.models import Idea
from oppdrift.people.models import Unit

from . import world
from .story import Story, later

# When it was asked for after the end of the projects, in months.
PLAN = {6: "2020-07-15", 12: "2021-01-15", 24: "2022-01-14"}
NEAR = dt.timedelta(days=45)  # a measurement made so near to a planned one is that one
MEASURED_IN = {"prosent": "percent", "kroner": "kroner", "minutter": "minutes", "timer": "hours", "dager": "days"}
REALISED = {"budget": "budget", "other_use": "alternative"}


def measure(story: Story, ideas: dict[int, Idea]) -> None:
    """Benefits grow out of the applications, get an owner who agrees, and are measured."""
    for project in world.projects():
        for place, listed in enumerate(project["benefit"]):
            follow(story, ideas, project, listed, place)


def follow(story: Story, ideas: dict[int, Idea], project: dict[str, Any], listed: dict[str, Any], place: int) -> None:
    number, made = project["number"], {}
    team, owner = story.person(world.team_of(number)[0]), listed["owner"]
    begun = later(project["agreement"]["signed"], days=-3, minutes=12 * place)
    if listed.get("unforeseen"):
        begun = later(f"{listed['measurement'][0]['on']}T09:00", days=-20)

    def begin() -> None:
        planned = [] if listed.get("unforeseen") else PLAN.items()
        made["benefit"] = Benefit.begin(
            ideas[number], by=team, owner=story.person(owner), **fields_of(story, listed),
            plan=[(story.calendar.day(on), months) for months, on in planned],
        )  # fmt: skip

    def take_baseline() -> None:
        Measurement.take(
            made["benefit"], by=team, kind=Measurement.Kind.BASELINE, value=number_of(listed["baseline"]),
            taken_on=story.calendar.day(listed["baseline_on"]),
        )  # fmt: skip

    def agree() -> None:
        made["benefit"].agree(by=story.person(owner))

    def look(seen: dict[str, Any]) -> None:
        day = story.calendar.day(seen["on"])
        said: dict[str, Any] = {
            "value": number_of(seen["value"]), "low": number_of(seen.get("low")), "high": number_of(seen.get("high")),
            "observations": seen.get("count"), "taken_on": day,
            "deviation": story.text(seen.get("note", ""), seen["on"]),
        }  # fmt: skip
        waiting = Measurement.objects.waiting().filter(benefit=made["benefit"], due__range=(day - NEAR, day + NEAR))
        if planned := waiting.first():
            planned.make(by=story.person(owner), **said)
        else:
            Measurement.take(made["benefit"], by=story.person(owner), **said)

    story.at(begun, begin)
    if "baseline" in listed:
        story.at(max(later(begun, minutes=4), f"{listed['baseline_on']}T15:00"), take_baseline)
    story.at(later(begun, days=2), agree)
    for seen in listed["measurement"]:
        story.at(f"{seen['on']}T14:{10 + place:02d}", look, seen)


def fields_of(story: Story, listed: dict[str, Any]) -> dict[str, Any]:
    unit = listed["unit"]
    realised = REALISED.get(listed.get("realised", ""), "neither")
    is_negative = listed.get("unforeseen", False)
    return {
        "title": listed["name"], "kind": listed["kind"], "for_whom": listed["whom"], "better": listed["better"],
        "indicator": listed["indicator"], "in_a_sentence": listed.get("in_a_sentence", ""),
        "measured_in": MEASURED_IN.get(unit, "count"), "counted_what": "" if unit in MEASURED_IN else unit,
        "per": listed.get("per", ""), "method": listed["method"], "target": number_of(listed["target"]),
        "target_on": story.calendar.day(listed["target_on"]), "is_foreseen": not is_negative,
        "is_negative": is_negative, "realised": "" if is_negative else realised,
        "used_for": listed["realised_how"] if realised == "alternative" else "",
        "claim": listed["realised_how"] if realised == "budget" else "",
        "is_priced": "price" in listed or unit == "kroner", "price": number_of(listed.get("price")),
        "price_basis": listed.get("price_basis", ""),
    }  # fmt: skip


def number_of(value: float | None) -> Decimal | None:
    return None if value is None else Decimal(str(value))


def spread(story: Story, ideas: dict[int, Idea]) -> None:
    """Others take a solution into use, step by step."""
    for project in world.projects():
        for place, listed in enumerate(project.get("adoption", [])):
            adopt(story, ideas, project["number"], listed, place)


def adopt(story: Story, ideas: dict[int, Idea], number: int, listed: dict[str, Any], place: int) -> None:
    rows: list[Adoption] = []
    team = story.person(world.team_of(number)[0])
    steps = list(listed["steps"].items())

    def write_down(on: str) -> None:
        unit = Unit.objects.get(name=listed["unit"]) if "unit" in listed else None
        rows.append(
            Adoption.write_down(
                ideas[number], by=team, unit=unit, organisation=listed.get("organisation", ""), kind=listed["kind"],
                what=listed["what"], on=story.calendar.day(on),
            )
        )  # fmt: skip

    def move(state: str, on: str) -> None:
        rows[0].move(state, story.calendar.day(on), by=team)
        if state == steps[-1][0] and listed.get("effect"):
            rows[0].change(by=team, effect=listed["effect"])

    # A project writes of its spread when it has become one, whenever the others first asked.
    first = max(f"{steps[0][1]}T15:{place:02d}", later(next(
        project["started"] for project in world.projects() if project["number"] == number), days=25))  # fmt: skip
    story.at(first, write_down, steps[0][1])
    for state, on in steps[1:]:
        story.at(max(f"{on}T15:{place:02d}", later(first, minutes=5)), move, state, on)
