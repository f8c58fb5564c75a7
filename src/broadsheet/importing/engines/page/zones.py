"""What a part of a page is for, told by its tag, role and the plain words of its class and id."""

import re
from dataclasses import dataclass
from functools import lru_cache

from lxml.html import HtmlElement


@dataclass(frozen=True, slots=True)
class Zone:
    """A part that is not the article; `most` is the share of all prose it may hold and still be one."""

    reason: str
    most: float = 0.5


NAVIGATION = Zone("navigation", 0.6)
FOOTER = Zone("footer", 0.6)
HEADER = Zone("page header", 0.3)
ASIDE = Zone("sidebar", 0.4)
FORM = Zone("form or button", 0.3)
HIDDEN = Zone("hidden on the page", 0.3)
DIALOG = Zone("dialog or consent notice", 0.6)
COMMENTS = Zone("readers' comments", 0.85)
SHARING = Zone("sharing links", 0.3)
RELATED = Zone("links to other pages", 0.5)
ADVERT = Zone("advertisement", 0.3)
NEWSLETTER = Zone("newsletter or subscription offer", 0.3)
AUTHOR = Zone("byline or author's note", 0.2)
LABELS = Zone("labels of the article", 0.2)
RIGHTS = Zone("copyright line", 0.2)

OUTSIDE = "outside the article"  # why a part is left out that lies in none of them
_BY_TAG = {
    "nav": NAVIGATION,
    "footer": FOOTER,
    "aside": ASIDE,
    "form": FORM,
    "button": FORM,
    "select": FORM,
    "textarea": FORM,
    "input": FORM,
    "label": FORM,
    "dialog": DIALOG,
    "address": AUTHOR,
    "menu": NAVIGATION,
}
_BY_ROLE = {
    "navigation": NAVIGATION,
    "contentinfo": FOOTER,
    "complementary": ASIDE,
    "search": FORM,
    "dialog": DIALOG,
    "alertdialog": DIALOG,
    "banner": HEADER,
    "menu": NAVIGATION,
    "menubar": NAVIGATION,
    "button": FORM,
    "toolbar": FORM,
}
# One pattern for the plain words of class names each; a point stands between two.
_WORDS: dict[Zone, str] = {
    COMMENTS: r"""
        comments? · commentlist · comment(?:s)?(?:area|form|section|wrap|container) · disqus · respond ·
        livefyre · replies · webmentions · pingbacks? · trackbacks?
    """,
    DIALOG: r"""
        cookies? · cookiebar · consent · gdpr · modal · popup · pop up · overlay · dialog · lightbox ·
        toast · interstitial
    """,
    NEWSLETTER: r"""
        newsletters? · subscribe · subscription(?! content) · sign ?up · optin · opt in · mailchimp ·
        paywall(?! (?:content|body|text|article|inner)) · donate · donation · login · log in
    """,
    SHARING: r"""
        share · shares · sharing · sharebar · sharedaddy · sharethis · shareaholic · addthis(?: \w+)? ·
        addtoany · a2a · social · socials · social(?:icons|links|share|media|bar) · follow · followus ·
        likes? · reactions · print ?tools · toolbar · tools · bookmark · ssba · jp relatedposts
    """,
    RELATED: r"""
        related(?:posts?|articles?|content|stories|links|news|items)? · recommended · recommendations? ·
        recirc · recirculation · outbrain · taboola · zergnet · trending · popular ·
        most ?(?:read|popular|viewed|shared) · more (?:stories|news|from|on|articles|posts|like) ·
        read ?(?:more|next|also) · also (?:read|like|see) · see ?also · up ?next · next ?up ·
        (?:next|prev|previous) (?:post|article|story) · post navigation · nav ?links ·
        latest(?: news| posts| stories)? · headlines · teasers? · you may (?:also )?like · story ?list ·
        article ?list · news ?list · link ?list · inline ?links? · rich ?links? · read ?on · dont ?miss ·
        explore · discover · crosslinks? · readmore
    """,
    ADVERT: r"""
        ads? · advert(?:s|isement|isements|ising|orial)? · adsense · adslot ·
        ad ?(?:unit|box|wrap|container|slot|zone|block|area|label|text) · dfp · doubleclick ·
        sponsor(?:s|ed)? · promo(?:s|tion|tional|ted|box)? · affiliate · commercial · partner ?content ·
        buy ?(?:now|box|button) · shopping · product ?(?:box|card|widget)
    """,
    NAVIGATION: r"""
        nav · navbar · navigation · navi · menu · submenu · breadcrumbs? · crumbs? · pagination · pager ·
        paging · pagenav · skip ?links? · skip to · toc · table of contents · jump ?links? · topbar ·
        site ?header · masthead · global ?header · page ?header · subnav · megamenu · hamburger
    """,
    ASIDE: r"""
        side ?bar · sidebars? · rail · right ?(?:rail|col|column|side) · left ?(?:rail|col) · widgets? ·
        widget area · gadget · secondary · complementary · module ?list
    """,
    FOOTER: r"""
        footer · foot · colophon · site ?info · bottom ?bar · page ?bottom · global ?footer
    """,
    AUTHOR: r"""
        by ?lines? · author · authors ·
        author ?(?:s|bio|box|info|card|block|name|description|details|meta|about|bottom) ·
        about (?:the )?authors? · bio · biography · contributors? · post ?meta · entry ?meta ·
        article ?meta · post ?info · entry ?info · article ?info · meta ?data · date ?line · date ?time ·
        time ?stamp · pub ?date · publish(?:ed)? ?(?:date|on|time)? · posted ?(?:on|by) · entry ?date ·
        post ?date · article ?date · last ?updated
    """,
    LABELS: r"""
        tags? · taglist · tag ?(?:list|links|cloud|s) · post ?tags · keywords · topics · topic ?list ·
        categor(?:y|ies) · cat ?links · entry ?footer · post ?footer · labels · kicker · eyebrow ·
        hashtags · rubrics?
    """,
    RIGHTS: r"""
        copyright · rights · reprints? · disclosure
    """,
}


