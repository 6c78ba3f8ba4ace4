"""What a separation says, in plain words: no more than the scores can bear, and no less."""

from django.utils.translation import gettext as _
from django.utils.translation import pgettext, pgettext_lazy

from .separation import COMPARED, Group, Separation

NUMBERS = [
    pgettext_lazy("a number in words", "one"), pgettext_lazy("a number in words", "two"),
    pgettext_lazy("a number in words", "three"), pgettext_lazy("a number in words", "four"),
    pgettext_lazy("a number in words", "five"), pgettext_lazy("a number in words", "six"),
    pgettext_lazy("a number in words", "seven"), pgettext_lazy("a number in words", "eight"),
    pgettext_lazy("a number in words", "nine"), pgettext_lazy("a number in words", "ten"),
    pgettext_lazy("a number in words", "eleven"), pgettext_lazy("a number in words", "twelve"),
]  # fmt: skip


def in_words(number: int) -> str:
    """One to twelve as a word, others in figures."""
    return str(NUMBERS[number - 1]) if 1 <= number <= len(NUMBERS) else str(number)


def finding(found: Separation) -> list[str]:
    """The finding in one to three sentences, each to stand on a line of its own."""
    if not found.scored:
        return [_("No scores yet.")]
    if not found.ranked:
        return [_("No project has scores enough to be compared.")]
    if len(found.ranked) == 1:
        return [_("Only one project has scores enough to be compared.")]
    if not found.apart:
        return [_("The scores cannot tell the %(n)s projects apart.") % {"n": in_words(found.compared)}]
    if len(found.groups) == found.compared:
        return [_("The scores tell all %(n)s projects apart.") % {"n": in_words(found.compared)}]
    if len(found.groups) == 1:
        return [_("The scores give no clear order."), _pairs_told_apart(found)]
    return [_between(found.groups), *_within(found.groups)]


def _pairs_told_apart(found: Separation) -> str:
    words = _("They tell %(n)s of %(all)s pairs apart, among them number %(first)s from number %(last)s.")
    ends = found.ranked[0], found.ranked[found.compared - 1]
    if not found.is_apart(ends[0].key, ends[1].key):
        words = _("They tell %(n)s of %(all)s pairs apart.")
    first, last = in_words(ends[0].rank), in_words(ends[1].rank)
    return words % {"n": found.apart, "all": len(found.pairs), "first": first, "last": last}


def _between(groups: tuple[Group, ...]) -> str:
    """Where the ranking is parted."""
    *heads, rest = groups
    if len(rest.members) > 1 and len(heads) <= 2 and all(len(head.members) == 1 for head in heads):
        return _("The scores single out %(whom)s.") % {"whom": _listed([places(head) for head in heads])}
    if len(groups) == 2:
        return _("The scores tell %(these)s from %(those)s.") % {"these": places(groups[0]), "those": places(rest)}
    words = _("The scores part the projects into %(n)s groups: %(which)s.")
    return words % {"n": in_words(len(groups)), "which": _listed([places(group) for group in groups])}


def _within(groups: tuple[Group, ...]) -> list[str]:
    """What is not parted further."""
    several = [group for group in groups if len(group.members) > 1]
    if len(groups) > 2 and len(several) > 1:
        apart, pairs = sum(group.apart for group in several), sum(group.pairs for group in several)
        if not apart:
            return [_("Within a group they tell nobody apart.")]
        return [_("Within the groups they tell %(n)s of %(all)s pairs apart.") % {"n": apart, "all": pairs}]
    return [_within_one(group) for group in several]


def _within_one(group: Group) -> str:
    if group.apart:
        words = _("Of %(whom)s they tell %(n)s of %(all)s pairs apart.")
        return words % {"whom": places(group), "n": group.apart, "all": group.pairs}
    if group.first == group.last:
        words = _("They do not tell the %(n)s apart that share number %(place)s.")
        return words % {"n": in_words(len(group.members)), "place": in_words(group.first)}
    words = _("They do not tell number %(first)s from number %(last)s.")
    return words % {"first": in_words(group.first), "last": in_words(group.last)}


def places(group: Group) -> str:
    """ "number one", "number two and three", "number two to eight"."""
    first, last = in_words(group.first), in_words(group.last)
    if group.first == group.last:
        return pgettext("in a ranking", "number %(first)s") % {"first": first}
    if group.last == group.first + 1:
        return pgettext("in a ranking", "number %(first)s and %(last)s") % {"first": first, "last": last}
    return pgettext("in a ranking", "number %(first)s to %(last)s") % {"first": first, "last": last}


def _listed(words: list[str]) -> str:
    if len(words) == 1:
        return words[0]
    return _("%(some)s and %(last)s") % {"some": ", ".join(words[:-1]), "last": words[-1]}


def cautions(found: Separation) -> list[str]:
    """What a reader of the finding should know besides."""
    said = []
    if found.ranked and found.few:
        said.append(_("Few have scored each project, so the differences are less certain than they look."))
    if len(found.ranked) > found.compared:
        words = _("Compared are the %(n)s with the highest mean.")
        said.append(words % {"n": COMPARED})
    return said
