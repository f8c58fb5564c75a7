"""Search's constants, each with its reason."""

RANKED = 2000  # only the newest matches are ranked: a common word in a large archive stays cheap
PER_PAGE = 20
QUERY_LENGTH = 200  # characters read of a query
QUERY_WORDS = 12
SNIPPET_WORDS = 34
WEIGHTS = (8.0, 3.0, 1.0, 5.0)  # headline, standfirst, body, tags
FRESH_DAYS = 365.0  # a match loses half of its bonus for freshness in about this time
