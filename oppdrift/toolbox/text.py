"""Norwegian text as keys that any database sorts and finds by plain comparison of bytes."""

import unicodedata

# æ, ø and å come after z, their Swedish and German cousins with them. Letters only, since a database that sorts by
# the rules of some language would pass over signs.
_SORT = str.maketrans({"æ": "zzza", "ä": "zzza", "ø": "zzzb", "ö": "zzzb", "å": "zzzc"})
_FOLD = str.maketrans({"æ": "ae", "ø": "o", "ß": "ss", "đ": "d", "ð": "d", "þ": "th", "ł": "l"})


def sort_key(text: str) -> str:
    """A key that sorts as a Norwegian dictionary does: case and accents aside, æ ø å last."""
    lowered = unicodedata.normalize("NFC", text).casefold().strip()
    swapped = lowered.translate(_SORT)
    bare = "".join(c for c in unicodedata.normalize("NFKD", swapped) if not unicodedata.combining(c))
    plain = "".join(c if c.isalnum() else " " for c in bare)
    return " ".join(plain.split())[:250]


def fold(text: str) -> str:
    """A key under which spellings meet: "ÆRLIG", "ærlig" and "aerlig" are one; spaces and signs do not count."""
    lowered = unicodedata.normalize("NFKC", text).casefold().translate(_FOLD)
    plain = "".join(c for c in unicodedata.normalize("NFKD", lowered) if not unicodedata.combining(c))
    words = "".join(c if c.isalnum() else " " for c in plain)
    return " ".join(words.split())
