"""Lines that stand in an article's text without being part of it, told by their words alone."""

import re

from broadsheet.importing.rules.wording import without_marks

SHARING = "sharing links"
RELATED = "links to other pages"
NEWSLETTER = "newsletter or subscription offer"
ADVERT = "advertisement"
AUTHOR = "byline or author's note"
CONTROLS = "control of the page"
COMMENTS = "readers' comments"
LABELS = "labels of the article"
RIGHTS = "copyright line"
CONSENT = "dialog or consent notice"


def _any(phrases: str) -> str:
    """One pattern for any of the phrases, which stand one a line."""
    return "|".join(line.strip() for line in phrases.strip().splitlines())


def _line(phrases: str) -> re.Pattern[str]:
    """A pattern for lines that are one of the phrases and nothing else."""
    return re.compile(rf"^\W*(?:{_any(phrases)})\W*$", re.IGNORECASE)


def _inside(phrases: str) -> re.Pattern[str]:
    """A pattern for texts in which one of the phrases stands."""
    return re.compile(rf"(?:{_any(phrases)})", re.IGNORECASE)


_RELATED_WORDS = _any(r"""
    related(?:\s+(?:articles?|stories|story|content|posts?|links?|news|coverage|reading|video|topics?|[\w-]+))?
    read\s+(?:more|also|next|now|on|this|here)(?:\s+(?:on|about|from|here|at)\b[^:]{0,40})?
    (?:also|more|further|must|recommended|suggested)\s+(?:read(?:s|ing)?|stories|news|articles?|coverage)
    see\s+(?:also|more)
    (?:\d+\s+)?more\s+(?:great\s+|top\s+)?(?:[\w'’.&-]+\s+){0,3}(?:stories|articles|news|reading|coverage|headlines|posts)
    more\s+(?:on|from|about|in|like)\s+(?:this|the|our|us|[A-Z])[^:]{0,40}
    don['’]?t\s+miss
    recommended(?:\s+for\s+you)?
    (?:top|latest|trending|popular|other|similar|editor['’]?s)\s+(?:stories|news|posts|articles|picks?|videos?)
    most\s+(?:read|popular|viewed|shared)
    trending(?:\s+now)?
    you\s+(?:may|might)(?:\s+also)?\s+(?:like|enjoy|be\s+interested).{0,20}
    what\s+to\s+read\s+next
    next\s+(?:up|article|story|post)
    up\s+next
    previous\s+(?:article|story|post)
    (?:watch|listen)(?:\s+(?:more|also|now|next|this|below))?
    in\s+(?:pictures|depth|case\s+you\s+missed\s+it)
    click\s+here(?:\s+to\s+read.{0,40})?
    m[aá]s\s+informaci[oó]n|te\s+puede\s+interesar|noticias\s+relacionadas|en\s+savoir\s+plus|articles?\s+li[ée]s?
    lire\s+(?:aussi|[eé]galement|la\s+suite|plus)
    (?:[aà]\s+lire|voir)\s*(?:aussi|[eé]galement)?
    sur\s+le\s+m[eê]me\s+sujet
    lesen\s+sie\s+(?:auch|mehr|hier).{0,20}
    (?:mehr|auch)\s+zum\s+thema
    lees\s+(?:ook|meer|verder)
    (?:lea|lee|leer|ver|vea|leia|veja|saiba|leggi|le[íi]a)\s+(?:tambi[eé]n|m[aá]s|tamb[eé]m|mais|anche).{0,20}
    baca\s+(?:juga|selengkapnya)
    czytaj\s+(?:tak[żz]e|te[żz]|r[óo]wnie[żz]|wi[ęe]cej)
    читайте?\s+(?:также|ещ[её]|далее|по\s+теме)
    (?:смотрите|см\.)\s+также
    по\s+теме
    (?:[اإ]قر[أا]|طالع|شاهد)\s+(?:[أا]يضا|المزيد)
    مواضيع\s+ذات\s+صلة
    (?:あわせて読みたい|関連記事|関連リンク|相关阅读|相关新闻|延伸阅读|관련\s*기사)
""")
_RELATED_HEAD = re.compile(rf"^\W*(?:{_RELATED_WORDS})\W*$", re.IGNORECASE)
_RELATED_LEAD = re.compile(rf"^\W*(?:{_RELATED_WORDS})\s*[:：>»→|–—-]", re.IGNORECASE)
_RELATED_START = re.compile(rf"^\W*(?:{_RELATED_WORDS})\b", re.IGNORECASE)
_SHARING_LINE = _line(r"""
    (?:share|tweet|pin|e-?mail|print|like|save|copy\s+link|bookmark|whatsapp|facebook|twitter|linkedin|pinterest|reddit|telegram|instagram|flipboard|tumblr|youtube|messenger|x)
    (?:share|post|tweet|pin|send)\s+(?:this|it|on|via|to|with|by|the|your).{0,40}
    (?:share|follow|find|join|like)\s+us(?:\s+on)?.{0,40}
    (?:click|tap)\s+to\s+(?:share|tweet|print|e-?mail).{0,60}
    share\s+your\s+(?:thoughts|opinion|feedback).{0,40}
    partager(?:\s+(?:cet|sur|l['’]).{0,40})?
    (?:artikel\s+)?teilen(?:\s+auf.{0,20})?
    compartir(?:\s+(?:en|este).{0,30})?
    compartilh(?:ar|e)(?:\s.{0,30})?
    поделиться(?:\s.{0,30})?
    شارك(?:ها|ه)?(?:\s.{0,30})?
    \d+\s*(?:shares?|likes?|comments?|views?|retweets?)
    (?:facebook|twitter|linkedin|pinterest|whatsapp|telegram|reddit|tumblr|google\+?|e-?mail|print|share|tweet|pin(?:\s+it)?|copy\s+link|more|mix|blogger|stumbleupon|x|[\s,|•·]){2,40}
    sharing\s+is\s+caring
    (?:print|e-?mail)\s+(?:this\s+)?(?:article|story|page)
    order\s+reprints?
    (?:copy|get)\s+(?:the\s+)?(?:link|short\s+url|permalink)
""")
_CONTROL_LINE = _line(r"""
    text\s+size|font\s+size|listen\s+to\s+(?:this\s+)?(?:article|story)|play(?:\s+(?:video|audio|now))?|pause|mute|close
    skip\s+(?:to\s+.{0,30}|ad|advertisement)
    (?:view|see|show|load|open)\s+(?:all|more|gallery|slideshow|photos?|images?|comments?|the\s+gallery|full\s+.{0,20})(?:\s*\(\d+\))?(?:\s+(?:photos?|images?|comments?|stories))?
    (?:hide|show)\s+(?:caption|comments?|transcript|details)
    toggle\s+.{0,30}|(?:enlarge|expand|replay)(?:\s+.{0,20})?
    back\s+to\s+(?:top|.{0,20}page)|(?:scroll|swipe)\s+.{0,30}
    (?:media|image|photo|photograph|picture)\s+(?:caption|copyright|source)(?:\s+.{0,40})?
    image|photo|video|gallery|slideshow|photos|continue(?:\s+reading)?(?:\s+.{0,30})?|loading(?:\s+.{0,30})?
    story\s+continues(?:\s+below)?.{0,30}|article\s+continues\s+(?:below|after).{0,30}
    (?:image|photo|picture|slide)?\s*\d+\s*(?:of|/|sur|von|de|di|из|من)\s*/?\s*\d+|captions?
    (?:jump|skip)\s+to\s+(?:the\s+)?recipe(?:\s+print.{0,20})?|print\s+(?:this\s+)?recipe
    (?:il\s+y\s+a|vor|hace|منذ)\s+\d+\s+\w+|(?:last\s+)?(?:updated\s+|posted\s+)?\d+\s+(?:second|minute|hour|day|week|month|year)s?\s+ago
    (?:\d+\s+)?(?:min(?:ute)?s?|sec(?:ond)?s?)\s+(?:read|listen)|reading\s+time.{0,20}
    an\s+error\s+has\s+occurred.{0,40}|your\s+browser\s+does\s+not\s+support.{0,60}
    (?:please\s+)?enable\s+javascript.{0,80}|accept(?:\s+(?:all\s+)?cookies)?
    (?:table\s+of\s+)?contents
""")
_ADVERT_LINE = re.compile(
    r"^\W*(?:advert(?:isement|ising|orial)?s?|ad|anzeige|werbung|publicit[eé]|publicidad|pubblicit[aà]|reklama?|"
    r"реклама|إعلان|اعلان|広告|广告|광고|sponsored(?:\s+(?:links?|content|by.{0,40}|post))?|promoted(?:\s+.{0,20})?|"
    r"paid\s+(?:post|content|partnership))(?:\s*[-–—:].{0,60})?\W*$",
    re.IGNORECASE,
)
_NEWSLETTER_LINE = _inside(r"""
    sign\s+up\s+(?:for|to)\b.{0,60}(?:newsletters?|inbox|e-?mail\s+(?:list|updates|alerts)|alerts|mailing\s+list|briefing)
    subscribe\s+(?:to|for|now|today|here)\b.{0,80}(?:newsletter|channel|updates|e-?mail|podcast|magazine|digest|alerts)
    (?:get|receive)\s+(?:our|the|all\s+the|breaking|daily|latest|more).{0,80}(?:newsletter|in\s+your\s+inbox|to\s+your\s+inbox|by\s+e-?mail|delivered)
    (?:our|free|daily|weekly)\s+(?:e-?mail\s+)?newsletters?\s+(?:here|now|today|below)
    enter\s+your\s+e-?mail
    (?:download|get)\s+(?:our|the)\s+(?:free\s+)?(?:mobile\s+)?app\b
    inscrivez-vous\s+[àa]|abonnez-vous|recevez\s+(?:notre|nos|la)
    (?:jetzt\s+)?(?:newsletter\s+abonnieren|abonnieren\s+sie)
    suscr[ií]b(?:e|ase|ete)\s+a|assine\s+(?:a|nossa|o)
    подпи(?:сывайтесь|шитесь)\s+на
    اشترك\s+(?:في|الآن)
    if\s+you\s+(?:enjoyed|liked|like|enjoy)\s+this\s+(?:article|story|post|piece)
    ^\W*(?:subscribe|learn\s+more|sign\s+up|join\s+(?:now|us|today)|download\s+(?:now|here|the\s+app))\W*$
    ^\W*subscribe\s+to\s+[^.]{2,40}\s+(?:and|for|to)\b
    become\s+a\s+(?:member|subscriber|patron|supporter)
    support\s+(?:our|independent)\s+journalism
""")
_AUTHOR_LINE = _inside(r"""
    ^\W*(?:write\s+to|contact|e-?mail|reach)\s+(?:the\s+(?:author|writer|reporter)|[A-Z][\w.'’-]+(?:\s+[A-Z][\w.'’-]+){0,3})\s+(?:at|on|via|:)\s*\S+@\S+
    ^\W*(?:you\s+can\s+)?follow\s+[A-Z][^.]{2,60}\s+on\s+(?:instagram|facebook|twitter|tiktok|x|youtube)\b
    ^\W*(?:puedes\s+seguir\s+a|s[ií]guenos\s+en|suivez[- ]nous|folgen\s+sie\s+uns|seguici\s+su|siga-nos|تابعونا\s+على)\b
    follow\s+(?:him|her|me|them|the\s+(?:author|writer|reporter))\s+(?:on|at|@)
    ^\W*follow\s+(?:@\w+|[A-Z][\w.'’-]+\s+[A-Z][\w.'’-]+)\s+on\s+(?:twitter|facebook|instagram|x)\W*(?:@?\w+\W*)?$
    ^\W*you\s+can\s+(?:follow|reach|contact|e-?mail)\s+(?:him|her|me|them|the\s+author)
    ^\W*[A-Z][\w.'’-]+\s+(?:[A-Z][\w.'’-]+\s+)?(?:can\s+be\s+(?:reached|contacted|followed)\s+(?:at|on|via))
    ^\W*(?:posted|written|published|submitted)\s+by\s+\S[^.!?]{1,80}$
    ^\W*e-?mail\s+us\s+at\b.{0,120}
""")
_COMMENT_LINE = _line(r"""
    (?:leave|post|add|write|submit)\s+(?:a|your)\s+(?:comment|reply).{0,40}
    (?:join|start)\s+the\s+(?:conversation|discussion).{0,60}
    (?:\d+\s+)?comments?(?:\s*\(\d+\))?
    (?:be\s+the\s+first|log\s*in|sign\s*in|register)\s+to\s+(?:comment|reply|post).{0,40}
    comments?\s+(?:are|is)\s+(?:closed|disabled|off).{0,40}
    what\s+do\s+you\s+think\W+(?:(?:let|tell|share|leave|sound|comment).{0,120})
    (?:let\s+us\s+know|tell\s+us|sound\s+off)\s+(?:what\s+you\s+think\s+)?in\s+the\s+comments.{0,60}
""")


