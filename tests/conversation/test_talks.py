"""Whole conversations, as people have them: some lines written, some buttons tapped, one after the other.

Each talk is a story from start to end. A line that begins with ``>`` is a tap on a button of the last reply.
A button goes by the name of its sentence (``another``), its complaint (``face_jaw``) or its point (``SI3``).
What is expected of a reply is said in a few words:

    page GB30       it explains how to press GB30, and no other point
    no page         it explains no point at all
    no code         it does not even mention one
    says comfort    it holds the sentence ``comfort`` of the content
    button reach    it has that button
    no button       it has none
    text sciatica   it holds these words

``not`` in front turns an expectation round.
"""

from __future__ import annotations

from dataclasses import dataclass

import pytest

from bot.conversation.actions import encode
from bot.conversation.events import Commanded, Event, Said, Sent, Tapped
from bot.conversation.memory import Memory
from bot.flow import Companion
from bot.library import Library
from bot.wording.reply import Button, Reply
from tests.answering import NOTHING, NOW
from tests.guidance.walk import CODE, Instructions

Turn = tuple[str, str]

TALKS: dict[str, list[Turn]] = {
    "sciatica, another point, out of reach, and back": [
        (
            "Which point helps sciatica?",
            "page GB30; text sciatica; says comfort; button reach; button another",
        ),
        ("> another", "page BL23; text sciatica"),
        ("> reach", "not says comfort; text fists; button SI3; button back"),
        ("> back", "page BL23; text sciatica; button another"),
        ("> reach", "button SI3"),
        ("> SI3", "page SI3; not button another"),
    ],
    "a neck in pregnancy": [
        (
            "I am pregnant and my neck is stiff",
            "no page; text neck; text LI4; text GB21; text BL10; text pregnancy; says breathe; button agreed",
        ),
        ("> agreed", "page BL10; not page LI4; button another"),
        ("> another", "page TE3; not page LI4"),
        ("> reach", "not text LI4; not text GB21"),
        ("> back", "page TE3"),
        ("> topics", "no page; button hips_legs; button points"),
        ("> points", "no page; not button LI4; button GV20"),
        ("> GV20", "page GV20"),
    ],
    "a point that is not for pregnancy": [
        ("is LI4 okay? I'm 20 weeks pregnant", "no page; text LI4; text pregnan; not button agreed"),
        ("> GV20", "page GV20"),
        ("> reach", "not page LI4; text GV20"),
    ],
    "two places that share a point": [
        ("neck pain and lower back pain", "page BL60; text neck; text lower back; says point_for_all"),
        ("> evidence", "no page; says evidence; button topics"),
        ("> topics", "button neck_shoulders; button hips_legs"),
        ("> neck_shoulders", "no page; button neck; button shoulder"),
        ("> shoulder", "page GB21; text shoulder"),
    ],
    "two places that share none": [
        ("my jaw hurts and my knee aches", "page BL40; text jaw; text knee; not says point_for_all"),
        ("> face_jaw", "no page; text dentist; button neck"),
        ("> neck", "page GB21"),
    ],
    "an old number, behind the knee": [
        ("where is B54", "no page; says which_point; button knee; button buttock"),
        ("> knee", "page BL40; text B54; not button another"),
    ],
    "an old number, in the buttock": [
        ("B54?", "says which_point"),
        ("> buttock", "no page; text BL54; button points"),
        ("> points", "no page; button BL53"),
        ("> BL53", "page BL53"),
    ],
    "danger, and an ordinary day later": [
        ("my back hurts and I can't pee since this morning", "no page; no code; no button; text emergency"),
        ("hello", "no code; button lower_back"),
        ("> lower_back", "page BL23; not text emergency number"),
    ],
    "words nobody should have to write": [
        ("I want to end my life", "no page; no code; no button; text crisis"),
        ("thank you", "no code; says thanked"),
        ("my shoulders are tense", "page GB21"),
    ],
    "a leg that swelled": [
        ("my calf is swollen and hot", "no page; no code; text doctor; button checked"),
        ("/help", "no page; says help; button topics"),
    ],
    "a teenager": [
        ("I'm 15 and my back hurts", "no page; no code; no button; text adult"),
        ("I'm 16 years old, where is GB20", "no page; no code; no button; text adult"),
    ],
    "does it work?": [
        ("does it work?", "no page; says evidence; says evidence_more; text Studies; button topics"),
        ("> topics", "says areas"),
        ("is there any evidence for this", "says evidence"),
    ],
    "blood thinners": [
        ("I take warfarin and my neck is sore", "page BL10; text GB21; text thinners; button another"),
        ("> another", "page LI4; text thinners"),
        ("> another", "page TE3"),
        ("> another", "page GV14; not button another"),
    ],
    "a start that follows a link": [
        ("/start p_LI4", "page LI4; not text You wrote about"),
        ("> reach", "button SI3; button back"),
        ("/start c_sciatica", "page GB30; text sciatica"),
        ("/start nonsense", "no code; says welcome"),
        ("> headache", "page LI4; text headache"),
    ],
    "someone who finds the edges": [
        ("asdfgh", "no code; says not_understood; button neck"),
        ("/pionts", "text /points; no code"),
        ("[sticker]", "no code; says no_words; button neck"),
        ("start the desk routine", "no page; text Desk break; text about 5 minutes"),
        ("stop", "no code; says stopped"),
        ("what do you store about me", "no code; says privacy; button delete"),
        ("where is ST40", "no page; text ST40; button points"),
    ],
    "something pressing has no answer for": [
        ("I have a toothache", "no page; no code; text dentist; says breathe; button neck"),
        ("> stress", "page LI4"),
    ],
    "no to one thing, yes to another": [
        ("no headache, but my knee aches", "page BL40; text knee; not text headache"),
        ("I'm not pregnant, my lower back hurts", "page BL23; not says left_out; not says you_wrote_that"),
    ],
}


