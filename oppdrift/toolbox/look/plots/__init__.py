"""A number over time as server-made SVG: measured values, baseline, target, uncertainty, and what is not known.

    series = Series(seen=[Seen(day, 62, "62 %"), …], unknown=[day, …], baseline=62, target=85, better="up", …)
    Plot(series)        two drawings of different widths, for `pieces/plot.html`; CSS chooses
    Mini(series)        the small one of cards, for `pieces/mini_plot.html`

Only numbers and words for attributes come from here; how things look stands in `plots.css`. The drawing is hidden from
screen readers: whoever shows it sets the same numbers beside it as a table.
"""

from .drawing import Drawing, Plot
from .mini import Mini
from .series import Seen, Series
from .stairs import Stairs

__all__ = ["Drawing", "Mini", "Plot", "Seen", "Series", "Stairs"]
