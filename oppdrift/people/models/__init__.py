from .change import Change
from .person import Identity, Person
from .unit import Unit

__all__ = ["Change", "Identity", "Person", "Unit"]
