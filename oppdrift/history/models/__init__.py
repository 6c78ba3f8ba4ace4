from .event import Event
from .file import File
from .letter_text import LetterText
from .message import Message

__all__ = ["Event", "File", "LetterText", "Message"]
