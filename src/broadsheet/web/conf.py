"""The public face's constants, each with its reason."""

RAIL_NEWS = 8  # what fits beside an article without pushing the text
RAIL_MULTIMEDIA = 4
RECOMMENDED = 4
PER_PAGE = 24  # divides by 2, 3 and 4, the columns of lists
ALL_NEWS_PER_PAGE = 40
FIRST_POSTS = 200  # a live blog is one page; longer ones exist, but nobody scrolls further
PAGES = 500  # lists end here: nobody leafs further, and skipping costs with depth
REFRESH_ARTICLE = 60  # seconds after which the rails beside an article may be refreshed
RAIL_SECONDS = 60  # how long rails are held in memory where nothing is heard of a change

# Widths offered for each use of a picture; never wider than the crop itself.
WIDTHS = {
    "lead": (480, 768, 1080, 1440, 1920),
    "wide": (480, 768, 1080, 1440),
    "column": (360, 720, 1080),
    "card": (320, 480, 720),
    "thumb": (120, 240, 360),
    "portrait": (96, 192),
}
SHARE = (1200, 675)  # ART-04

# Papers of the two schemes, and the tint of boxes upon them, as in static/css/paper.css.
PAPER_LIGHT, PAPER_DARK = "#fdfcf9", "#15171a"
TINT_LIGHT, TINT_DARK = "#f5f2ec", "#1d2024"  # the harder ground: accents must be readable here

READER_COOKIE = "broadsheet_reader"  # after settings.COOKIE_PREFIX; static/js/reader.js reads it and names it, too
