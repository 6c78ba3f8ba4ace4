"""The form in its sections: what is asked, what is answered, and whose texts stand side by side."""

from dataclasses import dataclass, field
from functools import cached_property
from itertools import groupby

from django.utils.translation import gettext as _

from oppdrift.people.models import Person
from oppdrift.rounds.models import Question
from oppdrift.toolbox import money
from oppdrift.toolbox.addresses import reverse
from oppdrift.toolbox.forms import count_words
from oppdrift.toolbox.writing import TwoTexts, print_of

from .models import Answer, Application, SideText
from .models.writing import amount_in


def as_read(question: Question, text: str) -> str:
    """A sum as kroner are written, if it can be read as one; other texts as they are."""
    if question.kind != Question.Kind.MONEY or (amount := amount_in(text)) is None:
        return text
    return money.kroner(amount)


def two_texts(beside: SideText, answer: Answer, reader: Person) -> TwoTexts:
    url = reverse("applications:settle", args=[answer.application_id, beside.pk])
    return TwoTexts(beside, answer, reader, url)


@dataclass
class Field:
    """One question with what is written so far."""

    question: Question
    answer: Answer | None = None
    two_texts: list[TwoTexts] = field(default_factory=list)
    set_aside: list[SideText] = field(default_factory=list)  # not chosen, kept

    @property
    def text(self) -> str:
        return self.answer.text if self.answer else ""

    @property
    def revision(self) -> int:
        return self.answer.revision if self.answer else 0

    @property
    def print(self) -> str:
        return print_of(self.text)

    @property
    def id(self) -> str:
        return f"q-{self.question.key}"

    @property
    def is_answered(self) -> bool:
        return bool(self.text.strip())

    @property
    def is_long(self) -> bool:
        return self.question.kind == Question.Kind.LONG

    @property
    def is_money(self) -> bool:
        return self.question.kind == Question.Kind.MONEY

    @property
    def shown(self) -> str:
        """The text as it is read."""
        return as_read(self.question, self.text)

    @property
    def rows(self) -> int:
        return max(4, min(12, (self.question.words or 120) // 22))

    @property
    def counted(self) -> int:
        return count_words(self.text)


@dataclass
class Section:
    """Questions that stand together on one page of the form."""

    number: int
    name: str
    fields: list[Field]

    @property
    def is_done(self) -> bool:
        """Everything that must be answered is, and something is."""
        return any(each.is_answered for each in self.fields) and all(
            each.is_answered for each in self.fields if each.question.required
        )

    @property
    def is_begun(self) -> bool:
        return any(each.is_answered for each in self.fields)


class Form:
    """All that an application asks, in the order it is asked. Three statements."""

    def __init__(self, application: Application, reader: Person):
        self.application, self.reader = application, reader

    @cached_property
    def answers(self) -> dict[str, Answer]:
        rows = self.application.answers.select_related("saved_by")
        return {answer.question: answer for answer in rows}

    @cached_property
    def fields(self) -> list[Field]:
        by_key = {q.key: Field(q, self.answers.get(q.key)) for q in self.application.questions}
        keys = {each.answer.pk: each for each in by_key.values() if each.answer}
        for beside in SideText.objects.filter(answer__application=self.application).select_related("saved_by"):
            found = keys.get(beside.answer_id)
            if found is None or found.answer is None:
                continue
            if beside.settled_at:
                found.set_aside.append(beside)
            else:
                found.two_texts.append(two_texts(beside, found.answer, self.reader))
        return list(by_key.values())

    @cached_property
    def sections(self) -> list[Section]:
        groups = groupby(self.fields, key=lambda each: each.question.section)
        return [Section(number, name, list(fields)) for number, (name, fields) in enumerate(groups, 1)]

    @property
    def begun(self) -> int:
        return sum(section.is_begun for section in self.sections)

    @property
    def begun_words(self) -> str:
        return _("%(n)s of %(all)s parts are begun.") % {"n": self.begun, "all": len(self.sections)}

    @property
    def saved(self) -> Answer | None:
        """The answer saved last."""
        return max(self.answers.values(), key=lambda answer: answer.saved_at, default=None)

    def field(self, key: str) -> Field | None:
        return next((each for each in self.fields if each.question.key == key), None)

    def section_of(self, key: str) -> Section | None:
        return next((s for s in self.sections for each in s.fields if each.question.key == key), None)
