"""What people send instead of words, as the Bot API describes it."""

from tests.fake_bot_api.world import Json


def _file(letter: str, **more: object) -> Json:
    return {"file_id": letter, "file_unique_id": letter, **more}


_SIZE = {"width": 90, "height": 90}
_VIDEO = _file("m", **_SIZE, duration=3)
_CHAT: Json = {"id": 70, "type": "private", "first_name": "Somebody"}

MEDIA: dict[str, Json] = {
    "photo": {"photo": [_file("p", **_SIZE)]},
    "voice": {"voice": _file("v", duration=3)},
    "audio": {"audio": _file("a", duration=3)},
    "sticker": {"sticker": _file("s", type="regular", width=512, height=512, is_animated=False, is_video=False)},
    "animation": {"animation": _VIDEO, "document": _file("m")},
    "document": {"document": _file("d")},
    "video": {"video": _VIDEO},
    "video_note": {"video_note": _file("n", length=9, duration=3)},
    "contact": {"contact": {"phone_number": "07700 900123", "first_name": "Ann"}},
    "location": {"location": {"latitude": 0.0, "longitude": 0.0}},
    "venue": {
        "venue": {"location": {"latitude": 0.0, "longitude": 0.0}, "title": "Home", "address": "1 Sample Street"},
        "location": {"latitude": 0.0, "longitude": 0.0},
    },
    "dice": {"dice": {"value": 3, "emoji": "🎲"}},
    "poll": {
        "poll": {
            "id": "1", "question": "Tea?", "options": [], "total_voter_count": 0, "is_closed": False,
            "is_anonymous": True, "type": "regular", "allows_multiple_answers": False, "allows_revoting": True,
            "members_only": False,
        }
    },
    "story": {"story": {"chat": _CHAT, "id": 1}},
    "paid_media": {"paid_media": {"star_count": 1, "paid_media": []}},
}  # fmt: skip

CAPTIONED = frozenset({"photo", "voice", "audio", "animation", "document", "video"})
"""Kinds that may have words below them."""

GROUPED = frozenset({"photo", "audio", "document", "video"})
"""Kinds that may be parts of an album."""

NEVER_COPIED = frozenset({"story", "paid_media"})
