"""Policies as visitors read them: the version in force, the others, what differs, and the standards' clauses."""

import json
from datetime import timedelta

import pytest

from broadsheet.kernel import clock
from broadsheet.newsroom.actions.publish_policy import publish_first_policies
from tests.factories.newsroom import make_edition, make_info_page
from tests.factories.policies import make_version

DAY = timedelta(days=1)
FIRST = "# Data\n\nWe keep your address for ten days.\n\n- One cookie.\n\nNothing else.\n"
SECOND = "# Data\n\nWe keep your address for two days.\n\n- One cookie.\n\nNothing else.\n\nWrite to us.\n"


@pytest.fixture
def versions(paper):
    """A version that was, one that is in force, and one that comes."""
    now = clock.now()
    return [
        make_version(paper.edition, number=1, at=now - 9 * DAY, text=FIRST),
        make_version(paper.edition, number=2, at=now - DAY, text=SECOND),
        make_version(paper.edition, number=3, at=now + 9 * DAY, text=SECOND + "\nNew from then on.\n"),
    ]


@pytest.mark.row("ACC-09")
def test_the_version_in_force_stands_at_its_address_with_its_history_and_what_comes(versions, read):
    page = read("/privacy/")
    assert page.one("h1").get_text() == "Privacy"
    assert "Version 2" in page.words(".page-lead")
    assert "two days" in page.words(".prose")
    assert "New from then on." not in page.words(".prose")
    assert "What 3 changed." in page.words(".policy-notice")
    assert [link["href"] for link in page.all(".policy-notice a")] == ["/privacy/3/", "/privacy/3/since/2/"]
    assert [link["href"] for link in page.all(".policy-history h3 a")] == ["/privacy/3/", "/privacy/2/", "/privacy/1/"]


@pytest.mark.row("ACC-09")
def test_every_version_stays_readable_and_says_whether_it_is_in_force(versions, read):
    old = read("/privacy/1/")
    assert "ten days" in old.words(".prose")
    assert "no longer in force" in old.words(".page-lead")
    assert old.one('meta[name="robots"]')["content"] == "noindex"
    assert "in force from" in read("/privacy/3/").words(".page-lead")
    read("/privacy/4/", status=404)
    read("/terms/", status=404)


@pytest.mark.row("ACC-09")
def test_what_differs_is_marked_word_by_word(versions, read):
    page = read("/privacy/2/since/1/")
    changed = page.one(".passage.is-changed")
    assert changed.select_one("del").get_text().split()[-1] == "ten"
    assert changed.select_one("ins").get_text().split()[-1] == "two"
    assert "Write to us." in page.words(".passage.is-added")
    assert not page.all(".passage.is-removed")
    assert "What 2 changed." in page.words(".policy-reasons")
    read("/privacy/1/since/2/", status=404)
    read("/privacy/2/since/2/", status=404)


@pytest.mark.row("ACC-08")
def test_until_a_version_is_published_the_standing_page_stands_in_and_then_gives_way(paper, client):
    make_info_page(paper.edition, "privacy", purpose="privacy")
    assert client.get("/privacy/")["Location"] == "/page/privacy/"
    assert "/page/privacy/" in client.get("/").content.decode()
    make_version(paper.edition, at=clock.now() - DAY)
    from broadsheet.newsroom.queries.editions import forget_editions

    forget_editions()
    assert client.get("/privacy/").status_code == 200
    assert client.get("/page/privacy/")["Location"] == "/privacy/"
    assert "/page/privacy/" not in client.get("/").content.decode()


@pytest.mark.row("ACC-09")
@pytest.mark.parametrize("language", ["en", "fr", "ar"])
def test_the_standards_show_each_clause_at_its_anchor_and_serve_it_to_machines(db, client, read, language):
    from broadsheet.standards.rulebook import load

    edition = make_edition(language, privacy_address="p@paper.example")
    assert publish_first_policies(edition_id=edition.pk, now=clock.now()) == []
    page = read("/standards/")
    clauses = {code: clause for code, clause in load().clauses.items() if clause.on}
    assert {one["id"] for one in page.all(".clause")} == set(clauses)
    hate = page.one("#HATE")
    assert clauses["HATE"].title[language] in hate.get_text()
    shown = {item.get_text() for item in hate.select("li q")}
    for side in (clauses["HATE"].permitted, clauses["HATE"].forbidden):
        assert side[language][0].text in shown
    form = json.loads(client.get("/standards/clauses.json").content)
    assert form["policy"]["version"] == 1
    assert form["policy"]["edition"] == language
    assert {row["id"] for row in form["clauses"]} == set(clauses)
    assert all(set(row["text"]) == {language} for row in form["clauses"])
    assert client.get("/standards/1/clauses.json").status_code == 200
    assert client.get("/standards/2/clauses.json").status_code == 404
    assert not page.all(".clause li a"), "an example's address is no link"


