"""What a stored file looks like inside a message."""

from bot.playground.controls import Json
from bot.playground.files import StoredFile, picture_size

UNKNOWN_PICTURE = (800, 600)


def media_content(file: StoredFile) -> Json:
    """The Bot API field of a photo, document, voice or video message."""
    if file.kind == "photo":
        width, height = picture_size(file.content) or UNKNOWN_PICTURE
        return {"photo": [file.handle | {"width": width, "height": height}]}
    described = file.handle | ({"mime_type": file.mime_type} if file.mime_type else {})
    if file.kind == "voice":
        return {"voice": described | {"duration": 3}}
    described |= {"file_name": file.name}
    if file.kind == "video":
        return {"video": described | {"width": 640, "height": 360, "duration": 3}}
    return {"document": described}
