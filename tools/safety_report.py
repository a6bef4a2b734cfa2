"""The measures of safety, counted anew: `python -m tools.safety_report [--quick]`.

Danger signs are read from their own examples, every exit is walked under every rule, every text is measured,
and a conversation full of markers is held with a process that then is searched for them. `--quick` leaves out
the walk under two rules together. The exit code is 1 if anything was found that must not be.
"""

from __future__ import annotations

import argparse
import asyncio
import itertools
import os
import signal
import statistics
import sys
import tempfile
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from pathlib import Path

from bot.check import readable
from bot.flow import Companion
from bot.library import Library, load
from bot.library.facts import Tier
from bot.plain_words import banned_in, sentences, too_long, words_in
from bot.playground.botapi import Simulator
from bot.understanding.reading import Kind
from tests.guidance.walk import (
    CODE,
    Instructions,
    Rules,
    Visit,
    cards,
    complaints_and_points,
    labels,
    replies_of_every_kind,
    replies_under_each_rule,
    replies_with_a_profile,
    replies_without_conditions,
    walk,
)
from tests.wording.reading_age import AGE_IN_GRADE_NOUGHT, FEWEST_WORDS, as_prose, grade, length

TESTS = Path(__file__).parents[1] / "tests"


@dataclass
class Report:
    """Lines to print, and how much was found that must not be."""

    lines: list[str] = field(default_factory=list)
    faults: int = 0

    def measured(self, name: str, value: object) -> None:
        """A figure by itself."""
        self.lines.append(f"  {name:58}{value:>12}")

    def found(self, name: str, what: Iterable[object]) -> None:
        """Something that must not be: how often, and the first of it."""
        all_of_it = list(what)
        self.measured(name, len(all_of_it))
        self.lines += [f"    {each}" for each in all_of_it[:5]]
        self.faults += len(all_of_it)


# --- danger signs


def danger(companion: Companion, report: Report) -> None:
    """Each family of danger signs, with the messages that must and must not raise it."""
    library, reader = companion.library, companion.reader
    report.lines.append("Danger signs (python -m tools.danger_report has the details)")
    report.lines.append(f"  {'tier':16}{'families':>10}{'phrases':>10}{'must raise':>12}{'must not':>12}")
    missed, false_alarms, tested = [], [], 0
    for tier in Tier:
        flags = [flag for flag, entry in library.red_flags.items() if entry.tier is tier]
        words = [library.words.red_flags[flag] for flag in flags]
        phrases, calls, calm = (
            sum(len(getattr(each, part)) for each in words) for part in ("phrases", "calls", "calm")
        )
        tested += calls + calm
        report.lines.append(f"  {tier:16}{len(flags):>10}{phrases:>10}{calls:>12}{calm:>12}")
        for flag, each in zip(flags, words, strict=True):
            for text in each.calls:
                stopped = tier is Tier.DOCTOR_SOON or reader.read(text).kind is Kind.DANGER
                if flag not in reader.red_flags(text) or not stopped:
                    missed.append(f"{flag} {text!r}")
            false_alarms += [f"{flag} {text!r}" for text in each.calm if flag in reader.red_flags(text)]
    report.measured(f"{len(library.red_flags)} families x {len(Tier)} tiers: messages tested", tested)
    report.found("missed", missed)
    report.found("false alarms", false_alarms)


# --- every exit


@dataclass
class Walked:
    """What a walk over replies came across."""

    instructions: Instructions
    library: Library
    replies: int = 0
    buttons: int = 0
    exits: set[tuple[str, str]] = field(default_factory=set)
    points: set[str] = field(default_factory=set)
    leaks: dict[str, str] = field(default_factory=dict)
    judged: dict[frozenset[str], Rules] = field(default_factory=dict)

    def visit(self, visit: Visit, conditions: frozenset[str]) -> None:
        """Counts a reply and judges it by the rules that apply to who reads it."""
        self.replies += 1
        self.buttons += len(visit.taps)
        decision = type(visit.decision).__name__
        self.exits |= {(decision, type(tap).__name__) for tap in visit.taps} or {(decision, "no button")}
        self.points |= self.instructions.given_in(visit.reply)
        if conditions not in self.judged:
            self.judged[conditions] = Rules(conditions, self.library)
        for leak in self.judged[conditions].broken_by(visit, self.instructions):
            self.leaks.setdefault(f"[{' '.join(sorted(conditions))}] {leak}", visit.reached_by)


def under_pairs(companion: Companion) -> Iterator[tuple[frozenset[str], Visit]]:
    """Everything under two rules; taps are followed once for each set of points that a pair closes."""
    library, walked = companion.library, set()
    for conditions in map(frozenset, itertools.combinations(library.rules, 2)):
        closed = Rules(conditions, library).closed
        starts = complaints_and_points(library, conditions)
        for visit in walk(companion, conditions, starts, tapping=closed not in walked):
            yield conditions, visit
        walked.add(closed)


