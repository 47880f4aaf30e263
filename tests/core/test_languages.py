"""The language of short news texts, and the features that work in each language."""

import clippings as cl
from clippings.core.languages import (
    count_function_words,
    detect_language,
    function_words,
    has_finders,
    language_name,
)

TEXTS = {
    "en": [
        "The council said on Monday that the bridge would stay closed.",
        "POLICE SAY THE ROAD WILL BE CLOSED UNTIL THE END OF THE MONTH",
        "Three people were hurt when a wall fell near the harbour, police said.",
    ],
    "de": [
        "Der Stadtrat teilte am Montag mit, dass die Brücke gesperrt bleibt.",
        "DIE STRASSE BLEIBT BIS ZUM ENDE DES MONATS GESPERRT, SAGT DIE POLIZEI",
        "Drei Menschen wurden verletzt, als am Hafen eine Mauer einstürzte.",
    ],
    "nl": [
        "De gemeente zei maandag dat de brug nog een maand dicht blijft.",
        "Drie mensen raakten gewond toen een muur bij de haven instortte, aldus de politie.",
        "Het water stijgt sneller dan verwacht en de burgemeester is bezorgd.",
    ],
    "fr": [
        "Le conseil municipal a annoncé lundi que le pont resterait fermé.",
        "Trois personnes ont été blessées dans l'effondrement d'un mur près du port.",
        "La maire de la ville a dit que les habitants ne doivent pas s'inquiéter.",
    ],
    "es": [
        "El ayuntamiento dijo el lunes que el puente seguirá cerrado.",
        "Tres personas resultaron heridas al caer un muro cerca del puerto.",
        "La alcaldesa pidió a los vecinos que no salgan de sus casas.",
    ],
    "it": [
        "Il comune ha detto lunedì che il ponte resterà chiuso.",
        "Tre persone sono rimaste ferite nel crollo di un muro vicino al porto.",
        "La sindaca ha chiesto ai cittadini di non uscire di casa.",
    ],
    "pt": [
        "A câmara municipal disse na segunda-feira que a ponte continuará fechada.",
        "Três pessoas ficaram feridas na queda de um muro perto do porto.",
        "A prefeita pediu aos moradores que não saiam de casa.",
    ],
    "sv": [
        "Kommunen sade på måndagen att bron förblir stängd.",
        "Tre personer skadades när en mur rasade vid hamnen, säger polisen.",
        "Det är inte klart när vägen kan öppnas igen.",
    ],
    "da": [
        "Kommunen oplyste mandag, at broen fortsat er lukket.",
        "Tre personer blev såret, da en mur styrtede sammen ved havnen.",
        "Borgmesteren siger, at det ikke er farligt at bo i byen, men at man skal være forsigtig.",
    ],
    "no": [
        "Kommunen opplyste mandag at broen fortsatt er stengt.",
        "Tre personer ble skadet da en mur raste ved havnen, sier politiet.",
        "Ordføreren sier at det ikke er farlig å bo i byen, men at man må være forsiktig.",
    ],
    "pl": [
        "Rada miasta poinformowała w poniedziałek, że most pozostanie zamknięty.",
        "Trzy osoby zostały ranne, gdy zawalił się mur w pobliżu portu.",
        "Burmistrz powiedział, że nie ma powodu do obaw i że droga jest otwarta.",
    ],
    "cs": [
        "Město v pondělí oznámilo, že most zůstane uzavřen.",
        "Tři lidé byli zraněni, když se u přístavu zřítila zeď.",
        "Starosta řekl, že není důvod k obavám a že silnice je otevřená.",
    ],
    "ru": [
        "Городской совет сообщил в понедельник, что мост останется закрытым.",
        "Три человека пострадали при обрушении стены у порта.",
        "Мэр сказал, что жители не должны выходить из дома.",
    ],
    "uk": [
        "Міська рада повідомила в понеділок, що міст залишиться закритим.",
        "Троє людей постраждали, коли біля порту впала стіна.",
        "Мер сказав, що немає причин для занепокоєння і що дорога відкрита.",
    ],
    "bg": [
        "Общината съобщи в понеделник, че мостът остава затворен.",
        "Трима души са ранени, след като стена се срути до пристанището.",
        "Кметът каза, че няма причина за тревога и че пътят е отворен.",
    ],
    "tr": [
        "Belediye pazartesi günü köprünün kapalı kalacağını açıkladı.",
        "Liman yakınında bir duvarın çökmesi sonucu üç kişi yaralandı.",
        "Başkan, yolun ne zaman açılacağının belli olmadığını ve bu konuda çok çalıştıklarını söyledi.",
    ],
    "el": [
        "Ο δήμος ανακοίνωσε τη Δευτέρα ότι η γέφυρα θα παραμείνει κλειστή.",
    ],
    "ar": [
        "قال المجلس يوم الاثنين إن الجسر سيبقى مغلقا حتى نهاية الشهر.",
    ],
    "fa": [
        "شورای شهر روز دوشنبه گفت که پل تا پایان ماه بسته خواهد بود.",
    ],
    "he": [
        "העירייה הודיעה ביום שני כי הגשר יישאר סגור עד סוף החודש, והוא לא בטוח.",
    ],
    "id": [
        "Dewan kota mengatakan pada hari Senin bahwa jembatan itu akan tetap ditutup.",
    ],
    "fi": [
        "Kaupunki kertoi maanantaina, että silta on suljettu ja että se ei aukea ennen kesää.",
        "Kolme ihmistä loukkaantui, kun muuri sortui sataman lähellä.",
    ],
    "hu": [
        "A város hétfőn közölte, hogy a híd zárva marad, és nem lehet tudni, meddig.",
        "Hárman megsérültek, amikor egy fal leomlott a kikötő közelében.",
    ],
    "ro": [
        "Primăria a anunțat luni că podul va rămâne închis până la sfârșitul lunii.",
        "Trei persoane au fost rănite după ce un zid s-a prăbușit lângă port.",
    ],
    "hr": [
        "Grad je u ponedjeljak objavio da će most ostati zatvoren.",
        "Troje ljudi je ozlijeđeno kada se zid srušio kod luke.",
    ],
    "vi": [
        "Hội đồng thành phố cho biết hôm thứ Hai rằng cây cầu sẽ vẫn bị đóng.",
    ],
    "hi": [
        "नगर परिषद ने सोमवार को कहा कि पुल महीने के अंत तक बंद रहेगा।",
    ],
    "zh": [
        "市议会周一表示，这座桥将继续关闭。",
    ],
    "ja": [
        "市議会は月曜日、橋は閉鎖されたままだと発表した。",
    ],
    "ko": [
        "시의회는 월요일 다리가 계속 폐쇄될 것이라고 밝혔다.",
    ],
    "th": [
        "สภาเมืองกล่าวเมื่อวันจันทร์ว่าสะพานจะยังคงปิดอยู่",
    ],
}


