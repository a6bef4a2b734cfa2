"""The figure's own hand, drawn apart, to be laid over a view."""

from __future__ import annotations

import math
from dataclasses import dataclass

import numpy as np
from PIL import Image, ImageChops, ImageFilter

from tools.pictures.arrays import Floats, Point, smooth, unit
from tools.pictures.canvas import Place
from tools.pictures.figure import Posed
from tools.pictures.raster import Camera
from tools.pictures.scenes import Hand
from tools.pictures.stage import Stage
from tools.pictures.style import LINE, Look

_REACH = 29.0
"""cm around the anchor that are drawn."""
_DRAWN_AT = 45.0
"""Pixels per cm at which a hand is drawn, once for all pictures; it is made smaller after turning."""
_SHADOW = (70, 40, 25, 255)
_MARGIN = 30
"""Pixels around a turned hand, for its shadow."""


@dataclass(frozen=True)
class Sprite:
    """A drawn hand; its anchor is the middle of the image."""

    image: Image.Image

    def turned(self, degrees: float, mirrored: bool, pixels_per_cm: float) -> LaidHand:
        """Turned clockwise about the anchor, after mirroring, at the scale of a picture."""
        image = self.image.transpose(Image.Transpose.FLIP_LEFT_RIGHT) if mirrored else self.image
        image = image.rotate(-degrees, Image.Resampling.BICUBIC)
        side = 2 * round(image.size[0] * pixels_per_cm / _DRAWN_AT / 2)
        image = image.resize((side, side), Image.Resampling.LANCZOS)
        box = image.getchannel("A").getbbox() or (0, 0, 1, 1)
        box = (box[0] - _MARGIN, box[1] - _MARGIN, box[2] + _MARGIN, box[3] + _MARGIN)
        half = image.size[0] / 2
        return LaidHand.of(image.crop(box), (half - box[0], half - box[1]))


@dataclass(frozen=True)
class LaidHand:
    """A turned hand with its shadow, and where in it the anchor is."""

    hand: Image.Image
    shadow: Image.Image
    anchor: Place

    @classmethod
    def of(cls, hand: Image.Image, anchor: Place) -> LaidHand:
        """With the shadow made once for all frames."""
        shadow = Image.new("RGBA", hand.size, _SHADOW)
        blurred = hand.getchannel("A").filter(ImageFilter.GaussianBlur(9))
        shadow.putalpha(blurred.point([int(v * 0.34) for v in range(256)]))
        return cls(hand, shadow, anchor)

    def lay(self, image: Image.Image, at: Place, lift: float = 0.0) -> None:
        """Put it on an image with its anchor at a place; ``lift`` is the shadow's distance in pixels."""
        for layer, dx, dy in ((self.shadow, 3 + lift * 0.5, 6 + lift), (self.hand, 0.0, 0.0)):
            x, y = at[0] + dx - self.anchor[0], at[1] + dy - self.anchor[1]
            left, top = math.floor(x), math.floor(y)
            moved = layer.transform(
                layer.size,
                Image.Transform.AFFINE,
                (1, 0, left - x, 0, 1, top - y),
                Image.Resampling.BILINEAR,
            )
            cut = (max(0, -left), max(0, -top))
            if cut[0] < moved.size[0] and cut[1] < moved.size[1]:
                image.alpha_composite(moved, (max(0, left), max(0, top)), cut)


def sprite(stage: Stage, hand: Hand) -> Sprite:
    """The hand, drawn apart. The forearm fades out."""
    figure = stage.figure
    posed = figure.pose(hand.pose)
    size = 2 * round(_REACH * _DRAWN_AT)
    center, up = _anchor(stage, hand, posed)
    axes = np.stack([figure.frames.radial, figure.frames.distal, figure.frames.dorsal])
    camera = Camera(center, np.array(hand.eye) @ axes, up, size / _DRAWN_AT, (size, size))
    image = stage.drawn(
        hand.pose, camera, Look(light=hand.light, oversampling=1, outer=8, inner=5), keep=("arm.L",)
    )
    if hand.anchor == "thumb_tip":
        image = _with_tip_in_the_middle(image)
    image.putalpha(ImageChops.multiply(image.getchannel("A"), _fade(stage, hand, camera, size)))
    return Sprite(image)


def over_the_rim(hand: Image.Image, body: Image.Image, pixels_per_cm: float) -> Image.Image:
    """What can be seen of a hand that comes from behind the body's rim, with a new contour."""
    above = ImageChops.offset(body.getchannel("A"), 0, -round(1.3 * pixels_per_cm))
    whole = hand.getchannel("A")
    seen = ImageChops.multiply(whole, ImageChops.lighter(body.getchannel("A"), above))
    contour = Image.new("RGBA", hand.size, LINE)
    cut = ImageChops.subtract(seen.filter(ImageFilter.MaxFilter(11)), seen)
    contour.putalpha(ImageChops.darker(cut, whole))
    hand.putalpha(seen)
    contour.alpha_composite(hand)
    return contour


def _anchor(stage: Stage, hand: Hand, posed: Posed) -> tuple[Point, Point]:
    figure = stage.figure
    frames = figure.frames
    if hand.anchor == "thumb_tip":
        tip = figure.carried_joint(posed, "l-finger-1-4", "finger1-3.L")
        middle = figure.carried_joint(posed, "l-finger-1-2", "finger1-2.L")
        return tip, unit(middle - tip)
    axes = np.stack([frames.radial, frames.distal, frames.dorsal])
    return frames.hand(*hand.anchor), np.asarray(np.array(hand.up) @ axes)


def _with_tip_in_the_middle(image: Image.Image) -> Image.Image:
    """Shift the drawing so that the pad's end, not the joint inside it, is the anchor."""
    alpha = np.asarray(image.getchannel("A"))
    half = image.size[0] // 2
    near = round(1.2 * _DRAWN_AT)
    rows, _ = np.nonzero(alpha[:, half - near : half + near] > 128)
    return image.transform(
        image.size, Image.Transform.AFFINE, (1, 0, 0, 0, 1, int(rows.max()) - half), Image.Resampling.NEAREST
    )


def _fade(stage: Stage, hand: Hand, camera: Camera, size: int) -> Image.Image:
    frames = stage.figure.frames
    wrist, elbow = camera.project(np.stack([frames.wrist, frames.wrist - 10 * frames.arm_distal]))[:, :2]
    along = (elbow - wrist) / 10.0
    scale = float(along @ along)
    y, x = np.mgrid[0:size, 0:size].astype(np.float32)
    cm: Floats = ((x - wrist[0]) * along[0] + (y - wrist[1]) * along[1]) / max(scale, 1e-6)
    return Image.fromarray((255 * (1 - smooth(*hand.fade, cm))).astype(np.uint8), "L")
