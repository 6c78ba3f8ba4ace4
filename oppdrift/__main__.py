"""`python -m oppdrift` is the command `oppdrift`."""

import sys

from oppdrift.cli import main

sys.exit(main())
