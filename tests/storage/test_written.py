"""Every reply that can be sent can be kept, and is the same afterwards."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.conversation import actions
from bot.guidance.offer import Person
from bot.storage.seal import Broken, Seal
from bot.storage.written import as_json, from_json
from bot.wording.reply import Button, Document, Reply

BUTTONS = st.builds(
    Button,
    label=st.text(),
    action=st.sampled_from([None, actions.ShowPoint("LI4", (2,), person=Person(frozenset({"CR01"})))]),
    link=st.none() | st.text(),
    narrow=st.booleans(),
)
DOCUMENTS = st.none() | st.builds(Document, name=st.text(), content=st.binary())


@given(st.builds(Reply, buttons=st.lists(BUTTONS, max_size=3).map(tuple), document=DOCUMENTS))
def test_a_reply_comes_back_as_it_was_written(reply: Reply) -> None:
    assert from_json(as_json(reply)) == reply


@given(st.binary(), st.text(), st.text())
def test_only_the_same_secret_opens_what_was_closed(content: bytes, secret: str, other: str) -> None:
    sealed = Seal(secret).close(content)

    assert Seal(secret).open(sealed) == content
    if secret != other:
        with pytest.raises(Broken):
            Seal(other).open(sealed)
