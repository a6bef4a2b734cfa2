"""Contact sheets, for looking at all pictures: whole, and as a phone crops them to 4:5."""

from __future__ import annotations

from pathlib import Path

from PIL import Image

from tools.pictures.files import pictures
from tools.pictures.loading import PictureContent

_CELL = 640
_COLUMNS, _ROWS = 3, 3


def write(content: PictureContent, folder: Path) -> None:
    """Write sheets of nine pictures to a folder, and the same cropped."""
    folder.mkdir(parents=True, exist_ok=True)
    stills = [picture.path for picture in pictures(content) if picture.kind != "loop"]
    each = _COLUMNS * _ROWS
    for number in range(0, len(stills), each):
        for name, wide in (("whole", _CELL), ("cropped", _CELL * 4 // 5)):
            sheet = Image.new("RGB", (_COLUMNS * (wide + 8), _ROWS * (_CELL + 8)), "#777")
            for place, path in enumerate(stills[number : number + each]):
                image = Image.open(path).convert("RGB").resize((_CELL, _CELL), Image.Resampling.LANCZOS)
                edge = (_CELL - wide) // 2
                image = image.crop((edge, 0, edge + wide, _CELL))
                sheet.paste(image, ((place % _COLUMNS) * (wide + 8), (place // _COLUMNS) * (_CELL + 8)))
            sheet.save(folder / f"{name}-{number // each + 1}.png")
            print(folder / f"{name}-{number // each + 1}.png")
