"""Reads the pixels of a PNG, without a picture library."""

from __future__ import annotations

import struct
import zlib
from itertools import groupby

Colour = tuple[int, ...]


def pixels(png: bytes) -> list[list[Colour]]:
    """The rows of a picture with eight bits a channel, from the top."""
    assert png[:8] == b"\x89PNG\r\n\x1a\n"
    at, data = 8, b""
    while at < len(png):
        length, kind = struct.unpack(">I4s", png[at : at + 8])
        chunk, at = png[at + 8 : at + 8 + length], at + length + 12
        if kind == b"IHDR":
            wide, high, bits, colours, _, _, laced = struct.unpack(">IIBBBBB", chunk)
            assert (bits, laced) == (8, 0)
        elif kind == b"IDAT":
            data += chunk
    channels = {2: 3, 6: 4}[colours]
    raw, size = zlib.decompress(data), wide * channels
    rows, above = [], bytearray(size)
    for number in range(high):
        start = number * (size + 1)
        above = _unfiltered(raw[start], bytearray(raw[start + 1 : start + 1 + size]), above, channels)
        rows.append([tuple(above[x : x + 3]) for x in range(0, size, channels)])
    return rows


def _unfiltered(kind: int, row: bytearray, above: bytearray, channels: int) -> bytearray:
    """A row as it was before one of the filters of the PNG standard."""
    for x in range(len(row)):
        left = row[x - channels] if x >= channels else 0
        corner = above[x - channels] if x >= channels else 0
        up = above[x]
        nearest = min((left, up, corner), key=lambda each: abs(left + up - corner - each))
        row[x] = (row[x] + (0, left, up, (left + up) // 2, nearest)[kind]) % 256
    return row


def runs(rows: list[list[Colour]], colour: Colour) -> list[tuple[int, int, int]]:
    """Where a colour stands in the rows: row, column, and how many pixels in a row."""
    found = []
    for number, row in enumerate(rows):
        column = 0
        for shade, group in groupby(row):
            length = len(list(group))
            if shade == colour:
                found.append((number, column, length))
            column += length
    return found
