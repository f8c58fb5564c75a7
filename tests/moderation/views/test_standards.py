"""The standards in the desk: what chiefs see and change, and that nobody else learns of it (STD-06)."""

from datetime import timedelta

import pytest

from broadsheet.discussion.models import JudgedHour
from broadsheet.kernel import clock
from broadsheet.moderation.actions.carry_on_trials import carry_on_trials
from broadsheet.moderation.models import Lowering, Trial
from broadsheet.newsroom.actions.draft_rulebook import begin_rulebook, update_rulebook_draft
from broadsheet.newsroom.actions.switch_rulebook import begin_shadow
from broadsheet.newsroom.models import RulebookVersion
from broadsheet.newsroom.queries.rulebook_drafts import composed
from broadsheet.newsroom.queries.rulebook_versions import seal_of
from broadsheet.newsroom.queries.rulebooks import forget_rulebooks, running_of
from broadsheet.readers.actions.staff import put_staff
from tests.factories.accounts import make_reader
from tests.factories.cases import make_moderator
from tests.factories.newsroom import make_edition
from tests.moderation.actions.test_trials import FOUL, OFF, WORD, approved, deleted
from tests.moderation.views.conftest import seated

pytestmark = [pytest.mark.row("STD-06"), pytest.mark.django_db]
DESK = "/editor/moderation/standards/"
PAIRS = "\n\n".join


def text_of(answer) -> str:
    assert answer.status_code == 200
    return " ".join(answer.content.decode().split())


@pytest.fixture
def place(article):
    return f"{DESK}{article.edition_id}/"


@pytest.fixture
def chief(sit):
    return sit(make_moderator(chief=True))


def the_draft(article):
    return RulebookVersion.objects.get(edition_id=article.edition_id, state="draft")


def form_of(article, **more):
    """The draft's form as the page would send it, unchanged but for what is given."""
    draft = the_draft(article)
    found = composed(draft, clock.now().date())
    from broadsheet.newsroom.queries.rulebook_versions import tables_in_draft

    fields = {"seen": seal_of(draft), "why": draft.why}
    for name, table in tables_in_draft(draft).items():
        code = name.removeprefix("clauses/").removesuffix(".toml")
        if not name.startswith("clauses/"):
            continue
        if found.kept.rulebook.clauses[code].on:
            fields[f"on_{code}"] = "on"
        fields[f"handling_{code}"] = table["handling"]
        for key, use in table.get("detectors", {}).items():
            fields[f"threshold_{code}_{key}"] = use["threshold"]
            fields[f"does_{code}_{key}"] = use.get("handling", "")
    return {**fields, **more}


ADDRESSES = [
    ("get", ""), ("get", "{e}/versions/"), ("get", "{e}/versions/1/"), ("post", "{e}/versions/0/back/"),
    ("post", "{e}/begin/"), ("get", "{e}/draft/"), ("post", "{e}/draft/"), ("get", "{e}/draft/new/"),
    ("post", "{e}/draft/new/"), ("get", "{e}/draft/file/?name=rulebook.toml"), ("post", "{e}/draft/file/?name=rulebook.toml"),
    ("post", "{e}/draft/discard/"), ("get", "{e}/draft/clauses/HATE/"), ("post", "{e}/draft/clauses/HATE/"),
    ("post", "{e}/draft/clauses/HATE/remove/"), ("post", "{e}/draft/clauses/HATE/learn/"), ("post", "{e}/trials/"),
    ("get", "{e}/trials/{t}/"), ("post", "{e}/trials/{t}/cancel/"), ("get", "{e}/shadow/"), ("post", "{e}/shadow/"),
    ("get", "{e}/switch/"), ("post", "{e}/switch/"), ("post", "lowered/{l}/looked/"),
]  # fmt: skip


@pytest.mark.row("MOD-12")
def test_for_all_but_chiefs_the_pages_are_not_there(article, sit, client):
    draft = update_rulebook_draft(
        draft=begin_rulebook(edition_id=article.edition_id), changes=OFF, heads={}, why="To see."
    )
    trial = Trial.objects.create(kind="backtest", edition_id=article.edition_id, number=draft.number, seal="", days=7,
                                 since=clock.now(), made_at=clock.now())  # fmt: skip
    lowered = Lowering.objects.create(edition_id=article.edition_id, clause="HATE", since=clock.now(), decisions=20, overturned=9)  # fmt: skip
    elsewhere = make_edition("fr", name="Le Littoral", at_root=False)
    people = {
        "reader": seated(make_reader()),
        "editor": seated(put_staff(email="editor@courier.example", role="editor")),
        "moderator": sit(make_moderator()),
        "out of bounds": sit(make_moderator(editions=[elsewhere.pk])),
    }
    for method, path in ADDRESSES:
        address = DESK + path.format(e=article.edition_id, t=trial.pk, l=lowered.pk)
        for name, browser in people.items():
            assert getattr(browser, method)(address).status_code == 404, (name, method, address)
        visitor = getattr(client, method)(address, headers={"host": "localhost"})
        assert visitor.status_code in {302, 404}, address
    assert RulebookVersion.objects.get().state == "draft"
    assert Trial.objects.get().state == "open"
    assert Lowering.objects.get().looked_at is None
    assert "Standards" not in text_of(people["moderator"].get("/editor/moderation/"))


