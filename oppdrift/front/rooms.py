"""The rooms that are asked for steps, places and words, in the order of the programme."""

from importlib import import_module

NAMES = ["people", "history", "rounds", "ideas", "gatherings", "applications", "assessing", "archive"]


def _found(part):
    for name in NAMES:
        try:
            yield import_module(f"oppdrift.{name}.{part}")
        except ModuleNotFoundError:
            continue


def steps_for(person):
    steps = [step for room in _found("steps") for step in room.steps_for(person)]
    return sorted(steps, key=lambda step: step.order)


def places_for(person):
    from oppdrift.front import menu

    places = menu.places_for(person) + [place for room in _found("menu") for place in room.places_for(person)]
    return sorted(places, key=lambda place: place.order)
