"""The program as ASGI servers see it."""

import gc
import os
from typing import Any

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "oppdrift.settings")
gc.disable()  # until all is in place: hardly anything that start-up makes is waste

HASHED_NAME = r"\.[0-9a-f]{12}\.\w+$"


def no_sniffing(headers: Any, path: str, url: str) -> None:
    headers["X-Content-Type-Options"] = "nosniff"


def collect_garbage_seldom() -> None:
    """What start-up made stays; looking through it for waste every few hundred objects cost a fifth of a page."""
    gc.enable()
    gc.freeze()
    gc.set_threshold(50_000, 20, 50)


def make_application() -> Any:
    """Django, with the static files answered before it: no page pays for them, and they are compressed already."""
    from django.conf import settings
    from servestatic import ServeStaticASGI

    from oppdrift.toolbox.lanes import get_application

    django_answers = get_application()
    collect_garbage_seldom()
    return ServeStaticASGI(
        django_answers,
        root=str(settings.STATIC_ROOT),
        prefix=settings.STATIC_URL,
        max_age=300,
        immutable_file_test=HASHED_NAME,
        add_headers_function=no_sniffing,
        allow_all_origins=False,
    )


application = make_application()
