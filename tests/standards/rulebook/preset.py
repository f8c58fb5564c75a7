"""What the specification says of each clause, written from the table of the standards and not from the preset."""

DUTIES = {"LAW", "RESPECT"}
PEOPLE = {"LAW", "RESPECT", "PUBLISHER", "TROLLING"}
# code: handling of the clause
HANDLING = {
    "LAW": "human", "RESPECT": "human", "LANGUAGE": "flag", "OFFTOPIC": "flag", "HATE": "hold", "MINORS": "hold",
    "EXTREMISM": "flag", "INSULT": "flag", "PUBLISHER": "human", "PRIVACY": "hold", "CRUELTY": "flag", "SUICIDE": "hold",
    "COMMERCE": "hold", "PROMOTION": "flag", "PROFANITY": "hold", "SPAM": "hold", "DRUGS": "flag", "MALWARE": "hold",
    "FLASHMOB": "hold", "FLOOD": "hold", "TROLLING": "human", "FORM": "warn",
}  # fmt: skip
TOP = {"MINORS", "SUICIDE"}

# What somebody will look for: every word of the second column, as stems, in the three languages.
SUBSTANCE = {
    "en": {
        "LAW": "national international law",
        "RESPECT": "participant reader named",
        "LANGUAGE": "language most published may_be_deleted",
        "OFFTOPIC": "correspond subject",
        "HATE": "hatred discriminat racial ethnic sexual religious social minorit",
        "MINORS": "rights minor harm moral",
        "EXTREMISM": "extremis illegal_activit naming promot",
        "INSULT": "insult threat participant individual organisation dignity reputation",
        "PUBLISHER": "insult disrespect criticism",
        "PRIVACY": "privacy personal_data third consent correspondence",
        "CRUELTY": "describ refer violence cruelty animal news",
        "SUICIDE": "method incite grief help",
        "COMMERCE": "commercial advertising political link",
        "PROMOTION": "product service authoris third",
        "PROFANITY": "offensive profan derivative hint",
        "SPAM": "spam mass-mailing get-rich-quick",
        "DRUGS": "use narcotic psychotropic producing",
        "MALWARE": "link virus malicious",
        "FLASHMOB": "organised volume identical similar",
        "FLOOD": "flood number incoherent irrelevant",
        "TROLLING": "etiquette aggressive humiliating abusive",
        "FORM": "written capital sentence mostly",
    },
    "fr": {
        "LAW": "droit_national droit_international loi",
        "RESPECT": "participant lecteur cité",
        "LANGUAGE": "langue plupart publié peut_être_supprimé",
        "OFFTOPIC": "correspond sujet",
        "HATE": "haine discrimin racia ethni sexue religieu socia minorit",
        "MINORS": "droits mineur dommage moral",
        "EXTREMISM": "extrémis activités_illégales nommer promouvoir",
        "INSULT": "injuri menac participant particulier organisation dignité réputation",
        "PUBLISHER": "injurie respect critique",
        "PRIVACY": "vie_privée données_personnelles tiers consentement correspondance",
        "CRUELTY": "décri renvo violence cruauté anima actualité",
        "SUICIDE": "méthode incite deuil aide",
        "COMMERCE": "commercia publicité politique lien",
        "PROMOTION": "produit service autoris tiers",
        "PROFANITY": "grossi obscène dérivé allusion",
        "SPAM": "pourriel envoi_en_masse enrichir_vite",
        "DRUGS": "usage stupéfiant psychotrope fabrication",
        "MALWARE": "lien virus malveillant",
        "FLASHMOB": "organisé nombre identique semblable",
        "FLOOD": "noie nombre incohérent sans_rapport",
        "TROLLING": "usages agressif humiliant abusif",
        "FORM": "écrite capitale phrase surtout",
    },
    "ar": {
        "LAW": "الوطني الدولي قانون",
        "RESPECT": "المشارك القرّاء المقال",
        "LANGUAGE": "لغة معظم المنشورة يجوز_حذف",
        "OFFTOPIC": "يتصل موضوع",
        "HATE": "كراهية تمييز عرقي إثني جنسي ديني اجتماعي الأقليات",
        "MINORS": "حقوق القاصرين ضرر المعنوي",
        "EXTREMISM": "متطرف غير_القانونية التسمية ترويج",
        "INSULT": "يهين يهدّد المشاركين الأفراد منظمات كرامة السمعة",
        "PUBLISHER": "يهين الازدراء نقد",
        "PRIVACY": "الخصوصية بيانات_شخصية للغير رضا مراسلات",
        "CRUELTY": "يصف يحيل عنف قسوة الحيوان الأخبار",
        "SUICIDE": "طرق يحرّض الحزن المساعدة",
        "COMMERCE": "تجاري الإعلان السياسي الروابط",
        "PROMOTION": "منتجات خدمات إذن الغير",
        "PROFANITY": "نابية بذيئة مشتقات التلميح",
        "SPAM": "مزعج البريد_الجماعي الثراء_السريع",
        "DRUGS": "تعاطي المخدرات المؤثرات_العقلية إنتاج",
        "MALWARE": "رابط فيروسات خبيثة",
        "FLASHMOB": "منظم أعداد المتطابقة المتشابهة",
        "FLOOD": "يُغرق عدد المفككة لا_صلة",
        "TROLLING": "آداب عدواني مُذلّ مسيء",
        "FORM": "المكتوبة كبيرة جمل معظم",
    },
}
# What the procedural text must say, as stems, each somewhere in the texts around the clauses.
PROCEDURE = {
    "en": "register log_in social accept edit_any every_language_version at_once without_prior_notice indicat reasons_follow "
    "restor subject User_ID explanation second_block final annul mods@paper.test contest complain article_20 article_21 "
    "court warn hold slow flag person version 6_months 14_days Harbour_Post",
    "fr": "inscri connect réseau_social accept modifié toutes_les_versions_linguistiques immédiatement sans_préavis indi "
    "motifs_suivent rétabli objet User_ID explication second_blocage définitif annul mods@paper.test contest réclamation "
    "article_20 article_21 tribunaux avertir retenir ralentir signaler personne version 6_mois 14_jours Harbour_Post",
    "ar": "التسجيل الدخول التواصل_الاجتماعي قبول تعدّل جميع_النسخ_اللغوية فورًا من_غير_إشعار_مسبق يدلّ وتتبع_الأسباب "
    "استعادة الموضوع User_ID شرح الحظر_الثاني نهائي فيُلغى mods@paper.test اعترض شكوى المادة_20 المادة_21 القضاء تنبّه توقف "
    "تبطئ تلفت_نظر إنسان إصدار 6_أشهر 14_يومًا Harbour_Post",
}
FILLED = {
    "publisher": "The Harbour Post",
    "moderators": "mods@paper.test",
    "contact": "https://paper.test/contact",
    "dispute_bodies": "https://paper.test/bodies",
}
