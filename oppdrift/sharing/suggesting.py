"""Looks for projects that may help each other. Nothing is decided here: what is found is suggested, with its reasons.

Texts are compared among what whoever looks may read. A suggestion that rests on an application's text is kept apart
from one that every colleague could have found (`Link.rests_on_open`).
"""

from collections.abc import Iterable
from itertools import chain
from statistics import mean, pstdev
from typing import Any, NamedTuple

from django.db import transaction
from django.db.models import Q

from oppdrift.applications.models import Version
from oppdrift.history.models import Event
from oppdrift.ideas.models import Idea
from oppdrift.people.models import Person, Unit
from oppdrift.rounds.models import Round
from oppdrift.toolbox.likeness import Texts, has_any
from oppdrift.toolbox.text import fold

from .models import ConceptList, Link, Showcase
from .models.concepts import GROUPS, Concept, read
from .sight import open_to_colleagues, projects, read_by

MOST_OTHERS = 400  # ideas that a round's projects are held against, the newest
A_PROJECT = 3  # suggestions at most
# Questions of an application that say what it is about; who pays and when does not. A form of one's own is read whole.
ABOUT = ("challenge", "people", "solution", "difference", "novelty", "benefits", "spread")
SHORTEST = 80  # signs: of less, likeness says nothing
CONCEPT, SAME_UNIT, SAME_AREA = 0.03, 0.03, 0.015  # what these add to the likeness of texts when suggestions are ranked
MOST_COUNTED = 3  # concepts


class Found(NamedTuple):
    """Two ideas, how they rank among all pairs, and why."""

    one: Idea
    other: Idea
    rank: float
    reasons: dict[str, Any]


def look(round: Round, *, by: Person) -> int:
    """Suggest links of the round's projects, in place of earlier suggestions that `by` could see. How many."""
    ours = list(readable(projects().filter(round=round), by))
    others = list(readable(projects() | open_to_colleagues(), by).order_by("-created_at", "-pk")[:MOST_OTHERS])
    known = {idea.pk: idea for idea in chain(others, ours)}
    pairs = [(one, other) for one in ours for other in known.values() if is_worth_comparing(one, other, ours)]
    open_texts, all_texts = texts_of(known.values(), by)
    suggested = {**best(pairs, all_texts, False), **best(pairs, open_texts, True)}
    with transaction.atomic():  # only now: comparing takes seconds, in which others want to write
        keep(suggested, ours, by)
        Event.record("links.looked_for", round, by=by, suggested=len(suggested))
    return len(suggested)


def readable(ideas, person: Person):
    """Those that are open to colleagues, or that the person may read."""
    close, shown = read_by(person).values("pk"), open_to_colleagues().values("pk")
    return ideas.filter(Q(pk__in=close) | Q(pk__in=shown)).select_related("unit__parent")


def is_worth_comparing(one: Idea, other: Idea, ours: list[Idea]) -> bool:
    """Each pair once, though both may be of the round."""
    return one.pk != other.pk and (other not in ours or one.pk < other.pk)


def texts_of(ideas: Iterable[Idea], person: Person) -> tuple[dict[int, str], dict[int, str]]:
    """By key: what every colleague may read, and what the person may read besides. Three statements."""
    ideas = list(ideas)
    keys = [idea.pk for idea in ideas]
    shown = set(open_to_colleagues().filter(pk__in=keys).values_list("pk", flat=True))
    pages = {
        page.idea_id: f"{page.challenge} {page.core}" for page in Showcase.objects.published().filter(idea__in=keys)
    }
    close = Version.objects.filter(application__idea__in=read_by(person).filter(pk__in=keys).values("pk"))
    newest = {
        version.application.idea_id: " ".join(what_it_is_about(version))
        for version in close.select_related("application").order_by("number")
    }
    open_texts, all_texts = {}, {}
    for idea in ideas:
        words = " ".join([idea.title, idea.problem, idea.wish, pages.get(idea.pk, "")])
        if idea.pk in shown:
            open_texts[idea.pk] = words
        all_texts[idea.pk] = f"{words} {newest.get(idea.pk, '')}"
    return open_texts, all_texts


def what_it_is_about(version: Version) -> list[str]:
    told = [version.answers[key] for key in ABOUT if version.answers.get(key)]
    return [str(text) for text in told or version.answers.values()]


