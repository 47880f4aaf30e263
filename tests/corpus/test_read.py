"""Reading a folder: a row per file, problems, and facts from the codebook."""

import hashlib
import os
import random
import shutil
import socket
import tempfile
from pathlib import Path

import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from pandas.testing import assert_frame_equal

import clippings as cl
from clippings.core.errors import BadInput
from clippings.core.lexicon import read_lexicon
from clippings.corpus import problems
from clippings.corpus.codebook import TABLES
from clippings.corpus.encodings import decode_text
from clippings.corpus.file_kinds import kind_of
from helpers import FLOOD, SEEDS

PARAGRAPHS = {
    "en": "“We did not know that the water would come so fast,” said a teacher who lives by the river. Officials were still counting the houses which had been damaged by the storm – more than 300 in the valley alone.",
    "de": "„Wir können das nicht länger hinnehmen“, sagte eine Sprecherin der Gewerkschaft, die für höhere Löhne kämpft. Nach Angaben der Polizei wurden bei dem Unfall drei Menschen verletzt, einer von ihnen schwer.",
    "fr": "Selon la préfecture, près de deux cents pompiers ont été mobilisés pour lutter contre l’incendie. « Nous n’avons jamais vu ça », a déclaré un habitant qui a été évacué avec sa famille pendant la nuit.",
    "es": "«No sabíamos qué hacer con los niños», explicó una vecina que perdió su casa en la inundación. Según la policía, tres personas fueron detenidas por su presunta relación con el robo en el centro de la ciudad.",
    "it": "«Non è stato facile, perché l’acqua è arrivata di notte», ha raccontato una donna che vive vicino al fiume. Secondo la polizia, le due persone fermate sono accusate di aver rubato opere d’arte da una villa sul lago.",
    "pt": "“Não sabíamos o que fazer com as crianças”, disse uma moradora que perdeu a casa na inundação. Segundo a polícia, três pessoas foram detidas por suspeita de ligação ao assalto no centro da cidade.",
    "nl": "‘We hebben nog nooit zoiets gezien’, aldus een bewoner die met zijn gezin werd geëvacueerd. Volgens de politie zijn er bij het ongeluk drie mensen gewond geraakt, van wie één ernstig.",
    "sv": "”Vi har aldrig sett något liknande”, säger en av de boende som fick lämna sitt hus under natten. Enligt polisen skadades tre personer vid olyckan, varav en allvarligt, och föraren har förhörts.",
    "da": "”Vi har aldrig set noget lignende”, siger en beboer, som blev evakueret med sin familie i løbet af natten. Ifølge politiet blev tre personer såret ved ulykken, og en af dem er alvorligt kvæstet.",
    "no": "– Vi har aldri sett noe lignende, sier en beboer som ble evakuert sammen med familien i løpet av natten. Ifølge politiet ble tre personer skadet i ulykken, og en av dem er alvorlig skadet.",
    "pl": "Burmistrz poinformował we wtorek, że droga przez most będzie zamknięta przez dwa tygodnie. Według policji w wypadku zostały ranne trzy osoby, a jedna z nich jest w ciężkim stanie.",
    "cs": "Starosta v úterý oznámil, že silnice přes most bude kvůli opravě dva týdny uzavřena. Podle policie byli při nehodě zraněni tři lidé, jeden z nich je ve vážném stavu.",
    "tr": "Belediye başkanı salı günü yaptığı açıklamada köprünün iki hafta boyunca kapalı olacağını söyledi. Polise göre kazada üç kişi yaralandı ve bunlardan birinin durumu ağır.",
    "id": "Wali kota mengatakan pada hari Selasa bahwa jembatan itu akan ditutup selama dua minggu untuk perbaikan. Menurut polisi, tiga orang terluka dalam kecelakaan tersebut dan satu di antaranya dalam kondisi kritis.",
    "ru": "Мэр города сообщил во вторник, что дорога через мост будет закрыта на две недели. По данным полиции, в аварии пострадали три человека, один из них находится в тяжёлом состоянии.",
    "uk": "Мер міста повідомив у вівторок, що дорога через міст буде закрита на два тижні. За даними поліції, в аварії постраждали три людини, одна з них перебуває у важкому стані. «Ми ніколи такого не бачили», — сказала мешканка, яку разом із сім’єю евакуювали вночі. Компанія також повідомила, що її прибуток впав на п’ять відсотків, тому що ціни були вищі, ніж рік тому.",
    "el": "Ο δήμαρχος ανακοίνωσε την Τρίτη ότι ο δρόμος πάνω από τη γέφυρα θα είναι κλειστός για δύο εβδομάδες. Σύμφωνα με την αστυνομία, τρία άτομα τραυματίστηκαν στο δυστύχημα και ένα από αυτά είναι σε σοβαρή κατάσταση.",
    "ar": "قال رئيس البلدية يوم الثلاثاء إن الطريق فوق الجسر ستبقى مغلقة لمدة أسبوعين. وذكرت الشرطة أن ثلاثة أشخاص أصيبوا في الحادث، وأن أحدهم في حالة خطيرة.",
    "fa": "شهردار روز سه\u200cشنبه گفت که جاده روی پل برای دو هفته بسته خواهد بود. به گفته پلیس، در این حادثه سه نفر زخمی شدند و حال یکی از آنها وخیم است.",
    "he": 'ראש העיר אמר ביום שלישי כי הכביש שעל הגשר יהיה סגור במשך שבועיים. לדברי המשטרה, שלושה אנשים נפצעו בתאונה ואחד מהם במצב קשה. "אף פעם לא ראינו דבר כזה", אמרה תושבת שפונתה עם משפחתה בלילה. החברה הודיעה גם כי הרווח שלה ירד בחמישה אחוזים, משום שהמחירים היו גבוהים יותר מאשר בשנה שעברה.',
    "zh": "市长星期二表示，桥上的道路将关闭两个星期进行维修。据警方介绍，三人在事故中受伤，其中一人情况严重。",
    "ja": "市長は火曜日、橋の上の道路を二週間閉鎖すると発表した。警察によると、この事故で三人がけがをし、そのうち一人は重傷だという。",
    "ko": "시장은 화요일에 다리 위의 도로가 두 주 동안 폐쇄될 것이라고 밝혔다. 경찰에 따르면 이번 사고로 세 명이 다쳤으며 그중 한 명은 위독하다.",
}
WEST = ["en", "de", "fr", "es", "it", "pt", "nl", "sv", "da", "no"]
STORY = "“We left the house at night,” said a teacher who lives by the river.\r\n\r\nIt is not clear when the road will open."


