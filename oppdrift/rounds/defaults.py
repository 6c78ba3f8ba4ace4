"""What a new round begins with: the texts of `defaults.toml`, in bokmål, to be changed at will."""

import datetime as dt
import tomllib
from functools import cache
from importlib import resources
from typing import TYPE_CHECKING, Any

from django.conf import settings

if TYPE_CHECKING:
    from .models import Edition


@cache
def texts() -> dict[str, Any]:
    return tomllib.loads(resources.files("oppdrift.rounds").joinpath("defaults.toml").read_text(encoding="utf-8"))


def plan() -> dict[str, Any]:
    """Fields of a new round: every stage, and texts to build on."""
    return {"stages": list(texts()["stages"]), "summary": texts()["summary"], "call_text": texts()["call"].strip()}


def silent_after() -> dt.timedelta:
    """As the installation has it, until a round chooses otherwise."""
    return dt.timedelta(weeks=settings.SILENT_WEEKS)


def fill(edition: "Edition") -> None:
    """Give a new edition the usual criteria and questions."""
    rows: Any
    for rows, listed in ((edition.criteria, texts()["criterion"]), (edition.questions, texts()["question"])):
        rows.bulk_create([rows.model(edition=edition, order=order, **values) for order, values in enumerate(listed)])
