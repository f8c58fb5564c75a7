"""Gives the demo paper's editions their radio, which the demo itself sends."""

import tomllib
from importlib import resources

from broadsheet.newsroom.actions.keep_radio import keep_radio
from broadsheet.newsroom.queries.archive import all_editions
from broadsheet.newsroom.queries.editions import forget_editions

ADDRESS = "/live/radio.wav"  # as `delivery.engines.demo_radio` answers it


def load_radio() -> int:
    """Store the shipped programme of each edition that has one, and return how many have; safe to repeat."""
    done = 0
    for edition in all_editions():
        file = resources.files("broadsheet.importing") / "radio" / f"{edition.code}.toml"
        if file.is_file():
            told = tomllib.loads(file.read_text(encoding="utf-8"))
            keep_radio(edition=edition, name=told["name"], address=ADDRESS, shows=told["shows"])
            done += 1
    forget_editions()  # the demo serves from the process that made it
    return done
