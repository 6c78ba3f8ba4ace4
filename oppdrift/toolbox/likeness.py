"""Likeness of short Norwegian texts, and the words that two of them share.

Stemming finds almost nothing in such texts: "nattevaktene" and "nattevakt" have no stem in common by rule, but most of
their letters. So texts are compared by pieces of three to five letters, each weighing more the fewer texts have it
(TF-IDF, cosine). What two texts share is told in whole words, since a number convinces nobody.
"""

import math
import re
from collections import Counter
from collections.abc import Hashable, Mapping
from functools import cached_property
from typing import Any

from .text import fold

WORD = re.compile(r"[^\W\d_]+")
SIZES = (3, 4, 5)
LONGEST = 8000  # signs of a text that are read: more makes it slow, not wiser
LONG = 1500  # signs
SHORTEST_WORD = 5
ENDING = 4  # letters by which forms of one word may differ
COMMON = 0.34  # of all texts: a word that so many use connects none of them

# Words that say nothing of what a text is about, in bokmål and nynorsk.
SILENT = set(
    """alle allerede alltid altfor altså andre annen annet ansatt ansatte ansvar ansvaret april arbeid arbeide
    arbeidet august avtale avtalt bare bedre begge begynne begynner begynte behov berre beste besøk bli blir
    blitt bruke bruker brukere brukeren brukerne brukes brukt budsjett budsjettet burde byrja byrjar både dag
    dagen dagene dager denne dere deres derfor dermed dersom desember dessuten det dette difor disse dykk dykkar
    døme eigen einkvan eksempel eksempler eller enda endre endå enkelt enkelte ennå etter etterpå fast februar
    felles ferdig fikk finne finner fire fjerde fleire flere flyttes folk for fordi forrige fortelle forteller
    fortsatt fram frem from frå fungerer får følge førre først første gang ganger gevinst gevinsten gevinster
    gikk gjekk gjelder gjennom gjerast gjere gjerne gjort gjøre gode godt grunn hadde halv har have heile hele
    heller helt henne hente hjelp hjelpe hjelper hjå holde holder holdes hvem hver hverandre hverdagen hvert
    hvilke hvilken hvis hvor hvordan hvorfor igjen ikke ikkje ingen innan innen innenfor januar juli juni
    kanskje komme kommer kommune kommunen korfor korleis kostnad kroner kunne kvar kvarandre kvart kven kvifor
    lage langt leder lederen leiar leiaren lenge lenger lettere ligger like likevel lista liste lister lite lære
    løse løsning løsningen løysing løysinga mange mangler mars mellom mener mens mer mest mindre minst minutter
    mista mistet mitt mykje måle måler målet måling månad månadar måned måneder måte måten måtte møte møter
    neste nesten noen noensinne noko nokon nokre noter november nullpunkt nytt også oktober omkring opp oppgave
    opplever opplæring over penger person prosent prosjekt prosjektet prøve prøver regner sagt saken saker saman
    samarbeid samme sammen samtidig seier seks selv september sette setter sidan siden sier siste sjekke sjekker
    sjølv sjølve skal skjer skrevet skrive skriver skulle slik slike slutt snakket sosiale spørre spørsmål
    stader starte starter steder stedet stopp stort står større svar svarer synes søke søknad telefonen tenker
    that their they this tiden tidligere tilbake tilsette tiltak timen timer tjenester treng trenger trygge
    tusen uken uker under utan uten utstyr vanlig vanlige vanligste vanskelig vant vart veka veker verken
    verksemd verksemda vidare videre viktig viktige ville virker virksomhet virksomheten viser vore våre være
    vært what when which with åpne åpner årene året ønske ønsker""".split()
)


