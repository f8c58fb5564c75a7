"""Every edition speaks its language and no other; a new one needs a catalogue and settings, no code."""

import gettext
import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest
from django.conf import settings
from django.utils import timezone, translation
from django.utils.translation import trans_real

import broadsheet.web
from broadsheet.kernel import clock
from broadsheet.notifications.actions.ring import ring
from broadsheet.readers.engines.pending import keep
from broadsheet.readers.models import Reader
from broadsheet.readers.rules.profiles import read_profile
from broadsheet.web.templatetags.paper import stamp
from tests.factories import newsroom as make
from tests.factories.policies import make_version
from tests.web.conftest import KINDS, NOON

LOCALE = Path(broadsheet.web.__file__).parent / "locale"
PUBLIC = re.compile(r"^#: .*(web/(templates/(comment|pages|parts|blocks|frame|account|mfa|social|telegram|socialaccount|allauth|notices|mail)|views|queries|rules|engines|templatetags|forms)|newsroom/conf|delivery/queries|readers/(forms|views|queries|rules|adapters|middleware))", re.MULTILINE)  # fmt: skip
ENTRY = re.compile(r'(?:^msgctxt "(?P<context>.*)"\n)?^msgid (?P<id>(?:".*"\n)+)(?:msgid_plural (?:".*"\n)+)?(?P<strings>(?:msgstr(?:\[\d\])? (?:".*"\n?)+)+)', re.MULTILINE)  # fmt: skip
WORDLESS = {"format of a day", "format of a day without its year", "between two parts of a line"}
SAME_IN = {
    "fr": {
        "Contact",
        "Corrections",
        "Message",
        "Sessions",
        "e-mail",
        "page",
        "version",
        "action",
        "Pages",
        "Page %(number)s",
        "Notes",
        "Audio",
        "Opinion",
        "Expert",
        "Visible",
        "clause",
        "mode",
        "note",
        "Article",
        "article",
        "Discussion",
        "Discussions",
        "%(name)s, page %(number)s",
    }
}

VISITORS = ("login/", "register/", "recover/", "recover/sent/", "confirm/sent/", "confirm/none/", "contact/", "link/none/", "restore/none/")  # fmt: skip
OWN = (
    "profile/", "my-data/", "sessions/", "2fa/", "notices/", "email/", "password/change/", "logout/", "delete/", "gate/",
    "reauthenticate/", "contact/", "2fa/totp/activate/", "social/", "social/confirm/",
)  # fmt: skip


GONE = {"confirm/none/": 410, "restore/none/": 410, "social/registration/none/": 410, "social/facebook/callback/?state=x": 400}  # fmt: skip


def by_identity(client, settings):
    """Return the pages of logging in by an identity, with one that waits for Yes or No."""
    apps = {"facebook": "—", "telegram": "—"}
    for kind, name in apps.items():
        app = {"name": name, "client_id": "1", "secret": "s"}
        entry = {**settings.SOCIALACCOUNT_PROVIDERS.get(kind, {}), "APPS": [app]}
        settings.SOCIALACCOUNT_PROVIDERS = {**settings.SOCIALACCOUNT_PROVIDERS, kind: entry}
    client.get("/accounts/login/")
    session = client.session
    key = keep(session, read_profile("facebook", "1", {"name": "—"}, vouched=False), "", clock.now())
    session.save()
    client.cookies[settings.SESSION_COOKIE_NAME] = session.session_key
    waiting = f"social/registration/{key}/"
    return (
        "social/facebook/", "social/facebook/callback/?state=x", "social/telegram/callback/?state=x",
        "social/registration/none/", waiting, f"{waiting}yes/", f"{waiting}no/",
    )  # fmt: skip


def joined(quoted: str) -> str:
    return "".join(re.findall(r'"((?:[^"\\]|\\.)*)"', quoted)).replace('\\"', '"').replace("\\n", "\n")


def public_texts(language: str) -> list[tuple[str, str, list[str]]]:
    """Context, text and translations of what readers can see."""
    found = []
    for block in (LOCALE / language / "LC_MESSAGES/django.po").read_text(encoding="utf-8").split("\n\n")[1:]:
        entry = ENTRY.search(block + "\n")
        if entry and PUBLIC.search(block):
            strings = re.findall(r'msgstr(?:\[\d\])? ((?:".*"\n?)+)', entry["strings"])
            found.append((entry["context"] or "", joined(entry["id"]), [joined(string) for string in strings]))
    return found


