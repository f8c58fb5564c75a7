"""What makes a letter, in three languages and however it is typed (MOD-05)."""

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from broadsheet.moderation.rules.decisions import Actor, Role
from broadsheet.moderation.rules.letters import (
    Asks,
    Part,
    Standing,
    asked_for,
    explains,
    read_letter,
    refuse_answering,
    user_ids_in,
)

pytestmark = [pytest.mark.row("MOD-05"), pytest.mark.files]
ALPHABET = "23456789ABCDEFGHJKMNPQRSTUVWXYZ"
TOLD = "I wrote about the mayor in anger."


@pytest.mark.parametrize(
    ("subject", "asks"),
    [
        ("Restore account", Asks.RESTORE_ACCOUNT),
        ("RE: Re[2]: Fwd: RESTORATION OF MY ACCOUNT!!", Asks.RESTORE_ACCOUNT),
        ("restoration of account / unlock access", Asks.RESTORE_ACCOUNT),
        ("Rétablissement... rétablir mon compte svp", Asks.RESTORE_ACCOUNT),
        ("Tr : restauration du compte", Asks.RESTORE_ACCOUNT),
        ("استعادة الحساب", Asks.RESTORE_ACCOUNT),
        ("رد: إعادة حسابي من فضلكم", Asks.RESTORE_ACCOUNT),
        ("اِسْتِرْجَاع الحِساب", Asks.RESTORE_ACCOUNT),
        ("unlock access", Asks.UNLOCK_ACCESS),
        ("Aw: Please UNBLOCK my account", Asks.UNLOCK_ACCESS),
        ("My account was blocked by mistake", Asks.UNLOCK_ACCESS),
        ("Débloquer l’accès", Asks.UNLOCK_ACCESS),
        ("deblocage de l'acces", Asks.UNLOCK_ACCESS),
        ("Mon compte est bloqué", Asks.UNLOCK_ACCESS),
        ("فتح الوصول", Asks.UNLOCK_ACCESS),
        ("رد: رفع الحظر", Asks.UNLOCK_ACCESS),
        ("Comment", Asks.COMMENT),
        ("About my deleted comment", Asks.COMMENT),
        ("Mon commentaire supprimé", Asks.COMMENT),
        ("تعليقي المحذوف", Asks.COMMENT),
        ("رد: تعليق", Asks.COMMENT),
    ],
)
def test_the_subject_is_known_however_it_is_written(subject, asks):
    assert asked_for(subject, strict=True) is asks


@pytest.mark.parametrize(
    "subject",
    ["", "Question", "Comment s'abonner ?", "Accès aux archives", "A comment on your article about the bridge",
     "Your account of the storm", "Compte rendu du conseil", "سؤال عن الاشتراك", "Re: Re: Re:"],
)  # fmt: skip
def test_other_messages_are_no_letters(subject):
    assert not read_letter(subject, "Where can I read your old papers?", "Where can I read your old papers?").is_letter


@given(st.text(ALPHABET, min_size=10, max_size=10), st.sampled_from(["", " ", "-", " - ", "."]), st.integers(2, 5))
def test_a_user_id_after_its_name_is_found_however_it_is_spaced(user_id, between, size):
    typed = between.join(re.findall(f".{{1,{size}}}", user_id)) if len(between) < 3 else user_id
    for label in ("User ID: ", "user-id ", "Identifiant : ", "Mon identifiant d’utilisateur est ", "معرف المستخدم: "):
        for written in (typed, typed.lower()):
            assert user_ids_in(f"Hello,\n{label}{written}\nThanks")[0] == user_id


@given(st.text(max_size=300), st.text(max_size=600))
def test_no_text_is_too_strange_to_be_read(subject, text):
    read = read_letter(subject, text, text)
    assert all(len(one) == 10 and set(one) <= set(ALPHABET) for one in read.user_ids)
    assert read.is_letter == bool(read.asks or read.user_ids)


@pytest.mark.parametrize(
    "text", ["(" * 6000, "A" * 6000, "AB " * 2000, "user id " * 800, "id" + " " * 6000, "\u0301" * 6000]
)
def test_long_texts_are_read_at_once(text):
    read_letter(text, text, text)


def test_plain_words_are_no_user_ids():
    assert not user_ids_in("The department of background checks, tel. 4412345678, wrote to METHUSELAH.")
    assert user_ids_in("٢٣٤٥٦٧٨٩AB") == ("23456789AB",)


@pytest.mark.parametrize(
    ("subject", "text", "missing"),
    [
        ("Unlock access", f"User ID: ABCDEFGH23\n{TOLD}", ()),
        ("Unlock access", TOLD, (Part.USER_ID,)),
        ("Unlock access", "User ID: ABCDEFGH23", (Part.EXPLANATION,)),
        ("Hello", f"ABCDEFGH23 {TOLD}", (Part.SUBJECT,)),
        ("Hello", f"Subject: unlock access\nUser ID: ABCDEFGH23\n{TOLD}", ()),
        ("Comment", "", (Part.USER_ID, Part.EXPLANATION)),
        ("", "ABCDEFGH23", (Part.SUBJECT, Part.EXPLANATION)),
    ],
)
def test_the_missing_part_is_named(subject, text, missing):
    read = read_letter(subject, text, text)
    assert read.is_letter
    assert read.missing == missing


def test_the_user_id_may_stand_in_what_is_quoted_but_the_explanation_may_not():
    whole = "> User ID: ABCDEFGH23\n> You insulted the mayor of Orrel."
    assert read_letter("Re: unlock access", "", whole).missing == (Part.EXPLANATION,)
    assert not explains("User ID: ABCDEFGH23")


def test_who_decided_first_and_who_gives_no_reason_answers_no_letter():
    letter = Standing("open", 5, {7})
    moderator, first = Actor(8, Role.MODERATOR), Actor(7, Role.CHIEF)
    assert refuse_answering(letter, moderator, "It was satire.") is None
    assert refuse_answering(letter, first, "It was satire.").code == "first-decider"
    assert refuse_answering(letter, moderator, "  ").code == "no-reason"
    for state in ("answered", "incomplete", "waiting_verification", "message"):
        assert refuse_answering(Standing(state, 5, ()), moderator, "So.").code == "no-open-letter"
    assert refuse_answering(None, moderator, "So.").code == "no-open-letter"
