"""Writing an application together: every save says what it was based on, so that nobody's text is lost."""

from dataclasses import dataclass
from functools import cached_property, partial
from typing import TYPE_CHECKING

from django.db import transaction
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from oppdrift.history.models import Event
from oppdrift.ideas.models import Idea
from oppdrift.people.models import Person, Unit
from oppdrift.rounds.models import Edition, Question
from oppdrift.toolbox import answers, money, writing
from oppdrift.toolbox.answers import No, ensure
from oppdrift.toolbox.models import changed
from oppdrift.toolbox.writing import Saved

from .answer import SideText
from .row import Row

if TYPE_CHECKING:
    from .version import Version


@dataclass(frozen=True)
class Problem:
    """Why it cannot be handed in yet."""

    question: Question
    words: str
    is_written: bool = False  # something is, but it cannot be read


def carried_over(idea: Idea, edition: Edition) -> dict[str, str]:
    """The idea's texts as first answers: its problem to the first long question, its wish to the one on a solution."""
    long = [question for question in edition.questions.all() if question.kind == Question.Kind.LONG]
    if not long:
        return {}
    texts = {long[0].key: idea.problem}
    solution = next((q for q in long[1:] if q.key in ("solution", "wish", "idea")), long[1] if len(long) == 2 else None)
    if solution:
        texts[solution.key] = idea.wish
    return {key: text for key, text in texts.items() if text.strip()}


class Writing(Row):
    """What an application asks, what is answered, and how a text is saved."""

    class Meta(Row.Meta):
        abstract = True

    @cached_property
    def current_edition(self) -> Edition:
        """The newest of the round while a draft; the one it was handed in under from then on."""
        return self.round.edition if self.submitted_at is None else self.edition

    @cached_property
    def questions(self) -> list[Question]:
        return list(self.current_edition.questions.all())

    def texts(self) -> dict[str, str]:
        """What is written now, by the question's key."""
        return dict(self.answers.values_list("question", "text"))

    def latest(self) -> "Version | None":
        """The newest version handed in."""
        return self.versions.order_by("number").last()

    # Saving

    def can_write(self) -> answers.Answer:
        if self.is_withdrawn:
            return No(_("The application is withdrawn."))
        if self.round.closed_at:
            return No(_("The round is closed."))
        if self.is_draft or self.is_correcting or self.is_improving:
            return True  # a draft also after the deadline: closed is the handing in, never the paper
        if self.is_late:
            return No(_("The application is handed in, and the deadline has passed."))
        return No(_("The application is handed in. Open it for correction first."))

    @transaction.atomic
    def write(self, key: str, text: str, *, by: Person, based_on: int | None = None, window: str = "") -> Saved:
        """Save one answer. `based_on` is the revision the writer had before them: 0 for none, None to write over it.

        Has somebody else saved in between, both texts are kept: this one as a SideText, until one is chosen. `window`
        names the writer's window; it may go on from its own save though the reply to that never reached it.
        Raises NotNow if `can_write` says no, KeyError if nothing of that key is asked.
        """
        self.lock()
        ensure(self.can_write())
        if key not in {question.key for question in self.questions}:
            raise KeyError(key)
        text, answer = writing.clean(text), self.answers.filter(question=key).first()
        begin = partial(self.answers.create, question=key)
        return writing.save(answer, begin, text, by=by, based_on=based_on, window=window)

    def write_all(self, texts: dict[str, str], *, by: Person) -> None:
        """Save several answers over what is there."""
        with transaction.atomic():
            for key, text in texts.items():
                self.write(key, str(text), by=by)

    @transaction.atomic
    def settle(self, beside: SideText, text: str, *, based_on: int, by: Person) -> Saved:
        """Make `text` the answer where two had written at once. What it takes the place of is kept, set aside.

        Has the answer changed again since `based_on`, nothing is chosen: `text` lies beside it, to be looked at anew.
        """
        self.lock()
        ensure(self.can_write())
        answer = self.answers.get(pk=beside.answer_id)
        return writing.settle(beside, answer, writing.clean(text), based_on=based_on, by=by)

    @transaction.atomic
    def rename(self, title: str, unit: Unit | None, *, by: Person) -> None:
        """Another name or unit: at once while it is a draft, else with the next version that is handed in."""
        self.lock()
        ensure(self.can_write())
        title = " ".join(title.split())
        if not self.is_handed_in:
            self.idea.change(by=by, title=title, unit=unit)
        elif (title, unit) != (self.title, self.unit):
            changed(
                self,
                next_title="" if title == self.idea.title else title,
                next_unit=None if unit == self.idea.unit else unit,
            )
            Event.record("application.renamed", self, by=by)

    # What is missing

    def problems(self, texts: dict[str, str] | None = None) -> list[Problem]:
        """What must be written or put right before it can be handed in."""
        texts = self.texts() if texts is None else texts
        found = []
        for question in self.questions:
            text = texts.get(question.key, "").strip()
            if question.required and not text:
                found.append(Problem(question, gettext("is not answered")))
            elif text and question.kind == Question.Kind.MONEY and amount_in(text) is None:
                found.append(Problem(question, gettext("write the sum as whole kroner, like 280 000"), True))
        return found

    def amount_written(self, texts: dict[str, str]) -> int | None:
        """The amount applied for, in kroner, as written; None when it is not, or cannot be read."""
        asked = next((question for question in self.questions if question.asks_amount), None)
        return amount_in(texts.get(asked.key, "")) if asked else None

    def differs(self, texts: dict[str, str] | None = None) -> bool:
        """Is what is written now anything else than what was handed in last?"""
        last = self.latest()
        if last is None:
            return True
        texts = self.texts() if texts is None else texts
        return (
            last.title != self.title
            or self.next_unit_id is not None
            or any(
                texts.get(question.key, "").strip() != last.answers.get(question.key, "").strip()
                for question in self.questions
            )
        )


def amount_in(text: str) -> int | None:
    """Whole kroner, or None for what is not a sum that can be applied for."""
    try:
        amount = money.parse_kroner(text)
    except money.NotMoney:
        return None
    return amount if 0 <= amount <= 2_000_000_000 else None
