"""What somebody wrote is found in whatever their mail program made of it (MOD-05)."""

from email.message import EmailMessage
from email.mime.text import MIMEText

import pytest
from hypothesis import given
from hypothesis import strategies as st

from broadsheet.moderation.engines.mail_text import read_mail
from broadsheet.moderation.rules.letters import read_letter

pytestmark = [pytest.mark.row("MOD-05"), pytest.mark.files]
TOLD = "I wrote in anger, and I take it back."


def mail(text=TOLD, *, subject="Unlock access", html=None, **headers):
    made = EmailMessage()
    made["From"], made["To"], made["Subject"] = "Ines Marlow <ines@mail.example>", "moderators@estuary.example", subject
    for name, value in headers.items():
        made[name.replace("_", "-")] = value
    if text is not None:
        made.set_content(text)
    if html is not None:
        made.add_alternative(html, subtype="html") if text is not None else made.set_content(html, subtype="html")
    return made


def own(made):
    return read_mail(made if isinstance(made, bytes) else made.as_bytes()).own


def test_the_plain_text_is_read_in_any_charset_and_encoding():
    words = "J’ai écrit cela sous la colère, à tort."
    for charset in ("utf-8", "windows-1252", "utf-16"):
        assert own(MIMEText(words, "plain", charset).as_bytes()) == words
    arabic = "كتبت ذلك وأنا غاضبة"
    for charset in ("utf-8", "windows-1256", "iso-8859-6"):
        assert own(MIMEText(arabic, "plain", charset).as_bytes()) == arabic
    raw = b"Content-Type: text/plain; charset=nonsense\r\nContent-Transfer-Encoding: quoted-printable\r\n\r\nCaf=C3=A9 =\r\nnoir\r\n"
    assert own(raw) == "Café noir"


def test_subject_and_sender_are_decoded():
    raw = b"From: =?utf-8?B?SW7DqHM=?= <Ines@Mail.EXAMPLE>\r\nSubject: =?iso-8859-1?Q?D=E9bloquer?=\r\n =?utf-8?Q?_l=E2=80=99acc=C3=A8s?=\r\n\r\nx"
    found = read_mail(raw)
    assert (found.name, found.address, found.subject) == ("Inès", "ines@mail.example", "Débloquer l’accès")


def test_of_html_alone_the_words_are_read_and_nothing_runs():
    html = (
        "<html><head><title>t</title><style>p{}</style></head><body><p>I wrote<br>in anger.</p>"
        "<script>alert(1)</script><div class='gmail_quote'>On Monday they wrote: <blockquote>You insulted</blockquote></div>"
        "<img src=x onerror=alert(2)>&lt;b&gt;not bold&lt;/b&gt;</body></html>"
    )
    assert own(mail(None, html=html)) == "I wrote\nin anger.\n\n<b>not bold</b>"


def test_the_plain_part_is_preferred():
    assert own(mail(TOLD, html="<p>Other words</p>")) == TOLD


@pytest.mark.parametrize(
    "below",
    [
        "-- \nInes Marlow\nChief of something",
        "On Mon, 3 Nov 2026 at 10:00, The Estuary <m@estuary.example> wrote:\n> You insulted.\n> User ID",
        "On Mon, 3 Nov 2026 at 10:00, The Estuary\n<m@estuary.example> wrote:\n\n> You insulted.",
        "Le lun. 3 nov. 2026 à 10:00, The Estuary <m@estuary.example> a écrit :\n> Vous avez insulté.",
        "في ٣ نوفمبر كتب The Estuary <m@estuary.example>:\n> أسأت",
        "-----Original Message-----\nFrom: The Estuary\nYou insulted.",
        "From: The Estuary <m@estuary.example>\nSent: Monday, 3 November 2026 10:00\nTo: Ines\nSubject: x\n\nYou insulted.",
        "De : The Estuary <m@estuary.example>\nEnvoyé : lundi 3 novembre\nÀ : Ines\n\nVous avez insulté.",
        "---------- Forwarded message ---------\nFrom: The Estuary\n\nYou insulted.",
        "> You insulted.",
        "Sent from my phone",
    ],
)
def test_signature_quotation_and_what_is_forwarded_are_not_the_writers_words(below):
    found = read_mail(mail(f"{TOLD}\n\n{below}").as_bytes())
    assert found.own == TOLD
    assert below.split("\n")[-1] in found.whole