def folder_with(tmp_path, **files: bytes):
    for name, data in files.items():
        (tmp_path / name.replace("__", ".")).write_bytes(data)
    return tmp_path


def read_one(tmp_path, data: bytes, name: str = "a.txt") -> pd.Series:
    """Read the only row of a folder with one file."""
    (tmp_path / name).write_bytes(data)
    articles = cl.read_articles(tmp_path)
    assert len(articles) == 1
    return articles.iloc[0]


def problem_of(tmp_path, data: bytes, name: str = "a.txt") -> str:
    """Why the only file of a folder cannot be used; then it has no text, title or language."""
    row = read_one(tmp_path, data, name)
    assert (row.article, row.text, row.title, row.language) == (name, "", "", "")
    return row.problem


def refuse(monkeypatch, function: str, name: str) -> None:
    """Make a function of `os` fail for this name, as it would for a user without permission."""
    real = getattr(os, function)

    def refusing(path, *rest, **options):
        if Path(os.fsdecode(path)).name == name:
            raise PermissionError(13, "Permission denied", str(path))
        return real(path, *rest, **options)

    monkeypatch.setattr(os, function, refusing)


def test_every_file_is_a_row_with_its_problem(tmp_path):
    folder_with(
        tmp_path, a__txt=b"Four words make titles\r\n\r\nText.", b__txt=b"\xff\xfe\x00", c__txt=b" \n", d__odt=b"PK\3\4",
        e__txt=b"nul \0 byte", f__txt=b"x" * 2_000_000,
    )  # fmt: skip
    (tmp_path / "readme.md").write_text("a note")
    (tmp_path / ".hidden.txt").write_text("hidden")
    (tmp_path / "deeper").mkdir()
    (tmp_path / "deeper" / "g.txt").write_text("\ufeffwith a mark")
    os.symlink(SEEDS / "SOURCES.md", tmp_path / "h.txt")
    articles = cl.read_articles(tmp_path, max_mb=1).set_index("article")
    assert {
        name: problem.partition(":")[0].partition(" at ")[0]
        for name, problem in articles.problem.items()
    } == {
        "a.txt": "",
        "b.txt": "damaged UTF-16-LE",
        "c.txt": "empty",
        "d.odt": "damaged, or not the kind of file that its name suggests (BadZipFile)",
        "deeper/g.txt": "",
        "e.txt": "not a text file (it contains NUL bytes, the first after 4 characters)",
        "f.txt": "larger than 1 MB",
        "h.txt": "a link to a file outside the folder",
    }
    assert articles.text["a.txt"] == "Four words make titles\r\n\r\nText."
    assert articles.title["a.txt"] == "Four words make titles"
    assert articles.text["deeper/g.txt"] == "with a mark"


def read_all(tmp_path, contents: dict[str, bytes]) -> pd.DataFrame:
    """Read the rows of a folder with these files, by the names for which they stand."""
    names = {f"{number}.txt": name for number, name in enumerate(contents)}
    for file, name in names.items():
        (tmp_path / file).write_bytes(contents[name])
    articles = cl.read_articles(tmp_path)
    return articles.assign(article=articles.article.map(names)).set_index("article")


UNICODE = ["utf-8", "utf-8-sig", "utf-16", "utf-32", "utf-16-be", "utf-32-be"]


def test_unicode_is_read_as_it_was_written(tmp_path):
    texts = {
        f"{language} in {encoding}": (f"{text}\r\n\r\n{text}\n", encoding, language)
        for language, text in PARAGRAPHS.items()
        for encoding in UNICODE
    }
    needs_mark = ("utf-16-be", "utf-32-be")
    contents = {
        name: f"\ufeff{text}".encode(encoding) if encoding in needs_mark else text.encode(encoding)
        for name, (text, encoding, _) in texts.items()
    }
    articles = read_all(tmp_path, contents)
    failures = [
        name
        for name, (text, _, language) in texts.items()
        if articles.loc[name, ["problem", "text", "language"]].to_list() != ["", text, language]
    ]
    assert failures == []


def test_wide_characters_without_a_mark_are_seen(tmp_path):
    texts = {
        f"{language} in {encoding}": (PARAGRAPHS[language], encoding)
        for language in ("en", "fr", "pl", "ru", "el", "ar", "he")
        for encoding in ("utf-16-le", "utf-16-be", "utf-32-le", "utf-32-be")
    }
    contents = {name: text.encode(encoding) for name, (text, encoding) in texts.items()}
    articles = read_all(tmp_path, contents)
    failures = [
        name
        for name, (text, _) in texts.items()
        if articles.loc[name, ["problem", "text"]].to_list() != ["", text]
    ]
    assert failures == []


