"""Bot API methods that carry files: photos, documents, voice, video, albums, and fetching them again."""

from collections.abc import Callable
from dataclasses import replace

from bot.playground.controls import Json
from bot.playground.files import MAX_DOWNLOAD, MAX_PHOTO, MAX_UPLOAD, StoredFile, picture_size
from bot.playground.formatting import caption_content
from bot.playground.media import media_content
from bot.playground.methods.sending import draft, send
from bot.playground.methods.target import writable
from bot.playground.params import Params, Upload
from bot.playground.posting import post
from bot.playground.refusal import Refusal, bad_request
from bot.playground.telegram import Telegram
from bot.playground.wire import message_json

RIGHTS = {
    "photo": "can_send_photos",
    "document": "can_send_documents",
    "voice": "can_send_voice_notes",
    "video": "can_send_videos",
}


def sender(kind: str) -> Callable[[Telegram, Params], object]:
    """The method that sends one photo, document, voice or video."""

    def send_one(telegram: Telegram, params: Params) -> object:
        talk = writable(telegram, params, RIGHTS[kind])
        entities = params.records("caption_entities")
        caption = caption_content(params.text("caption"), params.text("parse_mode"), entities)
        content = media_content(_file(telegram, params, kind, params.text(kind))) | caption
        return message_json(send(telegram, params, talk, content), telegram)

    return send_one


def send_media_group(telegram: Telegram, params: Params) -> object:
    items = params.records("media")
    kinds = {str(item.get("type")) for item in items}
    if not 1 <= len(items) <= 10:
        raise bad_request("too many messages to send as an album" if items else "there are no messages to send")
    if strange := kinds - RIGHTS.keys() | kinds & {"voice"}:
        raise bad_request(f"can't parse InputMedia: type \"{min(strange)}\" can't be used in sendMediaGroup")
    if "document" in kinds and len(kinds) > 1:
        raise bad_request("Can't use the media of the specified type in the album")
    talk = writable(telegram, params, RIGHTS[min(kinds)])
    contents = [_album_item(telegram, params, item) for item in items]
    drafts = [draft(telegram, params, talk, content) for content in contents]
    album = f"{talk.chat.id}-{drafts[0].message_id}"
    return [message_json(post(replace(item, album=album), telegram), telegram) for item in drafts]


def get_file(telegram: Telegram, params: Params) -> object:
    file = telegram.files.find(params.text("file_id"))
    if file is None:
        raise bad_request("invalid file_id")
    if len(file.content) > MAX_DOWNLOAD:
        raise bad_request("file is too big")
    return file.handle | {"file_path": file.path}


def _album_item(telegram: Telegram, params: Params, item: Json) -> Json:
    one = Params(item, params.uploads)
    caption = caption_content(one.text("caption"), one.text("parse_mode"), one.records("caption_entities"))
    return media_content(_file(telegram, one, one.text("type"), one.text("media"))) | caption


def _file(telegram: Telegram, params: Params, kind: str, named: str) -> StoredFile:
    """The file a call brings along, or the known one it names."""
    upload = params.uploads.get(named.removeprefix("attach://") if named else kind)
    if upload is not None:
        _check(kind, upload)
        return telegram.files.keep(kind, upload.content, name=upload.name, mime_type=upload.mime_type)
    if not named:
        raise bad_request(f"there is no {kind} in the request")
    known = telegram.files.find(named)
    if known is None:
        raise bad_request("wrong file identifier/HTTP URL specified")
    if known.kind != kind:
        raise bad_request(f"can't use file of type {known.kind.capitalize()} as {kind.capitalize()}")
    return known


def _check(kind: str, upload: Upload) -> None:
    if not upload.content:
        raise bad_request("file must be non-empty")
    if len(upload.content) > (MAX_PHOTO if kind == "photo" else MAX_UPLOAD):
        raise Refusal(413, "Request Entity Too Large")
    if kind != "photo":
        return
    size = picture_size(upload.content)
    if size is None:
        raise bad_request("IMAGE_PROCESS_FAILED")
    if min(size) == 0 or sum(size) > 10_000 or max(size) > 20 * min(size):
        raise bad_request("PHOTO_INVALID_DIMENSIONS")
