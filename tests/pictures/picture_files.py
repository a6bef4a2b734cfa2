"""Reads sizes out of picture files, without a picture library."""

from __future__ import annotations

import struct
from pathlib import Path


def jpeg_size(path: Path) -> tuple[int, int]:
    """Pixels, wide and high, from the frame header."""
    data = path.read_bytes()
    assert data[:2] == b"\xff\xd8", f"{path} is no JPEG"
    at = 2
    while data[at + 1] not in (0xC0, 0xC1, 0xC2):
        at += 2 + int(struct.unpack(">H", data[at + 2 : at + 4])[0])
    high, wide = struct.unpack(">HH", data[at + 5 : at + 9])
    return wide, high


def mp4_boxes(data: bytes) -> dict[str, bytes]:
    """The boxes of one level, by type."""
    boxes, at = {}, 0
    while at + 8 <= len(data):
        length, kind = struct.unpack(">I4s", data[at : at + 8])
        boxes[kind.decode("latin-1")] = data[at + 8 : at + length]
        at += length
    return boxes


def mp4_seconds(path: Path) -> float:
    """How long a film lasts."""
    header = mp4_boxes(mp4_boxes(path.read_bytes())["moov"])["mvhd"]
    scale, duration = struct.unpack(">II", header[12:20])
    return float(duration / scale)
