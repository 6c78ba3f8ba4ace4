from .person import Identity, Person
from .unit import Unit

__all__ = ["Identity", "Person", "Unit"]
