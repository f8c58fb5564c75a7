"""A few lines of article before rules that are several times longer and that no label announces."""

import pytest

from broadsheet.importing.engines.dump import read_dump

DUMPS = {
    "fr": """Le pont de Vaubrèche rouvre aux piétons
Le pont de Vaubrèche a rouvert vendredi matin aux piétons après deux ans de travaux, a annoncé la mairie. Les vélos devront attendre le printemps.
« Nous avons remplacé chaque boulon », a déclaré l'ingénieure Claire Morin. La facture s'élève à trois millions d'euros.
Le fait de s'enregistrer et de se connecter sur les sites via un compte utilisateur ou via un réseau social vaut acceptation des présentes règles.
Les utilisateurs s'engagent à ne pas enfreindre les lois nationales et internationales. Ils s'engagent à s'exprimer avec respect envers les autres participants à la discussion, les lecteurs et les personnes citées dans les articles.
L'administration des sites a le droit de supprimer les commentaires rédigés dans une langue autre que celle de la majorité du contenu.
Un commentaire sera supprimé s'il ne correspond pas au sujet de l'article, incite à la haine et à la discrimination raciale, ethnique, sexuelle, religieuse ou sociale, viole les droits des mineurs, contient des insultes ou des menaces envers d'autres utilisateurs, poursuit des buts commerciaux ou contient de la publicité.
L'administration peut bloquer l'accès d'un utilisateur à la page ou supprimer son compte sans préavis en cas de violation de ces règles.
Pour rétablir un compte, l'utilisateur peut écrire aux modérateurs. La lettre doit contenir l'objet, l'identifiant et une explication des actes qui ont conduit au blocage.""",
    "es": """El puente de Alcorza reabre para los peatones
El puente de Alcorza reabrió el viernes para los peatones después de dos años de obras, anunció el ayuntamiento. Las bicicletas tendrán que esperar a la primavera.
«Hemos cambiado cada tornillo», declaró la ingeniera Clara Marín. La factura asciende a tres millones de euros.
El hecho de registrarse y autorizarse en los sitios por medio de la cuenta de usuario o de las cuentas en las redes sociales significa aceptar estas reglas.
El usuario se compromete a no violar las leyes nacionales e internacionales y a expresarse con respeto hacia los demás participantes en el debate, los lectores y las personas mencionadas en los materiales.
La administración tiene derecho a eliminar los comentarios hechos en otros idiomas distintos de la lengua de la mayoría de los contenidos.
El comentario del usuario será eliminado si no corresponde al tema de la página, promueve el odio y la discriminación racial, étnica, sexual, religiosa o social, viola los derechos de los menores, contiene insultos o amenazas a otros usuarios, o persigue fines comerciales o publicidad.
La administración puede bloquear el acceso del usuario o eliminar su cuenta sin previo aviso si viola las reglas de los comentarios.""",
    "de": """Die Brücke von Hasselrode öffnet wieder für Fußgänger
Die Brücke von Hasselrode ist seit Freitag wieder für Fußgänger offen, wie die Stadt nach zwei Jahren Bauzeit mitteilte. Radfahrer müssen bis zum Frühjahr warten.
„Wir haben jede Schraube ausgetauscht“, sagte die Ingenieurin Klara Meyer. Die Rechnung beläuft sich auf drei Millionen Euro.
Durch die Registrierung und Autorisierung auf den Webseiten mit dem Nutzerkonto oder einem Konto in sozialen Netzwerken stimmt der Nutzer diesen Regeln zu.
Die Nutzer sind verpflichtet, nationales und internationales Recht einzuhalten und sich gegenüber anderen Teilnehmern der Diskussion, den Lesern und den in den Beiträgen genannten Personen respektvoll zu äußern.
Kommentare eines Nutzers werden gelöscht, wenn sie nicht dem Thema des Beitrags entsprechen, Hass und Diskriminierung aufgrund von Rasse, Religion oder Geschlecht schüren, Beleidigungen oder Drohungen gegen andere Nutzer enthalten oder kommerzielle Ziele verfolgen.
Die Administration ist berechtigt, einem Nutzer den Zugang zur Seite zu sperren oder sein Konto ohne Vorwarnung zu löschen, wenn er gegen diese Regeln verstößt.""",
    "tr": """Alkorza köprüsü yayalara yeniden açıldı
Alkorza köprüsü iki yıllık çalışmanın ardından cuma sabahı yayalara yeniden açıldı. Belediye, bisikletlerin baharı beklemesi gerektiğini bildirdi.
Mühendis Ayla Demir, her vidanın değiştirildiğini söyledi. Fatura üç milyon euroyu buldu.
Kullanıcıların sitelere kullanıcı hesabı veya sosyal ağ hesaplarıyla kayıt olması ve giriş yapması bu kuralların kabul edildiği anlamına gelir.
Kullanıcılar ulusal ve uluslararası yasalara uymakla ve tartışmanın diğer katılımcılarına saygılı davranmakla yükümlüdür.
Kullanıcının yorumu konuyla ilgili değilse, nefret ve ayrımcılık içeriyorsa, hakaret veya tehdit içeriyorsa ya da ticari reklam amacı taşıyorsa silinir.
Yönetim, kuralları ihlal eden kullanıcının hesabını uyarı yapmadan engelleme veya silme hakkına sahiptir.""",
}


@pytest.mark.row("ART-16")
@pytest.mark.parametrize("code", DUMPS)
def test_rules_longer_than_the_article_are_left_out(code: str) -> None:
    lines = DUMPS[code].split("\n")

    got = read_dump(DUMPS[code])

    assert got.headline == lines[0]
    assert [block.text for block in got.body] == lines[1:3]
    assert got.language == code
    assert {item.reason for item in got.dropped} == {"rules or dialog of the site"}
