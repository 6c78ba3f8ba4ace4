"""The municipality before the year begins: its units and its people."""

from oppdrift.people.models import Person, Unit

from . import world
from .calendar import Calendar
from .story import all_names


def make_units(calendar: Calendar) -> dict[str, Unit]:
    """Areas and units by name; one that was merged keeps its last day and what it became."""
    listed = world.read("units")
    units = {area["name"]: Unit.objects.create(name=area["name"]) for area in listed["area"]}
    for unit in listed["unit"]:
        until = unit.get("valid_until")
        units[unit["name"]] = Unit.objects.create(
            name=unit["name"], parent=units[unit["area"]], valid_until=calendar.day(str(until)) if until else None
        )
    for unit in listed["unit"]:
        if unit.get("successor"):
            merged = units[unit["name"]]
            merged.successor = units[unit["successor"]]
            merged.save(update_fields=["successor"])
    return units


def make_people(units: dict[str, Unit]) -> dict[str, Person]:
    """Everybody by name, and those with a part of their own in the year by slug too."""
    people: dict[str, Person] = {}
    for name, known in all_names().items():
        person = Person.objects.with_address(
            world.address(name),
            name=name,
            title=known.get("title", ""),
            unit=units.get(known.get("unit", "")),
            language=known.get("language", "nb"),
            runs_programme="lead" in known.get("roles", []),
        )
        people[name] = person
        if "slug" in known:
            people[known["slug"]] = person
    return people


def name_leaders(units: dict[str, Unit], people: dict[str, Person]) -> None:
    """Who leads each unit: as an application says, else as the list of units says."""
    leaders = {unit["name"]: unit["leader"] for unit in world.read("units")["unit"] if unit.get("leader")}
    leaders |= {application["unit"]: application["leader"]["name"] for application in world.applications()}
    for unit, leader in leaders.items():
        units[unit].leader = people[leader]
        units[unit].save(update_fields=["leader"])