def test_a_threshold_is_changed_tried_run_in_shadow_and_switched_on(article, reader, chief, place):
    deleted(article, reader, ["What a shit idea.", "Only a harbourite says so."], FOUL)
    approved(article, reader, ["A fine day by the sea."])
    assert "The shipped rulebook judges" in text_of(chief.get(DESK))
    assert chief.post(f"{place}begin/").headers["Location"] == f"{place}draft/"
    page = text_of(chief.get(f"{place}draft/"))
    assert "It judges as the live version does" in page
    answer = chief.post(f"{place}draft/", form_of(article, threshold_PROFANITY_words="0.95", why="Fewer mild words."))
    assert answer.status_code == 302
    assert the_draft(article).changes == {"clauses/PROFANITY.toml": {"detectors": {"words": {"threshold": 0.95}}}}
    clause = f"{place}draft/clauses/PROFANITY/"
    words = {"what": "words", "seen": seal_of(the_draft(article)), "words_": "harbourite\nharbourite", "does": "hold"}
    assert chief.post(clause, words).status_code == 302
    page = text_of(chief.get(f"{place}draft/"))
    assert "Word lists: threshold" in page
    assert "Words of ours: added words" in page
    trial = chief.post(f"{place}trials/", {"days": "7"}).headers["Location"]
    assert "It has been ordered" in text_of(chief.get(trial))
    carry_on_trials(now=clock.now, seconds=600)
    page = text_of(chief.get(trial))
    assert "Of 2 comments that people deleted under it, it would have found 2; today it finds 1." in page
    assert "Only a harbourite says so." in page.replace("<mark", "").replace("</mark>", "")
    assert "There is too little to tell." in page
    assert "3 comments that people decided about were judged by both versions." in page
    chief.post(f"{place}draft/", form_of(article, why="Other reasons."))
    assert "has changed since" not in text_of(chief.get(trial)), "a reason changes no verdict"
    chief.post(f"{place}draft/", form_of(article, threshold_HATE_encoder="0.9"))
    assert "has changed since" in text_of(chief.get(trial))
    assert chief.post(f"{place}shadow/", {"action": "begin"}).headers["Location"] == f"{place}shadow/"
    page = text_of(chief.get(f"{place}shadow/"))
    assert "0 comments were judged beside the live version." in page
    page = text_of(chief.get(f"{place}switch/?shadow"))
    assert "It was not tried on what people decided" in page
    version = RulebookVersion.objects.get(edition_id=article.edition_id, state="shadow")
    answer = chief.post(f"{place}switch/?shadow", {"seen": seal_of(version)})
    assert "It was not tried" in text_of(answer)
    assert RulebookVersion.objects.get(pk=version.pk).state == "shadow"
    answer = chief.post(f"{place}switch/?shadow", {"seen": seal_of(version), "reason": "We saw it in shadow mode."})
    assert answer.status_code == 302
    page = text_of(chief.get(DESK))
    assert "Version 1 judges" in page
    page = text_of(chief.get(f"{place}versions/1/"))
    assert "Hatred" in page or "HATE" in page
    back = chief.post(f"{place}versions/0/back/")
    assert back.headers["Location"] == f"{place}switch/"
    assert "Switch it on" in text_of(chief.get(f"{place}switch/"))
    draft = the_draft(article)
    assert chief.post(f"{place}switch/", {"seen": seal_of(draft)}).status_code == 302, "it judged before"
    assert RulebookVersion.objects.get(pk=draft.pk).state == "live"


def test_what_makes_no_rulebook_is_refused_with_file_and_field_and_nothing_is_stored(article, chief, place):
    chief.post(f"{place}begin/")
    for value in ("1.5", "x", ""):
        page = text_of(chief.post(f"{place}draft/", form_of(article, threshold_HATE_encoder=value)))
        assert "errorlist" in page
        assert "The draft was not stored." in page
        assert page.count('<details class="mod-setting" open>') == 1, "where the fault stands"
    file = f"{place}draft/file/?name=clauses/HATE.toml"
    page = chief.get(file).content.decode()
    assert "[detectors.encoder]" in page
    seen = seal_of(the_draft(article))
    source = 'kind = "ground"\nhandlng = "hold"\n'
    assert "clauses/HATE.toml" in text_of(chief.post(file, {"toml": source, "seen": seen}))
    assert "clauses/HATE.toml:2" in text_of(chief.post(file, {"toml": 'kind = "ground"\n]broken', "seen": seen}))
    assert the_draft(article).changes == {}
    assert chief.get(f"{place}draft/file/?name=../../settings.py").status_code == 404
    page = text_of(chief.post(f"{place}draft/", form_of(article, seen="old", why="Mine.")))
    assert "Somebody else changed it meanwhile." in page
    assert the_draft(article).why == ""


