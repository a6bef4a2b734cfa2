"""Facts of the Telegram Bot API (spec.json), and checks of calls against them."""

from __future__ import annotations

import json
import re
from functools import cache
from pathlib import Path
from typing import Any, NotRequired, TypedDict

from bot.playground.botapi.wire import Json, Upload

SCALARS: Json = {"Integer": 1, "Float": 0.0, "String": "dummy", "Boolean": True, "True": True}
PYTHON_TYPES: dict[str, type | tuple[type, ...]] = {
    "Integer": int,
    "Float": (int, float),
    "Boolean": bool,
    "True": bool,
    "InputFile": (str, Upload),
}
TRUE, FALSE = ("true", "1", "yes"), ("false", "0", "no")
ATTACHED = "attach://"


class Fact(TypedDict):
    """A parameter or a field. `len` is (least, most, "characters" or "bytes"), `items` (fewest, most)."""

    types: list[str]
    required: bool
    len: NotRequired[tuple[int, int, str]]
    items: NotRequired[tuple[int, int]]
    const: NotRequired[str]


class Method(TypedDict):
    """A method: its parameters, and the types of its result."""

    params: dict[str, Fact]
    returns: list[str]


class Type(TypedDict):
    """An object type has fields; a union has subtypes instead."""

    fields: NotRequired[dict[str, Fact]]
    subtypes: NotRequired[list[str]]


class Spec:
    """Methods, parameters and types of one Bot API version."""

    def __init__(self) -> None:
        raw = json.loads(Path(__file__).with_name("spec.json").read_text(encoding="utf-8"))
        self.version: str = raw["version"]
        self.methods: dict[str, Method] = raw["methods"]
        self.types: dict[str, Type] = raw["types"]
        self._by_lower = {name.lower(): name for name in self.methods}

    def method_name(self, name: str) -> str | None:
        """The method's proper spelling (the real server ignores case); None if there is no such method."""
        return self._by_lower.get(name.lower())

    def fields(self, type_name: str) -> dict[str, Fact]:
        """The fields of an object type; none for a union or an unknown type."""
        return self.types.get(type_name, {}).get("fields", {})

    def decode(self, method: str, raw: Json, files: dict[str, Upload]) -> tuple[Json, list[str]]:
        """Turn form strings into values, and references to uploads into the uploads.

        Returns the parameters and the problems found. Unknown parameters are dropped.
        """
        known = self.methods[method]["params"]
        params: Json = {}
        problems: list[str] = []
        used: set[str] = set()
        for name, value in raw.items():
            if name not in known:
                problems.append(f"unknown parameter '{name}'")
                continue
            types = known[name]["types"]
            try:
                value = _convert(value, types)
            except ValueError:
                problems.append(f"parameter '{name}': {str(value)[:60]!r} is not {' or '.join(types)}")
                continue
            problems += self.check(value, types, name, known[name])
            params[name] = value if types == ["String"] else _attach(value, files, used)
        for name, upload in files.items():
            if name in known and "InputFile" in known[name]["types"]:
                params[name] = upload
            elif name not in used:
                problems.append(f"uploaded file '{name}' is used by no parameter")
        problems += [f"{ATTACHED}{name} has no uploaded file" for name in sorted(used - set(files))]
        for name, fact in known.items():
            reported = any(f"'{name}'" in problem for problem in problems)
            if fact["required"] and params.get(name) in (None, "") and not reported:
                problems.append(f"required parameter '{name}' is missing")
        return params, problems

    def check(self, value: Any, types: list[str], path: str, fact: Fact | None = None) -> list[str]:
        """Problems of `value` against a union of types (empty list: it fits one of them)."""
        problems = min((self._check_one(value, name, path) for name in types), key=len)
        return problems or (_check_size(value, path, fact) if fact else [])

    def _check_one(self, value: Any, name: str, path: str) -> list[str]:
        if name.startswith("Array of "):
            if not isinstance(value, list):
                return [f"{path}: {value!r:.60} is not an array"]
            item_type = [name.removeprefix("Array of ")]
            return [p for i, item in enumerate(value) for p in self.check(item, item_type, f"{path}[{i}]")]
        if name in SCALARS or name == "InputFile":
            wanted = PYTHON_TYPES.get(name, str)
            fits = isinstance(value, wanted) and isinstance(value, bool) == (wanted is bool)
            return [] if fits else [f"{path}: {value!r:.60} is not {name}"]
        if subtypes := self.types[name].get("subtypes"):
            return self.check(value, [s for s in subtypes if self._is_marked(value, s)] or subtypes, path)
        return self._check_object(value, name, path)

    def _check_object(self, value: Any, name: str, path: str) -> list[str]:
        if not isinstance(value, dict):
            return [f"{path}: {value!r:.60} is not a {name} object"]
        fields = self.fields(name)
        problems = [f"{path}: unknown field '{key}' in {name}" for key in value if key not in fields]
        for key, fact in fields.items():
            if key in value:
                problems += self.check(value[key], fact["types"], f"{path}.{key}", fact)
                if "const" in fact and value[key] != fact["const"]:
                    problems.append(f"{path}.{key}: {value[key]!r} is not {fact['const']!r}")
            elif fact["required"]:
                problems.append(f"{path}: field '{key}' of {name} is missing")
        return problems

    def _is_marked(self, value: Any, name: str) -> bool:
        """Whether the fixed fields of a subtype, such as type="photo", are those of `value`."""
        marks = {key: fact["const"] for key, fact in self.fields(name).items() if "const" in fact}
        if not marks or not isinstance(value, dict):
            return False
        return all(value.get(key) == const for key, const in marks.items())

    def dummy(self, name: str) -> Any:
        """The smallest value of a type that the schema allows."""
        if name.startswith("Array of "):
            return []
        if name in SCALARS:
            return SCALARS[name]
        if subtypes := self.types[name].get("subtypes"):
            return self.dummy(subtypes[0])
        needed = {key: fact for key, fact in self.fields(name).items() if fact["required"]}
        return {key: fact.get("const") or self.dummy(fact["types"][0]) for key, fact in needed.items()}


