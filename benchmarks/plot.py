"""Draws lines over the number of sources as an SVG that is legible on light and on dark pages."""

import html
import math

WIDTH, HEIGHT = 800, 440
LEFT, RIGHT, TOP, BOTTOM = 86, 240, 48, 56  # around the plotted area; the lines' names are to the right
# The colors of each line on a light and on a dark page. They also differ in lightness.
COLORS = [
    ("#7c3aed", "#c4b5fd"),
    ("#1d4ed8", "#93c5fd"),
    ("#0e7490", "#67e8f9"),
    ("#15803d", "#86efac"),
    ("#b45309", "#fcd34d"),
    ("#b91c1c", "#fca5a5"),
]


def style():
    def rules(text, faint, back, which):
        lines = "".join(f".c{i}{{stroke:{pair[which]}}}.t{i}{{fill:{pair[which]}}}" for i, pair in enumerate(COLORS))
        return f"text{{fill:{text}}}.back{{fill:{back}}}.grid{{stroke:{faint}}}{lines}"

    return (
        "<style>"
        ".line{fill:none;stroke-width:2}.grid{stroke-width:1}.bar{stroke-dasharray:6 4}"
        + rules("#24292f", "#d8dee4", "#ffffff", 0)
        + "@media (prefers-color-scheme: dark){"
        + rules("#e6edf3", "#30363d", "#0d1117", 1)
        + "}</style>"
    )


class Axis:
    """Maps values to positions between two ends, with ticks; logarithmic or beginning at zero."""

    def __init__(self, values, begin, end, logarithmic):
        self.begin, self.end, self.logarithmic = begin, end, logarithmic
        if logarithmic:
            self.low, self.high = math.floor(math.log10(min(values)) + 1e-9), math.ceil(math.log10(max(values)) - 1e-9)
            self.high = max(self.high, self.low + 1)
            self.ticks = [10.0**power for power in range(self.low, self.high + 1)]
        else:
            self.low = 0
            step = 10 ** math.floor(math.log10(max(values)))
            step = next(s for s in (step / 5, step / 2, step, 2 * step) if max(values) / s <= 6)
            self.high = step * math.ceil(max(values) / step)
            self.ticks = [step * i for i in range(round(self.high / step) + 1)]

    def place(self, value):
        value = math.log10(value) if self.logarithmic else value
        return self.begin + (self.end - self.begin) * (value - self.low) / (self.high - self.low)


def seconds(value):
    """Returns a time as an axis shows it."""
    if value < 1:
        return f"{1000 * value:g} ms"
    return f"{value:g} s" if value < 60 else f"{value:,.0f} s"


def apart(places, distance):
    """Returns the positions, sorted from the top and moved down until each has that distance from
    the previous one."""
    result = []
    for place in places:
        result.append(max(place, result[-1] + distance) if result else place)
    # If the column exceeds the picture, move all of it up.
    excess = max(0, (result[-1] if result else 0) - (HEIGHT - BOTTOM))
    return [place - excess for place in result]


def draw(title, lines, y_title, y_name, logarithmic=True, bar=None):
    """The text of an SVG file.

    lines: {name: [(number of sources, value)]}; y_name says a value of the axis.
    bar: (name, value), drawn as a dashed line.
    """
    points = [point for line in lines.values() for point in line]
    assert points, title
    x = Axis([n for n, _ in points], LEFT, WIDTH - RIGHT, True)
    y = Axis([value for _, value in points] + ([bar[1]] if bar else []), HEIGHT - BOTTOM, TOP, logarithmic)
    parts = [
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {WIDTH} {HEIGHT}" width="{WIDTH}" height="{HEIGHT}"'
        ' font-family="DejaVu Sans, Helvetica, Arial, sans-serif" font-size="13">',
        f"<title>{html.escape(title)}</title>",
        style(),
        '<rect class="back" width="100%" height="100%" rx="8"/>',
        f'<text x="{LEFT}" y="28" font-size="15" font-weight="bold">{html.escape(title)}</text>',
    ]
    for tick in y.ticks:
        at = y.place(tick)
        parts.append(f'<line class="grid" x1="{LEFT}" x2="{WIDTH - RIGHT}" y1="{at:.1f}" y2="{at:.1f}"/>')
        parts.append(f'<text x="{LEFT - 8}" y="{at + 4:.1f}" text-anchor="end">{html.escape(y_name(tick))}</text>')
    for tick in x.ticks:
        at = x.place(tick)
        parts.append(f'<line class="grid" x1="{at:.1f}" x2="{at:.1f}" y1="{TOP}" y2="{HEIGHT - BOTTOM}"/>')
        parts.append(f'<text x="{at:.1f}" y="{HEIGHT - BOTTOM + 20}" text-anchor="middle">{tick:,.0f}</text>')
    middle = (LEFT + WIDTH - RIGHT) / 2
    parts.append(f'<text x="{middle:.0f}" y="{HEIGHT - 14}" text-anchor="middle">number of sources</text>')
    half = (TOP + HEIGHT - BOTTOM) / 2
    parts.append(f'<text x="16" y="{half:.0f}" text-anchor="middle" transform="rotate(-90 16 {half:.0f})">{html.escape(y_title)}</text>')
    named = []
    for i, (name, line) in enumerate(lines.items()):
        path = " ".join(f"{x.place(n):.1f},{y.place(value):.1f}" for n, value in sorted(line))
        parts.append(f'<polyline class="line c{i}" points="{path}"/>')
        parts += [f'<circle class="t{i}" cx="{x.place(n):.1f}" cy="{y.place(value):.1f}" r="3.5"/>' for n, value in line]
        named.append((y.place(max(line)[1]), f't{i}', name))
    if bar:
        at = y.place(bar[1])
        i = len(lines)
        parts.append(f'<line class="line bar c{i}" x1="{LEFT}" x2="{WIDTH - RIGHT}" y1="{at:.1f}" y2="{at:.1f}"/>')
        named.append((at, f"t{i}", bar[0]))
    named.sort()
    for (_, kind, name), at in zip(named, apart([place for place, _, _ in named], 18)):
        parts.append(f'<text class="{kind}" x="{WIDTH - RIGHT + 12}" y="{at + 4:.1f}">{html.escape(name)}</text>')
    return "\n".join([*parts, "</svg>"]) + "\n"
