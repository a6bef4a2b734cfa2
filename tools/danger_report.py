"""How well danger signs are read, family by family: `python -m tools.danger_report [--seed N] [--missed]`.

Every message comes from the content: each `calls` as it stands, within an ordinary request and with one word
misspelt, and each `calm`. The misspellings are made anew from the seed, one of each kind of slip a message.
"""

from __future__ import annotations

import argparse
import sys
from collections.abc import Iterator
from dataclasses import dataclass, field
from random import Random

from bot.library import ENGLISH, Library, load
from bot.library.facts import Tier
from bot.understanding.denial import Denials
from bot.understanding.phrases import Grammar
from bot.understanding.reader import Reader
from bot.understanding.reading import Kind
from bot.understanding.slips import NEAR_KEYS
from bot.understanding.text import fold, sentences

REQUESTS = {
    "en": (
        "best point for a stiff neck? also {}",
        "my lower back aches at my desk. {} anyway where do i press",
        "{} can you remind me tomorrow",
    ),
    "es": (
        "qué punto sirve para el cuello tieso? además {}",
        "me duele la espalda baja en la oficina. {} bueno, dónde presiono",
        "{} me lo recuerdas mañana",
    ),
}
"""Ordinary requests, by language, with room for a danger sign."""
KINDS = ("plain", "in a request", "misspelt", "calm", "denied")
LEAST_MISSPELT = 0.95
"""The share of misspelt emergencies that must still be caught."""
SHORTEST_SLIP = 4
"""Shorter words are not misspelt: what is left of them could be anything."""


@dataclass
class Family:
    """One danger sign: how many messages of each kind there are, and which of them are read wrongly."""

    flag: str
    tier: Tier
    phrases: int
    tried: dict[str, int] = field(default_factory=lambda: dict.fromkeys(KINDS, 0))
    wrong: dict[str, list[str]] = field(default_factory=lambda: {kind: [] for kind in KINDS})

    def count(self, kind: str, text: str, *, right: bool) -> None:
        """Counts one message."""
        self.tried[kind] += 1
        if not right:
            self.wrong[kind].append(text)

    def share(self, kind: str) -> float:
        """The share of messages of a kind that are read rightly, 1 if there are none."""
        return 1 - len(self.wrong[kind]) / self.tried[kind] if self.tried[kind] else 1.0


def slips(text: str, seed: int) -> Iterator[str]:
    """``text`` with one word misspelt: two letters swapped, one lost, one doubled, one on the next key.

    The same text and seed give the same slips.
    """
    random = Random(f"{seed}/{text}")
    words = text.split(" ")
    places = [place for place, word in enumerate(words) if len(word) >= SHORTEST_SLIP and word.isalpha()]
    if not places:
        return
    for change in (_swapped, _lost, _doubled, _next_key):
        place = random.choice(places)
        word = words[place]
        slipped = change(word.lower(), random.randrange(1, len(word)))
        yield " ".join([*words[:place], slipped, *words[place + 1 :]])


def _swapped(word: str, at: int) -> str:
    return word[: at - 1] + word[at] + word[at - 1] + word[at + 1 :]


def _lost(word: str, at: int) -> str:
    return word[:at] + word[at + 1 :]


def _doubled(word: str, at: int) -> str:
    return word[:at] + word[at] + word[at:]


def _next_key(word: str, at: int) -> str:
    return word[:at] + NEAR_KEYS[word[at]][0] + word[at + 1 :] if word[at] in NEAR_KEYS else _lost(word, at)


def families(library: Library, reader: Reader, seed: int) -> list[Family]:
    """Every danger sign of the content, tried out."""
    lexicon = library.words.lexicon
    denials = Denials(lexicon, Grammar(lexicon.sets, lexicon.fillers, lexicon.spellings))
    return [_family(flag, library, reader, denials, seed) for flag in library.red_flags]


def _family(flag: str, library: Library, reader: Reader, denials: Denials, seed: int) -> Family:
    words, tier = library.words.red_flags[flag], library.red_flags[flag].tier
    lexicon = library.words.lexicon
    family = Family(flag, tier, len(words.phrases))
    for call in words.calls:
        family.count("plain", call, right=_raised(flag, tier, call, reader))
        for request in REQUESTS[library.words.language]:
            text = request.format(call if call[-1] in ".!?" else f"{call}.")
            family.count("in a request", text, right=_raised(flag, tier, text, reader))
        for text in slips(call, seed):
            family.count("misspelt", text, right=_raised(flag, tier, text, reader))
    for calm in words.calm:
        kind = "denied" if denials.of(sentences(fold(calm), lexicon.fillers, lexicon.spellings)) else "calm"
        family.count(kind, calm, right=flag not in reader.red_flags(calm))
    return family


def _raised(flag: str, tier: Tier, text: str, reader: Reader) -> bool:
    """Whether the card is raised, or for the mildest tier the sentence beside the answer."""
    if tier is Tier.DOCTOR_SOON:
        return flag in reader.red_flags(text)
    return reader.read(text).kind is Kind.DANGER


def table(tried: list[Family]) -> str:
    """The report: a line for each danger sign, the totals, and the combinations covered."""
    head = f"{'sign':6}{'tier':15}{'phrases':>8}" + "".join(f"{kind:>16}" for kind in KINDS)
    lines = [head]
    for family in tried:
        cells = "".join(
            f"{family.tried[kind] - len(family.wrong[kind]):>8} of {family.tried[kind]:<4}" for kind in KINDS
        )
        lines.append(f"{family.flag:6}{family.tier:15}{family.phrases:>8} {cells}")
    for tier in Tier:
        of_tier = [family for family in tried if family.tier is tier]
        shares = "".join(f"{_share(of_tier, kind):>15.1%} " for kind in KINDS)
        lines.append(f"{'':6}{tier:15}{sum(family.phrases for family in of_tier):>8} {shares}")
    messages = sum(sum(family.tried.values()) for family in tried)
    covered = sum(family.tried[kind] > 0 for family in tried for kind in KINDS)
    lines.append(
        f"{len(tried)} families in {len(Tier)} tiers x {len(KINDS)} kinds of phrasing: "
        f"{covered} combinations, {messages} messages"
    )
    return "\n".join(lines)


def _share(tried: list[Family], kind: str) -> float:
    total = sum(family.tried[kind] for family in tried)
    return 1 - sum(len(family.wrong[kind]) for family in tried) / total if total else 1.0


def good_enough(tried: list[Family]) -> bool:
    """Whether everything spelt well is read rightly, and of the misspelt emergencies enough."""
    flawless = all(not family.wrong[kind] for family in tried for kind in KINDS if kind != "misspelt")
    emergencies = [family for family in tried if family.tier is Tier.EMERGENCY_NOW]
    return flawless and _share(emergencies, "misspelt") >= LEAST_MISSPELT


def main() -> int:
    """Prints the report; 1 if it is not good enough."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--seed", type=int, default=0)
    parser.add_argument("--language", default=ENGLISH, choices=REQUESTS)
    parser.add_argument("--missed", action="store_true", help="print every message that is read wrongly")
    chosen = parser.parse_args()
    library = load(language=chosen.language)
    tried = families(library, Reader(library), chosen.seed)
    print(table(tried))
    if chosen.missed:
        for family in tried:
            for kind, texts in family.wrong.items():
                for text in texts:
                    print(f"{family.flag} {kind}: {text}")
    return 0 if good_enough(tried) else 1


if __name__ == "__main__":
    sys.exit(main())
