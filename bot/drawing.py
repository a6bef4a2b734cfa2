"""A chart as a picture. It is drawn for one person, from what is theirs, and kept nowhere."""

from __future__ import annotations

import sys

from bot.wording.chart import Bars, Chart

WIDTH, TITLE, LEGEND, BAR, GAP = 960, 110, 180, 46, 18
"""In pixels. A phone shows two or three of them as one, and the words have to be readable there."""
FONT = "Source Sans Pro"
INK, LINES, PAPER = "#111111", "#8c8c8c", "#ffffff"
ORANGE, BLUE = "#E69F00", "#0072B2"
"""Of the colours by Okabe and Ito, which everybody can tell apart; one is light and one dark besides."""
_BESIDE = "\u2002\u2002"
"""Blanks that move the value of a bar, which is written across its end, to beside it."""


def draw(chart: Chart) -> bytes:
    """The chart as PNG. Takes about a fifth of a second, so it is for a thread of its own."""
    import resvg_py  # loaded when the first chart is asked for, as most people never ask
    from font_source_sans_pro import SourceSansProSemibold

    drawn, top = [], 0
    for part in chart.parts:
        height = _height(part)
        drawn.append(f'<svg y="{top}" width="{WIDTH}" height="{height}">{_svg(part, height)}</svg>')
        top += height
    svg = (
        f'<svg xmlns="http://www.w3.org/2000/svg" width="{WIDTH}" height="{top}">'
        f'<rect width="{WIDTH}" height="{top}" fill="{PAPER}"/>{"".join(drawn)}</svg>'
    )
    return bytes(
        resvg_py.svg_to_bytes(
            svg_string=svg, font_files=[SourceSansProSemibold], skip_system_fonts=True, font_family=FONT
        )
    )


def _height(bars: Bars) -> int:
    below = LEGEND if len(bars.series) > 1 else GAP
    return TITLE + below + len(bars.names) * (len(bars.series) * BAR + GAP)


def _svg(bars: Bars, height: int) -> str:
    """Bars as SVG. The plotting library sets groups from the bottom up, so they are handed to it reversed."""
    from pygal import HorizontalBar
    from pygal.style import Style

    # The library leaves an import hook of a kind that Python no longer knows, over which others stumble.
    sys.meta_path[:] = [hook for hook in sys.meta_path if hasattr(hook, "find_spec")]
    several = len(bars.series) > 1
    style = Style(
        font_family=FONT,
        background=PAPER,
        plot_background=PAPER,
        foreground=INK,
        foreground_strong=INK,
        foreground_subtle=LINES,
        guide_stroke_color=LINES,
        major_guide_stroke_color=LINES,
        colors=(ORANGE, BLUE) if several else (BLUE,),
        value_colors=(INK, INK),
        opacity="1",
        transition="0",
        title_font_size=40,
        label_font_size=32,
        major_label_font_size=32,
        legend_font_size=32,
        value_font_size=30,
    )
    most = bars.most or max(max(values) for _, values in bars.series)
    scaled = bars.most is not None
    plot = HorizontalBar(
        style=style,
        js=(),
        width=WIDTH,
        height=height,
        margin=24,
        title=bars.title,
        range=(0, most),
        y_labels=(0, most / 2, most),
        show_x_labels=scaled,  # of bars that lie, these are the numbers below
        show_y_guides=scaled,
        show_legend=several,
        legend_at_bottom=True,
        legend_at_bottom_columns=1,
        legend_box_size=24,
        truncate_label=-1,
        truncate_legend=-1,
        print_values=True,
        print_values_position="top",
        formatter=lambda value: f"{_BESIDE}{_short(value)}",
        value_formatter=_short,
    )
    plot.x_labels = bars.names[::-1]
    for name, values in bars.series:
        plot.add(name, values[::-1])
    return str(plot.render(is_unicode=True, disable_xml_declaration=True))


def _short(value: float) -> str:
    """A number with one place behind the point, or none where it is whole."""
    return f"{value:.1f}".removesuffix(".0")