@pytest.mark.parametrize("language", ["fr", "ar"])
def test_catalogues_are_complete(language):
    texts = public_texts(language)
    assert len(texts) > 100
    assert [text for _context, text, strings in texts if not all(strings)] == []


@pytest.mark.parametrize("language", ["fr", "ar"])
def test_no_text_of_the_desk_is_left_untranslated(language):
    text = (LOCALE / language / "LC_MESSAGES/django.po").read_text(encoding="utf-8")
    entries = text.split("\n\n")[1:]
    assert [entry for entry in entries if re.search(r'^msgstr(?:\[\d\])? ""$(?!\n")', entry, re.MULTILINE)] == []
    assert "#, fuzzy" not in text


def test_every_text_in_the_sources_is_in_the_catalogues():
    if shutil.which("xgettext") is None:
        pytest.skip("gettext is not installed")
    root = Path(broadsheet.web.__file__).parents[3]
    done = subprocess.run(
        [sys.executable, "tools/catalogues.py", "--check"], cwd=root, capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, done.stderr


def test_arabic_has_its_six_plurals():
    forms = next(strings for _context, text, strings in public_texts("ar") if text == "%(count)s view")
    assert len(forms) == 6
    with translation.override("ar"):
        told = [
            translation.ngettext("%(count)s view", "%(count)s views", n) % {"count": n} for n in (0, 1, 2, 3, 11, 100)
        ]
    assert len(set(told)) == 6


def test_compiled_catalogues_hold_what_the_sources_say():
    for language in ("fr", "ar"):
        compiled = gettext.GNUTranslations((LOCALE / language / "LC_MESSAGES/django.mo").open("rb"))
        for context, text, strings in public_texts(language):
            if len(strings) == 1:
                assert (compiled.pgettext(context, text) if context else compiled.gettext(text)) == strings[0]


def pages(edition: str) -> list[str]:
    root = "/" if edition == "en" else f"/{edition}/"
    words = ("", "world/", "all-news/", "all-news/2026/11/20/", "multimedia/", "search/", "search/?q=zzz", "corrections/", "nowhere/", "author/mara/", "tag/sea/", "page/about/")  # fmt: skip
    return [root + word for word in words]


def fill(edition, section):
    """Publish an article of every kind, with all that a page can show."""
    picture = make.make_picture(caption="—", alt="—", author="—")
    author = make.make_author(edition, "mara", name="Mara", role="—", picture=picture)
    tag = make.make_tag(edition, "sea", name="—", kind="place")
    make.make_info_page(edition, "about", title="—", html="<p>—</p>")
    return [
        make.make_article(
            section, f"— {number}", kind=kind, at=NOON, authors=[author], tags=[tag], lead_picture=picture,
            fields={"standfirst": "—", "source_name": "—", "source_licence": "—"},
        )
        for number, kind in enumerate(KINDS)
    ]  # fmt: skip


@pytest.mark.parametrize("code", ["fr", "ar"])
def test_no_page_shows_a_text_of_another_language(db, client, code):
    edition = make.make_edition(code, at_root=False, name="—", brand="—", tagline="—")
    section = make.make_section(edition, "world", name="—")
    from broadsheet.newsroom.queries.addresses import path_of

    paths = [*pages(code), f"/{code}/contact/", *(path_of(article) for article in fill(edition, section))]
    assert foreign_in({path: client.get(path) for path in paths}, code) == {}


@pytest.mark.row("ACC-11")
@pytest.mark.parametrize("code", ["fr", "ar"])
def test_no_page_of_an_account_shows_a_text_of_another_language(db, client, settings, code):
    edition = make.make_edition(
        code, at_root=False, name="—", brand="—", tagline="—", account_domain="—", contact_address="a@b.example",
    )  # fmt: skip
    root = f"/{code}/accounts/"
    visitor = {path: client.get(root + path) for path in VISITORS}
    visitor |= {path: client.get(root + path) for path in by_identity(client, settings)}
    visitor |= {
        f"{path} wrong": client.post(root + path, {}) for path in ("login/", "register/", "recover/", "contact/")
    }
    reader = Reader.objects.create_user("a@b.example", "seven lanterns on the quay", display_name="—")
    ring(reader_id=reader.pk, kind="other", key="one", values={}, path="/")
    make_version(edition, number=1, at=NOON, title="—", what_changed="—", why="—", text="# —")
    client.force_login(reader)
    own = {path: client.get(root + path, follow=True) for path in OWN}
    status = {path: answer.status_code for path, answer in {**visitor, **own}.items()}
    assert {path: number for path, number in status.items() if number != GONE.get(path, 200)} == {}
    assert foreign_in({**visitor, **own}, code) == {}


def foreign_in(answers, code):
    """Return the texts of the sources that stand untranslated in the pages, by page."""
    foreign = {
        text for context, text, _strings in public_texts(code)
        if context not in WORDLESS and text not in SAME_IN.get(code, set()) and "%(" not in text and len(text) > 2
    }  # fmt: skip
    found = {}
    for path, answer in answers.items():
        text = visible(answer.content.decode())
        if seen := {one for one in foreign if re.search(rf"(?<![\w-]){re.escape(one)}(?![\w-])", text)}:
            found[path] = seen
    return found


def visible(markup: str) -> str:
    """Return what a page says: its text, and the attributes that are read out."""
    from bs4 import BeautifulSoup

    tree = BeautifulSoup(markup, "lxml", multi_valued_attributes=None)
    for script in tree.select("script, link"):
        script.decompose()
    told = [e[name] for name in ("aria-label", "placeholder", "title", "alt", "label", "data-one", "data-many") for e in tree.select(f"[{name}]")]  # fmt: skip
    return "\n".join([tree.get_text("\n"), *told])


@pytest.fixture
def german(tmp_path):
    """A catalogue laid into <data>/locale, in which every text is marked; forgotten afterwards."""
    folder = Path(settings.LOCALE_PATHS[0]) / "de/LC_MESSAGES"
    folder.mkdir(parents=True)
    lines = [
        'msgid ""\nmsgstr "Content-Type: text/plain; charset=UTF-8\\nPlural-Forms: nplurals=2; plural=(n != 1);\\n"\n'
    ]
    for context, text, strings in public_texts("fr"):
        quoted = text.replace("\\", "\\\\").replace('"', '\\"').replace("\n", "\\n")
        marked = f"{quoted}" if context in WORDLESS else f"§{quoted}"
        head = f'msgctxt "{context}"\n' if context else ""
        plural = f'msgid_plural "{quoted}s"\nmsgstr[0] "{marked}"\nmsgstr[1] "{marked}s"\n'
        lines.append(f'{head}msgid "{quoted}"\n' + (plural if len(strings) > 1 else f'msgstr "{marked}"\n'))
    source = tmp_path / "django.po"
    source.write_text("\n".join(lines), encoding="utf-8")
    subprocess.run(["msgfmt", "-o", str(folder / "django.mo"), str(source)], check=True)
    trans_real._translations.pop("de", None)
    yield
    shutil.rmtree(folder.parent)
    trans_real._translations.pop("de", None)


def test_a_fourth_edition_needs_a_catalogue_and_settings_only(db, client, german):
    make.make_edition("en", name="The Tide")
    edition = make.make_edition("de", at_root=False, name="Die Flut", time_zone="Europe/Berlin")
    section = make.make_section(edition, "welt", name="Welt")
    article = make.make_article(section, "Erste Meldung", at=NOON)
    from broadsheet.newsroom.queries.addresses import path_of

    front = client.get("/de/").content.decode()
    assert '<html lang="de" dir="ltr">' in front
    assert "§All news" in front
    text = client.get(path_of(article)).content.decode()
    assert "20. November 2026, 13:00" in text or "20 November 2026, 13:00" in text
    assert "§Published" in text
    assert 'hreflang="de"' in client.get("/").content.decode()
    assert client.get("/de/nirgends/").status_code == 404


@pytest.mark.parametrize(("code", "between"), [("en", ", "), ("fr", ", "), ("ar", "، ")])
def test_day_and_time_are_joined_as_the_language_does(code, between):
    with translation.override(code), timezone.override("UTC"):
        assert f"2026{between}12:00</time>" in stamp(NOON)