@pytest.mark.row("STD-05")
def test_a_clause_of_ones_own_is_written_reworded_and_taken_out(article, chief, place):
    chief.post(f"{place}begin/")
    seen = seal_of(the_draft(article))
    new = {
        "seen": seen, "code": "spoiler", "kind": "discretionary", "category": "OTHER_VIOLATION_TC",
        "ground": "INCOMPATIBLE_CONTENT", "title_en": "Spoilers", "text_en": "Don’t tell the end.",
        "permitted_en": "A fine film.\n\nI cried.", "forbidden_en": "The butler did it.",
    }  # fmt: skip
    page = text_of(chief.post(f"{place}draft/new/", new))
    assert "there are 2 permitted and 1 forbidden ones" in page
    new["forbidden_en"] = "The butler did it.\n\nShe dies."
    assert chief.post(f"{place}draft/new/", new).headers["Location"] == f"{place}draft/clauses/SPOILER/"
    changes = the_draft(article).changes
    assert changes["clauses/SPOILER.toml"]["title"] == dict.fromkeys(("en", "fr", "ar"), "Spoilers")
    assert changes["examples/SPOILER.toml"]["en"][1] == {"permitted": "I cried.", "forbidden": "She dies."}
    assert "There is a clause of this code" in text_of(chief.post(f"{place}draft/new/", {**new, "seen": seal_of(the_draft(article))}))  # fmt: skip
    clause = f"{place}draft/clauses/SPOILER/"
    texts = {
        f"{name}_{language}": f"{name} {language}" for name in ("title", "text") for language in ("en", "fr", "ar")
    }
    texts |= {"permitted_en": new["permitted_en"], "forbidden_en": new["forbidden_en"], "what": "texts"}
    assert chief.post(clause, {**texts, "seen": seal_of(the_draft(article))}).status_code == 302
    assert the_draft(article).changes["clauses/SPOILER.toml"]["text"]["fr"] == "text fr"
    chief.post(f"{clause}remove/", {"what": "clause", "seen": seal_of(the_draft(article))})
    assert the_draft(article).changes == {}
    assert chief.post(f"{place}draft/clauses/HATE/remove/", {"what": "clause", "seen": seal_of(the_draft(article))}).status_code == 404  # fmt: skip
    reworded = {"what": "texts", "seen": seal_of(the_draft(article))}
    from broadsheet.standards.rulebook import load

    hate = load().clauses["HATE"]
    for language in ("en", "fr", "ar"):
        plain = [(a.text, b.text) for a, b in zip(hate.permitted[language], hate.forbidden[language], strict=True)
                 if not (a.article or a.parent or a.steps or b.steps)]  # fmt: skip
        reworded |= {
            f"title_{language}": hate.title[language], f"text_{language}": hate.text[language],
            f"permitted_{language}": PAIRS(one for one, _ in plain), f"forbidden_{language}": PAIRS(one for _, one in plain),
        }  # fmt: skip
    reworded["text_fr"] = "On ne hait personne."
    assert chief.post(f"{place}draft/clauses/HATE/", reworded).status_code == 302
    assert the_draft(article).changes == {"clauses/HATE.toml": {"text": {"fr": "On ne hait personne."}}}


def test_an_alarm_stands_above_the_queue_and_on_the_standards(article, chief, sit):
    hour = clock.now().replace(minute=0, second=0, microsecond=0) - timedelta(hours=2)
    for day in range(29):
        at = hour - timedelta(days=day)
        JudgedHour.objects.create(edition_id=article.edition_id, hour=at, kind="judged", found=200)
        JudgedHour.objects.create(edition_id=article.edition_id, hour=at, kind="clause", what="HATE", found=4 if day else 90)  # fmt: skip
    said = "was found 90 times in 200 comments of the last 24 hours; 4 would be usual."
    for address in ("/editor/moderation/", DESK):
        assert said in text_of(chief.get(address))
    assert 'class="mod-count">1<' in text_of(chief.get("/editor/moderation/quality/"))
    assert said not in text_of(sit().get("/editor/moderation/"))


def test_a_trial_is_cancelled_and_a_version_in_shadow_mode_becomes_a_draft_again(article, chief, place):
    draft = update_rulebook_draft(
        draft=begin_rulebook(edition_id=article.edition_id), changes=WORD, heads={}, why="To see."
    )
    trial = chief.post(f"{place}trials/", {"days": "30"}).headers["Location"]
    assert "A trial is at work" in text_of(chief.get(f"{place}draft/"))
    chief.post(f"{trial}cancel/")
    assert "The trial is cancelled." in text_of(chief.get(trial))
    begin_shadow(draft=draft, now=clock.now())
    forget_rulebooks()
    assert running_of(article.edition_id).beside is not None
    assert chief.post(f"{place}shadow/", {"action": "return"}).headers["Location"] == f"{place}draft/"
    again = the_draft(article)
    assert (again.changes, again.why) == (WORD, "To see.")
    forget_rulebooks()
    assert running_of(article.edition_id).beside is None
