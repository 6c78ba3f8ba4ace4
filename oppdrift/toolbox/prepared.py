"""Questions to the database that are put into words once and asked often.

Django makes SQL anew each time a queryset is evaluated. For the questions that nearly every page asks that took ten
times as long as the database's answer, and most of the page. A prepared question is a function that returns a queryset
as ever; it is called once in the life of a process, with blanks instead of its arguments, and the SQL is kept:

    @prepared
    def written_by(person: Person, state: str) -> QuerySet[Application]:
        return Application.objects.written_by(person).filter(state=state, round__deadline__gt=now())

    written_by(request.user, "draft")  # a list of applications, read from the database each time

Nothing that was answered is remembered, only the words of the question. Things, numbers, texts, moments and lists of
keys are filled in, and so is the present moment: `now()` gives a blank too. Yes and no (those of a thing too, as in
`person.runs_programme`) and members of an enumeration are part of the question: each choice of them is worded for
itself. Whoever looks into a blank for anything else, or compares it, gets an error at the first call. Since a blank is
no person yet, nothing asked in here is answered from `toolbox.once`.
"""

import datetime as dt
import json
import re
from collections.abc import Callable, Iterator
from functools import cache, update_wrapper
from types import SimpleNamespace
from typing import Any, ClassVar, Generic, ParamSpec, TypeVar

from django.core.exceptions import EmptyResultSet
from django.db import DEFAULT_DB_ALIAS, connection, connections, models
from django.db.models import Expression, QuerySet, prefetch_related_objects

from . import clock
from .once import forgetting

Asked = ParamSpec("Asked")
Row = TypeVar("Row")
FILLED_IN = (int, str, dt.datetime, list)
MOST = 2**63 - 1  # no key is larger, and SQLite takes none
A_MOMENT = re.compile(r"\d{4}-\d\d-\d\d")
A_VALUE = re.compile(r"%%|%s")


class Fixed(TypeError):
    """Something in a question holds only for the moment it was worded in."""


class Blank:
    """Where a value will stand: in a filter, an annotation, anywhere an expression may."""

    is_authenticated = True  # whoever has a key

    def __init__(self, name: str, shift: dt.timedelta = dt.timedelta(0), **yes_or_no: bool) -> None:
        self._name, self._shift = name, shift
        vars(self).update(yes_or_no)

    @property
    def pk(self) -> "Blank":
        return self

    id = pk

    def __add__(self, other: dt.timedelta) -> "Blank":
        return Blank(self._name, self._shift + other)

    def __sub__(self, other: dt.timedelta) -> "Blank":
        return self + -other

    def __bool__(self) -> bool:
        raise Fixed(f"“{self._name}” is a blank: it is neither true nor false until the question is asked.")

    def __eq__(self, other: object) -> bool:
        if isinstance(other, Blank):
            return (self._name, self._shift) == (other._name, other._shift)
        raise Fixed(f"“{self._name}” is a blank: what it equals is not known until the question is asked.")

    def __hash__(self) -> int:
        return hash((self._name, self._shift))

    def resolve_expression(self, *args: Any, **kwargs: Any) -> "Place":
        return Place(self._name, self._shift)


class BlankKeys(Blank):
    """Where any number of keys will stand, for `__in`."""

    def resolve_expression(self, *args: Any, **kwargs: Any) -> "Place":
        return Keys(self._name, self._shift)


class Place(Expression):
    """A blank within a statement; it stands itself among the statement's values until it is filled."""

    def __init__(self, name: str, shift: dt.timedelta) -> None:
        super().__init__()
        self.name, self.shift = name, shift

    def as_sql(self, compiler: Any, connection: Any) -> tuple[str, Any]:
        return "%s", [self]

    def filled(self, values: dict[str, Any]) -> Any:
        value = values[self.name]
        if isinstance(value, dt.datetime):
            return connection.ops.adapt_datetimefield_value(value + self.shift)
        return max(-MOST, min(value, MOST)) if isinstance(value, int) else value


class Keys(Place):
    """Keys within a statement, of which it need not know how many."""

    def as_sql(self, compiler: Any, connection: Any) -> tuple[str, Any]:
        return "(SELECT value FROM json_each(%s))", [self]

    def as_postgresql(self, compiler: Any, connection: Any) -> tuple[str, Any]:
        return "(SELECT unnest(%s::bigint[]))", [self]

    def filled(self, values: dict[str, Any]) -> Any:
        keys = list(values[self.name])
        return keys if connection.vendor == "postgresql" else json.dumps(keys)


