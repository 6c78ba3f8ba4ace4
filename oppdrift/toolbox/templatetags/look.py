"""Tags and filters that every template has: icons, statuses, kroner, dates, text and fields. See docs/look.md."""

from collections.abc import Iterable
from decimal import Decimal
from typing import Any

from django import template
from django.forms import BaseForm, BoundField
from django.forms.utils import flatatt
from django.utils.html import escape
from django.utils.safestring import SafeString

from .. import addresses, dates, money
from ..look import icons, texts
from ..look.drawings import Drawing
from ..look.statuses import STATUSES

register = template.Library()

register.tag("url", addresses.url)
register.simple_tag(addresses.static)
register.filter("kroner", money.kroner)
register.filter("attributes", flatatt)
for one_date in (
    dates.day, dates.short_day, dates.month, dates.short_weekday, dates.clock_time, dates.moment, dates.short_moment,
    dates.long_date, dates.distance, dates.overdue, dates.span, dates.dates_in_a_row,
):  # fmt: skip
    register.filter(one_date.__name__, one_date)
register.filter("hours_to", dates.hours)
register.filter("markdown", texts.markdown)
register.filter("paragraphs", texts.paragraphs)
register.filter("initials", texts.initials)


@register.filter
def grouped(number: int | None) -> str:
    """1200 as "1 200"; "" when not known."""
    return "" if number is None else money.grouped(number)


@register.filter
def decimal(number: float | Decimal | None, places: int = 2) -> str:
    """4.16 as "4,16", in English "4.16"; "" when not known."""
    if number is None:
        return ""
    text = f"{number:.{places}f}".replace("-", "\u2212")
    return text if dates.language() == "en" else text.replace(".", ",")


@register.filter
def plain(number: float) -> str:
    """A number for SVG attributes: never with a comma, whatever the language."""
    return f"{number:g}"


@register.filter
def note_color(level: str) -> str:
    """The colour of a message, by Django's word for its level."""
    return {"success": "success", "warning": "warning", "error": "danger"}.get(level, "accent")


@register.filter
def note_icon(level: str) -> str:
    return {"success": "CheckmarkCircle", "warning": "ExclamationmarkTriangle", "error": "XMarkOctagon"}.get(
        level, "InformationSquare"
    )


@register.filter
def page_numbers(page: Any) -> list[int | None]:
    """The pages worth a link; None is a gap."""
    gap = page.paginator.ELLIPSIS
    numbers = page.paginator.get_elided_page_range(page.number, on_each_side=1, on_ends=1)
    return [None if number == gap else number for number in numbers]


@register.filter
def language_name(code: str) -> str:
    """A language in its own words."""
    return {"nb": "Bokmål", "nn": "Nynorsk", "en": "English"}.get(code, code)


@register.simple_tag(takes_context=True)
def icon(context: template.Context, name: str) -> SafeString:
    """{% icon "Clock" %}: drawn once a page, in the words' colour, hidden from screen readers."""
    request = getattr(context, "request", None) or context.get("request")
    if request is None or getattr(request, "htmx", False):
        return icons.inline(name)
    _needs(request, {name})
    return icons.pointer(name)


def _needs(request: Any, names: Iterable[str]) -> None:
    if not hasattr(request, "icons_used"):
        request.icons_used = set()
    request.icons_used.update(names)


@register.simple_tag(takes_context=True)
def drawing(context: template.Context, drawn: Drawing) -> SafeString:
    """A piece that is kept as it was drawn earlier. On whole pages only, since its icons are drawn at their end."""
    request = context["request"]
    if getattr(request, "htmx", False):
        raise ValueError("A kept drawing points to icons that a part of a page does not bring along.")
    _needs(request, drawn.icons)
    return drawn.markup


@register.simple_tag(takes_context=True)
def icon_sheet(context: template.Context) -> SafeString:
    """The drawings of the icons this page has used; base.html ends with it."""
    request = getattr(context, "request", None) or context.get("request")
    return icons.sheet(getattr(request, "icons_used", set()))


@register.simple_tag(takes_context=True)
def status(context: template.Context, name: str, words: Any = "") -> SafeString:
    """{% status "draft" %}, or with words of one's own: {% status "overdue" words %}."""
    shown = STATUSES[str(name)]
    said = words if isinstance(words, SafeString) else escape(words or shown.word)
    return SafeString(f"<span class=status data-color={shown.color}>{icon(context, shown.icon)}{said}</span>")


# Small pieces that a page has many of are put together here: a template takes ten times as long for each.


@register.simple_tag
def radios(choices: Iterable[tuple[Any, Any]], name: str, id: str, chosen: Any) -> SafeString:
    """The keys of `pieces/score_taps.html`, one for each choice."""
    taps = []
    for number, (value, words) in enumerate(choices):
        checked = " checked" if str(value) == str(chosen) else ""
        attributes = f'name="{escape(name)}" id="{escape(id)}_{number}" value="{escape(value)}"{checked}'
        taps.append(f'<label class="tap"><input type="radio" {attributes}><span>{escape(words)}</span></label>')
    return SafeString("".join(taps))


@register.simple_tag
def steps_of(steps: Iterable[tuple[int, str]]) -> SafeString:
    """What each number means, in a list that `assessing.css` folds."""
    return SafeString(
        "".join(f'<li data-step="{number}"><b>{number}</b><span>{escape(words)}</span></li>' for number, words in steps)
    )


@register.simple_tag
def strip_of(marks: Iterable[str]) -> SafeString:
    """The marks of `pieces/progress.html`: "done", "now" or ""."""
    return SafeString("".join(f'<li class="is-{escape(mark)}"></li>' if mark else "<li></li>" for mark in marks))


@register.simple_tag
def field(bound: BoundField, **options: Any) -> SafeString:
    """{% field form.title %}: label, help, control and error of one field. Options: label, help, hide_label."""
    return bound.as_look(**options)  # type: ignore[attr-defined]


@register.inclusion_tag("pieces/errors.html")
def errors(*forms: BaseForm) -> dict[str, Any]:
    """{% errors form %}: what is missing, each line a link to its field. Nothing when all is well."""
    from ..forms import wrong_in

    return {"wrong": [line for form in forms for line in wrong_in(form)]}
