"""Text that was garbled before it was saved is repaired, and sound text is left alone."""

import pytest

import clippings as cl
from clippings.corpus.garbled import ESCAPES, MAC, UTF_8, ungarble

SOUND = {
    "en": "“It’s over,” said José Peña of the café – it cost €5 or £4 and was naïve…",
    "fr": "« Où est l’élève ? » demande Zoé à Noël, près de l’hôtel « Âge d’Or ».",
    "de": "Die Straße über die Brücke ist für Fußgänger gesperrt, sagte Jürgen Größe „heute“.",
    "es": "¿Dónde está el niño? ¡Aquí! La señora Núñez vivió en Málaga.",
    "pt": "SÃO PAULO NÃO É O ÚNICO; o cidadão João disse que não há informações à noite.",
    "pl": "Żółw Łukasza śpi, a gęś Świętosława źle się czuje.",
    "cs": "Příliš žluťoučký kůň úpěl ďábelské ódy.",
    "tr": "İstanbul’da güneşli bir gün; çocuklar şarkı söylüyor, ağaçlar yeşil.",
    "vi": "Nguyễn Văn Ấn đã đến Hà Nội vào buổi sáng, ông cho biết.",
    "ro": "Primăria a închis podul și șoseaua în această dimineață.",
    "ru": "Город сообщил, что мост закрыт. Ёлка стоит.",
    "el": "Ο δήμος ανακοίνωσε ότι η γέφυρα θα παραμείνει κλειστή.",
    "zh": "市议会周一表示，这座桥将继续关闭。",
    "ar": "قال المجلس إن الجسر سيبقى مغلقا.",
}


@pytest.mark.parametrize("language", SOUND)
def test_sound_text_stays(language):
    text = SOUND[language]
    assert ungarble(text) == (text, (), "")
    assert ungarble(text.upper()).codes == ()


def garble(text: str, encoding: str) -> str:
    """UTF-8 read in another encoding; bytes that it does not know become U+FFFD, as browsers do."""
    return text.encode("utf-8").decode(encoding, "replace")


@pytest.mark.parametrize("language", ["en", "fr", "de", "es", "pl", "tr", "vi", "ru", "el"])
def test_utf_8_read_as_latin_1_is_repaired(language):
    text = SOUND[language]
    assert ungarble(garble(text, "latin-1"))[:2] == (text, (UTF_8,))


def test_utf_8_read_as_windows_1252_is_repaired():
    assert ungarble(garble(SOUND["en"], "cp1252"))[:2] == (SOUND["en"], (UTF_8,))
    assert ungarble(garble(SOUND["de"], "cp1252"))[:2] == (SOUND["de"], (UTF_8,))


def test_twice_garbled_text_is_repaired():
    once = garble("Zoë Núñez left the café early", "cp1252")
    assert ungarble(garble(once, "cp1252")).text == "Zoë Núñez left the café early"


def test_only_the_garbled_paragraph_is_repaired():
    text = f"{SOUND['en']}\n\n{garble(SOUND['es'], 'latin-1')}\n\n{SOUND['de']}"
    assert ungarble(text).text == f"{SOUND['en']}\n\n{SOUND['es']}\n\n{SOUND['de']}"


TALK_ABOUT_SIGNS = [
    "The letter “Ã” stands in many names.",
    "The sign Ã© appears on the screen.",
    "Readers saw PÃ©rez where the page should say Pérez.",
    "She wrote Õ for an apostrophe.",
    "In HTML, &amp;eacute; is an e with an accent.",
    "The company A&amp;B; sold it.",
]


def test_texts_about_signs_stay():
    assert [text for text in TALK_ABOUT_SIGNS if ungarble(text).codes] == []


def test_mac_roman_and_double_escapes_are_repaired():
    mac = "ÒItÕs over,Ó she said. ÒWe donÕt know.Ó"
    assert ungarble(mac)[:2] == ("“It’s over,” she said. “We don’t know.”", (MAC,))
    escaped = "The caf&amp;eacute; of Jos&amp;#233; is shut."
    assert ungarble(escaped)[:2] == ("The café of José is shut.", (ESCAPES,))


def test_articles_are_repaired_on_reading_and_listed(tmp_path):
    text = f"Road closed in Ostrand\n\n{SOUND['en']} The road to the harbour is closed."
    (tmp_path / "a.txt").write_text(garble(text, "cp1252"), encoding="utf-8")
    one_line = garble(text, "cp1252").replace("\n", " ")
    table = f'title,text\n"{garble("Café shut", "cp1252")}","{one_line} Nobody was hurt."\n'
    (tmp_path / "b.csv").write_text(table, encoding="utf-8")
    (tmp_path / "c.txt").write_text("The road to the harbour is closed.", encoding="utf-8")
    articles = cl.read_articles(tmp_path).set_index("article")
    assert articles.text["a.txt"] == text
    assert articles.title["b.csv#1"] == "Café shut"
    assert articles.repaired.to_dict() == {"a.txt": "utf-8", "b.csv#1": "utf-8", "c.txt": ""}

    repairs = cl.propose_repairs(articles.reset_index(), cl.find_passages(articles.reset_index()))
    listed = repairs[repairs.oddity == "garbled_repaired"].article
    assert listed.tolist() == ["a.txt", "b.csv#1"]


def test_the_analyst_may_keep_garbled_text(tmp_path):
    garbled = garble(SOUND["en"], "cp1252")
    (tmp_path / "a.txt").write_text(garbled, encoding="utf-8")
    articles = cl.read_articles(tmp_path, repair_garbled=False)
    assert articles.text[0] == garbled
    assert articles.repaired[0] == ""
    repairs = cl.propose_repairs(articles, cl.find_passages(articles))
    assert "garbled" in set(repairs.oddity)