def test_an_answer_below_the_quotation_is_read():
    assert own(mail(f"On Monday The Estuary <m@e.example> wrote:\n> You insulted.\n\n{TOLD}")) == TOLD


def test_what_is_only_forwarded_is_what_they_send():
    assert "You insulted" in own(mail("---------- Forwarded message ---------\nFrom: The Estuary\n\nYou insulted."))


def test_a_mail_that_is_enclosed_whole_is_quoted():
    made = mail()
    made.add_attachment(mail("You insulted the mayor.\nUser ID: ABCDEFGH23"))
    found = read_mail(made.as_bytes())
    assert found.own == TOLD
    assert "> User ID: ABCDEFGH23" in found.whole


def test_headers_in_plain_utf8_are_read():
    raw = "From: Inès <ines@mail.example>\r\nSubject: رفع الحظر\r\n\r\nx".encode()
    assert (read_mail(raw).name, read_mail(raw).subject) == ("Inès", "رفع الحظر")


def test_attachments_are_counted_and_not_read():
    made = mail()
    made.add_attachment(b"%PDF-", maintype="application", subtype="pdf", filename="proof.pdf")
    made.add_attachment("User ID: ABCDEFGH23", filename="letter.txt")
    found = read_mail(made.as_bytes())
    assert (found.own, found.attachments) == (TOLD, 2)
    assert "ABCDEFGH23" not in found.whole


def test_a_large_mail_is_read_from_its_beginning():
    made = mail()
    made.add_attachment(b"x" * 3_000_000, maintype="image", subtype="png", filename="big.png")
    assert own(made) == TOLD


def test_flowed_lines_are_joined_and_the_signature_is_still_one():
    raw = b"Content-Type: text/plain; format=flowed\r\n\r\nI wrote this in anger, \r\nand take it back.\r\n-- \r\nInes\r\n"
    assert own(raw) == "I wrote this in anger, and take it back."


@pytest.mark.parametrize(
    "headers",
    [
        {"Auto_Submitted": "auto-replied"}, {"Auto_Submitted": "auto-generated"}, {"Precedence": "bulk"},
        {"Precedence": "list"}, {"List_Id": "<a.example>"}, {"Return_Path": "<>"}, {"X_Autoreply": "yes"},
    ],
)  # fmt: skip
def test_answering_programs_and_lists_are_known(headers):
    assert read_mail(mail(**headers).as_bytes()).automatic


def test_bounces_are_known_and_persons_are_none():
    assert read_mail(b"From: MAILER-DAEMON@mx.example\r\nSubject: Undelivered\r\n\r\nx").automatic
    report = b'From: a@b.example\r\nContent-Type: multipart/report; boundary="b"\r\n\r\n--b\r\n\r\nSorry\r\n--b--\r\n'
    assert read_mail(report).automatic
    assert read_mail(b"Subject: x\r\n\r\nNobody sent this").automatic
    assert not read_mail(mail(Auto_Submitted="no", Return_Path="<ines@mail.example>").as_bytes()).automatic


def test_what_the_mailboxs_server_found_forged_is_doubtful():
    def doubtful(said):
        return read_mail(mail(Authentication_Results=f"mx.estuary.example; {said}").as_bytes()).doubtful

    assert doubtful("spf=fail smtp.mailfrom=x")
    assert doubtful("dkim=pass; dmarc=fail")
    assert not doubtful("spf=softfail; dkim=pass; dmarc=pass")
    assert not doubtful("spf=pass")


def test_answers_name_only_well_formed_ids():
    found = read_mail(
        mail(
            Message_ID="<a@b.example>", References="<x@y.example> <ü> <z@y.example>", In_Reply_To="<w@y.example>"
        ).as_bytes()
    )
    assert (found.message_id, found.references[0]) == ("<a@b.example>", "<x@y.example>")
    assert read_mail(b"Message-ID: <a b>\r\nFrom: x@y.example\r\n\r\nx").message_id == ""


def test_each_mail_is_told_from_all_others():
    one, same, other = (read_mail(mail(Message_ID=f"<{x}@b.example>").as_bytes()).source for x in "aab")
    assert one == same != other
    assert read_mail(b"From: a@b.example\r\n\r\nx").source != read_mail(b"From: a@b.example\r\n\r\ny").source