@cache
def load_spec() -> Spec:
    """The spec, read once: that takes longer than everything else a server does to start."""
    return Spec()


def _convert(value: Any, types: list[str]) -> Any:
    """The value a form string stands for; ValueError if it stands for none of the types."""
    if not isinstance(value, str) or "InputFile" in types:
        return value
    if "String" in types:
        return int(value) if "Integer" in types and re.fullmatch(r"-?\d+", value) else value
    match types[0]:
        case "Boolean" | "True":
            if value.lower() not in TRUE + FALSE:
                raise ValueError(value)
            return value.lower() in TRUE
        case "Integer":
            return int(value)
        case "Float":
            return float(value)
    return json.loads(value)


def _attach(value: Any, files: dict[str, Upload], used: set[str]) -> Any:
    """Put uploads where `value` refers to them, at any depth; add the names it refers to to `used`."""
    if isinstance(value, str) and value.startswith(ATTACHED):
        name = value.removeprefix(ATTACHED)
        used.add(name)
        return files.get(name, value)
    if isinstance(value, list):
        return [_attach(item, files, used) for item in value]
    if isinstance(value, dict):
        return {key: _attach(item, files, used) for key, item in value.items()}
    return value


def _check_size(value: Any, path: str, fact: Fact) -> list[str]:
    if isinstance(value, str) and "len" in fact and (value or fact["required"]):
        low, high, unit = fact["len"]
        size = len(value.encode() if unit == "bytes" else value)
        return [] if low <= size <= high else [f"{path}: {size} {unit}, allowed {low}-{high}"]
    if isinstance(value, list) and "items" in fact:
        fewest, most = fact["items"]
        return (
            [] if fewest <= len(value) <= most else [f"{path}: {len(value)} items, allowed {fewest}-{most}"]
        )
    return []