def best(pairs: list[tuple[Idea, Idea]], texts: dict[int, str], is_open: bool) -> dict[tuple[int, int], Any]:
    """Of each project the pairs that stand out among all, and have something to say for themselves."""
    texts = {key: text for key, text in texts.items() if len(text) >= SHORTEST}
    compared, concepts = Texts(texts), concepts_in(texts)
    found = [ranked(one, other, compared, concepts) for one, other in pairs if one.pk in texts and other.pk in texts]
    if not found:
        return {}
    ranks = [each.rank for each in found]
    least = mean(ranks) + pstdev(ranks) if len(ranks) > A_PROJECT else 0
    chosen: dict[tuple[int, int], Any] = {}
    taken: dict[int, int] = {}
    for each in sorted(found, key=lambda each: -each.rank):
        if each.rank < least or taken.get(each.one.pk, 0) >= A_PROJECT:
            continue
        each.reasons["words"] = words_of(each, compared, concepts)
        if convinces(each.reasons):
            taken[each.one.pk] = taken.get(each.one.pk, 0) + 1
            pair = Link.pair(each.one, each.other)
            chosen[pair["idea_a"].pk, pair["idea_b"].pk] = {
                "likeness": round_off(each.rank), "reasons": each.reasons, "rests_on_open": is_open,
            }  # fmt: skip
    return chosen


def convinces(reasons: dict[str, Any]) -> bool:
    """Is there something to say for it? One word alone may be chance."""
    near = bool(reasons["unit"] or reasons["area"])
    words = len(reasons["words"])
    return any(reasons[group] for group in GROUPS) or (words > 0 and words + near > 1)


def round_off(rank: float) -> float:
    return round(min(rank, 1), 3)


def concepts_in(texts: dict[int, str]) -> dict[int, list[Concept]]:
    """The concepts each text speaks of, without those that half of the texts do."""
    listed = read(ConceptList.in_force())
    folded = {key: fold(text) for key, text in texts.items()}
    spoken = {concept: {key for key, text in folded.items() if has_any(text, concept.words)} for concept in listed}
    telling = [concept for concept in listed if len(spoken[concept]) <= max(3, len(texts) / 2)]
    return {key: [concept for concept in telling if key in spoken[concept]] for key in texts}


def ranked(one: Idea, other: Idea, compared: Texts, concepts: dict[int, list[Concept]]) -> Found:
    shared = [concept for concept in concepts[one.pk] if concept in concepts[other.pk]]
    unit, area = shared_unit(one.unit, other.unit)
    rank = compared.likeness(one.pk, other.pk) + CONCEPT * min(len(shared), MOST_COUNTED)
    rank += SAME_UNIT if unit else SAME_AREA if area else 0
    reasons: dict[str, Any] = {group: [each.name for each in shared if each.group == group] for group in GROUPS}
    return Found(one, other, rank, {**reasons, "unit": unit, "area": area})


def shared_unit(one: Unit | None, other: Unit | None) -> tuple[str, str]:
    """Names of the unit and of what it is part of, where they are the same."""
    if one is None or other is None:
        return "", ""
    if one.pk == other.pk:
        return one.name, ""
    parent = one.parent if one.parent_id and one.parent_id == other.parent_id else None
    return "", parent.name if parent else ""


def words_of(found: Found, compared: Texts, concepts: dict[int, list[Concept]]) -> list[str]:
    """Words both use, without those that a shared concept says already."""
    shared = [concept for concept in concepts[found.one.pk] if concept in concepts[found.other.pk]]
    said = tuple(word for concept in shared for word in concept.words)
    words = compared.shared_words(found.one.pk, found.other.pk, most=6)
    return [word for word in words if not has_any(fold(word), said)][:3]


def keep(suggested: dict[tuple[int, int], Any], ours: list[Idea], by: Person) -> None:
    """What people have decided stays; other suggestions follow what was found."""
    keys = [idea.pk for idea in ours]
    known = Link.objects.filter(Q(idea_a__in=keys) | Q(idea_b__in=keys)).exclude(state=Link.State.SUGGESTED)
    decided = set(known.values_list("idea_a", "idea_b"))
    before = Link.objects.suggested().seen_by(by).values_list("pk", "idea_a", "idea_b")
    stale = [pk for pk, one, other in before if (one in keys or other in keys) and (one, other) not in suggested]
    Link.objects.filter(pk__in=stale).delete()
    rows = [
        Link(idea_a_id=one, idea_b_id=other, **fields)
        for (one, other), fields in suggested.items()
        if (one, other) not in decided
    ]
    Link.objects.bulk_create(
        rows, update_conflicts=True, unique_fields=["idea_a", "idea_b"],
        update_fields=["likeness", "reasons", "rests_on_open"],
    )  # fmt: skip
