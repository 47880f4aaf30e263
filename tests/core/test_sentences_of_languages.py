"""Sentences of languages other than English, and English abbreviations before numbers and brackets."""

import pytest

from clippings.core.languages import function_words
from clippings.core.lexicon import languages_with, read_lexicon
from clippings.core.sentences import sentence_spans

# Each row is the sentences of one text.
SENTENCES = {
    "de": [
        ["Am 3. Oktober kam Dr. Weber nach Ostrand.", "Die Stadt zahlte 5 Mio. Euro."],
        ["Er wurde am 19. November geboren, z. B. in Tolmere.", "Das war im 2. Weltkrieg."],
        ["Die Firma, u. a. in Lund, verlor 3 Mrd. Euro bzw. 5 Prozent.", "Es war Dr. h. c. Bell."],
        ["Der Vertrag gilt gem. § 5 Abs. 2 bis Nr. 7 usw.", "Die Stadt ist nicht dafür."],
        ["„Ich gehe.“", "Er ging zum Bahnhof und kam nicht zurück."],
        ["»Ich gehe.«", "Sie ging mit ihm zum Bahnhof."],
        ["Hat er das gesagt?", "Ja, und er wurde 65.", "Die Stadt schweigt dazu."],
        ["Das sagte die Sprecherin der 1. Bundesliga.", "Mehr ist nicht bekannt."],
        ["Er wohnt in der Hauptstr. 5.", "Sie wohnt in der Ernst-Lund-Str. 12 in Ostrand."],
        ["Er wohnt in der Hauptstr.", "Die Stadt schweigt dazu."],
        ["Das teilte die Fa. Bell mit.", "Mehr ist nicht bekannt."],
    ],
    "es": [
        ["El Sr. Ruiz viajó a EE. UU. el lunes.", "La Sra. Vega no fue."],
        ["¿Quién vino?", "¡Nadie!", "El alcalde no fue al núm. 5 de la Avda. Mayor."],
        ["La empresa está en EE.UU. desde ayer.", "Los vecinos no lo saben."],
        ["Según la Dra. Peña, p. ej., el pte. no es seguro."],
    ],
    "fr": [
        ["M. Dupont a vu Mme. Martin à la gare.", "Elle est partie avec le Dr. Bell."],
        ["Il a dit : « Oui. »", "Puis il est parti."],
        ["« Je pars. »", "Elle est partie de la ville."],
        ["La ville existe depuis 50 av. J.-C. et c.-à-d. longtemps.", "Les habitants le savent."],
    ],
    "it": [
        ["Il sig. Rossi e la dott.ssa Bianchi sono a Lund.", "L'on. Verdi non c'era."],
        ["Il prof. Bruni vive a S. Remo.", "Il sen. Conti no."],
        ["Il bilancio della S.p.A. è di 5 milioni.", "La società non ha detto nulla."],
    ],
    "pt": [
        ["O Sr. Silva e a Dra. Lima foram à Av. Central.", "Não houve feridos no n. 5."],
    ],
    "nl": [
        ["De heer Bell en mevr. De Vries zijn in Lund.", "Het kost ca. 5 euro, bijv. in de stad."],
    ],
    "sv": [["Det kostar t.ex. 5 kr. i Lund, sade dr. Bell.", "Det är inte klart."]],
    "da": [["Det koster ca. 5 kr. i byen, siger dr. Bell.", "Det er ikke klart."]],
    "el": [["Η γέφυρα έκλεισε.", "Ποιος θα πληρώσει;", "Κανείς δεν ξέρει."]],
    "am": [["የድልድዩ መንገድ ተዘግቷል።", "ከንቲባው ዝም አሉ።"]],
    "my": [["တံတားကို ပိတ်ထားသည်။", "မြို့တော်ဝန် မပြောပါ။"]],
    "pl": [
        ["Miasto ma ok. 5 mln zł.", "Nikt w to nie wierzy."],
        ["W 2020 r. prof. Nowak był w mieście.", "To był dom na ul. Długiej."],
    ],
    "cs": [["Podle Ing. Nováka je most v pořádku, např. v zimě.", "Starosta to ví."]],
    "ru": [["Встреча прошла в 2020 г. в городе.", "На ул. Ленина, д. 5 было тихо."]],
    "tr": [["Dr. Yılmaz bu köprüye Atatürk Cad. üzerinden gitti.", "Bu yol çok uzun."]],
    "hi": [["यह पुल बंद है।", "लोग चिंतित हैं।"]],
    "ar": [["قال الوزير إن الجسر مغلق.", "هل الطريق مفتوح؟", "لم يرد أحد."]],
}
UNSPACED = [
    ["桥已关闭。", "居民很担心！", "为什么？", "2020年开放。"],
    ["“我们走了。”他说。", "桥已关闭。"],
    ["他说：“桥关了。”", "居民很担心。"],
    ["「橋は閉鎖された。」と市長は述べた。", "住民は心配している。"],
    ["住民は心配している。", "（写真あり。）", "橋は閉鎖。"],
]
ENGLISH = [
    ["Approx. 30 people came.", "Est. 1999, it is old."],
    ["Call Tel. 020 7946 0000.", "Ask for Msgr. Paul Lund and Mme. Bell."],
    ["See Fig. (2) on p. 12 and Vols. 3 and 4.", "It is new."],
    ["It opens at 9 a.m. (EST).", "All are welcome."],
    ["Shares of Bell Inc. (BELL) fell.", "They rose later."],
    ["It is No. 5 vs. No. 6.", "The show begins Jan. 5."],
    ["He scored 21.", "Bell had 5.", "Lund had none."],
    ["They spoke of art.", "It was late."],
    ["The letter from Sra. Vega was for the U.S.", "It came in May."],
    ["It costs Rs. 500 at Bldg. 7.", "Lund et al. (2020) and Bell et al. 2021 say so."],
    ["The wall is 6 ft. 2 inches high, 5,000 sq. ft. in all.", "Bell built it (b. 1950, d. 2001)."],
    ["See Vol. II and Art. IV of the act.", "I saw No. 5.", "No.", "I did not."],
    ["Gen. (ret.) Anna Bell and Lund Corp. (the owner) agreed.", "It rained on Thurs. 5 May."],
    ["The act (sec. 12, para. 3) was cut.", "Ref. 2014/33 was lost.", "Min. 12 degrees."],
    ["See ch. 3, tab. 4 and eqs. 5 and 6.", "We met dr. Bell and prof. Lund.", "They left."],
    ["He opened a new tab.", "It was over in a sec.", "Bell came; Lund left; Reed stayed."],
    ["The dam is full.²", "The gates are shut.[^3]", "Nobody came.*", "It rained."],
    ["**The dam is full.**", "“We left.”¹", "The roof has 5 m.²", "What he wrote* was wrong."],
    ["He won by max. 5 points, incl. Bell.", "The rest was easy."],
]


