"""Who handles which letters, and what the outbox asks of them.

The lead handles the letters of their round; the substitute those about ideas that the lead is barred from. A letter
about an idea that somebody is barred from is hidden from them. So is one that says what is thought of an application
from a lead who has not declared to have no ties; and a sign-in code is nobody's but the receiver's.
"""

from collections.abc import Iterable

from django.contrib.contenttypes.models import ContentType
from django.db.models import BooleanField, Case, CharField, Count, OuterRef, Q, QuerySet, Subquery, Value, When
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from oppdrift.history.kinds import WITHOUT_JUDGEMENT
from oppdrift.history.models import Message
from oppdrift.history.models.outbox import MessageQuerySet
from oppdrift.history.own_links import without_own_links
from oppdrift.ideas.models import Idea
from oppdrift.people.models import Person
from oppdrift.rounds.models import Role, Round
from oppdrift.rounds.models.role import roles_held_by
from oppdrift.toolbox.addresses import reverse
from oppdrift.toolbox.prepared import prepared
from oppdrift.toolbox.steps import Step


def outbox_of(person: Person) -> MessageQuerySet:
    """The letters this person reads, changes and lets go."""
    return Message.objects.filter(private=False).filter(_handled(person))


def outbox_with_hidden(person: Person) -> MessageQuerySet:
    """The same and, marked `is_hidden`, those of the person's rounds that they may not read."""
    handled = _handled(person)
    return (
        Message.objects.filter(private=False)
        .filter(handled | _of_rounds_led(person))
        .annotate(is_hidden=Case(When(handled, Value(False)), default=Value(True), output_field=BooleanField()))
        .order_by("is_hidden", "-written_at", "-pk")  # last, so that their neighbours do not tell what they are
    )


def with_titles(messages: MessageQuerySet) -> MessageQuerySet:
    """Each with the title of the idea it is about, in the same statement."""
    title = Idea.objects.filter(pk=OuterRef("thing_id")).values("title")[:1]
    about_idea = Q(thing_type=ContentType.objects.get_for_model(Idea))
    return messages.select_related("receiver").annotate(about=Case(When(about_idea, Subquery(title))))


def as_read(message: Message) -> Message:
    """As those who handle it read it: without what is the receiver's alone. Not to be saved."""
    message.body = without_own_links(message.body)
    return message


def runs_an_outbox(person: Person) -> bool:
    return any(role.kind in Role.RUNS for role in roles_held_by(person))


def _handled(person: Person) -> Q:
    idea = ContentType.objects.get_for_model(Idea)
    led, cleared = Idea.objects.led_by(person).values("pk"), Idea.objects.cleared_for(person).values("pk")
    plain = Q(kind__in=WITHOUT_JUDGEMENT, thing_id__in=led)
    about_led_ideas = Q(thing_type=idea) & (plain | Q(thing_id__in=cleared))
    return about_led_ideas | (_of_rounds_led(person) & ~Q(thing_type=idea))


def _of_rounds_led(person: Person) -> Q:
    led = Round.objects.led_by(person).order_by().values("pk")
    return Q(root_type=ContentType.objects.get_for_model(Round), root_id__in=led)


LEAVE_FROM: dict[str, str] = {
    Message.LeavesWith.SHORTLIST: "assessing:shortlist",
    Message.LeavesWith.DECISION: "deciding:sitting",
}
BOUND = "bound"  # in the outbox as if a state: to be read, and leaving with something else


def in_state(messages: MessageQuerySet, state: str) -> MessageQuerySet:
    """Those of a state as the outbox sorts them: letters that leave with something else stand by themselves."""
    if state == BOUND:
        return messages.filter(state=Message.State.DRAFT).bound()
    found = messages.filter(state=state)
    return found.free() if state == Message.State.DRAFT else found


def counts_by_state(messages: MessageQuerySet) -> QuerySet:
    """How many there are in each: pairs."""
    waits = When(Q(state=Message.State.DRAFT) & ~Q(leaves_with=""), Value(BOUND))
    sorted_as = Case(waits, default="state", output_field=CharField())
    return messages.order_by().annotate(sorted_as=sorted_as).values_list("sorted_as").annotate(Count("pk"))


@prepared
def _counts_of(person: Person) -> QuerySet:
    return counts_by_state(outbox_of(person))


def with_what_they_wait_for(messages: Iterable[Message]) -> Iterable[Message]:
    """Each with the page from which it will leave, if it waits for something."""
    for message in messages:
        if page := LEAVE_FROM.get(message.leaves_with):
            message.leaves_from = reverse(page, args=[message.root_id])  # type: ignore[attr-defined]
    return messages


def steps_for(person: Person) -> list[Step]:
    """Letters to read and let go, and letters that did not arrive."""
    if not person.is_authenticated or not (person.runs_programme or runs_an_outbox(person)):
        return []
    counts = dict(_counts_of(person))
    steps = []
    if waiting := counts.get(Message.State.DRAFT, 0):
        steps.append(
            Step(
                title=ngettext("Read %(n)d letter in the outbox", "Read %(n)d letters in the outbox", waiting)
                % {"n": waiting},
                why=_("Nothing leaves before you have read it and let it go."),
                url=reverse("front:outbox"),
                button=_("Open the outbox"),
                weight=10,
            )
        )
    if bound := counts.get(BOUND, 0):
        steps.append(
            Step(
                title=ngettext(
                    "Read %(n)d letter that leaves with the release",
                    "Read %(n)d letters that leave with the release",
                    bound,
                )
                % {"n": bound},
                why=_("They leave when what they tell is released, not before. Change or hold back what is not right."),
                url=reverse("front:outbox") + f"?state={BOUND}",
                button=_("Read the letters"),
                weight=9,
            )
        )
    if failed := counts.get(Message.State.FAILED, 0):
        steps.append(
            Step(
                title=ngettext(
                    "Look at %(n)d letter that did not arrive", "Look at %(n)d letters that did not arrive", failed
                )
                % {"n": failed},
                why=_("The outbox says why. Correct the address or try again, or call the receiver."),
                url=reverse("front:outbox") + "?state=failed",
                button=_("See what went wrong"),
                weight=20,
            )
        )
    return steps