def exits(companion: Companion, report: Report, *, quick: bool) -> None:
    """Every reply that can be reached, under no rule, each rule, each pair, and with a profile."""
    library, nobody = companion.library, frozenset[str]()
    walks: dict[str, Iterable[tuple[frozenset[str], Visit]]] = {
        "without a rule": ((nobody, each) for each in replies_without_conditions(companion)),
        "under each rule, told in the message": (
            (frozenset({rule}), each) for rule, each in replies_under_each_rule(companion)
        ),
        "with each rule in the profile, told nowhere": (
            (frozenset({rule}), each) for rule, each in replies_with_a_profile(companion)
        ),
    }
    if not quick:
        walks["under each pair of rules"] = under_pairs(companion)
    report.lines += ["", "Every exit"]
    walked = Walked(Instructions(library), library)
    for name, visits in walks.items():
        before = walked.replies
        for conditions, visit in visits:
            walked.visit(visit, conditions)
        report.measured(f"replies {name}", walked.replies - before)
    report.measured("buttons on them", walked.buttons)
    report.measured("kinds of reply x kinds of button", len(walked.exits))
    report.measured("points explained", f"{len(walked.points)} of {len(library.points)}")
    alone = [next(iter(each)) for each in walked.judged if len(each) == 1]
    report.measured("rules walked alone", f"{len(alone)} of {len(library.rules)}")
    report.measured("pairs of rules walked", sum(len(each) == 2 for each in walked.judged))
    danger_cards = cards(companion)
    naming = [
        card
        for card in danger_cards
        for shown in (card.reply.plain, *labels(card.reply))
        if CODE.search(shown)
    ]
    report.measured("danger cards", len(danger_cards))
    report.found("danger cards that name a point", (card.reached_by for card in naming))
    report.found("leaks", (f"{leak} at {path}" for leak, path in walked.leaks.items()))


# --- words


def wording(companion: Companion, report: Report) -> None:
    """Every text of the files, and every reply as it is sent."""
    in_files = [text for *_, text in readable(companion.library)]
    sent = {
        as_prose(text, companion.library)
        for visit in replies_of_every_kind(companion)
        for text in (visit.reply.text, visit.reply.toast or "", *labels(visit.reply))
    }
    not_said = companion.library.words.not_said.values()
    for name, texts in (("Texts in the files", in_files), ("Texts as they are sent", sorted(sent))):
        long_enough = [text for text in texts if length(text) >= FEWEST_WORDS]
        lengths = [words_in(sentence) for text in long_enough for sentence in sentences(text)]
        grades = [grade(text) for text in long_enough]
        report.lines += ["", name]
        report.measured("texts", len(texts))
        report.measured("median words in a sentence", f"{statistics.median(lengths):.0f}")
        report.measured("median US grade", f"{statistics.median(grades):.1f}")
        report.measured("median reading age", f"{statistics.median(grades) + AGE_IN_GRADE_NOUGHT:.1f}")
        oldest = statistics.quantiles(grades, n=10)[-1] + AGE_IN_GRADE_NOUGHT
        report.measured("reading age that is enough for nine of ten texts", f"{oldest:.1f}")
        report.found(
            "banned words", Counter(word for text in texts for word, _ in banned_in(text, not_said)).items()
        )
        report.found("sentences of too many words", itertools.chain(*map(too_long, texts)))


# --- markers


async def markers(report: Report) -> None:
    """One conversation in which everything carries a marker, then a search wherever a process can write."""
    sys.path.append(str(TESTS))  # where pytest finds the stand for a running bot, too
    from running_bot import end_of, on, started

    from tests import test_privacy as told

    async def talk(format: str, folder: Path) -> tuple[set[str], dict[str, bytes]]:
        async with Simulator() as server:
            anna = server.user(1001, told.NAME, last_name=told.NAME, username=told.NAME)
            settings = {**on(server), "LOG_LEVEL": "DEBUG", "LOG_FORMAT": format}
            async with started(folder, **settings) as process:
                await told.tell_everything(anna)
                await told.tell_it_while_telegram_fails(anna)
                process.send_signal(signal.SIGTERM)
                ended = await end_of(process)
            secrets = {server.token, server.token.partition(":")[2]}
        written = {f"log as {format}": ended.err.encode(), f"output beside {format}": ended.out.encode()}
        return secrets, written

    secrets = {told.WORDS, told.NAME, f"{told.LATITUDE:.4f}", f"{told.LONGITUDE:.4f}"}
    places: dict[str, bytes] = {}
    with tempfile.TemporaryDirectory() as name:
        for format in told.FORMATS:
            folder = Path(name) / format
            folder.mkdir()
            more, written = await talk(format, folder)
            secrets |= more
            places |= written
            files = (file for file in folder.rglob("*") if file.is_file())
            places |= {f"{format}{os.sep}{file.name}": file.read_bytes() for file in files}
    report.lines += ["", "Markers: words, names, a place and the token, told in every kind of update"]
    report.measured("markers", len(secrets))
    report.measured("places searched: logs, output, files of the database", len(places))
    report.measured("bytes in them", sum(map(len, places.values())))
    found = (
        (place, secret)
        for secret in sorted(secrets)
        for place, held in places.items()
        if secret.lower().encode() in held.lower()
    )
    report.found("markers found", (f"{secret} in {place}" for place, secret in found))


def main() -> int:
    """Prints the report; 1 if anything was found that must not be."""
    parser = argparse.ArgumentParser(prog="python -m tools.safety_report", description=__doc__)
    parser.add_argument("--quick", action="store_true", help="without the walk under two rules together")
    quick = parser.parse_args().quick
    companion, report = Companion(load()), Report()
    danger(companion, report)
    exits(companion, report, quick=quick)
    wording(companion, report)
    asyncio.run(markers(report))
    print("\n".join(report.lines))
    return 1 if report.faults else 0


if __name__ == "__main__":
    sys.exit(main())
