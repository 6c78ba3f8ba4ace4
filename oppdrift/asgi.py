"""The program as ASGI servers see it."""

import os
from typing import Any

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "oppdrift.settings")

HASHED_NAME = r"\.[0-9a-f]{12}\.\w+$"


def no_sniffing(headers: Any, path: str, url: str) -> None:
    headers["X-Content-Type-Options"] = "nosniff"


def make_application() -> Any:
    """Django, with the static files answered before it: no page pays for them, and they are compressed already."""
    from django.conf import settings
    from servestatic import ServeStaticASGI

    from oppdrift.toolbox.lanes import get_application

    return ServeStaticASGI(
        get_application(),
        root=str(settings.STATIC_ROOT),
        prefix=settings.STATIC_URL,
        max_age=300,
        immutable_file_test=HASHED_NAME,
        add_headers_function=no_sniffing,
        allow_all_origins=False,
    )


application = make_application()
