"""This room has no place in the menu: earlier rounds are brought in from the list of rounds."""

from oppdrift.toolbox.steps import Place


def places_for(person) -> list[Place]:
    return []
