"""The drawings of docs/architecture.md, made from the code.

tools/drawings.py           write them
tools/drawings.py check     fail when they no longer agree with the code
"""

import os
import re
import sys
import tempfile
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
PAGE = ROOT / "docs" / "architecture.md"
ROOMS = (
    "toolbox people history rounds ideas gatherings applications assessing pitching deciding projects leadership"
    " benefits sharing archive front demo"
).split()


def rooms() -> str:
    """Which room imports which, without the arrows that follow from others."""
    import grimp

    graph = grimp.build_graph("oppdrift")
    leans: dict[str, set[str]] = {}
    for room in ROOMS:
        name = f"oppdrift.{room}"
        modules = {name, *graph.find_descendants(name)}
        found = {other for module in modules for other in graph.find_modules_directly_imported_by(module)}
        targets = {other.split(".")[1] for other in found if "." in other}
        leans[room] = (targets & set(ROOMS)) - {room}
    lines = ["```mermaid", "graph BT"]
    for room in ROOMS:
        through = {further for other in leans[room] for further in reached(leans, other)}
        lines += [f"    {room} --> {other}" for other in sorted(leans[room] - through, key=ROOMS.index)]
    return "\n".join([*lines, "```"])


def reached(leans: dict[str, set[str]], room: str) -> set[str]:
    """Every room that this one leans on, directly or not."""
    found: set[str] = set()
    todo = list(leans[room])
    while todo:
        other = todo.pop()
        if other not in found:
            found.add(other)
            todo += leans[other]
    return found


def states() -> str:
    """A drawing for each thing that says how it moves by a table MOVES: {verb: (states before, states after)}."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "oppdrift.settings")
    os.environ.setdefault("OPPDRIFT_DATA", tempfile.mkdtemp())
    import django
    from django.apps import apps

    django.setup()
    drawn = []
    for model in sorted(apps.get_models(), key=lambda model: (order_of(model), model.__name__)):
        if moves := getattr(model, "MOVES", None):
            lines = [f"### {model.__name__}", "", "```mermaid", "stateDiagram-v2"]
            lines += [f"    [*] --> {state}" for state in getattr(model, "BEGINS", ())]
            for verb, (before, after) in moves.items():
                lines += [f"    {one} --> {other}: {verb}" for one in before for other in after]
            drawn.append("\n".join([*lines, "```"]))
    return "\n\n".join(drawn)


def order_of(model) -> int:
    return ROOMS.index(model._meta.app_label) if model._meta.app_label in ROOMS else len(ROOMS)


def drawn_into(page: str) -> str:
    """The page with its drawings made anew."""
    for name, draw in (("rooms", rooms), ("states", states)):
        block = re.compile(rf"(<!-- drawn: {name} -->\n).*?(<!-- /drawn -->)", re.S)
        drawing = draw()
        page = block.sub(lambda match: f"{match[1]}\n{drawing}\n\n{match[2]}", page)  # noqa: B023
    return page


def main(words: list[str]) -> int:
    page = PAGE.read_text(encoding="utf-8")
    now = drawn_into(page)
    if words == ["check"]:
        if page != now:
            print("docs/architecture.md shows another house than the code. Run: .venv/bin/python tools/drawings.py")
        return int(page != now)
    PAGE.write_text(now, encoding="utf-8")
    return 0


if __name__ == "__main__":
    sys.path.insert(0, str(ROOT))
    raise SystemExit(main(sys.argv[1:]))
