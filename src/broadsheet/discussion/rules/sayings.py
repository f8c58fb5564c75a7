"""What comments are about and how people put it, for made-up threads: many subjects, many ways, few sentences alike.

A subject is told in four lines: things, people, what happens, and what somebody would like. A way of saying names them by
`{thing}`, `{other}`, `{who}`, `{does}` and `{wish}`, and numbers, times and places by `{number}`, `{when}` and `{where}`.
"""

from typing import NamedTuple


class Subject(NamedTuple):
    """What one comment is about."""

    things: tuple[str, ...]
    people: tuple[str, ...]
    happens: tuple[str, ...]
    wishes: tuple[str, ...]


def _subject(lines: str) -> Subject:
    return Subject(*(tuple(part.strip() for part in line.split(",")) for line in lines.strip().splitlines()))


SUBJECTS = tuple(
    _subject(lines)
    for lines in (
        """the harbour wall, the mole, the ferry slip, the old crane, the lighthouse, the tide gate, the fish hall
        the pilots, two fishermen, the ferry captain, the harbour master, a diver
        leaks at every spring tide, was patched with timber, has rusted through, stands idle since autumn, cost a fortune
        a survey by engineers, a proper sea wall, room for small boats, an honest estimate, lights that work""",
        """the school canteen, the timetable, the sports hall, the reading class, the school bus, the roof of the gym
        the headmistress, our eldest, a retired teacher, the caretaker, parents from the village
        starts before sunrise, smells of damp, is taught in a corridor, fell through twice, serves soup every day
        smaller classes, a second language, lunch that children eat, one more teacher, a library that opens""",
        """the night train, platform two, the ticket machine, the level crossing, the branch line, the waiting room
        the guard, commuters, a signalman, my brother-in-law, the woman at the counter
        swallowed my coins, runs an hour late, was closed in the sixties, misses its connection, smells of diesel
        a train on Sundays, tickets without an app, a roof over the platform, seats for everybody, a later last train""",
        """the allotments, the compost heap, the apple trees, the hosepipe ban, the greenhouse, the hedge along the lane
        the gardening club, a beekeeper, my grandmother, the neighbours, the parks department
        dried out in July, attracted wasps, lost out to slugs, bore fruit at last, froze in April
        rain barrels for all, fewer strimmers, a wild corner, compost that isn't full of plastic, shade""",
        """the clinic, the waiting list, the night ward, the pharmacy, the ambulance station, the vaccination day
        a midwife, the locum doctor, our district nurse, patients, the porter
        shuts at weekends, takes eight months, moved to the county town, answers no telephone, saved my father
        appointments by telephone, more beds, nurses who stay, a doctor nearby, thanks for the staff""",
        """the covered market, the bakery, the price of butter, the cheese stall, the new supermarket, the weekly shop
        the butcher, stallholders, a greengrocer, pensioners, the cashier
        doubled within a year, sells out by nine, closes for good, tastes of nothing, gives short weight
        local potatoes, longer opening hours, a fair rent for stalls, bread without additives, fewer wrappers""",
        """the new chemistry prize, the telescope, the vaccine study, the ice core, the sample size, the control group
        the authors of the paper, a physicist, the laboratory, statisticians, my old professor
        was never repeated, confuses two effects, needs a larger sample, surprised everybody, appeared in a good journal
        the raw data, a second trial, fewer headlines, error bars, an explanation for lay people""",
        """the string quartet, the brass band, the choir, the concert hall, the festival programme, the encore
        the cellist, the conductor, a soprano, the audience, pupils of the music school
        was out of tune, moved me to tears, lasted three hours, sold out in minutes, lost two players
        cheaper seats, more new music, a better piano, silence between movements, an evening of Schubert""",
        """the penalty, the second half, the youth team, the stadium roof, the transfer fee, the away kit
        the goalkeeper, the referee, our captain, supporters, the trainer
        was decided by luck, came too late, hit the post twice, deserved a replay, bored us all
        a striker, honest refereeing, cheaper season tickets, a pitch that drains, patience with the young""",
        """the novel, the second chapter, the translation, the reading lamp, the library card, the poetry shelf
        the translator, the reviewer, librarians, my book circle, a young poet
        drags in the middle, reads like a diary, is out of print, won the wrong prize, gathers dust
        an index, footnotes, a cheaper paperback, longer library hours, a review by somebody else""",
        """the council tax, the budget gap, the pension fund, the rate of interest, the audit, the subsidy
        the treasurer, economists, the auditors, savers, a tax adviser
        rose faster than wages, was hidden on page ninety, helps those who need it least, adds up to nothing, pays twice
        a plain table, a cap on rents, figures per household, a vote on it, interest on small savings""",
        """the court ruling, the statute, the appeal, the witness statement, the fine, the constitution
        the judge, a barrister, jurors, the public prosecutor, law students
        sets a precedent, was read out in full, rests on one sentence, took eleven years, contradicts an earlier one
        the full text of it, a link to the judgment, clearer laws, quicker hearings, legal aid""",
        """the heating bill, the heat pump, the wind farm, the solar roof, the gas meter, the insulation
        our plumber, tenants, the grid operator, an electrician, the housing association
        hums all night, paid for itself, broke down in January, needs a permit, warms half the street
        a grant that arrives, batteries, double glazing, a tariff one understands, less draught""",
        """the cycle lane, the roundabout, the car park, the speed limit, the zebra crossing, the bus shelter
        cyclists, a lorry driver, the traffic warden, wheelchair users, school children
        ends in a ditch, was repainted last week, fills up by eight, floods when it rains, saved ten minutes
        a kerb that is lower, buses after nine, more bicycle stands, a bypass, trees instead""",
        """the film, the final scene, the soundtrack, the documentary, the picture house, the subtitles
        the director, an actress, the projectionist, critics, my teenage daughter
        made me laugh aloud, was an hour too long, spoils the book, looks better in black and white, closes in May
        a director's cut, a matinee, popcorn that isn't sweet, films from elsewhere, a proper screen""",
        """the recipe, the sourdough, the lentil soup, the cast iron pan, the pinch of nutmeg, the oven temperature
        my aunt, the chef, guests, a Breton cook, the food editor
        collapsed in the oven, wants more salt, keeps for a week, burned twice, tasted better cold
        weights in grams, a version without eggs, a picture of each step, less sugar, a wine to go with it""",
        """the glacier, the heat wave, the river level, the weather station, the storm surge, the drought map
        meteorologists, farmers upstream, a hydrologist, the flood wardens, islanders
        broke a record, retreated forty metres, arrived a month early, was forecast correctly, drowned the meadow
        warnings by radio, wetlands, a longer series of measurements, an end to new building there, sandbags""",
        """the interview, the headline, the photograph, the caption, the correction, the chart on the front page
        the reporter, your correspondent, the editor, subscribers, the archivist
        leaves out the beginning, shows another place, was clearer than most, contradicts the text, came a day late
        a source, larger type, a map, more from the regions, an answer from those concerned""",
        """the dialect, the spelling reform, the accent, the dictionary, the place name, the bilingual sign
        linguists, my Flemish cousin, newcomers, the examiners, an interpreter
        dies out with us, is older than the town, changes every decade, sounds lovely, was never written down
        lessons for adults, recordings, both names on the map, patience, a glossary""",
        """the beavers, the oyster beds, the swifts, the stray cats, the nature reserve, the bird table
        a warden, hunters, the vet, birdwatchers, the angling society
        came back after a century, slept under our eaves, ruined the brook, vanished overnight, thrived again
        dogs on leads, nest boxes, fewer visitors in spring, clean water, a hide near the reeds""",
    )
)

