"""The agreement as a document: the same words as on its page, to be kept, printed or sent along."""

from pathlib import Path
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from oppdrift.toolbox import dates, pdf
from oppdrift.toolbox.money import kroner

from .models import Agreement, Signature
from .models.agreement import LABELS

DUE = {"team_does": "team_due", "leader_gives": "leader_due", "programme_gives": "programme_due"}
TEMPLATE = Path(__file__).with_suffix(".typ")


def document_of(agreement: Agreement) -> bytes:
    """The PDF of one version as it stands now, in the active language. Raises pdf.NotMade."""
    return pdf.document(TEMPLATE, contents(agreement), language=dates.language())


def contents(agreement: Agreement) -> dict[str, Any]:
    """What `agreement.typ` shows."""
    title = _("The agreement for “%(title)s”") % {"title": agreement.project.idea.title}
    return {
        "title": title,
        "footer": _("%(title)s, version %(n)s. %(state)s")
        % {"title": title, "n": agreement.number, "state": agreement.get_state_display()},
        "state": state_of(agreement),
        "facts": facts(agreement),
        "nothing": _("Nothing is written here yet."),
        "parts": parts_of(agreement),
        "agrees": agrees(agreement),
    }


def state_of(agreement: Agreement) -> str:
    """How firm it is, in the words of the page's heading."""
    if agreement.agreed_at and agreement.is_agreed:
        return _("Everybody has agreed, %(day)s") % {"day": dates.long_date(agreement.agreed_at, year=True)}
    if agreement.is_proposed:
        missing = len(Signature.As) - agreement.signatures.count()
        words = ngettext("The agreement waits for one more yes", "The agreement waits for %(n)s more", missing)
        return words % {"n": missing}
    return _("The agreement is a draft") if agreement.is_draft else _("This version no longer holds")


def facts(agreement: Agreement) -> list[list[str]]:
    project = agreement.project
    found = [[_("Round"), project.round.name], [_("The agreement"), _("Version %(n)s") % {"n": agreement.number}]]
    if unit := project.idea.unit:
        found.append([_("Unit"), unit.name])
    return found


def parts_of(agreement: Agreement) -> list[dict[str, Any]]:
    """Its parts, with what each says in numbers above its words."""
    return [
        {"key": name, "title": str(label), "lines": numbers_of(agreement, name), "words": getattr(agreement, name)}
        for name, label in LABELS.items()
    ]


def numbers_of(agreement: Agreement, part: str) -> list[str]:
    said = []
    if part == "leader_gives" and (hours := agreement.leader_hours) is not None:
        said.append(ngettext("%(n)s hour in the year", "%(n)s hours in the year", hours) % {"n": hours})
    if part == "programme_gives" and (amount := agreement.kroner_given) is not None:
        said.append(kroner(amount))
    if part == "programme_gives" and (hours := agreement.guidance_hours) is not None:
        said.append(ngettext("%(n)s hour of guidance", "%(n)s hours of guidance", hours) % {"n": hours})
    if due := getattr(agreement, DUE.get(part, ""), None):
        said.append(_("by %(day)s") % {"day": dates.long_date(due, year=True)})
    return [sentence(", ".join(said))] if said else []


def sentence(words: str) -> str:
    return words[:1].upper() + words[1:]


def agrees(agreement: Agreement) -> dict[str, Any]:
    """The three who agree: who has, and when; who is asked."""
    signed = {row.as_what: row for row in agreement.signatures.select_related("person")}
    asked = agreement.project.asked_to_agree()
    return {
        "title": _("Who agrees"),
        "names": [_("Who"), _("Name"), _("Answer")],
        "rows": [yes_of(kind, signed.get(kind.value), asked[kind.value], agreement) for kind in Signature.As],
    }


def yes_of(kind: Signature.As, signature: Signature | None, asked: Any, agreement: Agreement) -> list[str]:
    if signature:
        said = _("Said yes %(moment)s") % {"moment": dates.moment(signature.at, year=True)}
        return [str(kind.label), signature.person.name, said]
    waits = _("has not answered yet") if agreement.is_proposed else "–"
    return [str(kind.label), asked.name if asked else "–", waits]
