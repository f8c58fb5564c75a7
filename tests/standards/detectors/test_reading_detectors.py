"""The detectors that read by lists: what breaks a clause and, beside it, what only sounds like it."""

import pytest

from broadsheet.standards.judging import judge
from broadsheet.standards.senses import Senses
from tests.standards.small_rulebook import book, broken, saying

pytestmark = [pytest.mark.row("STD-03"), pytest.mark.files]
PAIRS = [
    # clause, language, breaks it, does not
    ("INSULT", "en", "I will kill you when I see you", "I will kill for a coffee when I see one"),
    ("INSULT", "en", "Somebody should shoot the mayor", "Somebody should ask the mayor"),
    ("INSULT", "en", "We know where you live", "We know where you learned that"),
    ("INSULT", "en", "These judges should be hanged", "These judges should be heard"),
    ("INSULT", "en", "I'm going to beat you up tonight", "I'm going to beat you in the final"),
    ("INSULT", "fr", "Je sais où tu habites", "Je sais où tu veux en venir"),
    ("INSULT", "fr", "Ce ministre mérite d'être pendu", "Ce ministre mérite d'être écouté"),
    ("INSULT", "de", "Ich weiß, wo du wohnst", "Ich weiß, was du meinst"),
    ("INSULT", "de", "Der gehört erschossen", "Der gehört gewählt"),
    ("INSULT", "ar", "سأقتلك قريبا", "سأكتب لك قريبا"),
    ("SUICIDE", "en", "Just kill yourself", "Just be yourself"),
    ("SUICIDE", "en", "How many sleeping pills does it take, a lethal dose is enough to", "The coroner spoke of sleeping pills"),
    ("SUICIDE", "en", "Do us a favour and die", "Do us a favour and vote"),
    ("SUICIDE", "en", "Go hang yourself", "Never tell anyone to hang yourself jokes, call the helpline"),
    ("SUICIDE", "fr", "Va te pendre", "Va te coucher"),
    ("SUICIDE", "de", "Häng dich auf", "Reg dich nicht auf"),
    ("SUICIDE", "ar", "اقتل نفسك", "اعرف نفسك"),
    ("DRUGS", "en", "Here's how to cook meth at home", "Police found a man who cooked meth at home"),
    ("DRUGS", "en", "Best price for cocaine, dm me to buy", "The price of cocaine fell, says the court"),
    ("DRUGS", "en", "You should try ecstasy, totally safe", "Doctors warn of the dangers of ecstasy"),
    ("DRUGS", "fr", "Voici comment fabriquer de la meth", "La police a saisi de la meth"),
    ("DRUGS", "de", "Anleitung: so geht MDMA herstellen", "Die Polizei fand MDMA"),
    ("DRUGS", "ar", "حشيش للبيع توصيل واتساب", "ضبط الشرطة كمية من الحشيش"),
    ("EXTREMISM", "en", "How to make a pipe bomb: you need", "The squad took the pipe bomb away"),
    ("EXTREMISM", "en", "Long live ISIS", "ISIS was defeated in the east"),
    ("EXTREMISM", "en", "Brothers, join Boko Haram", "Nobody should join Boko Haram"),
    ("EXTREMISM", "en", "Take up arms and storm the parliament", "Tourists storm the beaches"),
    ("EXTREMISM", "fr", "Gloire à l'État islamique", "L'État islamique a revendiqué l'attentat"),
    ("EXTREMISM", "de", "Es lebe der Islamische Staat", "Der Islamische Staat wurde besiegt"),
    ("EXTREMISM", "ar", "عاشت الدولة الإسلامية", "انهزمت الدولة الإسلامية"),
    ("MINORS", "en", "Looking for nude pics of schoolgirls", "He was convicted for nude pictures of schoolgirls"),
    ("MINORS", "en", "Send me a pic of you, don't tell your parents", "Tell your parents when somebody asks for a picture"),
    ("MINORS", "fr", "Notre petit secret, ne le dis pas à tes parents", "Dis-le à tes parents"),
    ("MINORS", "de", "Schick mir ein Bild von dir, unser kleines Geheimnis", "Das Bild ist kein Geheimnis"),
    ("SPAM", "en", "Make money online, guaranteed profit: https://quick.xyz/a", "They want to make money online, that is all"),
    ("SPAM", "en", "We sell bulk email and mass mailing, contact me on +44 20 7946 0958", "I hate mass mailing"),
    ("SPAM", "fr", "Argent facile, gains garantis, cliquez ici www.vite.xyz", "L'argent facile n'existe pas"),
    ("SPAM", "de", "Schnell reich, garantierte Rendite, klick hier www.jetzt.xyz", "Niemand wird schnell reich"),
    ("SPAM", "ar", "اربح من الإنترنت ربح مضمون اضغط هنا www.now.xyz", "ربح المنتخب المباراة"),
    ("COMMERCE", "en", "Order now, only £19.99, free shipping: https://knits.shop/x", "I ordered one for £19.99 and sent it back"),
    ("COMMERCE", "en", "For sale, message me, 120 euros", "The bridge is not for sale"),
    ("COMMERCE", "fr", "À vendre 120 euros, appelez-nous, livraison gratuite", "Le pain coûte 2 euros"),
    ("COMMERCE", "de", "Jetzt bestellen, nur 20 €, versandkostenfrei", "Das Brot kostet 4 €"),
    ("COMMERCE", "ar", "للبيع بسعر 300 دينار اتصل بنا توصيل مجاني", "ارتفع سعر الخبز الى 3 دينار"),
    ("HATE", "en", "Immigrants are vermin", "Immigrants are neighbours"),
    ("HATE", "en", "Muslims should be exterminated", "Muslims should be heard"),
    ("HATE", "fr", "Les juifs sont des parasites", "Les juifs sont des voisins"),
    ("HATE", "de", "Flüchtlinge sind Ungeziefer", "Flüchtlinge sind Menschen"),
    ("CRUELTY", "en", "They skinned alive the dog, hilarious, I love watching", "The vet treated the dog"),
    ("CRUELTY", "en", "Kicked the cat for fun, you should hear the screams", "The cat kicked over the lamp"),
]  # fmt: skip


