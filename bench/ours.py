"""Oppdrift as a target of the bench: where its database is, how it is served, what is asked of it."""

import os
import sys
from pathlib import Path

HERE = Path(__file__).resolve().parent
PYTHON = os.environ.get("BENCH_PYTHON") or str(HERE.parent / ".venv" / "bin" / "python")
ASSESSED = ("need", "novelty", "benefit", "spread")


def scores(known, chance):
    form = {f"{key}-points": chance.randint(2, 4) for key in ASSESSED}
    return {**form, **{f"{key}-comment": "" for key in ASSESSED}, "to_team": "Bra " * 30, "among": "", "version": 1}


def begun(known, chance):
    return {"title": f"Ny idé {chance.random()}", "shared": "on"}


def target(work, size, port):
    folder = Path(work, "data", "ours", str(size))
    database = folder / "work" / "db.sqlite3"
    return {
        "label": "Oppdrift",
        "master": str(folder / "master" / "db.sqlite3"),
        "db": str(database),
        "identities": str(folder / "identities.json"),
        "app": "counted:application",
        "cwd": str(HERE.parent),
        "pythonpath": [str(HERE)],
        "serve": [
            PYTHON, "-m", "uvicorn", "counted:application", "--host", "127.0.0.1", "--port", "{port}",
            "--workers", "{workers}", "--lifespan", "off", "--timeout-graceful-shutdown", "3",
            "--log-level", "warning", "--no-access-log",
        ],
        "env": {
            "OPPDRIFT_DATA": str(folder.parent / "data"),
            "DATABASE_URL": f"sqlite:///{database}",
            "DJANGO_SETTINGS_MODULE": "oppdrift.settings",
        },
        "static": {"/static/": str(folder.parent / "data" / "static")},
        "actions": {
            "public": [("public", "GET", "/")],
            "list": [("organiser", "GET", "/applications/round/{round}/")],
            "filter": [("organiser", "GET", "/applications/round/{round}/?q={needle}&status=submitted")],
            "detail": [("organiser", "GET", "/assessing/applications/{app}/")],
            "queue": [("reviewer", "GET", "/assessing/mine/")],
            "form": [("reviewer", "GET", "/assessing/mine/{next}/")],
            "review": [("reviewer", "POST", "/assessing/mine/{next!}/hand-in/", scores)],
            "apply": [("applicant", "POST", "/applications/round/{round}/begin/", begun)],
            "export": [("organiser", "GET", "/applications/round/{round}/export.csv")],
            # Without a counterpart on the floor: the floor's list stands in for it.
            "home": [("reviewer", "GET", "/")],
            "year": [("organiser", "GET", "/year/")],
            "application": [("organiser", "GET", "/applications/{app}/")],
            "assignment": [("organiser", "GET", "/assessing/rounds/{round}/assignment/")],
            "progress": [("organiser", "GET", "/assessing/rounds/{round}/")],
            "ideas": [("reviewer", "GET", "/ideas/")],
        },
        "like": {"home": "list", "year": "list", "application": "detail"},
    }  # fmt: skip


if __name__ == "__main__":
    sys.exit("A target file for the driver; see README.md")