_TOKENS = st.sampled_from(
    [b"From: ", b"Subject: ", b"Content-Type: multipart/mixed; boundary=b\r\n", b"--b\r\n", b"--b--\r\n", b"\r\n", b"\n",
     b"Content-Type: text/html; charset=", b"utf-7", b"\xff\xfe", b"=?utf-8?B?", b"?=", b"=?x?Q?=ZZ?=", b"a@b.example",
     b"Content-Transfer-Encoding: base64\r\n", b"Content-Transfer-Encoding: uuencode\r\n", b"begin 644 x\n", b"<", b">", b"\x00",
     b"Content-Type: message/rfc822\r\n\r\n", b"Content-Disposition: attachment; filename*=x''%ff", b"=?", b"User ID: ABCDEFGH23"]
)  # fmt: skip


@given(st.lists(_TOKENS | st.binary(max_size=30), max_size=60).map(b"".join))
def test_no_bytes_are_too_broken_to_be_read(data):
    found = read_mail(data)
    read_letter(found.subject, found.own, found.whole)
    for text in (found.own, found.whole, found.subject, found.name, found.address):
        text.encode()
        assert "\x00" not in text
    assert "\n" not in found.subject + found.name + found.address


@st.composite
def _messages(draw, depth=2):
    made = EmailMessage()
    kind = draw(st.sampled_from(["plain", "html", "mixed", "alternative", "attached", "forwarded"]))
    text = draw(st.text(max_size=80))
    charset = draw(st.sampled_from(["utf-8", "utf-16", "iso-2022-jp", "latin-1", "koi8-r"]))
    try:
        made.set_content(text, subtype="html" if kind == "html" else "plain", charset=charset)
    except UnicodeError:
        made.set_content(text.encode("ascii", "replace").decode())
    if kind == "alternative":
        made.add_alternative(f"<p>{text}</p>", subtype="html")
    elif kind == "attached":
        made.add_attachment(
            draw(st.binary(max_size=50)),
            maintype="image",
            subtype="png",
            filename=draw(st.text("ab.", max_size=9)) or "x",
        )
    elif kind in {"mixed", "forwarded"} and depth:
        made.add_attachment(draw(_messages(depth - 1)))
    return made


@given(_messages())
def test_well_formed_mails_of_any_build_are_read(made):
    found = read_mail(made.as_bytes())
    assert found.attachments >= 0
    assert len(found.own) <= len(found.whole) + 1


@pytest.mark.parametrize(
    "data",
    [
        b"From: " + b"a@b.example, " * 20_000 + b"\r\n\r\nx",
        b"Content-Type: multipart/mixed; boundary=b\r\n\r\n" + b"--b\r\nContent-Type: multipart/mixed; boundary=b\r\n\r\n" * 3000,
        b"Content-Type: text/html\r\n\r\n" + b"<div>" * 100_000,
        b"Content-Type: text/html\r\n\r\n" + b"</p>" * 100_000,
        b"\r\n\r\nOn " + b"wrote " * 100_000,
        b"\r\n\r\n" + b"On x\n" * 50_000,
        b"Subject: " + b"=?utf-8?B?" * 30_000 + b"\r\n\r\nx",
        b"Content-Type: text/plain; format=flowed\r\n\r\n" + b"a \n" * 100_000,
    ],
)  # fmt: skip
def test_mails_made_to_take_long_dont(data):
    import time

    began = time.process_time()
    found = read_mail(data)
    read_letter(found.subject, found.own, found.whole)
    assert time.process_time() - began < 5


def test_a_letter_in_three_languages_is_read_whole():
    for subject, text in (
        ("Re: restore account", "Hello,\nUser ID: ABCDEFGH23\nI wrote in anger, sorry."),
        ("Débloquer l’accès", "Bonjour,\nidentifiant : abcd-efgh-23\nj’ai écrit sous la colère"),
        ("رد: رفع الحظر", "مرحبا\nمعرف المستخدم: ABCDEFGH23\nكتبت ذلك وأنا غاضبة"),
    ):
        found = read_mail(mail(text, subject=subject).as_bytes())
        read = read_letter(found.subject, found.own, found.whole)
        assert (read.user_ids[0], read.missing) == ("ABCDEFGH23", ())
