"""What stands around a point in an answer: what was understood, what to heed, what was left out."""

from __future__ import annotations

from collections.abc import Iterator

from bot.conversation import decision as say
from bot.guidance.safety import silent
from bot.library import Library
from bot.wording.pieces import Pieces, bold


class AnswerWords:
    """Writes the paragraphs of an answer that are about this person and this message."""

    def __init__(self, library: Library) -> None:
        self._library = library
        self._s = library.words.sentences
        self._pieces = Pieces(library)

    def understood(self, decision: say.Answer) -> Iterator[str]:
        """What was understood, so that a wrong guess is seen at once."""
        if decision.complaints or decision.also:
            named = (*decision.complaints, *decision.also)
            line = self._s.you_wrote_about.format(complaints=self._pieces.complaints(named))
            if decision.also and decision.complaints:
                one = self._pieces.complaints(decision.complaints)
                others = self._pieces.complaints(decision.also)
                line += " " + self._s.point_for_one.format(complaint=one, others=others)
            elif len(decision.complaints) > 1:
                line += " " + self._s.point_for_all
            yield line
        if decision.see_doctor_about:
            yield self.see_doctor(decision.see_doctor_about)

    def warned(self, decision: say.Answer) -> Iterator[str]:
        """The care this person has to take with a point that may be shown."""
        conditions = sorted(decision.person.conditions)
        rules = [*decision.verdict.rules, *(rule for rule in conditions if silent(rule, self._library))]
        if rules:
            said = self._s.you_wrote_that.format(conditions=self._pieces.conditions(rules))
            yield f"{said} <b>{self._pieces.reason(rules)}</b>"

    def left_out(self, decision: say.Answer | say.NothingToOffer) -> Iterator[str]:
        """The points that were left out for this person, with the reason."""
        offer = decision.offer
        if offer.withheld:
            rules = sorted({rule for _, verdict in offer.withheld for rule in verdict.rules})
            points = self._pieces.listed([code for code, _ in offer.withheld])
            yield self._s.left_out.format(points=points, reason=self._pieces.reason(rules))
        if offer.ask_first:
            yield self._s.with_agreement.format(points=self._pieces.points(offer.ask_first))

    def see_doctor(self, red_flag: str) -> str:
        """That a sign is one to see a doctor about in the coming days."""
        return bold(self._s.doctor_soon.format(sign=self._library.words.red_flags[red_flag].name))