@pytest.mark.parametrize("language", SENTENCES)
def test_sentences_of_languages(language):
    failures = []
    for sentences in SENTENCES[language]:
        text = " ".join(sentences)
        cut = [text[start:end] for start, end in sentence_spans(text)]
        if cut != sentences:
            failures.append((sentences, cut))
    assert failures == []


def test_full_width_stops_need_no_blank():
    failures = []
    for sentences in UNSPACED:
        text = "".join(sentences)
        cut = [text[start:end] for start, end in sentence_spans(text)]
        if cut != sentences:
            failures.append((sentences, cut))
    assert failures == []


def test_english_abbreviations_before_numbers_and_brackets():
    failures = []
    for sentences in ENGLISH:
        text = " ".join(sentences)
        cut = [text[start:end] for start, end in sentence_spans(text)]
        if cut != sentences:
            failures.append((sentences, cut))
    assert failures == []


# For each kind of abbreviation: what follows it, and whether the sentence ends there.
AFTER = {"title": [("Ostrand", False)], "number": [("5", False)], "either": [("Ostrand", False)]}


def test_every_abbreviation_of_other_languages_matters():
    """In a text full of the language's function words, a name or number goes on after each."""
    failures = []
    for language in languages_with("text/abbreviations"):
        if language == "en":
            continue
        small_words = " ".join(sorted(function_words(language))[:30])
        for row in read_lexicon(f"{language}/text/abbreviations"):
            for following, ends in AFTER[row["kind"]]:
                text = f"{small_words} {row['word']}. {following} {small_words}"
                if (len(sentence_spans(text)) > 1) != ends:
                    failures.append((language, row["word"], following))
    assert failures == []


def test_lists_of_abbreviations_have_no_doubles_and_known_kinds():
    for language in languages_with("text/abbreviations"):
        rows = read_lexicon(f"{language}/text/abbreviations")
        assert len({row["word"] for row in rows}) == len(rows), language
        if language != "en":
            assert {row["kind"] for row in rows} <= set(AFTER)
