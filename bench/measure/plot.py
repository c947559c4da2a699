"""The figures as a picture: a row a program, a mark an engine, speed on a logarithmic scale."""

import html
import math

from measure.figures import means, speed

LEFT, RIGHT, ROW, LEGEND_ROW = 130, 30, 26, 20
WIDTH = 900
COLOURS = ("#0072b2", "#d55e00", "#009e73", "#cc79a7", "#56b4e9", "#e69f00", "#000000", "#999999", "#7a3b8f", "#8c6d31",
           "#b22222", "#40826d")


def plot(measurement, base):
    core = [p.name for p in measurement.programs if p.kind == "core"]
    rows = [(name, {e.name: speed(measurement, name, e.name, base) for e in measurement.engines}) for name in core]
    rows.append(("geometric mean", {name: mean for name, (mean, _) in means(measurement, base).items()}))
    values = [v for _, row in rows for v in row.values() if v is not None]
    if not values:
        return None
    return _draw(rows, [e.name for e in measurement.engines], base, Scale(values))


class Scale:
    """Speeds to places: whole octaves around what there is."""

    def __init__(self, values):
        self.low = math.floor(math.log2(min(values)))
        self.high = max(math.ceil(math.log2(max(values))), self.low + 1)

    def x(self, value):
        return LEFT + (math.log2(value) - self.low) / (self.high - self.low) * (WIDTH - LEFT - RIGHT)

    def ticks(self):
        return [2.0**i for i in range(self.low, self.high + 1)]


def _draw(rows, engines, base, scale):
    colour = {name: COLOURS[i % len(COLOURS)] for i, name in enumerate(engines)}
    legend, top = _legend(engines, colour)
    height = top + ROW * len(rows) + 20
    parts = [f'<svg xmlns="http://www.w3.org/2000/svg" width="{WIDTH}" height="{height}" '
             f'viewBox="0 0 {WIDTH} {height}" font-family="sans-serif" font-size="12">',
             f'<title>Speed relative to {html.escape(base)}</title>',
             f'<rect width="{WIDTH}" height="{height}" fill="#ffffff"/>']
    parts += legend + _grid(scale, base, top, height)
    for i, (name, row) in enumerate(rows):
        parts += _row(name, row, top + ROW * i + ROW / 2, colour, scale, name == "geometric mean")
    return "\n".join([*parts, "</svg>"]) + "\n"


def _legend(engines, colour):
    """Its marks, as many lines as it needs, and where the rows begin below."""
    parts, x, y = [], 10, 16
    for name in engines:
        width = 30 + 7 * len(name)
        if x + width > WIDTH:
            x, y = 10, y + LEGEND_ROW
        parts.append(f'<circle cx="{x + 5}" cy="{y}" r="5" fill="{colour[name]}"/>'
                     f'<text x="{x + 14}" y="{y + 4}">{html.escape(name)}</text>')
        x += width
    return parts, y + 54


def _grid(scale, base, top, height):
    parts = [f'<text x="{LEFT}" y="{top - 26}">times as fast as {html.escape(base)}</text>']
    for tick in scale.ticks():
        x = scale.x(tick)
        parts.append(f'<line x1="{x:.1f}" x2="{x:.1f}" y1="{top}" y2="{height - 20}" '
                     f'stroke="{"#666666" if tick == 1 else "#dddddd"}"/>'
                     f'<text x="{x:.1f}" y="{top - 6}" text-anchor="middle">{_label(tick)}</text>')
    return parts


def _label(tick):
    return f"{tick:g}" if tick >= 1 else f"1/{1 / tick:g}"


def _row(name, row, y, colour, scale, is_mean):
    weight = ' font-weight="bold"' if is_mean else ""
    parts = [f'<text x="{LEFT - 10}" y="{y + 4:.1f}" text-anchor="end"{weight}>{html.escape(name)}</text>']
    for engine, value in row.items():
        if value is not None:
            parts.append(f'<circle cx="{scale.x(value):.1f}" cy="{y:.1f}" r="{6 if is_mean else 4}" '
                         f'fill="{colour[engine]}"><title>{html.escape(engine)}: {value:.2f}</title></circle>')
    return parts
