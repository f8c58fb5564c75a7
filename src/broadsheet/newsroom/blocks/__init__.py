"""The blocks that bodies and layouts are made of."""

from broadsheet.newsroom.blocks.body import BodyBlocks
from broadsheet.newsroom.blocks.layout import LayoutBlocks

__all__ = ["BodyBlocks", "LayoutBlocks"]
