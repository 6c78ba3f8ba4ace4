"""A room names earlier rooms only. What imports do is import-linter's; here is what it does not see: templates, names
of pages, strings that name models, and names by which a later room's rows are reached from an earlier one's.

Names without a room, declared in `oppdrift/urls.py`, belong to the house and are free. Names that come from settings
are too: there the house says which page of a later room a page leads to.
"""

import ast
import re
import subprocess
import sys
import tomllib
from collections.abc import Iterator
from pathlib import Path

import pytest
from django.apps import apps
from django.urls import get_resolver

HOUSE = Path(__file__).parent.parent
PACKAGE = HOUSE / "oppdrift"
CONTRACT = tomllib.loads((HOUSE / "pyproject.toml").read_text(encoding="utf-8"))["tool"]["importlinter"]["contracts"][0]
ROOMS = CONTRACT["layers"][::-1]  # the first room first
SEES_ALL = {"archive", "front", "demo"}  # may look into every room

TAG = re.compile(r"{%\s*(url|include|extends)\s+[\"']([^\"']+)[\"']")


def later_than(room: str) -> set[str]:
    return set(ROOMS[ROOMS.index(room) + 1 :])


def files_of(room: str, ending: str) -> list[Path]:
    folder = PACKAGE / room if ending == "py" else PACKAGE / "templates" / room
    return [path for path in sorted(folder.rglob(f"*.{ending}")) if "migrations" not in path.parts]


def test_imports_run_only_up_the_list():
    linter = Path(sys.executable).with_name("lint-imports")
    done = subprocess.run([linter, "--no-cache"], cwd=HOUSE, capture_output=True, text=True)

    assert done.returncode == 0, done.stdout


def test_one_function_of_a_later_room_is_called_by_its_name_and_no_other():
    """See docs/decisions.md: the words belong to the later room, and the page to the earlier one."""
    by_name = [path for path in sorted(PACKAGE.rglob("*.py")) if "import_string(" in path.read_text(encoding="utf-8")]

    assert [path.relative_to(PACKAGE).as_posix() for path in by_name] == ["applications/section.py"]


def test_every_room_stands_in_the_list():
    rooms = {path.parent.name for path in PACKAGE.glob("*/__init__.py")}

    assert rooms - set(ROOMS) == set(CONTRACT["exhaustive_ignores"]) & rooms
    assert {path.name for path in (PACKAGE / "templates").iterdir() if path.is_dir()} & later_than("toolbox")


def names_in_templates(room: str) -> Iterator[tuple[str, str]]:
    """(where, room that is named)"""
    for path in files_of(room, "html"):
        for kind, name in TAG.findall(path.read_text(encoding="utf-8")):
            yield f"{path.name}: {kind} {name}", name.split(":" if kind == "url" else "/")[0]


def names_in_code(room: str) -> Iterator[tuple[str, str]]:
    for path in files_of(room, "py"):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.Constant) and isinstance(node.value, str):
                name = node.value
                # A model by its label, such as "ideas.Idea": in foreign keys, get_model and the like.
                if re.fullmatch(r"[a-z]+\.[A-Z]\w+", name) or re.fullmatch(r"[a-z]+:[a-z_]+", name):
                    yield f"{path.name}: {name}", re.split(r"[.:]", name)[0]
                elif re.fullmatch(r"[a-z]+/[\w/]+\.(html|txt)", name):
                    yield f"{path.name}: {name}", name.split("/")[0]


@pytest.mark.parametrize("room", [room for room in ROOMS if room not in SEES_ALL])
def test_a_room_names_earlier_rooms_only(room: str):
    later = later_than(room)

    assert [where for where, named in [*names_in_templates(room), *names_in_code(room)] if named in later] == []


@pytest.mark.parametrize("room", [room for room in ROOMS if room not in SEES_ALL])
def test_a_room_does_not_reach_into_later_ones_by_their_names_on_its_models(room: str):
    """`idea.application` is there because a later room points at ideas: an earlier one may not use it."""
    later = reached_from_later_rooms(room)
    used = []
    for path in files_of(room, "py"):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.Attribute) and node.attr in later:
                used.append(f"{path.name}:{node.lineno}: .{node.attr}")
            if isinstance(node, ast.keyword) and node.arg and later & set(node.arg.split("__")):
                used.append(f"{path.name}:{node.value.lineno}: {node.arg}=")
            words = node.value if isinstance(node, ast.Constant) and isinstance(node.value, str) else ""
            if "__" in words and later & set(words.split("__")):
                used.append(f"{path.name}:{node.lineno}: {words}")
    for path in files_of(room, "html"):
        text = path.read_text(encoding="utf-8")
        used += [f"{path.name}: .{name}" for name in later if re.search(rf"{{[{{%][^}}]*\.{name}\b", text)]

    assert used == []


def reached_from_later_rooms(room: str) -> set[str]:
    """Names by which rows of later rooms are reached from models of this room and of those before it. One that also
    names something of their own is left out, since the code does not tell the two apart."""
    later, theirs, own = later_than(room), set(), set()
    for model in apps.get_models():
        if model._meta.app_label in set(ROOMS) - later:
            back = {row.get_accessor_name(): row.related_model._meta.app_label for row in model._meta.related_objects}
            theirs |= {name for name, there in back.items() if there in later}
            own |= {name for name, there in back.items() if there not in later} | (set(vars(model)) - set(back))
    return theirs - own


def test_names_of_the_house_are_few_and_known():
    """So that "free" stays an exception: each new one is a decision."""
    free = {pattern.name for pattern in get_resolver().url_patterns if getattr(pattern, "name", None)}

    assert free == {"theme", "idea", "file", "file_access"}
