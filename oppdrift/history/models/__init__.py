from .event import Event
from .file import File
from .message import Message

__all__ = ["Event", "File", "Message"]
