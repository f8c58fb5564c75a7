"""Bodies whose pictures are places in a list, once it is known which picture of ours each is."""

from collections.abc import Mapping
from typing import Any

Block = dict[str, Any]


def with_pictures(blocks: tuple[Block, ...], numbers: Mapping[int, str]) -> list[Block]:
    """Return the blocks with public numbers for places; what shows a picture that was not taken in is left out."""
    found: list[Block] = []
    for block in blocks:
        if block["type"] == "image":
            if block["picture"] in numbers:
                found.append({**block, "picture": numbers[block["picture"]]})
        elif block["type"] == "gallery":
            items = [{**one, "picture": numbers[one["picture"]]} for one in block["items"] if one["picture"] in numbers]
            if len(items) > 1:
                found.append({**block, "items": items})
            elif items:
                found.append({"type": "image", "size": "column", **items[0]})
        else:
            found.append(block)
    return found
