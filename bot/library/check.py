"""Whether the entries of the content fit together: every id resolves, nothing is said of half a point."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Mapping

from pydantic import BaseModel

from bot.library import facts
from bot.library.faults import Fault
from bot.library.loading import Library

_CODE = re.compile(r"\b[A-Z]{2}\d{1,2}\b")
HIGHEST_RULE = 63
"""Buttons carry the rules that apply as the bits of one number."""


def cross_check(library: Library) -> list[Fault]:
    """Every fault between entries, in the order of files."""
    checks: tuple[Callable[[Library], Iterator[Fault]], ...] = (
        _words_for_all,
        _sources,
        _points,
        _caution_labels,
        _cautions_cover_rules,
        _rules_cover_cautions,
        _complaints,
        _safety,
        _techniques,
        _routines,
        _corrections,
    )
    return sorted({fault for check in checks for fault in check(library)})


def _missing(file: str, entry: str, field: str, ids: Iterable[str], known: Iterable[str]) -> Iterator[Fault]:
    have = set(known)
    return (Fault(file, entry, field, f"there is no {wanted}") for wanted in ids if wanted not in have)


def _words_for_all(library: Library) -> Iterator[Fault]:
    words = library.words
    pairs: dict[str, tuple[Mapping[str, object], Mapping[str, object]]] = {
        "points": (library.points, words.points),
        "complaints.toml": (library.complaints, words.complaints),
        "red_flags.toml": (library.red_flags, words.red_flags),
        "rules.toml": (library.rules, words.rules),
        "techniques.toml": (library.techniques, words.techniques),
        "routines.toml": (library.routines, words.routines),
        "evidence.toml": (library.evidence, words.evidence),
    }
    for name, (known, said) in pairs.items():
        file = f"{words.language}/{name}"
        for entry in known.keys() - said.keys():
            yield Fault(file, entry, "", "the words are missing")
        for entry in said.keys() - known.keys():
            yield Fault(file, entry, "", "there are words but no facts")


def _sources(library: Library) -> Iterator[Fault]:
    entries: dict[str, Mapping[str, BaseModel]] = {
        "complaints.toml": library.complaints,
        "safety/red_flags.toml": library.red_flags,
        "safety/rules.toml": library.rules,
        "techniques.toml": library.techniques,
        "routines.toml": library.routines,
        "evidence.toml": library.evidence,
        "corrections.toml": library.corrections,
        "old_numbers.toml": library.old_numbers,
        "measures.toml": {"measures": library.measures},
    }
    for file, found in entries.items():
        for entry, model in found.items():
            yield from _missing(file, entry, "sources", _source_ids(model), library.sources)
    for code, point in library.points.items():
        yield from _missing(f"points/{code}.toml", "", "sources", _source_ids(point), library.sources)


def _source_ids(value: object, field: str = "") -> Iterator[str]:
    """Every source id anywhere within an entry."""
    if isinstance(value, BaseModel):
        for name in type(value).model_fields:
            yield from _source_ids(getattr(value, name), name)
    elif isinstance(value, Mapping):
        for inner in value.values():
            yield from _source_ids(inner, field)
    elif isinstance(value, tuple):
        for inner in value:
            yield from _source_ids(inner, field)
    elif isinstance(value, str) and field in ("sources", "location", "press"):
        yield value


def _points(library: Library) -> Iterator[Fault]:
    for code, point in library.points.items():
        file = f"points/{code}.toml"
        if point.code != code:
            yield Fault(file, "", "code", f"the file is named {code}")
        if (point.sides == "midline") != (point.press.order == "midline"):
            yield Fault(
                file, "press", "order", "a midline point is pressed on the midline, a paired one is not"
            )
        yield from _missing(file, "reach", "far_points", point.reach.far_points, library.points)
        if point.lookalike_of:
            yield from _missing(file, "", "lookalike_of", [point.lookalike_of], library.points)
        for caution in point.cautions:
            yield from _missing(file, "cautions", caution.id, caution.rules, library.rules)
            yield from _missing(file, "cautions", caution.id, caution.red_flags, library.red_flags)
        if code in library.words.points:
            yield from _point_words(code, library)


def _caution_labels(library: Library) -> Iterator[Fault]:
    used = {caution.id for point in library.points.values() for caution in point.cautions}
    file = f"{library.words.language}/cautions.toml"
    for name in used - library.words.cautions.keys():
        yield Fault(file, name, "", "the words are missing")
    for name in library.words.cautions.keys() - used:
        yield Fault(file, name, "", "no point has this caution")


def _point_words(code: str, library: Library) -> Iterator[Fault]:
    point, words = library.points[code], library.words.points[code]
    file = f"{library.words.language}/points/{code}.toml"
    for field, text in (("reach", words.reach), *words.alternatives.items()):
        for named in _CODE.findall(text):
            if named != code:
                yield Fault(
                    file, field, "", f"{named} may not be for everyone; easier points are added by rule"
                )
    for field, wanted, said in (
        ("cautions", {caution.id for caution in point.cautions}, set(words.cautions)),
        ("alternatives", set(point.reach.alternatives), set(words.alternatives)),
    ):
        for name in wanted - said:
            yield Fault(file, field, name, "the words are missing")
        for name in said - wanted:
            yield Fault(file, field, name, "there are words but no fact")


def _cautions_cover_rules(library: Library) -> Iterator[Fault]:
    """A rule about a point stands among its cautions: it has to reach people who wrote nothing about it."""
    for rule, entry in library.rules.items():
        for effect, codes in (
            (facts.Effect.WITHHOLD, entry.withhold),
            (facts.Effect.ASK_FIRST, entry.ask_first),
            (facts.Effect.WARN, entry.warn),
        ):
            for code in codes:
                if code in library.points:
                    cautions = library.points[code].cautions
                    if not any(rule in caution.rules and caution.effect is effect for caution in cautions):
                        yield Fault(f"points/{code}.toml", "cautions", rule, f"no caution says {effect}")


def _rules_cover_cautions(library: Library) -> Iterator[Fault]:
    """A caution that stands for a rule is obeyed by the rule, not only printed.

    What depends on a place that only the person knows is the exception: such a rule warns everywhere.
    """
    strictness = tuple(facts.Effect)
    for code, point in library.points.items():
        for caution in point.cautions:
            known = [library.rules[rule] for rule in caution.rules if rule in library.rules]
            if not known or any(rule.site_only for rule in known):
                continue
            obeyed = {
                effect
                for rule in known
                for effect, codes in (
                    (facts.Effect.WITHHOLD, rule.withhold),
                    (facts.Effect.ASK_FIRST, rule.ask_first),
                    (facts.Effect.WARN, rule.warn),
                )
                if code in codes or "*" in codes
            }
            if min(map(strictness.index, obeyed), default=len(strictness)) > strictness.index(caution.effect):
                yield Fault(f"points/{code}.toml", "cautions", caution.id, "no rule it names goes as far")


def _complaints(library: Library) -> Iterator[Fault]:
    numbers: dict[int, str] = {}
    for slug, complaint in library.complaints.items():
        file, codes = "complaints.toml", [suggested.code for suggested in complaint.points]
        yield from _missing(file, slug, "points", codes, library.points)
        for code in codes:
            if code in library.points and not library.points[code].in_answers:
                yield Fault(file, slug, "points", f"{code} is never suggested (in_answers is false)")
        yield from _missing(file, slug, "routines", complaint.routines, library.routines)
        yield from _missing(file, slug, "evidence", complaint.evidence, library.evidence)
        yield from _missing(file, slug, "related", complaint.related, library.complaints)
        yield from _missing(file, slug, "implies", complaint.implies, library.rules)
        if complaint.number in numbers:
            yield Fault(file, slug, "number", f"{numbers[complaint.number]} has the same number")
        numbers[complaint.number] = slug
        words = library.words.complaints.get(slug)
        if words and not codes and not words.none:
            yield Fault(
                f"{library.words.language}/{file}", slug, "none", "there are no points, so it must say so"
            )


def _safety(library: Library) -> Iterator[Fault]:
    for flag, entry in library.red_flags.items():
        yield from _missing(
            "safety/red_flags.toml", flag, "emergency_with", entry.emergency_with, library.red_flags
        )
        yield from _missing("safety/red_flags.toml", flag, "implies", entry.implies, library.rules)
    for rule, contraindication in library.rules.items():
        file = "safety/rules.toml"
        for field in ("withhold", "ask_first", "warn", "allow"):
            codes = [code for code in getattr(contraindication, field) if code != "*"]
            yield from _missing(file, rule, field, codes, library.points)
        techniques = [name for name in contraindication.withhold_techniques if name != "*"]
        yield from _missing(file, rule, "withhold_techniques", techniques, library.techniques)
        if not 1 <= int(rule.removeprefix("CR")) <= HIGHEST_RULE:
            yield Fault(file, rule, "", f"rules are numbered from 1 to {HIGHEST_RULE}")


def _labels(library: Library) -> Iterator[Fault]:
    """Every condition that can be kept has a label to tap on, and no other has one."""
    file, labels = f"{library.words.language}/settings.toml", library.words.settings.labels
    lasting = {rule for rule, entry in library.rules.items() if entry.memorable is facts.Memorable.LASTING}
    for rule in sorted(lasting - labels.keys()):
        yield Fault(file, "labels", rule, "missing")
    for rule in sorted(labels.keys() - lasting):
        yield Fault(file, "labels", rule, "this condition cannot be kept")


def _techniques(library: Library) -> Iterator[Fault]:
    file = f"{library.words.language}/techniques.toml"
    needed = {"kept": ("how",), "limited": ("how", "limits"), "refused": ("refused",), "information": ()}
    for name, technique in library.techniques.items():
        words = library.words.techniques.get(name)
        for field in needed[technique.verdict] if words else ():
            if getattr(words, field) is None:
                yield Fault(file, name, field, f"a technique that is {technique.verdict} needs it")


def _routines(library: Library) -> Iterator[Fault]:
    file = "routines.toml"
    keywords = library.words.holds.keywords
    yield from _missing(f"{library.words.language}/holds.toml", "keywords", "", keywords, library.routines)
    for routine, entry in library.routines.items():
        yield from _missing(file, routine, "complaints", entry.complaints, library.complaints)
        yield from _missing(file, routine, "gates", entry.gates, library.rules)
        for number, step in enumerate(entry.steps, start=1):
            where = f"steps.{number}"
            if step.point is None and step.technique is None:
                yield Fault(file, routine, where, "a step has a point, a technique or both")
            yield from _missing(file, routine, where, filter(None, [step.point]), library.points)
            yield from _missing(file, routine, where, filter(None, [step.technique]), library.techniques)
        for rule in _gates_needed(entry, library) - set(entry.gates):
            yield Fault(file, routine, "gates", f"{rule} withholds one of the steps")
        total = sum(seconds(step, library.measures.timing) for step in entry.steps)
        if total != entry.total_seconds:
            yield Fault(file, routine, "total_seconds", f"the steps take {total} seconds")


def _gates_needed(routine: facts.Routine, library: Library) -> set[str]:
    """The rules that withhold a point or technique of a routine; a helper's pressing is a technique too."""
    points = {step.point for step in routine.steps if step.point} | {"*"}
    techniques = {step.technique for step in routine.steps if step.technique} | {"*"}
    if routine.by == "helper":
        techniques.add("helper_press")
    return {
        rule
        for rule, entry in library.rules.items()
        if points & set(entry.withhold) or techniques & set(entry.withhold_techniques)
    }


def seconds(step: facts.Step, timing: facts.Timing) -> int:
    """How long a step takes: getting ready, each hold and release, the change of side, the last release."""
    one_side = step.repeats * step.hold_seconds + (step.repeats - 1) * step.release_seconds
    both = 2 * one_side + timing.change_side_seconds if step.order == "each" else one_side
    return timing.get_ready_seconds + both + step.release_seconds


def _corrections(library: Library) -> Iterator[Fault]:
    for name, correction in library.corrections.items():
        yield from _missing("corrections.toml", name, "points", correction.points, library.points)
        yield from _missing("corrections.toml", name, "techniques", correction.techniques, library.techniques)