_COMMENTS_HEAD = _line(r"""
    (?:\d+\s+|top\s+|all\s+|best\s+|reader[s'’]*\s+|rated\s+|user\s+|your\s+|the\s+|recent\s+){0,4}(?:comments?|replies|discussions?)(?:\s*\(?\d+\)?)?
    (?:\d+|one)\s+(?:comments?|repl(?:y|ies)|responses?|thoughts?|reactions?)\s+(?:to|on|so\s+far)\b.{0,100}
    (?:leave|post|add|write|submit|share)\s+(?:a|your|new|another)\s+(?:new\s+)?(?:comments?|reply|response|thoughts)\b.{0,40}
    (?:show|view|read|see|load)\s+(?:all\s+|the\s+)?(?:\d+\s+)?comments?(?:\s*\(\d+\))?
    discussion\s+about\s+this\s+(?:post|article|story)|(?:join|start)\s+the\s+(?:conversation|discussion)
    track\s*backs?(?:\s+pings?)?(?:\s*\(\d+\))?
    (?:(?:vos|les|tous\s+les)\s+|\d+\s+)?(?:commentaires?|r[ée]actions?)(?:\s*\(?\d+\)?)?(?:\s+des\s+lecteurs)?
    (?:laisse[rz]|ajoute[rz]|poste[rz]|[ée]crire)\s+(?:un|votre)\s+(?:commentaire|r[ée]ponse|message)
    (?:\d+\s+)?kommentare?(?:\s*\(?\d+\)?)?|(?:kommentar|antwort)\s+(?:schreiben|verfassen|hinterlassen)|schreiben?\s+sie\s+einen\s+kommentar
    (?:\d+\s+)?(?:comentarios?|coment[áa]rios?|commenti|reacties|komentarze|yorumlar|комментари[ийев]+)(?:\s*\(?\d+\)?)?
    (?:dej(?:a|ar|e)|deix(?:e|ar)|lascia|escrib[ae])\s+(?:un|una|o\s+seu)\s+(?:comentario|coment[áa]rio|respuesta|resposta|commento)
    (?:оставить|добавить|написать)\s+комментарий|geef\s+een\s+reactie|een\s+reactie\s+plaatsen
    (?:\d+\s+)?(?:ال)?تعليقات(?:\s+القراء)?(?:\s*\(?\d+\)?)?|(?:اترك|[أا]ضف|اكتب)\s+(?:تعليقا?|ردا?)(?:ك|\s+.{0,20})?|شارك\s+بر[أا]يك
    コメント(?:\s*[(（]\d+[)）])?|评论(?:区)?|網友評論|댓글(?:\s*\d+)?
""")
_REPLY = _line(
    "reply|r[ée]pondre|رد|الرد|antworten?|responder|rispondi|ответить|reageren|odpowiedz|yan[ıi]tla|返信|回复|답글"
)
_SUBSCRIBE = re.compile(
    r"^\W*(?:subscribe|sign\s*(?:me\s+)?up|join\s+(?:now|us|free|the\s+list)|get\s+(?:it|the\s+newsletter)|s['’]abonner|"
    r"je\s+m['’](?:abonne|inscris)|s['’]inscrire|(?:jetzt\s+)?abonnieren|suscr[ií]b\w+|inscrever|assin(?:e|ar)|"
    r"iscriviti|подписаться|اشترك(?:\s+الآن)?|登録|订阅)\b.{0,20}$",
    re.IGNORECASE | re.DOTALL,
)
_LABEL_LINE = re.compile(
    r"^\W*(?:tags?|tagged(?:\s+(?:in|with|as))?|topics?|categor(?:y|ies)|filed\s+under|posted\s+in|labels?|keywords?|"
    r"mots[- ]cl[eé]s|schlagw[oö]rter|themen|etiquetas|temas|trefwoorden|tagi|теги|метки|темы|الوسوم|وسوم|"
    r"الكلمات\s+(?:المفتاحية|الدالة)|タグ|标签|태그)\s*[:：]",
    re.IGNORECASE,
)
_CONSENT_LINE = _inside(r"""
    \b(?:we|our\s+(?:partners|(?:web\s?)?sites?)|th(?:is|ese)\s+(?:web\s?)?sites?)\b.{0,60}\buses?\s+(?:of\s+)?cookies
    \bby\s+(?:clicking|continuing|using|browsing|accepting)\b.{0,120}\bcookies
    \b(?:nous|ce\s+site)\b.{0,40}\butilis(?:ons|e)\s+des\s+cookies
    \b(?:wir|diese\s+(?:web)?seite)\b.{0,40}\bverwende[nt]\s+cookies
    \b(?:utilizamos|usamos|utilizziamo|gebruiken|używamy)\b.{0,40}\bcookies
    используе[мт]\s+(?:файлы\s+)?cookie
    (?:نستخدم|يستخدم).{0,40}(?:الارتباط|الكوكيز|كوكيز)
""")
_LICENCE_LINE = re.compile(
    r"^\W*(?:licen[cs]ed?|lizenz|licencia|licenza|лицензия|رخصة)\b.{0,120}(?:creative\s+commons|\bcc[ -](?:by|0))|"
    r"^\W*(?:this|all|the|text)\b.{0,80}\b(?:available|licen[cs]ed|used|released|published)\b.{0,60}"
    r"(?:creative\s+commons|\bcc[ -](?:by|0))|^\W*(?:creative\s+commons|cc[ -]by)\b[\w\s.-]{0,60}$",
    re.IGNORECASE,
)
_CALL = re.compile(
    r"^\W*(?:click|tap|cliquez|klicken sie|haga clic|clique|clicca)\s+(?:here|ici|hier|aqu[ií]|qui)\b",
    re.IGNORECASE,
)


