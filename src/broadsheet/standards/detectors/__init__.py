"""The ways of noticing, one file each; what every detector is and answers is said in `contract`."""

from collections.abc import Mapping

from broadsheet.standards.detectors.capitals import Capitals
from broadsheet.standards.detectors.commerce import Commerce
from broadsheet.standards.detectors.context_words import ContextWords
from broadsheet.standards.detectors.contract import Detector, Sighting, Use
from broadsheet.standards.detectors.copies import Copies
from broadsheet.standards.detectors.danger import Danger
from broadsheet.standards.detectors.domains import Domains
from broadsheet.standards.detectors.flood import Flood
from broadsheet.standards.detectors.gibberish import Gibberish
from broadsheet.standards.detectors.how_to import HowTo
from broadsheet.standards.detectors.language import Language
from broadsheet.standards.detectors.lexicon import Lexicon
from broadsheet.standards.detectors.links import Links
from broadsheet.standards.detectors.minors import Minors
from broadsheet.standards.detectors.off_topic import OffTopic
from broadsheet.standards.detectors.organisations import Organisations
from broadsheet.standards.detectors.personal_data import PersonalData
from broadsheet.standards.detectors.promotion import Promotion
from broadsheet.standards.detectors.spam import Spam
from broadsheet.standards.detectors.threats import Threats
from broadsheet.standards.detectors.words import Words

__all__ = ["Detector", "Sighting", "Use", "by_name"]


def by_name(lexicon: Lexicon, domains: Domains) -> Mapping[str, Detector]:
    """Return every detector that works by rules and lists, under its name."""
    reading = (
        Words,
        ContextWords,
        Threats,
        Danger,
        HowTo,
        Minors,
        Organisations,
        Spam,
        Commerce,
        Promotion,
        PersonalData,
    )
    detectors: list[Detector] = [kind(lexicon) for kind in reading]
    detectors += [Links(domains), Capitals(), Language(), Copies(), Flood(), Gibberish(), OffTopic()]
    return {detector.name: detector for detector in detectors}
