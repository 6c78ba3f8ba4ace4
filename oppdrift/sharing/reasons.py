"""Why two projects are linked, in sentences."""

from typing import Any

from django.utils.translation import gettext as _

from oppdrift.people.models import Person


def listed(names: list[str]) -> str:
    """nattevakter, pårørende og nøkler"""
    if len(names) < 2:
        return "".join(names)
    return _("%(names)s and %(last)s") % {"names": ", ".join(names[:-1]), "last": names[-1]}


def in_sentences(reasons: dict[str, Any]) -> list[str]:
    """What the two have in common, the strongest first."""
    said = [
        (_("Both are there for %(what)s."), reasons.get("users")),
        (_("Both want %(what)s."), reasons.get("goals")),
        (_("Both have to do with %(what)s."), reasons.get("topics")),
        (_("Both mention %(what)s."), reasons.get("words")),
    ]
    sentences = [sentence % {"what": listed(names)} for sentence, names in said if names]
    if unit := reasons.get("unit") or reasons.get("area"):
        sentences.append(_("Both are in %(unit)s.") % {"unit": unit})
    return sentences


def prepared(links: Any, person: Person) -> list:
    """Links as pages show them: with their reasons in sentences, as far as this reader may know them."""
    links = links.with_reasons_for(person).with_session_for(person)
    rows = list(links.select_related("idea_a__round", "idea_b__round", "decided_by"))
    for link in rows:
        link.sentences = in_sentences(link.reasons) if link.shows_reasons else []
    return rows