OLD_ENCODINGS = [
        *(("cp1252", language) for language in WEST),
        ("iso8859_15", "fr"), ("mac_roman", "fr"), ("mac_roman", "en"), ("cp1250", "pl"), ("cp1250", "cs"),
        ("iso8859_2", "pl"), ("cp1254", "tr"), ("cp1251", "ru"), ("cp1251", "uk"), ("koi8_u", "ru"), ("cp1253", "el"),
        ("cp1255", "he"), ("cp1256", "ar"), ("cp1256", "fa"),
]  # fmt: skip


def test_an_old_encoding_is_read_when_the_text_then_reads_as_its_language(tmp_path):
    without_curly_marks = ("iso8859_15", "iso8859_2", "cp1256", "koi8_u")
    texts = {}
    contents = {}
    for encoding, language in OLD_ENCODINGS:
        plain = str.maketrans("“”„’‘–ی", '"""\'\'-ي') if encoding in without_curly_marks else {}
        text = PARAGRAPHS[language].translate(plain).replace("—", "-").replace("\u200c", " ")
        name = f"{language} in {encoding}"
        texts[name] = (text, language)
        contents[name] = text.encode(encoding)
    articles = read_all(tmp_path, contents)
    # Where two encodings give the same bytes, the second is a duplicate of the first.
    failures = [
        name
        for name, (text, language) in texts.items()
        if articles.loc[name, ["problem", "text", "language"]].to_list() != ["", text, language]
        and list(contents.values()).count(contents[name]) == 1
    ]
    assert failures == []


OTHERS = {
    "cp850": WEST, "cp866": ["ru"], "iso8859_5": ["ru"], "iso8859_6": ["ar"], "gb18030": ["zh"], "big5": ["ja"],
    "shift_jis": ["ja"], "euc_jp": ["ja"], "euc_kr": ["ko"], "mac_roman": WEST, "cp1252": WEST, "cp1250": ["pl", "cs"],
    "iso8859_2": ["pl", "cs"], "cp1251": ["ru", "uk"],
}  # fmt: skip


def test_no_sentence_in_an_old_encoding_is_ever_garbled(tmp_path):
    contents = {}
    for encoding, languages in OTHERS.items():
        for language in languages:
            sentences = PARAGRAPHS[language].replace("。", "。. ").split(". ")
            for number, sentence in enumerate(sentences):
                data = sentence.encode(encoding, "ignore") + b"."
                contents[f"{language} {number} in {encoding}"] = data
    encodings = {name: name.rpartition(" in ")[2] for name in contents}
    articles = read_all(tmp_path, contents)
    garbled = [
        name
        for name, text in articles.text.items()
        if text not in ("", contents[name].decode(encodings[name]))
    ]
    assert garbled == []
    assert ((articles.text == "") == (articles.problem != "")).all()


def test_of_two_encodings_that_fit_the_one_with_more_letters_of_the_language_is_taken(tmp_path):
    text = (
        "Podle policie byli při nehodě zraněni tři lidé, jeden z nich je ve vážném stavu. Nikdy jsme nic takového "
        "neviděli, řekla obyvatelka, která byla s rodinou v noci evakuována."
    )
    assert read_one(tmp_path, text.encode("iso8859_2")).text == text  # Windows-1250 has "váľném"


SHORT_TEXTS = [
    ("Мост через реку закрыли в понедельник, но никто не пострадал.", "cp1251"),
    ("text,title\nМост через реку закрыли, но никто не пострадал.,Мост", "cp1251"),
    ("Мост через реку закрыли в понедельник, но никто не пострадал.", "koi8_u"),
    ("Most jest zamknięty, bo się zawalił, a piesi są zdani na prom.", "cp1250"),
    ("Starosta řekl, že most byl zavřen již včera.", "cp1250"),
]
SHORT_TEXTS_OF_OTHER_ENCODINGS = [
    ("прибуток впав на п’ять відсотків, тому що ціни були вищі", "mac_cyrillic"),
    ("находится в тяжёлом состоянии, через неделю он там", "mac_cyrillic"),
    ("Most jest zamknięty, bo się zawalił, a piesi są zdani na prom.", "cp852"),
    ("Мост через реку закрыли в понедельник, но никто не пострадал.", "cp866"),
]


def test_a_short_text_is_read_if_two_of_its_function_words_have_letters_of_their_own():
    failures = {}
    for text, encoding in SHORT_TEXTS:
        problem, characters = decode_text(text.encode(encoding))
        if (problem, characters) != ("", text):
            failures[text, encoding] = (problem, characters)
    assert failures == {}

    read = [decode_text(text.encode(name))[1] for text, name in SHORT_TEXTS_OF_OTHER_ENCODINGS]
    assert read == [""] * len(SHORT_TEXTS_OF_OTHER_ENCODINGS)


def test_a_name_in_the_letters_of_another_language_is_not_guessed(tmp_path):
    text = "The council said on Tuesday that the road to Beyoğlu will be closed for a week."
    assert "not valid UTF-8 at byte 49" in problem_of(tmp_path, text.encode("cp1254"))


def test_curly_quotes_alone_tell_windows_1252(tmp_path):
    row = read_one(tmp_path, b"\x93Leave,\x94 he said \x96 it\x92s late\x85")
    assert (row.problem, row.text) == ("", "“Leave,” he said – it’s late…")


