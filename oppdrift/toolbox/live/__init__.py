"""News for open pages, as server-sent events.

Whoever writes something that screens show says `live.tell(topic)` in the same transaction as the write. When that is
through, every listener of the topic, in this process and in others, is sent the topic's state as it is then.
"""

from .streams import hang_up, milliseconds, stream
from .telling import tell

__all__ = ["hang_up", "milliseconds", "stream", "tell"]
