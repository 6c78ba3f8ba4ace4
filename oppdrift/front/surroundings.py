"""What every page has around it: names, the menu, the languages."""

from django.conf import settings
from django.urls import reverse
from django.utils.translation import gettext as _


def surroundings(request) -> dict:
    """Values for `base.html`. Costs no statement of its own for strangers."""
    person = request.user if getattr(request, "user", None) and request.user.is_authenticated else None
    return {
        "municipality": settings.MUNICIPALITY,
        "programme": settings.PROGRAMME,
        "demo": settings.DEMO,
        "theme_file": settings.THEME_FILE,
        "languages": settings.LANGUAGES,
        "person": person,
        "nav": menu(request, person),
    }


def menu(request, person) -> list[dict]:
    """What this person may go to, the present place marked."""
    if not person:
        return []
    places = [(_("My page"), reverse("front:home"))]
    here = request.path
    return [{"name": name, "url": url, "current": url == here or (url != "/" and here.startswith(url))} for name, url in places]
