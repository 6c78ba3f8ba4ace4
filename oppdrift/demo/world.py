"""The invented municipality as it stands in `data/`: people, units, the round, ideas, applications."""

import tomllib
from functools import cache
from importlib import resources
from typing import Any

from oppdrift.toolbox.text import fold

DOMAIN = "fjordvik.example"


@cache
def read(name: str) -> dict[str, Any]:
    """One file of the demo's data, by name without ending."""
    return tomllib.loads(resources.files("oppdrift.demo").joinpath("data", f"{name}.toml").read_text(encoding="utf-8"))


@cache
def applications() -> list[dict[str, Any]]:
    """The 26 applications, by number."""
    folder = resources.files("oppdrift.demo").joinpath("data", "applications")
    files = [file for file in folder.iterdir() if file.name.endswith(".toml")]
    return sorted((tomllib.loads(f.read_text(encoding="utf-8")) for f in files), key=lambda item: item["number"])


@cache
def projects() -> list[dict[str, Any]]:
    """What became of those that went on, by number: eight with money, two with guidance only."""
    folder = resources.files("oppdrift.demo").joinpath("data", "projects")
    files = [file for file in folder.iterdir() if file.name.endswith(".toml")]
    return sorted((tomllib.loads(f.read_text(encoding="utf-8")) for f in files), key=lambda item: item["number"])


def funded() -> list[dict[str, Any]]:
    """The eight that pitched."""
    return [project for project in projects() if "pitch" in project]


def application(number: int) -> dict[str, Any]:
    return next(listed for listed in applications() if listed["number"] == number)


def team_of(number: int) -> list[str]:
    """Names, project lead first."""
    return [member["name"] for member in application(number)["team"]]


def address(name: str) -> str:
    """The mail address of a person of the demo."""
    return f"{fold(name).replace(' ', '.')}@{DOMAIN}"
