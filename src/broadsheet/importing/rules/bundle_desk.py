"""The parts of a bundle about the desk: accounts, collections, rights, approvals; and what was counted and imported."""

from typing import Any

from broadsheet.importing.rules.bundle_format import NONE_TEXT, NONE_TIME, OFF
from broadsheet.importing.rules.bundle_past import anything
from broadsheet.importing.rules.shapes import (
    Field,
    Shape,
    flag,
    limited,
    many,
    mapping,
    moment,
    name,
    number,
    one_of,
    optional,
    public_id,
    record,
    short,
    text,
)

ON = Field(flag, True)
GROUP_NAME, NAME, DIGEST = short(150), short(255), Field(limited(64), "")
NAMES = Field(many(NAME), list)
PATH = many(NAME, most=30)
# A person's preferences in the desk, with what holds where nothing was chosen.
PREFERENCES: dict[str, Any] = {
    "submitted_notifications": True, "approved_notifications": True, "rejected_notifications": True,
    "updated_comments_notifications": True, "keyboard_shortcuts": True, "preferred_language": "",
    "current_time_zone": "", "theme": "system", "contrast": "system", "density": "default",
}  # fmt: skip
DESK_SETTINGS = record(
    {
        key: ON if value is True else Field(limited(10 if key == "preferred_language" else 40), value)
        for key, value in PREFERENCES.items()
    },
)
ACCOUNT = record(
    {
        "user_id": short(12),
        "email": Field(optional(short(254)), None),
        "name": Field(limited(60), ""),
        "language": Field(limited(12), ""),
        "active": ON,
        "member": ON,
        "operator": OFF,
        "registered_at": NONE_TIME,
        "permissions": NAMES,
        "desk": Field(optional(DESK_SETTINGS), None),
    }
)
GROUP = record(
    {
        "name": GROUP_NAME,
        "permissions": NAMES,
        "pages": Field(many(record({"page": name, "permission": name})), list),
        "collections": Field(many(record({"collection": PATH, "permission": name})), list),
        "members": NAMES,
    }
)
TASK = record(
    {"key": name, "name": NAME, "active": ON, "kind": Field(one_of("groups", "editors"), "groups"), "groups": NAMES}
)
DESK = record(
    {
        "groups": Field(many(GROUP), list),
        "tasks": Field(many(TASK), list),
        "workflows": Field(
            many(record({"key": name, "name": NAME, "active": ON, "tasks": NAMES, "pages": NAMES})), list
        ),
    }
)
IMPORTED = record(
    {
        "source": short(120),
        "kind": short(20),
        "key": short(400),
        "local_id": limited(200),
        "source_digest": DIGEST,
        "local_digest": DIGEST,
        "at": moment,
    }
)
COUNT = record({"views": Field(number, 0), "short_link_uses": Field(number, 0)})
POLICY = record(
    {
        "edition": name,
        "kind": one_of("privacy", "terms", "standards"),
        "number": number,
        "title": short(120),
        "text": Field(text, ""),
        "rulebook_version": Field(optional(number), None),
        "digest": DIGEST,
        "what_changed": Field(limited(2000), ""),
        "why": Field(limited(2000), ""),
        "names": Field(mapping(text), dict),
        "document": Field(optional(anything), None),
        "effective_at": NONE_TIME,
        "published_at": NONE_TIME,
        "published_by": NONE_TEXT,
    }
)
RULEBOOK = record(
    {
        "edition": name,
        "number": number,
        "state": one_of("draft", "shadow", "live", "past"),
        "base": number,
        "after": Field(number, 0),
        "changes": Field(anything, dict),
        "heads": Field(mapping(text), dict),
        "content": Field(optional(anything), None),
        "digest": DIGEST,
        "why": Field(limited(2000), ""),
        "effective_at": NONE_TIME,
        "by": NONE_TEXT,
    }
)
FILES: dict[str, tuple[Shape, Any]] = {
    "staff": (many(ACCOUNT), []),
    "collections": (many(PATH), []),
    "desk": (optional(DESK), None),
    "policies": (many(POLICY), []),
    "rulebooks": (many(RULEBOOK), []),
    "imports": (many(IMPORTED), []),
    "old_addresses": (mapping(public_id), {}),
    "counts": (record({"last_number": Field(optional(public_id), None), "articles": Field(mapping(COUNT), dict)}), {}),
}