class Texts:
    """Some texts by key, to be compared with each other."""

    def __init__(self, texts: Mapping[Any, str]) -> None:
        self.texts = {key: text[:LONGEST] for key, text in texts.items()}

    # By pieces of words

    @cached_property
    def _vectors(self) -> dict[Hashable, dict[str, float]]:
        counted = {key: _pieces(text) for key, text in self.texts.items()}
        seen_in = Counter(piece for pieces in counted.values() for piece in pieces)
        rarity = {piece: math.log((1 + len(counted)) / (1 + n)) + 1 for piece, n in seen_in.items()}
        vectors = {}
        for key, pieces in counted.items():
            weights = {piece: (1 + math.log(n)) * rarity[piece] for piece, n in pieces.items()}
            length = math.sqrt(sum(weight * weight for weight in weights.values())) or 1.0
            vectors[key] = {piece: weight / length for piece, weight in weights.items() if seen_in[piece] > 1}
        return vectors

    def likeness(self, one: Hashable, other: Hashable) -> float:
        """0 (nothing in common) to 1 (the same text)."""
        small, large = sorted((self._vectors[one], self._vectors[other]), key=len)
        return sum(weight * large[piece] for piece, weight in small.items() if piece in large)

    # By whole words

    @cached_property
    def _words(self) -> dict[Hashable, Counter[str]]:
        """How often each text uses which telling word. One that is only ever written with a capital is a name, of a
        person or a place, and is nobody's reason."""
        plain = {word[:6] for text in self.texts.values() for word in WORD.findall(text) if word.islower()}
        return {
            key: Counter(
                word
                for word in map(str.lower, WORD.findall(text))
                if word[:6] in plain and len(word) >= SHORTEST_WORD and word not in SILENT
            )
            for key, text in self.texts.items()
        }

    @cached_property
    def _seen_in(self) -> Counter[str]:
        return Counter(head for words in self._words.values() for head in {_head(word) for word in words})

    def shared_words(self, one: Hashable, other: Hashable, most: int = 3) -> list[str]:
        """Words of the first text that the second has too, perhaps in another form; what both dwell on first.

        A word that each uses once is left out: two long texts always have some of those in common.
        """
        by_head: dict[str, list[str]] = {}
        for word in self._words[other]:
            by_head.setdefault(word[:5], []).append(word)
        weights: dict[str, float] = {}
        for word, times in self._words[one].items():
            same = [each for each in by_head.get(word[:5], []) if _is_same(word, each)]
            theirs = sum(self._words[other][each] for each in same)
            if same and self._is_telling(word):
                weights[word] = math.log(1 + times) * math.log(1 + theirs) * self._rarity(word) * len(word)
        found: list[str] = []
        for word in sorted(weights, key=lambda word: (-weights[word], word)):
            forms = [each for each in weights if _is_same(word, each)]
            mine = sum(self._words[one][each] for each in forms)
            theirs = sum(self._words[other][each] for each in by_head[word[:5]] if _is_same(word, each))
            if mine + theirs > self._least(one, other) and not any(_is_same(word, each) for each in found):
                found.append(word)
        return found[:most]

    def _least(self, one: Hashable, other: Hashable) -> int:
        """How often a word must occur in the two together, and more: the longer they are, the more is chance."""
        return 3 if min(len(self.texts[one]), len(self.texts[other])) > LONG else 2

    def _rarity(self, word: str) -> float:
        return math.log((1 + len(self.texts)) / (1 + self._seen_in[_head(word)])) + 1

    def _is_telling(self, word: str) -> bool:
        return self._seen_in[_head(word)] <= max(3, COMMON * len(self.texts))


def _pieces(text: str) -> Counter[str]:
    found: Counter[str] = Counter()
    for word, times in Counter(WORD.findall(text.lower())).items():
        if word in SILENT:
            continue
        framed = f" {word} "
        for size in SIZES:
            for start in range(len(framed) - size + 1):
                found[framed[start : start + size]] += times
    return found


def _head(word: str) -> str:
    """What forms of one word have in common, roughly."""
    return word[: max(5, len(word) - 3)]


def _is_same(one: str, other: str) -> bool:
    """Two forms of one word: one is the beginning of the other, or they part in the ending."""
    if one == other:
        return True
    short, long = sorted((one, other), key=len)
    if len(short) < 5 or len(long) - len(short) > ENDING:
        return False
    alike = next((i for i in range(len(short)) if short[i] != long[i]), len(short))
    return alike >= max(5, len(short) - 2)


def has_any(folded: str, words: tuple[str, ...]) -> bool:
    """Does a text (folded by `toolbox.text.fold`) have a word that begins like one of these?"""
    return any(f" {fold(word)}" in f" {folded}" for word in words)