def test_what_is_not_utf_8_and_not_certain_names_the_byte_and_the_repair(tmp_path):
    problem = problem_of(tmp_path, "El río".encode("latin-1"))
    assert problem == problems.unknown_encoding(4)


DAMAGED = [
    (STORY.encode()[:-1] + b"\xe2\x80", "damaged UTF-8 at byte"),
    (STORY.encode().replace(b"\x9d", b"\xff"), "damaged UTF-8 at byte"),
    ("\ufeffWe left".encode() + b"\xff", "damaged UTF-8 at byte 10: fix the file there"),
    (b"We left \xed\xa0\x80 the house", "damaged UTF-8 at byte 8: fix the file there"),
    (b"\xff\xfeW\0e\0\0\xd8l\0", "damaged UTF-16-LE at byte 6: fix the file there"),
    (STORY.encode("utf-16")[:-1], "damaged UTF-16-LE at byte"),
]


def test_damaged_unicode_is_named_and_not_taken_for_another_encoding(tmp_path):
    failures = []
    for data, start in DAMAGED:
        problem = problem_of(tmp_path, data)
        if not problem.startswith(start):
            failures.append((data, problem))
    assert failures == []


PICTURES = [b"\xff\xd8\xff\xe0\0\x10JFIF", b"\x89PNG\r\n\x1a\n\0", b"GIF89a\x01\0", b"II*\0\x08\0"]
NOT_READ = [b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1\0\0", b"Rar!\x1a\x07\0", b"SQLite format 3\0\x10"]
DAMAGED_FILES = [b"PK\x03\x04\x14\0\x06\0", b"\x1f\x8b\x08\0\0", b"bplist00\xd1\x01"]


def test_a_text_by_name_that_is_something_else_is_a_problem(tmp_path):
    for data in PICTURES:
        assert problem_of(tmp_path, data) == problems.unread_file("a picture", "ocr", ".jpg")
    failures = [data for data in NOT_READ + DAMAGED_FILES if not problem_of(tmp_path, data)]
    assert failures == []


SPEAKS_OF_FORMATS = [
    "<b>Bodies</b> found",
    "The html page was down",
    "PK was here",
    "%PDF",
    "GIF files",
    "< html >",
]


def test_a_text_that_speaks_of_formats_is_a_text(tmp_path):
    failures = [
        text for text in SPEAKS_OF_FORMATS if read_one(tmp_path, text.encode()).text != text
    ]
    assert failures == []


def test_a_page_that_begins_with_many_comments_is_looked_at_once(tmp_path):
    assert kind_of("a.txt", b"<!-- -->" * 60 + b"<html>") == ".html"
    assert kind_of("a.txt", b"<!-- -->" * 700 + b"<html>") == ""  # not within the first signs
    assert read_one(tmp_path, b"<!-- -->" * 700 + b"<html>").problem == ""


UNREAD_KINDS = {
    "a.jpg": "a picture",
    "a.7z": "an archive",
    "a.mp4": "a video",
    "a.mobi": "an e-book",
}
OPENED_KINDS = ["a.DOC", "a.pages", "a.odt", "a.rtf", "a.epub", "a.pdf", "a.h", "a.2021"]


def test_only_files_that_hold_no_text_are_refused_by_their_names(tmp_path):
    failures = []
    for name, kind in UNREAD_KINDS.items():
        (tmp_path / name).mkdir()
        problem = problem_of(tmp_path / name, b"We left.", name)
        if not problem.startswith(kind):
            failures.append((name, problem))
    for name in OPENED_KINDS:
        (tmp_path / name).mkdir()
        if read_one(tmp_path / name, b"We left.", name).text != "We left.":
            failures.append(name)
    assert failures == []


NAMES = [
    "a.txt",
    "A.TXT",
    "a.text",
    "a.md",
    "a",
    "ä b’s.txt",
    "new\nline.txt",
    "x" * 251 + ".txt",
    "a..b.txt",
    "-rf.txt",
    "out",
    "codebook",
]


def test_a_text_is_read_whatever_its_name(tmp_path):
    failures = []
    for number, name in enumerate(NAMES):
        (tmp_path / str(number)).mkdir()
        row = read_one(tmp_path / str(number), STORY.encode(), name)
        if (row.article, row.text, row.problem) != (name, STORY, ""):
            failures.append((name, row.article, row.problem))
    assert failures == []


def test_a_name_that_is_not_utf_8_is_written_with_its_bytes(tmp_path):
    try:
        Path(os.fsdecode(os.fsencode(tmp_path) + b"/caf\xe9.txt")).write_bytes(STORY.encode())
    except OSError:
        pytest.skip("the disk takes UTF-8 names only")
    row = cl.read_articles(tmp_path).iloc[0]
    assert (row.article, row.text) == (r"caf\xe9.txt", STORY)
    assert row.article.encode().decode() == row.article


BLANK = [
    b"",
    b" \r\n\t",
    b"\xef\xbb\xbf",
    b"\xff\xfe",
    b"\xff\xfe \0\n\0",
    "\u200b\ufeff\u00ad \x0c".encode(),
]


def test_a_file_without_a_visible_sign_is_empty(tmp_path):
    failures = [data for data in BLANK if problem_of(tmp_path, data) != problems.empty()]
    assert failures == []


NOT_TEXT = [
    (b"We left\0 the house, he said.", "NUL bytes, the first after 7 characters"),
    (b"\xff\xfeW\0e\0\0\0l\0", "NUL bytes, the first after 2 characters"),
    (bytes(range(256)), "NUL bytes"),
    (b"We \x01\x02\x03left", "control characters"),
    ("\ue000\ue001\ue002 left".encode("utf-16"), "control characters"),
]


def test_bytes_that_are_no_text_are_named(tmp_path):
    failures = []
    for data, words in NOT_TEXT:
        problem = problem_of(tmp_path, data)
        if words not in problem:
            failures.append((data, problem))
    assert failures == []


def test_a_stray_control_character_stays_in_the_text(tmp_path):
    text = f"{STORY}\x0c{STORY}\x1b\x08"
    assert read_one(tmp_path, text.encode()).text == text


def test_pipes_and_sockets_are_rows_and_are_not_waited_for(tmp_path, monkeypatch):
    os.mkfifo(tmp_path / "a.txt")
    monkeypatch.chdir(tmp_path)  # the path of a socket must be short
    with socket.socket(socket.AF_UNIX) as listener:
        listener.bind("b.txt")
        articles = cl.read_articles(tmp_path)
    assert articles.problem.to_dict() == dict.fromkeys(
        [0, 1], "not a regular file: copy the text into a file"
    )


def test_a_file_that_turns_into_a_pipe_is_not_waited_for(tmp_path, monkeypatch):
    (tmp_path / "a.txt").write_text(STORY)
    real = os.open

    def swapping(path, flags, *rest):
        os.unlink(path)
        os.mkfifo(path)
        return real(path, flags, *rest)

    monkeypatch.setattr(os, "open", swapping)
    row = cl.read_articles(tmp_path).iloc[0]
    assert (row.text, row.problem) == ("", "empty: nothing to read")


def test_links_are_rows_and_are_followed_to_files_of_the_folder_only(tmp_path):
    corpus = tmp_path / "corpus"
    (corpus / "deeper").mkdir(parents=True)
    (corpus / "deeper" / "a.txt").write_text(STORY)
    (tmp_path / "outside").mkdir()
    (tmp_path / "outside" / "b.txt").write_text("We stayed.")
    for name, target in {
        "folder outside": tmp_path / "outside", "file outside.txt": tmp_path / "outside" / "b.txt", "folder inside": "deeper",
        "file inside.txt": "deeper/a.txt", "round.txt": "round.txt", "up": "..", "self": ".", "nowhere.txt": "gone.txt",
    }.items():  # fmt: skip
        os.symlink(target, corpus / name)
    problems = cl.read_articles(corpus).set_index("article").problem.str.partition(":")[0].to_dict()
    assert {name: problem.partition(" (")[0] for name, problem in problems.items()} == {
        "deeper/a.txt": "",
        "file inside.txt": "identical to deeper/a.txt",
        "file outside.txt": "a link to a file outside the folder",
        "folder inside": "a link to a folder, not followed",
        "folder outside": "a link to a file outside the folder",
        "nowhere.txt": "cannot be read",
        "round.txt": "cannot be read",
        "self": "a link to a folder, not followed",
        "up": "a link to a file outside the folder",
    }


def test_a_linked_codebook_is_no_article(tmp_path):
    corpus = tmp_path / "corpus"
    corpus.mkdir()
    (corpus / "a.txt").write_text(STORY)
    (tmp_path / "shared").mkdir()
    (tmp_path / "shared" / "outlets.csv").write_text("outlet,pattern,agency\nPost,teacher,\n")
    os.symlink(tmp_path / "shared", corpus / "codebook")
    assert cl.read_articles(corpus)[["article", "outlet"]].values.tolist() == [["a.txt", "Post"]]


def test_a_folder_named_as_a_text_is_looked_into(tmp_path):
    (tmp_path / "x.txt" / "codebook").mkdir(parents=True)
    (tmp_path / "x.txt" / "y.txt").write_text(STORY)
    (tmp_path / "x.txt" / "codebook" / "z.txt").write_text("We stayed.")
    assert cl.read_articles(tmp_path).article.to_list() == ["x.txt/codebook/z.txt", "x.txt/y.txt"]


def test_folders_may_lie_as_deep_as_the_disk_allows(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    try:
        for _ in range(1200):
            os.mkdir("d")
            os.chdir("d")
        Path("a.txt").write_text(STORY)
        assert cl.read_articles(tmp_path).article.to_list() == ["d/" * 1200 + "a.txt"]
    finally:  # not left to those who clear up recursively
        Path("a.txt").unlink(missing_ok=True)
        while not os.path.samefile(".", tmp_path):
            os.chdir("..")
            os.rmdir("d")


def test_a_folder_without_permission_is_a_row(tmp_path, monkeypatch):
    for name in ("closed", "open"):
        (tmp_path / name).mkdir()
        (tmp_path / name / "a.txt").write_text(name)
    refuse(monkeypatch, "scandir", "closed")
    articles = cl.read_articles(tmp_path)
    assert articles.article.to_list() == ["closed", "open/a.txt"]
    assert articles.problem.to_list() == [
        "a folder that cannot be listed (Permission denied): check its permissions",
        "",
    ]


def test_a_corpus_without_permission_is_named(tmp_path, monkeypatch):
    refuse(monkeypatch, "scandir", tmp_path.name)
    with pytest.raises(
        BadInput, match=r"cannot be listed \(Permission denied\): check its permissions"
    ):
        cl.read_articles(tmp_path)


def test_a_file_without_permission_is_a_row(tmp_path, monkeypatch):
    refuse(monkeypatch, "open", "a.txt")
    assert problem_of(tmp_path, STORY.encode()).startswith(
        "cannot be read (Permission denied): check"
    )


def test_a_file_that_disappears_is_a_row(tmp_path, monkeypatch):
    real = os.open
    monkeypatch.setattr(os, "open", lambda path, *rest: (os.unlink(path), real(path, *rest))[1])
    assert problem_of(tmp_path, STORY.encode()).startswith(
        "cannot be read (No such file or directory): check"
    )


@pytest.mark.parametrize("change", ["grows", "shrinks"])
def test_a_file_that_changes_while_it_is_read_is_a_row(tmp_path, monkeypatch, change):
    real = os.fstat

    def changing(number):
        found = real(number)
        os.truncate(tmp_path / "a.txt", 5 if change == "shrinks" else 500)
        return found

    monkeypatch.setattr(os, "fstat", changing)
    assert (
        problem_of(tmp_path, STORY.encode())
        == "changed while it was being read: read the folder again"
    )


def test_the_largest_file_is_read_and_one_byte_more_is_not(tmp_path):
    folder_with(tmp_path, a__txt=b"x" * 1000, b__txt=b"y" * 1001)
    articles = cl.read_articles(tmp_path, max_mb=0.001)
    assert articles.problem.to_list() == ["", "larger than 0.001 MB: split it, or raise max_mb"]
    assert (cl.read_articles(tmp_path, max_mb=float("inf")).problem == "").all()


def test_many_files_are_as_many_rows(tmp_path):
    for number in range(3000):
        (tmp_path / f"{number}.txt").write_text(f"{STORY} {number}")
    articles = cl.read_articles(tmp_path)
    assert (articles.article.nunique(), articles.sha256.nunique(), set(articles.problem)) == (
        3000,
        3000,
        {""},
    )


def test_the_same_bytes_are_an_article_once(tmp_path):
    folder_with(
        tmp_path,
        b__txt=STORY.encode(),
        a__txt=STORY.encode(),
        c__txt=STORY.encode("utf-8-sig"),
        d__md=STORY.encode(),
    )
    articles = cl.read_articles(tmp_path).set_index("article")
    same = "identical to a.txt: not counted again; remove one of the two files"
    assert articles.problem.to_dict() == {"a.txt": "", "b.txt": same, "c.txt": "", "d.md": same}
    assert articles.text.to_dict() == {"a.txt": STORY, "b.txt": "", "c.txt": STORY, "d.md": ""}
    assert articles.sha256["b.txt"] == hashlib.sha256(STORY.encode()).hexdigest()


def test_what_cannot_be_used_twice_keeps_its_own_problem(tmp_path):
    folder_with(tmp_path, a__txt=b"", b__txt=b"", c__txt=b"%PDF-1", d__txt=b"%PDF-1")
    assert not cl.read_articles(tmp_path).problem.str.contains("same bytes").any()


@pytest.mark.parametrize(
    ("rows", "kept"),
    [
        ("a.txt,,,Post,\nb.txt,,,Courier,\n", ["a.txt", "b.txt"]),
        ("a.txt,,,,http://a\nb.txt,,,,http://b\n", ["a.txt", "b.txt"]),
        ("a.txt,,,Post,\nb.txt,,,Post,\n", ["a.txt"]),
        ("b.txt,,,Courier,\n", ["a.txt"]),
        ("a.txt,,,Post,\nc.txt,,,Courier,\n", ["a.txt", "c.txt"]),
        ("a.txt,2021-03-01,,,\nb.txt,2021-03-02,,,\n", ["a.txt"]),
    ],
    ids=["two outlets", "two addresses", "one outlet", "one known", "first and last", "days alone"],
)
def test_the_same_text_in_two_sources_that_the_analyst_names_is_two_articles(tmp_path, rows, kept):
    folder_with(tmp_path, a__txt=STORY.encode(), b__txt=STORY.encode(), c__txt=STORY.encode())
    (tmp_path / "codebook").mkdir()
    (tmp_path / "codebook" / "articles.csv").write_text(
        f"article,published_from,published_to,outlet,url\n{rows}"
    )
    articles = cl.read_articles(tmp_path)
    assert articles[articles.problem == ""].article.to_list() == kept
    assert set(articles[articles.problem != ""].problem.str.partition(":")[0]) == {
        "identical to a.txt"
    }


ANY = st.binary(max_size=80) | st.builds(
    lambda text, encoding, cut: text.encode(encoding, "ignore")[cut:],
    st.sampled_from(list(PARAGRAPHS.values())) | st.text(max_size=40),
    st.sampled_from(
        [
            "utf-8-sig",
            "utf-16",
            "utf-16-be",
            "utf-32",
            "cp1252",
            "cp1251",
            "gb18030",
            "utf-7",
            "cp037",
        ]
    ),
    st.integers(0, 3),
)


@settings(max_examples=150, deadline=None)
@given(st.lists(ANY, min_size=1, max_size=4), st.randoms())
def test_any_bytes_are_one_row_and_no_exception(contents, chance):
    order = list(enumerate(contents))
    chance.shuffle(order)
    with tempfile.TemporaryDirectory() as folder:
        for number, data in order:
            Path(folder, f"{number}.txt").write_bytes(data)
        articles = cl.read_articles(folder)
    assert articles.article.to_list() == [f"{number}.txt" for number in range(len(contents))]
    assert articles.sha256.to_list() == [hashlib.sha256(data).hexdigest() for data in contents]
    assert ((articles.text == "") == (articles.problem != "")).all()
    cl.check_spans(cl.find_passages(articles), articles)
    for data, text in zip(contents, articles.text, strict=True):
        assert "\0" not in text
        text.encode()  # no lone surrogate
        try:
            assert (
                text in ("", data.decode("utf-8-sig"))
                or b"\0" in data
                or data[:2] in (b"\xff\xfe", b"\xfe\xff")
            )
        except UnicodeDecodeError:
            assert len(text) <= len(data)


def test_the_order_in_which_the_disk_lists_files_does_not_matter(tmp_path, monkeypatch):
    shutil.copytree(FLOOD, tmp_path, dirs_exist_ok=True)
    shutil.copy(FLOOD / "01_river_rises.txt", tmp_path / "again.txt")
    before, real = cl.read_articles(tmp_path), os.scandir

    class Shuffled(list):
        def __enter__(self):
            return self

        def __exit__(self, *_):
            return None

    for seed in range(5):
        chance = random.Random(seed)
        monkeypatch.setattr(
            os,
            "scandir",
            lambda path, c=chance: Shuffled(sorted(real(path), key=lambda _: c.random())),
        )
        assert_frame_equal(cl.read_articles(tmp_path), before)
    assert (
        before.set_index("article")
        .problem["again.txt"]
        .startswith("identical to 01_river_rises.txt")
    )


FEW_WORDS = [
    "",
    "River rises",
    "12 34 56 of 78",
    "the the",
    "Shr 12 cts vs 10 cts\nNet 1.2 mln vs 900,000",
]


def test_the_language_of_a_few_words_is_not_known(tmp_path):
    failures = [text for text in FEW_WORDS if read_one(tmp_path, f"{text} .".encode()).language]
    assert failures == []


@pytest.mark.parametrize("pair", [("en", "de"), ("fr", "es"), ("it", "ru")])
def test_a_mixed_text_has_the_larger_language_or_none(tmp_path, pair):
    first, second = (PARAGRAPHS[language] for language in pair)
    assert read_one(tmp_path, f"{first} {second}".encode()).language in ("", *pair)
    assert (
        read_one(tmp_path, f"{first} {first} {first} {first} {second}".encode()).language == pair[0]
    )


OTHER_LANGUAGES = [
    "Linnapea teatas teisipäeval, et üle silla viiv tee jääb remondi tõttu kaheks nädalaks suletuks.",
    "Bæjarstjórinn sagði á þriðjudag að veginum yfir brúna yrði lokað í tvær vikur.",
    "Градоначелник је у уторак рекао да ће пут преко моста бити затворен две недеље.",
    "Քաղաքապետը երեքշաբթի օրը հայտնեց, որ կամրջի ճանապարհը փակ կմնա երկու շաբաթ։",
]


def test_a_language_without_a_list_is_not_known(tmp_path):
    failures = [text for text in OTHER_LANGUAGES if read_one(tmp_path, text.encode()).language]
    assert failures == []


def test_word_lists_of_languages_have_no_doubles():
    rows = read_lexicon("reading/function_words")
    assert len({(row["word"], row["language"]) for row in rows}) == len(rows)


def test_names_hide_the_language_and_numbers_do_not(tmp_path):
    assert read_one(tmp_path, f"the end of the {'Zorvex ' * 24}".encode()).language == ""
    assert read_one(tmp_path, f"the end of the {'12 ' * 24}".encode()).language == "en"


def test_greek_words_are_known_by_their_last_letter_too(tmp_path):
    assert (
        read_one(tmp_path, "της πόλης τους κατοίκους στις χώρες τις μέρες".encode()).language
        == "el"
    )


def test_a_missing_folder_is_named(tmp_path):
    with pytest.raises(BadInput, match="is not a folder: name a folder"):
        cl.read_articles(tmp_path / "nowhere")


def test_the_codebook_fills_outlet_and_days():
    articles = cl.read_articles(FLOOD).set_index("article")
    known = articles.published_from.dropna()
    assert list(known.index) == ["03_ostrand_counts_the_cost.txt"]
    assert f"{known.iloc[0]:%Y-%m-%d}" == "2021-03-16"
    assert sorted(articles.outlet.unique()) == [
        "Coast Courier",
        "Valley Post",
    ]  # not the agency that they relay
    assert set(articles.language) == {"en"}


@pytest.mark.parametrize(
    ("name", "text", "message"),
    [
        (
            "themes",
            "theme,term\na,b\n",
            r"codebook/themes\.csv has no column side, near, not_near, note",
        ),
        (
            "themes",
            "# c\ntheme,side,term,near,not_near,note\na,for,x;y,,,\n",
            r"themes\.csv, line 3: term 'x;y' contains",
        ),
        (
            "themes",
            "theme,side,term,near,not_near,note\na,maybe,x,,,\n",
            r"line 2: side is 'maybe': it must be one of for, against",
        ),
        ("events", "kind,trigger,modality,note\nx,,,\n", r"events\.csv, line 2: trigger is empty"),
        (
            "calendar",
            "entry,day_from,day_to,cue,relation,source\ne,soon,,c,during,\n",
            r"day_from is 'soon': write YYYY",
        ),
        ("outlets", "outlet,pattern,agency\no,(,no\n", r"outlets\.csv, line 2: pattern"),
        (
            "verdicts",
            f"{','.join(TABLES['verdicts'])}\nnope,a,,x,,yes,\n",
            r"table is 'nope': it must be one of articles",
        ),
    ],
)
def test_a_wrong_codebook_row_is_named_with_file_line_and_repair(tmp_path, name, text, message):
    (tmp_path / "codebook").mkdir()
    (tmp_path / "codebook" / f"{name}.csv").write_text(text)
    with pytest.raises(BadInput, match=message):
        cl.read_codebook(tmp_path)


def test_words_that_look_like_missing_values_stay_words(tmp_path):
    (tmp_path / "codebook").mkdir()
    (tmp_path / "codebook" / "themes.csv").write_text(
        "theme,side,term,near,not_near,note\nNA,for,null,,,None\n"
    )
    themes = cl.read_codebook(tmp_path)["themes"]
    assert themes.loc[0, :"note"].to_list() == [
        "NA",
        "for",
        "null",
        "",
        "",
        "None",
    ]


def test_a_verdict_finds_its_row_by_quotation_and_start(seeds):
    tables = seeds[2]
    quotes = tables["quotes"].drop(columns=["duplicate_status", "verdict"])
    row = quotes[quotes.text.str.startswith("“This is a clear sign")].iloc[1]
    decision = dict.fromkeys(TABLES["verdicts"], "") | {
        "table": "quotes", "article": row.article, "start": str(row.start), "text": row.text, "verdict": "no",
    }  # fmt: skip
    verdicts = pd.DataFrame([decision], dtype="str")
    marked = cl.mark_verdicts(quotes, verdicts)
    assert marked[marked.verdict == "no"].start.to_list() == [row.start]
    other = verdicts.assign(table="themes")
    assert (cl.mark_verdicts(quotes, other).verdict == "").all()


@pytest.mark.parametrize(
    ("name", "text", "message"),
    [
        (
            "articles",
            "article,published_from,published_to,outlet,url\na.txt,2021-03-05,2021-03-04,,\n",
            r"articles\.csv, line 2: published_from 2021-03-05 is after published_to 2021-03-04: swap them",
        ),
        (
            "calendar",
            "entry,day_from,day_to,cue,relation,source\nfair,2021-03-05,2021-03-04,fair,during,\n",
            r"calendar\.csv, line 2: day_from 2021-03-05 is after day_to 2021-03-04: swap them",
        ),
        (
            "articles",
            "article,published_from,published_to,outlet,url\nb.txt,,,Post,\n",
            r"articles\.csv: article 'b\.txt' is not a file in the folder: correct the name, or delete the row",
        ),
        (
            "articles",
            "article,published_from,published_to,outlet,url\nriver_rises,,,Post,\n",
            r"article 'river_rises' is not a file in the folder: write 'river_rises\.txt', or delete",
        ),
        (
            "articles",
            "article,published_from,published_to,outlet,url\na.txt,,,Post,\na.txt,,,Courier,\n",
            r"article 'a\.txt' has two rows: merge them",
        ),
        (
            "articles",
            "article,published_from,published_to,outlet,url\na.txt,2021-02-30,,,\n",
            r"line 2: published_from is '2021-02-30': write YYYY-MM-DD",
        ),
        (
            "outlets",
            "outlet,pattern,agency\nPost,[,\n",
            r"outlets\.csv, line 2: pattern.*is not a regular expression .*: fix it",
        ),
    ],
    ids=[
        "days of an article",
        "days of the calendar",
        "no such file",
        "name without suffix",
        "two rows",
        "no such day",
        "pattern",
    ],
)
def test_what_the_analyst_knows_is_checked_against_the_folder(tmp_path, name, text, message):
    folder_with(tmp_path, a__txt=STORY.encode(), river_rises__txt=b"We stayed.")
    (tmp_path / "codebook").mkdir()
    (tmp_path / "codebook" / f"{name}.csv").write_text(text)
    with pytest.raises(BadInput, match=message):
        cl.read_articles(tmp_path)


def test_one_day_may_be_first_and_last(tmp_path):
    folder_with(tmp_path, a__txt=STORY.encode(), b__pdf=b"%PDF")
    (tmp_path / "codebook").mkdir()
    (tmp_path / "codebook" / "articles.csv").write_text(
        "article,published_from,published_to,outlet,url\na.txt,2021-03-05,2021-03-05,Post,\nb.pdf,,,Courier,\n"
    )
    assert cl.read_articles(tmp_path).outlet.to_list() == [
        "Post",
        "Courier",
    ]  # a file that cannot be read is known too


@pytest.mark.parametrize(
    ("disk", "typed"), [("cafe\u0301.txt", "caf\u00e9.txt"), ("caf\u00e9.txt", "cafe\u0301.txt")]
)
def test_a_name_typed_in_another_unicode_form_is_the_same_file(tmp_path, disk, typed):
    (tmp_path / disk).write_text(STORY)
    (tmp_path / "codebook").mkdir()
    (tmp_path / "codebook" / "articles.csv").write_text(
        f"article,published_from,published_to,outlet,url\n{typed},,,Post,\n", encoding="utf-8"
    )
    assert cl.read_articles(tmp_path)[["article", "outlet"]].values.tolist() == [[disk, "Post"]]


def test_the_first_pattern_that_an_article_holds_names_its_outlet(tmp_path):
    folder_with(tmp_path, a__txt=STORY.encode(), b__txt=b"We stayed.", c__txt=b"")
    (tmp_path / "codebook").mkdir()
    (tmp_path / "codebook" / "outlets.csv").write_text(
        "outlet,pattern,agency\nWire,.,yes\nPost,teacher,\nCourier,.*,no\n"
    )
    assert cl.read_articles(tmp_path).outlet.to_list() == ["Post", "Courier", ""]