def _pattern(words: str) -> re.Pattern[str]:
    """A pattern for any of the words between two blanks."""
    return re.compile(f" (?:{'|'.join(word.strip() for word in words.split('·'))}) ")


# A whole class name that hides; as a part of one ("label-hidden", "overflow-hidden") the word says nothing of the text.
_HIDES = _pattern(r"""
    (?:(?:is|u|js|g|element) )?(?:hidden|hide|invisible|visually ?hidden) · sr ?only · screen ?reader(?: text| only)? ·
    print ?only · d ?none · off ?screen · noscript · assistive text · accessibility
""")
_SHOWN_ON_SOME = re.compile(
    r"(?:^|\s)(?:(?!print)\w+:(?:block|flex|grid|inline\S*|table\S*)|(?:d|display)-(?!print)\w+-(?:block|flex|grid|inline))(?:\s|$)"
)
_PATTERNS = tuple((zone, _pattern(words)) for zone, words in _WORDS.items())
_CAPTION = _pattern(r"""
    captions? · caption ?text · figcaption · wp caption(?: text| dd)? · img ?caption · image ?caption ·
    photo ?caption · media ?caption · picture ?caption ·
    (?:image|photo|media|img|picture) ?(?:credits?|desc(?:ription)?|info|legend|source|author|copyright|meta|title) ·
    credits? · cutline · legend · gallery ?caption · slide ?caption
""")
_STANDFIRST = _pattern(r"""
    standfirst · sub ?head(?:ing|line|er)? · sub ?titles? · deks? · deck ·
    article ?(?:lead|summary|intro|sub|dek|abstract|excerpt|subhead|subtitle|subheadline|standfirst) ·
    summary · abstract · excerpt · strapline · chapo · headline ?(?:sub|dek) ·
    secondary ?(?:headline|title) · entry ?(?:sub|summary|excerpt) · post ?(?:subtitle|excerpt|intro) ·
    lede? · teaser ?text · announce(?: text)? · lid
""")
_HIDING = re.compile(r"display\s*:\s*none|visibility\s*:\s*hidden", re.IGNORECASE)
_CAMEL = re.compile(r"(?<=[a-z0-9])(?=[A-Z])")
_SPLIT = re.compile(r"[^A-Za-z0-9]+")


@lru_cache(maxsize=4096)
def words_of(names: str) -> str:
    """The class or id names as plain lower-case words, each with a blank before and after."""
    return f" {_SPLIT.sub(' ', _CAMEL.sub(' ', names)).strip().lower()} "


@lru_cache(maxsize=8192)
def zone_of_names(names: str) -> Zone | None:
    """The zone that class and id names speak of."""
    if len(names) > 400:
        return None
    words = words_of(names)
    for zone, pattern in _PATTERNS:
        if pattern.search(words):
            return zone
    return HIDDEN if _hides(names) else None


def _hides(names: str) -> bool:
    """True where one of the names says that the element is hidden, and none that it is shown on wider screens."""
    return any(_HIDES.fullmatch(words_of(name)) for name in names.split()) and not _SHOWN_ON_SOME.search(names)


@lru_cache(maxsize=8192)
def speaks_of_caption(names: str) -> bool:
    """True where class names say that a text belongs to a picture."""
    return len(names) < 400 and bool(_CAPTION.search(words_of(names)))


@lru_cache(maxsize=8192)
def speaks_of_standfirst(names: str) -> bool:
    """True where class names say that a text is the lead under the headline."""
    return len(names) < 400 and bool(_STANDFIRST.search(words_of(names)))


def zone_of(element: HtmlElement, tag: str) -> Zone | None:
    """The zone that an element opens, if it opens one."""
    by_tag = _BY_TAG.get(tag)
    if by_tag is not None:
        return by_tag
    attributes = element.attrib
    if not attributes:
        return None
    role = attributes.get("role")
    if role and role in _BY_ROLE:
        return _BY_ROLE[role]
    if "hidden" in attributes or _HIDING.search(attributes.get("style", "")):
        return HIDDEN
    names = names_of(element)
    return zone_of_names(names) if names else None


def names_of(element: HtmlElement) -> str:
    """The class and id of an element as one string."""
    return f"{element.get('class', '')} {element.get('id', '')}".strip()
