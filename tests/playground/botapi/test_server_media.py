"""A picture that Telegram would refuse, or a file_id used wrongly, must not pass here."""

from __future__ import annotations

import pytest
from aiohttp import FormData
from expecting import refused
from telegram import Bot, InputMediaDocument, InputMediaPhoto

from bot.playground.botapi import Simulator, User
from bot.playground.botapi.media import image_size


async def test_an_uploaded_photo_is_kept_in_several_sizes(bot: Bot, anna: User, png: bytes) -> None:
    sent = await bot.send_photo(anna.id, png, caption="<b>Here</b>", parse_mode="HTML")
    assert [(size.width, size.height) for size in sent.photo] == [
        (90, 22),
        (320, 80),
        (800, 200),
        (1280, 320),
    ]
    assert sent.caption == "Here"
    assert [entity.type for entity in sent.caption_entities] == ["bold"]
    assert (await anna.expect("Here")).photo == png


async def test_a_file_id_sends_the_same_file_again(bot: Bot, sim: Simulator, anna: User, png: bytes) -> None:
    first = await bot.send_photo(anna.id, png)
    again = await bot.send_photo(anna.id, first.photo[-1].file_id)
    assert again.photo == first.photo
    assert (await anna.expect(lambda event: event.msg.id == again.message_id)).photo == png
    sim.assert_clean()


async def test_a_file_can_be_downloaded_again(bot: Bot, anna: User) -> None:
    sent = await bot.send_document(anna.id, b"some bytes", filename="notes.txt")
    file = await bot.get_file(sent.document.file_id)
    assert file.file_unique_id == sent.document.file_unique_id
    assert file.file_size == 10
    assert bytes(await file.download_as_bytearray()) == b"some bytes"


async def test_a_file_id_keeps_its_kind(bot: Bot, anna: User, png: bytes) -> None:
    sent = await bot.send_photo(anna.id, png)
    with refused("can't use file of type Photo as Document"):
        await bot.send_document(anna.id, sent.photo[-1].file_id)


async def test_an_unknown_file_id_is_refused(bot: Bot, anna: User) -> None:
    with refused("wrong file identifier"):
        await bot.send_voice(anna.id, "AgADnothing")


@pytest.mark.parametrize(
    ("data", "reason"),
    [
        (b"", "file must be non-empty"),
        (b"not a picture", "IMAGE_PROCESS_FAILED"),
        (b"GIF89a" + b"\x01\x00\xff\x00", "PHOTO_INVALID_DIMENSIONS"),
        (b"GIF8", "IMAGE_PROCESS_FAILED"),
    ],
)
async def test_a_photo_has_to_be_a_picture(post, anna: User, data: bytes, reason: str) -> None:
    form = FormData({"chat_id": str(anna.id)})
    form.add_field("photo", data, filename="a.jpg")
    answer = await post("sendPhoto", form=form)
    assert answer["description"] == f"Bad Request: {reason}"


async def test_a_photo_may_be_too_large(post, sim: Simulator, anna: User, png: bytes) -> None:
    sim.limits.photo_bytes = len(png) - 1
    form = FormData({"chat_id": str(anna.id)})
    form.add_field("photo", png, filename="a.png")
    assert "is too big for a photo" in (await post("sendPhoto", form=form))["description"]


async def test_a_caption_has_at_most_1024_characters(bot: Bot, anna: User, png: bytes) -> None:
    await bot.send_photo(anna.id, png, caption="x" * 1024)
    with refused("message caption is too long"):
        await bot.send_photo(anna.id, png, caption="x" * 1025)


async def test_a_photo_has_to_be_there(post, anna: User) -> None:
    answer = await post("sendPhoto", chat_id=anna.id)
    assert answer["description"] == "Bad Request: there is no photo in the request"


async def test_an_upload_nobody_refers_to_is_noted(post, sim: Simulator, anna: User) -> None:
    form = FormData({"chat_id": str(anna.id), "text": "a"})
    form.add_field("extra", b"data", filename="a.bin")
    assert (await post("sendMessage", form=form))["ok"]
    assert [violation.text for violation in sim.violations] == [
        "uploaded file 'extra' is used by no parameter"
    ]


async def test_an_album_is_one_group_of_messages(bot: Bot, anna: User, png: bytes) -> None:
    sent = await bot.send_media_group(anna.id, [InputMediaPhoto(png, caption="one"), InputMediaPhoto(png)])
    assert len({message.media_group_id for message in sent}) == 1
    assert [message.caption for message in sent] == ["one", None]


async def test_an_album_does_not_mix_photos_and_documents(bot: Bot, anna: User, png: bytes) -> None:
    with refused("document can't be mixed"):
        await bot.send_media_group(anna.id, [InputMediaPhoto(png), InputMediaDocument(png)])


def test_the_size_of_a_jpeg_is_in_its_frame_segment() -> None:
    comment = b"\xff\xfe" + (6).to_bytes(2, "big") + b"text"
    frame = (
        b"\xff\xc0" + (17).to_bytes(2, "big") + b"\x08" + (480).to_bytes(2, "big") + (640).to_bytes(2, "big")
    )
    assert image_size(b"\xff\xd8" + comment + frame + bytes(10)) == (640, 480)
    assert image_size(b"\xff\xd8" + comment) is None
