"""The line that rises over the three minutes, on the room screen. The browser moves the buoy along the same curve."""

from dataclasses import dataclass

WIDTH, FOOT, RISE = 1920, 969, 188  # of the drawing, 1920 × 1080
MOST_MARKS = 6


def height(share: float) -> float:
    """Where the curve is after this share of the time, from the top. The year line's shape, drawn flatter."""
    share = min(max(share, 0.0), 1.0)
    eased = 2 * share**2 if share < 0.5 else 1 - (2 - 2 * share) ** 2 / 2
    return FOOT - RISE * (0.55 * share + 0.45 * eased)


@dataclass
class Mark:
    x: float
    y: float
    minute: int

    @property
    def text_y(self) -> float:
        return self.y + 84


class Curve:
    """Drawn for a moment; milliseconds."""

    def __init__(self, passed: int, limit: int) -> None:
        self.share = min(max(passed / limit, 0.0), 1.0) if limit else 0.0
        self.limit = limit

    @property
    def line(self) -> str:
        points = [(WIDTH * step / 48, height(step / 48)) for step in range(49)]
        return "M" + " ".join(f"{x:g} {y:.1f}" for x, y in points)

    @property
    def area(self) -> str:
        return f"{self.line} {WIDTH} 1080 0 1080Z"

    @property
    def x(self) -> float:
        return round(min(WIDTH * self.share, WIDTH - 60), 1)  # the buoy stays whole on the screen

    @property
    def left(self) -> float:
        """Where what has passed begins, as far as the clip is moved to the left."""
        return round(self.x - WIDTH, 1)

    @property
    def y(self) -> float:
        return round(height(self.share), 1)

    @property
    def marks(self) -> list[Mark]:
        """One a minute, under the line; the last one moved in from the edge."""
        minutes = self.limit // 60_000
        if not 1 <= minutes <= MOST_MARKS:
            return []
        made = []
        for minute in range(1, minutes + 1):
            x = min(WIDTH * minute * 60_000 / self.limit, WIDTH - 60)
            made.append(Mark(x, round(height(x / WIDTH) + 24), minute))
        return made
