"""What every page has around it: names, the menu, the languages."""

from django.conf import settings
from django.utils.translation import gettext as _

from oppdrift.toolbox.addresses import reverse
from oppdrift.toolbox.once import remembering
from oppdrift.toolbox.steps import Place

from .of_people import demo_people, roles_of
from .rooms import places_for

SELDOM = 90  # places of this order and above stand in the person's own menu
MOST = 8  # places that the header holds on a laptop; further ones stand in the person's own menu too


def surroundings(request) -> dict:
    """Values for `base.html`. Costs no statement of its own for strangers."""
    person = request.user if getattr(request, "user", None) and request.user.is_authenticated else None
    return {
        "municipality": settings.MUNICIPALITY,
        "programme": settings.PROGRAMME,
        "operated_by": settings.OPERATED_BY,
        "demo": settings.DEMO,
        "theme_file": settings.THEME_FILE,
        "languages": settings.LANGUAGES,
        "person": person,
        **menu(request.path, person),
        # Asked only by the pages that show them.
        "demo_people": demo_people,
        "my_roles": lambda: roles_of(person) if person else [],
    }


def places_for_strangers() -> list[Place]:
    """What came of it first, then how to take part. Asks the database nothing."""
    return [
        Place(_("Projects"), reverse("sharing:projects"), 1),
        Place(_("Experiences"), reverse("sharing:stories"), 2),
        Place(_("How to apply"), reverse("front:how_to_apply"), 3),
        Place(_("About %(programme)s") % {"programme": settings.PROGRAMME}, reverse("front:about"), 4),
    ]


def menu(here: str, person) -> dict[str, list[dict]]:
    """Where this person may go, the seldom visited apart; the most exact place that holds this page is marked."""
    if not person:
        places = places_for_strangers()
    else:
        with remembering():
            places = places_for(person)
    within = [place.url for place in places if here == place.url or (place.url != "/" and here.startswith(place.url))]
    present = max(within, key=len, default=None)
    marked = [
        (place.order, {"name": place.name, "url": place.url, "current": place.url == present}) for place in places
    ]
    often = [place for order, place in marked if order < SELDOM]
    return {
        "nav": often[:MOST],
        "seldom": [*often[MOST:], *(place for order, place in marked if order >= SELDOM)],
    }
