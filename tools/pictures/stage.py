"""Views of the figure, rendered once each and kept."""

from __future__ import annotations

import hashlib
import json
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from PIL import Image

from tools.pictures.arrays import Floats, Point
from tools.pictures.assets import Assets
from tools.pictures.canvas import SIZE
from tools.pictures.facts import Spot, Vector, View
from tools.pictures.figure import Figure, Posed
from tools.pictures.loading import PictureContent
from tools.pictures.mesh import Mesh
from tools.pictures.raster import Camera
from tools.pictures.relief import heights
from tools.pictures.style import Look, draw, shorts_between

_RENDERERS = ("arrays", "mesh", "body", "raster", "lines", "style", "surfaces", "figure", "relief")


@dataclass(frozen=True)
class Shot:
    """A rendered view: the body alone, and what is needed to find places in it."""

    image: Image.Image
    camera: Camera
    posed: Posed
    figure: Figure

    def place(self, spot: Spot) -> Point:
        """Where a spot is in the pose of this view, cm."""
        return self.figure.at(self.figure.bind(spot), self.posed.coarse)


class Stage:
    """Renders views. Drawings are kept in ``cache`` under a hash of all that makes them."""

    def __init__(self, content: PictureContent, wheel: Path, cache: Path) -> None:
        self.content = content
        self.figure = Figure(Assets(wheel), content.figure)
        self._cache = cache
        self._relief: Floats | None = None
        self._fine: dict[str, tuple[Mesh, Floats]] = {}
        folder = Path(__file__).parent
        self._seed = hashlib.sha256(
            b"".join((folder / f"{name}.py").read_bytes() for name in _RENDERERS)
            + repr((content.figure.shape, content.relief)).encode()
        )
        cache.mkdir(parents=True, exist_ok=True)

    def shot(self, view: View, size: tuple[int, int] = (SIZE, SIZE), look: Look | None = None) -> Shot:
        """A view of the content, drawn at a size in pixels."""
        look = look or Look(light=view.light, crease=view.crease)
        camera = Camera(
            self._vector(view, view.center, place=True),
            self._vector(view, view.eye),
            self._vector(view, view.up),
            view.width,
            size,
        )
        image = self.drawn(
            view.pose,
            camera,
            look,
            keep=view.keep,
            keep_above=view.keep_above,
            without=view.without,
            shorts=view.shorts,
        )
        return Shot(image, camera, self.figure.pose(view.pose), self.figure)

    def drawn(
        self,
        pose: str,
        camera: Camera,
        look: Look,
        *,
        keep: tuple[str, ...] = (),
        keep_above: float = 0.5,
        without: tuple[str, ...] = (),
        shorts: tuple[float, float] | None = None,
    ) -> Image.Image:
        """The figure in a pose, or parts of it, on a clear ground."""
        key = self._seed.copy()
        vectors = [vector.tolist() for vector in (camera.center, camera.eye, camera.up)]
        parts = [
            self.content.figure.poses[pose],
            keep,
            keep_above,
            without,
            shorts,
            vectors,
            camera.width,
            camera.size,
            repr(look),
        ]
        key.update(json.dumps(parts).encode())
        kept = self._cache / f"{key.hexdigest()[:32]}.png"
        if kept.exists():
            return Image.open(kept).convert("RGBA")
        mesh, normals = self._mesh(pose)
        faces = np.ones(len(mesh.quads), bool)
        if keep:
            faces &= self.figure.faces_of(mesh, keep, keep_above)
        if without:
            faces &= ~self.figure.faces_of(mesh, without, 0.5)
        image = draw(mesh, normals, camera, look, faces, shorts_between(*shorts) if shorts else None)
        image.save(kept)
        return image

    def _mesh(self, pose: str) -> tuple[Mesh, Floats]:
        if pose not in self._fine:
            if self._relief is None:
                self._relief = heights(self.figure, self.content.relief)
            mesh = self.figure.fine(self.figure.pose(pose), self._relief)
            self._fine = {pose: (mesh, mesh.normals())}
        return self._fine[pose]

    def _vector(self, view: View, vector: Vector, *, place: bool = False) -> Point:
        frames = self.figure.frames
        match view.frame:
            case "body":
                return np.array(vector, float)
            case "hand":
                found = frames.hand(*vector)
            case "forearm":
                found = frames.forearm(*vector)
        return found if place else np.asarray(found - frames.wrist)
