"""An account on the screen: what was decided, undoing, annulling; letters; the search (MOD-05 to MOD-07)."""

from datetime import timedelta

import pytest

from broadsheet.kernel import clock
from broadsheet.kernel.outbox import deliver_due
from broadsheet.moderation.actions.decide import decide
from broadsheet.moderation.models import Case, DecisionRow, Letter, Sanction
from broadsheet.moderation.rules.decisions import Measure
from tests.factories.accounts import make_reader
from tests.factories.cases import make_moderator
from tests.factories.moderation import make_decision, visible_comment
from tests.factories.newsroom import make_edition

pytestmark = [pytest.mark.row("MOD-06", "MOD-07"), pytest.mark.django_db]
DESK = "/editor/moderation/"


def text_of(answer) -> str:
    return " ".join(answer.content.decode().split())


@pytest.fixture
def blocked(article, reader):
    """A reader under a first block, given by somebody else."""
    comment = visible_comment(article, reader)
    decide(decision=make_decision(reader, comment, measures=(Measure.REMOVE, Measure.BLOCK)), now=clock.now())
    deliver_due()
    return reader


def test_everything_about_an_account_is_on_one_page(sit, blocked):
    page = text_of(sit().get(f"{DESK}accounts/{blocked.public_id}/"))
    assert "Blocked." in page
    assert "no. 1 that counts" in page
    assert "The next block for all discussions would be the second, and for good." in page
    assert "The comment calls the mayor a fool." in page, "the statement"
    assert "The mayor of Orrel is a fool" in page, "the comment"
    assert blocked.email not in page


def test_nobody_else_sees_it_and_nobody_their_own(sit, blocked):
    me = make_moderator()
    own = type(blocked).objects.get(pk=me.reader_id).public_id
    assert sit(me).get(f"{DESK}accounts/{own}/").status_code == 404
    assert sit().get(f"{DESK}accounts/NOSUCH/").status_code == 404


def test_a_decision_is_undone_from_the_account(sit, blocked):
    desk, decision = sit(), DecisionRow.objects.get(reader=blocked)
    assert desk.post(f"{DESK}decisions/{decision.pk}/undo/").status_code == 302
    decision.refresh_from_db()
    assert decision.undone_at is not None
    assert "In good standing." in text_of(desk.get(f"{DESK}accounts/{blocked.public_id}/"))


@pytest.mark.row("MOD-12")
def test_what_was_decided_elsewhere_is_not_for_a_moderator_of_another_edition(sit, blocked):
    elsewhere = make_edition("fr", name="Le Littoral", at_root=False)
    outside = sit(make_moderator(editions=[elsewhere.pk]))
    decision, sanction = DecisionRow.objects.get(reader=blocked), Sanction.objects.get(reader=blocked)
    assert outside.post(f"{DESK}decisions/{decision.pk}/undo/").status_code == 404
    assert outside.post(f"{DESK}sanctions/{sanction.pk}/annul/", {"reason": "Wrong."}).status_code == 404
    assert outside.post(f"{DESK}annulments/1/confirm/").status_code == 404
    page = text_of(outside.get(f"{DESK}accounts/{blocked.public_id}/"))
    assert f"decisions/{decision.pk}/undo" not in page
    assert f"sanctions/{sanction.pk}/annul" not in page