class Prepared(Generic[Asked, Row]):
    """A question; called with its arguments it gives the rows."""

    known: ClassVar[list["Prepared"]] = []

    def __init__(self, ask: Callable[Asked, QuerySet[Any, Row]]) -> None:
        self.ask = ask
        self.worded: dict[tuple, Worded] = {}
        self.known.append(self)
        update_wrapper(self, ask)

    def __call__(self, *args: Asked.args, **kwargs: Asked.kwargs) -> list[Row]:
        worded, values = self._look_up(args, kwargs)
        rows = list(worded.rows(values))
        if lookups := worded.queryset._prefetch_related_lookups:
            prefetch_related_objects(rows, *lookups)
        return rows

    def first(self, *args: Asked.args, **kwargs: Asked.kwargs) -> Row | None:
        return next(iter(self(*args, **kwargs)), None)

    def part(self, part: slice, *args: Asked.args, **kwargs: Asked.kwargs) -> list[Row]:
        """Some of the rows, as a paginator cuts them."""
        worded, values = self._look_up(args, kwargs)
        return list(worded.rows(values, f" LIMIT {int(part.stop - part.start)} OFFSET {int(part.start)}"))

    def of(self, *args: Asked.args, **kwargs: Asked.kwargs) -> "Rows[Row]":
        """What a paginator cuts into pages; how many they are it must be told."""
        return Rows(lambda part: self.part(part, *args, **kwargs))

    def each(self, *args: Asked.args, **kwargs: Asked.kwargs) -> Iterator[Row]:
        """One after the other, never all of them in memory."""
        worded, values = self._look_up(args, kwargs)
        return worded.rows(values, chunked_fetch=True)

    def _look_up(self, args: tuple, kwargs: dict[str, Any]) -> "tuple[Worded, dict[str, Any]]":
        values: dict[str, Any] = {"now": clock.now()}
        fixed: list[Any] = [connection.vendor]
        given = {**{str(place): value for place, value in enumerate(args)}, **kwargs}
        for name, value in given.items():
            if isinstance(value, models.Model):
                values[name] = value.pk
                fixed += [(name, each, getattr(value, each)) for each in yes_or_no_of(value.__class__)]
            elif type(value) in FILLED_IN:
                values[name] = value
            elif isinstance(value, Blank):
                raise Fixed(f"{self.ask.__qualname__} gives rows, which another question cannot be made of.")
            else:
                fixed.append((name, value))
        if (worded := self.worded.get(key := tuple(fixed))) is None:
            worded = self.worded[key] = self._word(args, kwargs)
        return worded, values

    def _word(self, args: tuple, kwargs: dict[str, Any]) -> "Worded":
        places = [blank_for(str(place), value) for place, value in enumerate(args)]
        names = {name: blank_for(name, value) for name, value in kwargs.items()}
        with clock.at(Blank("now")), forgetting():  # type: ignore[arg-type]
            return Worded(self.ask(*places, **names))


prepared = Prepared


class Rows(Generic[Row]):
    """Rows that nobody has read yet."""

    def __init__(self, part: Callable[[slice], list[Row]]) -> None:
        self._part = part

    def __getitem__(self, part: slice) -> list[Row]:
        return self._part(part)


def word_anew() -> None:
    """For tests that empty the database: keys of content types stand in some questions, and are then others."""
    for question in Prepared.known:
        question.worded.clear()


class Worded:
    """A queryset and its SQL.

    Each value has a name in the SQL, and what is part of the question stands in it as it is. SQLite looks at values
    when it plans for a partial index, and plans anew each time such a value is given to it: four times as long as the
    answer of a long question takes.
    """

    def __init__(self, queryset: Any) -> None:
        self.queryset = queryset
        self.compiler = queryset.query.get_compiler(DEFAULT_DB_ALIAS)
        self.places: dict[Place, str] = {}  # each once, however often it stands there, and its name
        self.fixed: dict[str, Any] = {}
        try:
            sql, params = self.compiler.as_sql()
        except EmptyResultSet:
            self.sql = ""  # nobody can answer it
            return
        given = iter(params)
        self.sql = A_VALUE.sub(lambda found: self._worded(next(given)) if found[0] == "%s" else found[0], sql)
        columns = [column for column, *_alias in self.compiler.select[: self.compiler.col_count]]
        self.converters = self.compiler.get_converters(columns)

    def _worded(self, param: Any) -> str:
        """How the value stands in the SQL."""
        if isinstance(param, dt.date) or (isinstance(param, str) and A_MOMENT.match(param)):
            raise Fixed(f"{param} would stand in this question forever. Ask the clock's now().")
        if isinstance(param, Place):
            return f"%({self.places.setdefault(param, f'place{len(self.places)}')})s"
        if connection.vendor == "sqlite" and isinstance(param, int):
            return str(int(param)) if param >= 0 else f"({param})"
        if connection.vendor == "sqlite" and isinstance(param, str) and "\0" not in param:
            return "'" + param.replace("'", "''").replace("%", "%%") + "'"
        name = f"fixed{len(self.fixed)}"
        self.fixed[name] = param
        return f"%({name})s"

    def rows(self, values: dict[str, Any], part: str = "", **chunks: Any) -> Iterator[Any]:
        """What Django makes of the answer: the queryset's own things, tuples or numbers."""
        if not self.sql:
            return iter(())
        params = self.fixed | {name: place.filled(values) for place, name in self.places.items()}
        compiler = twin(self.compiler)
        compiler.connection = connections[DEFAULT_DB_ALIAS]  # of this thread
        compiler.as_sql = lambda *args, **kwargs: (self.sql + part, params)
        compiler.get_converters = lambda columns: self.converters
        query = twin(self.queryset.query)
        query.get_compiler = lambda *args, **kwargs: compiler
        asked = SimpleNamespace(**{**vars(self.queryset), "query": query, "db": DEFAULT_DB_ALIAS})
        return iter(self.queryset._iterable_class(asked, **chunks))


def twin(thing: Any) -> Any:
    """Another one that is the same, until something is changed in it."""
    made = object.__new__(thing.__class__)
    vars(made).update(vars(thing))
    return made


@cache
def yes_or_no_of(model: type[models.Model]) -> list[str]:
    return [field.attname for field in model._meta.concrete_fields if isinstance(field, models.BooleanField)]


def blank_for(name: str, value: Any) -> Any:
    if isinstance(value, models.Model):
        return Blank(name, **{each: getattr(value, each) for each in yes_or_no_of(value.__class__)})
    if type(value) not in FILLED_IN:
        return value
    return BlankKeys(name) if isinstance(value, list) else Blank(name)