@pytest.mark.parametrize(("clause", "language", "forbidden", "permitted"), PAIRS)
def test_tells_the_one_from_the_other(
    clause: str, language: str, forbidden: str, permitted: str, senses: Senses
) -> None:
    said = judge(saying(forbidden, language=language, edition_language=language), book(), senses)
    assert clause in broken(said), said
    assert said.outcome == "hold"
    other = judge(saying(permitted, language=language, edition_language=language), book(), senses)
    assert clause not in broken(other), other


@pytest.mark.parametrize(
    "text",
    [
        "I want to die, I can't go on",
        "Je veux mourir, je n'ai plus envie de vivre",
        "Ich will nicht mehr leben",
        "أريد أن أموت",
    ],
)
def test_despair_asks_for_care_and_is_no_breach(text: str, senses: Senses) -> None:
    verdict = judge(saying(text), book(), senses)
    assert verdict.care
    assert "SUICIDE" not in broken(verdict)


def test_an_announcement_is_seen_by_a_person_at_once(senses: Senses) -> None:
    verdict = judge(saying("I have the pills. I'm going to kill myself tonight."), book(), senses)
    assert verdict.care
    assert verdict.outcome == "hold"


def test_grief_asks_for_nothing(senses: Senses) -> None:
    verdict = judge(saying("I lost my brother two years ago and I miss him every day."), book(), senses)
    assert not verdict.care
    assert verdict.outcome == "publish"


def test_quoting_a_slur_to_denounce_it_is_lower_than_saying_it(senses: Senses) -> None:
    said = judge(saying("He is a raghead."), book(), senses)
    quoted = judge(saying('They called my father a "raghead" and that is racist.'), book(), senses)
    assert "HATE" in broken(said)
    assert "HATE" not in broken(quoted)
    assert 0 < quoted.scores["HATE"] < said.scores["HATE"]