WAYS = (
    "{When}, {thing} {does}, and nobody {where} seems to mind.",
    "I asked {who} about {thing}: it {does}.",
    "What about {other}? {Who} told me that {thing} {does}.",
    "{Wish}, that is all I ask for.",
    "As long as {thing} {does}, {wish} will stay a dream.",
    "My family has lived {where} for {number} years and never saw {other} in such a state.",
    "Thank you for this; I hadn't known that {thing} {does}.",
    "Is it true that {thing} {does}?",
    "{Who} deserved better, and so did {other}.",
    "Compare it with {other} {where}, which took {number} months and half the money.",
    "I would rather see {wish} than another report.",
    "The piece forgets {other}.",
    "{When} I stood before {thing} with {who}, and we both laughed.",
    "Perhaps I am too old for this, yet {thing} mattered to us.",
    "Sorry, but {number} is not many, if one thinks of {other}.",
    "Between {thing} and {other} there is {wish} to be had, surely?",
    "Let {who} decide, they know {other} best.",
    "Well observed. {Thing} {does}; {other} will be next.",
    "For the record: {thing} {does} because of {other}, not in spite of it.",
    "Why did {who} get no answer about {thing}?",
    "{Number} signatures were collected {where} {when}, all of them for {wish}.",
    "Nothing against {who}, but {wish} would have cost less.",
    "You can't have both {thing} and {wish}.",
    "Who pays for {other} in the end?",
    "I have read this twice and still don't see how {thing} and {other} belong together.",
    "A small point: {thing} stands {where}, not where the article puts it.",
    "We tried that {when}, with {who}, and it went wrong.",
    "{Wish} or {thing}: choose one.",
    "Good news for {who}, at last!",
    "It really {does}? Then somebody should say so {where}.",
)
WHENS = (
    "last winter", "in my childhood", "on Tuesday", "two summers ago", "before the war", "since Easter", "every March",
    "in 1987", "yesterday evening", "during the strike", "after the storm", "each morning", "the other day",
)  # fmt: skip
WHERES = (
    "in our street", "down by the quay", "in the next valley", "in Denmark", "up north", "behind the church",
    "around here", "in Marseille", "on the island", "in the suburbs", "where I work", "in the old town", "at home",
)  # fmt: skip