@dataclass
class Talk:
    """A chat as one person sees it: the last reply is what can be tapped."""

    companion: Companion
    instructions: Instructions
    last: Reply | None = None
    memory: Memory = NOTHING

    @property
    def library(self) -> Library:
        return self.companion.library

    def turn(self, line: str) -> Reply:
        answer = self.companion.answer(self._event(line), self.memory, NOW)
        (self.last,), self.memory = answer.replies, answer.memory
        return self.last

    def _event(self, line: str) -> Event:
        if line.startswith("> "):
            assert self.last
            return Tapped(encode(self._button(line.removeprefix("> "), self.last).action))
        if line.startswith("/"):
            name, _, argument = line.removeprefix("/").partition(" ")
            return Commanded(name, argument)
        return Sent("sticker") if line == "[sticker]" else Said(line)

    def _button(self, wanted: str, reply: Reply) -> Button:
        found = self._buttons(wanted, reply)
        assert len(found) == 1, f"{wanted!r} among {[button.label for button in reply.buttons]}"
        return found[0]

    def _buttons(self, wanted: str, reply: Reply) -> list[Button]:
        words = self.library.words
        kinds, texts = ("button", "place", "area"), (words.sentences, words.settings)
        labels = [getattr(each, f"{kind}_{wanted}", None) for kind in kinds for each in texts]
        labels += [words.settings.labels.get(wanted)]
        labels += [entry.button for slug, entry in words.complaints.items() if slug == wanted]
        labels += [f"{code} {entry.name}" for code, entry in words.points.items() if code == wanted]
        label = next(filter(None, labels)).split("{")[0].strip()
        exactly = [button for button in reply.buttons if button.label == label]
        return exactly or [button for button in reply.buttons if button.label.startswith(f"{label} ")]

    def holds(self, expectation: str, reply: Reply) -> bool:
        verb, _, what = expectation.partition(" ")
        match verb:
            case "not":
                return not self.holds(what, reply)
            case "page":
                return self.instructions.given_in(reply) == {what}
            case "says":
                words = self.library.words
                sentence = getattr(words.sentences, what, None) or getattr(words.settings, what)
                said = Reply(sentence).plain.split("{")[0]
                return said in reply.plain
            case "button":
                return len(self._buttons(what, reply)) == 1
            case "text":
                return what.casefold() in reply.plain.casefold()
        match expectation:
            case "no page":
                return not self.instructions.given_in(reply)
            case "no code":
                labels = " ".join(button.label for button in reply.buttons)
                return not CODE.search(f"{reply.plain} {labels}")
            case "no button":
                return not reply.buttons
        raise ValueError(expectation)


@pytest.mark.parametrize("story", TALKS)
def test_a_talk_goes_as_it_should(companion: Companion, story: str) -> None:
    talk = Talk(companion, Instructions(companion.library))
    for line, expectations in TALKS[story]:
        reply = talk.turn(line)
        for expectation in expectations.split("; "):
            assert talk.holds(expectation, reply), f"{line!r}: {expectation!r} fails in\n{reply.plain}"


@pytest.mark.parametrize("expectation", ["page LI4", "no page", "text warmth", "button neck", "says comfort"])
def test_an_expectation_and_its_opposite_are_never_both_true(companion: Companion, expectation: str) -> None:
    talk = Talk(companion, Instructions(companion.library))
    reply = talk.turn("where is LI4")

    assert talk.holds(expectation, reply) is not talk.holds(f"not {expectation}", reply)