def test_no_short_text_is_taken_for_another_language():
    wrong = [
        (language, text, detect_language(text))
        for language, texts in TEXTS.items()
        for text in texts
        if detect_language(text) not in (language, "")
    ]
    assert wrong == []


def test_the_texts_of_a_language_together_are_recognised():
    # One or two sentences of a language with many endings hold too few function words.
    too_short = {"tr", "bg"}
    failures = {
        language: detect_language(" ".join(texts))
        for language, texts in TEXTS.items()
        if language not in too_short and detect_language(" ".join(texts)) != language
    }
    assert failures == {}


def test_capitals_make_no_difference():
    wrong = [
        language
        for language, texts in TEXTS.items()
        if detect_language(" ".join(texts).upper()) not in (language, "")
    ]
    assert wrong == []
    assert detect_language(" ".join(TEXTS["de"]).upper()) == "de"


def test_tables_and_names_have_no_language():
    texts = ["Price 5 7 8 10 12", "Ostrand Tolmere Lund Bell", "2010 2011\n3,4 4,5", ""]
    assert [text for text in texts if detect_language(text)] == []


def test_two_languages_in_equal_parts_are_not_taken_for_a_third():
    mixed = " ".join(TEXTS["en"] + TEXTS["de"])
    assert detect_language(mixed) in ("en", "de", "")


def test_what_works_is_listed_for_every_language_once():
    languages = cl.describe_languages()
    assert languages.language.is_unique
    assert set(TEXTS) <= set(languages.language)
    works = languages.set_index("language").finders
    assert all(works[language] == has_finders(language) for language in works.index if language)
    assert works.sum() == 1
    assert has_finders("en-GB") and not has_finders("de-CH")


def test_names_and_function_words_of_languages():
    assert language_name("fr") == "French"
    assert language_name("zz") == "zz"
    assert "und" in function_words("de")
    assert function_words("zz") == frozenset()
    assert count_function_words("und oder aber")["de"] == 3