def _is_shouted_link(text: str, link_share: float) -> bool:
    """True for a line that is one link in capitals, as papers set their links to other articles."""
    words = re.findall(r"[^\W\d_]{2,}", text)
    return link_share > 0.9 and len(words) >= 5 and sum(word.isupper() for word in words) >= len(words) * 0.8


def opens_related(text: str) -> bool:
    """True for a line such as 'Read also' that only announces links to other pages."""
    first, _, rest = text.partition("\n")
    return len(first) < 60 and bool(_RELATED_HEAD.match(first)) and (not rest or len(text) < 600)


def is_related_line(text: str, link_share: float) -> bool:
    """True for a line that announces another page and links to it."""
    if len(text) >= 300 or link_share <= 0.4:
        return False
    text = without_marks(text)
    unended = not text.rstrip().endswith((".", "?", "!", "؟"))
    return bool(_RELATED_LEAD.match(text) or (unended and _RELATED_START.match(text)))


def opens_comments(text: str) -> bool:
    """True for a line that heads what readers wrote, or asks them to write."""
    return len(text) < 120 and bool(_COMMENTS_HEAD.match(without_marks(text)))


def says_reply(text: str) -> bool:
    """True for the button under a reader's comment."""
    return len(text) < 20 and bool(_REPLY.match(text))


