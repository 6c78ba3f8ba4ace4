"""What bringing in a file would do, row by row, as things stand now."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from oppdrift.ideas.models import Decision, Idea
from oppdrift.people.models import Unit
from oppdrift.people.models.change import Change
from oppdrift.rounds.models import Round
from oppdrift.toolbox.answers import Answer, No
from oppdrift.toolbox.text import fold

from .models.brought_in import BroughtIn
from .sheets.entries import Entry
from .sheets.likeness import Titles
from .sheets.troubles import in_words

MONEY_FOR = (Decision.Outcome.ADMITTED, Decision.Outcome.RESERVE)


@dataclass
class Planned:
    """One row: "new", "same", "changed", "near" (asked about), "double" (the same as another row) or "bad"."""

    entry: Entry
    status: str
    idea: Idea | None = None  # the one it is
    other: "Planned | None" = None  # the row above that it is the same as
    like: tuple[str, str] = ("", "")  # title and unit of what it may be, where that is asked
    decision: Decision | None = None  # of that idea, in force
    unit: Unit | None = None
    is_known_key: bool = False

    @property
    def row(self) -> int:
        return self.entry["row"]

    @property
    def problems(self) -> list[tuple[str, str]]:
        """(column, sentence)"""
        return [(each["column"], in_words(each)) for each in self.entry["problems"]]

    @property
    def notes(self) -> list[str]:
        return [in_words(each) for each in self.entry["notes"]]

    @property
    def outcome_name(self) -> str:
        if self.entry["outcome"] == "withdrawn":
            return _("Withdrawn")
        return str(Decision.Outcome(self.entry["outcome"]).label) if self.entry["outcome"] else ""

    @property
    def counts(self) -> bool:
        """Does its amount belong in the sum of the file?"""
        return self.status != "double" and self.entry["outcome"] == Decision.Outcome.ADMITTED

    def differs(self, decision: Decision | None) -> bool:
        """Does the row say something else than was decided, as far as it says anything?"""
        said = self.entry["outcome"]
        if not said or said == "withdrawn":
            return False
        if decision is None or decision.outcome != said:
            return True
        return self.entry["amount"] is not None and decision.amount != self.entry["amount"]


@dataclass
class Plan:
    """All rows beside what the round holds. The number of statements does not depend on how many there are."""

    name: str
    year: int
    entries: list[Entry]
    stated: dict[str, Any] = field(default_factory=dict)  # "by hand" and "in the file": kroner

    @cached_property
    def round(self) -> Round | None:
        return Round.objects.filter(name=self.name, year=self.year).first()

    @cached_property
    def rows(self) -> list[Planned]:
        ideas = {idea.pk: idea for idea in Idea.objects.filter(round=self.round)} if self.round else {}
        decisions = Decision.objects.in_force().filter(idea__in=ideas, stage=Decision.Stage.FINAL) if ideas else []
        self._decisions = {decision.idea_id: decision for decision in decisions}
        keys = BroughtIn.objects.filter(round=self.round).values_list("key", "idea_id") if self.round else []
        known = {key: ideas[idea] for key, idea in keys if idea in ideas}
        units = units_by_name(entry["unit"] for entry in self.entries)
        titles: Titles[int] = Titles((idea.title, idea.pk) for idea in ideas.values())
        above: Titles[int] = Titles()
        planned: list[Planned] = []
        taken: dict[int, Planned] = {}
        for entry in self.entries:
            row = Planned(entry, "new", unit=units.get(fold(entry["unit"])))
            if entry["problems"]:
                row.status = "bad"
            elif entry["key"] in known:
                row.is_known_key = True
                self._settle(row, known[entry["key"]], taken)
            elif (near := titles.nearest(entry["title"])) is not None:
                self._ask(row, ideas[near], None, taken)
            elif (line := above.nearest(entry["title"])) is not None:
                self._ask(row, None, planned[line], taken)
            if row.status != "bad":
                above.add(entry["title"], len(planned))
            planned.append(row)
        return planned

    def _settle(self, row: Planned, idea: Idea, taken: dict[int, Planned]) -> None:
        """It is this idea. The first row that is speaks for it."""
        row.idea, row.decision = idea, self._decisions.get(idea.pk)
        if idea.pk in taken:
            row.status = "double"
            return
        taken[idea.pk] = row
        row.status = "changed" if row.differs(row.decision) else "same"

    def _ask(self, row: Planned, idea: Idea | None, other: Planned | None, taken: dict[int, Planned]) -> None:
        """It may be this idea or this row: what somebody answered decides."""
        if idea:
            row.like = (idea.title, idea.unit_name)
        elif other:
            row.like = (other.entry["title"], other.entry["unit"])
        if row.entry["answer"] == "same" and idea:
            self._settle(row, idea, taken)
        elif row.entry["answer"] == "same":
            row.status, row.other = "double", other
        elif row.entry["answer"] != "other":
            row.status = "near"

    # What is shown beside the rows

    def of(self, status: str) -> list[Planned]:
        return [row for row in self.rows if row.status == status]

    @property
    def bad(self) -> list[Planned]:
        return self.of("bad")

    @property
    def asked(self) -> list[Planned]:
        """Rows of which somebody must still say whether they are the same."""
        return self.of("near")

    @property
    def questions(self) -> list[Planned]:
        """These, and those that have been answered."""
        return [row for row in self.rows if row.like[0] and row.status != "bad"]

    @property
    def total(self) -> int:
        """Kroner granted, of the rows whose amount is known."""
        return sum(row.entry["amount"] or 0 for row in self.rows if row.counts)

    @property
    def applied(self) -> int | None:
        """Kroner applied for; None when the file does not say."""
        known = [row.entry["applied"] for row in self.rows if row.entry["applied"] is not None]
        return sum(known) if known else None

    @property
    def unknown_amounts(self) -> int:
        return sum(1 for row in self.rows if row.counts and row.entry["amount"] is None)

    @property
    def former_units(self) -> list[str]:
        """Names that no unit has now; the ideas keep them."""
        return list(dict.fromkeys(row.entry["unit"] for row in self.rows if row.entry["unit"] and not row.unit))

    @property
    def differences(self) -> list[tuple[str, int, int]]:
        """(whose total, kroner, how much the rows differ from it)"""
        return [(whose, amount, self.total - amount) for whose, amount in self.stated.items() if amount is not None]

    def can_be_done(self) -> Answer:
        if self.bad:
            count = len(self.bad)
            return No(
                ngettext(
                    "%(n)s row cannot be read, so nothing is brought in. Put it right in the file and read that.",
                    "%(n)s rows cannot be read, so nothing is brought in. Put them right in the file and read that.",
                    count,
                )
                % {"n": count}
            )
        if self.asked:
            rows = ", ".join(str(row.row) for row in self.asked)
            return No(_("Say first whether these rows are known already, or other ones: %(rows)s.") % {"rows": rows})
        if self.changes_nothing:
            return No(_("Everything in the file is known already."))
        return self.round_can_take()

    @property
    def changes_nothing(self) -> bool:
        """Everything is known, under the same names, with the same outcome."""
        return all(row.status in ("same", "double") and row.is_known_key for row in self.rows)

    def round_can_take(self) -> Answer:
        """A round that was run here is not overwritten from a file."""
        if not self.round:
            return True
        others = Idea.objects.filter(round=self.round).exclude(source=Idea.Source.IMPORTED).exists()
        if not self.round.closed_at or others:
            name = {"name": self.round.name}
            return No(_("%(name)s is run here, and is not filled from a file. Choose another name.") % name)
        return True


def units_by_name(names: Iterable[str]) -> dict[str, Unit]:
    """The unit that has or had each name, by folded name; those that nobody knows are left out. Two statements."""
    keys = {fold(name) for name in names if name}
    found: dict[str, list[Unit]] = {}
    for unit in Unit.objects.filter(name_fold__in=keys):
        found.setdefault(unit.name_fold, []).append(unit)
    former = Change.objects.filter(old_fold__in=keys - set(found)).select_related("unit")
    for change in former:
        if change.unit:
            found.setdefault(change.old_fold, []).append(change.unit)
    return {
        key: max(units, key=lambda unit: (unit.valid_until is None, unit.valid_until)) for key, units in found.items()
    }