def test_two_persons_annul_a_block_and_one_cannot(sit, blocked):
    chief, sanction = sit(make_moderator(chief=True)), Sanction.objects.get(reader=blocked)
    asking = sit()
    assert "needs a reason" in text_of(
        asking.post(f"{DESK}sanctions/{sanction.pk}/annul/", {"reason": ""}, follow=True)
    )
    asking.post(f"{DESK}sanctions/{sanction.pk}/annul/", {"reason": "It was satire."})
    deliver_due()
    number = sanction.annulments.get().pk
    asking.post(f"{DESK}annulments/{number}/confirm/")
    sanction.refresh_from_db()
    assert sanction.state == "running", "nobody confirms what they asked for themselves"
    page = text_of(chief.get(f"{DESK}accounts/{blocked.public_id}/"))
    assert "It was satire." in page
    assert "I find so, too: annul it" in page
    case = Case.objects.get(kind="account", subject_id=blocked.pk, state="open")
    assert "Annul it" in text_of(chief.get(f"{DESK}cases/{case.pk}/"))
    assert chief.post(f"{DESK}cases/{case.pk}/decide/", {"action": "confirm"}).status_code == 302
    sanction.refresh_from_db()
    assert sanction.state == "annulled"
    assert not sanction.counts


@pytest.mark.row("MOD-05")
@pytest.mark.parametrize(("action", "granted"), [("grant", True), ("refuse", False)])
def test_a_letter_is_answered_by_somebody_else_than_who_decided(sit, blocked, action, granted):
    sanction = Sanction.objects.get(reader=blocked)
    letter = Letter.objects.create(
        reader=blocked, user_id=blocked.public_id, kind="unlock", subject="Unlock access", text="It was a quotation.",
        language="en", edition="en", channel="form", sanction=sanction, decision_id=sanction.decision_id, state="open",
        at=clock.now(), verified_at=clock.now(), due_at=clock.now() + timedelta(days=14),
    )  # fmt: skip
    from broadsheet.moderation.actions.open_other import open_for_letter  # its handler's

    number = open_for_letter(letter_id=letter.pk, now=clock.now())
    desk = sit()
    page = text_of(desk.get(f"{DESK}cases/{number}/"))
    assert "It was a quotation." in page
    assert "Grant: let the reader in again" in page
    answer = desk.post(f"{DESK}cases/{number}/decide/", {"action": action, "reason": ""})
    assert answer.status_code == 409, "an answer has a reason"
    assert desk.post(f"{DESK}cases/{number}/decide/", {"action": action, "reason": "So it was."}).status_code == 302
    letter.refresh_from_db()
    sanction.refresh_from_db()
    assert letter.granted is granted
    assert sanction.state == ("restored" if granted else "running")
    assert Case.objects.get(pk=number).state != "open"


@pytest.mark.row("MOD-02")
def test_the_search_finds_by_number_address_user_id_and_beginning_of_a_name(sit, article):
    maya = make_reader(display_name="Maya Ferrand")
    for at in range(30):
        make_reader(display_name=f"Mayor {at}")
    comment = visible_comment(article, maya)
    desk = sit()
    for text in (str(comment.pk), f"#{comment.pk}", f"https://estuary.example/comment/{comment.pk}/"):
        assert f"comments/{comment.pk}/open/" in text_of(desk.get(f"{DESK}search/", {"q": text}))
    for text in (maya.public_id, maya.public_id.lower(), "maya f", "Maya Ferrand"):
        assert maya.public_id in text_of(desk.get(f"{DESK}search/", {"q": text}))
    page = text_of(desk.get(f"{DESK}search/", {"q": "may"}))
    assert page.count("data-row") == 20, "never more than a page of accounts"
    assert "Nothing was found" in text_of(desk.get(f"{DESK}search/", {"q": "nobody of that name"}))
    words = text_of(desk.get(f"{DESK}search/", {"q": "VOTES FOR", "author": maya.public_id}))
    assert f"comments/{comment.pk}/open/" in words
    for odd in ("%", "_", "\\", "9" * 40, "/comment/0/", "é", "م"):
        assert desk.get(f"{DESK}search/", {"q": odd}).status_code == 200
    elsewhere = make_edition("fr", name="Le Littoral", at_root=False)
    outside = sit(make_moderator(editions=[elsewhere.pk]))
    assert "comments/" not in text_of(outside.get(f"{DESK}search/", {"q": str(comment.pk)}))
    assert "comments/" not in text_of(outside.get(f"{DESK}search/", {"q": "votes", "author": maya.public_id}))
