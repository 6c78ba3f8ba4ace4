"""Projects help each other, and the town hears: links, asks, lessons, stories, conference, public pages."""

from .conference import Conference, Hall
from .release import Release
from .showcase import Showcase
from .slot import Slot, Speaker

__all__ = ["Conference", "Hall", "Release", "Showcase", "Slot", "Speaker"]
