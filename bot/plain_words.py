"""Plain words: what may not stand in anything that people read, and how a text falls into sentences."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

LONGEST_SENTENCE_WORDS = 20
LONGEST_LABEL_WORDS = 6
"""A longer run of bold words before a colon is a part of its sentence."""


@dataclass(frozen=True)
class Ban:
    """Words that nobody may read here, and why not."""

    pattern: re.Pattern[str]
    why: str


def _ban(why: str, *patterns: str) -> Ban:
    return Ban(re.compile(rf"(?<!\w)(?:{'|'.join(patterns)})(?!\w)", re.IGNORECASE), why)


CLAIMS = (
    _ban(
        "a claim or a clinic's word",
        r"(?:un|mis)?diagnos\w*",
        r"(?:un)?treat(?:s|ed|ing|ments?|able)?",
        r"cur(?:es?|ed|ing|able|ative)|incurable",
        r"heal(?:s|ed|ing|ers?)?",
        r"\w*therap\w*",
        r"prevent\w*",
        r"(?:in|out)?patients?",
        r"(?:dis|un)?prove[nsd]?|proofs?",
        r"guarantee\w*",
        r"remed(?:y|ies)",
        r"detox\w*",
        r"miracles?|miraculous\w*",
    ),
    _ban(
        "a promise about how somebody will feel",
        r"pain[- ]?free",
        r"(?:gets?|getting) rid of",
        r"fix(?:es|ed)? (?:your|the|it)",
        r"works for (?:all|everyone|everybody)|always (?:helps|works)",
        r"makes? (?:it|(?:the|your) \w+) (?:go away|disappear)",
        r"(?:relieves?|relief (?:of|from)|removes?|stops?) (?:the |your )?(?:back |neck )?(?:pain|aches?)",
        r"will (?:help|ease|relieve|feel better|go away|stop hurting|get better)",
    ),
)
GUILT = (
    _ban(
        "what is past cannot be done any more",
        r"you (?:should|could|ought to)(?: have|'ve)",
        r"you(?:'re| are) late",
    ),
    _ban(
        "nobody owes us a routine, and pain has its own days",
        r"you(?:'ve| have)? (?:only )?(?:failed|missed|skipped|forgot|forgotten|neglected|ignored|gave up)",
        r"fail(?:ed|ures?|s)?",
        r"missed (?:your|a|the|another) \w+",
        r"your fault|blame|asham\w*|shame\w*|laz(?:y|iness)|excuses?|disappoint\w*",
        r"let (?:me|us|yourself|your \w+) down",
    ),
    _ban(
        "a row of days that can be lost makes a bad day worse",
        r"streaks?",
        r"(?:broke|break|lost|lose) (?:your|the|a) (?:chain|run|record|row)",
        r"(?:start|back) (?:again )?(?:at|from|to) (?:zero|scratch)",
    ),
    _ban(
        "pressure keeps people pressing who had better rest",
        r"(?:don't|do not|never) (?:ever )?give up",
        r"no pain,? no gain|push through|try harder",
        r"only (?:works )?if you (?:really )?(?:try|want|believe)",
        r"(?:must not|mustn't|don't|do not|never) forget",
        r"you promised|we (?:miss|missed) you",
        r"why (?:didn't|did you not|haven't|have you not)",
    ),
)
BELITTLING = (
    _ban(
        "what is easy for us may be hard for somebody in pain",
        r"simply|obviously|of course|as (?:you|everyone) knows?",
        r"all you (?:need|have) to do",
        r"(?:it|this|that|which|pressing)(?:'s| is) (?:very |so |quite |really )?(?:easy|simple)",
        r"easy to (?:do|press|find|reach|hold|follow|learn|use)",
        r"just (?:press|rub|hold|do|try|relax|breathe|tap|write|keep|start|go|lie|sit|stand|wait|ignore)",
    ),
    _ban(
        "whether it is a small thing is not ours to say",
        r"(?:don't|do not|no need to|nothing to) worry|calm down|no big deal",
        r"nothing serious|only a little pain",
        r"all in (?:your|the) (?:head|mind)",
    ),
)
CLINIC = (
    _ban(
        "a word of the trade; say it as people say it",
        r"bilateral(?:ly)?|unilateral(?:ly)?|anterior|posterior|lateral(?:ly)?|medial(?:ly)?",
        r"distal(?:ly)?|proximal(?:ly)?|lumbar|lumbago|cervical|thoracic",
        r"contraindicat\w*|palpat\w*|acute(?:ly)?|chronic(?:ally)?|adverse|efficac\w*",
        r"ha?ematomas?|anticoagul\w*|hypertensi\w*|analges\w*|paraesthesi\w*|radiculopath\w*|incontinen\w*",
        r"cun|acupoints?|meridians?",
    ),
)
BANS = (*CLAIMS, *GUILT, *BELITTLING, *CLINIC)


def banned_in(text: str) -> Iterator[tuple[str, str]]:
    """Every word of ``text`` that may not be read here, with the reason; the exclamation mark as well."""
    straight = text.replace("’", "'")
    for ban in BANS:
        yield from ((match[0], ban.why) for match in ban.pattern.finditer(straight))
    if "!" in text:
        yield "!", "an exclamation mark"


_LABEL = re.compile(r"^((?:<[^>]*>)*)<b>([^<\n]*)</b>:(?=\s|$)", re.MULTILINE)
_HEADING = re.compile(r"(?:<[^>]*>)*<b>[^<]*</b>(?:<[^>]*>)*")
_TAG = re.compile(r"<[^>]*>")
_LINE_THAT_ENDS = re.compile(r"[.?!:…][\"'”’)]*$|[\"”]$")
_END_OF_SENTENCE = re.compile(r"(?<=[.?!…])[\"'”’)]*\s+")
_ITEM = "• "


def sentences(text: str) -> list[str]:
    """The sentences of a text in Telegram's HTML, as an eye reads them.

    A colon or a semicolon ends none; a bold label before a colon, at the start of a line, does. A line ends
    one if it has a mark at its end, is bold, or stands before an item or an empty line: a sentence that is
    only broken into lines stays one.
    """
    found: list[str] = []
    open_line = ""
    for line in (*_with_labels_apart(text).split("\n"), ""):
        plain = _TAG.sub("", line).strip()
        if open_line and plain and not plain.startswith(_ITEM):
            plain = f"{open_line} {plain}"
        elif open_line:
            found += _END_OF_SENTENCE.split(open_line)
        open_line = plain
        if _LINE_THAT_ENDS.search(plain) or _HEADING.fullmatch(line.strip()):
            found += _END_OF_SENTENCE.split(plain)
            open_line = ""
    return [sentence for sentence in found if words_in(sentence)]


def words_in(sentence: str) -> int:
    """How many words a sentence has; a mark by itself is none."""
    return sum(any(sign.isalnum() for sign in word) for word in sentence.split())


def too_long(text: str) -> list[str]:
    """The sentences that have too many words."""
    return [sentence for sentence in sentences(text) if words_in(sentence) > LONGEST_SENTENCE_WORDS]


def _with_labels_apart(text: str) -> str:
    def apart(match: re.Match[str]) -> str:
        return f"{match[1]}{match[2]}:\n" if words_in(match[2]) <= LONGEST_LABEL_WORDS else match[0]

    return _LABEL.sub(apart, text)
