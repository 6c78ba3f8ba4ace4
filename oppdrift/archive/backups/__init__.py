"""One file that holds the database and the private files, for SQLite and PostgreSQL alike.

A zip: `manifest.json` (format, version, migrations, counts, hashes), `rows/<table>.jsonl` with a row a line, `files/…`,
and, only if asked for, `secret-key`.
"""

from .making import backup
from .restoring import restore
from .shape import BadArchive

__all__ = ["BadArchive", "backup", "restore"]