LETTER = {
    "en": ("Restore account", "Unlock access", "User ID", "explanation"),
    "fr": ("Rétablir le compte", "Débloquer l’accès", "identifiant", "explication"),
    "ar": ("استعادة الحساب", "فتح الوصول", "رقم المستخدم", "شرح"),
}
TEXTS = ("scope", "acceptance", "editing", "measures", "machines", "blocking", "restoration", "second", "contest",
         "contact", "versions")  # fmt: skip


@pytest.mark.row("STD-08")
@pytest.mark.parametrize("language", ["en", "fr", "ar"])
def test_the_standards_page_has_all_that_the_row_lists_in_each_language(db, read, language):
    from broadsheet.standards.rulebook import Kind, load

    edition = make_edition(
        language, privacy_address="p@paper.example", moderators_address="moderators@paper.example",
        contact_address="desk@paper.example", publisher="Paper & Sons",
    )  # fmt: skip
    assert publish_first_policies(edition_id=edition.pk, now=clock.now()) == []
    page, book = read("/standards/"), load()
    parts = {part: page.one(f"h2#{part}") for part in TEXTS}
    words = {part: _below(heading) for part, heading in parts.items()}
    for part in TEXTS:  # acceptance, right to edit, sanctions, second block, how to contest, address and so on
        assert parts[part].get_text().strip(), part
        assert len(words[part]) > 60, part
    for kind in (Kind.DUTY, Kind.GROUND):  # duties and grounds, each with its title, its words and its own address
        of_kind = [clause for clause in book.clauses.values() if clause.on and clause.kind == kind]
        assert of_kind
        for clause in of_kind:
            section = page.one(f"section#{clause.code}")
            assert clause.title[language] in section.get_text()
            assert section.select_one("h3 a")["href"] == f"#{clause.code}"
            if clause.forbidden.get(language):
                assert section.select_one("details li q") is not None, f"examples of {clause.code}"
    for word in LETTER[language]:
        assert word in words["restoration"], "the letter's three parts"
    assert "moderators@paper.example" in words["restoration"]
    assert "desk@paper.example" in words["contact"]
    assert "Paper & Sons" in page.words("main")
    assert "{" not in page.words(".prose"), "a name that is not filled in"
    assert page.one(".policy-history li h3 a")["href"] == "/standards/1/"
    assert page.one(".policy-machines a")["href"] == "/standards/1/clauses.json"


def _below(heading) -> str:
    """Return the words between a heading and the next one of its rank."""
    found = []
    for one in heading.find_next_siblings():
        if one.name == "h2":
            break
        found.append(one.get_text(" "))
    return " ".join(found)


@pytest.mark.row("STD-08")
def test_versions_of_the_standards_can_be_compared_and_each_clause_is_opened_by_its_address(db, read):
    edition = make_edition(privacy_address="p@paper.example")
    assert publish_first_policies(edition_id=edition.pk, now=clock.now()) == []
    first = read("/standards/1/")
    text = "# Standards\n\nInsults are deleted at once.\n"
    make_version(edition, "standards", 2, at=clock.now(), text=text, document=_document(edition))
    page = read("/standards/")
    assert [link["href"] for link in page.all(".policy-history h3 a")] == ["/standards/2/", "/standards/1/"]
    assert page.one(".policy-history li p a")["href"] == "/standards/2/since/1/"
    assert "Insults are deleted at once." in read("/standards/2/since/1/").words(".passage.is-added")
    assert first.one("section#INSULT"), "the address of a clause is the same in every version"


def _document(edition) -> dict:
    from broadsheet.newsroom.models import PolicyVersion

    return PolicyVersion.objects.get(edition=edition, kind="standards", number=1).document


@pytest.mark.row("STD-08", "PAGE-01")
def test_the_link_to_the_standards_stands_before_the_discussion(paper, read):
    from tests.factories.policies import put_in_force

    put_in_force(paper.edition, "standards")
    page = read(paper.path())
    section = page.one("#discussion")
    link, heading = section.select_one("a[href='/standards/']"), section.select_one("h2")
    assert (link.get_text(), heading.get_text()) == ("Community standards", "Discussion")
    assert page.text.index('href="/standards/"', page.text.index('id="discussion"')) < page.text.index(
        'id="discussion-title"'
    )
