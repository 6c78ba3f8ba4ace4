"""The method cards, read from `methods/*.toml`: one file a card, its three languages side by side."""

import tomllib
from dataclasses import dataclass
from pathlib import Path

from oppdrift.toolbox import dates

FOLDER = Path(__file__).parent / "methods"
ORDER = ("problem", "needs", "prototype", "test", "effect", "stakeholders", "story")


@dataclass(frozen=True)
class Words:
    """What a card says in one language."""

    title: str
    purpose: str
    when: str
    need: str  # time and people
    steps: tuple[str, ...]
    question: str


@dataclass(frozen=True)
class Method:
    """One card. Attributes of `Words` are read in the language of the page."""

    key: str
    minutes: int
    languages: dict[str, Words]

    @property
    def words(self) -> Words:
        return self.languages[dates.language()]

    @property
    def title(self) -> str:
        return self.words.title

    def __str__(self) -> str:
        return self.title


def read(path: Path) -> Method:
    content = tomllib.loads(path.read_text(encoding="utf-8"))
    languages = {
        code: Words(**{**content[code], "steps": tuple(content[code]["steps"])}) for code in ("nb", "nn", "en")
    }
    return Method(path.stem, content["minutes"], languages)


METHODS = {key: read(FOLDER / f"{key}.toml") for key in ORDER}