def says_subscribe(text: str) -> bool:
    """True for the button of an offer to subscribe."""
    return bool(_SUBSCRIBE.match(text))


def reason_to_drop(text: str, link_share: float = 0.0) -> str | None:
    """Why a line is not part of the article; None where nothing speaks against it."""
    text = without_marks(text)
    if len(text) < 900 and _CONSENT_LINE.search(text):
        return CONSENT
    if len(text) > 400:
        return None
    if is_related_line(text, link_share) or _is_shouted_link(text, link_share):
        return RELATED
    if len(text) < 160 and link_share > 0.6 and _CALL.match(text):
        return CONTROLS
    return next(
        (
            reason
            for most, pattern, reason in _LINES
            if len(text) < most and (pattern.match(text) if most <= 160 else pattern.search(text))
        ),
        None,
    )


_LINES = (
    (160, _LABEL_LINE, LABELS),
    (160, _SHARING_LINE, SHARING),
    (160, _CONTROL_LINE, CONTROLS),
    (160, _ADVERT_LINE, ADVERT),
    (160, _COMMENT_LINE, COMMENTS),
    (250, _LICENCE_LINE, RIGHTS),
    (350, _NEWSLETTER_LINE, NEWSLETTER),
    (401, _AUTHOR_LINE, AUTHOR),
)
