"""A three-second loop of a hand that comes down on a point, presses, circles a little and lifts."""

from __future__ import annotations

import subprocess
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import imageio_ffmpeg  # type: ignore[import-untyped] # it brings no types
import numpy as np
from PIL import Image

from tools.pictures.arrays import Point
from tools.pictures.canvas import ACCENT, SIZE, svg_image
from tools.pictures.hands import over_the_rim, sprite
from tools.pictures.points import press_background
from tools.pictures.stage import Stage

SIDE = 720
"""Pixels."""
SECONDS = 3.0
FRAMES_PER_SECOND = 24
MOST_BYTES = 100_000
_MOST_PIXELS_PER_CM = 38.0
"""In the closest views the hand is drawn a little smaller than life, so that it does not hide the body."""


@dataclass(frozen=True)
class _Moment:
    """How far the hand is lifted and pressed in, from 0 to 1, and where its small circle is, in pixels."""

    lift: float
    press: float
    circle: Point


def press_loop(stage: Stage, code: str, path: Path) -> None:
    """Write the loop as H.264 without sound. The same input gives the same bytes."""
    command = [
        imageio_ffmpeg.get_ffmpeg_exe(),
        *("-y", "-loglevel", "error", "-f", "rawvideo", "-pix_fmt", "rgb24"),
        *("-s", f"{SIDE}x{SIDE}", "-r", str(FRAMES_PER_SECOND), "-i", "-"),
        *("-c:v", "libx264", "-pix_fmt", "yuv420p", "-crf", "26", "-preset", "slow", "-tune", "animation"),
        # One thread, no clock and no version in the file: a rebuild can be compared byte by byte.
        *("-threads", "1", "-fflags", "+bitexact", "-flags:v", "+bitexact", "-map_metadata", "-1"),
        *("-movflags", "+faststart", "-an", str(path)),
    ]
    with subprocess.Popen(command, stdin=subprocess.PIPE) as encoder:
        assert encoder.stdin is not None
        for frame in _frames(stage, code):
            encoder.stdin.write(frame.tobytes())
        encoder.stdin.close()
        if encoder.wait():
            raise RuntimeError(f"ffmpeg failed on {code}")


def _frames(stage: Stage, code: str) -> Iterator[Image.Image]:
    press = stage.content.points[code].press
    if press is None:
        raise ValueError(f"{code} has no way of pressing")
    background, shot, at = press_background(stage, code)
    shrink = SIDE / SIZE
    base = background.resize((SIDE, SIDE), Image.Resampling.LANCZOS)
    shown = shrink * min(shot.camera.pixels_per_cm, _MOST_PIXELS_PER_CM)
    facts = stage.content.hands[press.hand]
    hand = sprite(stage, facts).turned(press.degrees, press.mirrored, shown)
    # A drawn thumb points down before it is turned, a flat hand points up.
    angle = np.radians(press.degrees + (0 if facts.anchor == "thumb_tip" else 180))
    pointing = np.array([-np.sin(angle), np.cos(angle)])
    place = np.array(at) * shrink
    target = place + np.array(press.shift) * shrink
    body = shot.image.resize((SIDE, SIDE), Image.Resampling.LANCZOS)
    count = round(SECONDS * FRAMES_PER_SECOND)
    for index in range(count):
        t = index / count
        moment = _moment(t)
        frame = base.copy()
        frame.alpha_composite(svg_image(_dent(place, moment.press, t)))
        tip = target - pointing * (36 * moment.lift - 5 * moment.press) + moment.circle
        layer = Image.new("RGBA", frame.size)
        hand.lay(layer, (float(tip[0]), float(tip[1])), lift=2 + 14 * moment.lift)
        if press.behind:
            layer = over_the_rim(layer, body, shot.camera.pixels_per_cm * shrink)
        frame.alpha_composite(layer)
        yield frame.convert("RGB")


def _moment(t: float) -> _Moment:
    """``t`` from 0 to 1: down, press, two small circles, lift."""
    lift = 1 - _ease(t / 0.22) if t < 0.22 else _ease((t - 0.80) / 0.20)
    press = _ease((t - 0.22) / 0.12) * (1 - _ease((t - 0.68) / 0.12))
    circle = np.zeros(2)
    if 0.34 < t < 0.68:
        turn = 2 * np.pi * (t - 0.34) / 0.17
        circle = np.array([np.cos(turn) - 1, np.sin(turn)]) * 3.2 * press
    return _Moment(lift, press, circle)


def _ease(x: float) -> float:
    return float(0.5 - 0.5 * np.cos(np.pi * np.clip(x, 0, 1)))


def _dent(at: Point, press: float, t: float) -> str:
    """The shade of the dent, and rings that go outwards while the hand presses."""
    rings = ""
    for phase in (0.0, 0.5):
        q = (t * 2 + phase) % 1
        rings += (
            f'<circle cx="{at[0]:.1f}" cy="{at[1]:.1f}" r="{14 + 46 * q:.1f}" fill="none" stroke="{ACCENT}" '
            f'stroke-width="{4 * (1 - q) + 0.5:.1f}" stroke-opacity="{press * (1 - q) * 0.9:.2f}"/>'
        )
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" width="{SIDE}" height="{SIDE}"><defs>'
        '<radialGradient id="d">'
        f'<stop offset="0" stop-color="#6A3A28" stop-opacity="{0.55 * press:.2f}"/>'
        '<stop offset="1" stop-color="#6A3A28" stop-opacity="0"/></radialGradient></defs>'
        f'<circle cx="{at[0]:.1f}" cy="{at[1]:.1f}" r="40" fill="url(#d)"/>{rings}</svg>'
    )
